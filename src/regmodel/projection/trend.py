"""People when nothing new is decided: total on the region's path, migration on its pattern, towns on the logistic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.population import logistic_pace, logistic_urban_share
from regmodel.params import ParameterBook
from regmodel.projection.migration import (
    census_deviation,
    path_of,
    pool_name,
    pools,
    structural_deviation,
    yearly_net_moves,
)
from regmodel.vocabulary.many import anywhere, blank, how_many, plain, stacked, with_room
from regmodel.vocabulary.regions import RegionSets

Array = NDArray[np.float64]
ABOVE_OBSERVED = 0.03
PATHS_KEPT = 512
CENSUS_YEARS = (2010, 2020)


@dataclass(frozen=True)
class Moves:
    """Flows by region and year (10^4 persons a year), as the accounts take them, and the residents they lead to."""

    rural_to_urban_moves: Array
    arrivals: Array
    urban_departures: Array
    rural_departures: Array
    urban_external_migration: Array
    rural_external_migration: Array
    urban_population: Array
    rural_population: Array


@dataclass(frozen=True)
class GroupTrend:
    """The bounded logistic of a whole pool, which its regions must add up to."""

    pool: str
    share: float
    ceiling: float
    pace: float


@dataclass(frozen=True)
class TownTrend:
    """The bounded logistic of each region: opening share, ceiling and yearly pace; ``control`` binds their sum."""

    share: Array
    ceiling: Array
    pace: Array
    control: GroupTrend | None = None


def census_people(book: ParameterBook, regions: RegionSets, year: int) -> tuple[Array, Array]:
    """Residents and town residents of a census by region (10^4 persons)."""
    people = stacked([book.figure("population", region, year) for region in regions.ids()])
    urban = stacked([book.figure("urban_population", region, year) for region in regions.ids()])
    return people, urban


def ceilings(book: ParameterBook, regions: RegionSets, share: Array) -> Array:
    """Ceiling of the urban share by region: as recorded, never below the last observation plus three points."""
    recorded = stacked([book.value("population.urban_ceiling", region) for region in regions.ids()])
    held: Array = np.minimum(np.maximum(recorded, share + ABOVE_OBSERVED), 1.0)
    return held


def town_trend(book: ParameterBook, regions: RegionSets) -> TownTrend:
    """The logistic through the two censuses, region by region."""
    earlier_people, earlier_urban = census_people(book, regions, CENSUS_YEARS[0])
    people, urban = census_people(book, regions, CENSUS_YEARS[1])
    share, earlier = urban / people, earlier_urban / earlier_people
    ceiling = ceilings(book, regions, share)
    pace: Array = logistic_pace(
        earlier_share=earlier,
        later_share=share,
        urban_ceiling=ceiling,
        elapsed=float(CENSUS_YEARS[1] - CENSUS_YEARS[0]),
    )
    return TownTrend(share, ceiling, pace)


def town_shares(regions: RegionSets, people: Array, towns: TownTrend, elapsed: float) -> Array:
    """Urban shares by region after some years.

    Those of the controlled pool are shifted along their own logistics by one amount, so that together they keep the
    pool's share.
    """
    shares: Array = logistic_urban_share(
        base_share=towns.share, urban_ceiling=towns.ceiling, pace=towns.pace, elapsed=elapsed
    )
    if towns.control is None:
        return shares
    for pool in pools(regions):
        if pool_name(regions, pool) == towns.control.pool:
            controlled = _controlled(people[pool], towns, pool, towns.control, elapsed)
            shares = with_room(shares, controlled)
            shares[pool] = controlled
    return shares


def _controlled(people: Array, towns: TownTrend, pool: list[int], control: GroupTrend, elapsed: float) -> Array:
    wanted = people.sum() * logistic_urban_share(
        base_share=control.share, urban_ceiling=control.ceiling, pace=control.pace, elapsed=elapsed
    )
    parts = (people, towns.share[pool], towns.ceiling[pool], towns.pace[pool])
    if how_many(*parts, wanted):
        return _shifted(*parts, wanted, elapsed)
    share, ceiling, pace = (np.ascontiguousarray(part).tobytes() for part in parts[1:])
    return _kept(np.ascontiguousarray(people).tobytes(), share, ceiling, pace, float(wanted), elapsed)


@lru_cache(maxsize=PATHS_KEPT)
def _kept(people: bytes, share: bytes, ceiling: bytes, pace: bytes, wanted: float, elapsed: float) -> Array:
    """Kept by its inputs: of the scenarios that differ by one record, few differ in people."""
    low, top, yearly = (np.frombuffer(part) for part in (share, ceiling, pace))
    shares = _shifted(np.frombuffer(people), low, top, yearly, wanted, elapsed)
    shares.setflags(write=False)
    return shares


def _shifted(people: Array, share: Array, ceiling: Array, pace: Array, wanted: float, elapsed: float) -> Array:
    """Shares on logistics that are shifted by one amount until they sum to what is wanted, found by halving."""
    slow: Any = -60.0 + 0.0 * wanted
    fast: Any = 60.0 + 0.0 * wanted
    for _ in range(80):
        shift = (slow + fast) / 2
        shares: Array = logistic_urban_share(
            base_share=share,
            urban_ceiling=ceiling,
            pace=pace + shift / elapsed,
            elapsed=elapsed,
        )
        if not anywhere((shift != slow) & (shift != fast)):
            break  # no number lies between the two any more
        below = people @ shares < wanted
        slow, fast = np.where(below, shift, slow), np.where(below, fast, shift)
    return shares


def census_pattern(book: ParameterBook, regions: RegionSets, natural: Array) -> Array:
    """Net migration deviation by region between the two censuses, pool by pool (share of residents a year)."""
    earlier, _ = census_people(book, regions, CENSUS_YEARS[0])
    later, _ = census_people(book, regions, CENSUS_YEARS[1])
    deviation = blank((len(later),), earlier, later, natural)
    for pool in pools(regions):
        deviation[pool] = census_deviation(
            earlier[pool], later[pool], natural[pool], float(CENSUS_YEARS[1] - CENSUS_YEARS[0])
        )
    return deviation


def structural_pattern(regions: RegionSets, urban: Array, rural: Array, departure_rate: float) -> Array:
    """Net migration deviation by region from the structure alone, for a base year without an earlier census."""
    deviation = blank((len(urban),), urban, rural, departure_rate)
    for pool in pools(regions):
        deviation[pool] = structural_deviation(urban[pool], rural[pool], departure_rate)
    return deviation


def pool_paths(book: ParameterBook, regions: RegionSets, people: Array, years: int) -> list[Array]:
    """Total residents of each pool on its named path, in the order of ``pools``."""
    return [path_of(book, pool_name(regions, pool), plain(people[pool].sum()), years) for pool in pools(regions)]


def trend_moves(
    regions: RegionSets,
    urban: Array,
    rural: Array,
    natural: Array,
    totals: list[Array],
    deviations: Array,
    towns: TownTrend,
) -> Moves:
    """Flows year by year: totals on the pools' paths, deviations (region, year), town shares on the logistic.

    ``natural`` and ``deviations`` are (region, year); what the logistic asks beyond what the country side has, or
    below nothing, is not moved.
    """
    years = natural.shape[1]
    shape = (len(urban), years)
    given: tuple[object, ...] = (urban, rural, natural, *totals, deviations, towns.share, towns.ceiling, towns.pace)
    if towns.control is not None:
        given = (*given, towns.control.share, towns.control.ceiling, towns.control.pace)
    flows = {name: blank(shape, *given) for name in Moves.__dataclass_fields__}
    urban_now, rural_now = urban.astype(float), rural.astype(float)
    for year in range(years):
        people = urban_now + rural_now
        net, external = blank((len(people),), *given), blank((len(people),), *given)
        for pool, total in zip(pools(regions), totals, strict=True):
            net[pool] = yearly_net_moves(people[pool], deviations[pool, year])
            grown = people[pool] * (1 + natural[pool, year])
            external[pool] = (total[year] - grown.sum()) * people[pool] / people[pool].sum()
        share = urban_now / people
        arrivals, departures = np.maximum(net, 0.0), np.maximum(-net, 0.0)
        closing = people * (1 + natural[:, year]) + net + external
        wanted = closing * town_shares(regions, closing, towns, float(year + 1))
        staying = urban_now * (1 + natural[:, year]) + arrivals - share * departures + share * external
        left = rural_now * (1 + natural[:, year]) - (1 - share) * departures + (1 - share) * external
        moving = np.clip(wanted - staying, 0.0, left)
        urban_now, rural_now = staying + moving, left - moving
        for name, value in (
            ("rural_to_urban_moves", moving),
            ("arrivals", arrivals),
            ("urban_departures", share * departures),
            ("rural_departures", (1 - share) * departures),
            ("urban_external_migration", share * external),
            ("rural_external_migration", (1 - share) * external),
            ("urban_population", urban_now),
            ("rural_population", rural_now),
        ):
            flows[name][:, year] = value
    return Moves(**flows)


def regional_control(
    regions: RegionSets,
    people: Array,
    urban: Array,
    ceiling: float,
    earlier_share: float,
    later_share: float,
    years: float,
) -> GroupTrend | None:
    """The region's own logistic through a printed pair of shares, from its share in the base year."""
    for pool in pools(regions):
        if pool_name(regions, pool) == regions.home:
            share = plain(urban[pool].sum() / people[pool].sum())
            pace = logistic_pace(
                earlier_share=earlier_share, later_share=later_share, urban_ceiling=ceiling, elapsed=years
            )
            return GroupTrend(regions.home, share, ceiling, pace)
    return None
