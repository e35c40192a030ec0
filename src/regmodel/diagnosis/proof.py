"""A conflict's proof in exact rationals, as lines that a person can add up with the numbers of the file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.diagnosis.prepared import Prepared, Side
from regmodel.feasibility.certificate import LinearSystem, check_exact
from regmodel.feasibility.engine import Engine
from regmodel.feasibility.exact_rays import Exact, exact_multipliers, rounded_multipliers

Array = NDArray[np.float64]
PROOF_SECONDS = 10.0
# In scaled numbers, where rows and bounds are near one.
LIMIT = 1e9


@dataclass(frozen=True)
class ProofLine:
    """One row, or one bound of a column, with its weight; rows are what is needed, bounds what is possible."""

    kind: Literal["soft", "hard", "bound"]
    name: str
    side: Side
    weight: Fraction
    amount: Fraction

    @property
    def contribution(self) -> Fraction:
        """Weight times amount."""
        return self.weight * self.amount


@dataclass(frozen=True)
class Proof:
    """Rows weighted and added up: they need ``needed``, and within the bounds at most ``most`` is possible.

    ``limits`` are those of the lines whose end the file does not have: the coefficients carry roundings, so that the
    rows do not cancel to the last digit, and a plan may exist beyond that end. Such a proof proves no conflict.
    """

    lines: tuple[ProofLine, ...]
    limits: tuple[ProofLine, ...] = ()

    @property
    def needed(self) -> Fraction:
        """What the weighted rows ask for."""
        return sum((line.contribution for line in self.lines if line.kind != "bound"), Fraction(0))

    @property
    def most(self) -> Fraction:
        """What the bounds of the columns allow their weighted sum to be."""
        return sum((line.contribution for line in self.lines if line.kind == "bound"), Fraction(0))

    @property
    def gap(self) -> Fraction:
        """Above zero: 0 would have to be at least this."""
        return self.needed - self.most


def prove(prepared: Prepared, engine: Engine, groups: Collection[str], told: Array) -> Proof | None:
    """The proof that these groups, with all that always holds, cannot hold; None where none is found to be exact.

    Where none is found on the file's own numbers, one within far ends (``limits``) is tried.
    ``told`` are the solver's multipliers. The engine is left holding these groups.
    """
    engine.hold(set(groups))
    if len(told) != len(prepared.lines):
        return None
    rows, held = engine.system(), _held(prepared, groups)
    scaled = exact_multipliers(told, rows, PROOF_SECONDS)
    if scaled is None:
        limited = rounded_multipliers(told, rows, LIMIT)
        if limited is None:
            return None
        scaled = limited[0]
        held = _limited(prepared, held, limited[1])
    multipliers = {row: value * Fraction(float(prepared.row_scale[row])) for row, value in scaled.items()}
    # What counts is the proof on the numbers of the file; that the scaled rows were proved is only how it was found.
    if not check_exact(multipliers, held).proved:
        return None
    return _told(prepared, multipliers, held)


def _limited(prepared: Prepared, held: LinearSystem, scaled: LinearSystem) -> LinearSystem:
    """The user's columns with the ends that the scaled ones were given."""
    count = len(held.columns)
    return replace(
        held,
        column_low=scaled.column_low[:count] * prepared.column_scale,
        column_high=scaled.column_high[:count] * prepared.column_scale,
    )


def _held(prepared: Prepared, groups: Collection[str]) -> LinearSystem:
    """The model in the user's numbers with the rows of all other groups open."""
    open_rows = [number for number, line in enumerate(prepared.lines) if line.group not in (None, *groups)]
    low, high = prepared.system.low.copy(), prepared.system.high.copy()
    low[open_rows], high[open_rows] = -np.inf, np.inf
    return replace(prepared.system, low=low, high=high)


def _told(prepared: Prepared, multipliers: Exact, held: LinearSystem) -> Proof:
    """Soft rows, hard rows, then bounds; scaled so that the first row has the weight 1 or -1."""
    order = sorted(multipliers, key=lambda row: (prepared.lines[row].group is None, row))
    unit = abs(multipliers[order[0]])
    combined: Exact = {}
    found: list[ProofLine] = []
    limits: list[ProofLine] = []
    for row in order:
        weight = multipliers[row] / unit
        line = prepared.lines[row]
        side: Side = "low" if weight > 0 else "high"
        amount = Fraction(float(held.low[row] if weight > 0 else held.high[row]))
        if line.kind == "bound":  # ends of a column that cross: what is possible, hence the other sign
            found.append(ProofLine("bound", line.name, side, -weight, amount))
        else:
            found.append(ProofLine("hard" if line.group is None else "soft", line.name, side, weight, amount))
        for entry in range(int(held.row_start[row]), int(held.row_start[row + 1])):
            column = int(held.column[entry])
            combined[column] = combined.get(column, Fraction(0)) + weight * Fraction(float(held.matrix[entry]))
    for column in sorted(combined):
        weight = combined[column]
        if weight != 0:
            side = "high" if weight > 0 else "low"
            end = (held.column_high if side == "high" else held.column_low)[column]
            found.append(ProofLine("bound", held.columns[column], side, weight, Fraction(float(end))))
            own = (prepared.system.column_high if side == "high" else prepared.system.column_low)[column]
            if end != own:
                limits.append(found[-1])
    return Proof(tuple(found), tuple(limits))
