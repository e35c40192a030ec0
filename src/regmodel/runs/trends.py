"""The trend of a scenario by itself, without the programme, and what it becomes when single records move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.numbers import printed_totals
from regmodel.feasibility.watched import watch
from regmodel.params import ParameterBook, base_year
from regmodel.projection.coefficients import coefficients
from regmodel.projection.rules import trend_decisions
from regmodel.projection.trajectory import LOADS, PRINTED, PUBLIC_WATER, Trajectory, indicators, trace
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import Disagree, Many, each_of
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

Array = NDArray[np.float64]
Key = tuple[str, str, int]  # variable, region or set, year
URBAN_SHARE = "urbanisation_rate"


def trend(scenario: Scenario) -> Trajectory:
    """The projection of a scenario, exactly as a run makes it."""
    base = base_year(scenario.book, printed_totals(scenario))
    paths = coefficients(scenario, base)
    return trace(scenario.name, paths, trend_decisions(scenario, paths))


def per_point(scenario: Scenario) -> dict[str, float]:
    """What the plans print for one percentage point of urbanisation, by clause."""
    wanted = {*LOADS.values(), *PUBLIC_WATER.values()}
    return {
        active.clause.id: active.clause.value
        for active in scenario.clauses
        if active.clause.id in wanted and active.clause.value is not None
    }


def values_at(scenario: Scenario, trajectory: Trajectory, keys: Iterable[Key]) -> dict[Key, float]:
    """Values of a trajectory in exchange units; a key that it does not have, or that has no value, is left out."""
    return {key: float(value) for key, value in _at(scenario, trajectory, keys)}


def _at(scenario: Scenario, trajectory: Trajectory, keys: Iterable[Key]) -> Iterator[tuple[Key, Any]]:
    regions = trajectory.regions
    places = {*regions.ids(), *regions.sets}
    told: dict[str, Any] | None = None
    for key in keys:
        variable, place, year = key
        if place not in places or not BASE_YEAR <= year <= LAST_YEAR:
            continue
        if variable == URBAN_SHARE:
            values = 100 * trajectory.share_in_towns(place)
        elif variable in PRINTED:
            values = PRINTED[variable][1] * trajectory.total(variable, place)
        else:
            if told is None:
                told = indicators(trajectory, scenario.book, per_point(scenario))
            if variable not in told or place != regions.home:
                continue
            values = told[variable][1]
        # Flows begin a year after the base year: they have one value less.
        position = year - BASE_YEAR - (LAST_YEAR - BASE_YEAR + 1 - len(values))
        if position >= 0:
            yield key, values[position]


def at(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The same scenario with records at other values (memory units); their ranges stay.

    A value may be ``Many``: the projection is then that of many scenarios side by side.
    """
    records = dict(scenario.book.records)
    for key, value in values.items():
        records[key] = replace(records[key], value=value)
    return replace(scenario, book=replace(scenario.book, records=records))


def side_by_side(
    scenario: Scenario, values: Mapping[str, Array]
) -> Iterator[tuple[NDArray[np.int64], Scenario, Trajectory]]:
    """Projections of many scenarios at once: which of them, the scenario with their records, their trajectories.

    ``values`` holds one number a scenario for each record. Scenarios that take different ways come one part after the
    other.
    """
    count = len(next(iter(values.values())))
    waiting = [np.arange(count)]
    while waiting:
        which = waiting.pop()
        many = at(scenario, {key: Many(one[which]) for key, one in values.items()})
        try:
            yield which, many, trend(many)
        except Disagree as parting:
            waiting += [which[parting.fulfilled], which[~parting.fulfilled]]


def read_by_trend(scenario: Scenario) -> list[str]:
    """Keys of the records that the trend reads and that have a range, in order."""
    watched = watch(scenario.book)
    trend(replace(scenario, book=watched))
    return sorted(key for key in watched.used if ranged(scenario.book, key))


def ranged(book: ParameterBook, key: str) -> bool:
    """Whether a record has two ends that differ."""
    record = book.records[key]
    return record.low_value is not None and record.high_value is not None and record.low_value < record.high_value


def moved_one_at_a_time(
    scenario: Scenario, keys: Iterable[Key], subject: str | None = None
) -> list[tuple[dict[Key, float], dict[Key, float]]]:
    """Values with each ranged record that the trend reads at its low and at its high end, one record at a time.

    With ``subject`` only records of that subject move.
    """
    wanted = list(keys)
    moving = [
        key for key in read_by_trend(scenario) if subject is None or scenario.book.records[key].subject == subject
    ]
    count = 2 * len(moving)
    values = {key: np.full(count, scenario.book.records[key].value) for key in moving}
    for place, key in enumerate(moving):
        values[key][2 * place : 2 * place + 2] = [scenario.book.records[key].at(end) for end in ("low", "high")]
    found: list[dict[Key, float]] = [{} for _ in range(count)]
    for which, many, path in side_by_side(scenario, values) if moving else ():
        for asked, value in _at(many, path, wanted):
            for row, number in zip(which, each_of(value, len(which)), strict=True):
                found[row][asked] = float(number)
    return list(zip(found[::2], found[1::2], strict=True))
