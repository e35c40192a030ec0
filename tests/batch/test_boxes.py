"""A planted box is found again, what is chance is let go, and what flatters is said to."""

from __future__ import annotations

import itertools
import sys

import numpy as np
import pytest

from regmodel.batch.answers import answers_of, box, finished
from regmodel.batch.answers.peeling import Bounds, chance, chosen, peeled
from regmodel.report.batch_answers import lines

CASES = sys.modules["batch_cases"]
CAP, FLOOR, DRY = CASES.CAP, CASES.FLOOR, CASES.DRY
DESIGN = CASES.three("latin_hypercube", "count = 400\nseed = 11")


def corner(_, sets):
    """They hold where the cap is at least 13.5 and the floor at most 90: half of one range, half of another."""
    if sets[CAP] >= 13.5 and sets[FLOOR] <= 90:
        return {}
    return {"verdict": "infeasible", "conflict": "a + b", "attainability": 0.5}


def points(count=1000):
    return np.random.default_rng(1).random((count, 4))


def test_a_planted_box_is_found_again():
    """Column 0 above 0.6 and column 2 below 0.5; the others say nothing."""
    cloud = points()
    good = (cloud[:, 0] > 0.6) & (cloud[:, 2] < 0.5)
    found = chosen(cloud, good)
    assert found.sides() == [(0, "low"), (2, "high")]
    assert found.low[0] == pytest.approx(0.6, abs=0.03)
    assert found.high[2] == pytest.approx(0.5, abs=0.03)


def test_the_share_of_good_points_never_falls_on_the_way():
    cloud = points()
    good = cloud[:, 1] + 0.3 * np.random.default_rng(2).random(1000) > 0.9
    shares = [good[one.holds(cloud)].mean() for one in peeled(cloud, good)]
    assert len(shares) > 5
    assert shares == sorted(shares)


def test_what_is_chance_bounds_nothing():
    """Good points drawn without looking at the columns: every side that the search took is let go again, or is told
    as what it is; on points that took no part the box is no better than the whole.
    """
    random = np.random.default_rng(3)
    cloud, good = points(2000), random.random(2000) < 0.3
    found = chosen(cloud[:1000], good[:1000])
    inside = found.holds(cloud[1000:])
    assert good[1000:][inside].mean() == pytest.approx(0.3, abs=0.08)


def test_few_values_are_taken_off_together():
    """A switch and a number with three levels: a slice is all points of the outermost value."""
    random = np.random.default_rng(5)
    cloud = np.column_stack([random.integers(0, 2, 300), random.integers(0, 3, 300)]).astype(float)
    good = (cloud[:, 0] == 1) & (cloud[:, 1] > 0)
    found = chosen(cloud, good)
    assert (found.low[0], found.low[1]) == (0.5, 0.5)
    assert not np.isfinite(found.high).any()


def test_neighbours_with_no_number_between_them_end_the_search():
    """Half-way between two floats next to one another is one of them: a slice there takes nothing, and ends it."""
    upper = np.nextafter(1.0, 2.0)
    assert (1.0 + upper) / 2 == 1.0
    cloud = np.array([[1.0]] * 10 + [[upper]] * 30)
    boxes = list(itertools.islice(peeled(cloud, cloud[:, 0] > 1.0), 5))
    assert len(boxes) < 5


def test_the_chance_of_a_side_by_hand():
    """Four points, good above 0.5: without the side 2 of 4 are good; inside 2 of 2. By chance 0.5 x 0.5."""
    cloud, good = np.array([[0.1], [0.4], [0.6], [0.9]]), np.array([False, False, True, True])
    assert chance(cloud, good, Bounds(np.array([0.5]), np.array([np.inf])), 0, "low") == pytest.approx(0.25)


def test_the_same_points_give_the_same_box():
    cloud = points(300)
    good = cloud[:, 3] < 0.4
    one, other = chosen(cloud, good), chosen(cloud.copy(), good.copy())
    assert one.sides() == other.sides()
    assert one.high.tolist() == other.high.tolist()


def test_a_box_of_a_store_in_printed_units(planted):
    """Near 13.5 and 90, always found again; density and coverage are of the half that took no part."""
    batch = planted(DESIGN, corner)
    found = box(finished(batch), "feasible")
    assert {one.key for one in found.limits} == {CAP, FLOOR}
    limits = {one.key: one for one in found.limits}
    assert limits[CAP].low == pytest.approx(13.5, abs=0.1)
    assert limits[CAP].high is None
    assert limits[FLOOR].high == pytest.approx(90, abs=1.5)
    assert all(one.again == 1.0 and one.chance < 1e-6 for one in found.limits)
    assert found.searched + found.held_out == 400
    assert found.density.of == found.mass.holds <= found.held_out
    assert found.density.error_low <= found.density.low <= found.density.error_high
    assert found.density.low > 0.9
    assert found.coverage.low > 0.9
    again = box(finished(batch.folder), "feasible")
    assert again == found


def test_a_box_is_said_in_sentences_with_what_it_is_worth(planted):
    found = answers_of(planted(DESIGN, corner))
    assert set(found.boxes) == {"feasible", "infeasible"}
    english, chinese = ("\n".join(lines(found, language)) for language in ("en", "zh"))
    assert "Where the plans hold: the scenarios in which\n" in english
    assert "Ecological water that must stay is at most 9" in english
    assert "that flatter the box" in english
    assert "规划成立的范围" in chinese
    assert "生态用水下限不高于" in chinese
    assert "偏于乐观" in chinese


def test_where_all_hold_there_is_no_box(planted):
    found = answers_of(planted(CASES.three("random", "count = 60\nseed = 1"), lambda *_: {}))
    assert found.boxes == {}
    assert not [one for one in found.refused if "rarer" in one.found.en]


def test_too_few_of_a_kind_are_refused(planted):
    text = CASES.three("random", "count = 60\nseed = 1")
    found = answers_of(planted(text, lambda row, _: corner(0, {CAP: 12, FLOOR: 90}) if row < 5 else {}))
    (refused,) = found.refused
    assert refused.code == "B-44"
    assert refused.found.en == "5 scenarios of the rarer kind"
    assert refused.found.zh == "较少的一类仅有 5 个情景"


def test_what_is_undecided_inside_gives_density_two_ends(planted):
    def found(row, sets):
        return {"verdict": "undecided", "attainability": None} if row % 8 == 0 else corner(row, sets)

    told = box(finished(planted(DESIGN, found)), "feasible")
    assert told.density.unknown > 0
    assert told.density.low < told.density.high
