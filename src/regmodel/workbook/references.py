"""Formulas, names and charts of a person that read cells of ours: they follow those cells to their new places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

from regmodel.workbook.cells import SheetCells
from regmodel.workbook.layout import BLOCK_NAME_PREFIX
from regmodel.workbook.older import OldBook, OldTable
from regmodel.workbook.package import Area, BookPackage, column_letters, column_number
from regmodel.workbook.rows import Cell

_REFERENCE = re.compile(
    r"('(?:[^']|'')+'|[^\s'!(),;:<>&=\"+*/^{}\[\]-]+)!"
    r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?(?![\w(])"
)
_FORMULA = re.compile(rb"(<(?:\w+:)?(?:f|formula|formula1|formula2)\b[^>/]*>)([^<]+)(</)")
_KEYED = ("data", "clauses")  # blocks whose rows are known by their first cell
Identity = tuple[Cell, ...]


@dataclass(frozen=True)
class Followed:
    """One reference that moved, or that reads what is no longer there (``after`` is None)."""

    where: str
    before: str
    after: str | None


@dataclass
class Whereabouts:
    """Where each cell of ours stands in one workbook, known by what it is."""

    book: OldBook
    blocks: dict[str, Area]
    _cells: dict[tuple[str, int, int], Identity] = field(default_factory=dict)
    _places: dict[Identity, tuple[str, int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: BookPackage, book: OldBook) -> Whereabouts:
        """Read where the tables and the result blocks of a workbook stand."""
        blocks = {}
        for name in package.names:
            area = package.area(name) if name.startswith(BLOCK_NAME_PREFIX) else None
            if area is not None:
                blocks[name.removeprefix(BLOCK_NAME_PREFIX)] = area
        return cls(book, blocks)

    def __post_init__(self) -> None:
        self._codes = {sheet.title: code for code, sheet in self.book.sheets.items()}
        for table in self.book.tables.values():
            self._add_table(table)
        for code, area in self.blocks.items():
            self._add_block(code, area)

    def _add_table(self, table: OldTable) -> None:
        sheet = self._codes[table.sheet.title]
        for key, line in table.keys.items():
            for column, at in table.columns.items():
                self._add((table.code, key, column), (sheet, line, at))

    def _add_block(self, code: str, area: Area) -> None:
        sheet = self._codes.get(area.sheet)
        if sheet is None:
            return
        cells = self.book.sheets[sheet]
        for row in range(area.top, area.bottom + 1):
            key: Cell = float(row - area.top)
            if code in _KEYED:
                key = cells.at(row, area.left).value
            for column in range(area.left, area.right + 1):
                self._add(("block", code, key, float(column - area.left)), (sheet, row, column))

    def _add(self, what: Identity, place: tuple[str, int, int]) -> None:
        self._cells.setdefault(place, what)
        self._places.setdefault(what, place)

    def code_of(self, title: str) -> str | None:
        """The code of a sheet of ours by its title."""
        return self._codes.get(title)

    def sheet(self, code: str) -> SheetCells | None:
        """The cells of a sheet of ours."""
        return self.book.sheets.get(code)

    def what(self, place: tuple[str, int, int]) -> Identity | None:
        """What stands in a place, by its meaning."""
        return self._cells.get(place)

    def place(self, what: Identity) -> tuple[str, int, int] | None:
        """Where something stands."""
        return self._places.get(what)


class Follower:
    """Rewrites references from the places of one workbook to those of another and remembers what it did."""

    def __init__(self, before: Whereabouts, after: Whereabouts) -> None:
        self._before, self._after = before, after
        self.followed: list[Followed] = []

    def part(self, where: str, xml: bytes) -> bytes:
        """A part of the person's with its references moved; the same bytes where none had to."""

        def moved(match: re.Match[bytes]) -> bytes:
            words = unescape(match[2].decode("utf-8"))
            new = self.words(where, words)
            return match.group(0) if new == words else match[1] + escape(new).encode("utf-8") + match[3]

        return _FORMULA.sub(moved, xml)

    def words(self, where: str, formula: str) -> str:
        """A formula or a name's reference with its references moved."""
        return _REFERENCE.sub(lambda match: self._moved(where, match), formula)

    def _moved(self, where: str, match: re.Match[str]) -> str:
        quoted = match[1]
        title = quoted[1:-1].replace("''", "'") if quoted.startswith("'") else quoted
        code = self._before.code_of(title)
        if code is None:
            return match.group(0)
        corners = [(int(match[5]) - 1, column_number(match[3]))]
        if match[7]:
            corners.append((int(match[9]) - 1, column_number(match[7])))
        found = [self._new(code, row, column) for row, column in corners]
        if any(place is None or place[0] != code for place in found):
            self.followed.append(Followed(where, match.group(0), None))
            return match.group(0)
        if [place[1:] for place in found if place is not None] == corners:
            return match.group(0)
        signs = ((match[2], match[4]), (match[6], match[8]))
        cells = ":".join(
            f"{across}{column_letters(place[2])}{down}{place[1] + 1}"
            for (across, down), place in zip(signs, found, strict=False)
            if place is not None
        )
        self.followed.append(Followed(where, match.group(0), f"{quoted}!{cells}"))
        return f"{quoted}!{cells}"

    def _new(self, code: str, row: int, column: int) -> tuple[str, int, int] | None:
        what = self._before.what((code, row, column))
        if what is not None:
            return self._after.place(what)
        old, new = self._before.sheet(code), self._after.sheet(code)
        if old is None or new is None or old.at(row, column).value != new.at(row, column).value:
            return None
        return code, row, column


def follow_all(
    follower: Follower,
    content: Mapping[str, bytes],
    titles: Mapping[str, str],
    reach: Callable[[Iterable[str]], set[str]],
) -> dict[str, bytes]:
    """All parts of the person's that changed, by name; ``titles`` are those of their sheets by part."""
    changed: dict[str, bytes] = {}
    for sheet, title in titles.items():
        for part in sorted(reach([sheet])):
            if part.endswith(".xml"):
                new = follower.part(title, content[part])
                if new != content[part]:
                    changed[part] = new
    return changed
