"""Early warning: the class of each load by year, when each class first appears, and how likely that is."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.watched import watch
from regmodel.runs.load_classes import LoadClass, read_load_classes
from regmodel.runs.loads import ELEMENTS, YEARS, Load, class_of, loads
from regmodel.runs.trends import Array, ranged, read_by_trend, side_by_side, trend
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import each_of
from regmodel.vocabulary.problems import InputProblems

if TYPE_CHECKING:
    import pandas as pd

SAMPLES = 200
SEED = 20201101
SAMPLED = ("C", "D")
COLUMNS = (
    "measure",
    "region",
    "year",
    "load",
    "class",
    "limit_assumed",
    "probability_overloaded",
)


@dataclass(frozen=True)
class First:
    """When a class is first reached on the trend (None: never), and in what share of the samples it ever is.

    ``half_by`` is the year by which half of the samples have reached it; None where fewer ever do.
    """

    measure: str
    region: str
    name: str
    first_year: int | None
    probability: float | None
    error: float | None
    half_by: int | None
    assumed: bool


@dataclass(frozen=True)
class Warnings:
    """Loads of a scenario's trend by region and year with their classes; ``samples`` is how many were drawn.

    ``unfit`` is where records that were drawn together did not fit together: then there are no probabilities.
    """

    scenario: str
    classes: Mapping[str, tuple[LoadClass, ...]]
    loads: tuple[Load, ...]
    firsts: tuple[First, ...]
    overloaded: Mapping[tuple[str, str], Array]
    samples: int
    sampled: tuple[str, ...]
    unfit: str | None = None

    def class_at(self, load: Load, year: int) -> LoadClass:
        """The class of a load in a year."""
        classes = self.classes[ELEMENTS[load.measure]]
        return classes[int(class_of(load.shares[YEARS.index(year)], [one.from_load for one in classes]))]

    def firsts_of(self, load: Load) -> list[First]:
        """When each class but the lightest first appears, for one load."""
        return [one for one in self.firsts if (one.measure, one.region) == (load.measure, load.region)]

    def frame(self) -> pd.DataFrame:
        """One row a measure, region and year: load, class, and in what share of the samples it is at its limit."""
        import pandas as pd

        rows = []
        for load in self.loads:
            classes = self.classes[ELEMENTS[load.measure]]
            held = class_of(load.shares, [one.from_load for one in classes])
            likely = self.overloaded.get((load.measure, load.region))
            for position, year in enumerate(YEARS):
                share = None if likely is None else float(likely[position])
                name = classes[int(held[position])].name
                rows.append([load.measure, load.region, year, float(load.shares[position]), name, load.assumed, share])
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def as_dict(self) -> dict[str, Any]:
        """For a report: loads of the base year and the last, and the first years, as plain values."""
        return {
            "samples": self.samples,
            "records": len(self.sampled),
            "loads": [
                {
                    "measure": load.measure,
                    "region": load.region,
                    "assumed": load.assumed,
                    "shares": {str(year): float(share) for year, share in zip(YEARS, load.shares, strict=True)},
                }
                for load in self.loads
            ],
            "first": [vars(one) for one in self.firsts],
        }


def early_warning(scenario: Scenario, samples: int = SAMPLES) -> Warnings:
    """Loads and classes on the trend of a scenario, with probabilities from ``samples`` draws of what is assumed.

    Each record of confidence C or D that loads read is drawn evenly between its low and its high, independently of the
    others, by a Latin hypercube with a fixed seed. Without samples, or where records at the ends of their ranges do not
    fit together, there are no probabilities.
    """
    classes = read_load_classes()
    central = tuple(loads(scenario, trend(scenario)))
    keys = _assumed(scenario) if samples else []
    reached: dict[tuple[str, str], NDArray[np.int64]] = {}
    over: dict[tuple[str, str], Array] = {}
    unfit: str | None = None
    try:
        if keys:
            reached, over = _sampled(scenario, keys, samples, classes)
    except InputProblems as problems:
        keys, unfit = [], next(iter(problems.problems)).where
    firsts = [
        _first(load, one, rank, reached.get((load.measure, load.region)), samples)
        for load in central
        for rank, one in enumerate(classes[ELEMENTS[load.measure]])
        if rank
    ]
    drawn = samples if keys else 0
    return Warnings(scenario.name, classes, central, tuple(firsts), over, drawn, tuple(keys), unfit)


def _assumed(scenario: Scenario) -> list[str]:
    """Records that the trend or a limit reads, that are assumed and have a range."""
    book = scenario.book
    watched = watch(book)
    path = trend(scenario)
    loads(replace(scenario, book=watched), path)
    keys = sorted({*read_by_trend(scenario), *(key for key in watched.used if ranged(book, key))})
    return [key for key in keys if book.records[key].confidence in SAMPLED]


def drawn_values(scenario: Scenario, keys: list[str], samples: int) -> dict[str, Array]:
    """A Latin hypercube over the ranges of records; what one record draws does not depend on the others."""
    found = {}
    for key in keys:
        record = scenario.book.records[key]
        random = np.random.default_rng([SEED, zlib.crc32(key.encode())])
        places = (random.permutation(samples) + random.random(samples)) / samples
        low, high = record.at("low"), record.at("high")
        found[key] = low + places * (high - low)
    return found


def _sampled(
    scenario: Scenario, keys: list[str], samples: int, classes: Mapping[str, tuple[LoadClass, ...]]
) -> tuple[dict[tuple[str, str], NDArray[np.int64]], dict[tuple[str, str], Array]]:
    """By load: the class reached by each year (year, sample), and the share of samples at or above the limit."""
    values = drawn_values(scenario, keys, samples)
    reached: dict[tuple[str, str], NDArray[np.int64]] = {}
    for which, many, path in side_by_side(scenario, values):
        for load in loads(many, path):
            starts = [one.from_load for one in classes[ELEMENTS[load.measure]]]
            table = reached.setdefault((load.measure, load.region), np.zeros((len(YEARS), samples), dtype=np.int64))
            table[:, which] = class_of(each_of(load.shares, len(which)), starts)
    over = {}
    for (measure, region), table in reached.items():
        at_limit = next(rank for rank, one in enumerate(classes[ELEMENTS[measure]]) if one.from_load >= 1)
        over[measure, region] = (table >= at_limit).mean(axis=1)
    return {key: np.maximum.accumulate(table, axis=0) for key, table in reached.items()}, over


def _first(load: Load, one: LoadClass, rank: int, reached: NDArray[np.int64] | None, samples: int) -> First:
    at = np.flatnonzero(np.asarray(load.shares) >= one.from_load)
    first = YEARS[int(at[0])] if len(at) else None
    if reached is None:
        return First(load.measure, load.region, one.name, first, None, None, None, load.assumed)
    by_year = (reached >= rank).mean(axis=1)
    ever = float(by_year[-1])
    half = np.flatnonzero(by_year >= 0.5)
    return First(
        load.measure,
        load.region,
        one.name,
        first,
        ever,
        math.sqrt(ever * (1 - ever) / samples),
        YEARS[int(half[0])] if len(half) else None,
        load.assumed,
    )
