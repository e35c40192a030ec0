"""The rows that charts draw, taken from the run's trajectory, clauses and verdict and put into the shown units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from regmodel.params import convert
from regmodel.plans.clause import Bounds, Clause
from regmodel.report.chart_style import Rows
from regmodel.report.figures import Figures
from regmodel.report.units import SHOWN_AS, scale_of
from regmodel.vocabulary.texts import Language, Text

SCENARIO_WORDS: Mapping[str, Text] = {
    "projection": Text("Trend projection", "趋势推演"),
    "programme": Text("Plan found by the programme", "优化方案"),
}


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
                        clause.figure_words().read(self.language),
                    )
                )
        return sorted(found, key=lambda limit: (limit.region, limit.year))

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

    def cap(self, variable: str, region: str, year: int) -> float | None:
        """The upper bound in force in a year: the latest one that has begun; None before the first."""
        begun = [
            limit
            for limit in self.limits(variable)
            if limit.region == region and limit.year <= year and limit.high is not None
        ]
        return begun[-1].high if begun else None
