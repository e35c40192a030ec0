"""Clauses as rows of the programme: which rows a clause has; what each row says stands in clause_bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regmodel.plans import Clause
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR


@dataclass(frozen=True)
class RowShape:
    """One row: its name, its clause, what it sums (``body``), over which regions, in which year, since when.

    ``reading`` restricts the row to one reading of the clause; ``whole`` is the set that a share is of.
    """

    name: str
    clause: str
    body: str
    places: tuple[str, ...]
    year: int
    since: int | None = None
    reading: str | None = None
    whole: tuple[str, ...] = ()
    side: str = "both"


def _years(clause: Clause) -> tuple[int, ...]:
    return tuple(year for year in YEARS if (clause.year_from or 0) <= year <= (clause.year_to or YEARS[-1]))


def _at_end(body: str, *, sides: Sequence[str] = ("both",)) -> Callable[[Clause, RegionSets], list[RowShape]]:
    """Rows in the clause's last year."""

    def make(clause: Clause, regions: RegionSets) -> list[RowShape]:
        places = regions.members(clause.region)
        year = clause.year_to or YEARS[-1]
        return [
            RowShape(_name(clause.id, side if side != "both" else "", year), clause.id, body, places, year, side=side)
            for side in sides
        ]

    return make


def _each_year(body: str, *, sides: Sequence[str] = ("both",)) -> Callable[[Clause, RegionSets], list[RowShape]]:
    """Rows in every year for the regions together.

    A clause of several years with two ends has a row for each: in one row, an end that gives way in a year would take
    the other end along in all of them.
    """

    def make(clause: Clause, regions: RegionSets) -> list[RowShape]:
        places = regions.members(clause.region)
        return [
            RowShape(_name(clause.id, side if side != "both" else "", year), clause.id, body, places, year, side=side)
            for year in _years(clause)
            for side in sides
        ]

    return make


def _name(clause: str, part: str, year: int) -> str:
    return "/".join(word for word in (clause, part, str(year)) if word)


def _growth(clause: Clause, regions: RegionSets) -> list[RowShape]:
    since = (clause.year_from or BASE_YEAR + 1) - 1
    year = clause.year_to or YEARS[-1]
    places = regions.members(clause.region)
    return [
        RowShape(_name(clause.id, side, year), clause.id, "output_growth", places, year, since, side=side)
        for side in ("low", "high")
    ]


def _new_land(clause: Clause, regions: RegionSets) -> list[RowShape]:
    since = (clause.year_from or BASE_YEAR + 1) - 1
    year = clause.year_to or YEARS[-1]
    return [RowShape(_name(clause.id, "", year), clause.id, "new_land", regions.members(clause.region), year, since)]


def _land_per_head(clause: Clause, regions: RegionSets) -> list[RowShape]:
    places, year = regions.members(clause.region), clause.year_to or YEARS[-1]
    return [
        RowShape(_name(clause.id, reading, year), clause.id, f"land_{reading}", places, year, reading=reading)
        for reading in clause.readings
    ]


def _urban_part(clause: Clause, regions: RegionSets) -> list[RowShape]:
    year, whole = clause.year_to or YEARS[-1], regions.members(regions.home)
    rows = []
    for reading in clause.readings:
        expression = clause.region if reading != "central_areas" else clause.region.split("+")[0]
        for side in ("low", "high"):
            name = _name(clause.id, f"{reading}-{side}", year)
            rows.append(
                RowShape(
                    name,
                    clause.id,
                    "urban_part",
                    regions.members(expression),
                    year,
                    reading=reading,
                    whole=whole,
                    side=side,
                )
            )
    return rows


def _needs(clause: Clause, regions: RegionSets) -> list[RowShape]:
    return [
        RowShape(_name(clause.id, region, year), clause.id, "shortage", (region,), year)
        for region in regions.members(clause.region)
        for year in _years(clause)
    ]


def _cap_on_use(clause: Clause, regions: RegionSets) -> list[RowShape]:
    """A cap stands from its year on; years before are rows too, so that a scenario can set a cap there."""
    places = regions.members(clause.region)
    later = clause.year_from is not None and clause.year_from > BASE_YEAR + 1
    years = [year for year in YEARS if not later or year >= (clause.year_from or 0)]
    return [RowShape(_name(clause.id, "", year), clause.id, "water_total", places, year) for year in years]


MAKERS: dict[tuple[str, str], Callable[[Clause, RegionSets], list[RowShape]]] = {
    ("target", "urbanisation_rate"): _at_end("urban_share", sides=("low", "high")),
    ("target", "urban_population"): _at_end("urban_level"),
    ("target", "urban_population_growth"): _at_end("urban_level"),
    ("target", "gdp_growth_real"): _growth,
    ("path", "gdp_growth_real"): _growth,
    ("cap", "new_urban_construction_land"): _new_land,
    ("path", "new_urban_construction_land"): _new_land,
    ("cap", "urban_construction_land_per_capita"): _land_per_head,
    ("statement", "share_of_urban_population"): _urban_part,
    ("statement", "people_moving_to_towns"): _at_end("urban_level"),
    ("cap", "water_use_total"): _cap_on_use,
    ("target", "water_per_gdp_change"): _at_end("water_per_gdp"),
    ("target", "water_per_industrial_va_change"): _at_end("water_per_industry"),
    ("target", "reclaimed_water_rate"): _at_end("reclaimed_share"),
    ("target", "unconventional_water"): _at_end("unconventional"),
    ("cap", "yellow_river_consumption"): _each_year("river"),
    ("cap", "yellow_river_consumption_outside_homes"): _each_year("permits"),
    ("cap", "water_supply_groundwater"): _each_year("wells"),
    ("path", "population"): _each_year("residents", sides=("low", "high")),
    ("path", "water_shortage"): _needs,
}


def rows_of(clause: Clause, regions: RegionSets) -> list[RowShape]:
    """The rows of one clause; none where the model has no variable for it or the clause prints no bound."""
    make = MAKERS.get((clause.kind, clause.variable))
    bounded = clause.value is not None or clause.assumed or clause.sense == "rising" or bool(clause.readings)
    return make(clause, regions) if make is not None and bounded else []
