"""What would have to give in the infeasible scenarios of a store: which clause, how far, and how sure that is."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from regmodel.batch.answers import answers_of, finished, ways_out, wilson
from regmodel.batch.answers.ways_out import quantile_interval
from regmodel.report.batch_answers import lines

CASES = sys.modules["batch_cases"]
RANDOM = CASES.three("random", "count = 40\nseed = 1")
CAP, GROWTH = "cap.water_use_total.PAIR.2025", "output_growth"


def infeasible(**repair):
    return {"verdict": "infeasible", "conflict": f"{CAP} + {GROWTH}", "attainability": 0.5, **repair}


def moved(clause, start, end, unit):
    return {"repair": "set", "repair_clause": clause, "repair_from": start, "repair_to": end, "repair_unit": unit}


def found(row, _):
    """20 caps up by 0.1 to 2.0, 4 rates down by 0.5, 3 hopeless, 1 not found; the other 12 hold."""
    if row < 20:
        return infeasible(**moved(CAP, 13.0, 13.0 + (row + 1) / 10, "10^8 m3"))
    if row < 24:
        return infeasible(**moved(GROWTH, 6.0, 5.5, "%/yr"))
    if row < 28:
        return infeasible(repair="none" if row < 27 else None)
    return {}


def test_clauses_are_counted_and_their_moves_told(planted):
    """Of 28: 20, 4 and 3, one may be any. The middle of 0.1 to 2.0 is 1.05; by ranks 5 and 16 it is 0.5 to 1.6:
    20/2 -/+ 1.96 x sqrt(20/4) = 5.6 and 14.4, of which the rank below and the one above the next are taken.
    """
    told = ways_out(finished(planted(RANDOM, found)))
    assert told.asked == 28
    cap, growth = told.clauses
    assert (cap.clause, cap.estimate.holds, cap.estimate.unknown, cap.estimate.of) == (CAP, 20, 1, 28)
    assert (cap.estimate.error_low, cap.estimate.error_high) == (wilson(20, 28)[0], wilson(21, 28)[1])
    assert (cap.middle, cap.middle_low, cap.middle_high, cap.most) == pytest.approx((1.05, 0.5, 1.6, 2.0))
    assert (growth.clause, growth.middle, growth.most, growth.unit) == (GROWTH, -0.5, -0.5, "%/yr")
    assert (growth.middle_low, growth.middle_high) == (None, None)
    assert (told.none.holds, told.none.unknown, told.none.of, told.unknown) == (3, 1, 28, 1)
    frame = told.frame()
    assert frame["clause"].fillna("").tolist() == [CAP, GROWTH, ""]
    assert frame["holds"].tolist() == [20, 4, 3]


def test_the_ends_of_a_window_are_told_apart(planted):
    """Ten times the upper end moves up by 1, ten times the lower end down by 2: two rows, each with its own moves."""

    def window(row, _):
        end = moved(GROWTH, 6.0, 7.0, "%/yr") if row < 10 else moved(GROWTH, 5.0, 3.0, "%/yr")
        return infeasible(**end) if row < 20 else {}

    told = ways_out(finished(planted(RANDOM, window)))
    assert [(one.estimate.holds, one.middle, one.most) for one in told.clauses] == [(10, -2.0, -2.0), (10, 1.0, 1.0)]
    assert (told.clauses[0].middle_low, told.clauses[0].middle_high) == (-2.0, -2.0)


def test_only_those_that_were_asked_are_counted(planted):
    """Places 0, 13, 26 and 39 of 40: two caps, one without a way out, one that holds."""
    told = ways_out(finished(planted(CASES.three("random", "count = 40\nseed = 1\nrepairs = 4"), found)))
    assert told.asked == 3
    assert [(one.clause, one.estimate.holds) for one in told.clauses] == [(CAP, 2)]
    assert told.none.holds == 1


def test_nothing_is_told_where_nothing_was_asked(planted):
    none = CASES.three("random", "count = 40\nseed = 1\nrepairs = 0")
    assert ways_out(finished(planted(none, found))) is None
    assert ways_out(finished(planted(RANDOM, lambda row, _: {}, "holding"))) is None


def test_a_design_that_is_no_sample_has_no_intervals_and_long_lists_are_cut(planted):
    """Eight corners, each infeasible with a way out of its own clause; of forty clauses ten are shown."""
    told = answers_of(planted(CASES.three("factorial"), lambda row, _: infeasible(**moved(f"c{row}", 1.0, 2.0, "%"))))
    assert [(one.middle_low, one.estimate.error_low) for one in told.ways_out.clauses] == [(None, None)] * 8
    assert "interval" not in next(line for line in lines(told, "en") if line.startswith("Clause  ") and "move" in line)
    many = answers_of(planted(RANDOM, lambda row, _: infeasible(**moved(f"c{row:02}", 1.0, 2.0, "%")), "many"))
    said = lines(many, "en")
    assert "… and 30 more" in said
    assert sum(line.startswith("c0") for line in said) == 10


def test_an_interval_of_a_middle_needs_enough_values():
    """Of 20 as above; of 4, 4/2 - 1.96 x sqrt(4/4) = 0.04 is below the first."""
    assert quantile_interval(np.arange(1.0, 21.0), 0.5, 0.95) == (5.0, 16.0)
    assert quantile_interval(np.arange(1.0, 5.0), 0.5, 0.95) is None


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", ("of 28 that were asked", "no single clause suffices", "Middle move", "10⁸ m³", "Of 1 of them neither")),
        ("zh", ("共求解 28 个", "调整任何单项均不足", "调整中位数", "亿 m³", "其中 1 个既未查得")),
    ],
)
def test_a_terminal_hears_it_in_both_languages(planted, language, marks):
    said = "\n".join(lines(answers_of(planted(RANDOM, found)), language))
    for mark in marks:
        assert mark in said
    row = next(line for line in said.splitlines() if line.startswith(CAP) and "+1.05" in line)
    assert "20–21/28" in row
    assert "+0.5 … +1.6" in row
