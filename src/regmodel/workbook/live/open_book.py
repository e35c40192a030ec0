"""The workbook that is open in Excel, through the public interface of xlwings: places by name, blocks, status bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import groupby
from typing import Any

from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import BLOCK_NAME_PREFIX, SHEET_NAME_PREFIX, STAMP_NAME, BookLanguage, word
from regmodel.workbook.live.journal import note_failure
from regmodel.workbook.package import Area, read_reference
from regmodel.workbook.pen import safe_text
from regmodel.workbook.row_looks import RowLook
from regmodel.workbook.rows import Cell
from regmodel.workbook.stamp import Stamp, stamp_from

LONGEST_STATUS = 250
LAST_ROW = 1_048_576
PREFIX = "rm_"


class OpenBook:
    """One open workbook; every call to Excel is made here."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.app = book.app

    @cached_property
    def areas(self) -> dict[str, Area]:
        """The places that our defined names point at; names that point nowhere any more are left out."""
        found: dict[str, Area] = {}
        for name in self.book.names:
            if name.name.startswith(PREFIX):
                area = read_reference(str(name.refers_to or ""))
                if area is not None:
                    found[name.name] = area
        return found

    @cached_property
    def stamp(self) -> Stamp | None:
        """The stamp on the hidden sheet, or None for a workbook that is not ours."""
        area = self.areas.get(STAMP_NAME)
        if area is None:
            return None
        fields = {str(name): "" if value is None else str(value) for name, value in self.values(area) if name}
        return stamp_from(fields)

    @property
    def language(self) -> BookLanguage:
        """The language of the workbook; both where its stamp is lost."""
        return self.stamp.language if self.stamp is not None else "both"

    def sheet_title(self, code: str) -> str | None:
        """The visible name of a sheet by its code."""
        area = self.areas.get(SHEET_NAME_PREFIX + code)
        return None if area is None else area.sheet

    def block(self, code: str) -> Area | None:
        """The place of a result block, or None where its name is gone."""
        return self.areas.get(BLOCK_NAME_PREFIX + code)

    def range(self, area: Area) -> Any:
        """A place as xlwings sees it."""
        sheet = self.book.sheets[area.sheet]
        return sheet.range((area.top + 1, area.left + 1), (area.bottom + 1, area.right + 1))

    def values(self, area: Area) -> list[list[Any]]:
        """What stands in a place: rows of values, errors as their words."""
        found: list[list[Any]] = self.range(area).options(ndim=2, err_to_str=True).value
        return found

    def used(self, title: str) -> Area:
        """The used part of a sheet, from its first cell on."""
        used = self.book.sheets[title].used_range
        rows, columns = used.shape
        return Area(title, 0, 0, used.row + rows - 2, used.column + columns - 2)

    def last_filled(self, title: str, column: int) -> int | None:
        """The row of the last cell with content in a column, both from 0."""
        sheet = self.book.sheets[title]
        found = sheet.range((LAST_ROW, column + 1)).end("up")
        return None if found.row == 1 and found.value is None else int(found.row) - 1

    def fill(self, area: Area, rows: Sequence[Sequence[Cell]]) -> None:
        """A place in one write: the rows, and nothing in the rest of it. Words stay words, whatever they look like."""
        width = area.right - area.left + 1
        block = []
        for offset in range(area.bottom - area.top + 1):
            row = list(rows[offset]) if offset < len(rows) else []
            block.append([as_typed(cell) for cell in (row + [None] * width)[:width]])
        self.range(area).value = block

    def show(self, area: Area, looks: Sequence[RowLook]) -> None:
        """Heights of the rows of a place, and which are folded; neighbours that look alike in one call."""
        top = area.top
        for look, group in groupby(looks):
            count = len(list(group))
            lines = self.range(Area(area.sheet, top, area.left, top + count - 1, area.left))
            if look.hidden is not None:
                lines.rows.hidden = look.hidden
            if not look.hidden and look.height is not None:
                lines.row_height = look.height
            top += count

    def say(self, words: Text | None) -> None:
        """Words in the status bar, or Excel's own again; an Excel that is busy with a cell stops nothing."""
        shown: Any = False if words is None else word(words, self.language)[:LONGEST_STATUS]
        attempt(lambda: setattr(self.app, "status_bar", shown))

    def go_to(self, area: Area) -> None:
        """Bring a place to the front: its sheet, and its first cell into view."""
        attempt(self.book.sheets[area.sheet].activate)
        attempt(self.range(Area(area.sheet, area.top, area.left, area.top, area.left)).select)

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Neither redrawing nor recalculating while results are written; both as they were afterwards, in any case."""
        before = {name: getattr(self.app, name) for name in ("screen_updating", "calculation")}
        try:
            self.app.screen_updating = False
            self.app.calculation = "manual"
            yield
        finally:
            for name in ("calculation", "screen_updating"):
                value = before[name]
                attempt(lambda name=name, value=value: setattr(self.app, name, value))  # type: ignore[misc]


def as_typed(cell: Cell) -> Cell:
    """A cell as it is handed to Excel: words behind an apostrophe, which Excel takes away and then asks no further.

    Without it Excel would make a formula of =1+1, a date of 3-4, a number of 0012 and a truth value of TRUE.
    """
    if isinstance(cell, str):
        return f"'{safe_text(cell)[:32766]}" if cell else None
    if isinstance(cell, bool) or cell is None:
        return cell
    return float(cell) if abs(cell) < float("inf") else None


def attempt(call: Callable[[], object]) -> bool:
    """Do something that may fail without harm; a failure goes to the log."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - Excel's own errors have no common type on its two systems
        note_failure(error)
        return False
    return True
