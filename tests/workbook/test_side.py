"""Scenarios side by side: each column inherits from the workbook's scenario and sets only what was typed into it."""

from __future__ import annotations

import pytest

from regmodel.scenario import Override, build, load
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.side import HEAD, SETTINGS
from regmodel.workbook.write import write_workbook

DRY = "record.water.dry_years"
WORDS = Text("Mine", "我的")


def put(desk, table, key, code, typed):
    """Type into a cell of one of the two tables; ``key`` may be the number of a blank row, from 0."""
    sheet = desk.sheet("side")
    mark = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == f"~{table.code}")
    line = mark + 2
    if isinstance(key, int):
        while sheet.cell(line, 1).value is not None:
            line += 1
        line += key
    else:
        while sheet.cell(line, 1).value != key:
            line += 1
    cell = sheet.cell(line, table.column(code).at + 1)
    cell.value = typed
    return f"{sheet.title}!{cell.coordinate}"


def problems_of(desk):
    with pytest.raises(InputProblems) as raised:
        read_with_counts(desk.save())
    return list(raised.value.problems)


def test_a_fresh_workbook_has_a_dry_and_a_saving_scenario_beside_its_own(shipped_book, plan):
    reading = read_with_counts(shipped_book)
    assert reading.scenario == plan
    assert [(one.name, one.parent, one.layers, one.own) for one in reading.others] == [
        ("plan_dry_years", "plan", ("dry_years",), ()),
        ("plan_water_saving", "plan", ("water_saving",), ()),
    ]
    assert reading.others[0].book == load("dry_years").book
    assert reading.count.rows_in == reading.count.used


def test_what_is_typed_over_an_inherited_value_is_an_override_and_nothing_else(desk):
    put(desk, SETTINGS, DRY, "s1", 60)
    put(desk, SETTINGS, DRY, "own_reason", "half way")
    put(desk, SETTINGS, 0, "key", "clause.nm_urb_2025.enabled")
    put(desk, SETTINGS, "clause.nm_urb_2025.enabled", "s2", "否")
    dry, saving = read_with_counts(desk.save()).others
    assert dry.own == (Override(DRY, 60.0, "half way", "plan_dry_years"),)
    assert [(one.key, one.value) for one in saving.own] == [("clause.nm_urb_2025.enabled", False)]
    assert saving.book == load("water_saving").book


def test_a_column_inherits_what_is_changed_in_the_workbook(desk):
    desk.put("water.records", "water.use_base.ORDOS", "value", 16.1)
    desk.put("water.records", "water.dry_years", "value", 20)
    reading = read_with_counts(desk.save())
    dry, saving = reading.others
    for one in (dry, saving):
        assert one.parent == "plan"
        assert one.book.records["water.use_base.ORDOS"].printed == "16.1"
    assert reading.scenario.book.records["water.dry_years"].printed == "20.0"
    assert saving.book.records["water.dry_years"].printed == "20.0"
    assert dry.book.records["water.dry_years"].printed == "100.0"


def test_a_value_like_the_inherited_one_is_no_override_and_a_cleared_cell_inherits(desk):
    put(desk, SETTINGS, DRY, "s1", 100)
    put(desk, SETTINGS, DRY, "s2", None)
    assert [one.own for one in read_with_counts(desk.save()).others] == [(), ()]


def test_scenarios_given_come_back(tmp_path, plan):
    """Two scenarios of another parent and with words of their own, written beside the plan and read again."""
    one = build(
        "one", WORDS, WORDS, "plan", (), {"lever.mine_water.enabled": False, "clause.nm_urb_2025.reading": "floor"}
    )
    reason = Override("", 17.2, "metered", "", "Bulletin", "table 3", "bulletin")
    two = build("two", WORDS, WORDS, "dry_years", (), {"record.water.use_base.ORDOS": reason})
    again = read_with_counts(write_workbook(tmp_path / "a.xlsx", plan, "both", others=[one, two])).others
    for before, after in zip((one, two), again, strict=True):
        assert (after.name, after.title) == (before.name, before.title)
        assert after.book.records == before.book.records
        assert (after.clauses, after.levers) == (before.clauses, before.levers)
    said = {override.key: override.source for override in again[1].own}
    assert said["record.water.use_base.ORDOS"] == "Bulletin"


def test_faults_on_the_sheet_are_told_by_cell(desk):
    unnamed = put(desk, SETTINGS, DRY, "s4", 50)
    formula = put(desk, SETTINGS, DRY, "s1", "=2*30")
    twice = put(desk, HEAD, "name", "s2", "plan_dry_years")
    problems = problems_of(desk)
    assert [(problem.code, problem.where) for problem in problems] == [
        ("W-35", formula),
        ("W-50", unnamed),
        ("W-62", twice),
    ]
    assert problems[1].render("en") == (
        f"{unnamed}   record.water.dry_years  [W-50]\n"
        '  found      "50"\n'
        "  expected   a setting of a scenario that has a name\n"
        "  to do      give this column a name above, or clear the cell."
    )
    assert problems[1].render("zh") == (
        f"{unnamed}   record.water.dry_years  [W-50]\n"
        '  填写为        "50"\n'
        "  应为         有名称的情景中的设定\n"
        "  请处理        请在上方为该列命名，或清空此单元格。"
    )


def test_a_column_with_words_and_no_name_is_told_by_cell(desk):
    title, layer = put(desk, HEAD, "title_en", "s4", "Wet years"), put(desk, HEAD, "layer_1", "s5", "dry_years")
    problems = problems_of(desk)
    assert [(problem.code, problem.where) for problem in problems] == [("W-50", title), ("W-50", layer)]
    assert problems[0].render("en") == (
        f"{title}   title_en  [W-50]\n"
        '  found      "Wet years"\n'
        "  expected   words of a scenario that has a name\n"
        "  to do      give this column a name above, or clear the cell."
    )
    assert problems[0].render("zh") == (
        f"{title}   title_en  [W-50]\n"
        '  填写为        "Wet years"\n'
        "  应为         有名称的情景的内容\n"
        "  请处理        请在上方为该列命名，或清空此单元格。"
    )


def test_a_key_that_names_nothing_is_told_by_the_cell_of_its_value(desk):
    put(desk, SETTINGS, 0, "key", "record.water.use_base.ORDO")
    where = put(desk, SETTINGS, "record.water.use_base.ORDO", "s1", 16)
    (problem,) = problems_of(desk)
    assert problem.where.startswith(where)
    assert problem.code == "S-07"


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (None, ["plan"]),
        ("this workbook 本工作簿", ["plan"]),
        ("本工作簿", ["plan"]),
        ("plan", ["plan"]),
        ("all 全部", ["plan", "plan_dry_years", "plan_water_saving"]),
        ("ALL", ["plan", "plan_dry_years", "plan_water_saving"]),
        ("全部", ["plan", "plan_dry_years", "plan_water_saving"]),
        ("plan_water_saving", ["plan_water_saving"]),
    ],
)
def test_a_cell_says_what_a_run_runs(desk, typed, names):
    desk.sheet("side")["B4"].value = typed
    assert [one.name for one in read_with_counts(desk.save()).wanted] == names


def test_a_fresh_workbook_runs_its_own_scenario(shipped_book):
    assert read_with_counts(shipped_book).asked is None


def test_a_run_of_no_scenario_is_told_by_its_cell(desk):
    desk.sheet("side")["B4"].value = "plan_dry_year"
    (problem,) = problems_of(desk)
    assert problem.render("en") == (
        "Side by side 并列情景!B4  [W-51]\n"
        '  found      "plan_dry_year"\n'
        "  expected   a scenario of this workbook: plan, plan_dry_years, plan_water_saving, all\n"
        '  to do      did you mean "plan_dry_years"?'
    )
    assert problem.render("zh") == (
        "Side by side 并列情景!B4  [W-51]\n"
        '  填写为        "plan_dry_year"\n'
        "  应为         本工作簿的情景：plan、plan_dry_years、plan_water_saving、all\n"
        "  请处理        是否应为“plan_dry_years”？"
    )


@pytest.mark.parametrize("name", ["all", "全部", "本工作簿"])
def test_no_scenario_is_named_like_what_a_run_runs(desk, name):
    where = put(desk, HEAD, "name", "s1", name)
    assert [(problem.code, problem.where) for problem in problems_of(desk)] == [("W-62", where)]


def test_the_list_of_what_a_run_runs_follows_the_names(desk):
    """The list of the cell holds the two words and the names as they stand above the columns."""
    (rule,) = [rule for rule in desk.sheet("side").data_validations.dataValidation if "B4" in str(rule.sqref).split()]
    sheet, _, area = rule.formula1.partition("!")
    assert sheet.strip("'") == desk.sheet("lists").title
    cells = [row[0].value for row in desk.sheet("lists")[area.replace("$", "")]]
    assert cells[:2] == ["this workbook 本工作簿", "all 全部"]
    name = "$E$10"
    assert cells[2] == f"=IF('Side by side 并列情景'!{name}=\"\",\"\",'Side by side 并列情景'!{name})"
    assert desk.sheet("side")[name.replace("$", "")].value == "plan_dry_years"


def test_without_the_sheet_there_are_no_others(desk):
    desk.book.remove(desk.sheet("side"))
    assert read_with_counts(desk.save()).others == ()
