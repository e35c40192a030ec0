"""Samples prepared side by side; where they take different ways through a condition, in as many parts as there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.samples import Samples
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.side_by_side import side_by_side
from regmodel.scenario import Override, Scenario
from regmodel.scenario.changes import changed_side_by_side, check, is_switch
from regmodel.vocabulary.many import Many

Integers = NDArray[np.int64]
Made = TypeVar("Made")
NOT_A_NUMBER = "S-08"


@dataclass(frozen=True)
class Prepared:
    """Samples (by number) with the one case that holds all their numbers, or the code of what is wrong with them."""

    numbers: Integers
    case: Case | None
    problem: str | None = None


def prepared(base: Scenario, samples: Samples) -> Iterator[Prepared]:
    """Every sample once."""
    for numbers, case, problem in _parts(base, samples, lambda scenario: prepare(scenario, slopes=False)):
        yield Prepared(numbers, case, problem)


def scenarios(base: Scenario, samples: Samples, work: Callable[[Scenario], Made]) -> Iterator[tuple[Integers, Made]]:
    """What ``work`` makes of the samples, side by side as far as they go the same way; not those with a problem."""
    for numbers, made, _ in _parts(base, samples, work):
        if made is not None:
            yield numbers, made


def _parts(
    base: Scenario, samples: Samples, work: Callable[[Scenario], Made]
) -> Iterator[tuple[Integers, Made | None, str | None]]:
    """Samples with other switches come apart; so do those that part at a condition, or where some have a problem."""
    usable = np.isfinite(samples.values).all(axis=1)
    switches = [place for place, key in enumerate(samples.keys) if is_switch(key)]
    settings = samples.values[:, switches]
    for setting in np.unique(settings[usable], axis=0):
        alike = np.flatnonzero(usable & (settings == setting).all(axis=1))
        yield from side_by_side(alike, lambda these: _together(base, samples, these), work)
    if not usable.all():
        yield np.flatnonzero(~usable), None, NOT_A_NUMBER


def _together(base: Scenario, samples: Samples, these: Integers) -> Scenario:
    """One scenario with the numbers of some samples; raises InputProblems for numbers that a key does not take."""
    values: dict[str, Any] = {}
    overrides = []
    for place, key in enumerate(samples.keys):
        column = samples.values[these, place]
        if is_switch(key):
            values[key] = bool(column[0])
            continue
        ends = sorted({float(column.min()), float(column.max())})
        overrides += [Override(key, end, None, base.name) for end in ends]
        values[key] = Many(column.copy()) if len(these) > 1 else float(column[0])
    check(base, overrides)
    return changed_side_by_side(base, values)
