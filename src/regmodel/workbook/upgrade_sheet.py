"""The sheet of an upgraded workbook that lists what became of everything; from then on it is the person's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regmodel.vocabulary.texts import Text
from regmodel.workbook.carry import Fate, Item
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import Cell

if TYPE_CHECKING:
    from regmodel.workbook.own_marks import Marks
    from regmodel.workbook.pen import Pen

_TITLE = Text("Carried over", "带入记录")
_PURPOSE = Text(
    "What the workbook before this one held and what became of it; nothing here is read back, and you may delete this "
    "sheet.",
    "此前工作簿中的内容及其去向；此处内容不会被读回，可删除本表。",
)
_CODE = "carried"
_WIDTHS = (26, 44, 22, 18, 18, 44, 34, 34)
_HEADS = (
    Text("cell in the old workbook", "旧工作簿单元格"),
    Text("what it sets", "设定项"),
    Text("typed", "所填内容"),
    Text("before", "原底稿取值"),
    Text("in the records today", "现记录取值"),
    Text("what became of it", "去向"),
    Text("your source", "您的来源"),
    Text("your reason", "您的理由"),
)
FATES: dict[Fate, Text] = {
    "carried": Text("carried over", "已带入"),
    "no_place": Text("left out: today's workbook has no such row", "未带入：新版没有该行"),
    "unit": Text("left out: the unit has changed, and nothing is converted", "未带入：单位已改变，程序不作换算"),
    "choice": Text("left out: today's list no longer offers it", "未带入：新版列表中已无此项"),
    "incomplete": Text("left out: the row was not filled in", "未带入：该行未填完整"),
}
_RECORD = Text("changed in the records, not by you", "记录更新所致，并非您的改动")
_MARK = Text("a note or comment, carried over", "备注或批注，已带入")
_MARK_LEFT = Text("a note or comment, left in the old file", "备注或批注，仍在旧文件中")


def title_of_listing(language: BookLanguage, taken: Collection[str]) -> str:
    """A title for the list that none of the person's sheets has."""
    title, count = word(_TITLE, language), 1
    while any(other.casefold() == title.casefold() for other in taken):
        count += 1
        title = f"{word(_TITLE, language)} {count}"
    return title


@dataclass(frozen=True)
class Listing:
    """All that is listed: the changes with their fate, and what the records changed by themselves."""

    title: str
    items: Sequence[Item]
    changed: Sequence[tuple[str, Cell, Cell]]

    def write(self, pen: Pen, marks: Marks) -> None:
        """Write the list on a sheet of its own, after all others."""
        sheet = pen.book.add_worksheet(self.title)
        pen.sheets[_CODE] = sheet
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        pen.columns(_CODE, _WIDTHS)
        pen.put(_CODE, 0, 0, self.title, "title")
        pen.put(_CODE, 1, 0, pen.long(_PURPOSE), "subtitle")
        for at, head in enumerate(_HEADS):
            pen.put(_CODE, 3, at, pen.lines(head), "header")
        rows = self._rows(pen, marks)
        for line, row in enumerate(rows, start=4):
            for at, cell in enumerate(row):
                pen.put(_CODE, line, at, cell, "text")
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)

    def _rows(self, pen: Pen, marks: Marks) -> list[list[Cell]]:
        order = sorted(self.items, key=lambda item: item.fate == "carried")
        rows: list[list[Cell]] = [
            [
                item.where,
                item.key,
                item.typed,
                item.before,
                item.now,
                pen.lines(FATES[item.fate]),
                "; ".join(part for part in (item.said.source, item.said.where) if part) or None,
                item.said.reason,
            ]
            for item in order
        ]
        rows += [[where, None, None, None, None, pen.lines(_MARK_LEFT), None, None] for where in marks.left]
        rows += [[where, None, words, None, None, pen.lines(_MARK), None, None] for where, words in marks.kept]
        rows += [[None, key, None, then, now, pen.lines(_RECORD), None, None] for key, then, now in self.changed]
        return rows
