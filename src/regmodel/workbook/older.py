"""An older workbook read by what it says of itself: its grey lines, its snapshot; never by today's layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regmodel.workbook.cells import Found, SheetCells, read_cells
from regmodel.workbook.layout import END_MARK, SHEET_NAME_PREFIX, TABLE_MARK
from regmodel.workbook.package import BookPackage
from regmodel.workbook.typed import shown


@dataclass(frozen=True)
class OldTable:
    """One table where its own marks say that it stands; columns by the codes in its grey line, the first as ``key``."""

    code: str
    sheet: SheetCells
    columns: dict[str, int]
    first: int
    end: int

    def lines(self) -> Iterator[int]:
        """Rows with anything in them."""
        for line in range(self.first, self.end):
            if any(not self.sheet.at(line, at).blank for at in self.columns.values()):
                yield line

    def at(self, line: int, code: str) -> Found:
        """What stands in a cell; nothing where the table has no such column."""
        return self.sheet.at(line, self.columns[code]) if code in self.columns else Found()

    def where(self, line: int, code: str) -> str:
        """A cell as messages name it."""
        return self.sheet.where(line, self.columns[code])

    def words(self, line: int, code: str) -> str | None:
        """The words of a cell, or None for an empty one."""
        found = self.at(line, code)
        return None if found.blank or found.value is None else shown(found.value).strip()

    @property
    def keys(self) -> dict[str, int]:
        """The row of each key; the first where there are two."""
        found: dict[str, int] = {}
        for line in self.lines():
            found.setdefault(self.words(line, "key") or "", line)
        return found


@dataclass(frozen=True)
class OldBook:
    """The sheets of ours in an older workbook, by code, and their tables."""

    sheets: dict[str, SheetCells]
    tables: dict[str, OldTable]


def read_older(package: BookPackage) -> OldBook:
    """Every sheet that carries one of our names, and every table on it that has both its marks."""
    sheets: dict[str, SheetCells] = {}
    for name in package.names:
        area = package.area(name) if name.startswith(SHEET_NAME_PREFIX) else None
        part = package.sheet(area.sheet) if area is not None else None
        if part is not None:
            sheets[name.removeprefix(SHEET_NAME_PREFIX)] = read_cells(package, part)
    tables = {table.code: table for sheet in sheets.values() for table in _tables(sheet)}
    return OldBook(sheets, tables)


def _tables(sheet: SheetCells) -> Iterator[OldTable]:
    for (row, left), cell in sheet.cells.items():
        word = cell.value
        if not isinstance(word, str) or not word.startswith(TABLE_MARK) or word == END_MARK:
            continue
        end = next(
            (line for line in range(row + 2, sheet.last_row + 1) if sheet.at(line, left).value == END_MARK), None
        )
        if end is None:
            continue
        columns = {"key": left}
        for (line, at), code in sheet.cells.items():
            if line == row and at != left and isinstance(code.value, str):
                columns[code.value] = at
        yield OldTable(word.removeprefix(TABLE_MARK), sheet, columns, row + 2, end)
