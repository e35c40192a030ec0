"""People in the programme: the balance of every region, and how many may move."""

from __future__ import annotations

from typing import Any

from regmodel.equations.population import closing_rural_population, closing_urban_population, move_limit, population
from regmodel.feasibility.frame import KINDS_OF_MOVER, before
from regmodel.projection.accounts import STEP

PEOPLE = 10_000.0
MOVERS = 1_000.0


def add_people(model: Any) -> None:
    """Variables and rows of population (10^4 persons), by region and year."""
    import pyomo.environ as pyo

    model.urban_population = pyo.Var(model.REGION, model.YEAR, bounds=(0, PEOPLE))
    model.rural_population = pyo.Var(model.REGION, model.YEAR, bounds=(0, PEOPLE))
    model.rural_to_urban_moves = pyo.Var(model.REGION, model.YEAR, bounds=(0, MOVERS))
    model.moves = pyo.Var(model.PAIR, KINDS_OF_MOVER, model.YEAR, bounds=(0, MOVERS))
    model.urban_external_migration = pyo.Var(model.REGION, model.YEAR, bounds=(-MOVERS, MOVERS))
    model.rural_external_migration = pyo.Var(model.REGION, model.YEAR, bounds=(-MOVERS, MOVERS))
    model.first_population = pyo.Var(KINDS_OF_MOVER, model.REGION, bounds=(0, PEOPLE))

    @model.Constraint(KINDS_OF_MOVER, model.REGION, doc="base year")
    def people_start_at_the_census(model: Any, kind: str, region: str) -> Any:
        """Residents of the base year are data; as variables they may meet the rates, which are parameters too."""
        return model.first_population[kind, region] == getattr(model, f"base_{kind}_population")[region]

    for kind in KINDS_OF_MOVER:
        name = f"trend_{kind}_external_migration"
        setattr(model, name, pyo.Param(model.REGION, model.YEAR, mutable=True, initialize=0.0, within=pyo.Any))
    neighbours = {region: [b for a, b in model.shape.pairs() if a == region] for region in model.REGION}

    def arrivals(region: str, year: int) -> Any:
        return sum(model.moves[other, region, kind, year] for other in neighbours[region] for kind in KINDS_OF_MOVER)

    def departures(region: str, kind: str, year: int) -> Any:
        return sum(model.moves[region, other, kind, year] for other in neighbours[region])

    @model.Constraint(model.REGION, model.YEAR, doc="population.closing_urban_population")
    def town_residents_balance(model: Any, region: str, year: int) -> Any:
        """Town residents change by births, deaths and moves, and by nothing else."""
        return model.urban_population[region, year] == closing_urban_population(
            opening_urban_population=opening(model, "urban", region, year),
            natural_growth_rate=model.natural_growth_rate[region, year],
            rural_to_urban_moves=model.rural_to_urban_moves[region, year],
            arrivals=arrivals(region, year),
            urban_departures=departures(region, "urban", year),
            urban_external_migration=model.urban_external_migration[region, year],
            step=STEP,
        )

    @model.Constraint(model.REGION, model.YEAR, doc="population.closing_rural_population")
    def country_residents_balance(model: Any, region: str, year: int) -> Any:
        """Country residents change by births, deaths and moves, and by nothing else."""
        return model.rural_population[region, year] == closing_rural_population(
            opening_rural_population=opening(model, "rural", region, year),
            natural_growth_rate=model.natural_growth_rate[region, year],
            rural_to_urban_moves=model.rural_to_urban_moves[region, year],
            rural_departures=departures(region, "rural", year),
            rural_external_migration=model.rural_external_migration[region, year],
            step=STEP,
        )

    add_move_limits(model)
    add_external_bounds(model)


def add_move_limits(model: Any) -> None:
    """How many may move to town in their own region, and from one region to another."""
    import pyomo.environ as pyo

    model.supported_moves_limit = pyo.Param(model.REGION, model.YEAR, mutable=True, initialize=0.0, within=pyo.Any)

    @model.Constraint(model.REGION, model.YEAR, doc="population.move_limit")
    def moves_to_town_are_bounded(model: Any, region: str, year: int) -> Any:
        """No more country people move to their own towns than the limit allows."""
        return model.rural_to_urban_moves[region, year] <= move_limit(
            opening_population=opening(model, "rural", region, year),
            move_limit_rate=model.rural_to_urban_limit_rate[region],
        )

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: moves beyond the trend need support")
    def faster_moves_need_support(model: Any, region: str, year: int) -> Any:
        """Without support no more people move to town than on the trend."""
        return model.rural_to_urban_moves[region, year] <= model.supported_moves_limit[region, year]

    @model.Constraint(model.PAIR, model.YEAR, doc="population.move_limit")
    def moves_between_regions_are_bounded(model: Any, origin: str, destination: str, year: int) -> Any:
        """No more people move from one region to another than the limit allows."""
        return sum(model.moves[origin, destination, kind, year] for kind in KINDS_OF_MOVER) <= move_limit(
            opening_population=residents(model, origin, year),
            move_limit_rate=model.between_region_limit_rate[origin],
        )


def add_external_bounds(model: Any) -> None:
    """Net migration from outside stays within a band around the trend, for town and country apart."""

    @model.Constraint(model.REGION, KINDS_OF_MOVER, (-1, 1), model.YEAR, doc="population.move_limit")
    def external_migration_is_bounded(model: Any, region: str, kind: str, side: int, year: int) -> Any:
        """Migration from outside differs from its trend by no more than the band."""
        moved = getattr(model, f"{kind}_external_migration")[region, year]
        trend = getattr(model, f"trend_{kind}_external_migration")[region, year]
        return side * (moved - trend) <= move_limit(
            opening_population=opening(model, kind, region, year),
            move_limit_rate=model.external_migration_limit_rate[region],
        )


def opening(model: Any, kind: str, region: str, year: int) -> Any:
    """Residents of a kind at the start of a year."""
    earlier = before(year)
    if earlier is None:
        return model.first_population[kind, region]
    return getattr(model, f"{kind}_population")[region, earlier]


def residents(model: Any, region: str, year: int) -> Any:
    """All residents of a region at the start of a year."""
    return population(
        urban_population=opening(model, "urban", region, year), rural_population=opening(model, "rural", region, year)
    )
