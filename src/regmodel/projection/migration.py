"""Where people move when nothing new is decided: the pattern between the censuses, or, without one, the structure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.population import population_path, rural_departures
from regmodel.params import ParameterBook
from regmodel.vocabulary.many import plain
from regmodel.vocabulary.regions import RegionSets

Array = NDArray[np.float64]


def census_deviation(earlier: Array, later: Array, natural: Array, years: float) -> Array:
    """Yearly net migration rate of each region between two censuses, less the mean of its group.

    ``natural`` holds natural growth rates by region; only their differences matter.
    """
    growth = (later / earlier) ** (1 / years) - 1
    rate = growth - natural
    deviation: Array = rate - plain(np.average(rate, weights=earlier))
    return deviation


def structural_deviation(urban: Array, rural: Array, departure_rate: float) -> Array:
    """Net migration rate where no earlier census gives a pattern: country people leave for towns elsewhere.

    Those who leave spread over the towns in proportion to the town residents; nobody is lost.
    """
    leaving = rural_departures(opening_rural_population=rural, rural_departure_rate=departure_rate)
    arriving = leaving.sum() * urban / urban.sum()
    rate: Array = (arriving - leaving) / (urban + rural)
    return rate


def pools(regions: RegionSets) -> list[list[int]]:
    """Indices of the regions that exchange people with one another: those under one parent."""
    parents: dict[str, list[int]] = {}
    for index, region in enumerate(regions.regions):
        parents.setdefault(region.parent, []).append(index)
    return list(parents.values())


def pool_name(regions: RegionSets, pool: list[int]) -> str:
    """The set that a pool makes up, or the region itself where it stands alone."""
    first = regions.regions[pool[0]]
    return first.parent if first.parent in regions.sets else first.id


def yearly_net_moves(opening: Array, deviation: Array) -> Array:
    """Net moves between the regions of one pool in a year (10^4 persons); they sum to nothing."""
    wanted = opening * deviation
    net: Array = wanted - opening * wanted.sum() / opening.sum()
    return net


def path_growth(book: ParameterBook, pool: str) -> float:
    """Yearly growth of a pool's named path; raises MissingRecord for one without a record of its own."""
    key = "population.region_path_growth"
    return book.value(key if pool == book.regions.home else f"{key}.{pool}")


def path_of(book: ParameterBook, pool: str, base_population: float, years: int) -> Array:
    """Total residents of a pool on its named path, one value a year after the base year.

    Raises MissingRecord for a pool outside Inner Mongolia without a path of its own: none is borrowed.
    """
    growth = path_growth(book, pool)
    elapsed = np.arange(1, years + 1, dtype=float)
    path: Array = population_path(base_population=base_population, growth_rate=growth, step=1.0, elapsed_steps=elapsed)
    return path
