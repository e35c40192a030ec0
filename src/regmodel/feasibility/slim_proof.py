"""A proof with few rows: of the rows that a proof uses, those that are enough, so that a person can redo it.

The programme asked is a small one: let every row of the proof be missed by the same least amount. Its multipliers prove
the same with as little weight as there can be, and few of them are not nothing.
"""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import LinearSystem, check_float, clip

Array = NDArray[np.float64]
ROUNDS = 3


def slim(multipliers: Array, rows: LinearSystem) -> Array:
    """Multipliers that prove the same with fewer rows, or the given ones where none were found."""
    best = multipliers
    for _ in range(ROUNDS):
        found = _fewer(best, rows)
        if found is None or np.count_nonzero(found) >= np.count_nonzero(best):
            break
        best = found
    return best


def _fewer(multipliers: Array, rows: LinearSystem) -> Array | None:
    used = np.flatnonzero(multipliers)
    told = _least_common_miss(used, rows)
    if told is None:
        return None
    for sign in (1.0, -1.0):
        whole = np.zeros(len(rows.rows))
        whole[used] = sign * told
        signed = clip(whole, rows)
        if check_float(signed, rows).proved:
            return signed
    return None


def _least_common_miss(used: NDArray[np.int64], rows: LinearSystem) -> Array | None:
    """Row multipliers of the programme in which all these rows may be missed by one amount, which is least."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.addVar(0.0, highspy.kHighsInf)
    highs.changeColCost(0, 1.0)
    place: dict[int, int] = {}
    sides: list[tuple[int, float]] = []
    for row in used.tolist():
        entries = range(int(rows.row_start[row]), int(rows.row_start[row + 1]))
        for entry in entries:
            column = int(rows.column[entry])
            if column not in place:
                place[column] = len(place) + 1
                highs.addVar(float(rows.column_low[column]), float(rows.column_high[column]))
        index = np.array([0, *(place[int(rows.column[entry])] for entry in entries)], dtype=np.int32)
        terms = [float(rows.matrix[entry]) for entry in entries]
        for sign, low, high in ((1.0, float(rows.low[row]), np.inf), (-1.0, -np.inf, float(rows.high[row]))):
            if np.isfinite(low) or np.isfinite(high):
                highs.addRow(low, high, len(index), index, np.array([sign, *terms]))
                sides.append((row, sign))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    duals = np.array(highs.getSolution().row_dual)
    total = dict.fromkeys(used.tolist(), 0.0)
    for (row, _), dual in zip(sides, duals.tolist(), strict=True):
        total[row] += dual
    return np.array([total[row] for row in used.tolist()])
