"""How much of the way from the base year to its targets any plan can go: one number, the largest smallest share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.clause_bodies import UNCONVENTIONAL
from regmodel.feasibility.clause_groups import clause_of
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.conflicts import active_groups
from regmodel.feasibility.engine import Engine
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import RowNumbers
from regmodel.plans import Clause
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY

Array = NDArray[np.float64]
PRECISION = 1e-3
KEPT = ("cap", "path")
_CAPS = ("water_total", "river", "wells", "permits", "new_land")
_CAPS_PER_HEAD = ("land_residential_part", "land_all_urban_land")


def attainability(case: Case, engine: Engine, clauses: set[str] | None = None) -> float | None:
    """The largest share of every target's distance that one plan can achieve, in [0, 1]; None when undecided.

    With ``clauses`` only these are asked for, the others are free.

    A target at share s asks for base + s x (target - base); a cap counts one when kept and cap over use otherwise, so
    at share s it asks for use of at most cap / s; a cap of nothing stays one. Targets met at the base year stay as they
    are asked.
    """
    base = BaseLevels(case)
    engine.fill(case)
    asked = {name for name in engine.groups if clauses is None or clause_of(name) in clauses}
    try:
        first = _holds_at(1.0, case, engine, base, asked)
        if first:
            return 1.0
        start = None if first is None else _holds_at(PRECISION, case, engine, base, asked)
        if start is None:
            return None
        if not start:
            return 0.0
        least, most = PRECISION, 1.0
        while most - least > PRECISION:
            middle = (least + most) / 2
            held = _holds_at(middle, case, engine, base, asked)
            if held is None:
                return None
            least, most = (middle, most) if held else (least, middle)
        return least
    finally:
        engine.fill(case)


@dataclass(frozen=True)
class AttainabilityBy:
    """Attainability of each plan's own targets, and of the targets due by each year, with caps and paths kept."""

    plans: Mapping[str, float | None]
    years: Mapping[int, float | None]


def attainability_by(case: Case, engine: Engine, *, feasible: bool) -> AttainabilityBy:
    """Attainability by plan and by year; with ``feasible`` all is known to be attained, and nothing is solved."""
    engine.fill(case)
    active = {clause_of(name) for name in active_groups(engine)}
    clauses = [one.clause for one in case.scenario.clauses if one.clause.id in active]
    kept = {clause.id for clause in clauses if clause.kind in KEPT}
    goals = [clause for clause in clauses if clause.kind not in KEPT]

    def share(chosen: Iterable[Clause]) -> float | None:
        return 1.0 if feasible else attainability(case, engine, kept | {clause.id for clause in chosen})

    plans = {plan: share([c for c in goals if c.plan == plan]) for plan in dict.fromkeys(c.plan for c in goals)}
    due = sorted({clause.year_to for clause in goals if clause.year_to is not None})
    years = {year: share([c for c in goals if c.year_to is not None and c.year_to <= year]) for year in due}
    return AttainabilityBy(plans, years)


def _holds_at(share: float, case: Case, engine: Engine, base: BaseLevels, groups: set[str]) -> bool | None:
    asked = [asked_at(share, row, numbers, base) for row, numbers in zip(case.shape.rows, case.rows, strict=True)]
    values = dict(case.values)
    values["row_low"] = np.array([numbers.low for numbers in asked])
    values["row_high"] = np.array([numbers.high for numbers in asked])
    values["row_factor"] = np.array([numbers.factor for numbers in asked])
    engine.refill(values)
    engine.hold(groups)
    verdict = engine.decide().verdict
    return None if verdict == "undecided" else verdict == "feasible"


def asked_at(share: float, row: RowShape, numbers: RowNumbers, base: BaseLevels) -> RowNumbers:
    """What a row asks for at a share of the way from the base year; a row without a way to go as it stands."""
    low, high, factor = numbers.low, numbers.high, numbers.factor
    if row.body in _CAPS:
        if np.isfinite(high) and high > 0:
            high = high / share
        return replace(numbers, low=low, high=high, factor=factor)
    if row.body in _CAPS_PER_HEAD:
        return replace(numbers, low=low, high=high, factor=factor / share)
    level, ratio = base.level(row), base.ratio(row, numbers)
    if level is not None:
        if np.isfinite(low) and level < low:
            low = level + share * (low - level)
        if np.isfinite(high) and level > high:
            high = level + share * (high - level)
    elif ratio is not None and ((np.isfinite(low) and ratio < factor) or (np.isfinite(high) and ratio > factor)):
        factor = ratio + share * (factor - ratio)
    return replace(numbers, low=low, high=high, factor=factor)


class BaseLevels:
    """Where the base year stands on what a row asks for: as a level, or as the ratio that the row's factor is."""

    def __init__(self, case: Case) -> None:
        self.regions = case.paths.regions
        self.values = case.projection.values

    def level(self, row: RowShape) -> float | None:
        """Base-year level (memory units) of a row that asks for a level; None for any other row."""
        if row.body == "urban_level":
            return self._sum("urban_population", row.places)
        if row.body == "output_growth" and row.since == BASE_YEAR:
            return self._sum("gdp", row.places)
        if row.body == "unconventional":
            return sum(self._sum(f"water_supply_{source}", row.places) for source in UNCONVENTIONAL)
        return None

    def ratio(self, row: RowShape, numbers: RowNumbers) -> float | None:
        """Base-year value of the ratio that a row bounds by its factor; None for any other row."""
        places = row.places
        if row.body == "urban_share":
            return self._sum("urban_population", places) / self._sum("population", places)
        if row.body == "urban_part":
            # The bound carries the central areas that count beside the towns of the row.
            beside = next((-end for end in (numbers.low, numbers.high) if np.isfinite(end)), 0.0)
            return (self._sum("urban_population", places) + beside) / self._sum("urban_population", row.whole)
        if row.body == "output_growth" and row.since != BASE_YEAR:
            return 1.0
        if row.body == "water_per_gdp":
            return self._sum("water_use_total", places) / self._sum("gdp", places)
        if row.body == "water_per_industry":
            output = sum(self._sum(f"va_{sector}", places) for sector in INDUSTRY)
            return self._sum("water_use_industry", places) / output
        if row.body == "reclaimed_share":
            return self._sum("water_supply_reclaimed", places) / self._sum("collected_sewage", places)
        return None

    def _sum(self, variable: str, places: tuple[str, ...]) -> float:
        return float(sum(self.values[variable][self.regions.ids().index(place), 0] for place in places))
