"""One engine for a single run and for many: a compiled programme, hot in the solver, with a pool of proofs.

Before a solve, plans and proofs found earlier are tried on the new numbers: a plan that still holds is a plan, a
proof that still adds up is a proof. What neither decides is solved. What no check certifies is undecided.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.certificate import TOLERANCE, FarkasCheck, LinearSystem, check_float, clip, residual, system
from regmodel.feasibility.clause_bodies import ELASTIC
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.solver import Solution, Solver, pick

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Word = Literal["feasible", "infeasible", "undecided"]


@dataclass(frozen=True)
class Answer:
    """A verdict with what certifies it: a plan and its residual, or multipliers and the gap that they prove."""

    verdict: Word
    columns: Array
    multipliers: Array
    residual: float | None
    farkas: FarkasCheck | None
    solution: Solution | None = None

    @property
    def certified(self) -> bool:
        """Whether a check outside the solver stands behind the verdict."""
        return self.verdict != "undecided"


_NOTHING = np.empty(0)
# An earlier plan counts only where it holds far inside the tolerance: at the edge the question is solved afresh.
POOL_TOLERANCE = TOLERANCE / 1000
UNDECIDED = Answer("undecided", _NOTHING, _NOTHING, None, None)


@dataclass
class Engine:
    """A programme of one shape; ``fill`` it with a case, then ask. Not shared between threads."""

    compiled: Compiled
    solver: Solver
    clause_rows: Integers
    elastic: Integers
    low: Array
    high: Array
    scales: Array
    groups: dict[str, Integers]
    witnesses: list[Array] = field(default_factory=list)
    proofs: list[Array] = field(default_factory=list)
    preference: Array = field(default_factory=lambda: np.empty(0))
    from_pool: int = 0

    def fill(self, case: Case, *, afresh: bool = False) -> None:
        """Take the numbers of another case of the same shape; the pool is kept, and the basis unless ``afresh``.

        A basis helps where few numbers change; where records everywhere move, a cold start is quicker.
        """
        self.solver.refill(self.compiled.vector(case.values))
        if afresh:
            self.solver.forget()
        self.preference = self.solver.compiled.cost.fill(self.compiled.vector(case.values))
        self.low, self.high = self.solver.low.copy(), self.solver.high.copy()
        self.scales = np.array([row.scale for row in case.rows])

    def system(self) -> LinearSystem:
        """The rows and bounds as they stand."""
        solver = self.solver
        return system(self.compiled, solver.matrix, solver.low, solver.high, solver.column_low, solver.column_high)

    def decide(self, *, preferred: bool = False) -> Answer:
        """The verdict on the rows as they stand; ``preferred`` asks for the plan that the objective prefers."""
        if not preferred:
            known = self._from_pool()
            if known is not None:
                return known
        self.solver.set_cost(self.preference if preferred else np.zeros(len(self.compiled.columns)))
        found = self.solver.solve()
        if found.status == "optimal":
            return self._with_plan(found)
        if found.status == "infeasible":
            return self._with_proof(found)
        return UNDECIDED

    def _from_pool(self) -> Answer | None:
        rows = self.system()
        for columns in self.witnesses[::-1]:
            worst = residual(columns, rows)
            if worst <= POOL_TOLERANCE:
                self.from_pool += 1
                return Answer("feasible", columns, _NOTHING, worst, None)
        for multipliers in self.proofs[::-1]:
            checked = check_float(clip(multipliers, rows), rows)
            if checked.proved:
                self.from_pool += 1
                return Answer("infeasible", _NOTHING, clip(multipliers, rows), None, checked)
        return None

    def _with_plan(self, found: Solution) -> Answer:
        worst = residual(found.columns, self.system())
        if not worst <= TOLERANCE:
            return UNDECIDED
        self.witnesses.append(found.columns)
        return Answer("feasible", found.columns, _NOTHING, worst, None, found)

    def _with_proof(self, found: Solution) -> Answer:
        """The solver's ray where it adds up, else the multipliers of the least miss, else nothing is proved."""
        rows = self.system()
        for multipliers in (lambda: found.multipliers, lambda: self.shortfall().multipliers):
            told = multipliers()
            if len(told) != len(rows.rows):
                continue
            for signed in (clip(told, rows), clip(-told, rows)):
                checked = check_float(signed, rows)
                if checked.proved:
                    self.proofs.append(signed)
                    return Answer("infeasible", _NOTHING, signed, None, checked)
        return UNDECIDED

    def shortfall(self) -> Solution:
        """The plan that misses the clauses by least, each miss relative to its clause's own size."""
        cost = np.zeros(len(self.compiled.columns))
        cost[self.elastic] = np.tile(1 / self.scales, 2)
        self._loosen(ELASTIC)
        self.solver.set_cost(cost)
        try:
            return self.solver.solve_from_feasible()
        finally:
            self._loosen(0.0)

    def _loosen(self, limit: float) -> None:
        self.solver.set_columns(self.elastic, np.zeros(len(self.elastic)), np.full(len(self.elastic), limit))

    def hold(self, groups: set[str]) -> None:
        """Keep only the rows of these groups; all others are free. Rows that are not clauses always hold."""
        low, high = self.low[self.clause_rows].copy(), self.high[self.clause_rows].copy()
        for name, members in self.groups.items():
            if name not in groups:
                low[members], high[members] = -np.inf, np.inf
        self.solver.set_rows(self.clause_rows, low, high)

    def hold_all(self) -> None:
        """Keep the rows of every group, as filled."""
        self.hold(set(self.groups))


def engine_for(case: Case, time_limit: float | None = None) -> Engine:
    """An engine filled with a case; compiles the programme where no compiled form is on disk."""
    compiled = compiled_for(case.shape)
    solver = Solver(compiled, compiled.vector(case.values), time_limit)
    rows = pick(compiled.rows, "clause[")
    elastic = np.concatenate([pick(compiled.columns, "under["), pick(compiled.columns, "over[")])
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(case.shape.rows):
        groups.setdefault(row.clause, []).append(number)
    engine = Engine(
        compiled=compiled,
        solver=solver,
        clause_rows=rows,
        elastic=elastic,
        low=solver.low.copy(),
        high=solver.high.copy(),
        scales=np.array([row.scale for row in case.rows]),
        groups={name: np.array(members, dtype=np.int64) for name, members in groups.items()},
    )
    engine.fill(case)
    return engine
