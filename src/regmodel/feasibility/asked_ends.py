"""The programme with every clause held but the ends that a question is about: how far one of them can go.

An end that is asked about moves; the other end of its clause is let go, so that a window is no limit to itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import TOLERANCE, residual
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.easing import End, eased_case, needed
from regmodel.feasibility.engine import Answer, Engine, Give
from regmodel.feasibility.lower_bound import lower_bound
from regmodel.feasibility.numbers import Case, row_values
from regmodel.feasibility.row_numbers import RowReader
from regmodel.feasibility.solver import Solver

Array = NDArray[np.float64]
REACH = 100.0
ROUNDS = 12
STILL = 1e-7
CLOSE = 1e-6
STRAIGHT = 1e-12
LOUD = (1e4, 1e6)
PRIMAL, DUAL = 4, 1  # HiGHS' own numbers of its simplex strategies


@dataclass(frozen=True)
class Reached:
    """How far an end gives way (its own unit, below zero where more is asked) and the plan that needs no more.

    ``proved`` says that no plan does better, by more than a millionth of the clause's size, and that this one holds.
    """

    ease: float
    columns: Array
    multipliers: Array
    proved: bool


class AskedEnds:
    """Fills an engine with a case in which some ends of clauses are open; ``leave`` puts the case back."""

    def __init__(self, case: Case, engine: Engine, ends: tuple[End, ...]) -> None:
        self.case = case
        self.engine = engine
        self.ends = ends
        engine.fill(case)
        # Where an end moves to, a coefficient may all but vanish; every answer here is checked outside the solver.
        self._safe_only = engine.solver.safe_only
        engine.solver.safe_only = False
        self.gives: Mapping[End, Give] = {
            (give.clause, give.side): give for give in engine.gives if (give.clause, give.side) in ends
        }
        factors = _rows_with_factor(engine)
        self._straight = {end: self._is_straight(end, factors) for end in ends}

    def leave(self) -> None:
        """Put the engine back to the case."""
        self.engine.solver.safe_only = self._safe_only
        self.engine.fill(self.case)

    def size(self, end: End) -> float:
        """How much of its own unit an end has to move to change its rows by their own size."""
        weight = self.gives[end].weight
        return 1.0 / weight if weight > 0 else 1.0

    def fill(self, eases: Mapping[End, float]) -> Case:
        """Fill the engine: the ends named stand where they give way by so much, other ends of asked clauses are let go.

        The case that is returned has these numbers.
        """
        here = eased_case(self.case, {**dict.fromkeys(self.ends, 0.0), **eases})
        clauses = {clause for clause, _ in self.ends}
        rows = tuple(
            replace(
                numbers,
                low=numbers.low if (row.clause, "low") in eases else -np.inf,
                high=numbers.high if (row.clause, "high") in eases else np.inf,
            )
            if row.clause in clauses
            else numbers
            for row, numbers in zip(here.shape.rows, here.rows, strict=True)
        )
        here = replace(here, rows=rows, values={**here.values, **row_values(rows)})
        self.engine.refill(here.values)
        return here

    def rest(self) -> Answer:
        """Whether the other clauses can hold, whatever the asked ones say."""
        self.fill({})
        return self.engine.decide()

    def best(self, end: End, held: Mapping[End, float]) -> Reached | None:
        """The least that an end gives way with other asked ends held where they stand; None without a certain answer.

        An end that is a factor in its row is read again where it was found, until it stays there (Dinkelbach).
        """
        found: Reached | None = None
        ease = 0.0
        for _ in range(ROUNDS):
            here = self.fill({**held, end: ease})
            with self.open({end: (-REACH, REACH)}):
                answer = self.least({end: 1.0 / self.size(end)})
            if answer is None:
                return found
            columns, multipliers, holds, optimal = answer
            now = ease + needed(here, self.engine, end, columns)
            if found is not None and now >= found.ease - STILL * self.size(end):
                return replace(found, multipliers=multipliers, proved=found.proved and optimal)
            found = Reached(now, columns, multipliers, holds)
            if self.straight(end):
                return replace(found, proved=holds and optimal)
            ease = now
        return found if found is None else replace(found, proved=False)

    def standing(self, here: Case, end: End, columns: Array) -> float:
        """By how much an end gives way in a plan of the case ``here``, which ``fill`` put in with the end unmoved."""
        return needed(here, self.engine, end, columns)

    @contextmanager
    def open(self, within: Mapping[End, tuple[float, float]]) -> Iterator[None]:
        """Inside, these ends move between so many times their size."""
        columns = np.array([self.gives[end].column for end in within], dtype=np.int64)
        sizes = np.array([self.size(end) for end in within])
        low, high = (np.array([ends[at] for ends in within.values()]) * sizes for at in (0, 1))
        self.engine.solver.set_columns(columns, low, high)
        try:
            yield
        finally:
            self.engine.solver.set_columns(columns, np.zeros(len(columns)), np.zeros(len(columns)))

    def least(self, prices: Mapping[End, float]) -> tuple[Array, Array, bool, bool] | None:
        """The plan of least sum of moves at these prices, its multipliers, whether it holds and whether none is lower.

        None where the solver is not certain. Call it inside ``open``.
        """
        found: tuple[Array, Array, bool, bool] | None = None
        for loud in LOUD:
            # The solver calls a plan the best while a cost of 1e-7 a unit is left: the louder, the less that is.
            louder = self._solved(prices, loud)
            found = found if louder is None else louder
            if found is None or all(found[2:]):
                break
        return found

    def _solved(self, prices: Mapping[End, float], loud: float) -> tuple[Array, Array, bool, bool] | None:
        cost = np.zeros(len(self.engine.compiled.columns))
        for end, price in prices.items():
            cost[self.gives[end].column] = price * loud
        solver = self.engine.solver
        solver.set_cost(cost)
        if solver.cold:
            found = solver.solve_by_interior_point()
        else:
            with primal(solver):
                found = solver.solve()
        if found.status != "optimal":
            return None
        rows = self.engine.system()
        holds = residual(found.columns, rows) <= TOLERANCE
        gap = float(cost @ found.columns) - lower_bound(cost, found.multipliers, rows)
        return found.columns, found.multipliers, holds, gap <= CLOSE * loud

    def rows(self, end: End) -> list[int]:
        """Places of the rows that an end speaks in, among the rows of the shape."""
        clause, side = end
        return [
            at
            for at, (row, numbers) in enumerate(zip(self.case.shape.rows, self.case.rows, strict=True))
            if row.clause == clause and np.isfinite(getattr(numbers, side))
        ]

    def straight(self, end: End) -> bool:
        """Whether the end stands beside its rows, so that one number moves it: not a factor, and alike in all rows.

        One row may bend (a rate of growth over years): its level is then what moves. Of several rows none may.
        """
        return self._straight[end]

    def bends(self, end: End) -> bool:
        """Whether the level in the row is not in proportion to the end, as a level that grows at a rate."""
        return any(not self._even(self.case.shape.rows[at], end) for at in self.rows(end))

    def _even(self, row: RowShape, end: End) -> bool:
        base, once, twice = (self._level(row, end, ease * self.size(end)) for ease in (0.0, 0.25, 0.5))
        return abs(twice - 2 * once + base) <= STRAIGHT * max(abs(base), abs(once), abs(twice), 1.0)

    def _is_straight(self, end: End, factors: set[int]) -> bool:
        reader = RowReader(self.case.scenario, self.case.paths)
        places = self.rows(end)
        for at in places:
            row, numbers = self.case.shape.rows[at], self.case.rows[at]
            moved = reader.read_eased(row, *_sided(end, 0.25 * self.size(end)))
            if moved.factor != numbers.factor and at in factors:
                return False
        return len(places) == 1 or all(self._even(self.case.shape.rows[at], end) for at in places)

    def level(self, end: End, ease: float) -> float:
        """What the first row of an end asks for where it gives way by so much (memory unit of the row)."""
        return self._level(self.case.shape.rows[self.rows(end)[0]], end, ease)

    def _level(self, row: RowShape, end: End, ease: float) -> float:
        reader = RowReader(self.case.scenario, self.case.paths)
        return float(getattr(reader.read_eased(row, *_sided(end, ease)), end[1]))

    def years(self, end: End) -> tuple[int, ...]:
        """The years in which an end speaks."""
        return tuple(sorted({self.case.shape.rows[at].year for at in self.rows(end)}))

    def value(self, end: End, ease: float, year: int | None = None) -> float:
        """Where an end stands (its own unit) when it gives way by so much, in a year or in its first."""
        clause, side = end
        here = eased_case(self.case, {end: ease})
        low, high = Measure(here, here.projection).ends(
            here.scenario.clause(clause), self.years(end)[0] if year is None else year
        )
        asked = low if side == "low" else high
        assert asked is not None
        return asked

    def unit(self, end: End) -> str:
        """The unit that the clause is printed in."""
        active = self.case.scenario.clause(end[0])
        return active.bounds.unit if active.bounds is not None and active.bounds.unit else active.clause.unit


@contextmanager
def primal(solver: Solver) -> Iterator[None]:
    """Inside, hot solves are by the primal simplex method: the plan at hand stays one when only costs change."""
    solver.highs.setOptionValue("simplex_strategy", PRIMAL)
    try:
        yield
    finally:
        solver.highs.setOptionValue("simplex_strategy", DUAL)


def _sided(end: End, ease: float) -> tuple[float, float]:
    return (ease, 0.0) if end[1] == "low" else (0.0, ease)


def _rows_with_factor(engine: Engine) -> set[int]:
    """Clause rows (places among the rows of the shape) whose coefficients read their factor."""
    compiled = engine.compiled
    start = 0
    for name, length in compiled.parameters:
        if name == "row_factor":
            break
        start += length
    read = (compiled.matrix.parameter >= start) & (compiled.matrix.parameter < start + length)
    entries = compiled.matrix.entry[read]
    positions = np.searchsorted(compiled.row_start, entries, side="right") - 1
    places = {position: at for at, position in enumerate(clause_positions(compiled).tolist())}
    return {places[position] for position in positions.tolist() if position in places}
