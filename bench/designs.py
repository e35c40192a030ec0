"""The scenarios of batches that are measured: growth, intensities and caps, moved as the re-solved scenarios are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.programmes import MOVED_CAPS, MOVED_RECORDS, PART_OF_CAP, PART_OF_RANGE
from regmodel.batch.design import Design, Vary
from regmodel.batch.samples import Samples
from regmodel.scenario import Scenario


def _ranges(base: Scenario) -> Iterator[tuple[str, float, float]]:
    """Keys with the lowest and the highest of their numbers."""
    for name in MOVED_RECORDS:
        record = base.book.records.get(name)
        if record is None or record.low is None or record.high is None:
            continue
        middle, low, high = float(record.printed), float(record.low), float(record.high)
        yield f"record.{name}", middle + PART_OF_RANGE * (low - middle), middle + PART_OF_RANGE * (high - middle)
    values = {active.clause.id: active.clause.value for active in base.clauses}
    for clause in MOVED_CAPS:
        value = values.get(clause)
        if value is not None:
            yield f"clause.{clause}.value", value, value * (1 + PART_OF_CAP)


def samples_of(base: Scenario, count: int, seed: int) -> Samples:
    """So many scenarios, drawn evenly."""
    keys, low, high = zip(*_ranges(base), strict=True)
    drawn = np.random.default_rng(seed).random((count, len(keys)))
    values = np.array(low) + drawn * (np.array(high) - np.array(low))
    return Samples(tuple(f"s{number}" for number in range(count)), keys, values)


def design_of(base: Scenario, count: int) -> Design:
    """The same ranges as the design of a batch."""
    vary = {key: Vary(low=low, high=high) for key, low, high in _ranges(base)}
    return Design("bench", base, "latin_hypercube", count=count, seed=1, assumptions=(), vary=vary)
