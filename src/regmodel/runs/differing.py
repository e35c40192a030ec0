"""In which assumptions scenarios differ, each by the key that sets it, with what holds in every one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from regmodel.scenario import Override, Scenario, ScenarioFile, Value, changed, resolve
from regmodel.scenario.changes import present
from regmodel.scenario.keys import CLAUSE_PARTS, LEVER_PARTS, split
from regmodel.vocabulary.texts import same

_NOT_IN_TREND = (".enabled", ".reading", ".ease_low", ".ease_high")


@dataclass(frozen=True)
class Assumption:
    """One thing that differs: its key, its unit, and what holds in each scenario (None where nothing is set).

    ``settings`` holds the override of each scenario, None where it leaves the thing as shipped.
    """

    key: str
    unit: str | None
    values: tuple[Value | None, ...]
    settings: tuple[Override | None, ...]

    @property
    def moves_trend(self) -> bool:
        """Whether the projection can read it: whether a clause is in force, how it is read and caps are no part."""
        if self.key.startswith("clause."):
            return not self.key.endswith(_NOT_IN_TREND)
        return not self.key.startswith("cap.")


def shipped(params: Path | None = None) -> Scenario:
    """The records and the register without any override."""
    return resolve(ScenarioFile("shipped", same("shipped"), same("shipped"), None, (), False, ()), params=params)


def differing(scenarios: Sequence[Scenario], bare: Scenario) -> tuple[Assumption, ...]:
    """Every assumption that two of the scenarios hold differently, in the order in which they set them."""
    settings = [_effective(scenario, bare) for scenario in scenarios]
    things = dict.fromkeys(thing for one in settings for thing in one)
    found = []
    for thing in things:
        own = tuple(one.get(thing) for one in settings)
        if len({None if one is None else one.value for one in own}) > 1:
            key = next(one.key for one in own if one is not None)
            values = tuple(held(scenario, key) for scenario in scenarios)
            found.append(Assumption(key, unit_of(bare, key), values, own))
    return tuple(found)


def _effective(scenario: Scenario, bare: Scenario) -> dict[str, Override]:
    """Overrides by what they set, without those that set what is shipped anyway."""
    found = {}
    for override in scenario.overrides:
        stem = override.key.rpartition(".")[0]
        refined = [
            other for other in scenario.overrides if other is not override and override.key.startswith(other.key)
        ]
        alone = not any(other.key == stem for other in scenario.overrides) and not refined
        if alone and override.key.startswith(("record.", "clause.", "lever.")) and _same(bare, override):
            continue
        found[override.thing] = override
    return found


def _same(bare: Scenario, override: Override) -> bool:
    value = held(bare, override.key)
    if isinstance(value, float) and isinstance(override.value, float):
        return abs(value - override.value) <= 1e-12 * max(abs(value), abs(override.value))
    return value == override.value


def held(scenario: Scenario, key: str) -> Value | None:
    """What a key stands for in a scenario, in its printed unit; None where it stands for no value."""
    if key.startswith("record."):
        return present(scenario, key)
    if key.startswith("cap."):
        name = key.removeprefix("cap.")
        return scenario.caps.get(name, _clause_value(scenario, key))
    parts = split(key, CLAUSE_PARTS if key.startswith("clause.") else LEVER_PARTS)
    assert parts is not None
    name, part = parts
    if key.startswith("lever."):
        lever = scenario.lever(name)
        return lever.enabled if part == "enabled" else lever.limit
    active = scenario.clause(name)
    found: Mapping[str, Value | None] = {
        "value": scenario.caps.get(name.removeprefix("cap."), active.clause.value),
        "enabled": active.enabled,
        "reading": active.reading,
        "ease_low": active.ease_low,
        "ease_high": active.ease_high,
    }
    return found[part]


def _clause_value(scenario: Scenario, clause: str) -> float | None:
    return next((active.clause.value for active in scenario.clauses if active.clause.id == clause), None)


def unit_of(scenario: Scenario, key: str) -> str | None:
    """The printed unit of a key's value; None for a switch, a reading or a share."""
    if key.startswith("record."):
        name = key.removeprefix("record.")
        figure = next((figure for figure in scenario.book.figures if figure.key == name), None)
        if figure is not None:
            return figure.printed_unit
        stem, _, region = name.rpartition(".")
        book = scenario.book
        return (book.records[name] if name in book.records else book.record(stem, region)).printed_unit
    parts = split(key, CLAUSE_PARTS) if key.startswith("clause.") else None
    name = key if parts is None else parts[0]
    if parts is not None and parts[1] in ("enabled", "reading"):
        return None
    return next((active.clause.unit for active in scenario.clauses if active.clause.id == name), None)


def between(
    first: Scenario, other: Scenario, bare: Scenario, assumptions: Sequence[Assumption], made: frozenset[int], at: int
) -> Scenario:
    """The first scenario with some of the assumptions as in another, the one at position ``at`` of those compared."""
    if not made:
        return first
    if len(made) == len(assumptions):
        return other
    taken = {one.thing: one for one in _effective(first, bare).values()}
    for number in sorted(made):
        own, theirs = assumptions[number].settings[0], assumptions[number].settings[at]
        if own is not None:
            taken.pop(own.thing)
        if theirs is not None:
            taken[theirs.thing] = theirs
    return changed(bare, {one.key: one.value for one in taken.values()})
