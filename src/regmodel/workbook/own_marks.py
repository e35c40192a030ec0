"""What a person left on sheets of ours beside the inputs, comments and notes right of a table: it follows its row."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.workbook.older import OldBook, OldTable
from regmodel.workbook.package import BookPackage, address, read_reference
from regmodel.workbook.parts import MAIN, Parts
from regmodel.workbook.rows import Cell
from regmodel.workbook.surgery import UnknownShape

if TYPE_CHECKING:
    from regmodel.workbook.pen import Pen
    from regmodel.workbook.references import Whereabouts

_COMMENTS = "/comments"


@dataclass(frozen=True)
class Comment:
    """A comment on a cell of ours; ``sheet`` is its code."""

    sheet: str
    row: int
    column: int
    author: str
    words: str


@dataclass(frozen=True)
class Note:
    """Something typed right of a table, in the row of a key (None: a row without one)."""

    sheet: str
    row: int
    column: int
    value: Cell
    table: str
    key: str | None


@dataclass
class Marks:
    """Comments and notes of one workbook, and once ``find_places`` has run, where they go and which of them cannot."""

    titles: dict[str, str]
    comments: list[Comment] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    _comments_at: list[tuple[Comment, str, int, int]] = field(default_factory=list)
    _notes_at: list[tuple[Note, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, package: BookPackage, book: OldBook) -> Marks:
        """Read them from a workbook."""
        marks = cls({code: sheet.title for code, sheet in book.sheets.items()})
        codes = {sheet.title: code for code, sheet in book.sheets.items()}
        parts = Parts.of(path)
        for sheet in package.sheets:
            if sheet.title in codes:
                marks.comments += _comments(parts, sheet.part, codes[sheet.title])
        for table in book.tables.values():
            marks.notes += _notes(table, codes[table.sheet.title])
        return marks

    def find_places(self, before: Whereabouts, after: Whereabouts) -> None:
        """Decide for each of them where it stands in the new workbook, by what its cell or its row is."""
        for comment in self.comments:
            what = before.what((comment.sheet, comment.row, comment.column))
            place = after.place(what) if what is not None else None
            if place is None:
                self.left.append(f"{self._where(comment.sheet, comment.row, comment.column)}: {comment.words}")
            else:
                self._comments_at.append((comment, *place))
        for note in self.notes:
            place = after.place((note.table, note.key, "key")) if note.key is not None else None
            table = after.book.tables.get(note.table)
            room = table is not None and note.column > max(table.columns.values())
            if place is None or not room or place[0] != note.sheet:
                self.left.append(f"{self._where(note.sheet, note.row, note.column)}: {note.value}")
            else:
                self._notes_at.append((note, place[1], note.column))

    def write(self, pen: Pen) -> None:
        """Put those that have a place into the new workbook."""
        for comment, code, row, column in self._comments_at:
            pen.sheets[code].write_comment(row, column, comment.words, {"author": comment.author})
        for note, row, column in self._notes_at:
            pen.put(note.sheet, row, column, note.value, "plain")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Where each one that was carried stood and what it says."""
        found = [(self._where(each.sheet, each.row, each.column), each.words) for each, *_ in self._comments_at]
        return found + [
            (self._where(each.sheet, each.row, each.column), str(each.value)) for each, *_ in self._notes_at
        ]

    def _where(self, code: str, row: int, column: int) -> str:
        return f"{self.titles[code]}!{address(row, column)}"


def _comments(parts: Parts, sheet: str, code: str) -> list[Comment]:
    found: list[Comment] = []
    for relation in parts.relations(sheet):
        if not relation.get("Type", "").endswith(_COMMENTS):
            continue
        root = parts.tree(parts.targets(sheet)[relation.get("Id", "")])
        authors = [author.text or "" for author in root.iter(f"{{{MAIN}}}author")]
        for comment in root.iter(f"{{{MAIN}}}comment"):
            area = read_reference(f"x!{comment.get('ref', '')}")
            if area is None:
                raise UnknownShape
            who = int(comment.get("authorId", "0"))
            words = "".join(text.text or "" for text in comment.iter(f"{{{MAIN}}}t"))
            author = authors[who] if who < len(authors) else ""
            found.append(Comment(code, area.top, area.left, author, words))
    return found


def _notes(table: OldTable, code: str) -> list[Note]:
    last = max(table.columns.values())
    lines = {line: key for key, line in table.keys.items()}
    return [
        Note(code, row, column, cell.value, table.code, lines.get(row) if cell.formula is None else None)
        for (row, column), cell in sorted(table.sheet.cells.items())
        if table.first - 2 <= row <= table.end and column > last
    ]
