"""Replacing cells inside a workbook package: only what must change changes, every other byte stays."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

from regmodel.workbook.formula_groups import divides_a_group
from regmodel.workbook.package import address, column_number
from regmodel.workbook.pen import safe_text
from regmodel.workbook.rows import Cell

_SHEET_DATA = re.compile(rb"<sheetData\s*/>|<sheetData[^>]*>(.*?)</sheetData>", re.DOTALL)
_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_FORMULA = re.compile(rb"<f\b")
_FORMULA_WORDS = re.compile(rb"<f\b[^>]*>(.*?)</f>", re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*?(?:/>|>.*?</v>)", re.DOTALL)
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DIMENSION = re.compile(rb'<dimension\s+ref="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"\s*/>')
_CALC = re.compile(rb"<calcPr\b([^>]*?)(/?)>")
_FULL = re.compile(rb'\s*fullCalcOnLoad\s*=\s*"[^"]*"')


class UnknownShape(Exception):
    """The XML is written in a way that this module does not touch: a separate results workbook is made instead."""


@dataclass
class SheetChange:
    """New cells of one sheet by row and column from 0, and the rows to hide or show.

    ``beside`` has, for rows that may be hidden, the columns of formulas of ours that do not keep them in sight.
    """

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden: dict[int, bool] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    beside: dict[int, tuple[int, ...]] = field(default_factory=dict)


def _attributes(words: bytes) -> dict[bytes, bytes]:
    """The attributes of a row or a cell; raises UnknownShape where they are written in another way than Excel does."""
    if _ATTRIBUTE.sub(b"", words).strip():
        raise UnknownShape
    return dict(_ATTRIBUTE.findall(words))


def changed_sheet(xml: bytes, change: SheetChange) -> tuple[bytes, bool]:
    """The sheet with its new cells, and whether one of them stood in place of a formula; raises UnknownShape."""
    match = _SHEET_DATA.search(xml)
    if match is None or xml.count(b"<sheetData") != 1 or b"<!" in xml[: match.start()]:
        raise UnknownShape
    body = match.group(1) or b""
    if b"<!" in body or divides_a_group(body, change.cells):
        raise UnknownShape
    rows = _split_rows(body)
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in change.cells.items():
        by_row.setdefault(row, {})[column] = cell
    lost_formula = False
    for number in sorted(set(by_row) | set(change.hidden) | set(change.heights)):
        attributes, content = rows.get(number, (b' r="%d"' % (number + 1), b""))
        content, lost = _changed_row(content, number, by_row.get(number, {}))
        lost_formula = lost_formula or lost
        rows[number] = (_row_attributes(attributes, content, change, number), content)
    body = b"".join(b"<row%s>%s</row>" % rows[number] for number in sorted(rows))
    data = b"<sheetData>" + body + b"</sheetData>"
    return _fitting_dimension(xml[: match.start()], change) + data + xml[match.end() :], lost_formula


def _split_rows(body: bytes) -> dict[int, tuple[bytes, bytes]]:
    rows: dict[int, tuple[bytes, bytes]] = {}
    number = -1
    position = 0
    for match in _ROW.finditer(body):
        if body[position : match.start()].strip():
            raise UnknownShape
        position = match.end()
        number = int(_attributes(match.group(1)).get(b"r", b"%d" % (number + 2))) - 1
        if number in rows:
            raise UnknownShape
        rows[number] = (match.group(1).rstrip(), match.group(2) or b"")
    if body[position:].strip():
        raise UnknownShape
    return rows


def _row_attributes(words: bytes, content: bytes, change: SheetChange, row: int) -> bytes:
    """Attributes of a changed row: no spans, a height that fits the new words, hidden or not."""
    found = _attributes(words)
    found.pop(b"spans", None)
    if row in change.heights:
        found[b"ht"], found[b"customHeight"] = b"%g" % change.heights[row], b"1"
    hide = change.hidden.get(row)
    if hide is not None:
        found.pop(b"hidden", None)
        rest = _without_cells(content, row, change.beside.get(row, ()))
        if hide and _VALUE.search(rest) is None and b"<is>" not in rest:
            found[b"hidden"] = b"1"
    return b"".join(b' %s="%s"' % pair for pair in found.items())


def _without_cells(content: bytes, row: int, columns: Collection[int]) -> bytes:
    """A row's cells but for some of them."""
    if not columns:
        return content
    places = {address(row, column).encode() for column in columns}
    return _CELL.sub(lambda cell: b"" if _attributes(cell[1]).get(b"r") in places else cell[0], content)


def _changed_row(content: bytes, row: int, cells: Mapping[int, Cell]) -> tuple[bytes, bool]:
    parts: dict[int, bytes] = {}
    styles: dict[int, bytes] = {}
    lost = False
    column = -1
    position = 0
    for match in _CELL.finditer(content):
        if content[position : match.start()].strip():
            raise UnknownShape
        position = match.end()
        found = _attributes(match.group(1))
        letters = re.match(rb"[A-Z]+", found.get(b"r", b""))
        column = column_number(letters.group().decode()) if letters else column + 1
        if column in parts:
            raise UnknownShape
        parts[column] = match.group(0)
        styles[column] = found.get(b"s", b"")
        if column in cells and _FORMULA.search(match.group(2) or b""):
            lost = True
    if content[position:].strip():
        raise UnknownShape
    for at, cell in cells.items():
        parts[at] = _cell(row, at, cell, styles.get(at, b""))
    return b"".join(parts[at] for at in sorted(parts)), lost


def _cell(row: int, column: int, cell: Cell, style: bytes) -> bytes:
    head = b'<c r="%s"' % address(row, column).encode()
    if style:
        head += b' s="%s"' % style
    if cell is None or cell == "":
        return head + b"/>" if style else b""
    if isinstance(cell, bool):
        return head + b' t="b"><v>%d</v></c>' % cell
    if isinstance(cell, str):
        words = escape(_as_stored(safe_text(cell))).encode("utf-8")
        return head + b' t="inlineStr"><is><t xml:space="preserve">' + words + b"</t></is></c>"
    if not math.isfinite(cell):
        return head + b"/>"
    return head + b"><v>" + repr(float(cell)).encode() + b"</v></c>"


def _as_stored(words: str) -> str:
    """Words as the format keeps them: a carriage return escaped, and what only looks like an escape too."""
    return _LIKE_ESCAPED.sub("_x005F_", words).replace("\r", "_x000D_")


def _fitting_dimension(head: bytes, change: SheetChange) -> bytes:
    """The head of a sheet; its dimension is dropped when new cells lie outside of it."""
    match = _DIMENSION.search(head)
    if match is None or not change.cells:
        return head
    right = column_number((match[3] or match[1]).decode())
    bottom = int(match[4] or match[2]) - 1
    inside = all(row <= bottom and column <= right for row, column in change.cells)
    return head if inside else head[: match.start()] + head[match.end() :]


def without_results(xml: bytes) -> bytes:
    """A sheet whose formulas have lost their stored results, so that every program calculates them on opening."""

    def strip(match: re.Match[bytes]) -> bytes:
        inner = match.group(2)
        if inner is None or not _FORMULA.search(inner):
            return match.group(0)
        head = re.sub(rb'\s+t="(?:str|e|b|n)"', b"", match.group(1))
        return b"<c" + head + b">" + _VALUE.sub(b"", inner) + b"</c>"

    return _CELL.sub(strip, xml)


def has_formula_on(xml: bytes, names: Collection[str]) -> bool:
    """Whether a formula of a sheet mentions one of these sheet titles or defined names, as formulas write them."""
    return any(name in unescape(match[1].decode("utf-8")) for match in _FORMULA_WORDS.finditer(xml) for name in names)


def calculating_book(xml: bytes) -> bytes:
    """The workbook part with the order to calculate everything when it is opened; raises UnknownShape."""
    match = _CALC.search(xml)
    if match is not None:
        attributes = _FULL.sub(b"", match.group(1)).rstrip()
        return (
            xml[: match.start()]
            + b"<calcPr"
            + attributes
            + b' fullCalcOnLoad="1"'
            + match.group(2)
            + b">"
            + xml[match.end() :]
        )
    for before in (b"</definedNames>", b"</externalReferences>", b"</sheets>"):
        if before in xml:
            at = xml.index(before) + len(before)
            return xml[:at] + b'<calcPr fullCalcOnLoad="1"/>' + xml[at:]
    raise UnknownShape


def without_chain(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Changed parts that take the calculation chain out of a package, for when a formula cell was overwritten.

    Raises UnknownShape where a mention of it would be left, of which Excel would make a repair.
    """
    changed: dict[str, bytes] = {}
    for name, mark in (
        ("[Content_Types].xml", rb"<Override\b[^>]*calcChain[^>]*/>"),
        ("xl/_rels/workbook.xml.rels", rb"<Relationship\b[^>]*calcChain[^>]*/>"),
    ):
        if name in parts:
            changed[name] = re.sub(mark, b"", parts[name])
            if b"calcChain" in changed[name]:
                raise UnknownShape
    return changed
