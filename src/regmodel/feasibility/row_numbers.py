"""Bounds, factors and scales of every clause row for a scenario, in memory units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.output import grown_level
from regmodel.equations.population import population_path
from regmodel.feasibility.clause_rows import RowShape
from regmodel.params import convert
from regmodel.plans import Bounds, Clause
from regmodel.projection.accounts import outside_homes, river_consumption
from regmodel.projection.coefficients import YEARS, Coefficients
from regmodel.projection.migration import path_growth
from regmodel.scenario import ActiveClause, Scenario
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY, SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
FREE = (-np.inf, np.inf)
STANDARD = ("urban_construction_land_per_capita_max", "CHINA_STANDARD", 2016)
CAP_YEAR = 2025
SMALLEST_SCALE = 1e-3


@dataclass(frozen=True)
class RowNumbers:
    """What a row needs: bounds, the factor in its body, and the size against which a miss is measured."""

    low: float
    high: float
    factor: float = 0.0
    scale: float = 1.0


class RowReader:
    """Turns active clauses into row numbers; one method a kind of body."""

    def __init__(self, scenario: Scenario, paths: Coefficients) -> None:
        self.scenario = scenario
        self.paths = paths
        self.base = paths.base
        self.by_id = {active.clause.id: active for active in scenario.clauses}
        self.readers: dict[str, Callable[[RowShape, ActiveClause, Bounds], RowNumbers]] = {
            "urban_share": self._urban_share,
            "urban_level": self._urban_level,
            "urban_part": self._urban_part,
            "output_growth": self._output_growth,
            "new_land": self._new_land,
            "land_residential_part": self._land,
            "land_all_urban_land": self._land,
            "water_total": self._water_total,
            "water_per_gdp": self._intensity,
            "water_per_industry": self._intensity,
            "reclaimed_share": self._reclaimed,
            "unconventional": self._unconventional,
            "river": self._river,
            "permits": self._permits,
            "wells": self._wells,
            "residents": self._residents,
            "shortage": self._shortage,
        }

    def read(self, row: RowShape, *, whatever_enabled: bool = False) -> RowNumbers:
        """Numbers of one row; a row of a clause that is off, or of a reading not chosen, is free."""
        active = self.by_id[row.clause]
        numbers = self.readers[row.body](row, active, active.bounds or Bounds(None, None, active.clause.unit))
        numbers = replace(numbers, scale=max(numbers.scale, SMALLEST_SCALE))
        chosen = row.reading is None or row.reading == active.reading
        if not (active.enabled or whatever_enabled) or not chosen:
            return RowNumbers(*FREE, numbers.factor, numbers.scale)
        return numbers

    def sum(self, values: Array, row: RowShape, places: tuple[str, ...] | None = None) -> float:
        """A base-year array summed over the row's regions."""
        ids = self.paths.regions.ids()
        return float(sum(values[ids.index(place)].sum() for place in (row.places if places is None else places)))

    def _printed(self, value: float | None, unit: str, memory: str) -> float | None:
        return None if value is None else convert(value, unit, memory)

    def _urban_share(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        people = self.sum(self.base.population, row)
        if asked.not_below_base:
            share = self.sum(self.base.urban_population, row) / people
            return _one_side(row, share, None, share * people)
        low = self._printed(asked.low, asked.unit, "dimensionless")
        high = self._printed(asked.high, asked.unit, "dimensionless")
        return _one_side(row, low, high, (low or high or 1.0) * people)

    def _urban_level(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        towns = self.sum(self.base.urban_population, row)
        ends: list[float | None] = []
        for end in (asked.low, asked.high):
            if end is None:
                ends.append(None)
            elif active.clause.variable == "urban_population_growth":
                yearly = asked.unit.endswith("/yr")
                steps = row.year - BASE_YEAR if yearly else 1
                ends.append(
                    population_path(base_population=towns, growth_rate=end / 100, step=1.0, elapsed_steps=steps)
                )
            elif active.clause.variable == "people_moving_to_towns":
                ends.append(towns + convert(end, asked.unit, "wan_person"))
            else:
                ends.append(convert(end, asked.unit, "wan_person"))
        return RowNumbers(*_open(ends[0], ends[1]), scale=towns)

    def _urban_part(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        low = self._printed(asked.low, asked.unit, "dimensionless")
        high = self._printed(asked.high, asked.unit, "dimensionless")
        numbers = _one_side(row, low, high, (low or high or 1.0) * self.sum(self.base.urban_population, row, row.whole))
        if row.reading != "central_areas":
            return numbers
        cores = self.core_cities(active.clause)
        return RowNumbers(numbers.low - cores, numbers.high - cores, numbers.factor, numbers.scale)

    def core_cities(self, clause: Clause) -> float:
        """People that the plan gives to the central areas of the cities after the first in a clause's regions."""
        later = clause.region.split("+")[1:]
        cores = [other.clause for other in self.by_id.values() if other.clause.variable == "core_city_population"]
        return sum(core.value or float("nan") for core in cores if core.region in later)

    def _output_growth(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        low = self._printed(asked.low, asked.unit, "1/year")
        high = self._printed(asked.high, asked.unit, "1/year")
        if asked.record is not None:
            low = self.scenario.book.value(asked.record, active.clause.region)
        rate = low if row.side == "low" else high
        since = BASE_YEAR if row.since is None else row.since
        output = self.sum(self.base.value_added, row)
        if rate is None:
            return RowNumbers(*FREE, scale=output)
        factor = grown_level(base_level=1.0, growth_rate=rate, step=1.0, elapsed_steps=row.year - since)
        bound = factor * output if since == BASE_YEAR else 0.0
        low_end, high_end = (bound, np.inf) if row.side == "low" else (-np.inf, bound)
        return RowNumbers(low_end, high_end, factor, factor * output)

    def _new_land(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        quota = self._printed(asked.high, asked.unit, "km2")
        if asked.record is not None:
            first = printed_land_quota(self.scenario)
            quota = None if first is None else self.scenario.book.value(asked.record) * first
        return RowNumbers(*_open(None, quota), scale=quota or 1.0)

    def _land(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        per_head = self._printed(active.clause.value, active.clause.unit, "km2/wan_person")
        if per_head is None:
            per_head = self.scenario.book.figure(*STANDARD)
        return RowNumbers(-np.inf, 0.0, per_head, per_head * self.sum(self.base.urban_population, row))

    def _water_total(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        not_counted = self._counting(active) == "not_counted"
        cap = self.cap(active, row.year)
        scale = cap if cap is not None else self.sum(self.base.water_use, row)
        return RowNumbers(*_open(None, cap), 1.0 if not_counted else 0.0, scale)

    def _counting(self, active: ActiveClause) -> str | None:
        """Whether unconventional water counts is read from the cap of 2025, for later years too."""
        if active.reading in ("counted", "not_counted"):
            return active.reading
        first = self.by_id.get(f"cap.water_use_total.{active.clause.region}.{CAP_YEAR}")
        return first.reading if first is not None else None

    def cap(self, active: ActiveClause, year: int) -> float | None:
        """Cap on use (hm3) in a year; None before it stands, or where another row speaks for the year."""
        clause = active.clause
        place, variable = clause.region, clause.variable
        set_by_hand = {
            int(key.rpartition(".")[2]): convert(value, clause.unit, "hm3/year")
            for key, value in self.scenario.caps.items()
            if key.startswith(f"{variable}.{place}.")
        }
        later = self.by_id.get(f"cap.{variable}.{place}.2030")
        for_later = later is not None and later.clause.id == clause.id
        if not for_later and later is not None and later.enabled and year > CAP_YEAR:
            return None
        own = [since for since in set_by_hand if since <= year]
        if own and (max(own) >= CAP_YEAR or year < CAP_YEAR):
            return set_by_hand[max(own)]
        if year < CAP_YEAR:
            return None
        first = self.by_id[f"cap.{variable}.{place}.{CAP_YEAR}"] if for_later else active
        cap = self._first_cap(first)
        if cap is None or year == CAP_YEAR:
            return cap
        if for_later and active.reading == "recalled_2030" and clause.value is not None and year >= 2030:
            return convert(clause.value, clause.unit, "hm3/year")
        return cap * self.scenario.book.value("water.cap_after_2025", place)

    def _first_cap(self, active: ActiveClause) -> float | None:
        clause = active.clause
        if clause.value is not None:
            return convert(clause.value, clause.unit, "hm3/year")
        if clause.record is None:
            return None
        ids = self.paths.regions.ids()
        used = float(self.base.water_use[ids.index(clause.region)].sum())
        return self.scenario.book.value(clause.record, clause.region) * used

    def _intensity(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        change = self._printed(asked.high, asked.unit, "dimensionless")
        if row.body == "water_per_industry":
            use = self.sum(self.base.water_use[:, [USES.index("industry")]], row)
            output = self.sum(self.base.value_added[:, [SECTORS.index(sector) for sector in INDUSTRY]], row)
        else:
            use, output = self.sum(self.base.water_use, row), self.sum(self.base.value_added, row)
        if change is None:
            return RowNumbers(*FREE, scale=use)
        return RowNumbers(-np.inf, 0.0, (1 + change) * use / output, use)

    def _reclaimed(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        share = self._printed(asked.low, asked.unit, "dimensionless") or 0.0
        used = self.sum(self.base.water_use[:, [USES.index("domestic")]], row)
        return RowNumbers(0.0, np.inf, share, share * used)

    def _unconventional(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        floor = self._printed(asked.low, asked.unit, "hm3/year")
        return RowNumbers(*_open(floor, None), scale=floor or 1.0)

    def _river(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        quota = self._printed(asked.high, asked.unit, "hm3/year")
        if asked.record is not None:
            quota = self.scenario.book.value(asked.record)
        if quota is None:
            return RowNumbers(*FREE)
        allowed = quota * float(self.paths["river_flow_ratio"][YEARS.index(row.year)])
        return RowNumbers(-np.inf, allowed, scale=max(allowed, 1.0))

    def _permits(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        """What the base year took of the river outside homes, in consumption."""
        ids = self.paths.regions.ids()
        taken = outside_homes(self.paths.base_supply[:, WATER_SOURCES.index("yellow_river"), :, None])
        consumed = river_consumption(self.paths, taken)[:, 0]
        limit = float(sum(consumed[ids.index(place)] for place in row.places))
        return RowNumbers(-np.inf, limit, scale=max(limit, 1.0))

    def _wells(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        ids = self.paths.regions.ids()
        year = YEARS.index(row.year)
        limit = float(sum(self.paths["groundwater_limit"][ids.index(place), year] for place in row.places))
        return RowNumbers(-np.inf, limit, scale=max(limit, 1.0))

    def _residents(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        rate = self._printed(asked.low, asked.unit, "1/year")
        if asked.record is not None:
            rate = path_growth(self.scenario.book, active.clause.region)
        people = self.sum(self.base.population, row)
        path = population_path(
            base_population=people, growth_rate=rate, step=1.0, elapsed_steps=float(row.year - BASE_YEAR)
        )
        return RowNumbers(path, path, scale=people)

    def _shortage(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        return RowNumbers(-np.inf, 0.0, scale=self.sum(self.base.water_use, row))


def printed_land_quota(scenario: Scenario) -> float | None:
    """The quota of new urban land (km2) that a plan prints for the region as a whole; None where none does."""
    for active in scenario.clauses:
        clause = active.clause
        whole = clause.region == scenario.book.regions.home and clause.kind == "cap"
        if whole and clause.variable == "new_urban_construction_land" and clause.value is not None:
            return convert(clause.value, clause.unit, "km2")
    return None


def _open(low: float | None, high: float | None) -> tuple[float, float]:
    return (-np.inf if low is None else low, np.inf if high is None else high)


def _one_side(row: RowShape, low: float | None, high: float | None, scale: float) -> RowNumbers:
    """A share as a factor: the low row holds what is above it, the high row what is below."""
    factor = low if row.side == "low" else high
    if factor is None:
        return RowNumbers(*FREE, 0.0, scale)
    ends = (0.0, np.inf) if row.side == "low" else (-np.inf, 0.0)
    return RowNumbers(*ends, factor, scale)
