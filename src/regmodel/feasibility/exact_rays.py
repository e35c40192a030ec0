"""Multipliers made exact: near those that a solver found, and such that what must cancel cancels to nothing.

A column without an end on one side may not be left over, not even by a rounding. The multipliers of such a proof are
the solution of linear equations; here they are solved in rationals, on the rows that the proof uses.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import LinearSystem, check_exact, clip

Array = NDArray[np.float64]
Exact = dict[int, Fraction]
# Multipliers below a cut (largest 1) are taken for roundings; the first cut whose proof holds is kept.
CUTS = (1e-6, 1e-9, 1e-12, 0.0)
TINY = 1e-7
MOST_ROWS = 3000
PLAIN = 10_000
NEAR = 1e-9


# Where coefficients were rounded when they were typed, what should cancel exactly may be left over by this much.
ROUNDED = 1e-12


class _Late(Exception):
    """The time is over."""


def exact_multipliers(told: Array, rows: LinearSystem, seconds: float = 10.0) -> Exact | None:
    """Rational multipliers by row that prove, in exact arithmetic, that the rows cannot hold; None where none is found.

    ``told`` are the solver's (one a row, either sign convention). What is returned has passed ``check_exact``.
    """
    end = time.monotonic() + seconds
    for signed in (clip(told, rows), clip(-told, rows)):
        for cut in CUTS:
            support = np.flatnonzero(np.abs(signed) > cut)
            if not 0 < len(support) <= MOST_ROWS:
                continue
            for trial in _trials(signed, support, rows, end):
                found = {row: value for row, value in trial.items() if value != 0}
                if found and check_exact(found, rows).proved:
                    return found
    return None


def rounded_multipliers(told: Array, rows: LinearSystem, limit: float) -> tuple[Exact, LinearSystem] | None:
    """The same, where no multipliers cancel exactly because the rows' own coefficients carry roundings.

    Columns whose remainder is no more than such a rounding are taken to stay within ``limit`` of zero. Returns the
    multipliers and the rows with those ends, for which ``check_exact`` has passed; None where none are found.
    """
    for signed in (clip(told, rows), clip(-told, rows)):
        products = np.repeat(signed, np.diff(rows.row_start)) * rows.matrix
        combined = np.bincount(rows.column, weights=products, minlength=len(rows.columns))
        sizes = np.bincount(rows.column, weights=np.abs(products), minlength=len(rows.columns))
        left = (sizes > 0) & (np.abs(combined) <= ROUNDED * sizes)
        limited = replace(
            rows,
            column_low=np.where(left, np.maximum(rows.column_low, -limit), rows.column_low),
            column_high=np.where(left, np.minimum(rows.column_high, limit), rows.column_high),
        )
        found = {row: Fraction(float(signed[row])) for row in np.flatnonzero(signed).tolist()}
        if found and check_exact(found, limited).proved:
            return found, limited
    return None


def _trials(signed: Array, support: NDArray[np.int64], rows: LinearSystem, end: float) -> Iterator[Exact]:
    """Candidates, the plainest numbers first."""
    entries = _entries(support, rows)
    for columns in _must_cancel(signed, support, rows):
        try:
            solved = _eliminate([entries[column] for column in columns], end)
        except _Late:
            return
        free = [row for row in support.tolist() if row not in solved]
        if not free:
            continue
        unit = Fraction(abs(float(signed[free[0]])))
        for plain in (True, False):
            chosen = {row: _near(float(signed[row]), unit, plain=plain) for row in free}
            yield chosen | {
                row: sum((share * chosen[other] for other, share in shares.items()), Fraction(0))
                for row, shares in solved.items()
            }


def _entries(support: NDArray[np.int64], rows: LinearSystem) -> dict[int, Exact]:
    """The coefficients of the rows in question, by column."""
    found: dict[int, Exact] = {}
    for row in support.tolist():
        for entry in range(int(rows.row_start[row]), int(rows.row_start[row + 1])):
            value = float(rows.matrix[entry])
            if value != 0:
                found.setdefault(int(rows.column[entry]), {})[row] = Fraction(value)
    return found


def _must_cancel(signed: Array, support: NDArray[np.int64], rows: LinearSystem) -> Iterator[list[int]]:
    """Columns with an open end that are all but cancelled: first all of them, then only where that end is needed."""
    kept = np.zeros(len(signed))
    kept[support] = signed[support]
    products = np.repeat(kept, np.diff(rows.row_start)) * rows.matrix
    count = len(rows.columns)
    combined = np.bincount(rows.column, weights=products, minlength=count)
    sizes = np.bincount(rows.column, weights=np.abs(products), minlength=count)
    tiny = (sizes > 0) & (np.abs(combined) <= TINY * sizes)
    needed = np.where(combined > 0, rows.column_high, rows.column_low)
    open_ended = ~np.isfinite(rows.column_low) | ~np.isfinite(rows.column_high)
    yield np.flatnonzero(tiny & open_ended).tolist()
    yield np.flatnonzero(tiny & ~np.isfinite(needed)).tolist()
    yield np.flatnonzero(tiny).tolist()


def _near(value: float, unit: Fraction, *, plain: bool) -> Fraction:
    """A multiplier relative to ``unit``: a plain fraction where that is as near as makes no difference."""
    ratio = Fraction(value) / unit
    simple = ratio.limit_denominator(PLAIN)
    return simple if plain and float(abs(simple - ratio)) <= NEAR * max(1.0, float(abs(ratio))) else ratio


def _eliminate(equations: list[Exact], end: float) -> dict[int, Exact]:
    """Solve ``sum of coefficient x unknown = 0``: some unknowns as sums over the free ones; raises _Late."""
    waiting = [dict(equation) for equation in equations]
    where: dict[int, set[int]] = {}
    for number, equation in enumerate(waiting):
        for unknown in equation:
            where.setdefault(unknown, set()).add(number)
    steps: list[tuple[int, Exact]] = []
    left = set(range(len(waiting)))
    while left:
        if time.monotonic() > end:
            raise _Late
        number = min(left, key=lambda one: (len(waiting[one]), one))
        left.remove(number)
        equation = waiting[number]
        if not equation:
            continue
        pivot = min(equation, key=lambda unknown: (len(where[unknown] & left), unknown))
        by = -equation[pivot]
        shares = {unknown: value / by for unknown, value in equation.items() if unknown != pivot}
        steps.append((pivot, shares))
        for other in sorted(where[pivot] & left):
            _substitute(waiting[other], pivot, shares, other, where)
    solved: dict[int, Exact] = {}
    for pivot, shares in reversed(steps):
        whole: Exact = {}
        for unknown, share in shares.items():
            if time.monotonic() > end:
                raise _Late
            for free, part in solved.get(unknown, {unknown: Fraction(1)}).items():
                whole[free] = whole.get(free, Fraction(0)) + share * part
        solved[pivot] = {free: share for free, share in whole.items() if share != 0}
    return solved


def _substitute(equation: Exact, pivot: int, shares: Exact, number: int, where: dict[int, set[int]]) -> None:
    """Put the sum for an unknown into an equation, and keep the list of who names whom."""
    by = equation.pop(pivot)
    for unknown, share in shares.items():
        value = equation.get(unknown, Fraction(0)) + by * share
        if value == 0:
            equation.pop(unknown, None)
            where[unknown].discard(number)
        else:
            equation[unknown] = value
            where[unknown].add(number)
