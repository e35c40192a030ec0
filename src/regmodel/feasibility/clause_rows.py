"""Clauses as rows of the programme: which rows a clause has, and what each row says, in the equations' own terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from regmodel.equations.land import land_excess, quota_with_swaps, residential_land
from regmodel.equations.population import population, urban_excess
from regmodel.equations.water import consumption_allowance, intensity_excess
from regmodel.feasibility.water import all_supply, from_source, rights_bought, rights_sold, river_consumption
from regmodel.plans import Clause
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY

ELASTIC = 1_000_000.0
UNCONVENTIONAL = ("reclaimed", "mine_water")


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


def _each_year(body: str) -> Callable[[Clause, RegionSets], list[RowShape]]:
    """One row a year for the regions together."""

    def make(clause: Clause, regions: RegionSets) -> list[RowShape]:
        places = regions.members(clause.region)
        return [RowShape(_name(clause.id, "", year), clause.id, body, places, year) for year in _years(clause)]

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
    ("cap", "water_supply_groundwater"): _each_year("wells"),
    ("path", "population"): _each_year("residents"),
    ("path", "water_shortage"): _needs,
}


def rows_of(clause: Clause, regions: RegionSets) -> list[RowShape]:
    """The rows of one clause; none where the model has no variable for it or the clause prints no bound."""
    make = MAKERS.get((clause.kind, clause.variable))
    bounded = clause.value is not None or clause.assumed or clause.sense == "rising" or bool(clause.readings)
    return make(clause, regions) if make is not None and bounded else []


def add_clauses(model: Any) -> None:
    """One named row for every row of every clause, with an elastic part on each side that is nothing by default."""
    model.row_low = pyo.Param(model.ROW, mutable=True, initialize=0.0, within=pyo.Any)
    model.row_high = pyo.Param(model.ROW, mutable=True, initialize=0.0, within=pyo.Any)
    model.row_factor = pyo.Param(model.ROW, mutable=True, initialize=0.0, within=pyo.Any)
    model.under = pyo.Var(model.ROW, bounds=(0, 0))
    model.over = pyo.Var(model.ROW, bounds=(0, 0))
    by_name = {row.name: row for row in model.shape.rows}

    @model.Constraint(model.ROW)
    def clause(model: Any, name: str) -> Any:
        """The clause holds, short of what its elastic parts allow."""
        row = by_name[name]
        body = BODIES[row.body](model, row) + model.under[name] - model.over[name]
        return (model.row_low[name], body, model.row_high[name])


def _people(model: Any, row: RowShape, places: tuple[str, ...]) -> Any:
    return population(
        urban_population=_towns(model, row, places),
        rural_population=sum(model.rural_population[place, row.year] for place in places),
    )


def _towns(model: Any, row: RowShape, places: tuple[str, ...]) -> Any:
    return sum(model.urban_population[place, row.year] for place in places)


def _urban_share_body(model: Any, row: RowShape) -> Any:
    return urban_excess(
        urban_population=_towns(model, row, row.places),
        population=_people(model, row, row.places),
        urban_share=model.row_factor[row.name],
    )


def _urban_part_body(model: Any, row: RowShape) -> Any:
    return urban_excess(
        urban_population=_towns(model, row, row.places),
        population=_towns(model, row, row.whole),
        urban_share=model.row_factor[row.name],
    )


def _growth_body(model: Any, row: RowShape) -> Any:
    level = sum(model.gdp[place, row.year] for place in row.places)
    if row.since == BASE_YEAR:
        return level
    return level - model.row_factor[row.name] * sum(model.gdp[place, row.since] for place in row.places)


def _new_land_body(model: Any, row: RowShape) -> Any:
    taken: Any = 0
    for place in row.places:
        released = model.rural_land_released[place, row.year]
        if row.since != BASE_YEAR:
            released = released - model.rural_land_released[place, row.since]
        period = [year for year in YEARS if (row.since or BASE_YEAR) < year <= row.year]
        taken += sum(model.new_urban_land[place, year] for year in period) - quota_with_swaps(
            land_quota=0, swap_ratio=model.swap_ratio[place], rural_land_released=released
        )
    return taken


def _land_body(part: str) -> Callable[[Any, RowShape], Any]:
    def body(model: Any, row: RowShape) -> Any:
        total: Any = 0
        for place in row.places:
            people = model.urban_population[place, row.year]
            held = model.urban_land[place, row.year]
            if part == "residential":
                held = residential_land(
                    urban_population=people, residential_land_norm=model.residential_land_norm[place]
                )
            total += land_excess(urban_land=held, urban_population=people, land_standard=model.row_factor[row.name])
        return total

    return body


def _water_total_body(model: Any, row: RowShape) -> Any:
    taken = sum(all_supply(model, place, row.year) for place in row.places)
    return taken - model.row_factor[row.name] * _unconventional_body(model, row)


def _unconventional_body(model: Any, row: RowShape) -> Any:
    return sum(from_source(model, place, source, row.year) for place in row.places for source in UNCONVENTIONAL)


def _intensity_body(of_industry: bool) -> Callable[[Any, RowShape], Any]:
    def body(model: Any, row: RowShape) -> Any:
        if of_industry:
            use = sum(model.industrial_use[place, row.year] for place in row.places)
            output = sum(model.value_added[place, sector, row.year] for place in row.places for sector in INDUSTRY)
        else:
            use = sum(all_supply(model, place, row.year) for place in row.places)
            output = sum(model.gdp[place, row.year] for place in row.places)
        return intensity_excess(use=use, intensity_limit=model.row_factor[row.name], value_added=output)

    return body


def _reclaimed_body(model: Any, row: RowShape) -> Any:
    reclaimed = sum(from_source(model, place, "reclaimed", row.year) for place in row.places)
    sewage = sum(model.collected_sewage[place, row.year] for place in row.places)
    return reclaimed - model.row_factor[row.name] * sewage


def _river_body(model: Any, row: RowShape) -> Any:
    total: Any = 0
    for place in row.places:
        if place not in model.shape.yellow_river:
            continue
        total += river_consumption(model, place, row.year) - consumption_allowance(
            yellow_river_quota=0,
            river_flow_ratio=1,
            rights_bought=rights_bought(model, place, row.year),
            rights_sold=rights_sold(model, place, row.year),
        )
    return total


def _wells_body(model: Any, row: RowShape) -> Any:
    return sum(from_source(model, place, "groundwater", row.year) for place in row.places)


def _residents_body(model: Any, row: RowShape) -> Any:
    return _people(model, row, row.places)


def _shortage_body(model: Any, row: RowShape) -> Any:
    return sum(model.shortage[place, use, row.year] for place in row.places for use in model.SHORT)


BODIES: dict[str, Callable[[Any, RowShape], Any]] = {
    "urban_share": _urban_share_body,
    "urban_level": lambda model, row: _towns(model, row, row.places),
    "urban_part": _urban_part_body,
    "output_growth": _growth_body,
    "new_land": _new_land_body,
    "land_residential_part": _land_body("residential"),
    "land_all_urban_land": _land_body("all"),
    "water_total": _water_total_body,
    "water_per_gdp": _intensity_body(of_industry=False),
    "water_per_industry": _intensity_body(of_industry=True),
    "reclaimed_share": _reclaimed_body,
    "unconventional": _unconventional_body,
    "river": _river_body,
    "wells": _wells_body,
    "residents": _residents_body,
    "shortage": _shortage_body,
}
