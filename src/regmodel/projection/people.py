"""Coefficients of population: natural growth by age structure and the limits of moving."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.population import natural_growth_rate
from regmodel.params import BaseYear, ParameterBook
from regmodel.vocabulary.many import plain, stacked
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

Array = NDArray[np.float64]


def by_region(book: ParameterBook, base: BaseYear, key: str) -> Array:
    """One record for every region, each with its own suffix where it has one."""
    found: Array = stacked([book.value(key, region) for region in base.regions.ids()])
    return found


def people_coefficients(book: ParameterBook, base: BaseYear, usable: Mapping[str, float]) -> dict[str, Array]:
    """Opening residents, natural growth rates (region, year) and the bounds of moves (shares a year)."""
    return {
        "base_urban_population": base.urban_population,
        "base_rural_population": base.population - base.urban_population,
        "natural_growth_rate": natural_rates(book, base, range(BASE_YEAR + 1, LAST_YEAR + 1)),
        "rural_to_urban_limit_rate": by_region(book, base, "population.rural_to_urban_limit"),
        "between_region_limit_rate": by_region(book, base, "population.between_city_flow_limit"),
        "external_migration_limit_rate": by_region(book, base, "population.net_migration_band"),
    }


def natural_rates(book: ParameterBook, base: BaseYear, years: range) -> Array:
    """Natural growth by region and year; the regional rate falls, older regions stand below it."""
    elderly = stacked([book.figure("age_share_60plus", region, BASE_YEAR) for region in base.regions.ids()])
    home = base.regions.indices(base.regions.home)
    regional_elderly = plain(np.average(elderly[home], weights=base.population[home]))
    first_year = BASE_YEAR + 1
    start = book.value("population.natural_rate_2021")
    fall = book.value("population.natural_rate_yearly_change")
    regional = stacked([start + fall * (year - first_year) for year in years])
    rates: Array = natural_growth_rate(
        regional_natural_growth_rate=regional[None, :],
        age_slope=book.value("population.natural_rate_age_slope"),
        elderly_share=elderly[:, None],
        regional_elderly_share=regional_elderly,
    )
    return rates
