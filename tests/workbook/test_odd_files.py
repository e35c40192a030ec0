"""Files that no spreadsheet program writes, though programs by hand may: read alike by everybody, or refused."""

import re
import zipfile

import pytest
from tests.workbook.hostile import changed, input_sheet

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.read import read_with_counts

FLOOR = "record.water.ecological_floor"


@pytest.fixture
def typed(pair_book, tmp_path):
    """The pair's workbook with other XML in the place of one input cell; ``{place}`` is what the cell begins with."""

    def make(xml, more=lambda sheet: sheet):
        sheet = input_sheet(pair_book)
        with zipfile.ZipFile(pair_book) as package:
            part = package.read(sheet).decode("utf-8")
        row = re.search(r'<row r="14".*?</row>', part)[0]
        cell = re.search(r'<c r="D14"( s="\d+")>.*?</c>', row)
        path = tmp_path / "odd.xlsx"
        new = xml.replace("{place}", f'<c r="D14"{cell[1]}')
        return changed(pair_book, path, {sheet: lambda old: more(old.replace(cell[0].encode(), new.encode(), 1))})

    return make


@pytest.mark.parametrize(
    "xml",
    [
        "{place}><v>90</v></c>",
        "{place}><v> 9.0E1 </v></c>",
        "{place}><v>9<!-- a note -->0</v></c>",
    ],
)
def test_one_number_may_be_written_in_several_ways(xml, typed):
    assert {edit.key: edit.value for edit in read_with_counts(typed(xml)).edits} == {FLOOR: 90.0}


@pytest.mark.parametrize("words", ["NaN", "Infinity", "1E400", "9_0", "0x5A"])
def test_what_is_no_number_is_not_taken_for_one_whatever_the_reason(words, typed, open_desk):
    """Python would read some of these as numbers; a reason beside them makes them none."""
    path = typed(f"{{place}}><v>{words}</v></c>", _with_reason)
    with pytest.raises(InputProblems) as raised:
        read_with_counts(path)
    (problem,) = raised.value.problems
    assert (problem.code, problem.found.en) == ("W-30", f'the text "{words}"')
    assert problem.to_do.en.startswith("type the number alone") or words == "1E400"


def _with_reason(sheet):
    return re.sub(
        rb'<c r="N14"( s="\d+")/>', rb'<c r="N14"\1 t="inlineStr"><is><t>as measured</t></is></c>', sheet, count=1
    )


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("{place}><v>90</v></c>{place}><v>95</v></c>", "the cell D14 twice"),
        ('<c r="D15"><v>90</v></c>', "the cell D15 in row 14"),
    ],
)
def test_a_cell_that_two_readers_would_see_differently_is_refused(xml, told, typed):
    with pytest.raises(InputProblems) as raised:
        read_with_counts(typed(xml))
    (problem,) = raised.value.problems
    assert problem.code == "W-08"
    assert told in problem.found.en
    assert told in problem.found.zh


def test_cells_without_addresses_stand_where_they_stand(typed):
    """As some programs on the web write them: cells in the order of columns, rows in the order of lines."""
    path = typed("{place}><v>90</v></c>", lambda sheet: re.sub(rb' r="[A-Z]+[0-9]+"', b"", sheet))
    assert {edit.key: edit.value for edit in read_with_counts(path).edits} == {FLOOR: 90.0}
