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
from regmodel.feasibility.many_numbers import ManyMaps, Parameters
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.policies import index, stem
from regmodel.feasibility.support import part_of
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.many import each_of, stacked
from regmodel.vocabulary.sets import SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
FOLLOWED = "residents"
_LEVELS = {
    "urban_population": "urban_population",
    "rural_population": "rural_population",
    "gdp": "gdp",
    "collected_sewage": "collected_sewage",
    "urban_land": "urban_construction_land",
}
_SHORT = {"industry": "industry", "irrigation": "agriculture", "ecology": "ecological"}
_TOLD = {*_LEVELS, *(f"shortage {use}" for use in _SHORT), "new_urban_land", "industrial_use", "value_added", "supply"}
WORDS: dict[int, tuple[tuple[str, ...], ...]] = {2: (), 3: (SECTORS,), 4: (WATER_SOURCES, USES)}
"""What stands between region and year in columns of so many words."""


class TrendMargins:
    """Evaluates the rows of all clauses on the trend of many scenarios."""

    def __init__(self, case: Case, compiled: Compiled) -> None:
        self.part, _ = part_of(compiled, clause_positions(compiled))
        self.rows = case.shape.rows
        self.place = {region: number for number, region in enumerate(case.paths.regions.ids())}
        self.reads = self._reads()
        self.clauses = tuple(dict.fromkeys(row.clause for row in self.rows))
        followed = np.array([row.body == FOLLOWED for row in self.rows])
        self.groups = [np.array([row.clause == clause for row in self.rows]) for clause in self.clauses]
        self.members = [np.array([row.clause == clause for row in self.rows]) & ~followed for clause in self.clauses]

    def of(self, case: Case, parameters: Parameters) -> tuple[Array, NDArray[np.bool_]]:
        """Margins (clause, scenario), the worst of each clause's rows, and which clauses ask for anything.

        A margin is infinite where a clause asks for nothing.
        """
        count = parameters.count
        numbers = ManyMaps(self.part, parameters).of(parameters.values)
        taken = numbers.rows(self._columns(case, count))
        low, high = (ends.each(slice(None)) for ends in (numbers.low, numbers.high))
        sizes = each_of(stacked([row.scale for row in case.rows]), count)
        relative = np.minimum(taken - low, high - taken) / sizes
        bounded = np.broadcast_to(np.isfinite(low) | np.isfinite(high), taken.shape)
        margins = np.array([relative[rows].min(axis=0, initial=np.inf) for rows in self.members])
        return margins, np.array([bounded[rows].any(axis=0) for rows in self.groups])

    def _columns(self, case: Case, count: int) -> Array:
        plans = np.zeros((len(self.part.columns), count))
        told = _told(case)
        for name, (columns, at) in self.reads.items():
            plans[columns] = each_of(told[name], count)[at]
        return plans

    def _reads(self) -> dict[str, tuple[Integers, tuple[Integers, ...]]]:
        """Where the columns of each variable stand, and where the trend has them."""
        found: dict[str, list[tuple[int, ...]]] = {}
        for number, column in enumerate(self.part.columns):
            name, at = stem(column), index(column)
            if name == "shortage":
                name, at = f"{name} {at[1]}", (at[0], at[2])
            if name not in _TOLD:
                continue
            words = [WORDS[len(at)][place].index(word) for place, word in enumerate(at[1:-1])]
            found.setdefault(name, []).append((number, self.place[at[0]], *words, int(at[-1]) - YEARS[0]))
        return {
            name: (columns, tuple(at))
            for name, rows in found.items()
            for columns, *at in [np.array(rows, dtype=np.int64).T]
        }


def _told(case: Case) -> dict[str, Any]:
    """What the trend has for columns; nothing for what is only ever decided (rights, swaps, what gives way)."""
    values, trend = case.projection.values, case.trend
    needed = values["water_use_industry"] + values["water_shortage_industry"]
    return {
        **{name: values[variable][:, 1:] for name, variable in _LEVELS.items()},
        **{f"shortage {use}": values[f"water_shortage_{name}"][:, 1:] for use, name in _SHORT.items()},
        "new_urban_land": trend.new_urban_land,
        "industrial_use": needed[:, 1:],
        "value_added": trend.value_added,
        "supply": trend.supply,
    }
