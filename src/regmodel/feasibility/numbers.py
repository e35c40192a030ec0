"""All parameters of the programme for one scenario, as arrays in memory units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.clause_rows import RowShape, rows_of
from regmodel.feasibility.frame import Shape
from regmodel.feasibility.land import PERIOD_ENDS
from regmodel.feasibility.objective import FOLLOWED, WEIGHTS
from regmodel.feasibility.row_numbers import RowNumbers, RowReader, printed_land_quota
from regmodel.feasibility.watched import missing_numbers, watch, without_effect
from regmodel.params import BaseYear, ParameterBook, PrintedTotal, base_year, convert
from regmodel.projection.coefficients import AXES, YEARS, Coefficients, coefficients
from regmodel.projection.decisions import Decisions
from regmodel.projection.rules import trend_decisions
from regmodel.projection.trajectory import Trajectory, trace
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import stacked
from regmodel.vocabulary.sets import BASE_YEAR, TECHNOLOGIES, WATER_SOURCES

Array = NDArray[np.float64]
PRINTED_ROUNDING = 0.05


@dataclass(frozen=True)
class Case:
    """A scenario with everything that follows from it without any optimisation."""

    scenario: Scenario
    base: BaseYear
    paths: Coefficients
    trend: Decisions
    projection: Trajectory
    shape: Shape
    rows: tuple[RowNumbers, ...]
    values: Mapping[str, Array]


def prepare(scenario: Scenario, *, slopes: bool = True) -> Case:
    """Base year, coefficients, trend and every number of the programme.

    ``slopes`` False leaves out by how much rows move with the ends of their clauses, which only repairs ask for.

    Raises InputProblems for every number that is missing and for an override that nothing reads.
    """
    watched = watch(scenario.book)
    try:
        case = _prepared(replace(scenario, book=watched), slopes)
    except Exception:
        # What fails after a missing number fails because of it: the missing number is what the user can mend.
        missing_numbers(watched).raise_if_any()
        raise
    missing_numbers(watched).raise_if_any()
    without_effect(watched, scenario.overrides).raise_if_any()
    return replace(case, scenario=scenario)


def _prepared(scenario: Scenario, slopes: bool) -> Case:
    base = base_year(scenario.book, printed_totals(scenario))
    paths = coefficients(scenario, base)
    trend = trend_decisions(scenario, paths)
    projection = trace(scenario.name, paths, trend)
    shape = shape_of(scenario, paths)
    reader = RowReader(scenario, paths)
    rows = tuple(reader.read(row, slopes=slopes) for row in shape.rows)
    values: dict[str, Array] = {name: paths[name] for name in AXES}
    values |= row_values(rows)
    values |= _trend_values(trend, projection)
    values |= _cost_values(scenario.book, paths)
    values["swap_limit"] = _swap_limits(scenario)
    values["supported_moves_limit"] = _supported_moves(scenario, paths, trend)
    values["base_local_surface"] = paths.base_supply[:, WATER_SOURCES.index("local_surface")].sum(axis=1)
    area = paths["base_irrigated_area"]
    values["technology_share"] = area / area.sum(axis=1, keepdims=True)
    return Case(scenario, base, paths, trend, projection, shape, rows, values)


def printed_totals(scenario: Scenario) -> list[PrintedTotal]:
    """Totals over sets that the plans print for the base year and that the parts must add up to."""
    totals = []
    for active in scenario.clauses:
        clause = active.clause
        ours = clause.kind == "baseline" and clause.variable == "gdp" and clause.year_to == BASE_YEAR
        if ours and clause.value is not None and clause.region in scenario.book.regions.sets:
            value = convert(clause.value, clause.unit, "yi_yuan/year")
            totals.append(PrintedTotal(clause.variable, clause.region, value, clause.id, PRINTED_ROUNDING))
    return totals


def shape_of(scenario: Scenario, paths: Coefficients) -> Shape:
    """The shape of the programme: regions, quota holders, the quality matrix, and the rows of all clauses."""
    rows: list[RowShape] = []
    for active in scenario.clauses:
        rows += rows_of(active.clause, paths.regions)
    allowed = tuple(
        (source.id, use) for source in scenario.book.water_sources for use, fit in source.serves.items() if fit
    )
    return Shape(paths.regions, paths.yellow_river, allowed, tuple(rows))


def row_values(rows: tuple[RowNumbers, ...]) -> dict[str, Array]:
    """The numbers of all clause rows as parameters of the programme."""
    return {
        "row_low": stacked([row.low for row in rows]),
        "row_high": stacked([row.high for row in rows]),
        "row_factor": stacked([row.factor for row in rows]),
        "row_low_slope": stacked([row.low_slope for row in rows]),
        "row_high_slope": stacked([row.high_slope for row in rows]),
    }


def _trend_values(trend: Decisions, projection: Trajectory) -> dict[str, Array]:
    followed = [projection.values[name][:, 1:] for name in FOLLOWED]
    return {
        "trend_urban_external_migration": trend.urban_external_migration,
        "trend_rural_external_migration": trend.rural_external_migration,
        "trend": np.stack(followed),
    }


def _supported_moves(scenario: Scenario, paths: Coefficients, trend: Decisions) -> Array:
    """Moves to town by region and year (10^4 persons a year): the trend's, and with support up to the limit's more."""
    share = scenario.lever("migration_support").usable_share
    most = paths["rural_to_urban_limit_rate"] * paths["base_rural_population"]
    return np.maximum(trend.rural_to_urban_moves, 0.0) + share * most[:, None]


def _swap_limits(scenario: Scenario) -> Array:
    """New land from swaps in each plan period (km2): a share of the quota; nothing where the quota is not printed."""
    share = scenario.book.value("lever.land_swap.limit") * scenario.lever("land_swap").usable_share
    limits: Array = stacked([share * (printed_land_quota(scenario) or 0.0)] * len(PERIOD_ENDS))
    return limits


def _cost_values(book: ParameterBook, paths: Coefficients) -> dict[str, Array]:
    """Costs of levers (10^8 CNY a year per hm3, km2 or 10^4 persons) and weights of distance."""
    per_volume = convert(1.0, "CNY/m3", "yi_yuan/hm3")
    norm = {name: paths["irrigation_norm"][:, index] for index, name in enumerate(TECHNOLOGIES)}
    years_in_use = np.arange(len(YEARS), 0, -1, dtype=float)

    def water(key: str) -> float:
        return per_volume * book.value(key)

    def works(key: str, before: str, after: str) -> Array:
        """Cost of refitting a km2 in a year: what it saves, times its price, over the years that it serves."""
        saved: Array = (norm[before] - norm[after])[:, None] * years_in_use[None, :]
        return water(key) * saved

    return {
        "lining_cost": works("lever.canal_lining.cost", "canal_unlined", "canal_lined"),
        "piping_cost": works("lever.pipe_drip.cost", "canal_lined", "pipe_sprinkler"),
        "dripping_cost": works("lever.pipe_drip.cost", "canal_lined", "drip"),
        "source_cost": stacked(
            [water("lever.reclaimed.cost"), water("lever.mine_water.cost"), water("lever.conveyance.cost")]
        ),
        "saving_cost": stacked([water("lever.industrial_saving.cost")]),
        "rights_cost": stacked([water("lever.water_rights.price")]),
        "reuse_cost": stacked([book.value("lever.redevelopment.cost")]),
        "release_cost": stacked([book.value("lever.land_swap.cost")]),
        "move_cost": stacked([book.value("lever.migration_support.cost")]),
        "lost_output_cost": stacked([book.value("programme.price_of_output_lost")]),
        "distance_weight": stacked([book.value(f"programme.distance_weight.{what}") for what in WEIGHTS]),
    }
