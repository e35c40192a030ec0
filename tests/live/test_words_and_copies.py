"""Words stay words on the way into Excel; the copy that the child reads says what the open workbook says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.live.inputs import copy_inputs, read_inputs
from regmodel.workbook.live.open_book import OpenBook, as_typed
from regmodel.workbook.pen import safe_text
from regmodel.workbook.read import read_with_counts

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'quoted",
    "3-4",
    "0012",
    "1e5",
    "TRUE",
    "45%",
    "=cmd|' /C calc'!A0",
    " =1",
    "年",
]
NORM = ("water.records", "water.industrial_intensity_decline")


@pytest.mark.parametrize("words", RISKY)
def test_risky_words_come_out_of_excel_as_they_were(memory, words):
    assert memory.typed(as_typed(words)) == (words, None)


@given(st.text(max_size=40).filter(lambda words: words == safe_text(words)))
def test_any_words_come_out_of_excel_as_they_were(memory, words):
    value, formula = memory.typed(as_typed(words))
    assert (value or "", formula) == (words, None)


@pytest.mark.parametrize("value", [1.5, 0.0, True, False, None])
def test_what_is_no_word_is_handed_over_as_it_is(memory, value):
    found, formula = memory.typed(as_typed(value))
    assert (found, type(found), formula) == (value, type(value), None)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_nothing(value):
    assert as_typed(value) is None


@pytest.fixture
def reading(desk, tmp_path, pair_shipped):
    """What the child would read from the open workbook."""

    def read(saves_copies=False):
        desk.app.saves_copies = saves_copies
        book = OpenBook(desk.book)
        folder = tmp_path / "copy"
        folder.mkdir()
        return read_with_counts(copy_inputs(book, read_inputs(book), folder))

    return read


def codes(refused):
    return sorted(problem.code for problem in refused.value.problems.errors)


@pytest.mark.parametrize("saves_copies", [False, True])
def test_the_copy_says_what_was_typed(desk, reading, saves_copies):
    """Excel for Windows saves a copy of itself; elsewhere the cells are written anew. Either is read alike."""
    cell = desk.cell(*NORM, "value")
    cell.value = cell.value * 1.01
    desk.cell(*NORM, "own_source").value = "'=HYPERLINK(1)"
    found = reading(saves_copies)
    (edit,) = found.edits
    assert (edit.key, edit.value, edit.said.source) == (
        "record.water.industrial_intensity_decline",
        cell.value,
        "=HYPERLINK(1)",
    )
    assert edit.where == f"Water 用水!{cell.get_address(False, False)}"
    assert found.count.rows_in == found.count.used


def test_an_untouched_workbook_is_the_shipped_scenario(reading):
    found = reading()
    assert (found.scenario.name, found.edits) == ("pair", ())


@pytest.mark.parametrize("saves_copies", [False, True])
@pytest.mark.parametrize("case", ["percent", "date", "error", "link"])
def test_what_only_excel_knows_of_a_cell_is_told(desk, reading, case, saves_copies):
    """A percentage, a date, an error value and a link to another file, each with its own code."""
    cell = desk.cell(*NORM, "value")
    place = (cell.sheet.name, cell.row, cell.column)
    if case == "percent":
        cell.value, cell.number_format = 0.45, "0%"
    elif case == "date":
        cell.impl.sheet.made.cell(*place[1:]).value = dt.datetime(2026, 3, 4)  # noqa: DTZ001
    elif case == "error":
        cell.impl.sheet.made.cell(*place[1:]).value = "#N/A"
        cell.impl.sheet.made.cell(*place[1:]).data_type = "e"
    else:
        cell.value = "='[elsewhere.xlsx]Sheet1'!A1"
        desk.book.impl.results[place] = 100.0
    with pytest.raises(InputProblems) as refused:
        reading(saves_copies)
    expected = {"percent": ["W-32"], "date": ["W-41"], "error": ["W-34"], "link": ["W-43"]}
    assert codes(refused) == expected[case]


def test_a_cell_far_away_is_told(desk, reading):
    desk.sheet("water").impl.made.cell(6000, 3).value = "a note"
    with pytest.raises(InputProblems) as refused:
        reading()
    assert codes(refused) == ["W-19"]


def test_a_sheet_under_another_name_is_found(desk, reading):
    desk.sheet("water").name = "水"
    assert reading().scenario.name == "pair"


def test_the_first_changed_cell_is_named(desk):
    book = OpenBook(desk.book)
    before = read_inputs(book)
    cell = desk.cell(*NORM, "value")
    cell.value = 77.0
    after = read_inputs(book)
    assert before.digest != after.digest
    assert before.first_change(after) == f"Water 用水!{cell.get_address(False, False)}"
    assert read_inputs(book).digest == after.digest
