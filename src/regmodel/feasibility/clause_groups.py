"""The soft rows of the programme in groups: by clause, by clause and year, or by clause and region."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.frame import Shape

Integers = NDArray[np.int64]
Grouping = Literal["clause", "year", "region"]
GROUPINGS: tuple[Grouping, ...] = ("clause", "year", "region")
PART = "@"
_GROUP: dict[Grouping, Callable[[RowShape], str]] = {
    "clause": lambda row: row.clause,
    "year": lambda row: f"{row.clause}{PART}{row.year}",
    "region": lambda row: f"{row.clause}{PART}{'+'.join(row.places)}",
}


def grouped(shape: Shape, compiled: Compiled, by: Grouping = "clause") -> dict[str, Integers]:
    """Positions of the clause rows in the compiled programme, by group; a refined group is named clause@part."""
    rows = clause_positions(compiled)
    groups: dict[str, list[int]] = {}
    for position, row in zip(rows.tolist(), shape.rows, strict=True):
        groups.setdefault(_GROUP[by](row), []).append(position)
    return {name: np.array(members, dtype=np.int64) for name, members in groups.items()}


def clause_positions(compiled: Compiled) -> Integers:
    """Positions of the clause rows, in the order of the shape's rows."""
    return np.array([number for number, name in enumerate(compiled.rows) if name.startswith("clause[")], dtype=np.int64)


def clause_of(group: str) -> str:
    """The clause that a group belongs to."""
    return group.partition(PART)[0]
