"""A better number in a workbook: what the verdict rests on, its confidence and the list of changes follow it."""

from __future__ import annotations

import pytest

from regmodel.runs import run
from regmodel.workbook.blocks import CHANGES, DECIDING
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.values import result_rows

RECORD = "water.yellow_river_share_irrigation"
SAID = {
    "value": 62.0,
    "own_source": "Pair water bulletin 2020",
    "own_where": "table 2",
    "own_kind": "bulletin",
    "own_reason": "metered at every intake",
}

pytestmark = pytest.mark.slow


def deciding(finished):
    """The records that the verdict of a run rests on."""
    return [one["record"] for one in finished.verdict["rests_on"]["deciding"]]


@pytest.fixture
def better(pair_book, open_desk):
    """A run of the pair's workbook after a bulletin's figure was typed over the assumed one that decides."""
    desk = open_desk(pair_book)
    for code, typed in SAID.items():
        desk.put("water.records", RECORD, code, typed)
    return run(read_with_counts(desk.save()).scenario)


def test_a_bulletins_figure_over_an_assumed_one_changes_what_the_verdict_rests_on(pair_run, better):
    """The assumption that decided is one no longer, fewer numbers are only assumed, and the edit is listed."""
    assert deciding(pair_run) == [RECORD]
    assert pair_run.scenario.book.records[RECORD].confidence == "D"
    assert better.scenario.book.records[RECORD].confidence == "B"
    assert RECORD not in deciding(better)
    assert RECORD not in [row[-1] for row in result_rows(DECIDING, better, "both")]
    assert better.verdict["rests_on"]["grade"] != pair_run.verdict["rests_on"]["grade"] or deciding(better)
    before, after = pair_run.verdict["confidence"], better.verdict["confidence"]
    assert after["D"] < before["D"]
    assert after["B"] > before.get("B", 0.0)
    listed = [row for row in result_rows(CHANGES, better, "en") if row[0] is not None]
    (row,) = [row for row in listed if row[5] == SAID["own_reason"]]
    assert (row[2], row[3]) == (60.0, 62.0)
    assert "Pair water bulletin 2020" in str(row[6])
    assert "table 2" in str(row[6])
