"""How the rows of a result block are shown: their heights, and which are folded; for a file and for a live book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regmodel.workbook.block import Block
from regmodel.workbook.blocks import VERDICT
from regmodel.workbook.heights import height_of, row_height
from regmodel.workbook.outputs import RESULT_COLUMNS
from regmodel.workbook.rows import Cell

UNSEEN = "asrun"


@dataclass(frozen=True)
class RowLook:
    """The height of one row, and whether it is hidden; None leaves either as it is."""

    height: float | None
    hidden: bool | None


def row_looks(block: Block, rows: Sequence[Sequence[Cell]]) -> list[RowLook]:
    """Each row of a block's place; what the rows do not need is folded on pages that are read."""
    widths, styles = RESULT_COLUMNS[block.sheet][block.left :], [heading.style for heading in block.headings]
    found = []
    for offset in range(block.rows):
        row = rows[offset] if offset < len(rows) else []
        tall: float | None = None if block.sheet == UNSEEN else row_height(row, widths, styles)
        if block.code == VERDICT.code and offset == 0:
            tall = height_of("", widths[1], "verdict")
        empty = all(cell is None or cell == "" for cell in row)
        found.append(RowLook(tall, (offset > 0 and empty) if block.folds else None))
    return found
