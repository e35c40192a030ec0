"""The one solver: a compiled programme held hot in HiGHS, its numbers refilled from scenario to scenario.

A status other than optimal or infeasible is never read as either: the solve is repeated by interior point, then
cold, and after that the answer is 'unknown'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.safe_numbers import refuse_unsafe
from regmodel.vocabulary.problems import RegmodelBug

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Status = Literal["optimal", "infeasible", "unknown"]
WANDERING = 0.6
FEW = 1000
INTERIOR_STEPS = 200
# Work in steps of the simplex method times rows: about what a solve takes to begin, and a step of interior point.
TO_BEGIN, INTERIOR_STEP = 100, 160
NO_LIMIT = 2**31 - 1
WEIGHTS, USUAL, CHEAP = "simplex_dual_edge_weight_strategy", -1, 1
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

    def __init__(
        self, compiled: Compiled, parameters: Array, time_limit: float | None = None, *, safe_only: bool = True
    ) -> None:
        """``safe_only`` refuses unsafe coefficients; without it, what is solved has to be proved exactly afterwards."""
        self.compiled, self.safe_only = compiled, safe_only
        self.matrix = compiled.matrix.fill(parameters)
        self.low = compiled.low.fill(parameters)
        self.high = compiled.high.fill(parameters)
        self.cost = compiled.cost.fill(parameters)
        self.column_low = compiled.column_low.copy()
        self.column_high = compiled.column_high.copy()
        self.solves = 0
        self.work = 0.0
        if safe_only:
            refuse_unsafe(compiled, self.matrix)
        self._starts, self._indices = compiled.row_start.astype(np.int32), compiled.column.astype(np.int32)
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.time_limit = time_limit
        self._pass()

    def _pass(self) -> None:
        # As arrays: the fields of HighsLp would be copied number by number.
        compiled, count = self.compiled, len(self.compiled.columns)
        passed = self.highs.passModel(
            count,
            len(compiled.rows),
            len(compiled.column),
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            self.cost,
            self.column_low,
            self.column_high,
            self.low,
            self.high,
            self._starts,
            self._indices,
            self.matrix,
            np.zeros(count, dtype=np.int32),
        )
        done(passed, "the programme")

    def refill(self, parameters: Array) -> None:
        """Other numbers in the same programme; the basis is kept."""
        matrix = self.compiled.matrix.fill(parameters)
        self.low, self.high = self.compiled.low.fill(parameters), self.compiled.high.fill(parameters)
        self.cost = self.compiled.cost.fill(parameters)
        if np.array_equal(matrix, self.matrix):
            self._all_rows()
            self.set_cost(self.cost)
            return
        if self.safe_only:
            refuse_unsafe(self.compiled, matrix)
        self.matrix = matrix
        basis = self.highs.getBasis()
        self._pass()
        if basis.valid:
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

    def solve_by_interior_point(self) -> Solution:
        """Solve cold by interior point, then as always if that is not certain: for costs that simplex is slow on."""
        self.highs.clearSolver()
        return self._attempt(("ipm", "cold"))

    @property
    def cold(self) -> bool:
        """Whether the next solve starts without a basis."""
        return not self.highs.getBasis().valid

    def solve(self) -> Solution:
        """Solve hot, then by interior point, then cold, until the answer is certain or all have been tried."""
        return self._attempt(("hot", "ipm", "cold"))

    def solve_briefly(self, most: int | None = None) -> Solution:
        """Solve from where the solver stands, and give up where it wanders, or after so many steps."""
        return self._attempt(("hot",), most)

    def solve_from(self, basis: highspy.HighsBasis) -> Solution:
        """Solve from a basis and from nothing else that earlier solves left behind, and give up where it wanders.

        Steps are weighed by what is cheap to keep: from near by the way is short.
        """
        self._pass()
        if basis.valid:
            done(self.highs.setBasis(basis), "the basis")
        self.highs.setOptionValue(WEIGHTS, CHEAP)
        found = self._attempt(("hot",))
        self.highs.setOptionValue(WEIGHTS, USUAL)
        return found

    def _count(self) -> None:
        """Add up what the last solve took: steps, which are no slower on a slow or busy machine, unlike its seconds."""
        info = self.highs.getInfo()
        steps = max(info.simplex_iteration_count, 0) + INTERIOR_STEP * max(info.ipm_iteration_count, 0)
        self.work += (TO_BEGIN + steps) * len(self.compiled.rows)

    def _attempt(self, attempts: tuple[str, ...], most_steps: int | None = None) -> Solution:
        self.solves += 1
        status: Status = "unknown"
        wandering = int(WANDERING * len(self.compiled.rows)) + FEW if most_steps is None else most_steps
        for attempt in attempts:
            if attempt == "cold":
                self.highs.clearSolver()
            self.highs.setOptionValue("solver", "ipm" if attempt == "ipm" else "choose")
            # A hot solve that wanders is cut off: interior point takes about the same time whatever the numbers.
            most = wandering if attempt == "hot" else NO_LIMIT
            self.highs.setOptionValue("simplex_iteration_limit", most)
            self.highs.setOptionValue("ipm_iteration_limit", INTERIOR_STEPS)
            if self.time_limit is not None:
                # The limit is of one solve, but HiGHS adds up its run time over all of them.
                self.highs.setOptionValue("time_limit", self.highs.getRunTime() + self.time_limit)
            self.highs.run()
            self._count()
            found = self.highs.getModelStatus()
            if found == highspy.HighsModelStatus.kOptimal:
                status = "optimal"
            elif found == highspy.HighsModelStatus.kInfeasible:
                status = "infeasible"
            if status != "unknown" or found == highspy.HighsModelStatus.kTimeLimit:
                break
        self.highs.setOptionValue("solver", "choose")
        self.highs.setOptionValue("simplex_iteration_limit", NO_LIMIT)
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
