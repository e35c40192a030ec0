"""Other plans that are nearly as good as the one shown: what is the same in all of them, and what is free.

The preference of the plan shown may be worse by a stated share; among all plans within it, each quantity is made as
small and as large as it can be. Where both are the same, every nearly best plan has that number.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.allowance import Allowance, Clock
from regmodel.feasibility.asked_ends import primal
from regmodel.feasibility.certificate import TOLERANCE, LinearSystem, residual
from regmodel.feasibility.engine import Engine, Word
from regmodel.feasibility.lower_bound import lower_bound
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.solver import done

Array = NDArray[np.float64]
LOSS = 0.01
SECONDS = 120.0
SAME = 1e-3
CLOSE = 1e-6
NEAR_BEST = 1e-4
LOUD = (1e4, 1e6)
# The years of the plans' own targets come first: time may end before the years between.
TARGET_YEARS = (2025, 2035, 2030)
QUANTITIES = {
    "urban_population": ("urban_population", "wan_person"),
    "gdp": ("gdp", "yi_yuan/year"),
    "water_use_total": ("supply", "hm3/year"),
    "urban_construction_land": ("urban_land", "km2"),
}
"""Variables of the accounts: the programme's columns that add up to them, and the memory unit."""


@dataclass(frozen=True)
class Range:
    """What one quantity can be in all plans within the loss (memory unit), beside the plan shown.

    ``low`` and ``high`` are the ends; where one is not ``finished`` it is only as far as plans that were found go.
    ``proved``: plans at both ends were checked and no plan within the loss goes further, outside the solver.
    """

    variable: str
    region: str
    year: int
    unit: str
    shown: float
    low: float
    high: float
    finished: bool
    proved: bool

    @property
    def same(self) -> bool:
        """Whether all plans within the loss have this number, to a thousandth of it."""
        return self.finished and self.high - self.low <= SAME * max(abs(self.shown), 1e-9)


@dataclass(frozen=True)
class Alternatives:
    """Ranges of all quantities over the plans whose preference is at most ``limit``; ``best`` is that of the plan."""

    verdict: Word
    loss: float
    best: float | None = None
    limit: float | None = None
    ranges: tuple[Range, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every range was finished in time."""
        return all(found.finished for found in self.ranges)


def alternatives(case: Case, engine: Engine, loss: float = LOSS, seconds: float = SECONDS) -> Alternatives:
    """The ranges within a loss (a share of the best preference); the engine is left filled with the case."""
    engine.fill(case)
    answer = engine.decide(preferred=True)
    if answer.verdict != "feasible" or answer.solution is None:
        return Alternatives("infeasible" if answer.verdict == "infeasible" else "undecided", loss)
    best = float(engine.preference @ answer.columns)
    least = lower_bound(engine.preference, answer.solution.multipliers, engine.system())
    if best - least > NEAR_BEST * max(abs(best), 1.0):
        return Alternatives("undecided", loss)
    limit = best + loss * abs(best)
    try:
        search = _Search(engine, answer.columns, limit, Clock(seconds))
        with search.within_loss():
            ranges = tuple(search.ranges(_quantities(case, engine)))
    finally:
        engine.fill(case)
    return Alternatives("feasible", loss, best, limit, ranges)


@dataclass(frozen=True)
class _Quantity:
    variable: str
    region: str
    year: int
    unit: str
    columns: NDArray[np.int64]

    def of(self, plan: Array) -> float:
        return float(plan[self.columns].sum())


def _quantities(case: Case, engine: Engine) -> list[_Quantity]:
    """Every main variable of every region in the target years."""
    names = engine.compiled.columns
    found = []
    for year in TARGET_YEARS:
        for variable, (name, unit) in QUANTITIES.items():
            for region in case.paths.regions.ids():
                start, stop = f"{name}[{region},", f",{year}]"
                members = [at for at, column in enumerate(names) if column.startswith(start) and column.endswith(stop)]
                found.append(_Quantity(variable, region, year, unit, np.array(members, dtype=np.int64)))
    return found


class _Search:
    def __init__(self, engine: Engine, shown: Array, limit: float, allowed: Allowance) -> None:
        self.engine, self.shown, self.limit, self.allowed = engine, shown, limit, allowed
        self.plans = [shown]
        kept = np.flatnonzero(engine.preference)
        self.members, self.weights = kept, engine.preference[kept]
        # The row is put in at a size of its own, so that its coefficients are like those of other rows.
        self.scale = max(float(np.abs(self.weights).max(initial=0.0)), 1e-9)

    @contextmanager
    def within_loss(self) -> Iterator[None]:
        """Inside, no plan has a preference above the limit: one more row, taken out again afterwards."""
        highs = self.engine.solver.highs
        place = highs.getNumRow()
        most = (self.limit + TOLERANCE * 1e-3 * abs(self.limit)) / self.scale
        members = self.members.astype(np.int32)
        added = highs.addRow(-highspy.kHighsInf, most, len(members), members, self.weights / self.scale)
        done(added, "the row of the loss")
        self.most = most
        try:
            yield
        finally:
            done(highs.deleteRows(1, np.array([place], dtype=np.int32)), "taking out the row of the loss")

    def system(self) -> LinearSystem:
        """Rows and bounds with the row of the loss at the end."""
        rows = self.engine.system()
        return LinearSystem(
            (*rows.rows, "loss"),
            rows.columns,
            np.append(rows.row_start, rows.row_start[-1] + len(self.members)),
            np.append(rows.column, self.members),
            np.append(rows.matrix, self.weights / self.scale),
            np.append(rows.low, -np.inf),
            np.append(rows.high, self.most),
            rows.column_low,
            rows.column_high,
        )

    def ranges(self, quantities: list[_Quantity]) -> Iterator[Range]:
        """All ranges; those that time did not reach get what the plans found for the others give."""
        rows = self.system()
        found = []
        for quantity in quantities:
            ends = [self._end(quantity, sign, rows) for sign in (1.0, -1.0)]
            found.append(
                (quantity, all(end is not None for end in ends), all(end is not None and end[1] for end in ends), ends)
            )
        for quantity, finished, proved, ends in found:
            seen = [quantity.of(plan) for plan in self.plans]
            reached = [end[0] for end in ends if end is not None]
            yield Range(
                quantity.variable,
                quantity.region,
                quantity.year,
                quantity.unit,
                quantity.of(self.shown),
                min([*seen, *reached]),
                max([*seen, *reached]),
                finished,
                proved,
            )

    def _end(self, quantity: _Quantity, sign: float, rows: LinearSystem) -> tuple[float, bool] | None:
        """One end of a range and whether it is proved; None where time or the solver gave none."""
        best: tuple[float, bool] | None = None
        size = max(abs(quantity.of(self.shown)), 1.0)
        for loud in LOUD:
            if self.allowed.over:
                break
            cost = np.zeros(len(rows.columns))
            cost[quantity.columns] = sign * loud / size
            self.engine.solver.set_cost(cost)
            with primal(self.engine.solver):
                found = self.engine.solver.solve()
            if found.status != "optimal" or len(found.multipliers) != len(rows.rows):
                break
            if residual(found.columns, rows) > TOLERANCE:
                break
            self.plans.append(found.columns)
            gap = float(cost @ found.columns) - lower_bound(cost, found.multipliers, rows)
            best = quantity.of(found.columns), gap <= CLOSE * loud
            if best[1]:
                break
        return best
