"""A plan of the programme put through the projection's accounts, as decisions; both must agree."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.frame import KINDS_OF_MOVER
from regmodel.feasibility.numbers import Case
from regmodel.projection.accounts import account
from regmodel.projection.coefficients import YEARS
from regmodel.projection.decisions import Decisions
from regmodel.projection.trajectory import Trajectory
from regmodel.vocabulary.problems import RegmodelBug
from regmodel.vocabulary.sets import SECTORS, TECHNOLOGIES, USES, WATER_SOURCES

Array = NDArray[np.float64]
AGREEMENT = 1e-6
_WITH_GAPS = ("supply",)  # a source that a use may not take has no column, and gives nothing
_COMPARED = {
    "urban_population": "urban_population",
    "rural_population": "rural_population",
    "gdp": "gdp",
    "urban_land": "urban_construction_land",
    "collected_sewage": "collected_sewage",
    "verified_saving": "verified_saving",
}


class Plan:
    """The columns of a solution by variable name and index."""

    def __init__(self, case: Case, compiled: Compiled, columns: Array) -> None:
        self.case = case
        self.values: Mapping[str, float] = dict(zip(compiled.columns, columns.tolist(), strict=True))
        self.ids = case.paths.regions.ids()

    def by_region(self, name: str, *inner: str) -> Array:
        """A variable over region and year, with fixed index words between them."""
        return np.array([[self._at(name, region, *inner, year) for year in YEARS] for region in self.ids])

    def _at(self, name: str, *index: object) -> float:
        words = ",".join(str(word) for word in index)
        key = f"{name}[{words}]"
        if name in _WITH_GAPS:
            return self.values.get(key, 0.0)
        return self.values[key]

    def moves(self, kind: str | None, *, arriving: bool) -> Array:
        """People who arrive in, or leave, each region in a year; ``kind`` is what they were at the origin."""
        total = np.zeros((len(self.ids), len(YEARS)))
        kinds = KINDS_OF_MOVER if kind is None else (kind,)
        for origin, destination in self.case.shape.pairs():
            place = self.ids.index(destination if arriving else origin)
            for word in kinds:
                total[place] += [self._at("moves", origin, destination, word, year) for year in YEARS]
        return total

    def rights(self, *, bought: bool) -> Array:
        """River rights bought or sold by each region in a year (hm3, consumption)."""
        total = np.zeros((len(self.ids), len(YEARS)))
        for seller, buyer in self.case.shape.rights_pairs():
            place = self.ids.index(buyer if bought else seller)
            total[place] += [self._at("rights", seller, buyer, year) for year in YEARS]
        return total

    def decisions(self) -> Decisions:
        """The plan as decisions that the accounts take."""
        supply = np.array(
            [
                [
                    [[self._at("supply", region, source, use, year) for year in YEARS] for use in USES]
                    for source in WATER_SOURCES
                ]
                for region in self.ids
            ]
        )
        return Decisions(
            rural_to_urban_moves=self.by_region("rural_to_urban_moves"),
            arrivals=self.moves(None, arriving=True),
            urban_departures=self.moves("urban", arriving=False),
            rural_departures=self.moves("rural", arriving=False),
            urban_external_migration=self.by_region("urban_external_migration"),
            rural_external_migration=self.by_region("rural_external_migration"),
            value_added=np.stack([self.by_region("value_added", sector) for sector in SECTORS], axis=1),
            irrigated_area=np.stack([self.by_region("irrigated_area", name) for name in TECHNOLOGIES], axis=1),
            industrial_saving=self.by_region("industrial_saving"),
            ecological_use=self.by_region("ecological_use"),
            supply=supply,
            rights_bought=self.rights(bought=True),
            rights_sold=self.rights(bought=False),
            new_urban_land=self.by_region("new_urban_land"),
            reused_land=self.by_region("reused_land"),
            rural_land_released=self.by_region("rural_land_released"),
        )


def replay(case: Case, compiled: Compiled, columns: Array) -> Trajectory:
    """The trajectory of a plan; raises RegmodelBug where programme and accounts disagree by more than 1e-6."""
    plan = Plan(case, compiled, columns)
    told = account(case.paths, plan.decisions())
    for name, variable in _COMPARED.items():
        planned, accounted = plan.by_region(name), told[variable][:, 1:]
        gap = np.abs(planned - accounted) / np.maximum(np.abs(accounted), 1.0)
        if float(gap.max()) > AGREEMENT:
            region, year = np.unravel_index(int(gap.argmax()), gap.shape)
            raise RegmodelBug(
                f"replaying the plan: {variable} of {plan.ids[int(region)]} in {YEARS[int(year)]} differs by"
                f" {float(gap.max()):.2g} between the programme and the accounts"
            )
    return Trajectory(f"{case.scenario.name}:programme", case.paths.regions, told)
