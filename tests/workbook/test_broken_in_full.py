"""Every way of breaking a workbook that the design names: a broken workbook of its own, and the full words of each."""

import shutil
import tomllib
from pathlib import Path

import pytest
from openpyxl.styles import numbers

from regmodel.workbook.read import survey

EXPECTED = tomllib.loads((Path(__file__).parent / "broken.toml").read_text(encoding="utf-8"))
WATER = "water.records"
USE, DECLINE, RATIO, SHARE = (
    f"water.{name}"
    for name in ("ecological_floor", "industrial_intensity_decline", "consumption_ratio_ecology", "sewage_collection")
)


def per_cent(desk):
    desk.put(WATER, SHARE, "value", 0.9)
    desk.cell(WATER, SHARE, "value").number_format = numbers.FORMAT_PERCENTAGE


def column_deleted(desk):
    sheet, _ = desk.mark("levers.levers")
    sheet.delete_cols(4)


def sheet_renamed(desk):
    desk.sheet("land").title = "My land"


def row_duplicated(desk):
    sheet, _ = desk.mark(WATER)
    line, other = desk.row(WATER, SHARE), desk.row(WATER, USE)
    for column in range(1, 14):
        sheet.cell(other, column).value = sheet.cell(line, column).value


def cells_merged(desk):
    sheet, _ = desk.mark(WATER)
    line = desk.row(WATER, SHARE)
    sheet.merge_cells(start_row=line, start_column=4, end_row=line, end_column=5)


def row_hidden(desk):
    sheet, _ = desk.mark(WATER)
    sheet.row_dimensions[desk.row(WATER, SHARE)].hidden = True


BROKEN = {
    "text in a number cell": lambda desk: desk.put(WATER, USE, "value", "95 per cent"),
    "full-width digits": lambda desk: desk.put(WATER, USE, "value", "９５．５"),
    "45 for 0.45": lambda desk: desk.put(WATER, RATIO, "value", 80),
    "0.45 for 45 %": lambda desk: desk.put(WATER, SHARE, "value", 0.9),
    "45 % as a percentage": per_cent,
    "#N/A": lambda desk: desk.put(WATER, USE, "value", "#N/A"),
    "a formula never calculated": lambda desk: desk.put(WATER, USE, "value", "=90+5"),
    "a link to another workbook": lambda desk: desk.put(WATER, USE, "value", "=[1]Sheet1!A1"),
    "a deleted column": column_deleted,
    "a renamed sheet": sheet_renamed,
    "a duplicated row": row_duplicated,
    "a merged cell": cells_merged,
    "a hidden row": row_hidden,
    "a wrong unit": lambda desk: desk.put(WATER, USE, "unit", "10^6 m3"),
    "an emptied cell": lambda desk: desk.put(WATER, USE, "value", None),
    "a changed bound that only explains": lambda desk: desk.put(WATER, USE, "low", 81),
    "a changed note": lambda desk: desk.put(WATER, USE, "note", "our bulletin of 2019 says otherwise"),
    "a far cell": lambda desk: desk.sheet("land").cell(6001, 3, "a note"),
}


@pytest.fixture(scope="module")
def light_pair(pair_book_once, open_desk, tmp_path_factory):
    """The pair's workbook without its result sheets, which the reader never looks at."""
    desk = open_desk(Path(shutil.copy(pair_book_once, tmp_path_factory.mktemp("light_pair") / "pair.xlsx")))
    for code in ("data", "charts", "clauses", "results", "heat", "checks", "about", "asrun"):
        del desk.book[desk.sheet(code).title]
    return desk.save()


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_workbook_says_what_where_and_what_to_do(name, light_pair, open_desk, pair_shipped, tmp_path):
    desk = open_desk(Path(shutil.copy(light_pair, tmp_path / "pair.xlsx")))
    BROKEN[name](desk)
    _, problems = survey(desk.save())
    said = {tongue: "\n\n".join(each.render(tongue) for each in problems) for tongue in ("en", "zh")}
    assert said == {tongue: words.strip("\n") for tongue, words in EXPECTED[name].items()}
