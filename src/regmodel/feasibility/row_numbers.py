"""Bounds, factors and scales of every clause row for a scenario, in memory units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.output import grown_level
from regmodel.equations.population import population_path
from regmodel.feasibility.caps import Caps
from regmodel.feasibility.clause_rows import RowShape
from regmodel.params import convert
from regmodel.plans import Bounds, Clause
from regmodel.projection.accounts import outside_homes, river_consumption
from regmodel.projection.coefficients import YEARS, Coefficients
from regmodel.projection.migration import path_growth
from regmodel.scenario import ActiveClause, Scenario
from regmodel.vocabulary.many import plain
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY, SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
FREE = (-np.inf, np.inf)
STANDARD = ("urban_construction_land_per_capita_max", "CHINA_STANDARD", 2016)
SMALLEST_SCALE = 1e-3
LITTLE = 1e-3


@dataclass(frozen=True)
class RowNumbers:
    """What a row needs: bounds, the factor in its body, and the size against which a miss is measured.

    A slope says how far a bound moves (memory unit) when that end of the clause moves by one of its own unit.
    """

    low: float
    high: float
    factor: float = 0.0
    scale: float = 1.0
    low_slope: float = 0.0
    high_slope: float = 0.0


class RowReader:
    """Turns active clauses into row numbers; one method a kind of body."""

    def __init__(self, scenario: Scenario, paths: Coefficients) -> None:
        self.scenario = scenario
        self.paths = paths
        self.base = paths.base
        self.by_id = {active.clause.id: active for active in scenario.clauses}
        self.caps = Caps(scenario, self.base, self.by_id)
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

    def read(
        self, row: RowShape, *, whatever_enabled: bool = False, slopes: bool = True, multiplied: float | None = None
    ) -> RowNumbers:
        """Numbers of one row; a row of a clause that is off, or of a reading not chosen, is free.

        ``multiplied`` is what the factor multiplies in a plan; without it that has the size of the base year.
        """
        active = self.by_id[row.clause]
        numbers = self._as_asked(row, active)
        chosen = row.reading is None or row.reading == active.reading
        if not (active.enabled or whatever_enabled) or not chosen:
            return RowNumbers(*FREE, numbers.factor, numbers.scale)
        return replace(numbers, **self._slopes(row, numbers, multiplied)) if slopes else numbers

    def read_eased(self, row: RowShape, low: float, high: float) -> RowNumbers:
        """Numbers of one row whose clause gives way by so much more at either end (its own unit), slopes left out."""
        active = self.by_id[row.clause]
        return self._as_asked(row, active.eased(active.ease_low + low, active.ease_high + high))

    def _as_asked(self, row: RowShape, active: ActiveClause) -> RowNumbers:
        numbers = self.readers[row.body](row, active, active.bounds or Bounds(None, None, active.clause.unit))
        return numbers if numbers.scale >= SMALLEST_SCALE else replace(numbers, scale=SMALLEST_SCALE)

    def _slopes(self, row: RowShape, numbers: RowNumbers, multiplied: float | None) -> dict[str, float]:
        """Secants of the row's own numbers: the same reading of the clause, with an end moved by a little."""
        slopes = {}
        other = self.read_eased(row, LITTLE, LITTLE)
        if multiplied is None:
            multiplied = numbers.scale / abs(numbers.factor) if numbers.factor else 1.0
        by_factor = abs(other.factor - numbers.factor) * multiplied
        for side in ("low", "high"):
            end, eased = getattr(numbers, side), getattr(other, side)
            if np.isfinite(end):
                # Where the bound moves with the end, the row does not read the factor.
                slopes[f"{side}_slope"] = (abs(eased - end) or by_factor) / LITTLE
        return slopes

    def sum(self, values: Array, row: RowShape, places: tuple[str, ...] | None = None) -> float:
        """A base-year array summed over the row's regions."""
        ids = self.paths.regions.ids()
        found: float = plain(
            sum(values[ids.index(place)].sum() for place in (row.places if places is None else places))
        )
        return found

    def _printed(self, value: float | None, unit: str, memory: str) -> float | None:
        return None if value is None else convert(value, unit, memory)

    def _urban_share(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        people = self.sum(self.base.population, row)
        if asked.not_below_base:
            share = self.sum(self.base.urban_population, row) / people
            share -= convert(active.ease_low, asked.unit, "dimensionless")
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
            low -= convert(active.ease_low, asked.unit, "1/year")
        rate = low if row.side == "low" else high
        since = BASE_YEAR if row.since is None else row.since
        output = self.sum(self.base.value_added, row)
        if rate is None:
            return RowNumbers(*FREE, scale=output)
        factor = grown_level(base_level=1.0, growth_rate=rate, step=1.0, elapsed_steps=row.year - since)
        grown = factor * output
        # From the base year on growth is a level to reach; later it is a factor on what its first year has.
        bound, in_body = (grown, 0.0) if since == BASE_YEAR else (0.0, factor)
        low_end, high_end = (bound, np.inf) if row.side == "low" else (-np.inf, bound)
        return RowNumbers(low_end, high_end, in_body, grown)

    def _new_land(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        quota = self._printed(asked.high, asked.unit, "km2")
        if asked.record is not None:
            first = printed_land_quota(self.scenario)
            eased = convert(active.ease_high, asked.unit, "km2")
            quota = None if first is None else self.scenario.book.value(asked.record) * first + eased
        return RowNumbers(*_open(None, quota), scale=quota or 1.0)

    def _land(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        per_head = self._printed(active.clause.value, active.clause.unit, "km2/wan_person")
        if per_head is None:
            per_head = self.scenario.book.figure(*STANDARD)
        per_head += convert(active.ease_high, active.clause.unit, "km2/wan_person")
        return RowNumbers(-np.inf, 0.0, per_head, per_head * self.sum(self.base.urban_population, row))

    def _water_total(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        not_counted = self.caps.counting(active) == "not_counted"
        cap = self.cap(active, row.year)
        scale = cap if cap is not None else self.sum(self.base.water_use, row)
        return RowNumbers(*_open(None, cap), 1.0 if not_counted else 0.0, scale)

    def cap(self, active: ActiveClause, year: int) -> float | None:
        """Cap on use (hm3) in a year; None before it stands, or where another row speaks for the year."""
        return self.caps.cap(active, year)

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
        quota = self.river_quota(active, asked)
        if quota is None:
            return RowNumbers(*FREE)
        allowed = quota * plain(self.paths["river_flow_ratio"][YEARS.index(row.year)])
        return RowNumbers(-np.inf, allowed, scale=np.maximum(allowed, 1.0))

    def river_quota(self, active: ActiveClause, asked: Bounds) -> float | None:
        """What a quota of the river grants (hm3) in a year of mean flow; None where there is none."""
        if asked.record is not None:
            return self.scenario.book.value(asked.record) + convert(active.ease_high, asked.unit, "hm3/year")
        return self._printed(asked.high, asked.unit, "hm3/year")

    def _permits(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        """What the base year took of the river outside homes, in consumption."""
        ids = self.paths.regions.ids()
        taken = outside_homes(self.paths.base_supply[:, WATER_SOURCES.index("yellow_river"), :, None])
        consumed = river_consumption(self.paths, taken)[:, 0]
        limit = plain(sum(consumed[ids.index(place)] for place in row.places))
        limit += convert(active.ease_high, asked.unit, "hm3/year")
        return RowNumbers(-np.inf, limit, scale=np.maximum(limit, 1.0))

    def _wells(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        ids = self.paths.regions.ids()
        year = YEARS.index(row.year)
        limit = plain(sum(self.paths["groundwater_limit"][ids.index(place), year] for place in row.places))
        limit += convert(active.ease_high, asked.unit, "hm3/year")
        return RowNumbers(-np.inf, limit, scale=np.maximum(limit, 1.0))

    def _residents(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        people = self.sum(self.base.population, row)
        rate = self._printed(asked.low if row.side == "low" else asked.high, asked.unit, "1/year")
        if asked.record is not None:
            path = path_growth(self.scenario.book, active.clause.region)
            low, high = (convert(ease, asked.unit, "1/year") for ease in (active.ease_low, active.ease_high))
            rate = path - low if row.side == "low" else path + high
        if rate is None:
            return RowNumbers(*FREE, scale=people)
        steps = float(row.year - BASE_YEAR)
        end = population_path(base_population=people, growth_rate=rate, step=1.0, elapsed_steps=steps)
        return RowNumbers(*(_open(end, None) if row.side == "low" else _open(None, end)), scale=people)

    def _shortage(self, row: RowShape, active: ActiveClause, asked: Bounds) -> RowNumbers:
        eased = convert(active.ease_high, asked.unit, "hm3/year")
        return RowNumbers(-np.inf, eased, scale=self.sum(self.base.water_use, row))


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
