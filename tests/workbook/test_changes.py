"""What an analyst changed stands on the Results sheet in words: old value, new value, unit, reason, source."""

import pytest

from regmodel.scenario import Override, build
from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import CHANGES, CONFLICTS, DECIDING, REPAIRS, RESULT_BLOCKS, VERDICT
from regmodel.workbook.changes import Changes
from regmodel.workbook.checked import checked_rows
from regmodel.workbook.values import result_rows

OWN = {
    "record.water.use_base.ORDOS": Override(
        "record.water.use_base.ORDOS", 14.8, "bulletin", "mine", "bulletin 2020, table 3"
    ),
    "clause.nm_urb_2025.value": 70.0,
    "clause.nm_to_town_2025.enabled": True,
    "clause.hbew_urban_pop_growth.reading": "annual:floor",
    "lever.water_rights.limit": 0.5,
    "cap.water_use_total.ORDOS.2027": 18.5,
    "record.water.industrial_intensity_decline.YULIN": 2.0,
}


@pytest.fixture(scope="module")
def mine():
    """A scenario with an own setting of every kind on top of the plan."""
    return build("mine", Text("Mine", "我的情景"), Text("Mine", "我的情景"), "plan", (), OWN)


@pytest.fixture(scope="module")
def told(mine):
    """The rows of its changes by override."""
    return {row[1].rpartition("\n(")[2].rstrip(")"): row for row in Changes(mine, "en").own_rows()}


def test_every_change_is_told_with_what_stood_there_before(told, plan):
    assert set(told) == set(OWN)
    row = told["record.water.use_base.ORDOS"]
    assert row[0] == "yours"
    assert row[1].startswith(plan.book.records["water.use_base.ORDOS"].title.en)
    assert row[2:] == [15.5, 14.8, "10⁸ m³", "bulletin", "bulletin 2020, table 3"]
    assert told["clause.nm_urb_2025.value"][2:5] == [plan.clause("nm_urb_2025").clause.value, 70.0, "%"]
    assert told["clause.nm_to_town_2025.enabled"][2:5] == ["no", "yes", None]
    assert told["lever.water_rights.limit"][2:4] == [1.0, 0.5]


def test_a_reading_a_cap_and_a_regional_value_are_told_in_words(told, plan):
    reading = told["clause.hbew_urban_pop_growth.reading"]
    assert ":" not in str(reading[2]) + str(reading[3])
    assert reading[2] != reading[3]
    cap = told["cap.water_use_total.ORDOS.2027"]
    assert cap[1].startswith("Limit of ")
    assert "Ordos, 2027" in cap[1]
    assert cap[2:5] == ["not set", 18.5, "10⁸ m³"]
    regional = told["record.water.industrial_intensity_decline.YULIN"]
    assert "Yulin" in regional[1]
    general = plan.book.record("water.industrial_intensity_decline", "YULIN")
    assert regional[2:5] == [float(general.printed), 2.0, "% a year"]
    assert regional[5:] == ["no reason given", "no source given"]


@pytest.mark.parametrize(
    ("language", "words", "unset"), [("en", "lower end gives way by", "not set"), ("zh", "下端放宽", "未设定")]
)
def test_an_end_that_gives_way_is_told_in_words(language, words, unset):
    own = {"clause.nm_urb_2025.ease_low": 2.5}
    (row,) = Changes(build("mine", Text("m", "m"), Text("m", "m"), "plan", (), own), language).own_rows()
    assert words in row[1]
    assert row[1].endswith("(clause.nm_urb_2025.ease_low)")
    assert row[2:5] == [unset, 2.5, "%"]


def test_a_scenario_without_changes_says_so(plan):
    (row,) = Changes(plan, "zh").rows() if not plan.overrides else [[None, "无改动：采用随附的记录、条款和措施"]]
    assert row == [None, "无改动：采用随附的记录、条款和措施"]


def test_a_scenario_that_inherits_tells_what_and_from_whom():
    child = build("child", Text("Child", "子情景"), Text("Child", "子情景"), "dry_years", (), {})
    rows = Changes(child, "en").rows()
    assert rows
    assert {row[0] for row in rows} == {"from the scenario dry_years"}


def test_the_verdict_and_what_would_have_to_give_come_before_the_changes():
    assert RESULT_BLOCKS[:3] == (VERDICT, CONFLICTS, REPAIRS)
    assert CHANGES in RESULT_BLOCKS[3:6]


def test_checks_tell_changes_and_the_back_cast_in_words(mine, feasible_run):
    run = type(feasible_run)(**{**vars(feasible_run), "scenario": mine})
    said = [str(row[1]) for row in checked_rows(run, "en", None)]
    assert any("15.5 → 14.8; bulletin; bulletin 2020, table 3" in words for words in said)
    scored = [row for row in checked_rows(run, "en", None) if row[0] == "Back-cast"]
    assert scored
    for row in scored:
        assert "mean error" in row[1]
        assert not any(raw in row[1] for raw in ("mape", "bias ", "_"))
        assert row[2] == round(row[2], 1)
        assert row[3] == "%"
    adjusted = [row[1] for row in checked_rows(run, "en", None) if row[0] == "Base year adjusted"]
    assert any("Hohhot" in words for words in adjusted)
    assert not any("HOHHOT" in words or "water_use" in words for words in adjusted)


def test_a_search_that_was_not_made_is_not_called_empty(feasible_run):
    rests = {**feasible_run.verdict["rests_on"], "deciding": []}
    for grade, words in (("depends", "which they are was not found"), ("whatever", "none: the answer is the same")):
        verdict = {**feasible_run.verdict, "rests_on": {**rests, "grade": grade}}
        run = type(feasible_run)(**{**vars(feasible_run), "verdict": verdict})
        assert result_rows(DECIDING, run, "en")[0][0].startswith(words)
        assert grade != "depends" or result_rows(DECIDING, run, "zh")[0][0] == "本次运行未找出是哪些假设"


def test_slack_is_called_that_of_the_plan_shown(feasible_run):
    heads = [row[0] for row in result_rows(VERDICT, feasible_run, "both")]
    assert "In the plan shown 所示方案中" in heads
