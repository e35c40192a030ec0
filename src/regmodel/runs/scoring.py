"""Projected against observed values, beside the benchmarks that anybody could have used, fitted on the same past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.params import ParameterBook
from regmodel.runs.observations import EXCHANGE_UNITS
from regmodel.vocabulary.regions import RegionSets

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Key = tuple[str, str, int]  # variable, region or set, year
BENCHMARKS = ("constant_share", "last_value", "constant_rate")
CENSUS_YEARS = (2000, 2010, 2020)
HEADCOUNTS = ("population", "urban_population", "rural_population")
URBAN_SHARE = "urbanisation_rate"
PEOPLE = (*HEADCOUNTS, URBAN_SHARE)


def score(
    projected: pd.DataFrame,
    actuals: pd.DataFrame,
    past: Mapping[Key, float],
    base_year: int,
    regions: RegionSets,
) -> list[dict[str, Any]]:
    """Every observed value that was projected, with the benchmarks from ``past``; values in exchange units.

    ``projected`` has region, variable, unit, year, value and may have low and high; ``actuals`` has region, variable,
    year, value and basis. Rows that are not in both are not scored. A benchmark that the past gives no ground for is
    None, never 0.
    """
    known = _by_key(projected, "value")
    ends = {end: _by_key(projected, end) for end in ("low", "high") if end in projected.columns}
    units = {str(row.variable): str(row.unit) for row in projected.itertuples()}
    scores = []
    for row in actuals.itertuples():
        key = (str(row.variable), str(row.region), int(str(row.year)))
        if key not in known or key[2] <= base_year:
            continue
        scores.append(
            {
                "region": key[1],
                "variable": key[0],
                "year": key[2],
                "unit": units[key[0]],
                "basis": str(row.basis),
                "observed": float(str(row.value)),
                "projected": known[key],
                **{end: ends.get(end, {}).get(key) for end in ("low", "high")},
                **benchmarks(key, known, past, base_year, regions),
            }
        )
    return scores


def _by_key(frame: pd.DataFrame, column: str) -> dict[Key, float]:
    rows = zip(frame["variable"], frame["region"], frame["year"], frame[column], strict=True)
    return {
        (str(variable), str(region), int(year)): float(value)
        for variable, region, year, value in rows
        if value is not None and value == value
    }


def benchmarks(
    key: Key, projected: Mapping[Key, float], past: Mapping[Key, float], base_year: int, regions: RegionSets
) -> dict[str, float | None]:
    """What a reader with a pencil would have said: constant rate, constant share of the total, last value."""
    variable, region, year = key
    last = past.get((variable, region, base_year))
    rate = None
    earlier = [when for (name, place, when) in past if (name, place) == (variable, region) and when < base_year]
    if last is not None and earlier:
        before = past[variable, region, max(earlier)]
        if before > 0 and last > 0:
            rate = last * (last / before) ** ((year - base_year) / (base_year - max(earlier)))
    share = last if variable == URBAN_SHARE else None
    total = pool_of(region, regions)
    whole = "population" if variable in HEADCOUNTS else variable
    if last is not None and total is not None and variable != URBAN_SHARE and (variable, region) != (whole, total):
        whole_before, whole_now = past.get((whole, total, base_year)), projected.get((whole, total, year))
        if whole_before and whole_now is not None:
            share = last * whole_now / whole_before
    return {"constant_rate": rate, "constant_share": share, "last_value": last}


def pool_of(place: str, regions: RegionSets) -> str | None:
    """The set, or the region standing alone, whose total the regions of a place share; None across pools."""
    parents = {regions.region(member).parent for member in regions.members(place)}
    if len(parents) != 1:
        return None
    parent = parents.pop()
    return parent if parent in regions.sets else place


def people_values(regions: RegionSets, urban: Array, rural: Array, first_year: int) -> dict[Key, float]:
    """Headcounts (10^4 persons) and urban share (per cent) by key from arrays over region and year; sets are sums."""
    values: dict[Key, float] = {}
    for place in (*regions.ids(), *regions.sets):
        rows = regions.indices(place)
        in_town, in_country = urban[rows].sum(axis=0), rural[rows].sum(axis=0)
        for offset, (town, country) in enumerate(zip(in_town, in_country, strict=True)):
            year = first_year + offset
            values["population", place, year] = float(town + country)
            values["urban_population", place, year] = float(town)
            values["rural_population", place, year] = float(country)
            values[URBAN_SHARE, place, year] = float(100 * town / (town + country))
    return values


def exchange_rows(values: Mapping[Key, float]) -> pd.DataFrame:
    """Values by key as rows in the exchange shape, in exchange units."""
    import pandas as pd

    return pd.DataFrame(
        [
            {"region": place, "variable": variable, "unit": EXCHANGE_UNITS[variable], "year": year, "value": value}
            for (variable, place, year), value in values.items()
        ],
        columns=["region", "variable", "unit", "year", "value"],
    )


def with_interval(
    central: pd.DataFrame,
    moved: Sequence[tuple[Mapping[Key, float], Mapping[Key, float]]],
    missed: Mapping[Key, float] | None = None,
) -> pd.DataFrame:
    """The central frame with low and high: deviations in quadrature.

    ``moved`` holds values with single records at either end, one at a time; ``missed`` what each value may miss by as
    an earlier back-cast did. Rows that neither has get no interval.
    """
    keys = [
        (str(variable), str(region), int(year))
        for variable, region, year in zip(central["variable"], central["region"], central["year"], strict=True)
    ]
    middle = central["value"].to_numpy(dtype=float)
    errors = np.array([(missed or {}).get(key, 0.0 if moved else np.nan) for key in keys], dtype=float)
    below, above = errors**2, errors**2
    for pair in moved:
        ends = np.array([[one.get(key, np.nan) for key in keys] for one in pair]) - middle
        below = below + np.minimum(ends.min(axis=0), 0.0) ** 2
        above = above + np.maximum(ends.max(axis=0), 0.0) ** 2
    ceiling = np.where(central["unit"] == "%", 100.0, np.inf)
    return central.assign(low=middle - np.sqrt(below), high=np.minimum(middle + np.sqrt(above), ceiling))


def growth_past(book: ParameterBook, values: Mapping[Key, float], base_year: int) -> dict[Key, float]:
    """Output a year before the base year, in its prices, where a real growth rate of the base year is published."""
    past: dict[Key, float] = {}
    for place in (*book.regions.ids(), *book.regions.sets):
        growth = book.find_figure("gdp_growth_real", place, base_year)
        level = values.get(("gdp", place, base_year))
        if growth is not None and level is not None:
            past["gdp", place, base_year - 1] = level / (1 + growth.value)
    return past


def census_past(book: ParameterBook, until: int) -> dict[Key, float]:
    """Headcounts and urban shares of the censuses up to a year, for regions and for sets whose members all have one.

    10^4 persons and per cent. No figure of a later year is read.
    """
    past: dict[Key, float] = {}
    for year in (census for census in CENSUS_YEARS if census <= until):
        for variable in ("population", "urban_population"):
            for region in book.regions.ids():
                figure = book.find_figure(variable, region, year)
                if figure is not None:
                    past[variable, region, year] = figure.value
            for name, members in book.regions.sets.items():
                parts = [past.get((variable, member, year)) for member in members]
                known = [part for part in parts if part is not None]
                if parts and len(known) == len(parts):
                    past[variable, name, year] = sum(known)
        for place in (*book.regions.ids(), *book.regions.sets):
            people, urban = past.get(("population", place, year)), past.get(("urban_population", place, year))
            printed = book.find_figure(URBAN_SHARE, place, year)
            if people and urban is not None:
                past[URBAN_SHARE, place, year] = 100 * urban / people
                past["rural_population", place, year] = people - urban
            elif printed is not None:
                past[URBAN_SHARE, place, year] = 100 * printed.value
    return past
