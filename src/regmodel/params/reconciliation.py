"""Fitting parts to printed totals: iterative proportional fitting of the residual.

Known cells stay as they are. What is left of each total is spread over the other cells in proportion to their seeds,
total after total, until all hold. Totals may overlap in any way. A seed of zero stays zero; a cell without a seed is
the caller's business, because nothing is invented here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

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
    values = np.array([float(seeds[cell]) for cell in cells])
    members, totals = _residuals(cells, values, fixed, margins)
    fitted = _sweep(values, members, totals, [margin.name for margin in margins])
    return {**fixed, **{cell: float(value) for cell, value in zip(cells, fitted, strict=True)}}


def _residuals(
    cells: Sequence[Cell], values: NDArray[np.float64], fixed: Mapping[Cell, float], margins: Sequence[Margin[Cell]]
) -> tuple[list[NDArray[np.intp]], list[float]]:
    """For each margin the cells that can move and what they have to add up to."""
    position = {cell: place for place, cell in enumerate(cells)}
    members, totals, gaps = [], [], []
    for margin in margins:
        movable = [position[cell] for cell in margin.cells if cell in position]
        known = sum(fixed[cell] for cell in margin.cells if cell in fixed)
        residual = margin.total - known
        slack = margin.rounding + TOLERANCE * abs(margin.total)
        stuck = not movable or not values[movable].any()
        if (stuck and abs(residual) > slack) or residual < -slack:
            gaps.append(Gap(margin.name, known, margin.total))
        members.append(np.array([] if stuck else movable, dtype=np.intp))
        totals.append(max(residual, 0.0))
    if gaps:
        raise InconsistentTotals(gaps)
    return members, totals


def _sweep(
    values: NDArray[np.float64], members: Sequence[NDArray[np.intp]], totals: Sequence[float], names: Sequence[str]
) -> NDArray[np.float64]:
    best, since = np.inf, 0
    for _ in range(_SWEEPS):
        for place, total in zip(members, totals, strict=True):
            current = values[place].sum()
            if current > 0:
                values[place] *= total / current
        worst = max((_gap(values, place, total) for place, total in zip(members, totals, strict=True)), default=0.0)
        best, since = (worst, 0) if worst < 0.9 * best else (best, since + 1)
        if worst <= _AIM or since > _PATIENCE:
            break
    unmet = [
        Gap(name, float(values[place].sum()), total)
        for name, place, total in zip(names, members, totals, strict=True)
        if _gap(values, place, total) > TOLERANCE
    ]
    if unmet:
        raise InconsistentTotals(unmet)
    return values


def _gap(values: NDArray[np.float64], place: NDArray[np.intp], total: float) -> float:
    """How far a margin is from being met, relative to it."""
    if not len(place):
        return 0.0
    return abs(float(values[place].sum()) - total) / (abs(total) or 1.0)
