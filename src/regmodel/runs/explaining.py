"""From a number of a trajectory to its equation with the numbers put in, its inputs, and what those come from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from regmodel.equations.population import urbanisation_rate
from regmodel.projection.accounts import account
from regmodel.projection.coefficients import AXES
from regmodel.projection.decisions import Decisions
from regmodel.projection.origins import origins
from regmodel.projection.trajectory import PRINTED
from regmodel.runs.equation_calls import Call, calls_during
from regmodel.runs.explained_names import BASE, COEFFICIENT_OF, DECISION_OF, OF_USE, SUMS, SUPPLIES, TURN, VARIABLE_OF
from regmodel.runs.explained_names import equation_of as equation_of_name
from regmodel.runs.explained_paths import Path, Paths
from regmodel.runs.explained_sources import Source, sources_of
from regmodel.vocabulary.equation import Equation
from regmodel.vocabulary.explained_words import told_number
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR, USES, WATER_SOURCES
from regmodel.vocabulary.texts import Text, same

Kind = Literal["variable", "equation", "coefficient", "decision", "constant"]
RATE = "urbanisation_rate"
VARIABLES = (*PRINTED, RATE)
_VARIABLE = Text("a variable of the trajectory", "轨迹中的变量")
_FROM_SOURCE, _FOR_USE = (
    Text("of it from: {title}", "其中来自：{title}"),
    Text("of it for: {title}", "其中用于：{title}"),
)
_REGION = Text("a region or a set of regions", "区域或区域集合")
_YEAR = Text(f"a year from {BASE_YEAR} to {LAST_YEAR}", f"{BASE_YEAR} 至 {LAST_YEAR} 年")
_GIVE = Text("give one of them", "请给出其中一年")
_NOT_THEN = Text("{name} is told from {year} on", "{name} 自 {year} 年起有值")
_LATER = Text("ask for a later year", "请查询其后的年份")


@dataclass(frozen=True)
class Input:
    """One input of an equation; ``value`` in ``unit`` (that of memory), ``variable`` and ``year`` where one may go on.

    ``kind`` says what it is: a variable told elsewhere, the result of another equation, a coefficient made of records,
    a decision of the path, or a constant. Coefficients name their sources.
    """

    name: str
    title: Text
    value: float
    unit: str
    kind: Kind
    variable: str | None = None
    year: int | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Part:
    """One summand of a sum; ``value`` in the unit of the sum."""

    name: str
    title: Text
    value: float


@dataclass(frozen=True)
class Explanation:
    """Where one number comes from: an equation and its inputs, or parts that add up to it, or a decision.

    ``base`` says that it stands in the base year as reconciled, or is nothing there by definition. ``value`` is in
    ``unit``, as printed; what the equation returns in ``equation_unit`` is ``result``.
    """

    variable: str
    title: Text
    region: str
    region_name: Text
    year: int
    path: str
    value: float
    unit: str
    equation: Equation | None = None
    result: float | None = None
    inputs: tuple[Input, ...] = ()
    parts: tuple[Part, ...] = ()
    decided: bool = False
    base: bool = False
    sources: tuple[Source, ...] = ()

    @property
    def with_numbers(self) -> str | None:
        """The formula with the numbers in the place of the names."""
        if self.equation is None:
            return None
        numbers = {told.name: told_number(told.value) for told in self.inputs}
        return re.sub(r"[a-z_][a-z_0-9]*", lambda name: numbers.get(name[0], name[0]), self.equation.formula)


class Explainer:
    """Explains numbers of one path of a scenario; the accounts are gone through once, and watched."""

    def __init__(self, paths: Paths, path: Path) -> None:
        self.paths, self.path = paths, path
        self.case = paths.case
        self.regions = self.case.paths.regions
        self.decisions: Decisions = paths.decisions[path]
        self.told, self.calls = calls_during(lambda: account(self.case.paths, self.decisions))
        self.terms = read_glossary()

    def explain(self, variable: str, place: str, year: int) -> Explanation:
        """Where one number comes from; raises InputProblems for a name or a year that there is not."""
        self._check(variable, place, year)
        if variable == RATE:
            return self._rate(place, year)
        unit, factor = PRINTED[variable]
        series = self.told[variable]
        at = year - self._first(variable)
        regions = self.regions.indices(place)
        value = float(series[regions].sum(axis=0)[at])
        told = Explanation(
            variable, self._title(variable), place, self._place(place), year, self.path, factor * value, unit
        )
        if place in self.regions.sets:
            ids = self.regions.ids()
            parts = tuple(Part(ids[one], self._place(ids[one]), factor * float(series[one, at])) for one in regions)
            return replace(told, parts=parts)
        (region,) = regions
        return self._of_region(told, variable, region, year, float(series[region, at]), factor)

    def _of_region(
        self, told: Explanation, variable: str, region: int, year: int, value: float, factor: float
    ) -> Explanation:
        if year == BASE_YEAR and variable in BASE:
            sources = self._sources(BASE[variable], told.region)
            return replace(told, sources=sources, base=not sources)
        if variable in SUMS:
            parts = [
                Part(name, self._title(name), factor * float(self.told[name][region, year - BASE_YEAR]))
                for name in SUMS[variable]
            ]
            return replace(told, parts=tuple(parts))
        if variable in SUPPLIES:
            return replace(told, parts=self._supplies(variable, region, year, factor))
        found = self._call(equation_of_name(variable), region, year, value, TURN.get(variable))
        if found is not None:
            call, place = found
            inputs = tuple(self._input(name, call, place, region, year) for name in call.equation.arguments)
            return replace(told, equation=call.equation, result=value, inputs=inputs)
        return replace(told, decided=year > BASE_YEAR, base=year == BASE_YEAR)

    def _rate(self, place: str, year: int) -> Explanation:
        """The urban share: of a set it is that of its people together, and no sum of shares."""
        people = {
            name: self.told[name][self.regions.indices(place)].sum(axis=0)[year - BASE_YEAR]
            for name in ("urban_population", "population")
        }
        share, (call,) = calls_during(lambda: urbanisation_rate(**people))
        inputs = tuple(
            Input(name, self._title(name), float(value), call.equation.arguments[name], "variable", name, year)
            for name, value in people.items()
        )
        name, percent = self._place(place), 100 * float(share)
        told = Explanation(RATE, self._title(RATE), place, name, year, self.path, percent, "%")
        return replace(told, equation=call.equation, result=float(share), inputs=inputs)

    def _call(
        self, name: str | None, region: int, year: int, value: float, turn: int | None
    ) -> tuple[Call, tuple[int, ...]] | None:
        """The call that returned this number for the region and the year; ``turn`` where one of several is meant."""
        calls = [call for call in self.calls if call.equation.name == name]
        if len(calls) == LAST_YEAR - BASE_YEAR and all(call.result.ndim == 1 for call in calls):
            # Asked year by year: a stock that stands still has the same value in several of them.
            calls = calls[year - BASE_YEAR - 1 : year - BASE_YEAR] if year > BASE_YEAR else []
        for call in calls if turn is None else calls[turn : turn + 1]:
            place = call.place_of(region, year - BASE_YEAR, value)
            if place is not None:
                return call, place
        return None

    def _input(self, name: str, call: Call, place: tuple[int, ...], region: int, year: int) -> Input:
        value = call.argument_at(name, place)
        title, unit = self._title(name), call.equation.arguments[name]
        id_ = self.regions.ids()[region]
        coefficient = COEFFICIENT_OF.get(name, name)
        variable = VARIABLE_OF.get(name, name)
        if coefficient in AXES:
            return Input(name, title, value, unit, "coefficient", sources=self._sources((coefficient,), id_))
        if variable in PRINTED:
            when = year - 1 if name.startswith("opening_") else year
            return Input(name, title, value, unit, "variable", variable, when)
        if DECISION_OF.get(name, name) in Decisions.__dataclass_fields__:
            return Input(name, title, value, unit, "decision")
        if equation_of_name(name) is not None:
            return Input(name, title, value, unit, "equation")
        return Input(name, title, value, unit, "constant")

    def _supplies(self, variable: str, region: int, year: int, factor: float) -> tuple[Part, ...]:
        """What each source gave a use, or each use got from a source."""
        axis, held = SUPPLIES[variable]
        if year == BASE_YEAR:
            taken = self.case.paths.base_supply[region]
        else:
            taken = self.decisions.supply[region, :, :, year - BASE_YEAR - 1]
        if axis == "use":
            names: tuple[str, ...] = WATER_SOURCES
            values = taken[:, held]
        else:
            names, values = USES, taken[held]
        return tuple(
            Part(name, self._share_of(name), factor * float(given)) for name, given in zip(names, values, strict=True)
        )

    def _share_of(self, name: str) -> Text:
        """What a source gave, or a use got, as a part of the whole."""
        source = name in WATER_SOURCES
        whole = self._title(f"water_supply_{name}" if source else f"water_use_{OF_USE[name]}")
        words = _FROM_SOURCE if source else _FOR_USE
        return Text(words.en.format(title=whole.en.lower()), words.zh.format(title=whole.zh))

    def _sources(self, coefficients: tuple[str, ...], region: str) -> tuple[Source, ...]:
        return sources_of(self.case.scenario, origins(coefficients), region)

    def _first(self, variable: str) -> int:
        return LAST_YEAR + 1 - int(self.told[variable].shape[1])

    def _title(self, name: str) -> Text:
        return self.terms[name].title if name in self.terms else same(name.replace("_", " "))

    def _place(self, place: str) -> Text:
        return self.regions.name(place)

    def _check(self, variable: str, place: str, year: int) -> None:
        problems = Problems()
        if variable not in VARIABLES:
            problems.add("X-11", variable, same(f'"{variable}"'), _VARIABLE, did_you_mean(variable, VARIABLES))
        places = (*self.regions.ids(), *self.regions.sets)
        if place not in places:
            problems.add("X-12", place, same(f'"{place}"'), _REGION, did_you_mean(place, places))
        if not BASE_YEAR <= year <= LAST_YEAR:
            problems.add("X-13", str(year), same(str(year)), _YEAR, _GIVE)
        problems.raise_if_any()
        first = BASE_YEAR if variable == RATE else self._first(variable)
        if year < first:
            problems.add("X-13", str(year), same(str(year)), _NOT_THEN.fill(name=variable, year=first), _LATER)
            problems.raise_if_any()
