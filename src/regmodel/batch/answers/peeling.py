"""The patient rule (Friedman and Fisher): a box around points of one kind, thin slices taken off its sides in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Truth = NDArray[np.bool_]
SLICE = 0.05
LEAST = 0.05
CHANCE = 0.05
ENDS = ("low", "high")


@dataclass(frozen=True)
class Bounds:
    """A box: the low and the high of each column; infinite where it is not bounded."""

    low: Array
    high: Array

    def holds(self, points: Array) -> Truth:
        """Which of the points lie inside."""
        inside = np.ones(len(points), dtype=np.bool_)
        for column in np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)):
            inside &= (points[:, column] >= self.low[column]) & (points[:, column] <= self.high[column])
        return inside

    def sides(self) -> list[tuple[int, str]]:
        """Every side that is bounded, as column and end."""
        ends = [(int(column), "low") for column in np.flatnonzero(np.isfinite(self.low))]
        return sorted([*ends, *((int(column), "high") for column in np.flatnonzero(np.isfinite(self.high)))])

    def without(self, column: int, end: str) -> Bounds:
        """The same box with one side let go."""
        low, high = self.low.copy(), self.high.copy()
        if end == "low":
            low[column] = -np.inf
        else:
            high[column] = np.inf
        return Bounds(low, high)


def peeled(points: Array, good: Truth) -> Iterator[Bounds]:
    """Boxes from the whole to the smallest, each without the slice that lets the share of good points grow most.

    A slice is a twentieth of what is inside, or all points at the outermost value where more share it. Of equals the
    smallest slice of the first column is taken, so that the same points always give the same boxes.
    """
    columns = np.arange(points.shape[1])
    order = np.argsort(points, axis=0, kind="stable").T  # a row of positions for each column, by its values
    box = Bounds(np.full(len(columns), -np.inf), np.full(len(columns), np.inf))
    least = max(2, round(LEAST * len(points)))
    yield box
    while True:
        count, hits = order.shape[1], int(good[order[0]].sum())
        if count <= least or hits in (0, count):
            return
        slices = [_slices(points, good, order, end) for end in ENDS]
        taken = np.array([one[0] for one in slices])
        left = count - taken
        allowed = (taken > 0) & (left >= least)
        shares = np.where(allowed, (hits - np.array([one[1] for one in slices])) / np.maximum(left, 1), -1.0)
        best = shares.max()
        if best <= hits / count:
            return
        equal = np.argwhere(shares == best)
        side, column = min(equal.tolist(), key=lambda one: (taken[one[0], one[1]], one[1], one[0]))
        low, high = box.low.copy(), box.high.copy()
        (low, high)[side][column] = slices[side][2][column]
        box = Bounds(low, high)
        kept = box.holds(points)
        if kept[order[0]].all():  # no number lies between two neighbours: half-way is the edge itself
            return
        order = order[kept[order]].reshape(len(columns), -1)
        yield box


def _slices(points: Array, good: Truth, order: Integers, end: str) -> tuple[Integers, Integers, Array]:
    """Of every column the slice at one end: how many points it takes, how many good ones, and where it cuts.

    It cuts half-way to the next value; nothing is taken where all points share one value.
    """
    count, columns = order.shape[1], np.arange(len(order))
    outwards = order if end == "low" else order[:, ::-1]
    size = max(1, int(SLICE * count))
    taken = np.full(len(order), size, dtype=np.int64)
    edge = points[outwards[:, size - 1], columns]
    for column in np.flatnonzero(points[outwards[:, min(size, count - 1)], columns] == edge):
        differ = np.flatnonzero(points[outwards[column], column] != edge[column])
        beyond = differ[differ >= size]
        taken[column] = beyond[0] if len(beyond) else 0
    hits = good[outwards[:, :size]].sum(axis=1)
    for column in np.flatnonzero(taken != size):
        hits[column] = good[outwards[column, : taken[column]]].sum()
    after = points[outwards[columns, np.minimum(taken, count - 1)], columns]
    return taken, hits, (edge + after) / 2


def chosen(points: Array, good: Truth) -> Bounds:
    """Of the boxes the one that is best at both: few points of the other kind inside, few of this kind outside.

    The measure is the harmonic mean of density and coverage. Sides that could as well be chance are let go.
    """
    best, most = None, -1.0
    for box in peeled(points, good):
        inside = box.holds(points)
        hits = int(good[inside].sum())
        both = 2 * hits / (int(inside.sum()) + int(good.sum()))
        if both > most:
            best, most = box, both
    assert best is not None
    return _without_chance(points, good, best)


def _without_chance(points: Array, good: Truth, box: Bounds) -> Bounds:
    while True:
        odds = [(chance(points, good, box, *side), side) for side in box.sides()]
        if not odds or max(odds)[0] <= CHANCE:
            return box
        box = box.without(*max(odds)[1])


def chance(points: Array, good: Truth, box: Bounds, column: int, end: str) -> float:
    """How likely at least so many good points would be inside if this side were drawn without looking at them.

    It is no test: the side was chosen among many by looking at the same points.
    """
    from scipy.stats import binom

    inside, wider = box.holds(points), box.without(column, end).holds(points)
    share = good[wider].mean()
    return float(binom.sf(int(good[inside].sum()) - 1, int(inside.sum()), share))
