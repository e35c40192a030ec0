"""What giving way and levers cost, in 10^8 CNY over all years, so that ways out can be put in order of money."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import Engine
from regmodel.feasibility.numbers import Case

Array = NDArray[np.float64]
COST_UNIT = "10^8 CNY"
_WATER = ("source_cost", "saving_cost", "rights_cost")
_LAND = ("reuse_cost", "release_cost")
_PEOPLE = ("move_cost",)
_COST_OF: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("urban_share", "urban_level", "urban_part", "residents"), _PEOPLE),
    **dict.fromkeys(("new_land", "land_residential_part", "land_all_urban_land"), _LAND),
    **dict.fromkeys(
        ("water_total", "water_per_gdp", "water_per_industry", "reclaimed_share", "unconventional"), _WATER
    ),
    **dict.fromkeys(("river", "permits", "wells", "shortage"), _WATER),
}
_OUTPUT = ("lost_output_cost",)


def giving_way(case: Case) -> dict[End, float]:
    """What one unit of each end of a clause costs (10^8 CNY), added up over the rows of the clause.

    A unit of water, land or people is worth what the dearest lever of its kind costs, output what losing it costs.
    """
    worth: dict[End, float] = {}
    for row, numbers in zip(case.shape.rows, case.rows, strict=True):
        price = max(float(np.max(case.values[name])) for name in _COST_OF.get(row.body, _OUTPUT))
        worth[row.clause, "low"] = worth.get((row.clause, "low"), 0.0) + price * numbers.low_slope
        worth[row.clause, "high"] = worth.get((row.clause, "high"), 0.0) + price * numbers.high_slope
    return worth


def lever_cost(engine: Engine, case: Case) -> Array:
    """Cost of the levers alone, one number a column: the preference without the distance from the trend."""
    values = {**case.values, "distance_weight": np.zeros_like(case.values["distance_weight"])}
    return engine.compiled.cost.fill(engine.compiled.vector(values))
