"""Some regions of a plan solved anew, with all else left as the plan has it.

A plan that is carried over to other numbers mostly breaks in a region or two. Their columns are a small programme, in
every row that reads one of them, where what other columns add up to is given. What comes out is put back into the plan,
and the whole is checked row by row: nothing is taken on trust here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highspy import HighsBasis
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.certificate import TOLERANCE, LinearSystem, residual, system
from regmodel.feasibility.frame import Shape
from regmodel.feasibility.policies import index
from regmodel.feasibility.solver import Solver
from regmodel.feasibility.support import chosen

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Truth = NDArray[np.bool_]
Regions = frozenset[int]


@dataclass(frozen=True)
class Filled:
    """All numbers of one scenario, with some rows perhaps free."""

    parameters: Array
    rows: LinearSystem


def filled(compiled: Compiled, parameters: Array, free: Integers | None = None) -> Filled:
    """The numbers of a scenario; rows that are ``free`` have no ends."""
    low, high = compiled.low.fill(parameters), compiled.high.fill(parameters)
    if free is not None:
        low[free], high[free] = -np.inf, np.inf
    matrix = compiled.matrix.fill(parameters)
    return Filled(parameters, system(compiled, matrix, low, high, compiled.column_low, compiled.column_high))


class Patcher:
    """Solves regions anew; each small programme starts from its basis at one plan and its numbers, and nothing else."""

    def __init__(self, compiled: Compiled, shape: Shape, start: tuple[Array, Array] | None) -> None:
        self.compiled, self.start = compiled, start
        place = {region: number for number, region in enumerate(shape.regions.ids())}
        self.count = len(place)
        self.row_of = np.repeat(np.arange(len(compiled.rows)), np.diff(compiled.row_start))
        self.columns_in = np.zeros((len(compiled.columns), self.count), dtype=bool)
        for number, name in enumerate(compiled.columns):
            for word in index(name):
                if word in place:
                    self.columns_in[number, place[word]] = True
        single = self.columns_in.sum(axis=1) == 1
        self.rows_in = self._rows_in(single)
        none = np.logical_not(self.rows_in.any(axis=1))
        self.rows_in[none] = self._rows_in(np.ones(len(single), dtype=bool))[none]
        self._patches: dict[Regions, _Patch] = {}

    def _rows_in(self, read: Truth) -> Truth:
        """Of which regions a row reads a column, of the columns that count."""
        found = np.zeros((len(self.compiled.rows), self.count), dtype=bool)
        entries = np.flatnonzero(read[self.compiled.column])
        np.logical_or.at(found, self.row_of[entries], self.columns_in[self.compiled.column[entries]])
        return found

    def broken(self, rows: Truth) -> Truth:
        """The regions (region, scenario) of the rows (row, scenario) that are marked."""
        some = np.flatnonzero(rows.any(axis=1))
        found: Truth = (self.rows_in[some].T.astype(np.int64) @ rows[some].astype(np.int64)) > 0
        return found

    def patched(self, regions: Regions, plan: Array, numbers: Filled) -> tuple[Array, float] | None:
        """The plan with these regions solved anew and its residual, where it then holds as a whole; else None."""
        if regions not in self._patches:
            self._patches[regions] = _Patch(self, regions)
        found = self._patches[regions].solved(plan, numbers)
        if found is None:
            return None
        worst = residual(found, numbers.rows)
        return (found, worst) if worst <= TOLERANCE else None


class _Patch:
    """The small programme of some regions."""

    def __init__(self, patcher: Patcher, regions: Regions) -> None:
        compiled = patcher.compiled
        inside = np.zeros(patcher.count, dtype=bool)
        inside[list(regions)] = True
        among = patcher.columns_in
        free = among.any(axis=1) & np.logical_not((among & ~inside).any(axis=1))
        self.columns = np.flatnonzero(free)
        entries = np.flatnonzero(free[compiled.column])
        self.rows = np.unique(patcher.row_of[entries])
        within = np.isin(patcher.row_of, self.rows)
        self.given = np.flatnonzero(within & ~free[compiled.column])
        self.given_row = np.searchsorted(self.rows, patcher.row_of[self.given])
        self.given_column = compiled.column[self.given]
        self.solver = Solver(self._part(compiled, entries, patcher.row_of), _nothing(compiled), safe_only=False)
        self._basis: HighsBasis | None = None
        if patcher.start is not None:
            self._basis = self._first(*patcher.start, compiled)

    def _part(self, compiled: Compiled, entries: Integers, row_of: Integers) -> Compiled:
        place = np.full(len(compiled.columns), -1, dtype=np.int64)
        place[self.columns] = np.arange(len(self.columns))
        lengths = np.bincount(np.searchsorted(self.rows, row_of[entries]), minlength=len(self.rows))
        return Compiled(
            parameters=compiled.parameters,
            rows=tuple(compiled.rows[row] for row in self.rows),
            columns=tuple(compiled.columns[column] for column in self.columns),
            row_start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            column=place[compiled.column[entries]],
            matrix=chosen(compiled.matrix, entries),
            low=chosen(compiled.low, self.rows),
            high=chosen(compiled.high, self.rows),
            cost=chosen(compiled.cost, self.columns),
            column_low=compiled.column_low[self.columns],
            column_high=compiled.column_high[self.columns],
        )

    def _first(self, plan: Array, parameters: Array, compiled: Compiled) -> HighsBasis:
        """The basis at the plan from which all start."""
        self._fill(plan, filled(compiled, parameters))
        self.solver.solve_from(HighsBasis())
        basis: HighsBasis = self.solver.highs.getBasis()
        return basis

    def _fill(self, plan: Array, numbers: Filled) -> None:
        solver, part, whole = self.solver, self.solver.compiled, numbers.rows
        terms = whole.matrix[self.given] * plan[self.given_column]
        given = np.bincount(self.given_row, weights=terms, minlength=len(self.rows))
        solver.matrix = part.matrix.fill(numbers.parameters)
        solver.low, solver.high = whole.low[self.rows] - given, whole.high[self.rows] - given
        solver.cost = part.cost.fill(numbers.parameters)

    def solved(self, plan: Array, numbers: Filled) -> Array | None:
        self._fill(plan, numbers)
        found = self.solver.solve_from(HighsBasis() if self._basis is None else self._basis)
        if found.status != "optimal":
            return None
        whole = plan.copy()
        whole[self.columns] = np.clip(found.columns, self.solver.column_low, self.solver.column_high)
        return whole


def _nothing(compiled: Compiled) -> Array:
    return np.zeros(sum(length for _, length in compiled.parameters))
