"""The trend of a scenario by itself, without the programme, and what it becomes when single records move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from regmodel.feasibility.numbers import printed_totals
from regmodel.feasibility.watched import watch
from regmodel.params import ParameterBook, base_year
from regmodel.projection.coefficients import coefficients
from regmodel.projection.rules import trend_decisions
from regmodel.projection.trajectory import LOADS, PRINTED, PUBLIC_WATER, Trajectory, indicators, trace
from regmodel.scenario import Scenario
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

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
    found: dict[Key, float] = {}
    regions = trajectory.regions
    places = {*regions.ids(), *regions.sets}
    told = indicators(trajectory, scenario.book, per_point(scenario))
    for key in keys:
        variable, place, year = key
        if place not in places or not BASE_YEAR <= year <= LAST_YEAR:
            continue
        if variable == URBAN_SHARE:
            values = 100 * trajectory.share_in_towns(place)
        elif variable in PRINTED:
            values = PRINTED[variable][1] * trajectory.total(variable, place)
        elif variable in told and place == regions.home:
            values = told[variable][1]
        else:
            continue
        # Flows begin a year after the base year: they have one value less.
        position = year - BASE_YEAR - (LAST_YEAR - BASE_YEAR + 1 - len(values))
        if position >= 0:
            found[key] = float(values[position])
    return found


def at(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """The same scenario with records at other values (memory units); their ranges stay."""
    records = dict(scenario.book.records)
    for key, value in values.items():
        records[key] = replace(records[key], value=value)
    return replace(scenario, book=replace(scenario.book, records=records))


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
    wanted, pairs = list(keys), []
    for key in read_by_trend(scenario):
        record = scenario.book.records[key]
        if subject is not None and record.subject != subject:
            continue
        ends = [at(scenario, {key: record.at(end)}) for end in ("low", "high")]
        low, high = (values_at(end, trend(end), wanted) for end in ends)
        pairs.append((low, high))
    return pairs
