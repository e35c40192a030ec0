"""One sheet's cells as they stand in the file: values, formulas, what is hidden or merged; bounded, never coerced."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from regmodel.workbook.listening import MOST_SIGNS, Listener, local, unescaped
from regmodel.workbook.package import BookPackage, SheetPart, address, column_number
from regmodel.workbook.rows import Cell

MOST_ROWS = 5000
MOST_COLUMNS = 200
MOST_MERGED = 20_000
_A_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
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
    """All cells of a sheet within the bounds; a cell with content beyond them is noted in ``far``.

    Nothing of the XML is kept but what stands in cells, however many rows and elements there are.
    """
    reader = _Reader(package, SheetCells(sheet.title))
    with suppress(_FarDown):
        package.stream(sheet.part, reader)
    return reader.found


class _FarDown(Exception):
    """Content below the last row that is read: the sheet is refused, so that the rest need not be read."""


class _Reader(Listener):
    """Follows the XML of one sheet and keeps its cells; the methods are those that an XML parser calls."""

    def __init__(self, package: BookPackage, found: SheetCells) -> None:
        super().__init__()
        self.found = found
        self._package = package
        self._row = self._column = -1
        self._cell: Mapping[str, str] = {}
        self._words: list[str] | None = None
        self._length = 0
        self._texts: dict[str, str] = {}
        self._phonetic = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        super().start(tag, attributes)
        name = local(tag)
        if name == "c":
            match = _CELL.match(attributes.get("r", ""))
            if match and int(match[2]) != self._row + 1:
                raise ValueError(f"the cell {match[0]} in row {self._row + 1}")
            self._column = column_number(match[1]) if match else self._column + 1
            self._cell, self._texts = attributes, {}
        elif name in ("v", "f", "t"):
            self._words, self._length = [], 0
        elif name == "row":
            self._row, self._column = _whole(attributes.get("r"), self._row + 2) - 1, -1
            if attributes.get("hidden") in ("1", "true"):
                self.found.hidden_rows.add(self._row)
        elif name == "rPh":
            self._phonetic = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(_whole(attributes.get("max"), 1), MOST_COLUMNS)
            self.found.hidden_columns.update(range(max(0, _whole(attributes.get("min"), 1) - 1), last))
        elif name == "mergeCell":
            _read_merge(attributes.get("ref", ""), self.found)

    def data(self, words: str) -> None:
        """Words inside an element; no more than a cell may hold, and one sign to show that there were more."""
        if self._words is not None and self._length <= MOST_SIGNS:
            self._words.append(words)
            self._length += len(words)

    def end(self, tag: str) -> None:
        """The end of an element."""
        super().end(tag)
        name = local(tag)
        if name in ("v", "f", "t"):
            if not self._phonetic:
                self._texts[name] = self._texts.get(name, "") + "".join(self._words or ())
            self._words = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._keep(self._content())

    def _keep(self, content: Found) -> None:
        if content.blank:
            return
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            self.found.far = self.found.far or address(self._row, self._column)
            if self._row >= MOST_ROWS:
                raise _FarDown
            return
        if (self._row, self._column) in self.found.cells:
            raise ValueError(f"the cell {address(self._row, self._column)} twice")
        self.found.cells[self._row, self._column] = content

    def _content(self) -> Found:
        kind, value, formula = self._cell.get("t", "n"), self._texts.get("v") or None, self._texts.get("f")
        if kind == "e":
            return Found(error=value or "#N/A", formula=formula)
        if kind == "inlineStr":
            return Found(unescaped(self._texts.get("t", "")), formula=formula)
        if value is None:
            return Found(formula=formula)
        if kind == "s":
            at, words = _whole(value, 0), self._package.words
            return Found(words[at] if 0 <= at < len(words) else None, formula=formula)
        if kind == "b":
            return Found(value.strip() in ("1", "true"), formula=formula)
        if kind in ("str", "d"):
            return Found(value, formula=formula, date=kind == "d")
        return _number(value, formula, _whole(self._cell.get("s"), 0), self._package)


def _whole(words: str | None, otherwise: int) -> int:
    """A whole number as it stands in an attribute; raises ValueError for what is none."""
    if words is None:
        return otherwise
    if not words.strip().isdecimal():
        raise ValueError(f'"{words[:20]}" where a whole number is needed')
    return int(words)


def _number(value: str, formula: str | None, style: int, package: BookPackage) -> Found:
    number = float(value) if _A_NUMBER.fullmatch(value.strip()) else math.inf
    if not math.isfinite(number):
        return Found(value, formula=formula)
    return Found(number, formula=formula, percent=style in package.percent_styles, date=style in package.date_styles)


def _read_merge(reference: str, found: SheetCells) -> None:
    first, _, last = reference.partition(":")
    start, end = _CELL.match(first), _CELL.match(last or first)
    if start is None or end is None or int(start[2]) > MOST_ROWS:
        return
    if len(found.merged) >= MOST_MERGED:
        raise ValueError(f"more than {MOST_MERGED} merged areas")
    found.merged.append((int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1])))
