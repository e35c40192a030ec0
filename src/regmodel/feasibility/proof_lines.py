"""A proof as a person can redo it: the weighted sum of clauses and balances, and the most that any plan gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import LinearSystem
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.engine import Engine
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_units import body_unit

Array = NDArray[np.float64]
NOTHING = 1e-9
ROWS_ONE_BY_ONE = 3


@dataclass(frozen=True)
class Line:
    """Rows of one kind, added up; ``weight`` and ``amount`` are those of a single row and None for several."""

    kind: Literal["clause", "balance", "bound"]
    name: str
    rows: int
    region: str | None
    year: int | None
    weight: float | None
    amount: float | None
    contribution: float
    unit: str | None


@dataclass(frozen=True)
class Working:
    """All lines of a proof: clauses and balances ask for ``needed``, and no plan within its bounds gives ``most``."""

    lines: tuple[Line, ...]
    needed: float
    most: float

    @property
    def gap(self) -> float:
        """What the clauses together say: 0 is at least this, which is above 0."""
        return self.needed - self.most


@dataclass(frozen=True)
class Member:
    """A clause of a conflict with the years of its rows and the end that the proof uses."""

    clause: str
    years: tuple[int, ...]
    side: Literal["low", "high", "both"]


def members(case: Case, engine: Engine, multipliers: Array) -> tuple[Member, ...]:
    """The clauses whose rows carry a weight, with years and ends, in the order of the register."""
    years: dict[str, set[int]] = {}
    sides: dict[str, set[str]] = {}
    for row, weight in _clause_rows(case, engine, multipliers):
        years.setdefault(row.clause, set()).add(row.year)
        sides.setdefault(row.clause, set()).add("low" if weight > 0 else "high")
    return tuple(
        Member(clause, tuple(sorted(years[clause])), "both" if len(ends) > 1 else "low" if "low" in ends else "high")
        for clause, ends in sides.items()
    )


def working(case: Case, engine: Engine, multipliers: Array, rows: LinearSystem) -> Working:
    """The lines of a proof over these rows, scaled so that the first clause has weight 1."""
    first = next((abs(weight) for _, weight in _clause_rows(case, engine, multipliers)), 1.0)
    weights = multipliers / first
    asked = np.where(weights > 0, rows.low, rows.high)
    given = weights * np.where(weights != 0, asked, 0.0) + 0.0  # no minus before a zero
    shapes = dict(zip(clause_positions(engine.compiled).tolist(), case.shape.rows, strict=True))
    used = np.flatnonzero(weights).tolist()
    clauses = [number for number in used if number in shapes]
    lines = [
        *_clause_lines(case, [(shapes[number], number) for number in clauses], weights, asked, given),
        *_summed("balance", [(rows.rows[number], float(given[number])) for number in used if number not in shapes]),
        *(line for line in _summed("bound", _bounds(weights, rows)) if line.contribution),
    ]
    needed = sum(line.contribution for line in lines if line.kind != "bound")
    most = sum(line.contribution for line in lines if line.kind == "bound")
    return Working(tuple(lines), needed, most)


def _clause_rows(case: Case, engine: Engine, multipliers: Array) -> list[tuple[RowShape, float]]:
    weights = multipliers[clause_positions(engine.compiled)]
    return [(row, weight) for row, weight in zip(case.shape.rows, weights.tolist(), strict=True) if weight]


def _clause_lines(
    case: Case, rows: list[tuple[RowShape, int]], weights: Array, asked: Array, given: Array
) -> list[Line]:
    by_clause: dict[str, list[tuple[RowShape, int]]] = {}
    for row, number in rows:
        by_clause.setdefault(row.clause, []).append((row, number))
    lines = []
    for clause, own in by_clause.items():
        region = case.scenario.clause(clause).clause.region
        unit = body_unit(own[0][0])
        if len(own) <= ROWS_ONE_BY_ONE:
            lines += [
                Line("clause", clause, 1, region, row.year, float(weights[n]), float(asked[n]), float(given[n]), unit)
                for row, n in own
            ]
        else:
            total = float(sum(given[number] for _, number in own))
            lines.append(Line("clause", clause, len(own), region, None, None, None, total, unit))
    return lines


def _bounds(weights: Array, rows: LinearSystem) -> list[tuple[str, float]]:
    """What each variable gives at most, at the end of its declared range that helps."""
    entries = np.repeat(weights, np.diff(rows.row_start)) * rows.matrix
    combined = np.bincount(rows.column, weights=entries, minlength=len(rows.columns))
    sizes = np.bincount(rows.column, weights=np.abs(entries), minlength=len(rows.columns))
    left = np.flatnonzero(np.abs(combined) > NOTHING * sizes)
    ends = np.where(combined > 0, rows.column_high, rows.column_low)
    return [(rows.columns[column], float(combined[column] * ends[column])) for column in left.tolist()]


def _summed(kind: Literal["balance", "bound"], parts: Iterable[tuple[str, float]]) -> list[Line]:
    """One line for each name before the bracket, the heaviest first; what adds nothing comes last."""
    total: dict[str, float] = {}
    count: dict[str, int] = {}
    for name, amount in parts:
        stem = name.partition("[")[0]
        total[stem] = total.get(stem, 0.0) + amount
        count[stem] = count.get(stem, 0) + 1
    order = sorted(total, key=lambda stem: (-abs(total[stem]), stem))
    return [Line(kind, stem, count[stem], None, None, None, None, total[stem], None) for stem in order]
