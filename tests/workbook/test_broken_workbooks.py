"""Every way in which people break a workbook: the exact message with its cell, in both languages, all at once."""

import re

import pytest
from openpyxl.styles import numbers

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.read import read_with_counts, read_workbook

ORDOS = ("water.records", "water.use_base.ORDOS")


def problems_of(desk):
    """The problems of an edited workbook."""
    with pytest.raises(InputProblems) as raised:
        read_workbook(desk.save())
    return list(raised.value.problems)


def only(desk):
    """The one problem of an edited workbook."""
    found = problems_of(desk)
    assert len(found) == 1, "\n".join(problem.render("en") for problem in found)
    return found[0]


def ordos(desk):
    """The name of the record as messages give it, in both languages."""
    sheet, _ = desk.mark(ORDOS[0])
    line = desk.row(*ORDOS)
    return f"{sheet.cell(line, 2).value}: value", f"{sheet.cell(line, 3).value}：数值"


def test_text_in_a_number_cell(desk):
    where = desk.put(*ORDOS, "value", "15.5 亿")
    problem = only(desk)
    english, chinese = ordos(desk)
    assert problem.render("en") == (
        f"{where}   {english}  [W-30]\n"
        '  found      the text "15.5 亿"\n'
        "  expected   a number in the unit 10⁸ m³\n"
        "  to do      type the number 15.5"
    )
    assert problem.render("zh") == (
        f"{where}   {chinese}  [W-30]\n"
        "  填写为        文字“15.5 亿”\n"
        "  应为         以“亿 m³”为单位的数字\n"
        "  请处理        请填写数字 15.5"
    )


def test_full_width_digits(desk):
    desk.put(*ORDOS, "value", "１５．５")
    problem = only(desk)
    assert problem.code == "W-31"
    assert problem.found.en == '"１５．５" in full-width digits'
    assert problem.to_do.en == "type the number 15.5"
    assert problem.to_do.zh == "请填写数字 15.5"


def test_a_number_far_from_its_range(desk):
    """45 typed for 4.5: the range is named, the likely meaning offered, and how to insist."""
    where = desk.put("water.records", "water.industrial_intensity_decline", "value", 45)
    problem = only(desk)
    assert (problem.code, problem.where, problem.found.en) == ("W-33", where, "45")
    assert problem.expected.en == "between 1.5 and 4.5 % a year"
    assert problem.to_do.en == (
        "if you meant 4.5, type 4.5. If 45 is meant, write why under your reason in this row; it will be marked."
    )
    assert problem.to_do.zh == "如为 4.5，请填 4.5；如确为 45，请在本行“您的理由”栏注明，结果中将予标注。"


def test_a_fraction_typed_for_per_cent(desk):
    desk.put("water.records", "water.industrial_intensity_decline", "value", 0.0275)
    problem = only(desk)
    assert problem.code == "W-33"
    assert problem.to_do.en.startswith("if you meant 2.75, type 2.75.")


def test_a_reason_lets_a_far_number_stand_and_marks_it(desk):
    desk.put("water.records", "water.industrial_intensity_decline", "value", 6.5)
    desk.put("water.records", "water.industrial_intensity_decline", "own_reason", "new plants from 2022")
    reading = read_with_counts(desk.save())
    assert [(own.value, own.reason) for own in reading.scenario.own] == [(6.5, "new plants from 2022")]
    assert [(problem.code, problem.severity) for problem in reading.warnings] == [("W-33", "warning")]


def test_per_cent_typed_as_per_cent(desk):
    """45 % in a cell of unit %: the file holds 0.45, and nobody may guess which was meant."""
    where = desk.put("population.records", "population.urban_ceiling.ORDOS", "value", 0.89)
    desk.cell("population.records", "population.urban_ceiling.ORDOS", "value").number_format = numbers.FORMAT_PERCENTAGE
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-32", where)
    assert problem.found.en == "0.89 shown as 89 %"
    assert problem.to_do.zh == "请将单元格格式设为“常规”；如为 89 %，请填 89。"


def test_a_figure_of_a_clause_ten_times_too_large(desk):
    desk.put("targets.clauses", "nm_new_land_2025", "value", 640)
    problem = only(desk)
    assert problem.code == "W-33"
    assert problem.expected.en == "something like 64 10⁴ mu; this is more than 5 times away"


def test_not_available(desk):
    where = desk.put(*ORDOS, "value", "#N/A")
    problem = only(desk)
    assert (problem.code, problem.where, problem.found.en) == ("W-34", where, "#N/A")
    assert problem.to_do.zh == "请修正公式，或直接填写取值。"


def test_a_formula_never_calculated(desk):
    desk.put(*ORDOS, "value", "=3*5")
    problem = only(desk)
    assert problem.code == "W-35"
    assert problem.found.en == "a formula that was never calculated"
    assert problem.to_do.en == ("open the workbook in Excel, WPS or LibreOffice and save it, or type the value itself.")


def test_a_formula_that_reads_another_file(desk):
    desk.put(*ORDOS, "value", "=[1]Sheet1!A1")
    assert only(desk).code == "W-43"


def test_an_emptied_cell(desk):
    desk.put(*ORDOS, "value", None)
    problem = only(desk)
    assert (problem.code, problem.to_do.en) == ("W-36", "type 15.5 again, or another value.")


def test_a_wrong_unit(desk):
    where = desk.put(*ORDOS, "unit", "10^6 m3")
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-37", where)
    assert problem.found.en == '"10^6 m3"'
    assert problem.to_do.en == "give the value in 10⁸ m³ and bring the unit back; units are not converted."


def test_a_changed_explanation_is_said_to_have_no_effect(desk, plan):
    desk.put(*ORDOS, "low", 10)
    reading = read_with_counts(desk.save())
    assert reading.scenario == plan
    (warning,) = reading.warnings
    assert warning.code == "W-40"
    assert (
        f'What counts is {desk.cell(*ORDOS, "value").parent.title}!{desk.cell(*ORDOS, "value").coordinate} ("value").'
        in (warning.to_do.en)
    )


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("targets.clauses", "nm_urb_2025", "low"), ("targets.clauses", "nm_urb_2025", "value")),
        (("levers.levers", "mine_water", "note"), ("levers.levers", "mine_water", "own_reason")),
        ((*ORDOS, "source"), (*ORDOS, "own_source")),
        (("scenarios.form", "parent", "label"), ("scenarios.form", "parent", "value")),
        (("targets.clauses", "hbey_water_rights", "rank"), None),
    ],
)
def test_the_cell_that_counts_is_named_beside_one_that_only_explains(desk, place, told):
    """For a bound the figure of its row, for a note the reason, for a document the source; or that there is none."""
    desk.put(*place, 7)
    (warning,) = read_with_counts(desk.save()).warnings
    cell = None if told is None else desk.cell(*told)
    expected = (
        "No cell of this row is read." if cell is None else f"What counts is {cell.parent.title}!{cell.coordinate} ("
    )
    assert (warning.code, expected in warning.to_do.en) == ("W-40", True), warning.to_do.en


def test_explanations_of_another_version_are_no_edits(desk, plan):
    """Where the notes were written by another version, their words are nobody's change."""
    lists = desk.sheet("lists")
    row = next(row for row in range(1, 10) if lists.cell(row, 1).value == "words")
    lists.cell(row, 2).value = "0123456789abcdef"
    desk.put(*ORDOS, "note", "as it was said before")
    reading = read_with_counts(desk.save())
    assert reading.scenario == plan
    assert reading.warnings == ()


def test_neither_yes_nor_no(desk):
    desk.put("levers.levers", "mine_water", "enabled", "maybe")
    problem = only(desk)
    assert (problem.code, problem.found.en, problem.expected.zh) == ("W-38", '"maybe"', "是或否")


def test_an_unknown_reading(desk):
    desk.put("targets.clauses", "nm_urb_2025", "reading", "flor")
    problem = only(desk)
    assert (problem.code, problem.to_do.en, problem.to_do.zh) == ("W-39", 'did you mean "floor"?', "是否应为“floor”？")


def test_an_unknown_scenario(desk):
    desk.put("scenarios.form", "parent", "value", "dry_year")
    problem = only(desk)
    assert (problem.code, problem.to_do.en) == ("W-39", 'did you mean "dry_years"?')


def test_a_date_in_a_number_cell(desk):
    desk.put(*ORDOS, "value", 44000)
    desk.cell(*ORDOS, "value").number_format = "yyyy-mm-dd"
    assert only(desk).code == "W-41"


def test_a_truth_in_a_number_cell(desk):
    desk.put(*ORDOS, "value", True)
    problem = only(desk)
    assert (problem.code, problem.found.en) == ("W-42", "TRUE")


def test_an_unknown_key(desk):
    where = desk.put(*ORDOS, "key", "water.use_base.ORDO")
    found = problems_of(desk)
    assert [problem.code for problem in found] == ["W-20", "W-22"]
    assert found[0].where == where
    assert found[0].to_do.en == 'did you mean "water.use_base.ORDOS"?'


def test_a_duplicated_row(desk):
    sheet, _ = desk.mark("water.records")
    line, other = desk.row(*ORDOS), desk.row("water.records", "water.use_base.YULIN")
    for column in range(1, 13):
        sheet.cell(other, column).value = sheet.cell(line, column).value
    found = problems_of(desk)
    assert [problem.code for problem in found] == ["W-21", "W-22"]
    first, second = sorted((line, other))
    assert found[0].found.en == f"water.use_base.ORDOS a second time; the first is in row {first}"
    assert found[0].where.endswith(f"!A{second}")


def test_a_row_without_its_key(desk):
    desk.put(*ORDOS, "key", None)
    assert [problem.code for problem in problems_of(desk)] == ["W-23", "W-22"]


def test_a_deleted_row(desk):
    sheet, _ = desk.mark("water.records")
    sheet.delete_rows(desk.row(*ORDOS))
    problem = only(desk)
    assert (problem.code, problem.found.en) == ("W-22", 'no row "water.use_base.ORDOS"')


def test_a_deleted_column(desk):
    sheet, _ = desk.mark("land.records")
    sheet.delete_cols(4)
    found = problems_of(desk)
    assert {problem.code for problem in found} == {"W-15"}
    assert found[0].found.en == 'no column "value" (value)'
    assert found[0].found.zh == "没有“value”列（数值）"
    assert re.fullmatch(r"Land 土地!D\d+", found[0].where)


def test_a_column_of_ones_own_in_the_grey_line(desk):
    sheet, mark = desk.mark("land.records")
    sheet.cell(mark, 16).value = "valeu"
    problem = only(desk)
    assert (problem.code, problem.to_do.en) == ("W-16", 'did you mean "value"?')


def test_a_missing_sheet(desk):
    del desk.book[desk.sheet("land").title]
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-12", "Land 土地")


def test_a_renamed_sheet_is_found_again_and_named(desk, plan):
    desk.sheet("land").title = "My land"
    reading = read_with_counts(desk.save())
    assert reading.scenario == plan
    (problem,) = reading.warnings
    assert (problem.code, problem.where) == ("W-13", "My land")
    assert problem.found.en == 'a sheet renamed from "Land 土地"'


def test_a_lost_table(desk):
    sheet, mark = desk.mark("land.records")
    sheet.cell(mark, 1).value = "key"
    problem = only(desk)
    assert (problem.code, problem.found.en) == ("W-14", "no mark ~land.records above a table")


def test_a_lost_end(desk):
    sheet, _ = desk.mark("scenarios.form")
    line = desk.row("scenarios.form", "layers_in_order") + 1
    assert sheet.cell(line, 1).value == "~end"
    sheet.cell(line, 1).value = None
    assert only(desk).code == "W-14"


def test_merged_cells(desk):
    sheet, _ = desk.mark("water.records")
    line = desk.row(*ORDOS)
    sheet.merge_cells(start_row=line, start_column=11, end_row=line, end_column=12)
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-17", f"Water 用水!K{line}:L{line}")


def test_a_hidden_row(desk):
    sheet, _ = desk.mark("water.records")
    line = desk.row(*ORDOS)
    sheet.row_dimensions[line].hidden = True
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-18", f"Water 用水!A{line}")


def test_a_hidden_column(desk):
    desk.sheet("land").column_dimensions["D"].hidden = True
    assert {problem.code for problem in problems_of(desk)} == {"W-18"}


def test_content_far_away(desk):
    desk.sheet("land").cell(6001, 3).value = "a note"
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-19", "Land 土地!C6001")


def test_an_incomplete_row(desk):
    desk.put("water.regional", 0, "key", "water.use_base")
    found = problems_of(desk)
    assert [problem.code for problem in found] == ["W-44", "W-44"]


def test_an_unknown_region(desk):
    for code, typed in (("key", "population.urban_ceiling"), ("region", "TONGLIA"), ("value", 84)):
        desk.put("population.regional", 0, code, typed)
    problem = only(desk)
    assert (problem.code, problem.to_do.en) == ("W-45", 'did you mean "Tongliao"?')


def test_a_regional_value_that_has_a_row(desk):
    for code, typed in (("key", "water.use_base"), ("region", "ORDOS"), ("value", 15)):
        desk.put("water.regional", 2, code, typed)
    problem = only(desk)
    assert problem.code == "W-21"
    assert problem.found.en == "water.use_base.ORDOS a second time; it has a row of its own above"


def test_a_reason_without_a_change(desk, plan):
    desk.put("levers.levers", "mine_water", "own_reason", "because")
    reading = read_with_counts(desk.save())
    assert reading.scenario == plan
    assert [problem.code for problem in reading.warnings] == ["W-47"]


def test_a_source_whose_kind_is_not_said(desk):
    """It counts as any other document, and says so with the cell in which the kind is chosen."""
    desk.put(*ORDOS, "value", 16.1)
    where = desk.put(*ORDOS, "own_source", "Ordos water bulletin 2020").replace("!K", "!M")
    reading = read_with_counts(desk.save())
    assert reading.scenario.book.records["water.use_base.ORDOS"].confidence == "C"
    (problem,) = reading.warnings
    assert problem.render("en") == (
        f"{where}   kind of source  [W-48]\n"
        "  found      a source whose kind is not said\n"
        "  expected   a kind of source, from which the confidence follows\n"
        "  to do      choose it from the list in the cell; until then the figure counts as C."
    )
    assert problem.render("zh") == (
        f"{where}   来源类别  [W-48]\n"
        "  填写为        来源未注明类别\n"
        "  应为         来源类别，可信度由此而定\n"
        "  请处理        请从单元格列表中选择；在此之前该数按 C 级处理。"
    )


def test_a_place_in_a_source_that_is_not_named(desk):
    desk.put(*ORDOS, "value", 16.1)
    where = desk.put(*ORDOS, "own_where", "table 3")
    problem = only(desk)
    assert problem.render("en") == (
        f"{where}   place in it  [W-49]\n"
        '  found      "table 3"\n'
        "  expected   the source that this is said of\n"
        "  to do      name the source in this row, or clear this cell."
    )
    assert problem.render("zh") == (
        f"{where}   出处  [W-49]\n"
        '  填写为        "table 3"\n'
        "  应为         所指的来源\n"
        "  请处理        请在本行填写来源，或清空此单元格。"
    )


def test_a_kind_of_source_that_is_none(desk):
    desk.put(*ORDOS, "value", 16.1)
    desk.put(*ORDOS, "own_source", "Ordos water bulletin 2020")
    where = desk.put(*ORDOS, "own_kind", "公报")
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-39", where)
    assert "公报或统计公报" in problem.to_do.zh


@pytest.mark.parametrize("typed", ["bulletin", "公报或统计公报", "official bulletin or communique"])
def test_a_kind_of_source_is_chosen_in_any_language(desk, typed):
    desk.put(*ORDOS, "value", 16.1)
    desk.put(*ORDOS, "own_source", "Ordos water bulletin 2020")
    desk.put(*ORDOS, "own_where", "table 3")
    desk.put(*ORDOS, "own_kind", typed)
    reading = read_with_counts(desk.save())
    assert reading.warnings == ()
    record = reading.scenario.book.records["water.use_base.ORDOS"]
    assert (record.confidence, record.source, record.where) == ("B", "Ordos water bulletin 2020", "table 3")


@pytest.mark.parametrize("code", ["own_source", "own_kind", "ease_low"])
def test_a_formula_never_calculated_in_a_newer_cell(desk, code):
    """The same rule in every cell that people type into: the place is named, nothing is guessed."""
    where = desk.put("targets.clauses", "nm_urb_2025", code, "=1+1")
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-35", where)


def test_a_name_that_cannot_be_one(desk):
    where = desk.put("scenarios.form", "name", "value", "my plan!")
    problem = only(desk)
    assert (problem.code, problem.where) == ("W-62", where)


def test_a_share_beyond_one_is_refused_even_with_a_reason(desk):
    desk.put("levers.levers", "mine_water", "limit", 45)
    desk.put("levers.levers", "mine_water", "own_reason", "I want it")
    problem = only(desk)
    assert (problem.code, problem.to_do.en) == ("W-33", "type a number between 0 and 1.")


def test_everything_at_once_and_nothing_skipped(desk):
    """Seven faults on four sheets are told together, and rows in are rows used and rows reported."""
    desk.put(*ORDOS, "value", "much")
    desk.put("water.records", "water.use_base.YULIN", "value", "#DIV/0!")
    desk.put("targets.clauses", "nm_urb_2025", "reading", "both")
    desk.put("targets.clauses", "nm_urb_2035", "enabled", "?")
    desk.put("levers.levers", "mine_water", "limit", -1)
    desk.put("population.regional", 0, "region", "ORDOS")
    found = problems_of(desk)
    assert sorted(problem.code for problem in found) == ["W-30", "W-33", "W-34", "W-38", "W-39", "W-44", "W-44"]
    assert len({problem.where for problem in found}) == 7


def test_a_workbook_of_somebody_else(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(InputProblems) as raised:
        read_workbook(tmp_path / "other.xlsx")
    (problem,) = raised.value.problems
    assert (problem.code, problem.where, problem.found.en) == ("W-10", "other.xlsx", "no stamp of regmodel in it")


def test_a_workbook_of_other_records(desk):
    lists = desk.sheet("lists")
    row = next(row for row in range(1, 10) if lists.cell(row, 1).value == "records")
    lists.cell(row, 2).value = "0123456789abcdef"
    problem = only(desk)
    assert problem.code == "W-11"
    assert problem.found.en.startswith("written from other records or clauses than those of this installation")


def test_a_workbook_of_another_template(desk):
    lists = desk.sheet("lists")
    row = next(row for row in range(1, 10) if lists.cell(row, 1).value == "template")
    lists.cell(row, 2).value = "0"
    assert only(desk).found.en == "a workbook of template 0"
