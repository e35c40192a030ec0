"""What one row of a table is: what it shows, which of its cells are open, and which override each of them sets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from regmodel.vocabulary.texts import Text

Value = float | str | bool
Cell = Value | None
CellRow = list[Cell]
SAME_WITHIN = 1e-12


@dataclass(frozen=True)
class Entry:
    """An open cell of a row: what may stand there and which override it sets (None: it explains the others).

    ``low`` and ``high`` are in the unit of the row; with ``firm`` they are limits, otherwise a range that a reason
    in the row may leave. ``may_be_blank`` marks cells where nothing is an answer.
    """

    kind: Literal["number", "text", "choice", "switch", "any"]
    override: str | None = None
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    firm: bool = False
    may_be_blank: bool = False
    share: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table: cells by column code, and the open ones among them; ``unit`` is said in messages."""

    key: str
    cells: Mapping[str, Cell]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    title: Text | None = None
    unit: Text | None = None

    def with_cells(self, changes: Mapping[str, Cell]) -> Row:
        """The same row with other contents in some cells."""
        return replace(self, cells={**self.cells, **changes})


def same_cell(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same; numbers within what a spreadsheet program keeps of them."""
    if isinstance(one, str) or isinstance(other, str):
        return _words(one) == _words(other)
    if one is None or other is None:
        return one is other
    if isinstance(one, bool) or isinstance(other, bool):
        return one == other
    return math.isclose(one, other, rel_tol=SAME_WITHIN, abs_tol=0.0)


def _words(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).replace("_x000D_", " ").split())


def switch_word(on: bool) -> Text:
    """Yes and no as they stand in the workbook."""
    return Text("yes", "是") if on else Text("no", "否")


def read_switch(cell: Cell) -> bool | None:
    """Yes or no from a cell in either language, or None for anything else."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        parts = {part.casefold() for part in cell.split()}
        if parts and parts <= {"yes", "是", "true", "y"}:
            return True
        if parts and parts <= {"no", "否", "false", "n"}:
            return False
    return None
