"""The one solver: a compiled programme held hot in HiGHS, its numbers refilled from scenario to scenario.

A status other than optimal or infeasible is never read as either: the solve is repeated cold, then by interior
point, and after that the answer is 'unknown'.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.vocabulary.problems import InputProblems, Problem, RegmodelBug
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Status = Literal["optimal", "infeasible", "unknown"]
SMALLEST = 1e-7
WIDEST = 1e8
DUAL, PRIMAL = 1, 4
HIGHS_INFINITY = highspy.kHighsInf


@dataclass(frozen=True)
class Solution:
    """What a solve found; arrays are empty where nothing was found.

    Multipliers are the row duals of a minimisation, or, where infeasible, the ray that proves it.
    """

    status: Status
    objective: float
    columns: Array
    rows: Array
    multipliers: Array


class Solver:
    """One linear programme in HiGHS; rows and columns are those of the compiled programme."""

    def __init__(self, compiled: Compiled, parameters: Array, time_limit: float | None = None) -> None:
        self.compiled = compiled
        self.matrix = compiled.matrix.fill(parameters)
        self.low = compiled.low.fill(parameters)
        self.high = compiled.high.fill(parameters)
        self.cost = compiled.cost.fill(parameters)
        self.column_low = compiled.column_low.copy()
        self.column_high = compiled.column_high.copy()
        self.solves = 0
        refuse_unsafe(compiled, self.matrix)
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.time_limit = time_limit
        self._pass()

    def _pass(self) -> None:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.compiled.columns), len(self.compiled.rows)
        lp.col_cost_ = self.cost
        lp.col_lower_, lp.col_upper_ = self.column_low, self.column_high
        lp.row_lower_, lp.row_upper_ = self.low, self.high
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = self.compiled.row_start.astype(np.int32)
        lp.a_matrix_.index_ = self.compiled.column.astype(np.int32)
        lp.a_matrix_.value_ = self.matrix
        done(self.highs.passModel(lp), "the programme")

    def refill(self, parameters: Array) -> None:
        """Other numbers in the same programme; the basis is kept."""
        matrix = self.compiled.matrix.fill(parameters)
        self.low, self.high = self.compiled.low.fill(parameters), self.compiled.high.fill(parameters)
        self.cost = self.compiled.cost.fill(parameters)
        if np.array_equal(matrix, self.matrix):
            self._all_rows()
            self.set_cost(self.cost)
            return
        refuse_unsafe(self.compiled, matrix)
        self.matrix = matrix
        basis = self.highs.getBasis()
        self._pass()
        done(self.highs.setBasis(basis), "the basis")

    def forget(self) -> None:
        """Start the next solve cold."""
        self.highs.clearSolver()

    def _all_rows(self) -> None:
        count = len(self.low)
        changed = self.highs.changeRowsBounds(count, np.arange(count, dtype=np.int32), self.low, self.high)
        done(changed, "bounds of rows")

    def set_cost(self, cost: Array) -> None:
        """Another objective over the same columns."""
        count = len(cost)
        done(self.highs.changeColsCost(count, np.arange(count, dtype=np.int32), cost), "the objective")
        self.cost = cost

    def set_rows(self, rows: Integers, low: Array, high: Array) -> None:
        """Other bounds for some rows."""
        self.low[rows], self.high[rows] = low, high
        done(self.highs.changeRowsBounds(len(rows), rows.astype(np.int32), low, high), "bounds of rows")

    def set_columns(self, columns: Integers, low: Array, high: Array) -> None:
        """Other bounds for some columns."""
        self.column_low[columns], self.column_high[columns] = low, high
        done(self.highs.changeColsBounds(len(columns), columns.astype(np.int32), low, high), "bounds of columns")

    def _ray(self) -> Array:
        """The proof of infeasibility; where presolve found it without one, the solve is repeated without presolve."""
        ray = ray_of(self.highs)
        if not len(ray):
            self.highs.setOptionValue("presolve", "off")
            self.highs.setOptionValue("solver", "simplex")
            self.highs.run()
            self.highs.setOptionValue("presolve", "choose")
            self.highs.setOptionValue("solver", "choose")
            ray = ray_of(self.highs)
        return ray

    def solve_from_feasible(self) -> Solution:
        """Solve where a feasible start is plain to see: by primal simplex, then as always if that is not certain."""
        basis = self.highs.getBasis()
        self.highs.clearSolver()
        self.highs.setOptionValue("simplex_strategy", PRIMAL)
        try:
            return self.solve()
        finally:
            self.highs.setOptionValue("simplex_strategy", DUAL)
            self.highs.setBasis(basis)

    def solve(self) -> Solution:
        """Solve hot, then cold, then by interior point, until the answer is certain or all have been tried."""
        self.solves += 1
        status: Status = "unknown"
        for attempt in ("hot", "cold", "ipm"):
            if attempt != "hot":
                self.highs.clearSolver()
            self.highs.setOptionValue("solver", "ipm" if attempt == "ipm" else "choose")
            if self.time_limit is not None:
                # The limit is of one solve, but HiGHS adds up its run time over all of them.
                self.highs.setOptionValue("time_limit", self.highs.getRunTime() + self.time_limit)
            self.highs.run()
            found = self.highs.getModelStatus()
            if found == highspy.HighsModelStatus.kOptimal:
                status = "optimal"
            elif found == highspy.HighsModelStatus.kInfeasible:
                status = "infeasible"
            if status != "unknown" or found == highspy.HighsModelStatus.kTimeLimit:
                break
        self.highs.setOptionValue("solver", "choose")
        if status != "optimal":
            nothing = np.empty(0)
            ray = self._ray() if status == "infeasible" else nothing
            return Solution(status, float("nan"), nothing, nothing, ray)
        solution = self.highs.getSolution()
        return Solution(
            "optimal",
            self.highs.getInfo().objective_function_value,
            np.array(solution.col_value),
            np.array(solution.row_value),
            np.array(solution.row_dual),
        )


def done(status: highspy.HighsStatus, what: str) -> None:
    """Raise RegmodelBug where HiGHS refused a change: it would go on with the old numbers."""
    if status == highspy.HighsStatus.kError:
        raise RegmodelBug(f"the solver refused {what}")


def ray_of(highs: highspy.Highs) -> Array:
    """The dual ray that proves infeasibility, or an empty array where the solver has none at hand."""
    found = highs.getDualRay()
    return np.array(found[2], dtype=float) if found[1] else np.empty(0)


def refuse_unsafe(compiled: Compiled, matrix: Array) -> None:
    """Raise InputProblems where coefficients are too small or spread too far for a reliable solve."""
    sizes = np.abs(matrix)
    nonzero = sizes > 0
    if not nonzero.any():
        return
    least, most = float(sizes[nonzero].min()), float(sizes.max())
    if least >= SMALLEST and most / least <= WIDEST:
        return
    entry = int(np.flatnonzero(nonzero & (sizes == least))[0])
    row = compiled.rows[int(np.searchsorted(compiled.row_start, entry, side="right")) - 1]
    column = compiled.columns[int(compiled.column[entry])]
    raise InputProblems(
        [
            Problem(
                "F-01",
                f"programme   {row}",
                Text(
                    f"a coefficient of {least:.3g} at {column}; the largest is {most:.3g}",
                    f"{column} 的系数为 {least:.3g}，最大系数为 {most:.3g}",
                ),
                Text(
                    f"coefficients of at least {SMALLEST:g}, within a range of {WIDEST:g}; beyond it solvers err",
                    f"系数不小于 {SMALLEST:g}，且跨度不超过 {WIDEST:g}；超出则求解不可靠",
                ),
                Text(
                    "check the unit of the record behind this row: it is probably off by a power of ten",
                    "请核对该行所用记录的单位，可能差了若干数量级",
                ),
            )
        ]
    )


def pick(names: Iterable[str], prefix: str) -> Integers:
    """Positions of the names that begin with a prefix."""
    return np.array([number for number, name in enumerate(names) if name.startswith(prefix)], dtype=np.int64)
