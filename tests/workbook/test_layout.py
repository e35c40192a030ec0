"""What stands in a fresh workbook: everything, once, named, sourced, styled, validated and protected."""

import re
import zipfile

import openpyxl
import pytest

from regmodel.workbook.contents import contents
from regmodel.workbook.layout import BOOK_LANGUAGES, SHEETS, TABLES, table_of, word


@pytest.fixture(scope="module")
def opened(shipped_book):
    return openpyxl.load_workbook(shipped_book)


def test_every_record_clause_and_lever_stands_in_the_workbook_once(plan):
    rows = contents(plan, "both")
    keys = [row.key for kept in rows.values() for row in kept]
    assert len(keys) == len(set(keys))
    assert set(plan.book.records) <= set(keys)
    assert {active.clause.id for active in plan.clauses} <= set(keys)
    assert {lever.id for lever in plan.levers} <= set(keys)


def test_every_figure_of_the_base_year_stands_in_the_workbook(plan):
    rows = contents(plan, "both")
    keys = {row.key for table, kept in rows.items() if table.endswith(".figures") for row in kept}
    assert keys == {each.key for each in plan.book.figures if each.year == 2020 and each.target_year is None}


def test_every_number_has_names_unit_source_and_confidence(plan):
    for table, kept in contents(plan, "both").items():
        if not table.endswith((".records", ".figures")):
            continue
        for row in kept:
            for code in ("name_en", "name_zh", "value", "unit", "source", "confidence"):
                assert row.cells[code] not in (None, ""), f"{row.key}: {code}"
            if row.cells["confidence"] == "D":
                assert row.cells["low"] is not None, f"{row.key} is assumed and has no range"


def test_columns_of_a_table_stand_apart():
    for table in TABLES:
        places = [column.at for column in table.columns]
        assert len(set(places)) == len(places), table.code
        assert len({column.code for column in table.columns}) == len(places)


@pytest.mark.parametrize("language", BOOK_LANGUAGES)
def test_titles_of_sheets_are_short_and_different(language):
    titles = [word(sheet.title, language) for sheet in SHEETS]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(len(title) <= 31 for title in titles)


def test_input_cells_are_unlocked_and_look_like_it(opened, plan):
    """Yellow with blue letters and open; what stands beside them is locked."""
    sheet = opened["Water 用水"]
    line = next(row for row in range(1, 200) if sheet.cell(row, 1).value == "water.use_base.ORDOS")
    table = table_of("water.records")
    for column in table.columns:
        cell = sheet.cell(line, column.at + 1)
        assert cell.protection.locked is not column.entry, column.code
        assert (cell.fill.fgColor.rgb == "FFFFF8DC") is column.entry, column.code
        if column.entry:
            assert cell.font.color.rgb == "FF1747B5"


def test_input_cells_say_what_they_take(opened):
    sheet = opened["Water 用水"]
    line = next(row for row in range(1, 200) if sheet.cell(row, 1).value == "water.use_base.ORDOS")
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if f"D{line}" in str(rule.sqref).split()]
    assert (rule.type, rule.errorStyle) == ("decimal", "warning")
    assert (float(rule.formula1), float(rule.formula2)) == (14.0, 17.0)
    assert rule.prompt.startswith("From 14 to 17")
    assert "范围 14 至 17" in rule.prompt


def test_readings_are_chosen_from_those_of_the_row(opened):
    sheet = opened["Targets 目标"]
    line = next(row for row in range(1, 300) if sheet.cell(row, 1).value == "hbew_urban_pop_growth")
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if f"G{line}" in str(rule.sqref).split()]
    assert rule.formula1 == '"cumulative:window,cumulative:floor,annual:window,annual:floor"'


def test_every_sheet_is_protected_without_a_password_and_set_up_for_print(opened):
    for sheet in opened.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_sheets_of_the_program_are_hidden_and_no_other(opened):
    hidden = [sheet.title for sheet in opened.worksheets if sheet.sheet_state != "visible"]
    assert hidden == ["As run 运行时输入", "Lists 列表"]


def test_live_checks_agree_with_the_records(shipped_book):
    """The stored results of the check formulas are those of the shipped records: all of them OK."""
    sheet = openpyxl.load_workbook(shipped_book, data_only=True)["Checks 检查"]
    states = [sheet.cell(row, 5).value for row in range(6, 30) if sheet.cell(row, 5).value in ("OK", "FAIL")]
    assert states == ["OK"] * len(states)
    assert len(states) >= 10


def test_a_workbook_is_written_the_same_twice(plan, shipped_book, tmp_path):
    from regmodel.workbook.write import write_workbook

    again = write_workbook(tmp_path / "plan.xlsx", plan, "both")
    assert again.read_bytes() == shipped_book.read_bytes()


def test_every_name_is_defined_once(shipped_book):
    """Excel takes a workbook with a name twice for a damaged one."""
    with zipfile.ZipFile(shipped_book) as package:
        names = re.findall(rb'<definedName name="([^"]*)"( localSheetId="\d+")?', package.read("xl/workbook.xml"))
    assert len(names) == len(set(names))


def test_lines_of_charts_are_straight_in_every_program(shipped_book):
    """A series that does not say so is a curve in LibreOffice, with values between the years that nobody computed."""
    with zipfile.ZipFile(shipped_book) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    lines = [part for chart in charts for part in re.findall(r"<c:lineChart>.*?</c:lineChart>", chart, re.DOTALL)]
    assert lines
    for chart in lines:
        assert chart.count("<c:ser>") == chart.count('<c:smooth val="0"/>')
