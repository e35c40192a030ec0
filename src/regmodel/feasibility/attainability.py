"""How much of the way from the base year to its targets any plan can go: one number, the largest smallest share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.engine import Engine
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.row_numbers import RowReader

Array = NDArray[np.float64]
PRECISION = 1e-3
_CAPS = ("water_total", "river", "wells", "new_land", "land_residential_part", "land_all_urban_land")


def attainability(case: Case, engine: Engine) -> float | None:
    """The largest share of every target's distance that one plan can achieve, in [0, 1]; None when undecided.

    A target at share s asks for base + s x (target - base); a cap counts one when kept and cap over use otherwise, so
    at share s it asks for use of at most cap / s. Targets met at the base year stay as they are asked.
    """
    base = BaseBodies(case)
    engine.hold_all()
    try:
        first = _holds_at(1.0, case, engine, base)
        if first:
            return 1.0
        if first is None or not _holds_at(PRECISION, case, engine, base):
            return None if first is None else 0.0
        least, most = PRECISION, 1.0
        while most - least > PRECISION:
            middle = (least + most) / 2
            held = _holds_at(middle, case, engine, base)
            if held is None:
                return None
            least, most = (middle, most) if held else (least, middle)
        return least
    finally:
        engine.solver.set_rows(engine.clause_rows, engine.low[engine.clause_rows], engine.high[engine.clause_rows])


def _holds_at(share: float, case: Case, engine: Engine, base: BaseBodies) -> bool | None:
    low = engine.low[engine.clause_rows].copy()
    high = engine.high[engine.clause_rows].copy()
    for number, row in enumerate(case.shape.rows):
        if row.body in _CAPS:
            if np.isfinite(high[number]) and high[number] > 0:
                high[number] = high[number] / share
            continue
        start = base.body(row, case.rows[number].factor)
        if start is None:
            continue
        if np.isfinite(low[number]) and start < low[number]:
            low[number] = start + share * (low[number] - start)
        if np.isfinite(high[number]) and start > high[number]:
            high[number] = start + share * (high[number] - start)
    engine.solver.set_rows(engine.clause_rows, low, high)
    verdict = engine.decide().verdict
    return None if verdict == "undecided" else verdict == "feasible"


class BaseBodies:
    """The body of a target's row at the base year's levels, from which the way to go is measured."""

    def __init__(self, case: Case) -> None:
        self.reader = RowReader(case.scenario, case.paths)
        self.base = case.base

    def body(self, row: RowShape, factor: float) -> float | None:
        """Base-year value of the row's body (memory units); None where the row has no way to go."""
        towns = self.reader.sum(self.base.urban_population, row)
        if row.body == "urban_level":
            return towns
        if row.body == "urban_share":
            return towns - factor * self.reader.sum(self.base.population, row)
        if row.body == "urban_part":
            return towns - factor * self.reader.sum(self.base.urban_population, row, row.whole)
        if row.body == "output_growth":
            output = self.reader.sum(self.base.value_added, row)
            return output if row.since == 2020 else output - factor * output
        return None
