"""Links from results to the cells to change: formulas beside a block that find the row of a clause or record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regmodel.workbook.block import Block
from regmodel.workbook.blocks import CLAUSES_AT, ID_AT, ONWARD_AT
from regmodel.workbook.layout import TABLES
from regmodel.workbook.package import column_letters
from regmodel.workbook.rows import Cell, CellRow

ARROW = "→ "
LINKED_SHEETS = {
    "clauses": ("targets",),
    "records": ("water", "land", "population", "output", "environment", "levers"),
}


@dataclass
class Cells:
    """Where the inputs stand when the workbook is written: sheet titles by code, and the row of each key from 0."""

    titles: Mapping[str, str]
    rows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def said(self, block: Block, key: Cell) -> str:
        """What the link of a row shows, as the formula will calculate it."""
        first = str(key or "").partition(",")[0].strip()
        sheets = _sheets(block, self.titles)
        if not first or not sheets:
            return ""
        for code in sheets:
            row = self.rows.get(code, {}).get(first)
            if row is not None:
                return f"{ARROW}{self.titles[code]}!{value_column(code)}{row + 1}"
        return ARROW + self.titles[sheets[0]]


def value_column(sheet: str) -> str:
    """The letters of the column in which a sheet's keyed tables hold their figure."""
    at = next(
        column.at for table in TABLES if table.sheet == sheet for column in table.columns if column.code == "value"
    )
    return column_letters(at)


def _sheets(block: Block, titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(code for code in LINKED_SHEETS[block.links or "clauses"] if code in titles)


def link_formula(block: Block, row: int, titles: Mapping[str, str]) -> str:
    """The formula of one row: a link to the first sheet that has the row's first id, else to that sheet's head."""
    key = f"${column_letters(block.key_column)}{row + 1}"
    first = f'LEFT({key},FIND(",",{key}&",")-1)'
    sheets = _sheets(block, titles)
    found = f'HYPERLINK("#{_quoted(titles[sheets[0]])}!A1","{ARROW}{titles[sheets[0]]}")'
    for code in reversed(sheets):
        title, column = titles[code], value_column(code)
        place = f"MATCH({first},{_quoted(title)}!$A:$A,0)"
        link = f'HYPERLINK("#{_quoted(title)}!{column}"&{place},"{ARROW}{title}!{column}"&{place})'
        found = f"IFERROR({link},{found})"
    return f'=IF({key}="","",{found})'


def explained_formula(block: Block, row: int, titles: Mapping[str, str]) -> str:
    """The second formula of a row: a link to where the number of the row's first clause is explained.

    In a block whose numbers are told further on its own sheet, a link to the row where this one is.
    """
    title = titles["explain"]
    if block.onward:
        key, column = f"${column_letters(ONWARD_AT)}{row + 1}", ID_AT
        wanted = key
    else:
        key, column = f"${column_letters(block.key_column)}{row + 1}", CLAUSES_AT
        wanted = f'"* "&LEFT({key},FIND(",",{key}&",")-1)&",*"'
    letter = column_letters(column)
    place = f"MATCH({wanted},{_quoted(title)}!${letter}:${letter},0)"
    link = f'HYPERLINK("#{_quoted(title)}!B"&{place},"{ARROW}{title}!B"&{place})'
    return f'=IF({key}="","",IFERROR({link},""))'


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def keys_of(block: Block, rows: list[CellRow]) -> list[Cell]:
    """The ids in each row of a block, None where a row names none."""
    at = block.key_column - block.left
    return [row[at] if at < len(row) else None for row in rows]
