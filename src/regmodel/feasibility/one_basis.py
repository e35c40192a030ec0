"""How far one bound may move before the basis of a solution has to change: the ratio test of the simplex method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.solver import Solution, Solver

Array = NDArray[np.float64]
PIVOT = 1e-9
AGREED = 1e-6


class OneBasis:
    """The basis that the solver ended a solve with; ask before the solver moves on."""

    def __init__(self, solver: Solver, solution: Solution) -> None:
        self.solver, self.solution = solver, solution
        status, basic = solver.highs.getBasicVariables()
        self.basic = np.array(basic, dtype=np.int64)
        self.usable = int(status) == 0 and len(self.basic) == len(solution.rows)
        self.owner = np.repeat(np.arange(len(solution.rows)), np.diff(solver.compiled.row_start))

    def room(self, row: int) -> tuple[float, float]:
        """How far the bound of a row that is at its bound may fall and rise; nothing where that cannot be told."""
        moved = self._direction(row)
        if moved is None:
            return 0.0, 0.0
        solver, solution = self.solver, self.solution
        columns, rows = moved
        rows = rows.copy()
        rows[row] = 0.0
        lengths = [
            _steps(columns * sign, solution.columns, solver.column_low, solver.column_high) for sign in (-1.0, 1.0)
        ]
        for place, sign in enumerate((-1.0, 1.0)):
            lengths[place] = min(lengths[place], _steps(rows * sign, solution.rows, solver.low, solver.high))
        return lengths[0], lengths[1]

    def _direction(self, row: int) -> tuple[Array, Array] | None:
        """How columns and rows move when the bound rises by one and the basis stays; None where they do not agree."""
        if not self.usable:
            return None
        solver = self.solver
        status, inverse = solver.highs.getBasisInverseCol(row)
        if int(status) != 0:
            return None
        ours = self.basic >= 0
        columns = np.zeros(len(solver.compiled.columns))
        columns[self.basic[ours]] = np.asarray(inverse)[ours]
        entries = solver.matrix * columns[solver.compiled.column]
        rows = np.bincount(self.owner, weights=entries, minlength=len(solver.compiled.rows))
        if abs(abs(rows[row]) - 1.0) > AGREED:
            return None
        return columns / rows[row], rows / rows[row]


def _steps(moved: Array, values: Array, low: Array, high: Array) -> float:
    """How far one may go along a direction before a value meets an end."""
    up, down = moved > PIVOT, moved < -PIVOT
    lengths = np.concatenate(
        [
            np.maximum(high[up] - values[up], 0.0) / moved[up],
            np.maximum(values[down] - low[down], 0.0) / -moved[down],
        ]
    )
    return float(lengths.min(initial=np.inf))
