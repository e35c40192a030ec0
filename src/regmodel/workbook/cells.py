"""One sheet's cells as they stand in the file: values, formulas, what is hidden or merged; bounded, never coerced."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from defusedxml import ElementTree

from regmodel.workbook.package import BookPackage, SheetPart, address, column_number, local, text_of
from regmodel.workbook.rows import Cell

MOST_ROWS = 5000
MOST_COLUMNS = 200
_CELL = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass(frozen=True)
class Found:
    """What stands in one cell: its value as stored, its formula, and how it is shown."""

    value: Cell = None
    error: str | None = None
    formula: str | None = None
    percent: bool = False
    date: bool = False

    @property
    def blank(self) -> bool:
        """Whether there is nothing in the cell; blanks and spaces alone count as nothing."""
        empty = self.value is None or (isinstance(self.value, str) and not self.value.strip())
        return empty and self.error is None and self.formula is None


NOTHING = Found()


@dataclass
class SheetCells:
    """The cells of a sheet by row and column from 0, and what was hidden, merged or too far away."""

    title: str
    cells: dict[tuple[int, int], Found] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    far: str | None = None

    def at(self, row: int, column: int) -> Found:
        """What stands in a cell."""
        return self.cells.get((row, column), NOTHING)

    def where(self, row: int, column: int) -> str:
        """A cell as messages name it."""
        return f"{self.title}!{address(row, column)}"

    @property
    def last_row(self) -> int:
        """The last row with anything in it, -1 for an empty sheet."""
        return max((row for row, _ in self.cells), default=-1)


def read_cells(package: BookPackage, sheet: SheetPart) -> SheetCells:
    """All cells of a sheet within the bounds; a cell with content beyond them is noted in ``far``."""
    found = SheetCells(sheet.title)
    row_number = -1
    data: Any = None
    with package.open(sheet.part) as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
            name = local(element.tag)
            if event == "start":
                if name == "sheetData":
                    data = element
                continue
            if name == "row":
                row_number = int(element.get("r", row_number + 2)) - 1
                if element.get("hidden") in ("1", "true"):
                    found.hidden_rows.add(row_number)
                _read_row(package, element, row_number, found)
                if data is not None:
                    data.clear()
            elif name == "col" and element.get("hidden") in ("1", "true"):
                last = min(int(element.get("max", "1")), MOST_COLUMNS)
                found.hidden_columns.update(range(int(element.get("min", "1")) - 1, last))
            elif name == "mergeCell":
                _read_merge(element.get("ref", ""), found)
    return found


def _read_row(package: BookPackage, element: Any, row: int, found: SheetCells) -> None:
    column = -1
    for cell in element:
        if local(cell.tag) != "c":
            continue
        match = _CELL.match(cell.get("r", ""))
        column = column_number(match[1]) if match else column + 1
        content = _read_cell(package, cell)
        if content.blank:
            continue
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            found.far = found.far or address(row, column)
            continue
        found.cells[row, column] = content


def _read_cell(package: BookPackage, cell: Any) -> Found:
    kind, style = cell.get("t", "n"), int(cell.get("s", "0"))
    value: str | None = None
    formula: str | None = None
    inline: str | None = None
    for part in cell:
        name = local(part.tag)
        if name == "v":
            value = part.text
        elif name == "f":
            formula = part.text or ""
        elif name == "is":
            inline = text_of(part)
    if kind == "e":
        return Found(error=value or "#N/A", formula=formula)
    if kind == "inlineStr":
        return Found(inline, formula=formula)
    if value is None:
        return Found(formula=formula)
    if kind == "s":
        at = int(value)
        return Found(package.words[at] if 0 <= at < len(package.words) else None, formula=formula)
    if kind == "b":
        return Found(value.strip() in ("1", "true"), formula=formula)
    if kind in ("str", "d"):
        return Found(value, formula=formula, date=kind == "d")
    return _number(value, formula, style, package)


def _number(value: str, formula: str | None, style: int, package: BookPackage) -> Found:
    try:
        number = float(value)
    except ValueError:
        return Found(value, formula=formula)
    return Found(number, formula=formula, percent=style in package.percent_styles, date=style in package.date_styles)


def _read_merge(reference: str, found: SheetCells) -> None:
    first, _, last = reference.partition(":")
    start, end = _CELL.match(first), _CELL.match(last or first)
    if start is not None and end is not None:
        found.merged.append((int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1])))
