"""What moves the answer: bars and indices of planted results whose answer is known."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from regmodel.batch.answers import answers_of, finished, indices, tornado
from regmodel.batch.answers.regression import regressed
from regmodel.batch.answers.salib_indices import effects_of, morris_indices, sobol_indices
from regmodel.report.batch_answers import lines

CASES = sys.modules["batch_cases"]
CAP, FLOOR, DRY = CASES.CAP, CASES.FLOOR, CASES.DRY


def linear(_, sets):
    """From low to high the cap adds 0.3, the floor takes 0.1, the factor does nothing."""
    share_of_cap, share_of_floor = (sets[CAP] - 12) / 3, (sets[FLOOR] - 80) / 20
    return {"attainability": 0.5 + 0.3 * share_of_cap - 0.1 * share_of_floor, "worst_margin": share_of_cap}


def test_one_at_a_time_finds_what_was_planted(planted):
    """Three levels each: the ends are the bar, the middle lies between; the scenario as it stands is the centre."""
    batch = planted(CASES.three("one_at_a_time", "levels = 3"), linear)
    found = tornado(finished(batch), "attainability")
    assert [bar.key for bar in found.bars] == [CAP, FLOOR, DRY]
    assert [bar.swing for bar in found.bars] == pytest.approx([0.3, -0.1, 0.0])
    cap = found.bars[0]
    assert (cap.low.value, cap.high.value) == (12.0, 15.0)
    assert [end.value for end in cap.between] == [13.5]
    assert cap.between[0].found == pytest.approx((cap.low.found + cap.high.found) / 2)
    centre = batch.results().iloc[0]
    assert found.centre == pytest.approx(linear(0, centre)["attainability"])
    assert (found.scenarios, found.without) == (10, 0)
    assert cap.error is None


def test_an_undecided_end_has_no_bar(planted):
    """The high of the cap is undecided: the bar has no length, stands last, and the rest stays."""

    def found(row, sets):
        return {"verdict": "undecided", "attainability": None} if row == 2 else linear(row, sets)

    told = tornado(finished(planted(CASES.three("one_at_a_time"), found)), "attainability")
    assert [bar.key for bar in told.bars] == [FLOOR, DRY, CAP]
    assert told.bars[-1].swing is None
    assert told.bars[-1].high.verdict == "undecided"
    assert told.without == 1


@pytest.mark.parametrize("kind", ["latin_hypercube", "random", "sobol", "factorial"])
def test_a_regression_finds_the_same_in_samples(planted, kind):
    more = {"sobol": "count = 16\nseed = 2", "factorial": ""}.get(kind, "count = 60\nseed = 2")
    found = tornado(finished(planted(CASES.three(kind, more), linear)), "attainability")
    assert [bar.key for bar in found.bars[:2]] == [CAP, FLOOR]
    assert [bar.swing for bar in found.bars] == pytest.approx([0.3, -0.1, 0.0], abs=1e-9)
    assert found.explained == pytest.approx(1.0)
    if kind == "factorial":
        assert found.bars[0].error is None
    else:
        assert found.bars[0].error == pytest.approx(0.0, abs=1e-9)
        assert found.bars[0].rank > 0 > found.bars[1].rank


def test_the_error_of_a_coefficient_by_hand():
    """Places -1, 0, 1 and values 0, 1, 5: slope 5/2, mean 2, left 0.5, -1, 0.5. The sum of squared places times what
    is left is 0.25 + 0 + 0.25 = 0.5; over 2² and times 3/1 the variance is 0.375. Explained 1 - 1.5 / 14.
    """
    effects, variances, explained = regressed(np.array([[-1.0], [0.0], [1.0]]), np.array([0.0, 1.0, 5.0]))
    assert effects[0] == pytest.approx(2.5)
    assert variances[0] == pytest.approx(0.375)
    assert explained == pytest.approx(1 - 1.5 / 14)


def test_the_interval_of_a_bar_holds_the_truth(planted):
    """Noise that has nothing to do with the numbers: the planted swing lies inside, and the poor fit is said."""
    noise = np.random.default_rng(4).normal(0, 0.2, 200)

    def found(row, sets):
        return {"attainability": linear(row, sets)["attainability"] + noise[row], "worst_margin": noise[row]}

    told = answers_of(planted(CASES.three("random", "count = 200\nseed = 3"), found))
    bars = {bar.key: bar for bar in told.tornadoes["attainability"].bars}
    for key, swing in ((CAP, 0.3), (FLOOR, -0.1), (DRY, 0.0)):
        assert abs(bars[key].swing - swing) < bars[key].error
    assert any("A line explains little here" in line for line in lines(told, "en"))


def test_scenarios_without_the_output_are_left_out_and_counted(planted):
    def found(row, sets):
        return {"verdict": "undecided", "attainability": None} if row < 5 else linear(row, sets)

    told = answers_of(planted(CASES.three("random", "count = 60\nseed = 3"), found))
    assert (told.tornadoes["attainability"].scenarios, told.tornadoes["attainability"].without) == (60, 5)
    assert any("5 of them are undecided" in line for line in lines(told, "en"))


def test_the_indices_of_an_additive_model_add_up_to_one():
    """Y = 4 a + 2 b + c, each even over 0 to 1: shares 16/21, 4/21, 1/21, alone and with others alike."""
    from SALib.sample.sobol import sample

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    places = sample(problem, 512, calc_second_order=False, seed=1)
    found = sobol_indices(places @ np.array([4.0, 2.0, 1.0]), 3)
    for row, truth in zip(found, (16 / 21, 4 / 21, 1 / 21), strict=True):
        assert row[0] == pytest.approx(truth, abs=row[1])
        assert row[2] == pytest.approx(truth, abs=row[3])
    assert sum(row[0] for row in found) == pytest.approx(1.0, abs=0.02)
    assert sum(row[2] for row in found) == pytest.approx(1.0, abs=0.02)


def test_the_indices_of_ishigami_are_the_published_ones():
    """Ishigami and Homma with a = 7, b = 0.1 over -π to π: S1 0.3139, 0.4424, 0; ST 0.5576, 0.4424, 0.2437."""
    from SALib.sample.sobol import sample

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    one, two, three = (2 * np.pi * sample(problem, 2048, calc_second_order=False, seed=1) - np.pi).T
    found = sobol_indices(np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one), 3)
    assert [row[0] for row in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [row[2] for row in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_the_effects_of_a_linear_model_are_its_coefficients():
    """Morris: mean = its coefficient, size without the sign, no spread and no error."""
    from SALib.sample.morris import sample

    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0]] * 2}
    places = sample(problem, 8, num_levels=4, seed=1)
    found = morris_indices(places, places @ np.array([3.0, -2.0]), 4)
    assert [row[0] for row in found] == pytest.approx([3.0, -2.0])
    assert [row[2] for row in found] == pytest.approx([3.0, 2.0])
    assert [row[3] for row in found] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert [row[4] for row in found] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert [row[error] for row in found for error in (1, 5)] == pytest.approx([0.0] * 4, abs=1e-9)


def test_the_effects_are_those_of_salib_and_their_errors_cover_the_truth():
    """With a product of two numbers the effect of each is the other: 0 to 1, so the mean is a half.

    Our effects have SALib's mean and spread; the spread of an even grid of four levels (0, 1/3, 2/3, 1) is
    sqrt(5)/6 = 0.373, and both lie within three halves of their intervals.
    """
    from SALib.analyze.morris import analyze
    from SALib.sample.morris import sample

    problem = {"num_vars": 2, "names": ["a", "b"], "bounds": [[0.0, 1.0]] * 2}
    places = sample(problem, 200, num_levels=4, seed=3)
    values = places[:, 0] * places[:, 1]
    told = analyze(problem, places, values, num_levels=4, seed=1)
    effects = effects_of(places, values)
    assert effects.mean(axis=0) == pytest.approx(np.asarray(told["mu"]))
    assert effects.std(axis=0, ddof=1) == pytest.approx(np.asarray(told["sigma"]))
    for mean, mean_error, _, _, spread, spread_error in morris_indices(places, values, 4):
        assert mean_error > 0
        assert mean == pytest.approx(0.5, abs=1.5 * mean_error)
        assert spread_error > 0
        assert spread == pytest.approx(np.sqrt(5) / 6, abs=1.5 * spread_error)


def test_sobol_of_a_store_finds_what_was_planted(planted):
    """0.3 and 0.1 of the ranges: 0.09 and 0.01 of the variance, nine tenths and one tenth."""
    batch = planted(CASES.three("sobol", "count = 128\nseed = 5"), linear)
    found = indices(finished(batch), "attainability")
    assert [one.key for one in found.indices] == [CAP, FLOOR, DRY]
    assert [one.total for one in found.indices] == pytest.approx([0.9, 0.1, 0.0], abs=0.02)
    assert [one.main for one in found.indices] == pytest.approx([0.9, 0.1, 0.0], abs=0.03)
    assert (found.scenarios, found.points) == (640, 128)
    again = indices(finished(batch.folder), "attainability")
    assert again == found


def test_morris_of_a_store_finds_what_was_planted(planted):
    found = indices(finished(planted(CASES.three("morris", "count = 6\nseed = 5"), linear)), "attainability")
    assert [one.key for one in found.indices] == [CAP, FLOOR, DRY]
    assert [one.main for one in found.indices] == pytest.approx([0.3, -0.1, 0.0])
    assert [one.total for one in found.indices] == pytest.approx([0.3, 0.1, 0.0])
    assert list(found.frame().columns) == [
        "output",
        "key",
        "mean",
        "mean_error",
        "size",
        "size_error",
        "spread",
        "spread_error",
    ]


def test_what_is_the_same_everywhere_has_no_indices(planted):
    batch = planted(CASES.three("morris", "count = 2\nseed = 5"), lambda *_: {"worst_margin": 0.25})
    found = answers_of(batch)
    assert found.indices["worst_margin"].indices == ()
    assert found.indices["worst_margin"].constant == 0.25
    assert "worst margin: 0.25 in every scenario; nothing moves it." in lines(found, "en")


@pytest.mark.parametrize("kind", ["one_at_a_time", "sobol", "morris", "latin_hypercube"])
def test_every_number_is_told_by_its_title_and_what_it_rests_on(planted, kind):
    more = {"sobol": "count = 16\nseed = 2", "morris": "count = 4\nseed = 2", "one_at_a_time": ""}
    batch = planted(CASES.three(kind, more.get(kind, "count = 40\nseed = 2")), linear)
    found = answers_of(batch)
    for language, title in (("en", "Ecological water that must stay"), ("zh", "生态用水下限")):
        said = "\n".join(lines(found, language))
        assert title in said
        assert str(len(batch.read)) in said
    for one in (*found.tornadoes.values(), *found.indices.values()):
        assert len(one.frame()) == 3
