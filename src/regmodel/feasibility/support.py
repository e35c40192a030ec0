"""The few rows of the programme that a proof uses, as a small programme of its own.

Where these rows alone have no plan, the programme has none. On other numbers the small programme is solved again in
milliseconds and finds its own multipliers; rows that it leaves out only make its answer weaker, never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import AffineMap, Compiled
from regmodel.feasibility.certificate import FarkasCheck, LinearSystem, check_float, clip
from regmodel.feasibility.solver import Solver

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
USED = 1e-11


def used_rows(multipliers: Array) -> Integers:
    """Rows that carry a multiplier beside rounding."""
    return np.flatnonzero(np.abs(multipliers) > USED * float(np.abs(multipliers).max(initial=0.0)))


class Support:
    """Some rows of a compiled programme, hot in a solver of their own; ``clauses`` are those that they belong to."""

    def __init__(self, compiled: Compiled, rows: Integers, clauses: Iterable[str], parameters: Array) -> None:
        self.rows, self.parameters = rows, parameters
        self.clauses = tuple(sorted(clauses))
        self.compiled, self.columns = part_of(compiled, rows)
        self.solver = Solver(self.compiled, parameters, safe_only=False)
        self.solver.set_cost(np.zeros(len(self.columns)))
        self.solver.solve_briefly()
        self._basis = self.solver.highs.getBasis()

    def proof(self, parameters: Array) -> tuple[Array, FarkasCheck] | None:
        """Multipliers of these rows that prove that no plan exists for some parameters, or None."""
        solver = self.solver
        solver.refill(parameters)
        solver.set_cost(np.zeros(len(self.columns)))
        found = solver.solve_from(self._basis)
        if found.status != "infeasible" or len(found.multipliers) != len(self.rows):
            return None
        system = self._system()
        for signed in (clip(found.multipliers, system), clip(-found.multipliers, system)):
            checked = check_float(signed, system)
            if checked.proved:
                return signed, checked
        return None

    def _system(self) -> LinearSystem:
        solver, part = self.solver, self.compiled
        return LinearSystem(
            part.rows,
            part.columns,
            part.row_start,
            part.column,
            solver.matrix,
            solver.low,
            solver.high,
            part.column_low,
            part.column_high,
        )


def part_of(compiled: Compiled, rows: Integers) -> tuple[Compiled, Integers]:
    """Some rows of a compiled programme with the columns that they read, and which columns those are."""
    lengths = np.diff(compiled.row_start)[rows]
    starts = compiled.row_start[rows]
    entries = np.concatenate([np.arange(a, a + n) for a, n in zip(starts, lengths, strict=True)]).astype(np.int64)
    columns, column = np.unique(compiled.column[entries], return_inverse=True)
    part = Compiled(
        parameters=compiled.parameters,
        rows=tuple(compiled.rows[row] for row in rows),
        columns=tuple(compiled.columns[number] for number in columns),
        row_start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        column=column.astype(np.int64),
        matrix=chosen(compiled.matrix, entries),
        low=chosen(compiled.low, rows),
        high=chosen(compiled.high, rows),
        cost=chosen(compiled.cost, columns),
        column_low=compiled.column_low[columns],
        column_high=compiled.column_high[columns],
    )
    return part, columns


def chosen(numbers: AffineMap, which: Integers) -> AffineMap:
    """Some of the numbers of an affine map."""
    place = np.full(len(numbers.constant), -1)
    place[which] = np.arange(len(which))
    kept = place[numbers.entry] >= 0
    return AffineMap(
        numbers.constant[which], place[numbers.entry[kept]], numbers.parameter[kept], numbers.coefficient[kept]
    )
