"""Works out what follows from decisions, for many scenarios at once, from the rows of the programme itself."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.many_numbers import ManyNumbers
from regmodel.feasibility.policies import Order, Step
from regmodel.projection.coefficients import YEARS

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
ROUNDS = 3


class Walk:
    """Works out what follows from decisions, for the scenarios of one set of numbers."""

    def __init__(self, order: Order, numbers: ManyNumbers, pace: Array) -> None:
        self.order, self.numbers, self.pace = order, numbers, pace
        self._sliced = order.slices(numbers.mark)

    def _sum(self, key: Hashable, rows: Integers, plans: Array, without: Integers | None = None) -> Array:
        """What rows add up to, perhaps without some of their entries."""
        if key not in self._sliced:
            self._sliced[key] = self.numbers.slice(rows, without)
        return self.numbers.sum(self._sliced[key], plans)

    def _ends(self, rows: Integers) -> Array:
        low = self.numbers.low.each(rows)
        return np.where(np.isfinite(low), low, self.numbers.high.each(rows))

    def follow(self, plans: Array) -> None:
        """Settle in place (column, scenario) everything that is no decision, and no distance from the trend."""
        adjusting = self.order.adjusting
        self._people(plans)
        for _ in range(ROUNDS):
            if not adjusting.people(self, plans):
                break
            self._people(plans)
        self._settle(400, self.order.starts[0], plans)
        adjusting.produce(self, plans, self.pace)
        for key, step in enumerate(self.order.steps, start=500):
            self._settle(key, step, plans)
        self._supply(plans)
        adjusting.draw(self, plans)
        for key, step in enumerate([*self.order.land, *self.order.last], start=1000):
            self._settle(key, step, plans)

    def gaps(self, plans: Array) -> Array:
        """How far levels are above their trend (row of distance, scenario)."""
        order = self.order
        return self._sum(-1, order.distance, plans, order.gap_entries) - self._ends(order.distance)

    def measure(self, plans: Array) -> None:
        """Settle in place the distances from the trend, on which nothing else depends."""
        gaps = self.gaps(plans)
        plans[self.order.above], plans[self.order.below] = np.maximum(gaps, 0.0), np.maximum(-gaps, 0.0)

    def _people(self, plans: Array) -> None:
        for key, step in enumerate([*self.order.first, *self.order.people]):
            self._settle(key, step, plans)
            if key and key % 2 == 0:
                self._keep_to_paths(YEARS[key // 2 - 1], plans)

    def room(self, rows: Integers, plans: Array) -> tuple[Array, Array]:
        """How far rows are above their low ends and below their high ones, by row and scenario."""
        taken = self._sum(rows.tobytes(), rows, plans)
        return taken - self.numbers.low.each(rows), self.numbers.high.each(rows) - taken

    def _keep_to_paths(self, year: int, plans: Array) -> None:
        """Where a clause names the residents exactly, migration from outside makes up the difference, by residents."""
        for first, last, people, outside in self.order.paths.get(year, []):
            low = self.numbers.low.each(np.array([first]))
            high = self.numbers.high.each(np.array([last]))
            living = plans[people]
            total = living.sum(axis=0)
            wanted = np.clip(total, np.where(np.isfinite(low), low, total), np.where(np.isfinite(high), high, total))
            more = living * ((wanted - total) / total)
            plans[people] += more
            plans[outside] += more

    def _settle(self, key: Hashable, step: Step, plans: Array) -> None:
        rest = self._ends(step.rows) - self._sum(key, step.rows, plans, step.entries)
        settled = rest / self.numbers.matrix.each(step.entries)
        if step.kind == "most":
            settled = np.minimum(plans[step.columns], settled)
        plans[step.columns] = settled if step.kind == "equal" else np.maximum(settled, 0.0)

    def _supply(self, plans: Array) -> None:
        order = self.order
        taken = plans[order.supply]
        given, yielding = order.by_supplied @ taken, order.by_yielding @ taken
        missing = self._ends(order.supplied) - self._sum(-2, order.supplied, plans)
        some = (yielding > 0) & (yielding + missing >= 0)
        for_some = np.where(some, (yielding + missing) / np.where(some, yielding, 1.0), 1.0)
        for_all = np.where(some | (given <= 0), 1.0, (given + missing) / np.where(given > 0, given, 1.0))
        taken *= np.concatenate([for_all, for_some * for_all])[order.supply_factor]
        plans[order.supply] = taken
