"""What a row of a clause says, in the equations' own terms; which rows there are stands in clause_rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from regmodel.equations.land import land_excess, quota_with_swaps, residential_land
from regmodel.equations.population import population, urban_excess
from regmodel.equations.water import consumption_allowance, intensity_excess
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.water import all_supply, from_source, rights_bought, rights_sold, river_consumption
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY, USES

SIDES = ("low", "high")
UNCONVENTIONAL = ("reclaimed", "mine_water")


def add_clauses(model: Any) -> None:
    """One named row for every row of every clause.

    Each end of a clause may give way, in the clause's own unit and by the same amount in all its rows: by nothing,
    unless a repair is looked for. A slope turns that amount into the row's memory unit.
    """
    import pyomo.environ as pyo

    for name in ("row_low", "row_high", "row_factor", "row_low_slope", "row_high_slope"):
        setattr(model, name, pyo.Param(model.ROW, mutable=True, initialize=0.0, within=pyo.Any))
    by_name = {row.name: row for row in model.shape.rows}
    model.CLAUSE = pyo.Set(initialize=list(dict.fromkeys(row.clause for row in model.shape.rows)), ordered=True)
    model.give = pyo.Var(model.CLAUSE, SIDES, bounds=(0, 0))

    @model.Constraint(model.ROW)
    def clause(model: Any, name: str) -> Any:
        """The clause holds, short of what its ends give way."""
        row = by_name[name]
        given = (
            model.row_low_slope[name] * model.give[row.clause, "low"]
            - model.row_high_slope[name] * model.give[row.clause, "high"]
        )
        return (model.row_low[name], BODIES[row.body](model, row) + given, model.row_high[name])


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
    level = sum(model.gdp[place, row.year] + model.output_lost[place, row.year] for place in row.places)
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


def _permits_body(model: Any, row: RowShape) -> Any:
    """River water outside homes, less the rights that were bought for it."""
    outside = [use for use in USES if use != "domestic"]
    return sum(
        river_consumption(model, place, row.year, outside) - rights_bought(model, place, row.year)
        for place in row.places
        if place in model.shape.yellow_river
    )


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
    "permits": _permits_body,
    "wells": _wells_body,
    "residents": _residents_body,
    "shortage": _shortage_body,
}
