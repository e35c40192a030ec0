"""Columns of the trend for many samples: the projection of one scenario, with the numbers of many side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.preparing import scenarios
from regmodel.batch.samples import Samples
from regmodel.feasibility.numbers import printed_totals
from regmodel.params import base_year
from regmodel.projection.coefficients import coefficients
from regmodel.projection.rules import trend_decisions
from regmodel.projection.trajectory import PRINTED, Trajectory, trace
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import each_of
from regmodel.vocabulary.problems import InputProblems, Problem, did_you_mean
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
AT_ONCE = 1024
"""Scenarios side by side: beyond that a projection takes as long each, and memory grows."""
SHARE = "urbanisation_rate"


@dataclass(frozen=True)
class Indicator:
    """A variable of a region or a set in a year."""

    variable: str
    place: str
    year: int


def parse(name: str, trajectory: Trajectory) -> Indicator:
    """An indicator from ``variable.REGION.year``; raises InputProblems where it names nothing."""
    variable, _, rest = name.partition(".")
    place, _, year = rest.rpartition(".")
    known = (*PRINTED, SHARE)
    places = [*trajectory.regions.ids(), *trajectory.regions.sets]
    years = [str(one) for one in range(BASE_YEAR, LAST_YEAR + 1)]
    for what, choices in ((variable, known), (place, places), (year, years)):
        if what not in choices:
            expected = Text("an indicator as variable.REGION.year", "指标写作 变量.地区.年份")
            raise InputProblems(
                [Problem("B-05", name, Text(f'"{what}"', f"“{what}”"), expected, did_you_mean(what, choices))]
            )
    return Indicator(variable, place, int(year))


def values_of(trajectory: Trajectory, asked: Sequence[Indicator], count: int) -> Array:
    """The indicators (indicator, scenario) of a trajectory of many scenarios, in printed units."""
    found = np.empty((len(asked), count))
    for number, one in enumerate(asked):
        values: Any
        if one.variable == SHARE:
            values = 100 * trajectory.share_in_towns(one.place)
        else:
            values = PRINTED[one.variable][1] * trajectory.total(one.variable, one.place)
        found[number] = each_of(values, count)[one.year - BASE_YEAR]
    return found


def projected(scenario: Scenario) -> Trajectory:
    """The trend of a scenario, or of many side by side, and nothing else."""
    base = base_year(scenario.book, printed_totals(scenario))
    paths = coefficients(scenario, base)
    return trace(scenario.name, paths, trend_decisions(scenario, paths))


def project(base: Scenario, samples: Samples, asked: Sequence[Indicator]) -> Iterator[tuple[slice, Array]]:
    """The indicators (indicator, sample) part by part, in the order of the samples; memory does not grow with them.

    What cannot be projected, because its numbers contradict one another, is not a number.
    """
    for start in range(0, len(samples), AT_ONCE):
        part = samples[start : start + AT_ONCE]
        yield slice(start, start + len(part)), _project(base, part, asked)


def _project(base: Scenario, samples: Samples, asked: Sequence[Indicator]) -> Array:
    found = np.full((len(asked), len(samples)), np.nan)
    for numbers, trajectory in scenarios(base, samples, projected):
        found[:, numbers] = values_of(trajectory, asked, len(numbers))
    return found
