"""Plans checked in the numbers of the file: what a solver tolerates beside large numbers may be all of a small one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import TOLERANCE, LinearSystem
from regmodel.feasibility.engine import UNDECIDED, Answer, Engine
from regmodel.feasibility.solver import Solution

Array = NDArray[np.float64]
# Values of a plan below a cut (beside its largest, as scaled) may be roundings; without them the plan is tried again.
CUTS = (0.0, 1e-15, 1e-12, 1e-9)
# A breach of about this size may be a rounding of the check itself.
ROUNDING = 1e-13


@dataclass
class CheckedEngine(Engine):
    """An engine whose plans count only where they hold in the user's numbers, each row by its own size.

    ``own`` are the user's rows and columns, one unit of a scaled column being ``unit`` of the user's; the residual of
    an answer is the largest relative breach in them.
    """

    own: LinearSystem | None = None
    unit: Array | None = None

    def _with_plan(self, found: Solution) -> Answer:
        return self._checked(super()._with_plan(found))

    def _from_pool(self) -> Answer | None:
        known = super()._from_pool()
        if known is None or known.verdict != "feasible":
            return known
        checked = self._checked(known)
        return checked if checked.certified else None

    def _checked(self, answer: Answer) -> Answer:
        """The same answer with its residual in the user's numbers; undecided where that is above the tolerance."""
        if answer.verdict != "feasible" or self.own is None or self.unit is None:
            return answer
        solver, count = self.solver, len(self.own.columns)
        held = replace(
            self.own,
            low=np.where(np.isfinite(solver.low), self.own.low, -np.inf),
            high=np.where(np.isfinite(solver.high), self.own.high, np.inf),
        )
        best = UNDECIDED
        for cut in CUTS:
            columns = _without_roundings(answer.columns[:count], cut)
            values = np.clip(columns * self.unit, held.column_low, held.column_high)
            worst = relative_breach(values, held)
            if worst <= TOLERANCE and (best.residual is None or worst < best.residual):
                best = replace(answer, residual=worst)
            if worst <= ROUNDING:
                break
        return best


def checked_engine(engine: Engine, own: LinearSystem, unit: Array) -> CheckedEngine:
    """The same engine, with plans checked in the numbers of the file."""
    parts = {part.name: getattr(engine, part.name) for part in fields(Engine)}
    return CheckedEngine(**parts, own=own, unit=unit)


def _without_roundings(columns: Array, cut: float) -> Array:
    return np.where(np.abs(columns) <= cut * np.abs(columns).max(initial=0.0), 0.0, columns)


def relative_breach(values: Array, rows: LinearSystem) -> float:
    """The largest breach of a row or a bound, relative to the larger of its side and what its terms add up to in size.

    Numbers of the file throughout; infinite where a value, or what its rows add up to, is not finite.
    """
    if not np.isfinite(values).all():
        return float("inf")
    count = len(rows.rows)
    row_of = np.repeat(np.arange(count), np.diff(rows.row_start))
    products = rows.matrix * values[rows.column]
    sums = np.bincount(row_of, weights=products, minlength=count).astype(float)
    sizes = np.bincount(row_of, weights=np.abs(products), minlength=count).astype(float)
    if not np.isfinite(sizes).all():
        return float("inf")
    by_row = np.maximum(_beyond(rows.low, sums, sizes, 1.0), _beyond(rows.high, sums, sizes, -1.0))
    size = np.abs(values)
    bounds = np.maximum(_beyond(rows.column_low, values, size, 1.0), _beyond(rows.column_high, values, size, -1.0))
    return max(float(by_row.max(initial=0.0)), float(bounds.max(initial=0.0)))


def _beyond(ends: Array, sums: Array, sizes: Array, sign: float) -> Array:
    """By how much the sums are below (above, with the sign -1) their ends, relative to the larger of both sizes."""
    finite = np.isfinite(ends)
    told = np.where(finite, ends, 0.0)
    breach = np.where(finite, sign * (told - sums), 0.0)
    scale = np.maximum(np.abs(told), sizes)
    return np.where(breach > 0, breach / np.where(scale > 0, scale, 1.0), 0.0)
