"""The reader of cells against an independent one, and what only it sees."""

import openpyxl
import pytest

from regmodel.workbook.cells import read_cells
from regmodel.workbook.package import BookPackage, address, read_reference


def test_cells_are_those_that_openpyxl_reads(shipped_book):
    """Every value of every sheet, by another reader of the format."""
    other = openpyxl.load_workbook(shipped_book, data_only=True)
    formulas = openpyxl.load_workbook(shipped_book)
    with BookPackage(shipped_book) as package:
        for sheet in package.sheets:
            found = read_cells(package, sheet)
            expected = {
                (cell.row - 1, cell.column - 1): cell.value
                for row in other[sheet.title].iter_rows()
                for cell in row
                if cell.value is not None
            }
            actual = {place: cell.value if cell.error is None else cell.error for place, cell in found.cells.items()}
            actual = {place: value for place, value in actual.items() if value is not None}
            assert actual == expected
            with_formula = {
                (cell.row - 1, cell.column - 1)
                for row in formulas[sheet.title].iter_rows()
                for cell in row
                if cell.data_type == "f"
            }
            assert {place for place, cell in found.cells.items() if cell.formula is not None} == with_formula


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("'My ''own'' sheet'!$A$1", ("My 'own' sheet", 0, 0, 0, 0)),
        ("Data!$B$3:$D$10", ("Data", 2, 1, 9, 3)),
        ("#REF!$A$1", None),
        ("[1]Data!$A$1", None),
        ("SUM(Data!$A$1)", None),
    ],
)
def test_references_of_names(words, expected):
    area = read_reference(words)
    assert (None if area is None else (area.sheet, area.top, area.left, area.bottom, area.right)) == expected


@pytest.mark.parametrize(("place", "words"), [((0, 0), "A1"), ((9, 25), "Z10"), ((0, 26), "AA1"), ((99, 701), "ZZ100")])
def test_addresses(place, words):
    assert address(*place) == words


def test_a_generated_workbook_is_known_as_never_calculated(shipped_book, light_book):
    with BookPackage(shipped_book) as package:
        assert not package.calculated
    with BookPackage(light_book) as package:
        assert package.calculated
