"""One engine for a single run and for many: a compiled programme, hot in the solver, with a pool of proofs.

Before a solve, plans and proofs found earlier are tried on the new numbers: a plan that still holds is a plan, a
proof that still adds up is a proof. What neither decides is solved. What no check certifies is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from highspy import HighsBasis
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.certificate import TOLERANCE, FarkasCheck, LinearSystem, check_float, clip, residual, system
from regmodel.feasibility.clause_groups import grouped
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.solver import Solution, Solver

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Word = Literal["feasible", "infeasible", "undecided"]
Side = Literal["low", "high"]
MOST_GIVEN = 1_000_000.0


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


@dataclass(frozen=True)
class Give:
    """One end of a clause that may give way: its column, and how large one unit of it is beside the clause's size."""

    clause: str
    side: Side
    column: int
    weight: float


_NOTHING = np.empty(0)
# An earlier plan counts only where it holds far inside the tolerance: at the edge the question is solved afresh.
POOL_TOLERANCE = TOLERANCE / 1000
# Of the plans and proofs found, the newest are tried before a solve.
POOL = 24
# Relative misses are small numbers: as costs they are made large beside the absolute tolerances of the solver.
PRICE_SIZE = 1e3
UNDECIDED = Answer("undecided", _NOTHING, _NOTHING, None, None)


@dataclass
class Engine:
    """A programme of one shape; ``fill`` it with a case, then ask. Not shared between threads.

    ``groups`` names the soft rows, by their positions; every other row always holds.
    """

    compiled: Compiled
    solver: Solver
    groups: dict[str, Integers]
    gives: tuple[Give, ...]
    low: Array
    high: Array
    witnesses: list[Array] = field(default_factory=list)
    proofs: list[Array] = field(default_factory=list)
    preference: Array = field(default_factory=lambda: np.empty(0))
    from_pool: int = 0

    def fill(self, case: Case, *, afresh: bool = False) -> None:
        """Take the numbers of another case of the same shape; the pool is kept, and the basis unless ``afresh``.

        A basis helps where few numbers change; where records everywhere move, a cold start is quicker.
        """
        self.refill(case.values)
        if afresh:
            self.solver.forget()
        self.gives = weighed(self.gives, case)

    def refill(self, values: Mapping[str, Array]) -> None:
        """Take other parameters; what the clauses weigh stays."""
        vector = self.compiled.vector(values)
        self.solver.refill(vector)
        self.preference = self.compiled.cost.fill(vector)
        self.low, self.high = self.solver.low.copy(), self.solver.high.copy()

    def system(self) -> LinearSystem:
        """The rows and bounds as they stand."""
        solver = self.solver
        return system(self.compiled, solver.matrix, solver.low, solver.high, solver.column_low, solver.column_high)

    def decide(self, *, preferred: bool = False) -> Answer:
        """The verdict on the rows as they stand; ``preferred`` asks for the plan that the objective prefers.

        Without a basis one programme answers both ways, and sooner: every clause may give way, and misses by as little
        as possible. With a basis the question is put as it is. What the first way leaves open the other is asked.
        """
        if preferred:
            return self._preferred()
        known = self._from_pool()
        if known is not None:
            return known
        ways = [self._directly, self._by_least_miss]
        for way in ways[::-1] if self.solver.cold else ways:
            answer = way()
            if answer.certified:
                return answer
            self.solver.forget()
        return UNDECIDED

    def decide_from(self, basis: HighsBasis) -> Answer:
        """The verdict from a basis and from nothing else, so that it does not depend on what was asked before.

        The objective stays: near its plan the way to another plan is shorter than to any plan whatever.
        """
        found = self.solver.solve_from(basis)
        answer = self._with_plan(found) if found.status == "optimal" else self._with_proof(found)
        if answer.certified:
            return answer
        self.solver.forget()
        return self.decide()

    def _preferred(self) -> Answer:
        """The plan that the objective prefers, solved for at once: cold, that takes no longer than any plan."""
        self.solver.set_cost(self.preference)
        self.solver.forget()
        found = self.solver.solve()
        answer = self._with_plan(found) if found.status == "optimal" else UNDECIDED
        if answer.certified:
            return answer
        self.solver.forget()
        return self.decide()

    def _directly(self) -> Answer:
        """The verdict without letting anything give way."""
        self.solver.set_cost(np.zeros(len(self.compiled.columns)))
        found = self.solver.solve()
        if found.status == "optimal":
            return self._with_plan(found)
        return self._with_proof(found) if found.status == "infeasible" else UNDECIDED

    def _by_least_miss(self) -> Answer:
        """Where nothing is missed the plan holds; where something is, the multipliers prove that no plan can."""
        found = self.shortfall(briefly=True) if self.gives else None
        if found is None or found.status != "optimal":
            return UNDECIDED
        # Proof first: a miss so small that the plan would pass within the tolerance is a miss all the same.
        answer = self._with_proof(found) if found.objective > 0 else UNDECIDED
        return answer if answer.certified else self._with_plan(found)

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
        """The plan, put inside its declared bounds, where its residual is within the tolerance."""
        columns = np.clip(found.columns, self.solver.column_low, self.solver.column_high)
        worst = residual(columns, self.system())
        if not worst <= TOLERANCE:
            return UNDECIDED
        self.witnesses = [*self.witnesses, columns][-POOL:]
        return Answer("feasible", columns, _NOTHING, worst, None, found)

    def _with_proof(self, found: Solution) -> Answer:
        """The multipliers, in one sign or the other, where they add up; else nothing is proved."""
        rows = self.system()
        if len(found.multipliers) != len(rows.rows):
            return UNDECIDED
        for signed in (clip(found.multipliers, rows), clip(-found.multipliers, rows)):
            checked = check_float(signed, rows)
            if checked.proved:
                self.proofs = [*self.proofs, signed][-POOL:]
                return Answer("infeasible", _NOTHING, signed, None, checked, found)
        return UNDECIDED

    def shortfall(self, *, briefly: bool = False) -> Solution:
        """The plan that misses the clauses by least, each miss relative to its clause's own size.

        ``briefly`` gives up where the solver wanders.
        """
        cost = np.zeros(len(self.compiled.columns))
        asked = tuple(give for give in self.gives if give.weight > 0)
        for give in asked:
            cost[give.column] = give.weight * PRICE_SIZE
        with self.loosened(asked):
            self.solver.set_cost(cost)
            found = self.solver.solve_briefly() if briefly else self.solver.solve()
        return replace(found, objective=found.objective / PRICE_SIZE)

    @contextmanager
    def loosened(self, gives: Iterable[Give], limit: float = MOST_GIVEN, least: float = 0.0) -> Iterator[None]:
        """Inside, these ends may give way by up to ``limit`` of their own unit, and not by less than ``least``."""
        columns = np.array([give.column for give in gives], dtype=np.int64)
        nothing = np.zeros(len(columns))
        self.solver.set_columns(columns, np.full(len(columns), least), np.full(len(columns), limit))
        try:
            yield
        finally:
            self.solver.set_columns(columns, nothing, nothing)

    def hold(self, groups: set[str]) -> None:
        """Keep only the rows of these groups; all others are free. Rows that are in no group always hold."""
        low, high = self.low.copy(), self.high.copy()
        soft = np.zeros(len(low), dtype=bool)
        kept = np.zeros(len(low), dtype=bool)
        for name, members in self.groups.items():
            soft[members] = True
            if name in groups:
                kept[members] = True
        free = soft & ~kept
        low[free], high[free] = -np.inf, np.inf
        rows = np.flatnonzero(soft)
        self.solver.set_rows(rows, low[rows], high[rows])

    def hold_all(self) -> None:
        """Keep the rows of every group, as filled."""
        self.hold(set(self.groups))


def engine_for(case: Case, time_limit: float | None = None, *, safe_only: bool = True) -> Engine:
    """An engine filled with a case; compiles the programme where no compiled form is on disk.

    Without ``safe_only`` unsafe coefficients are solved too: of many scenarios some have them, and what no check
    outside the solver certifies stays undecided.
    """
    compiled = compiled_for(case.shape)
    # By position, in the order of the programme's own sets: names of columns are quoted here and there.
    columns = [number for number, name in enumerate(compiled.columns) if name.startswith("give[")]
    sides: tuple[Side, Side] = ("low", "high")
    ends = [(clause, side) for clause in dict.fromkeys(row.clause for row in case.shape.rows) for side in sides]
    gives = tuple(Give(clause, side, column, 1.0) for (clause, side), column in zip(ends, columns, strict=True))
    solver = Solver(compiled, compiled.vector(case.values), time_limit, safe_only=safe_only)
    engine = _engine(solver, grouped(case.shape, compiled), gives)
    engine.fill(case)
    return engine


def engine_of(
    compiled: Compiled,
    groups: Mapping[str, Integers],
    gives: tuple[Give, ...] = (),
    time_limit: float | None = None,
    *,
    safe_only: bool = True,
) -> Engine:
    """An engine for a linear model whose numbers are fixed: ``groups`` are its soft rows, all others always hold.

    Without ``safe_only`` unsafe coefficients are solved too; every answer then has to be proved exactly.
    """
    return _engine(Solver(compiled, np.zeros(0), time_limit, safe_only=safe_only), dict(groups), gives)


def _engine(solver: Solver, groups: dict[str, Integers], gives: tuple[Give, ...]) -> Engine:
    return Engine(
        compiled=solver.compiled,
        solver=solver,
        groups=groups,
        gives=gives,
        low=solver.low.copy(),
        high=solver.high.copy(),
        preference=solver.cost.copy(),
    )


def weighed(gives: tuple[Give, ...], case: Case) -> tuple[Give, ...]:
    """The same ends with what one unit of each is beside the size of its clause, in the numbers of a case."""
    weights: dict[tuple[str, str], float] = {}
    for row, numbers in zip(case.shape.rows, case.rows, strict=True):
        for side, slope in (("low", numbers.low_slope), ("high", numbers.high_slope)):
            key = (row.clause, side)
            weights[key] = max(weights.get(key, 0.0), slope / numbers.scale)
    return tuple(replace(give, weight=weights[give.clause, give.side]) for give in gives)
