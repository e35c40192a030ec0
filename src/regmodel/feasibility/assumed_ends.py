"""The same scenario with everything that is only assumed moved to the end that makes life easier, or harder."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from regmodel.params import Figure, ParameterBook, Record
from regmodel.scenario import ActiveClause, Scenario
from regmodel.vocabulary.sets import BASE_YEAR

End = Literal["easy", "hard"]
ASSUMED = "D"
UNPRINTED_RANGE = 0.05
HARDER_FIGURES = ("water_use_",)
SAMPLES = 8
SEED = 20201101


def at_end(scenario: Scenario, end: End, mixed: dict[str, float] | None = None) -> Scenario:
    """Every assumed record, recalled figure and recalled cap at its easy or hard end.

    ``mixed`` gives, for records whose direction is not known, where in their range they stand (0 to 1); without it
    they stay at their value. The rest of the scenario is unchanged.
    """
    book = scenario.book
    records = {key: _moved(record, end, mixed) for key, record in book.records.items()}
    figures = tuple(_moved_figure(figure, end, mixed) for figure in book.figures)
    moved = replace(book, records=records, figures=figures)
    return replace(scenario, book=moved, clauses=tuple(_moved_clause(active, end) for active in scenario.clauses))


def _moved(record: Record, end: End, mixed: dict[str, float] | None) -> Record:
    if record.confidence != ASSUMED or record.low_value is None or record.high_value is None:
        return record
    if record.harder in ("up", "down"):
        to_high = (record.harder == "up") == (end == "hard")
        return replace(record, value=record.high_value if to_high else record.low_value)
    if mixed is None or record.key not in mixed or record.changed_because is not None:
        return record
    share = mixed[record.key]
    return replace(record, value=record.low_value + share * (record.high_value - record.low_value))


def _moved_figure(figure: Figure, end: End, mixed: dict[str, float] | None) -> Figure:
    """Recalled use of the base year: more of it leaves less room under a cap, and all uses move together.

    Other recalled figures have no known direction: they move only where a sample says so.
    """
    if figure.confidence != ASSUMED:
        return figure
    if not figure.variable.startswith(HARDER_FIGURES):
        share = (mixed or {}).get(figure.key)
        if share is None:
            return figure
        return replace(figure, value=figure.value * (1 + UNPRINTED_RANGE * (2 * share - 1)))
    factor = 1 + UNPRINTED_RANGE * (1 if end == "hard" else -1)
    return replace(figure, value=figure.value * factor)


def _moved_clause(active: ActiveClause, end: End) -> ActiveClause:
    """A recalled cap: less of it is harder."""
    clause = active.clause
    if clause.confidence != ASSUMED or clause.kind != "cap" or clause.value is None:
        return active
    factor = 1 - UNPRINTED_RANGE * (1 if end == "hard" else -1)
    changed = clause.with_value(clause.value * factor)
    return active.asking(changed)


def mixed_records(book: ParameterBook) -> list[str]:
    """Keys of assumed records and recalled base-year figures whose harder direction is not known, in order."""
    records = [
        key
        for key, record in book.records.items()
        if record.confidence == ASSUMED and record.harder == "mixed" and record.low_value != record.high_value
    ]
    figures = [
        figure.key
        for figure in book.figures
        if figure.confidence == ASSUMED
        and figure.year == BASE_YEAR
        and figure.region in book.regions.ids()
        and not figure.variable.startswith(HARDER_FIGURES)
    ]
    return sorted([*records, *figures])


def mixed_samples(book: ParameterBook, count: int = SAMPLES) -> list[dict[str, float]]:
    """Places in the ranges of the mixed records: a Latin hypercube of ``count`` points, the same every time."""
    keys = mixed_records(book)
    if not keys:
        return []
    random = np.random.default_rng(SEED)
    columns = {key: (random.permutation(count) + random.random(count)) / count for key in keys}
    return [{key: float(columns[key][number]) for key in keys} for number in range(count)]
