"""A plan that keeps away from every row's end, counted in how far the row moves from scenario to scenario."""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.solver import done

Array = NDArray[np.float64]
MOST = 5.0
FURTHEST = -100.0


def centred(
    compiled: Compiled, numbers: tuple[Array, Array, Array], moving: tuple[Array, Array], without: Array
) -> tuple[Array, float] | None:
    """The plan whose least distance from any end, over how far that end moves, is largest; and that distance.

    ``numbers`` are matrix, low and high; ``moving`` says how far low and high ends move (0: held as they are);
    ``without`` marks rows that are left out. By interior point without crossover: what is wanted is a middle and no
    corner. None where the solver is not certain.
    """
    from scipy.sparse import csr_array, hstack, vstack

    matrix, low, high = numbers
    kept = np.flatnonzero(np.logical_not(without))
    shape = (len(compiled.rows), len(compiled.columns))
    rows = csr_array((matrix, compiled.column, compiled.row_start), shape=shape)[kept]
    low, high, of_low, of_high = low[kept], high[kept], moving[0][kept], moving[1][kept]
    below, above = np.isfinite(low) & (of_low > 0), np.isfinite(high) & (of_high > 0)
    both = np.flatnonzero(below & above)
    distance = np.where(below, -of_low, np.where(above, of_high, 0.0))
    first = hstack([rows, csr_array(distance[:, None])])
    second = hstack([rows[both], csr_array(of_high[both][:, None])])
    whole = csr_array(vstack([first, second]))
    whole.eliminate_zeros()
    most = high.copy()
    most[both] = np.inf
    count = shape[1] + 1
    cost = np.zeros(count)
    cost[-1] = -1.0
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("solver", "ipm"), ("run_crossover", "off")):
        highs.setOptionValue(option, value)
    passed = highs.passModel(
        count,
        whole.shape[0],
        whole.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        cost,
        np.append(compiled.column_low, FURTHEST),
        np.append(compiled.column_high, MOST),
        np.concatenate([low, np.full(len(both), -np.inf)]),
        np.concatenate([most, high[both]]),
        whole.indptr.astype(np.int32),
        whole.indices.astype(np.int32),
        whole.data,
        np.zeros(count, dtype=np.int32),
    )
    done(passed, "the programme")
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = np.array(highs.getSolution().col_value)
    return np.clip(found[:-1], compiled.column_low, compiled.column_high), float(found[-1])
