"""How loaded water and land are over the scenarios of a batch: the chance of each class by place and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.answers.basis import Basis, basis_of, counted_rows
from regmodel.batch.answers.whole import Finished, finished
from regmodel.batch.answers.wilson import LEVEL, Estimate, estimate
from regmodel.batch.preparing import scenarios
from regmodel.batch.projecting import projected
from regmodel.batch.samples import Samples
from regmodel.runs.load_classes import LoadClass, read_load_classes
from regmodel.runs.loads import ELEMENTS, YEARS, Load, class_of, loads
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import each_of

if TYPE_CHECKING:
    import pandas as pd

    from regmodel.batch.model import Batch

Integers = NDArray[np.int64]
Place = tuple[str, str]
AT_ONCE = 256


@dataclass(frozen=True)
class Chance:
    """How often a load is in a class in a year, and how often it was in that class or a worse one by then."""

    measure: str
    region: str
    year: int
    name: str
    in_class: Estimate
    reached: Estimate


@dataclass(frozen=True)
class LoadChances:
    """The chance of every class of every load in every year, over the scenarios of a batch.

    ``classes`` are by element, the lightest first. Loads are those of each scenario's trend. Scenarios whose numbers
    do not fit together have no trend; they are counted both ways.
    """

    basis: Basis
    classes: Mapping[str, tuple[LoadClass, ...]]
    chances: tuple[Chance, ...]

    def of(self, measure: str, region: str, name: str) -> tuple[Chance, ...]:
        """The chances of one class of one load, year by year."""
        return tuple(one for one in self.chances if (one.measure, one.region, one.name) == (measure, region, name))

    def half_by(self, measure: str, region: str, name: str) -> int | None:
        """The year by which half of the scenarios have certainly reached a class; None where fewer ever do."""
        found = (one.year for one in self.of(measure, region, name) if (one.reached.low or 0.0) >= 0.5)
        return next(found, None)

    def places(self, measure: str) -> tuple[str, ...]:
        """The places that have a load of this measure, in their order."""
        return tuple(dict.fromkeys(one.region for one in self.chances if one.measure == measure))

    def frame(self) -> pd.DataFrame:
        """One row a measure, region, year and class: the share in the class, and the share that had reached it."""
        import pandas as pd

        rows = []
        for one in self.chances:
            row: dict[str, Any] = {"measure": one.measure, "region": one.region, "year": one.year, "class": one.name}
            row |= {"scenarios": one.in_class.of}
            for name, found in (("in_class", one.in_class), ("reached", one.reached)):
                row |= {f"{name}_{end}": getattr(found, end) for end in ("low", "high", "error_low", "error_high")}
            rows.append(row)
        return pd.DataFrame(rows)

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {"basis": self.basis.as_dict(), "chances": self.frame().astype(object).to_dict("records")}


@dataclass
class _Counts:
    """Of one load: in how many scenarios it exists, is in each class, and has reached each (class, year)."""

    inside: Integers
    reached: Integers
    of: int = 0


def load_chances(given: Batch | Finished | str | Path, level: float = LEVEL) -> LoadChances:
    """The chance of each class of load by place and year over a finished batch; raises InputProblems.

    What the scenarios set is read from the design; nothing is solved, and memory does not grow with their number.
    """
    store = given if isinstance(given, Finished) else finished(given)
    store.check_order()
    classes = read_load_classes()
    places = np.arange(len(store))[counted_rows(store)]
    counts: dict[Place, _Counts] = {}
    first = trendless = 0
    for block in store.read.blocks:
        mine = places[(places >= first) & (places < first + len(block))] - first
        for start in range(0, len(mine), AT_ONCE):
            trendless += _count(block.base, block.at(mine[start : start + AT_ONCE]), classes, counts)
        first += len(block)
    basis = basis_of(store, len(places), trendless, level)
    share = partial(estimate, sampled=basis.probability, level=level)
    chances = [
        Chance(
            *place,
            year,
            one.name,
            share(int(found.inside[rank, position]), trendless, found.of + trendless),
            share(int(found.reached[rank, position]), trendless, found.of + trendless),
        )
        for place, found in counts.items()
        for position, year in enumerate(YEARS)
        for rank, one in enumerate(classes[ELEMENTS[place[0]]])
    ]
    return LoadChances(basis, classes, tuple(chances))


def _count(
    base: Scenario, samples: Samples, classes: Mapping[str, tuple[LoadClass, ...]], counts: dict[Place, _Counts]
) -> int:
    """Add the loads of some samples; how many of them have no trend."""
    seen = 0
    for numbers, found in scenarios(base, samples, _loads):
        seen += len(numbers)
        for load in found:
            starts = [one.from_load for one in classes[ELEMENTS[load.measure]]]
            held = class_of(each_of(load.shares, len(numbers)), starts)
            worst = np.maximum.accumulate(held, axis=0)
            ranks = np.arange(len(starts))[:, None, None]
            nothing = np.zeros((len(starts), len(YEARS)), dtype=np.int64)
            one = counts.setdefault((load.measure, load.region), _Counts(nothing, nothing.copy()))
            one.inside += (held[None] == ranks).sum(axis=2)
            one.reached += (worst[None] >= ranks).sum(axis=2)
            one.of += len(numbers)
    return len(samples) - seen


def _loads(scenario: Scenario) -> list[Load]:
    return loads(scenario, projected(scenario))
