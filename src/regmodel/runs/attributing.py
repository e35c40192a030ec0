"""What each assumption contributes to a difference of results: the model is run for the scenarios in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from regmodel.feasibility.attainability import attainability
from regmodel.feasibility.engine import Engine, engine_for
from regmodel.feasibility.numbers import Case, prepare
from regmodel.runs import compare_words as words
from regmodel.runs.differing import Assumption, between
from regmodel.runs.observations import EXCHANGE_UNITS
from regmodel.runs.shapley import SEED, Split, split
from regmodel.runs.trends import trend, values_at
from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text

ATTAINABILITY = "attainability"
ENGINE_ORDERS = 4


class NotKnown(ValueError):
    """A scenario in between has no such result."""


@dataclass(frozen=True)
class Attribution:
    """The difference of one result between two runs, split over their assumptions (keys in the order of the parts)."""

    of: str
    region: str | None
    year: int | None
    unit: str
    run: int
    keys: tuple[str, ...]
    split: Split

    def as_json(self) -> dict[str, Any]:
        """Plain values; parts as the nearest floating-point numbers."""
        return {
            "of": self.of,
            "region": self.region,
            "year": self.year,
            "unit": self.unit,
            "from_run": 0,
            "to_run": self.run,
            "from": self.split.start,
            "to": self.split.end,
            "difference": float(self.split.total),
            "exact": self.split.exact,
            "orders": self.split.orders,
            "seed": None if self.split.exact else SEED,
            "parts": [
                {"key": key, "part": float(part), "error": error}
                for key, part, error in zip(self.keys, self.split.parts, self.split.errors, strict=True)
            ],
        }


@dataclass
class Worths:
    """Runs scenarios for their results; programmes of one shape share an engine, equal programmes one answer."""

    bare: Scenario
    place: str
    year: int
    tell: Callable[[Text], None]
    engines: dict[str, Engine] = field(default_factory=dict)
    shares: dict[tuple[str, bytes], float | None] = field(default_factory=dict)

    def of_trend(self, scenario: Scenario, names: Sequence[str]) -> dict[str, float]:
        """Results of the projection; raises NotKnown."""
        keys = {name: (name, self.place, self.year) for name in names}
        found = values_at(scenario, trend(scenario), keys.values())
        for name, key in keys.items():
            if key not in found:
                raise NotKnown(name)
        return {name: found[key] for name, key in keys.items()}

    def of_programme(self, scenario: Scenario) -> dict[str, float]:
        """Attainability; raises NotKnown where it is undecided."""
        case = prepare(scenario)
        shape = repr(case.shape)
        known = shape, _content(case)
        if known not in self.shares:
            self.tell(words.SOLVING.fill(count=len(self.shares) + 1))
            if shape not in self.engines:
                self.engines[shape] = engine_for(case)
            self.shares[known] = attainability(case, self.engines[shape])
        share = self.shares[known]
        if share is None:
            raise NotKnown(ATTAINABILITY)
        return {ATTAINABILITY: share}


def _content(case: Case) -> bytes:
    """Every number that attainability reads of a case, to the last bit."""
    tables = (case.values, case.projection.values)
    return b"|".join(name.encode() + table[name].tobytes() for table in tables for name in sorted(table))


def attribute(
    worths: Worths,
    first: Scenario,
    other: Scenario,
    assumptions: Sequence[Assumption],
    number: int,
    of: Sequence[str],
    orders: int | None = None,
) -> tuple[list[Attribution], list[Text]]:
    """Split the chosen results over the assumptions; what cannot be split is said with the reason."""
    if not assumptions or not of:
        return [], []
    moving = [one for one in assumptions if one.moves_trend]
    names = [name for name in of if name != ATTAINABILITY]
    found: list[Attribution] = []
    notes: list[Text] = []

    def try_split(
        mine: Sequence[Assumption], worth: Callable[[Scenario], Mapping[str, float]], drawn: int | None
    ) -> None:
        positions = [assumptions.index(one) for one in mine]

        def made(which: frozenset[int]) -> Mapping[str, float]:
            changes = frozenset(positions[each] for each in which)
            return worth(between(first, other, worths.bare, assumptions, changes, number))

        try:
            for name, parts in split(len(mine), made, drawn).items():
                found.append(_told(name, worths, number, mine, parts))
        except NotKnown as missing:
            notes.append(words.NOT_KNOWN.fill(result=missing))
        except InputProblems as problems:
            notes.append(words.not_usable(next(iter(problems.problems))))

    if names and moving:
        try_split(moving, lambda scenario: worths.of_trend(scenario, names), orders)
    elif names:
        notes.append(words.NO_TREND)
    if ATTAINABILITY in of:
        drawn = orders if orders is not None or len(assumptions) <= words.MOST_EXACT else ENGINE_ORDERS
        try_split(list(assumptions), worths.of_programme, drawn)
    return found, notes


def _told(name: str, worths: Worths, number: int, mine: Sequence[Assumption], parts: Split) -> Attribution:
    keys = tuple(one.key for one in mine)
    if name == ATTAINABILITY:
        return Attribution(name, None, None, "dimensionless", number, keys, parts)
    return Attribution(name, worths.place, worths.year, EXCHANGE_UNITS[name], number, keys, parts)
