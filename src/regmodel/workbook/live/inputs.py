"""What a person sees in the open workbook as inputs: read as blocks, hashed, and handed on as a file of their own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.cells import MOST_COLUMNS, MOST_ROWS
from regmodel.workbook.gate import check_package
from regmodel.workbook.layout import TABLES
from regmodel.workbook.live.open_book import PREFIX, OpenBook, attempt
from regmodel.workbook.package import Area, address
from regmodel.workbook.side import HEAD
from regmodel.workbook.side_write import LAYER_KEYS

INPUT_SHEETS = (*dict.fromkeys(table.sheet for table in TABLES), HEAD.sheet, "lists")
LAST_COLUMN_ASKED = 3 * MOST_COLUMNS
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_KEPT = re.compile(rf"\[|\b{LAYER_KEYS}\b")
_DATE_FORMAT, _PERCENT_FORMAT = "yyyy-mm-dd", "0.00%"


@dataclass(frozen=True)
class Inputs:
    """The values of the input sheets by their visible names, each as a rectangle from its first cell."""

    sheets: Mapping[str, tuple[tuple[Any, ...], ...]]
    far: Mapping[str, tuple[int, int]]

    @property
    def digest(self) -> str:
        """A hash of everything that stands there."""
        plain = {title: [[_plain(value) for value in row] for row in rows] for title, rows in self.sheets.items()}
        return hashlib.sha256(json.dumps([plain, sorted(self.far)], ensure_ascii=False).encode("utf-8")).hexdigest()

    def first_change(self, other: Inputs) -> str:
        """The first cell that differs, as messages name it; the sheet alone where a sheet came or went."""
        for title in sorted({*self.sheets, *other.sheets}):
            before, after = self.sheets.get(title), other.sheets.get(title)
            if before is None or after is None:
                return title
            for row in range(max(len(before), len(after))):
                one, two = (lines[row] if row < len(lines) else () for lines in (before, after))
                for column in range(max(len(one), len(two))):
                    pair = [line[column] if column < len(line) else None for line in (one, two)]
                    if _plain(pair[0]) != _plain(pair[1]):
                        return f"{title}!{address(row, column)}"
        return ""


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, bool | str) or value is None:
        return value
    return float(value)


def read_inputs(book: OpenBook) -> Inputs:
    """Everything on the sheets that a run reads; content beyond the bounds of a sheet is noted by its cell."""
    sheets: dict[str, tuple[tuple[Any, ...], ...]] = {}
    far: dict[str, tuple[int, int]] = {}
    for code in INPUT_SHEETS:
        title = book.sheet_title(code)
        if title is None:
            continue
        used = book.used(title)
        if used.bottom >= MOST_ROWS or used.right >= MOST_COLUMNS:
            beyond = _beyond(book, used)
            if beyond is not None:
                far[title] = beyond
            used = Area(title, 0, 0, min(used.bottom, MOST_ROWS - 1), min(used.right, MOST_COLUMNS - 1))
        sheets[title] = tuple(tuple(row) for row in book.values(used))
    return Inputs(sheets, far)


def _beyond(book: OpenBook, used: Area) -> tuple[int, int] | None:
    """A cell with content outside the bounds; Excel is asked for the last filled cell of each column, once a column."""
    for column in range(min(used.right, LAST_COLUMN_ASKED) + 1):
        row = book.last_filled(used.sheet, column)
        if row is not None and (row >= MOST_ROWS or column >= MOST_COLUMNS):
            return row, column
    return None


def copy_inputs(book: OpenBook, inputs: Inputs, folder: Path) -> Path:
    """A workbook with what stands in the open one, for the child process to read by the ordinary road.

    Excel for Windows saves a copy of itself, with hidden rows, merged cells and formats. Where that is not to be had
    (Excel for macOS) or the copy would not pass the gate, the input sheets are written anew from their cells.
    """
    name = Path(book.book.name)
    whole = folder / (name.name if name.suffix else f"{name}.xlsx")
    save = getattr(book.book.api, "SaveCopyAs", None)
    if save is not None and attempt(lambda: save(str(whole))) and whole.is_file():
        try:
            check_package(whole)
        except InputProblems:
            whole.unlink()
        else:
            return whole
    return _write_cells(book, inputs, folder / f"{name.stem}.xlsx")


def _write_cells(book: OpenBook, inputs: Inputs, path: Path) -> Path:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as made:
        looks = {look: made.add_format({"num_format": look}) for look in (_DATE_FORMAT, _PERCENT_FORMAT)}
        for title, rows in inputs.sheets.items():
            sheet = made.add_worksheet(title)
            percents = set(_percent_cells(book, title, rows))
            links = dict(_linked_cells(book, title, rows))
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if (at, column) in links:
                        sheet.write_formula(at, column, links[at, column], None, value)
                    else:
                        _write(sheet, at, column, value, looks, percent=(at, column) in percents)
            if title in inputs.far:
                sheet.write_string(*inputs.far[title], "…")
        for name, area in book.areas.items():
            if name.startswith(PREFIX) and area.sheet in inputs.sheets:
                quoted = "'" + area.sheet.replace("'", "''") + "'"
                first, last = (_absolute(row, column) for row, column in _corners(area))
                made.define_name(name, f"={quoted}!{first}:{last}" if first != last else f"={quoted}!{first}")
    return path


def _corners(area: Area) -> tuple[tuple[int, int], tuple[int, int]]:
    return (area.top, area.left), (area.bottom, area.right)


def _absolute(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _write(sheet: Any, row: int, column: int, value: Any, looks: Mapping[str, Any], *, percent: bool) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        if value in ERRORS:
            sheet.write_formula(row, column, "=NA()", None, value)
        else:
            sheet.write_string(row, column, value)
    elif isinstance(value, date):
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(row, column, moment, looks[_DATE_FORMAT])
    else:
        sheet.write_number(row, column, float(value), looks[_PERCENT_FORMAT] if percent else None)


def _percent_cells(book: OpenBook, title: str, rows: tuple[tuple[Any, ...], ...]) -> Iterator[tuple[int, int]]:
    """Numbers that are shown as per cent: 45 % typed into a cell stands there as 0.45."""
    for column in range(max(map(len, rows), default=0)):
        lines = [at for at, row in enumerate(rows) if column < len(row) and _is_number(row[column])]
        if lines:
            yield from _percent_in(book, title, column, lines)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _percent_in(book: OpenBook, title: str, column: int, lines: list[int]) -> Iterator[tuple[int, int]]:
    """Excel tells the format of a range at once when it is the same everywhere; halves are asked where it is not."""
    shown = book.range(Area(title, lines[0], column, lines[-1], column)).number_format
    if isinstance(shown, str):
        if "%" in shown:
            yield from ((line, column) for line in lines)
    elif len(lines) > 1:
        middle = len(lines) // 2
        yield from _percent_in(book, title, column, lines[:middle])
        yield from _percent_in(book, title, column, lines[middle:])


def _linked_cells(
    book: OpenBook, title: str, rows: tuple[tuple[Any, ...], ...]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Cells whose formula takes its value from another file, or from what a scenario inherits, with the formula."""
    if not rows or not rows[0]:
        return
    formulas = book.range(Area(title, 0, 0, len(rows) - 1, len(rows[0]) - 1)).formula
    lines = formulas if isinstance(formulas, tuple | list) else ((formulas,),)
    for at, line in enumerate(lines):
        for column, formula in enumerate(line if isinstance(line, tuple | list) else (line,)):
            if isinstance(formula, str) and formula.startswith("=") and _KEPT.search(formula):
                yield (at, column), formula
