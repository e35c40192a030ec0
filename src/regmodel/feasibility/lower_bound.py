"""What no plan can go below, read from the multipliers of a solve and checked outside the solver."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import LinearSystem

Array = NDArray[np.float64]


def lower_bound(cost: Array, multipliers: Array, rows: LinearSystem) -> float:
    """A number that ``cost`` times any plan within rows and bounds is not below (the unit of the cost).

    Whatever the multipliers are, the bound holds; with those of an optimal solve it is the optimum. Minus infinity
    where a column without an end is left over.
    """
    usable = multipliers.copy()
    usable[(usable > 0) & ~np.isfinite(rows.low)] = 0.0
    usable[(usable < 0) & ~np.isfinite(rows.high)] = 0.0
    entries = np.repeat(usable, np.diff(rows.row_start)) * rows.matrix
    left = cost - np.bincount(rows.column, weights=entries, minlength=len(rows.columns))
    up, down = usable > 0, usable < 0
    asked = float(usable[up] @ rows.low[up]) + float(usable[down] @ rows.high[down])
    with np.errstate(invalid="ignore"):
        ends = np.where(left > 0, rows.column_low, rows.column_high)
        return asked + float(np.where(left == 0, 0.0, left * ends).sum())
