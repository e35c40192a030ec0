"""Proofs checked outside the solver: Farkas multipliers where no plan exists, residuals where one does.

Infeasible: with multipliers y on the rows, every plan within the declared bounds has y·Ax at most ``most``, while the
rows ask for at least ``needed``; where needed exceeds most, no plan exists. In exact rationals no rounding is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled

Array = NDArray[np.float64]
TOLERANCE = 1e-6
CANCELLED = 1e-9


@dataclass(frozen=True)
class LinearSystem:
    """Rows ``low <= Ax <= high`` and columns within finite bounds; the matrix by row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_start: NDArray[np.int64]
    column: NDArray[np.int64]
    matrix: Array
    low: Array
    high: Array
    column_low: Array
    column_high: Array


@dataclass(frozen=True)
class FarkasCheck:
    """What a set of multipliers proves: ``needed`` less ``most`` above zero means that no plan exists."""

    needed: float
    most: float
    proved: bool

    @property
    def gap(self) -> float:
        """How far apart what is needed and what is possible are, for multipliers as scaled."""
        return self.needed - self.most


def system(
    compiled: Compiled, matrix: Array, low: Array, high: Array, column_low: Array, column_high: Array
) -> LinearSystem:
    """A linear system from a compiled programme and its filled numbers."""
    return LinearSystem(
        compiled.rows,
        compiled.columns,
        compiled.row_start,
        compiled.column,
        matrix,
        low,
        high,
        column_low,
        column_high,
    )


def clip(multipliers: Array, rows: LinearSystem) -> Array:
    """Multipliers with the wrong sign for a side that is open set to nothing, scaled so that the largest is one."""
    usable = multipliers.copy()
    usable[(usable > 0) & ~np.isfinite(rows.low)] = 0.0
    usable[(usable < 0) & ~np.isfinite(rows.high)] = 0.0
    largest = float(np.abs(usable).max(initial=0.0))
    return usable / largest if largest > 0 else usable


def check_float(multipliers: Array, rows: LinearSystem) -> FarkasCheck:
    """The proof in floating point: a gap below the tolerance of its own terms proves nothing.

    On a column without an end, a rounding counts as nothing; exact_rays makes such a proof exact.
    """
    lengths = np.diff(rows.row_start)
    entries = np.repeat(multipliers, lengths) * rows.matrix
    combined = np.bincount(rows.column, weights=entries, minlength=len(rows.columns))
    sizes = np.bincount(rows.column, weights=np.abs(entries), minlength=len(rows.columns))
    up, down = multipliers > 0, multipliers < 0
    needed_terms = np.concatenate([multipliers[up] * rows.low[up], multipliers[down] * rows.high[down]])
    with np.errstate(invalid="ignore"):
        ends = np.where(combined > 0, rows.column_high, rows.column_low)
        cancelled = np.where(np.isfinite(ends), combined == 0, np.abs(combined) <= CANCELLED * sizes)
        most_terms = np.where(cancelled, 0.0, combined * ends)
    needed, most = float(needed_terms.sum()), float(most_terms.sum())
    size = float(np.abs(needed_terms).sum() + np.abs(most_terms).sum())
    return FarkasCheck(needed, most, bool(np.isfinite(most) and needed - most > TOLERANCE * 1e-3 * max(size, 1e-9)))


def check_exact(multipliers: Mapping[int, Fraction], rows: LinearSystem) -> FarkasCheck:
    """The proof in exact rationals, for the numbers as stored; only rows with a multiplier are read."""
    combined: dict[int, Fraction] = {}
    needed = Fraction(0)
    for row, multiplier in multipliers.items():
        if multiplier == 0:
            continue
        side = rows.low[row] if multiplier > 0 else rows.high[row]
        if not np.isfinite(side):
            return FarkasCheck(float("nan"), float("inf"), False)
        needed += multiplier * Fraction(float(side))
        for entry in range(int(rows.row_start[row]), int(rows.row_start[row + 1])):
            column = int(rows.column[entry])
            combined[column] = combined.get(column, Fraction(0)) + multiplier * Fraction(float(rows.matrix[entry]))
    most = Fraction(0)
    for column, coefficient in combined.items():
        if coefficient == 0:
            continue
        end = rows.column_high[column] if coefficient > 0 else rows.column_low[column]
        if not np.isfinite(end):
            return FarkasCheck(float(needed), float("inf"), False)
        most += coefficient * Fraction(float(end))
    return FarkasCheck(float(needed), float(most), needed > most)


def proves_exactly(multipliers: Array, rows: LinearSystem) -> bool:
    """Whether these multipliers prove in exact rationals that no plan exists."""
    used = {int(row): Fraction(float(multipliers[row])) for row in np.flatnonzero(multipliers)}
    return check_exact(used, rows).proved


def residual(values: Array, rows: LinearSystem) -> float:
    """Largest breach of a row (over the row's own scale) or of a bound; near the tolerance the sums are exact."""
    if not np.isfinite(values).all():
        return float("inf")
    lengths = np.diff(rows.row_start)
    products = rows.matrix * values[rows.column]
    starts = rows.row_start[:-1]
    sums = np.add.reduceat(np.append(products, 0.0), starts) if len(products) else np.zeros(len(starts))
    sums = np.where(lengths > 0, sums, 0.0)
    sizes = np.add.reduceat(np.append(np.abs(products), 0.0), starts) if len(products) else np.zeros(len(starts))
    scale = np.maximum(np.where(lengths > 0, sizes, 0.0), 1.0)
    below = np.where(np.isfinite(rows.low), rows.low - sums, 0.0) / scale
    above = np.where(np.isfinite(rows.high), sums - rows.high, 0.0) / scale
    breach = np.maximum(below, above)
    worst = float(np.max(breach, initial=0.0))
    if TOLERANCE / 100 < worst < TOLERANCE * 100:
        worst = _exact_residual(values, rows, np.flatnonzero(breach > TOLERANCE / 100))
    bounds = float(np.max(np.maximum(rows.column_low - values, values - rows.column_high), initial=0.0))
    return max(worst, bounds, 0.0)


def _exact_residual(values: Array, rows: LinearSystem, doubtful: NDArray[np.int64]) -> float:
    """The same in exact rationals, for the rows whose breach is near the tolerance; the others are far below it."""
    worst = 0.0
    for row in doubtful.tolist():
        total, size = Fraction(0), Fraction(0)
        for entry in range(int(rows.row_start[row]), int(rows.row_start[row + 1])):
            product = Fraction(float(rows.matrix[entry])) * Fraction(float(values[rows.column[entry]]))
            total += product
            size += abs(product)
        scale = max(size, Fraction(1))
        if np.isfinite(rows.low[row]):
            worst = max(worst, float((Fraction(float(rows.low[row])) - total) / scale))
        if np.isfinite(rows.high[row]):
            worst = max(worst, float((total - Fraction(float(rows.high[row]))) / scale))
    return worst
