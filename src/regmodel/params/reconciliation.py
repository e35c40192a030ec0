"""Fitting parts to printed totals: iterative proportional fitting of the residual.

Known cells stay as they are. What is left of each total is spread over the other cells in proportion to their seeds,
total after total, until all hold. Totals may overlap in any way. A seed of zero stays zero; a cell without a seed is
the caller's business, because nothing is invented here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from regmodel.vocabulary.many import Disagree, Many, at_least_nothing, each_of, how_many, is_many, plain, stacked

Array = NDArray[np.float64]
Cell = TypeVar("Cell", bound=Hashable)

TOLERANCE = 1e-10
_AIM = 1e-14
_SWEEPS = 20_000
_PATIENCE = 1_000


@dataclass(frozen=True)
class Margin(Generic[Cell]):
    """A total that some cells must add up to; ``rounding`` is what it may be off where no cell is left to move."""

    name: str
    cells: tuple[Cell, ...]
    total: float
    rounding: float = 0.0


@dataclass(frozen=True)
class Gap:
    """A total that cannot be met: what its cells add up to, and what it says."""

    name: str
    found: float
    total: float


class InconsistentTotals(ValueError):
    """Totals and known cells that cannot hold together; ``gaps`` names those that stay unmet."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self.gaps = tuple(gaps)
        super().__init__("; ".join(f"{gap.name}: {gap.found:.10g} against {gap.total:.10g}" for gap in gaps))


def fit_residual(
    seeds: Mapping[Cell, float], fixed: Mapping[Cell, float], margins: Sequence[Margin[Cell]]
) -> dict[Cell, float]:
    """All cells, known and fitted, so that every margin holds to 1e-10 of its total.

    ``seeds`` are the cells that may move and ``fixed`` those that may not, all in one unit and not negative. Raises
    InconsistentTotals where no such cells exist, KeyError for a cell of a margin without seed.
    """
    overlap = set(seeds) & set(fixed)
    if overlap:
        raise ValueError(f"cells both known and to be fitted: {sorted(map(str, overlap))}")
    if any(not np.isfinite(seed) or seed < 0 for seed in seeds.values()):
        raise ValueError("a seed is a number from zero upwards")
    for margin in margins:
        for cell in margin.cells:
            if cell not in seeds and cell not in fixed:
                raise KeyError(f"{margin.name}: no seed for {cell}")
    cells = list(seeds)
    values = stacked([seeds[cell] for cell in cells])
    members, totals = _residuals(cells, values, fixed, margins)
    fitted = _fitted(values, members, totals, [margin.name for margin in margins])
    return {**fixed, **{cell: plain(value) for cell, value in zip(cells, fitted, strict=True)}}


def _residuals(
    cells: Sequence[Cell], values: Array, fixed: Mapping[Cell, float], margins: Sequence[Margin[Cell]]
) -> tuple[list[NDArray[np.intp]], list[float]]:
    """For each margin the cells that can move and what they have to add up to."""
    position = {cell: place for place, cell in enumerate(cells)}
    members, totals, gaps = [], [], []
    for margin in margins:
        movable = [position[cell] for cell in margin.cells if cell in position]
        known = sum(fixed[cell] for cell in margin.cells if cell in fixed)
        residual = margin.total - known
        slack = margin.rounding + TOLERANCE * abs(margin.total)
        stuck = not movable or not (values[movable] > 0).any()
        if (stuck and abs(residual) > slack) or residual < -slack:
            gaps.append(Gap(margin.name, known, margin.total))
        members.append(np.array([] if stuck else movable, dtype=np.intp))
        totals.append(at_least_nothing(residual))
    if gaps:
        raise InconsistentTotals(gaps)
    return members, totals


def _fitted(values: Array, members: Sequence[NDArray[np.intp]], totals: Sequence[float], names: Sequence[str]) -> Array:
    count = how_many(values, *totals) or 1
    each = each_of(values, count).copy()
    wanted = [each_of(total, count) for total in totals]
    _sweep(each, members, wanted)
    unmet = []
    for name, place, total in zip(names, members, wanted, strict=True):
        beyond = _gap(each, place, total) > TOLERANCE
        if beyond.any() and not beyond.all():
            raise Disagree(beyond)
        if beyond.any():
            unmet.append(Gap(name, float(each[place].sum(axis=0)[0]), float(total[0])))
    if unmet:
        raise InconsistentTotals(unmet)
    return cast("Array", Many(each)) if any(map(is_many, (values, *totals))) else each[:, 0]


def _sweep(values: Array, members: Sequence[NDArray[np.intp]], totals: Sequence[Array]) -> None:
    """Fit (cell, scenario) in place; a scenario that is done, or gets no nearer, is not touched any more."""
    going = np.arange(values.shape[1])
    live, wanted = values.copy(), list(totals)
    best, since = np.full(len(going), np.inf), np.zeros(len(going), dtype=int)
    for _ in range(_SWEEPS):
        for place, total in zip(members, wanted, strict=True):
            current = live[place].sum(axis=0)
            live[place] *= np.divide(total, current, out=np.ones_like(current), where=current > 0)
        gaps = [_gap(live, place, total) for place, total in zip(members, wanted, strict=True)]
        worst = np.max(gaps, axis=0, initial=0.0) if gaps else np.zeros(len(going))
        nearer = worst < 0.9 * best
        best, since = np.where(nearer, worst, best), np.where(nearer, 0, since + 1)
        done = (worst <= _AIM) | (since > _PATIENCE)
        if done.any():
            values[:, going[done]] = live[:, done]
            going, live, wanted = going[~done], live[:, ~done], [total[~done] for total in wanted]
            best, since = best[~done], since[~done]
            if not len(going):
                return
    values[:, going] = live


def _gap(values: Array, place: NDArray[np.intp], total: Array) -> Array:
    """How far a margin is from being met, relative to it, in each scenario."""
    if not len(place):
        return np.zeros_like(total)
    size = np.abs(total)
    gap: Array = np.abs(values[place].sum(axis=0) - total) / np.where(size > 0, size, 1.0)
    return gap
