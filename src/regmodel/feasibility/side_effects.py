"""What else moves when a way out is taken: the plan nearest the trend under its changes, beside the trend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.easing import End, eased_case
from regmodel.feasibility.engine import Engine
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.repairs import Repair
from regmodel.feasibility.replay import replay
from regmodel.projection.trajectory import Trajectory
from regmodel.vocabulary.sets import BASE_YEAR

WATCHED = ("population", "gdp", "water_use_agriculture")
NOTHING = 1e-4


@dataclass(frozen=True)
class Moved:
    """A quantity (memory unit) in the region and year in which it stands furthest from the trend, on one side of it."""

    variable: str
    region: str
    year: int
    trend: float
    value: float

    @property
    def change(self) -> float:
        """The distance relative to the trend."""
        return self.value / self.trend - 1.0


Moves = tuple[Moved, ...]


def side_effects(case: Case, engine: Engine, repairs: Iterable[Repair], allowed: Allowance) -> tuple[Moves | None, ...]:
    """For each way out that holds, where people, output and water of farms stand furthest below and above the trend.

    None for a way out that does not hold, and where no plan was certified. The engine is left filled with the case.
    """
    known: dict[frozenset[tuple[End, float]], Moves | None] = {}
    told: list[Moves | None] = []
    try:
        for repair in repairs:
            eases: dict[End, float] = {
                (change.clause, change.side): change.ease
                for change in repair.changes
                if change.side is not None and change.ease is not None
            }
            changes = frozenset(eases.items())
            if repair.applied and changes not in known and not allowed.over:
                plan = _plan(case, engine, eases)
                known[changes] = None if plan is None else moves(plan, case.projection, case.paths.regions.ids())
            told.append(known.get(changes) if repair.applied else None)
    finally:
        engine.fill(case)
    return tuple(told)


def _plan(case: Case, engine: Engine, eases: dict[End, float]) -> Trajectory | None:
    eased = eased_case(case, eases)
    engine.refill(eased.values)
    answer = engine.decide(preferred=True)
    return replay(eased, engine.compiled, answer.columns) if answer.verdict == "feasible" else None


def moves(plan: Trajectory, trend: Trajectory, regions: Iterable[str]) -> Moves:
    """Where each watched quantity stands furthest below the trend, then furthest above it, relative to the trend."""
    names, found = tuple(regions), []
    for variable in WATCHED:
        here, there = plan.values[variable], trend.values[variable]
        apart = np.where(there > 0, here / np.where(there > 0, there, 1.0) - 1.0, 0.0)
        for place, sign in ((apart.argmin(), -1), (apart.argmax(), 1)):
            row, column = divmod(int(place), apart.shape[1])
            if sign * apart[row, column] > NOTHING:
                value, before = float(here[row, column]), float(there[row, column])
                found.append(Moved(variable, names[row], BASE_YEAR + column, before, value))
    return tuple(found)
