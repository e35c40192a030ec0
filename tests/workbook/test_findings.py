"""What the programme finds stands on the Results sheet: conflicts, ways out, what decides, stages, prices."""

import re
from types import SimpleNamespace

import openpyxl
import pytest

from regmodel.workbook.blocks import (
    ATTAINABLE,
    BINDING,
    CONFLICTS,
    CORRECTIONS,
    DECIDING,
    PRICES,
    REPAIRS,
    RESULT_BLOCKS,
    STAGES,
)
from regmodel.workbook.outputs import RESULT_WIDTHS
from regmodel.workbook.results import write_results
from regmodel.workbook.values import result_rows

FINDINGS = (DECIDING, CONFLICTS, REPAIRS, CORRECTIONS, STAGES, ATTAINABLE, BINDING, PRICES)


def test_every_finding_has_a_block_that_fits_the_sheet():
    assert set(FINDINGS) <= set(RESULT_BLOCKS)
    assert all(
        max(block.right, block.link_column + 1 if block.links else 0) <= len(RESULT_WIDTHS) for block in RESULT_BLOCKS
    )


def test_a_conflict_stands_with_the_sums_of_its_proof_in_one_unit(infeasible_run):
    """In the unit that planners print: millions of cubic metres become hundreds of millions."""
    people, water = (row for row in result_rows(CONFLICTS, infeasible_run, "en") if row[6] is None)
    told = infeasible_run.verdict["conflicts"]
    assert people[0] == "Conflict 1: These cannot hold together."
    assert people[1:4] == [pytest.approx(told[0]["working"][name]) for name in ("needed", "most", "gap")]
    assert people[4] == "10⁴ persons"
    assert people[5] == "proved; assumed"
    assert water[3] == pytest.approx(told[1]["working"]["gap"] / 100)
    assert [water[4], water[5]] == ["10⁸ m³", "proved"]


def test_below_a_conflict_stand_its_clauses_with_what_each_asks(infeasible_run):
    """One row a clause, with the id that the link beside it goes by."""
    rows = result_rows(CONFLICTS, infeasible_run, "en")
    told = infeasible_run.verdict["conflicts"]
    assert [row[6] for row in rows] == [None, *told[0]["clauses"], None, *told[1]["clauses"]]
    urban = next(row for row in rows if row[6] == "nm_urb_2025")
    assert urban[0].startswith("· ")
    assert "Inner Mongolia" in urban[0]
    assert "≥" in urban[0]


@pytest.mark.parametrize(
    ("language", "again", "never"),
    [
        ("en", "✓ solved again: feasible", "no value of this clause suffices"),
        ("zh", "✓ 已重新求解：可行", "仅调整该条款无法化解"),
    ],
)
def test_ways_out_stand_before_and_after_in_the_clause_s_own_unit(infeasible_run, language, again, never):
    """The cheapest first; its head holds cost and check, the rows below it one change each as a sentence."""
    rows = result_rows(REPAIRS, infeasible_run, language)
    head, first, second = rows[:3]
    assert head[3:7] == [12.4, head[4], again, None]
    assert first[1:3] == [90.0, 96.4]
    assert [first[6], second[6]] == ["nm_to_town_2025", "cap.water_use_total.ORDOS.2025"]
    assert all("19.3" in line for line in second[0].split("\n"))
    assert first[3] is None
    assert [row[2] for row in rows].count(never) == 1
    unmet = next(at for at, row in enumerate(rows) if row[2] == never)
    assert rows[unmet - 1][5] is None, "what no value cures was not solved again"


@pytest.mark.parametrize(("language", "mark"), [("en", "not complete"), ("zh", "并不完整"), ("both", "\n")])
def test_ways_out_that_may_be_missing_are_told_of(infeasible_run, language, mark):
    told = result_rows(REPAIRS, infeasible_run, language)
    verdict = {**infeasible_run.verdict, "repairs_complete": False}
    rows = result_rows(REPAIRS, changed(infeasible_run, verdict), language)
    assert mark in rows[0][0]
    assert rows[1:] == told


@pytest.mark.parametrize(("language", "claims", "says"), [("en", "cannot", "not proved"), ("zh", "无论", "未得到证明")])
def test_a_conflict_that_is_not_proved_claims_nothing(infeasible_run, language, claims, says):
    """Whatever the verdict's own sentence says of it."""
    first = {
        **infeasible_run.verdict["conflicts"][0],
        "proved": False,
        "working": None,
        "sentence": "These cannot hold together.",
        "sentence_zh": "以下各条无论如何不能同时成立。",
    }
    row = result_rows(CONFLICTS, changed(infeasible_run, {**infeasible_run.verdict, "conflicts": [first]}), language)[0]
    assert says in row[0]
    assert claims not in row[0]
    assert row[1:4] == [None, None, None]


def changed(run, verdict):
    """The invented run with another verdict."""
    return SimpleNamespace(**{**vars(run), "verdict": verdict})


def test_every_set_whose_loss_cures_is_listed(infeasible_run):
    rows = result_rows(CORRECTIONS, infeasible_run, "both")
    assert [row[1] for row in rows] == [", ".join(found) for found in infeasible_run.verdict["corrections"]]
    assert all("\n" in row[0] for row in rows)


def test_stages_and_attainability_are_told(infeasible_run):
    rows = result_rows(STAGES, infeasible_run, "both")
    assert [row[0][:2] for row in rows] == ["0:", "1:", "2:", "3:"]
    assert rows[2][2:5] == [pytest.approx(3.1), pytest.approx(1.96), "%"]
    assert rows[2][5] == "✕ does not hold 不成立"
    shares = result_rows(ATTAINABLE, infeasible_run, "en")
    assert [row[2] for row in shares] == [0.71, 1.0, "undecided", 0.63, "undecided"]


def test_deciding_assumptions_say_whether_they_do_alone(feasible_run):
    rows = result_rows(DECIDING, feasible_run, "zh")
    assert [row[5] for row in rows] == ["单独即可", "单独即可"]
    assert [row[3] for row in rows] == [16.2, 2.1]
    assert [row[6] for row in rows] == ["water.use_base.ORDOS", "water.industrial_intensity_decline"]


def test_prices_stand_with_both_sides_range_and_doubt(feasible_run, infeasible_run):
    rows = result_rows(PRICES, feasible_run, "en")
    assert rows[0][2:6] == [pytest.approx(2.6), pytest.approx(2.6), pytest.approx(2.5), "yuan/m³"]
    assert "2035: 18.9 to 19.4 × 10⁸ m³" in rows[0][1]
    assert {row[6].partition(":")[0] for row in rows if row[6]} == {"degenerate", "not unique"}
    (why,) = (row[1] for row in result_rows(PRICES, infeasible_run, "en"))
    assert "a weight in a proof is not a price" in why


@pytest.mark.parametrize("block", FINDINGS, ids=lambda block: block.code)
def test_a_chinese_block_holds_no_english_words(block, feasible_run, infeasible_run):
    """Ids stand in the column that links go by, or in brackets; what the run itself says is the run's."""
    for run in (feasible_run, infeasible_run):
        for row in result_rows(block, run, "zh"):
            told = row[:-1] if block.links else row[1:]
            words = " ".join(str(cell) for cell in told if isinstance(cell, str))
            assert not re.findall(r"[A-Za-z]{3,}", re.sub(r"\([a-zA-Z_.0-9]+\)|GDP", "", words)), row


def test_a_workbook_from_before_gets_its_results_beside_it(open_desk, book, infeasible_run):
    """One that has no place for a finding is not filled by halves."""
    desk = open_desk(book)
    del desk.book.defined_names["rm_block_stages"]
    path = desk.save()
    other = write_results(path, infeasible_run)
    assert other != path
    words = {str(row[0].value) for row in openpyxl.load_workbook(other)["Results 结果"].iter_rows(max_col=1)}
    assert any(word.startswith("Stage by stage") for word in words)
