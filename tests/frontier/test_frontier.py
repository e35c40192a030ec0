"""The trade-off of the invented pair against solves that know nothing of how it was found."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from regmodel.feasibility.asked_ends import AskedEnds
from regmodel.feasibility.best_end import best_end
from regmodel.feasibility.easing import eased_case
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.frontier import frontier
from regmodel.feasibility.numbers import prepare

CAP = ("cap.water_use_total.PAIR.2025", "high")
GROWTH = ("output_growth", "low")
UPLAND, RIVERSIDE = (
    ("cap.yellow_river_consumption.UPLAND", "high"),
    ("cap.yellow_river_consumption.RIVERSIDE", "high"),
)
LAND, SHARE = ("new_land_2025", "high"), ("urb_2025", "low")


@pytest.fixture(scope="module")
def engine(pair_case):
    return engine_for(pair_case)


@pytest.fixture(scope="module")
def exact(pair_case, engine):
    return {pair: frontier(pair_case, engine, *pair) for pair in ((CAP, GROWTH), (UPLAND, RIVERSIDE))}


@pytest.fixture(scope="module")
def sampled(pair_case, engine):
    return frontier(pair_case, engine, LAND, SHARE)


@pytest.mark.parametrize("two", [(CAP, GROWTH), (UPLAND, RIVERSIDE)])
def test_levels_give_break_points_and_all_is_proved(two, exact):
    found = exact[two]
    assert found.verdict == "feasible"
    assert found.exact
    assert found.complete
    assert len(found.points) > 2
    assert all(point.proved and point.kind == "break_point" for point in found.points)
    assert all(piece.exact for piece in found.pieces)


@pytest.mark.parametrize("two", [(CAP, GROWTH), (UPLAND, RIVERSIDE)])
def test_more_of_one_costs_the_other_ever_more(two, exact):
    """Monotone, and in levels convex: each piece trades at a worse rate than the one after it."""
    levels = [(point.x_level, point.y_level) for point in exact[two].points]
    slopes = [abs((stop[1] - start[1]) / (stop[0] - start[0])) for start, stop in pairwise(levels)]
    assert all(abs(one[0]) < abs(other[0]) for one, other in pairwise(levels))
    assert all(steeper > flatter > 0 for steeper, flatter in pairwise(slopes))


def best_level(case, engine, x, y, ease):
    """The level of the best y with x giving way by so much, by a search of its own."""
    there = eased_case(case, {x: ease})
    best = best_end(there, engine, *y)
    assert best is not None
    assert best.certified
    asked = AskedEnds(there, engine, (y,))
    level = asked.level(y, best.ease)
    asked.leave()
    return level


@pytest.mark.parametrize("two", [(CAP, GROWTH), (UPLAND, RIVERSIDE)])
def test_slopes_left_and_right_of_a_break_point_are_those_of_its_pieces(two, exact, pair_case, engine):
    x, y = two
    points = exact[two].points
    levels = [(point.x_level, point.y_level) for point in points]
    at = len(points) // 2
    for step, (start, stop) in ((-1, levels[at - 1 : at + 1]), (1, levels[at : at + 2])):
        slope = (stop[1] - start[1]) / (stop[0] - start[0])
        share = 0.4
        ease = points[at].x_ease + share * (points[at + step].x_ease - points[at].x_ease)
        moved = share * (levels[at + step][0] - levels[at][0])
        asked = AskedEnds(pair_case, engine, two)
        found = asked.level(y, asked.best(y, {x: ease}).ease)
        asked.leave()
        on_it = levels[at][1] + slope * moved
        assert found == pytest.approx(on_it, rel=1e-8)
        # The other piece, drawn on, is elsewhere: there is a break here.
        start, stop = levels[at - 1 : at + 1] if step > 0 else levels[at : at + 2]
        drawn_on = levels[at][1] + moved * (stop[1] - start[1]) / (stop[0] - start[0])
        assert abs(drawn_on - found) > 100 * abs(found - on_it)


@pytest.mark.parametrize("two", [(CAP, GROWTH), (UPLAND, RIVERSIDE)])
def test_a_grid_by_brute_force_lies_on_the_pieces(two, exact, pair_case, engine):
    x, y = two
    points = exact[two].points
    eases = np.linspace(points[0].x_ease, points[-1].x_ease * 1.001, 9)[1:]
    drawn = np.interp(eases, [point.x_ease for point in points], [point.y_level for point in points])
    for ease, level in zip(eases, drawn, strict=True):
        assert best_level(pair_case, engine, x, y, float(ease)) == pytest.approx(level, rel=1e-5)


def test_beyond_the_first_point_nothing_holds(exact, pair_case, engine):
    found = exact[CAP, GROWTH]
    best = best_end(pair_case, engine, *CAP)
    assert best.value >= best.asked - 2
    alone = eased_case(pair_case, {CAP: found.points[0].x_ease - 1e-3, GROWTH: 100.0})
    engine.fill(alone, afresh=True)
    assert engine.decide().verdict == "infeasible"
    engine.fill(pair_case)


def test_a_share_is_sampled_and_says_so(sampled, pair_case, engine):
    assert sampled.verdict == "feasible"
    assert not sampled.exact
    assert sampled.complete
    assert all(point.kind == "sample" and point.proved for point in sampled.points)
    assert all(not piece.exact for piece in sampled.pieces)
    values = [(point.x, point.y) for point in sampled.points]
    assert values == sorted(values)


def test_a_grid_by_brute_force_lies_near_the_samples(sampled, pair_case, engine):
    points = sampled.points
    height = points[-1].y - points[0].y
    for ease in np.linspace(points[0].x_ease, points[-1].x_ease, 6)[1:-1]:
        there = eased_case(pair_case, {LAND: float(ease)})
        best = best_end(there, engine, *SHARE)
        drawn = np.interp(ease, [point.x_ease for point in points], [point.y for point in points])
        assert best.value == pytest.approx(drawn, abs=0.01 * height)


def test_two_ends_that_do_not_meet_are_one_point(pair_case, engine):
    found = frontier(pair_case, engine, LAND, ("land_per_head", "high"))
    assert found.verdict == "feasible"
    assert len(found.points) == 1
    assert found.pieces == ()


def test_where_the_rest_cannot_hold_there_is_no_frontier(pair, engine):
    case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": 13.0}))
    found = frontier(case, engine, SHARE, GROWTH)
    assert found.verdict == "infeasible"
    assert found.points == ()


def test_without_time_what_was_found_stands_and_says_so(pair_case, engine):
    found = frontier(pair_case, engine, CAP, GROWTH, seconds=1e-9)
    assert found.verdict == "feasible"
    assert len(found.points) == 2
    assert not found.exact
    assert not found.complete
    assert not found.pieces[0].exact


def test_the_same_answer_twice(exact, pair_case, engine):
    again = [(point.x, point.y) for point in frontier(pair_case, engine, CAP, GROWTH).points]
    first = [(point.x, point.y) for point in exact[CAP, GROWTH].points]
    assert again == [pytest.approx(pair, rel=1e-9) for pair in first]
