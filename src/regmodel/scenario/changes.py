"""A scenario with other numbers in place of some of its own, made from what is already read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from regmodel.params import convert
from regmodel.scenario.better import change_of, letter_of_each
from regmodel.scenario.keys import CLAUSE_PARTS, LEVER_PARTS, KeyChecks, split
from regmodel.scenario.model import ActiveClause, Lever, Override, Scenario, Value, activate
from regmodel.vocabulary.many import plain
from regmodel.vocabulary.problems import Problems


def changed(scenario: Scenario, values: Mapping[str, Value]) -> Scenario:
    """The scenario with these override keys set, in printed units, whatever it had there before.

    Raises InputProblems with every key that names nothing and every value that cannot be used.
    """
    overrides = [Override(key, value, None, scenario.name) for key, value in values.items()]
    check(scenario, overrides)
    records = {
        override.key.removeprefix("record."): change_of(override.key.removeprefix("record."), override, scenario.book)
        for override in overrides
        if override.key.startswith("record.")
    }
    caps = {one.key.removeprefix("cap."): float(one.value) for one in overrides if one.key.startswith("cap.")}
    kept = [old for old in scenario.overrides if old.thing not in {override.thing for override in overrides}]
    return replace(
        scenario,
        overrides=(*kept, *overrides),
        book=scenario.book.with_values(records) if records else scenario.book,
        clauses=tuple(clause_with(active, values) for active in scenario.clauses),
        levers=tuple(lever_with(lever, values) for lever in scenario.levers),
        caps={**scenario.caps, **caps},
    )


def changed_side_by_side(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with numbers of many scenarios at once (see ``Many``) at these override keys; switches are bool.

    Nothing is checked but that the keys name something. Raises Disagree where a condition parts the scenarios.
    """
    records = {key.removeprefix("record."): number for key, number in values.items() if key.startswith("record.")}
    caps = {key.removeprefix("cap."): number for key, number in values.items() if key.startswith("cap.")}
    found = {key: letter_of_each(key, number, scenario.book) for key, number in records.items()}
    letters = {key: letter for key, letter in found.items() if letter is not None}
    return replace(
        scenario,
        book=scenario.book.with_numbers(records, letters) if records else scenario.book,
        clauses=tuple(clause_with(active, values) for active in scenario.clauses),
        levers=tuple(lever_with(lever, values) for lever in scenario.levers),
        caps={**scenario.caps, **caps},
    )


def check(scenario: Scenario, overrides: list[Override]) -> None:
    """Raise InputProblems with every override that names nothing in the scenario or has no usable value."""
    problems = Problems()
    KeyChecks(scenario.book, tuple(one.clause for one in scenario.clauses), scenario.levers, problems).usable(overrides)
    problems.raise_if_any()


def clause_with(active: ActiveClause, values: Mapping[str, Value]) -> ActiveClause:
    """The clause with what the keys ``clause.<id>.<part>`` set of it."""
    mine = _parts("clause", active.clause.id, CLAUSE_PARTS, values)
    if not mine:
        return active
    clause = active.clause.with_value(plain(mine["value"])) if "value" in mine else active.clause
    return activate(
        clause,
        str(mine["reading"]) if "reading" in mine else active.reading,
        bool(mine.get("enabled", active.enabled)),
        plain(mine.get("ease_low", active.ease_low)),
        plain(mine.get("ease_high", active.ease_high)),
    )


def lever_with(lever: Lever, values: Mapping[str, Value]) -> Lever:
    """The lever with what the keys ``lever.<id>.<part>`` set of it."""
    mine = _parts("lever", lever.id, LEVER_PARTS, values)
    return replace(
        lever,
        enabled=bool(mine.get("enabled", lever.enabled)),
        limit=plain(mine["limit"]) if "limit" in mine else lever.limit,
    )


def _parts(root: str, name: str, parts: tuple[str, ...], values: Mapping[str, Value]) -> dict[str, Value]:
    named = {part: f"{root}.{name}.{part}" for part in parts}
    return {part: values[key] for part, key in named.items() if key in values}


def is_switch(key: str) -> bool:
    """Whether a key switches something on or off."""
    return (key.startswith(("clause.", "lever."))) and key.endswith(".enabled") and split(key, ("enabled",)) is not None


def present(scenario: Scenario, key: str) -> float:
    """What a record's or a figure's key stands for in the scenario as it is, in its printed unit."""
    name = key.removeprefix("record.")
    stem, _, region = name.rpartition(".")
    book = scenario.book
    figure = next((figure for figure in book.figures if figure.key == name), None)
    found = figure or (book.records[name] if name in book.records else book.record(stem, region))
    return found.value / convert(1.0, found.printed_unit, found.unit)
