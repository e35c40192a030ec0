"""The rows that charts draw, taken from the run's trajectory, clauses and verdict and put into the shown units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from regmodel.feasibility.row_numbers import RowReader
from regmodel.params import convert
from regmodel.plans import Bounds, Clause
from regmodel.projection.coefficients import Coefficients, coefficients
from regmodel.report.chart_style import Rows
from regmodel.report.figures import Figures, show
from regmodel.report.labels import ASSUMED, typeset
from regmodel.report.row_labels import family_of
from regmodel.report.units import SHOWN_AS, printed_label, scale_of
from regmodel.runs.loads import USE, YEARS
from regmodel.scenario import ActiveClause
from regmodel.vocabulary.texts import Language, Text

WATER = "water_use_total"
SWAP_RATIO = "lever.land_swap.ratio"
UNCONVENTIONAL = ("water_supply_reclaimed", "water_supply_mine_water")

SCENARIO_WORDS: Mapping[str, Text] = {
    "projection": Text("Trend projection", "趋势推演"),
    "programme": Text("Plan found by the programme", "优化方案"),
}
LEAST_MISS = Text("Path that misses least", "差距最小的方案")


@dataclass(frozen=True)
class Limit:
    """A bound that a clause sets on a variable of a region from its year on, in the unit that charts show."""

    clause: str
    region: str
    year_from: int | None
    year: int
    low: float | None
    high: float | None
    assumed: bool
    printed: str


class ChartData:
    """One run seen as rows of charts in one language; values are scaled to the units that planners print."""

    def __init__(self, figures: Figures, language: Language) -> None:
        self.figures = figures
        self.language = language
        self.regions = figures.run.scenario.book.regions
        self.scenario_words = {name: text.read(language) for name, text in SCENARIO_WORDS.items()}
        if figures.run.verdict["verdict"] == "infeasible":
            self.scenario_words["programme"] = LEAST_MISS.read(language)

    @cached_property
    def years(self) -> tuple[int, int]:
        """First and last year of the trajectory."""
        years = {key[3] for key in self.figures.path}
        return min(years), max(years)

    @cached_property
    def main(self) -> str:
        """The region that stands for the whole: the largest set that the trajectory holds."""
        held = {key[1] for key in self.figures.path}
        sets = [name for name in self.regions.sets if name in held]
        return max(sets, key=lambda name: len(self.regions.sets[name])) if sets else self.regions.ids()[0]

    def scenarios(self) -> list[tuple[str, str]]:
        """Name in the trajectory and name for readers: the projection, then the programme's plan where there is one."""
        found = [(self.figures.projection, self.scenario_words["projection"])]
        if self.figures.programme is not None:
            found.append((self.figures.programme, self.scenario_words["programme"]))
        return found

    def region_name(self, region: str) -> str:
        """What readers call a region or a set."""
        return self.regions.name(region).read(self.language)

    def value(self, scenario: str, region: str, variable: str, year: int) -> float | None:
        """One value in the shown unit; None where the run has none."""
        found = self.figures.path.get((scenario, region, variable, year))
        return None if found is None else found[0] * scale_of(found[1])

    def unit(self, variable: str) -> str | None:
        """Unit in which the trajectory holds a variable; None for one that it does not hold."""
        return next((unit for key, (_, unit) in self.figures.path.items() if key[2] == variable), None)

    def series(self, variables: Mapping[str, str], regions: Iterable[str]) -> Rows:
        """Rows (scenario, region, name, year, value) of named variables in regions; absent values have no row."""
        first, last = self.years
        return [
            {"scenario": words, "region": self.region_name(region), "name": name, "year": year, "value": value}
            for scenario, words in self.scenarios()
            for region in regions
            for variable, name in variables.items()
            for year in range(first, last + 1)
            if (value := self.value(scenario, region, variable, year)) is not None
        ]

    def indexed(self, variable: str, regions: Iterable[str]) -> Rows:
        """Rows of one variable as per cent of its value in the first year."""
        first = self.years[0]
        rows = self.series({variable: variable}, regions)
        base = {(row["scenario"], row["region"]): row["value"] for row in rows if row["year"] == first}
        return [
            {**row, "value": 100.0 * row["value"] / start}
            for row in rows
            if (start := base.get((row["scenario"], row["region"])))
        ]

    def limits(self, variable: str) -> list[Limit]:
        """The bounds of enabled clauses on a variable, by region and year."""
        found = []
        for active in self.figures.run.scenario.clauses:
            clause, bounds = active.clause, active.bounds
            if not active.enabled or bounds is None or clause.variable != variable or clause.year_to is None:
                continue
            low, high = self._ends(clause, bounds)
            if low is not None or high is not None:
                found.append(
                    Limit(
                        clause.id,
                        clause.region,
                        clause.year_from,
                        clause.year_to,
                        low,
                        high,
                        clause.assumed,
                        self._printed(active),
                    )
                )
        return sorted(found, key=lambda limit: (limit.region, limit.year))

    def _printed(self, active: ActiveClause) -> str:
        """The figure of a clause as said in a chart; one that a record gives comes from the verdict and is assumed."""
        clause = active.clause
        target = self._judged.get(clause.id, {}).get("target")
        if clause.value is not None or target is None:
            return typeset(clause.figure_words().read(self.language))
        words = f"{show(target)} {printed_label(clause.unit, self.language)}"
        return f"{words} ({ASSUMED.read(self.language)})"

    def _ends(self, clause: Clause, bounds: Bounds) -> tuple[float | None, float | None]:
        """Both ends of a bound in the unit that charts show; a bound that a record gives is read from the verdict."""
        ends = (bounds.low, bounds.high)
        if bounds.record is not None and ends == (None, None):
            entry = self._judged.get(clause.id, {})
            target = entry.get("target")
            if target is None or entry.get("unit") != bounds.unit:
                return None, None
            ends = (target, None) if clause.sense == ">=" else (None, target)
        memory = clause.memory_unit
        if memory is None or bounds.unit == SHOWN_AS.get(memory):
            return ends
        low, high = (None if end is None else convert(end, bounds.unit, memory) * scale_of(memory) for end in ends)
        return low, high

    @cached_property
    def _judged(self) -> dict[str, dict[str, Any]]:
        return {str(entry["id"]): entry for entry in self.figures.run.verdict.get("clauses", [])}

    def family(self, entry: Mapping[str, Any]) -> str:
        """The family of rows that a binding row counts with."""
        return family_of(str(entry["constraint"]), self._clauses)

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {name: active.clause for name, active in self.figures.clauses.items()}

    @cached_property
    def coefficients(self) -> Coefficients:
        """Every coefficient of the equations, as the programme has them."""
        return coefficients(self.figures.run.scenario, self.figures.run.base)

    @cached_property
    def _rows(self) -> RowReader:
        return RowReader(self.figures.run.scenario, self.coefficients)

    @cached_property
    def _caps(self) -> dict[str, list[ActiveClause]]:
        """The enabled caps on water use by region."""
        found: dict[str, list[ActiveClause]] = {}
        for active in self.figures.run.scenario.clauses:
            if active.clause.kind == "cap" and active.clause.variable == WATER and active.enabled:
                found.setdefault(active.clause.region, []).append(active)
        return found

    def water_cap(self, region: str, year: int) -> float | None:
        """The cap on water use in force in a region and year, as the programme has it; None where none stands."""
        caps = [
            self._rows.cap(active, year)
            for active in self._caps.get(region, [])
            if active.bounds is not None and (active.bounds.high is not None or active.bounds.record is not None)
        ]
        standing = [cap for cap in caps if cap is not None]
        return min(standing) * scale_of("hm3/year") if standing else None

    def water_under_cap(self, scenario: str, region: str, year: int) -> float | None:
        """The water use that counts against the cap: without unconventional water where the reading says so."""
        use = self.value(scenario, region, WATER, year)
        if use is None or not any(active.reading == "not_counted" for active in self._caps.get(region, [])):
            return use
        return use - sum(self.value(scenario, region, name, year) or 0.0 for name in UNCONVENTIONAL)

    def water_load(self, scenario: str, region: str, year: int) -> float | None:
        """Water use as a share of the cap in force; None where no cap stands.

        On the trend it is the load of the early warning, in a plan the same by the same definition.
        """
        if scenario == self.figures.projection and (region, year) in self._warned:
            return self._warned[region, year]
        cap, use = self.water_cap(region, year), self.water_under_cap(scenario, region, year)
        return use / cap if cap and use is not None else None

    @cached_property
    def _warned(self) -> dict[tuple[str, int], float]:
        """The loads of water use of the early warning, by region and year."""
        found = self.figures.run.warning
        if found is None:
            return {}
        return {
            (load.region, year): float(share)
            for load in found.loads
            if load.measure == USE
            for year, share in zip(YEARS, load.shares, strict=True)
        }

    def swap_ratio(self) -> float:
        """New urban land that each unit of rural land given back allows; nothing where no record says it."""
        book = self.figures.run.scenario.book
        return book.value(SWAP_RATIO) if book.has(SWAP_RATIO) else 0.0

    def cap_is_assumed(self, region: str) -> bool:
        """Whether no document prints the cap of a region."""
        return any(active.clause.assumed for active in self._caps.get(region, []))
