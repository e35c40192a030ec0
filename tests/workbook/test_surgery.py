"""Cells replaced inside a sheet's XML: the rest of the bytes stays, and what looks strange is left alone."""

import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from regmodel.workbook.cells import read_cells
from regmodel.workbook.package import BookPackage, SheetPart
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results
from regmodel.workbook.surgery import (
    SheetChange,
    UnknownShape,
    calculating_book,
    changed_sheet,
    has_formula_on,
    without_chain,
    without_results,
)

SHEET = (
    b'<worksheet xmlns="x"><dimension ref="A1:C3"/><sheetData>'
    b'<row r="1" spans="1:3" ht="15"><c r="A1" s="4" t="s"><v>0</v></c><c r="C1" s="2"><v>3</v></c></row>'
    b'<row r="3"><c r="B3"><f>SUM(A1:A2)</f><v>9</v></c></row>'
    b"</sheetData><pageMargins/></worksheet>"
)


def test_a_number_keeps_the_style_of_its_cell():
    xml, lost = changed_sheet(SHEET, SheetChange({(0, 2): 4.5}))
    assert b'<c r="C1" s="2"><v>4.5</v></c>' in xml
    assert b'<c r="A1" s="4" t="s"><v>0</v></c>' in xml
    assert not lost


ROW = b'<row r="1" spans="1:3" ht="15">'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="C1" s="2">', b"<c r='C1' s='2'>"),
        (ROW, b"<row r='1'>"),
        (b"<v>3</v>", b"<v>3</v><!-- </c> -->"),
        (b'<row r="3">', b'<row r="1">'),
        (b'<c r="C1" s="2">', b'<c r="A1" s="2">'),
    ],
)
def test_rows_and_cells_that_are_written_in_another_way_are_left_alone(old, new):
    """Single quotes, comments, a row or a cell twice: nothing is written where its place could be mistaken."""
    assert SHEET.count(old) == 1
    with pytest.raises(UnknownShape):
        changed_sheet(SHEET.replace(old, new), SheetChange({(0, 2): 4.5}))


def test_rows_that_only_a_comment_holds_are_no_rows():
    """What is put into a comment is seen by nobody."""
    with pytest.raises(UnknownShape):
        changed_sheet(SHEET.replace(b"<sheetData>", b"<!-- <sheetData/> --><sheetData>"), SheetChange({(0, 2): 4.5}))


def test_a_chain_that_cannot_be_taken_out_whole_stays(tmp_path):
    """A part that is listed and not there makes Excel repair the file."""
    listed = {"[Content_Types].xml": b"<Types><Override PartName='/xl/calcChain.xml' ContentType='a'/></Types>"}
    assert without_chain(listed)["[Content_Types].xml"] == b"<Types></Types>"
    with pytest.raises(UnknownShape):
        without_chain({"[Content_Types].xml": b"<Types><Override PartName='/xl/calcChain.xml'></Override></Types>"})


@pytest.mark.parametrize(
    ("formula", "taken", "divided"),
    [
        (b'<f t="array" ref="B3:B4">A1:A2*2</f>', (2, 1), True),
        (b'<f t="array" ref="B3:B4">A1:A2*2</f>', (3, 1), True),
        (b'<f t="array" ref="B3">SUM(A1:A2*2)</f>', (2, 1), False),
        (b'<f t="shared" ref="B3:B9" si="0">A1+1</f>', (2, 1), True),
        (b'<f t="shared" ref="B3:B9" si="0">A1+1</f>', (4, 1), False),
        (b'<f t="shared" si="0"/>', (2, 1), False),
        (b'<f t="array" ref="B3:B4">A1:A2*2</f>', (0, 2), False),
    ],
)
def test_a_formula_of_several_cells_is_replaced_whole_or_not_at_all(formula, taken, divided):
    """The rest of an array would write over a result, and the rest of a shared formula would have lost its words."""
    xml = SHEET.replace(b"<f>SUM(A1:A2)</f>", formula)
    if divided:
        with pytest.raises(UnknownShape):
            changed_sheet(xml, SheetChange({taken: 4.5}))
    else:
        assert b"<v>4.5</v>" in changed_sheet(xml, SheetChange({taken: 4.5}))[0]


def test_an_array_that_is_wholly_replaced_goes(tmp_path):
    xml = SHEET.replace(b"<f>SUM(A1:A2)</f>", b'<f t="array" ref="B3:B4">A1:A2*2</f>')
    changed, lost = changed_sheet(xml, SheetChange({(2, 1): 1.0, (3, 1): 2.0}))
    assert lost
    assert b"<f" not in changed


def test_words_are_text_whatever_they_look_like():
    xml, _ = changed_sheet(SHEET, SheetChange({(0, 0): "=1+1 <&> 测试\x07"}))
    assert (
        '<c r="A1" s="4" t="inlineStr"><is><t xml:space="preserve">=1+1 &lt;&amp;&gt; 测试\N{REPLACEMENT CHARACTER}'
        "</t></is></c>"
    ).encode() in xml


def test_words_come_back_as_they_went(tmp_path):
    """A carriage return, and words that only look like an escaped sign, are read again as they were written."""
    said = "one\r\ntwo _x0041_ & <three>"
    xml, _ = changed_sheet(SHEET, SheetChange({(0, 0): said}))
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("sheet.xml", xml)
    with BookPackage(tmp_path / "a.xlsx") as package:
        assert read_cells(package, SheetPart("a", "sheet.xml")).at(0, 0).value == said


def test_words_like_an_escape_that_a_person_typed_go_back_as_they_were(pair_book, pair_run, open_desk):
    """Excel keeps a typed _x0041_ as _x005F_x0041_: read, listed as a change, and stored in the same way again."""
    typed, kept = "as in _x0041_ of the table", "as in _x005F_x0041_ of the table"
    desk = open_desk(pair_book)
    desk.put("water.records", "water.industrial_intensity_decline", "value", 2.75)
    desk.put("water.records", "water.industrial_intensity_decline", "own_reason", kept)
    reading = read_with_counts(desk.save())
    assert [edit.said.reason for edit in reading.edits] == [typed]
    write_results(pair_book, replace(pair_run, scenario=reading.scenario), reading=reading)
    sheet = openpyxl.load_workbook(pair_book)["Results 结果"]
    shown = [cell.value for row in sheet.iter_rows() for cell in row if "of the table" in str(cell.value)]
    assert shown == [kept]
    assert [unescape(words) for words in shown] == [typed]
    with BookPackage(pair_book) as package:
        part = package.sheet("Results 结果")
        assert kept.encode() in package.open(part.part).read()
        assert typed in [cell.value for cell in read_cells(package, part).cells.values()]


def test_new_cells_and_rows_stand_in_their_order():
    xml, _ = changed_sheet(SHEET, SheetChange({(0, 1): 2.0, (1, 0): "new", (4, 0): True}))
    order = [xml.index(mark) for mark in (b'r="A1"', b'r="B1"', b'r="C1"', b'r="A2"', b'r="B3"', b'r="A5"')]
    assert order == sorted(order)


def test_nothing_else_in_the_part_changes():
    xml, _ = changed_sheet(SHEET, SheetChange({(0, 2): 4.5}))
    assert xml.startswith(b'<worksheet xmlns="x"><dimension ref="A1:C3"/><sheetData>')
    assert xml.endswith(b"</sheetData><pageMargins/></worksheet>")


def test_a_dimension_that_became_too_small_goes():
    xml, _ = changed_sheet(SHEET, SheetChange({(7, 0): 1.0}))
    assert b"<dimension" not in xml


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_left_blank(number):
    xml, _ = changed_sheet(SHEET, SheetChange({(0, 2): number}))
    assert b'<c r="C1" s="2"/>' in xml


def test_an_overwritten_formula_is_told():
    xml, lost = changed_sheet(SHEET, SheetChange({(2, 1): 1.0}))
    assert lost
    assert b"<f>" not in xml


def test_rows_are_folded_and_unfolded():
    xml, _ = changed_sheet(SHEET, SheetChange({(3, 0): None}, {3: True, 2: True}, {0: 30.0}))
    assert b'<row r="4" hidden="1"></row>' in xml
    assert b'<row r="3"><c' in xml, "a row with content of somebody else stays visible"
    assert b'<row r="1" ht="30" customHeight="1">' in xml
    again, _ = changed_sheet(xml, SheetChange({(3, 0): 1.0}, {3: False}))
    assert b"hidden" not in again


def test_an_empty_sheet_is_filled():
    xml, _ = changed_sheet(b"<worksheet><sheetData/></worksheet>", SheetChange({(0, 0): 1.0}))
    assert xml == b'<worksheet><sheetData><row r="1"><c r="A1"><v>1.0</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    "xml",
    [
        b"<x:worksheet><x:sheetData/></x:worksheet>",
        b"<worksheet><sheetData><!-- note --><row r='1'/></sheetData></worksheet>",
        b'<worksheet><sheetData><row r="1"><odd/><c r="A1"/></row></sheetData></worksheet>',
    ],
)
def test_a_strange_sheet_is_left_alone(xml):
    with pytest.raises(UnknownShape):
        changed_sheet(xml, SheetChange({(0, 0): 1.0}))


def test_formulas_lose_their_results_and_values_stay():
    xml = (
        b'<c r="A1"><v>1</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>1x</v></c>'
        b'<c r="C1" s="3"><f t="shared" si="0"/><v>2</v></c>'
    )
    assert without_results(xml) == (
        b'<c r="A1"><v>1</v></c><c r="B1"><f>A1&amp;"x"</f></c><c r="C1" s="3"><f t="shared" si="0"/></c>'
    )


def test_a_formula_on_a_result_sheet_is_seen():
    xml = "<c><f>SUM('Data 结果数据'!A1:A9)</f></c>".encode()
    assert has_formula_on(xml, ("Data 结果数据",))
    assert has_formula_on(b"<c><f>'Data &#32467;&#26524;&#25968;&#25454;'!A1</f></c>", ("Data 结果数据",))
    assert not has_formula_on(b"<c><v>Data</v></c>", ("Data",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<a><calcPr calcId="1"/></a>', b'<a><calcPr calcId="1" fullCalcOnLoad="1"/></a>'),
        (b'<a><calcPr fullCalcOnLoad="0" x="2"/></a>', b'<a><calcPr x="2" fullCalcOnLoad="1"/></a>'),
        (b"<a><sheets></sheets></a>", b'<a><sheets></sheets><calcPr fullCalcOnLoad="1"/></a>'),
    ],
)
def test_the_workbook_is_told_to_calculate(before, after):
    assert calculating_book(before) == after


def test_the_chain_of_calculation_is_taken_out():
    parts = {
        "[Content_Types].xml": b'<T><Override PartName="/xl/calcChain.xml" X="x"/><Override PartName="/a"/></T>',
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Target="calcChain.xml"/><Relationship Id="r2"/></R>',
    }
    assert without_chain(parts) == {
        "[Content_Types].xml": b'<T><Override PartName="/a"/></T>',
        "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r2"/></R>',
    }
