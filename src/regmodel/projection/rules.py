"""Rules of behaviour: what happens when nothing new is decided. They choose decisions; the accounts do the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.land import production_land, residential_land
from regmodel.equations.output import farm_output_ceiling, grown_level
from regmodel.equations.water import collected_sewage
from regmodel.params import ParameterBook, convert
from regmodel.plans import Clause
from regmodel.projection.accounts import people, production, water_needs
from regmodel.projection.coefficients import YEARS, Coefficients
from regmodel.projection.decisions import Decisions
from regmodel.projection.people import by_region
from regmodel.projection.trend import (
    GroupTrend,
    Moves,
    census_pattern,
    pool_paths,
    regional_control,
    town_trend,
    trend_moves,
)
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import blank
from regmodel.vocabulary.sets import BASE_YEAR, SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
LAST_OF_FIRST_PLAN = 2025
_ORDER_OF_USES = ("domestic", "ecology", "industry", "irrigation")
_ORDER_OF_SOURCES = {
    "domestic": ("groundwater", "local_surface"),
    "ecology": ("reclaimed", "local_surface", "groundwater"),
    "industry": ("reclaimed", "local_surface", "groundwater"),
    "irrigation": ("yellow_river", "local_surface", "groundwater"),
}


def trend_decisions(scenario: Scenario, paths: Coefficients) -> Decisions:
    """The decisions of the trend for one set of records: (region, year) arrays, see ``Decisions``."""
    moves = trend_of_people(scenario, paths)
    years = len(YEARS)
    count = len(paths.base_supply)
    areas = np.repeat(paths["base_irrigated_area"][:, :, None], years, axis=2)
    nothing = np.zeros((count, years))
    ecology = np.repeat(paths.base_supply[:, :, USES.index("ecology")].sum(axis=1)[:, None], years, axis=1)
    draft = Decisions(
        rural_to_urban_moves=moves.rural_to_urban_moves,
        arrivals=moves.arrivals,
        urban_departures=moves.urban_departures,
        rural_departures=moves.rural_departures,
        urban_external_migration=moves.urban_external_migration,
        rural_external_migration=moves.rural_external_migration,
        value_added=trend_output(scenario.book, paths),
        irrigated_area=areas,
        industrial_saving=nothing,
        ecological_use=ecology,
        supply=np.zeros((count, len(WATER_SOURCES), len(USES), years)),
        rights_bought=nothing,
        rights_sold=nothing,
        new_urban_land=nothing,
        reused_land=nothing,
        rural_land_released=nothing,
    )
    told = people(paths, draft) | production(paths, draft)
    needs = water_needs(paths, draft, told)
    supply = allocate(paths, {use: needs[use] for use in USES}, needs["urban_domestic_use"])
    return replace(draft, supply=supply, new_urban_land=trend_land(paths, told))


def trend_of_people(scenario: Scenario, paths: Coefficients) -> Moves:
    """Flows of people on the trend from the base year; the region's urban share follows the plan's own pair."""
    book = scenario.book
    natural = paths["natural_growth_rate"]
    pattern = census_pattern(book, paths.regions, natural[:, 0])
    persistence = book.value("population.migration_persistence")
    deviations = pattern[:, None] * persistence ** np.arange(len(YEARS))
    people_now = paths["base_urban_population"] + paths["base_rural_population"]
    return trend_moves(
        paths.regions,
        paths["base_urban_population"],
        paths["base_rural_population"],
        natural,
        pool_paths(book, paths.regions, people_now, len(YEARS)),
        deviations,
        replace(town_trend(book, paths.regions), control=_control(scenario, paths)),
    )


def _control(scenario: Scenario, paths: Coefficients) -> GroupTrend | None:
    """The region's logistic from the plan's printed pair: the share of the base year and its rise before."""
    urban = paths["base_urban_population"]
    now = _printed_at_home(scenario, "baseline", "urbanisation_rate")
    rise = _printed_at_home(scenario, "history", "urbanisation_rate_change")
    if now is None or rise is None or now.value is None or rise.value is None:
        return None
    if now.year_to != BASE_YEAR or rise.year_to != BASE_YEAR or rise.year_from is None:
        return None
    later = convert(now.value, now.unit, "dimensionless")
    return regional_control(
        paths.regions,
        urban + paths["base_rural_population"],
        urban,
        scenario.book.value("population.urban_ceiling.region"),
        later - convert(rise.value, rise.unit, "dimensionless"),
        later,
        float(BASE_YEAR - rise.year_from),
    )


def _printed_at_home(scenario: Scenario, kind: str, variable: str) -> Clause | None:
    """The clause that prints a figure of the region as a whole; None where no plan does."""
    clauses = (active.clause for active in scenario.clauses if active.clause.region == scenario.book.regions.home)
    return next((clause for clause in clauses if clause.kind == kind and clause.variable == variable), None)


def trend_output(book: ParameterBook, paths: Coefficients) -> Array:
    """Value added (region, sector, year) at trend growth; farming no faster than its land can carry."""
    early = by_region(book, paths.base, "output.trend_growth_2021_2025")
    late = by_region(book, paths.base, "output.trend_growth_2026_2035")
    base = paths["base_value_added"]
    result = blank(
        (*base.shape, len(YEARS)), base, early, late, paths["base_irrigated_area"], paths["farm_output_per_area"]
    )
    level = base
    for index, year in enumerate(YEARS):
        rate = early if year <= LAST_OF_FIRST_PLAN else late
        level = grown_level(base_level=level, growth_rate=rate[:, None], step=1.0, elapsed_steps=1)
        result[:, :, index] = level
    farming = SECTORS.index("agriculture")
    ceiling = farm_output_ceiling(
        irrigated_area=paths["base_irrigated_area"].sum(axis=1)[:, None],
        farm_output_per_area=paths["farm_output_per_area"],
    )
    result[:, farming] = np.minimum(result[:, farming], ceiling)
    return result


def allocate(paths: Coefficients, needs: dict[str, Array], urban_domestic_use: Array) -> Array:
    """Supply (region, source, use, year): uses in order of priority ask their sources in order; rest is short."""
    available = {
        "groundwater": paths["groundwater_limit"].copy(),
        "local_surface": paths["local_surface_limit"].copy(),
        "reclaimed": _base_reclaimed(paths, needs["industry"], urban_domestic_use),
        "yellow_river": _river_for_fields(paths),
    }
    count = len(paths.base_supply)
    supply = blank((count, len(WATER_SOURCES), len(USES), len(YEARS)), *needs.values(), *available.values())
    for use in _ORDER_OF_USES:
        wanted = needs[use].copy()
        for source in _ORDER_OF_SOURCES[use]:
            given = np.minimum(wanted, available[source])
            supply[:, WATER_SOURCES.index(source), USES.index(use)] = given
            available[source] = available[source] - given
            wanted = wanted - given
    return supply


def _base_reclaimed(paths: Coefficients, industry: Array, urban_domestic_use: Array) -> Array:
    """Reclaimed water at the base year's rate of the sewage that each year collects."""
    reclaimed = paths.base_supply[:, WATER_SOURCES.index("reclaimed")].sum(axis=1)
    base_sewage = collected_sewage(
        urban_domestic_use=paths["urban_water_norm"] * paths["base_urban_population"],
        domestic_sewage_share=paths["domestic_sewage_share"],
        industrial_use=paths.base_supply[:, :, USES.index("industry")].sum(axis=1),
        industrial_sewage_share=paths["industrial_sewage_share"],
    )
    sewage = collected_sewage(
        urban_domestic_use=urban_domestic_use,
        domestic_sewage_share=paths["domestic_sewage_share"][:, None],
        industrial_use=industry,
        industrial_sewage_share=paths["industrial_sewage_share"][:, None],
    )
    scaled: Array = (reclaimed / base_sewage)[:, None] * sewage
    return scaled


def _river_for_fields(paths: Coefficients) -> Array:
    """River water that fields may take: as in the base year, less where a dry year's quota does not carry it."""
    taken = paths.base_supply[:, WATER_SOURCES.index("yellow_river"), USES.index("irrigation")]
    ratio = paths["consumption_ratio"][USES.index("irrigation")]
    quota = paths["yellow_river_quota"][:, None] * paths["river_flow_ratio"][None, :]
    allowed: Array = np.minimum(taken[:, None], quota / ratio)
    return allowed


def trend_land(paths: Coefficients, told: dict[str, Array]) -> Array:
    """New urban land a year (km2): what people and production need beyond the stock, never negative."""
    produced = (told["gdp"] - told["va_agriculture"])[:, 1:]
    need = residential_land(
        urban_population=told["urban_population"][:, 1:],
        residential_land_norm=paths["residential_land_norm"][:, None],
    ) + production_land(value_added=produced, land_per_output=paths["land_per_output"])
    stock = paths["base_urban_land"]
    new: Array = blank(need.shape, need, stock)
    for year in range(need.shape[1]):
        new[:, year] = np.maximum(need[:, year] - stock, 0.0)
        stock = stock + new[:, year]
    return new
