"""How far many plans are from holding: every row and every end of a column, in the numbers of their own scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import AffineMap, alike
from regmodel.feasibility.decided_on import DecidedOn
from regmodel.feasibility.following import Walk
from regmodel.feasibility.many_numbers import ManyNumbers, Slice
from regmodel.feasibility.policies import Order

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Truth = NDArray[np.bool_]
Ends = Literal["equal", "low", "high", "both"]
AT_ONCE = 128
"""So many rows or columns stay near the processor while they are compared."""


class Block:
    """The numbers of some scenarios, what decisions are made on in them, and by scenario the rows that are free."""

    def __init__(self, numbers: ManyNumbers, decided_on: DecidedOn, free: Sequence[Integers | None]) -> None:
        self.numbers, self.decided_on, self.free = numbers, decided_on, free
        self._some_free = any(one is not None for one in free)

    def only(self, scenarios: Integers) -> Block:
        """Some of the scenarios."""
        free = [self.free[number] for number in scenarios.tolist()]
        return Block(self.numbers.only(scenarios), self.decided_on.only(scenarios), free)

    def free_in(self, rows: Integers) -> Iterator[tuple[int, Integers]]:
        """The scenarios with free rows, and where these stand among some rows."""
        for place, free in enumerate(self.free if self._some_free else ()):
            if free is not None:
                yield place, np.flatnonzero(np.isin(rows, free))


class Check:
    """The rows of a programme by what ends they have, whatever the scenario; made once."""

    def __init__(self, order: Order) -> None:
        self.order, self.compiled = order, order.compiled
        compiled = self.compiled
        low, high = (_may_be_finite(ends, -sign * np.inf) for ends, sign in ((compiled.low, 1), (compiled.high, -1)))
        looked_at = np.ones(len(compiled.rows), dtype=bool)
        looked_at[order.distance] = False
        equal = low & high & alike(compiled.low, compiled.high)
        kinds: dict[Ends, Truth] = {
            "equal": equal,
            "low": low & ~high,
            "high": high & ~low,
            "both": low & high & ~equal,
        }
        self.rows = [(kind, part) for kind, those in kinds.items() for part in _parts(those & looked_at)]
        others = np.ones(len(compiled.columns), dtype=bool)
        others[order.above] = others[order.below] = False
        self.columns = [_run(part) for part in _parts(others)]

    def breaches(self, many: Block, plans: Array) -> Array:
        """How far plans are from holding by scenario (absolute); infinitely where anything is no number, or infinite.

        Distances from the trend are what their own rows make of them, so that only their ends have to be looked at.
        """
        with np.errstate(all="ignore"):
            return self._worst(many, plans)

    def _worst(self, many: Block, plans: Array) -> Array:
        gaps = Walk(self.order, many.numbers, many.decided_on.pace).gaps(plans)
        most, least = self.compiled.column_high[self.order.above], -self.compiled.column_high[self.order.below]
        worst = np.maximum(_beyond(gaps, least[:, None], most[:, None]).max(axis=0), 0.0)
        for kind, rows, part in self._parts_of(many.numbers):
            beyond = self._beyond_ends(kind, rows, many.numbers.sum(part, plans), many.numbers)
            for place, free in many.free_in(rows) if kind == "both" else ():
                beyond[free, place] = -np.inf
            np.maximum(worst, beyond.max(axis=0), out=worst)
        low, high = self.compiled.column_low[:, None], self.compiled.column_high[:, None]
        for columns in self.columns:
            np.maximum(worst, _beyond(plans[columns], low[columns], high[columns]).max(axis=0), out=worst)
        found: Array = np.where(np.isfinite(worst), worst, np.inf)
        return found

    def _parts_of(self, numbers: ManyNumbers) -> Iterator[tuple[Ends, Integers, Slice]]:
        kept = self.order.slices(numbers.mark)
        for number, (kind, rows) in enumerate(self.rows):
            key = ("rows", number)
            if key not in kept:
                kept[key] = numbers.slice(rows)
            yield kind, rows, kept[key]

    def _beyond_ends(self, kind: Ends, rows: Integers, taken: Array, numbers: ManyNumbers) -> Array:
        """How far rows of one kind are outside their ends; ``taken`` is used up."""
        if kind == "both":
            return _beyond(taken, numbers.low.each(rows), numbers.high.each(rows))
        if kind == "high":
            return np.subtract(taken, numbers.high.each(rows), out=taken)
        np.subtract(numbers.low.each(rows), taken, out=taken)
        return np.abs(taken, out=taken) if kind == "equal" else taken

    def row_breaches(self, many: Block, plans: Array) -> Array:
        """How far every row is from holding (row, scenario)."""
        numbers = many.numbers
        found = _beyond(numbers.rows(plans), numbers.low.each(slice(None)), numbers.high.each(slice(None)))
        for place, free in many.free_in(np.arange(len(found))):
            found[free, place] = -np.inf
        return found


def _may_be_finite(ends: AffineMap, none: float) -> Truth:
    """Where an end is a number in some scenario."""
    found: Truth = ends.constant != none
    found[ends.entry] = True
    return found


def _parts(chosen: Truth) -> Iterator[Integers]:
    """The numbers that are chosen, a few at a time."""
    numbers = np.flatnonzero(chosen)
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


def _run(numbers: Integers) -> Integers | slice:
    """Numbers as the run that they are, which is taken without a copy; others as they are."""
    first, last = int(numbers[0]), int(numbers[-1])
    return slice(first, last + 1) if last - first + 1 == len(numbers) else numbers


def _beyond(taken: Array, low: Array, high: Array) -> Array:
    """How far numbers are outside their ends; below zero where they are inside."""
    found = low - taken
    return np.maximum(found, taken - high, out=found)
