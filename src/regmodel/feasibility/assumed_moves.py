"""Moves of what is only assumed: from where it stands to an end of its range, one at a time or several together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.assumed_ends import ASSUMED, HARDER_FIGURES, UNPRINTED_RANGE, End, at_end, mixed_records
from regmodel.params import Figure, Record, convert
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import Many

Kind = Literal["record", "figure", "clause"]
DIGITS = 12


@dataclass(frozen=True, order=True)
class Part:
    """One number of a move: a record, a figure or the figure of a recalled cap.

    ``start`` and ``to`` are in the unit of memory (a cap's in its printed one); ``size`` is one printed unit in it.
    """

    key: str
    kind: Kind
    start: float
    to: float
    unit: str
    size: float

    def at(self, share: float) -> float:
        """Where it stands after a share of the way; both ends exactly."""
        return self.to if share == 1.0 else self.start + share * (self.to - self.start)

    def printed(self, share: float) -> float:
        """The same in the printed unit, to the digits that survive a conversion."""
        return float(f"{self.at(share) / self.size:.{DIGITS}g}")


@dataclass(frozen=True, order=True)
class Move:
    """What moves as one: mostly a single record; printed parts of one total move together, by the same share."""

    name: str
    parts: tuple[Part, ...]


def directed_moves(scenario: Scenario, end: End) -> tuple[Move, ...]:
    """Whatever has a harder end and does not stand there yet, on its way to ``end``; all of them make ``at_end``."""
    there = at_end(scenario, end)
    moves = [
        _of_record(record, there.book.records[key].value)
        for key, record in scenario.book.records.items()
        if there.book.records[key].value != record.value
    ]
    together: dict[tuple[str, int], list[Part]] = {}
    for figure, moved in zip(scenario.book.figures, there.book.figures, strict=True):
        if moved.value != figure.value:
            together.setdefault((figure.region, figure.year), []).append(_of_figure(figure, moved.value))
    moves += [Move(min(part.key for part in parts), tuple(sorted(parts))) for parts in together.values()]
    for active, other in zip(scenario.clauses, there.clauses, strict=True):
        value, to = active.clause.value, other.clause.value
        if value is not None and to is not None and to != value:
            part = Part(active.clause.id, "clause", value, to, active.clause.unit, 1.0)
            moves.append(Move(active.clause.id, (part,)))
    return tuple(sorted(moves))


def mixed_moves(scenario: Scenario) -> tuple[Move, ...]:
    """What has no direction, on its way to either end, low before high; a value set by the user stays as set."""
    moves: list[Move] = []
    for share in (0.0, 1.0):
        moves += sampled_moves(scenario, dict.fromkeys(mixed_records(scenario.book), share))
    return tuple(sorted(moves))


def sampled_moves(scenario: Scenario, sample: Mapping[str, float]) -> tuple[Move, ...]:
    """What has no direction, on its way to a place in its range (0 low, 1 high) that a sample names."""
    moves = []
    for key, share in sample.items():
        record = scenario.book.records.get(key)
        if record is None or record.confidence != ASSUMED or record.changed_because is not None:
            continue
        if record.low_value is None or record.high_value is None:
            continue
        to = record.low_value + share * (record.high_value - record.low_value)
        if share == 1.0:
            to = record.high_value
        if to != record.value:
            moves.append(_of_record(record, to))
    for figure in scenario.book.figures:
        if figure.key in sample and figure.confidence == ASSUMED and not figure.variable.startswith(HARDER_FIGURES):
            to = figure.value * (1 + UNPRINTED_RANGE * (2 * sample[figure.key] - 1))
            if to != figure.value:
                moves.append(Move(figure.key, (_of_figure(figure, to),)))
    return tuple(sorted(moves))


def _of_record(record: Record, to: float) -> Move:
    size = convert(1.0, record.printed_unit, record.unit)
    return Move(record.key, (Part(record.key, "record", record.value, to, record.printed_unit, size),))


def _of_figure(figure: Figure, to: float) -> Part:
    size = convert(1.0, figure.printed_unit, figure.unit)
    return Part(figure.key, "figure", figure.value, to, figure.printed_unit, size)


def after(scenario: Scenario, moves: Iterable[Move], share: float = 1.0) -> Scenario:
    """The scenario after these moves, each by ``share`` of its way; everything else stays."""
    return _with(scenario, {(part.kind, part.key): part.at(share) for move in moves for part in move.parts})


def after_each(scenario: Scenario, moves: Sequence[Move]) -> Scenario:
    """As many scenarios side by side (see ``Many``) as there are moves, each after one of them all its way."""
    values: dict[tuple[Kind, str], NDArray[np.float64]] = {}
    for number, move in enumerate(moves):
        for part in move.parts:
            each = values.setdefault((part.kind, part.key), np.full(len(moves), part.start))
            each[number] = part.at(1.0)
    if len(moves) == 1:
        return after(scenario, moves)
    return _with(scenario, {key: cast("float", Many(each)) for key, each in values.items()})


def _with(scenario: Scenario, values: Mapping[tuple[Kind, str], float]) -> Scenario:
    book = scenario.book
    records = dict(book.records)
    for (kind, key), value in values.items():
        if kind == "record":
            records[key] = replace(records[key], value=value)
    figures = tuple(
        replace(row, value=values["figure", row.key]) if ("figure", row.key) in values else row for row in book.figures
    )
    clauses = []
    for active in scenario.clauses:
        figure = values.get(("clause", active.clause.id))
        if figure is not None:
            active = active.asking(active.clause.with_value(figure))
        clauses.append(active)
    return replace(scenario, book=replace(book, records=records, figures=figures), clauses=tuple(clauses))
