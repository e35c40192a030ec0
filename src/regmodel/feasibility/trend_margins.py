"""How far the trend is from what each clause asks, relative to the clause's size: room where positive, else a miss.

The trend is what happens when nothing new is decided, so that the margin is one number of the scenario and depends on
no plan. Clauses that name the residents exactly are left out: the trend is made to follow them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.many_numbers import ManyNumbers, Parameters
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.policies import index, stem
from regmodel.feasibility.support import part_of
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.many import each_of, stacked
from regmodel.vocabulary.sets import SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
FOLLOWED = "residents"
_LEVELS = {
    "urban_population": "urban_population",
    "rural_population": "rural_population",
    "gdp": "gdp",
    "collected_sewage": "collected_sewage",
    "urban_land": "urban_construction_land",
}
_SHORT = {"industry": "industry", "irrigation": "agriculture", "ecology": "ecological"}


class TrendMargins:
    """Evaluates the rows of all clauses on the trend of many scenarios."""

    def __init__(self, case: Case, compiled: Compiled) -> None:
        self.part, _ = part_of(compiled, clause_positions(compiled))
        self.rows = case.shape.rows
        self.place = {region: number for number, region in enumerate(case.paths.regions.ids())}
        self.clauses = tuple(dict.fromkeys(row.clause for row in self.rows))
        followed = np.array([row.body == FOLLOWED for row in self.rows])
        self.groups = [np.array([row.clause == clause for row in self.rows]) for clause in self.clauses]
        self.members = [np.array([row.clause == clause for row in self.rows]) & ~followed for clause in self.clauses]

    def of(self, case: Case, parameters: Parameters) -> tuple[Array, NDArray[np.bool_]]:
        """Margins (clause, scenario), the worst of each clause's rows, and which clauses ask for anything.

        A margin is infinite where a clause asks for nothing.
        """
        count = parameters.count
        numbers = ManyNumbers(self.part, parameters)
        taken = numbers.rows(self._columns(case, count))
        every = np.arange(len(self.rows))
        low, high = numbers.low.each(every), numbers.high.each(every)
        sizes = each_of(stacked([row.scale for row in case.rows]), count)
        relative = np.minimum(taken - low, high - taken) / sizes
        bounded = np.isfinite(low) | np.isfinite(high)
        margins = np.array([relative[rows].min(axis=0, initial=np.inf) for rows in self.members])
        return margins, np.array([bounded[rows].any(axis=0) for rows in self.groups])

    def _columns(self, case: Case, count: int) -> Array:
        values, trend = case.projection.values, case.trend
        levels = {name: each_of(values[variable], count)[:, 1:] for name, variable in _LEVELS.items()}
        levels["new_urban_land"] = each_of(trend.new_urban_land, count)
        levels["industrial_use"] = each_of(values["water_use_industry"] + values["water_shortage_industry"], count)[
            :, 1:
        ]
        output, supply = each_of(trend.value_added, count), each_of(trend.supply, count)
        short = {use: each_of(values[f"water_shortage_{name}"], count)[:, 1:] for use, name in _SHORT.items()}
        plans = np.zeros((len(self.part.columns), count))
        for number, name in enumerate(self.part.columns):
            found = self._one(stem(name), index(name), levels, output, supply, short)
            if found is not None:
                plans[number] = found
        return plans

    def _one(
        self,
        name: str,
        at: tuple[str, ...],
        levels: dict[str, Array],
        output: Array,
        supply: Array,
        short: dict[str, Array],
    ) -> Any:
        """What the trend has for a column; nothing for what is only ever decided (rights, swaps, what gives way)."""
        if name in levels:
            return levels[name][self.place[at[0]], int(at[1]) - YEARS[0]]
        if name == "value_added":
            return output[self.place[at[0]], SECTORS.index(at[1]), int(at[2]) - YEARS[0]]
        if name == "supply":
            return supply[self.place[at[0]], WATER_SOURCES.index(at[1]), USES.index(at[2]), int(at[3]) - YEARS[0]]
        if name == "shortage":
            return short[at[1]][self.place[at[0]], int(at[2]) - YEARS[0]]
        return None
