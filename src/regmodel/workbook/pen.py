"""What every sheet is written with: the workbook, its formats, its language and the places that were written."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block
from regmodel.workbook.heights import LEAST, height_of
from regmodel.workbook.layout import (
    BLOCK_NAME_PREFIX,
    SHEET_NAME_PREFIX,
    SHEETS,
    BookLanguage,
    sentence,
    sheet_of,
    word,
)
from regmodel.workbook.rows import Cell
from regmodel.workbook.styles import TAB_COLOURS, Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST = 32767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
WRITTEN_LIVE = ("checks", "asrun")
PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "objects": True,
}


@cache
def exact_worksheet() -> type[Any]:
    """A worksheet whose numbers are written with every digit, so that what is read is what was written."""
    from xlsxwriter.worksheet import Worksheet

    class ExactWorksheet(Worksheet):  # type: ignore[misc]
        def _xml_number_element(self, number: float, attributes: Sequence[tuple[str, object]] = ()) -> None:
            words = "".join(f' {key}="{value}"' for key, value in attributes)
            self.fh.write(f"<c{words}><v>{float(number)!r}</v></c>")

    return ExactWorksheet


def safe_text(text: str) -> str:
    """Words from outside as a cell may hold them: no control signs, no more than a cell takes."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)[:LONGEST]


@dataclass
class Pen:
    """Writes one workbook; ``sheets`` by code, rows and columns counted from 0.

    ``equipment`` says whether the workbook runs inside Excel (``macro`` or ``addin``); what a run writes into while the
    workbook is open is then not protected.
    """

    book: Workbook
    styles: Styles
    language: BookLanguage
    equipment: str = ""
    sheets: dict[str, Any] = field(default_factory=dict)
    _widths: dict[str, dict[int, float]] = field(default_factory=dict)
    _heights: dict[str, dict[int, float]] = field(default_factory=dict)
    _folded: dict[str, set[int]] = field(default_factory=dict)

    def add_sheets(self, codes: tuple[str, ...] | None = None) -> None:
        """Make the sheets in their order, named, coloured, protected without password and set up for A4."""
        for sheet in SHEETS:
            if codes is not None and sheet.code not in codes:
                continue
            made = self.book.add_worksheet(word(sheet.title, self.language), exact_worksheet())
            self.sheets[sheet.code] = made
            made.set_tab_color(TAB_COLOURS[sheet.role])
            made.set_paper(9)
            made.set_landscape()
            made.fit_to_pages(1, 0)
            made.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
            made.set_footer("&L&8regmodel&C&8&A&R&8&P / &N")
            made.hide_gridlines(2)
            if not (self.equipment and (sheet.role == "results" or sheet.code in WRITTEN_LIVE)):
                made.protect("", PROTECTION)
            self.book.define_name(f"{SHEET_NAME_PREFIX}{sheet.code}", f"={self.quoted(sheet.code)}!$A$1")
            if sheet.role == "hidden":
                made.hide()

    def columns(self, code: str, widths: Sequence[float]) -> None:
        """Set the widths of the columns of a sheet, from the first on."""
        for at, width in enumerate(widths):
            self.sheets[code].set_column(at, at, width)
            self._widths.setdefault(code, {})[at] = width

    def fold(self, code: str, row: int) -> None:
        """Hide a row that has nothing to show yet."""
        self._folded.setdefault(code, set()).add(row)

    def finish(self) -> None:
        """Give every row the height that its words need, once everything is written."""
        for code, sheet in self.sheets.items():
            folded = self._folded.get(code, set())
            heights = self._heights.get(code, {})
            for row in sorted(folded | set(heights)):
                height = heights.get(row, LEAST)
                if row in folded:
                    sheet.set_row(row, LEAST, None, {"hidden": True})
                elif height > LEAST:
                    sheet.set_row(row, height)

    def title_of(self, code: str) -> str:
        """Visible name of a sheet of this workbook."""
        return word(sheet_of(code).title, self.language)

    def quoted(self, code: str) -> str:
        """Visible name of a sheet as formulas need it."""
        return "'" + self.title_of(code).replace("'", "''") + "'"

    def head(self, code: str) -> None:
        """Title and purpose at the top of a sheet."""
        sheet = sheet_of(code)
        self.put(code, 0, 0, word(sheet.title, self.language), "title")
        self.put(code, 1, 0, self.long(sheet.purpose), "subtitle")

    def short(self, text: Text) -> str:
        """A text for a label or a header."""
        return word(text, self.language)

    def long(self, text: Text) -> str:
        """A text that does not wrap: both languages in one line."""
        if self.language == "both" and text.en != text.zh:
            return f"{text.en}  {text.zh}"
        return word(text, self.language)

    def lines(self, text: Text) -> str:
        """A text that wraps: both languages one below the other."""
        return sentence(text, self.language)

    def line_chart(self) -> Any:
        """A line chart that says that its lines are straight: LibreOffice bends a series that does not say so."""
        chart = self.book.add_chart({"type": "line"})
        chart._write_c_smooth = lambda _: chart._xml_empty_tag("c:smooth", [("val", "0")])
        return chart

    def put(self, code: str, row: int, column: int, cell: Cell, style: str) -> None:
        """One cell; text is always text, never a formula or a link, and what is no number stays blank."""
        sheet, look = self.sheets[code], self.styles[style]
        needed = height_of(cell, self._widths.get(code, {}).get(column, 8.43), style)
        rows = self._heights.setdefault(code, {})
        rows[row] = max(needed, rows.get(row, LEAST))
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, look)
        elif isinstance(cell, str):
            sheet.write_string(row, column, safe_text(cell), look)
        elif math.isfinite(cell):
            sheet.write_number(row, column, cell, look)
        else:
            sheet.write_blank(row, column, None, look)

    def put_across(self, code: str, row: int, first: int, last: int, words: str, style: str) -> None:
        """Words over several columns of a page that is only read."""
        widths = self._widths.get(code, {})
        room = sum(widths.get(at, 8.43) for at in range(first, last + 1))
        self.sheets[code].merge_range(row, first, row, last, "", self.styles[style])
        self.sheets[code].write_string(row, first, safe_text(words), self.styles[style])
        rows = self._heights.setdefault(code, {})
        rows[row] = max(height_of(words, room, style), rows.get(row, LEAST))

    def name_block(self, block: Block, row: int, column: int) -> None:
        """Give a result block its name, by which a later run finds it again."""
        first, last = _address(row, column), _address(row + block.rows - 1, column + len(block.headings) - 1)
        self.book.define_name(f"{BLOCK_NAME_PREFIX}{block.code}", f"={self.quoted(block.sheet)}!{first}:{last}")


def _address(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
