"""The range of a number that a scenario may set: where it stands, how far its record lets it go, what is impossible."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.params import Figure, Record, convert
from regmodel.scenario import Scenario
from regmodel.scenario.changes import is_switch
from regmodel.scenario.keys import CLAUSE_PARTS, EASES, split
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.sets import BASE_YEAR

RECALLED_RANGE = 0.05
"""Recalled caps print no range; they get the one that recalled figures have."""
WATER_USES = "water_use_"
DIGITS = 12


@dataclass(frozen=True)
class Range:
    """All in the printed unit; ``low`` and ``high`` are the record's own, ``floor`` and ``ceiling`` are firm."""

    value: float | None
    low: float | None
    high: float | None
    unit: str
    floor: float | None = None
    ceiling: float | None = None

    @property
    def wide(self) -> bool:
        """Whether there is a range to vary over."""
        return self.low is not None and self.high is not None and self.low < self.high


def range_of(scenario: Scenario, key: str) -> Range:
    """The range of a key that the scenario can set and that holds a number."""
    root, _, rest = key.partition(".")
    if root == "record":
        return _of_record(scenario, rest)
    if is_switch(key):
        named = scenario.lever(rest.rpartition(".")[0]) if root == "lever" else scenario.clause(rest.rpartition(".")[0])
        return Range(float(named.enabled), 0.0, 1.0, "0/1", 0.0, 1.0)
    if root == "lever":
        lever = scenario.lever(rest.rpartition(".")[0])
        return Range(lever.usable_share, 0.0, 1.0, "ratio", 0.0, 1.0)
    if root == "cap":
        return Range(scenario.caps.get(rest), None, None, "10^8 m3", 0.0)
    part = split(key, CLAUSE_PARTS)
    assert part is not None
    active = scenario.clause(part[0])
    if part[1] in EASES:
        return Range(getattr(active, part[1]), None, None, active.clause.unit, 0.0)
    clause = active.clause
    floor = 0.0 if clause.kind == "cap" else None
    if clause.kind == "cap" and clause.value is not None and clause.confidence in ("D", "E"):
        slack = RECALLED_RANGE * abs(clause.value)
        return Range(clause.value, _short(clause.value - slack), _short(clause.value + slack), clause.unit, floor)
    return Range(clause.value, None, None, clause.unit, floor)


WHOLE = 100.0


def _of_record(scenario: Scenario, key: str) -> Range:
    found: Record | Figure | None = scenario.book.records.get(key)
    if found is None:
        found = next((figure for figure in scenario.book.figures if figure.key == key), None)
    if found is None:
        stem, _, region = key.rpartition(".")
        found = scenario.book.record(stem, region)
    size = convert(1.0, found.printed_unit, found.unit)
    value, low, high = (
        None if number is None else _short(number / size) for number in (found.value, found.low_value, found.high_value)
    )
    floor, ceiling = _impossible(key, found.unit)
    lowest = min(number for number in (value, low) if number is not None)
    if floor is None and lowest >= 0:
        floor = 0.0  # what is never below zero in its own range is an amount or a share
    highest = max(number for number in (value, high) if number is not None)
    if ceiling is None and found.printed_unit == "%" and lowest >= 0 and highest <= WHOLE:
        ceiling = convert(WHOLE, found.printed_unit, found.unit)  # a share never comes to more than its whole
    shown = (None if end is None else _short(end / size) for end in (floor, ceiling))
    return Range(value, low, high, found.printed_unit, *shown)


def _impossible(key: str, unit: str) -> tuple[float | None, float | None]:
    """The hard bounds of the glossary where a part of the key is a name of it, in the unit of memory."""
    glossary = read_glossary()
    for part in key.split("."):
        if part in glossary and glossary[part].unit == unit:
            return glossary[part].lower, glossary[part].upper
    return None, None


def _short(number: float) -> float:
    """The digits that survive a conversion."""
    return float(f"{number:.{DIGITS}g}")


def assumed_keys(scenario: Scenario, letters: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Keys of everything of these confidences that has a range; keys of one entry move together.

    These are the records, the recalled figures of the base year and the recalled caps; printed uses of water in one
    place add up to their total and therefore move by the same share.
    """
    keys: list[tuple[str, ...]] = [
        (f"record.{key}",)
        for key, record in scenario.book.records.items()
        if record.confidence in letters and range_of(scenario, f"record.{key}").wide
    ]
    together: dict[str, list[str]] = {}
    for figure in scenario.book.figures:
        if figure.confidence not in letters or figure.year != BASE_YEAR or not figure.assumed_range:
            continue
        if figure.variable.startswith(WATER_USES):
            together.setdefault(figure.region, []).append(f"record.{figure.key}")
        elif figure.region in scenario.book.regions.ids():
            keys.append((f"record.{figure.key}",))
    keys += [tuple(sorted(parts)) for parts in together.values()]
    for active in scenario.clauses:
        key = f"clause.{active.clause.id}.value"
        recalled = active.clause.kind == "cap" and active.clause.confidence in letters and active.enabled
        if recalled and range_of(scenario, key).wide:
            keys.append((key,))
    return tuple(sorted(keys))
