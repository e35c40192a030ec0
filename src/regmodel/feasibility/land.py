"""Land in the programme: the stock grows by new land and must hold people and production."""

from __future__ import annotations

from typing import Any

from regmodel.equations.land import closing_urban_land, production_land, residential_land, urban_land_reserve
from regmodel.feasibility.frame import before
from regmodel.feasibility.output import outside_farming
from regmodel.projection.accounts import STEP
from regmodel.vocabulary.sets import BASE_YEAR

LAND = 100_000.0
PERIOD = 5
PERIOD_ENDS = (2025, 2030, 2035)


def add_land(model: Any) -> None:
    """Variables and rows of urban construction land (km2), by region and year."""
    import pyomo.environ as pyo

    for name in ("urban_land", "new_urban_land", "reused_land", "rural_land_released"):
        setattr(model, name, pyo.Var(model.REGION, model.YEAR, bounds=(0, LAND)))

    @model.Constraint(model.REGION, model.YEAR, doc="land.closing_urban_land")
    def land_is_only_added(model: Any, region: str, year: int) -> Any:
        """The stock grows by new land; nothing is demolished."""
        earlier = before(year)
        opened = model.base_urban_land[region] if earlier is None else model.urban_land[region, earlier]
        return model.urban_land[region, year] == closing_urban_land(
            opening_urban_land=opened, new_urban_land=model.new_urban_land[region, year], step=STEP
        )

    @model.Constraint(model.REGION, model.YEAR, doc="land.urban_land_reserve")
    def people_and_production_fit(model: Any, region: str, year: int) -> Any:
        """Land in use holds the people and the production of the year."""
        reserve = urban_land_reserve(
            urban_land=model.urban_land[region, year],
            reused_land=model.reused_land[region, year],
            residential_land=residential_land(
                urban_population=model.urban_population[region, year],
                residential_land_norm=model.residential_land_norm[region],
            ),
            production_land=production_land(
                value_added=outside_farming(model, region, year), land_per_output=model.land_per_output[region, year]
            ),
        )
        return reserve >= 0

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: limit of redevelopment")
    def reuse_is_bounded(model: Any, region: str, year: int) -> Any:
        """Only so much idle land can be brought back by a year."""
        return model.reused_land[region, year] <= model.reused_land_limit[region, year]

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: rural land given back by those who leave")
    def release_follows_people(model: Any, region: str, year: int) -> Any:
        """Rural construction land is given back only by country people who move to town."""
        earlier = before(year)
        opened = 0 if earlier is None else model.rural_land_released[region, earlier]
        given_back = model.rural_land_released[region, year] - opened
        return given_back <= model.rural_release_norm[region] * model.rural_to_urban_moves[region, year]

    add_swap_limit(model)

    @model.Constraint(("reused_land", "rural_land_released"), model.REGION, model.YEAR, doc="works are not undone")
    def works_stay(model: Any, what: str, region: str, year: int) -> Any:
        """Redeveloped and released land stays so."""
        earlier = before(year)
        if earlier is None:
            return pyo.Constraint.Skip
        works = getattr(model, what)
        return works[region, year] >= works[region, earlier]


def add_swap_limit(model: Any) -> None:
    """Swaps give no more than their share of the quota in a plan period."""
    import pyomo.environ as pyo

    model.swap_limit = pyo.Param(PERIOD_ENDS, mutable=True, initialize=0.0, within=pyo.Any)
    home = model.shape.regions.members(model.shape.regions.home)

    @model.Constraint(PERIOD_ENDS, doc="assumption: limit of swaps in a plan period")
    def swaps_are_bounded(model: Any, year: int) -> Any:
        """New land from swaps stays within its limit in each plan period."""
        since = year - PERIOD
        total: Any = 0
        for region in home:
            released = model.rural_land_released[region, year]
            if since > BASE_YEAR:
                released = released - model.rural_land_released[region, since]
            total += model.swap_ratio[region] * released
        return total <= model.swap_limit[year]
