"""The patient rule (Friedman and Fisher): a box around points of one kind, thin slices taken off its sides in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Truth = NDArray[np.bool_]
SLICE = 0.05
LEAST = 0.05
CHANCE = 0.05


@dataclass(frozen=True)
class Bounds:
    """A box: the low and the high of each column; infinite where it is not bounded."""

    low: Array
    high: Array

    def holds(self, points: Array) -> Truth:
        """Which of the points lie inside."""
        return np.asarray(((points >= self.low) & (points <= self.high)).all(axis=1), dtype=np.bool_)

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
    first column and its low end are taken, so that the same points always give the same boxes.
    """
    order = np.argsort(points, axis=0, kind="stable")
    inside = np.ones(len(points), dtype=bool)
    box = Bounds(np.full(points.shape[1], -np.inf), np.full(points.shape[1], np.inf))
    least = max(2, round(LEAST * len(points)))
    yield box
    while True:
        count, hits = int(inside.sum()), int(good[inside].sum())
        if count <= least or hits in (0, count):
            return
        best: tuple[float, int, int, str, float] | None = None
        for column in range(points.shape[1]):
            rows = order[:, column][inside[order[:, column]]]
            values, flags = points[rows, column], good[rows]
            for end in ("low", "high"):
                cut = _cut(values, end)
                if cut is None or count - cut[0] < least:
                    continue
                taken = flags[: cut[0]] if end == "low" else flags[count - cut[0] :]
                share = (hits - int(taken.sum())) / (count - cut[0])
                if best is None or (share, -cut[0]) > (best[0], -best[1]):
                    best = (share, cut[0], column, end, cut[1])
        if best is None or best[0] <= hits / count:
            return
        _, _, column, end, at = best
        low, high = box.low.copy(), box.high.copy()
        (low if end == "low" else high)[column] = at
        box = Bounds(low, high)
        inside &= box.holds(points)
        yield box


def _cut(values: Array, end: str) -> tuple[int, float] | None:
    """How many of the sorted values a slice takes off one end, and where it cuts: half-way to the next value."""
    size = max(1, int(SLICE * len(values)))
    if end == "low":
        taken = int(np.searchsorted(values, values[size - 1], side="right"))
        return None if taken == len(values) else (taken, float(values[taken - 1] + values[taken]) / 2)
    kept = int(np.searchsorted(values, values[len(values) - size], side="left"))
    return None if kept == 0 else (len(values) - kept, float(values[kept - 1] + values[kept]) / 2)


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
