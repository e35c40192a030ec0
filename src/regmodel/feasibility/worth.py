"""What room at one row is worth: the least cost as a function of one bound, followed from kink to kink.

The least cost of a linear programme is convex in a bound and made of straight pieces. Two points and their supporting
lines say whether a piece is straight between them; where it is not, the lines cross nearer to its end. Each point is a
solve, so that no basis has to be trusted: a degenerate one gives a supporting line like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import check_float, clip, system
from regmodel.feasibility.solver import Solution, Solver

Array = NDArray[np.float64]
Side = Literal["low", "high"]
Note = Literal["degenerate", "not_unique"]
LEAST_PRICE = 1e-6
CLOSE = 1e-7
NEAR = 1e-6
MOST_STEPS = 40
STEP_BACK = 1e-3
LOOKS = (0.001, 0.03, 1.0)


@dataclass(frozen=True)
class Worth:
    """What one more unit of room at a row is worth, in units of the objective for one unit of the row.

    ``left`` and ``right`` are the worth of a unit where the bound is a little lower and a little higher; None where no
    plan is left on that side. ``price`` is the one on the side of more room. It stays at least from ``valid_from`` to
    ``valid_to``, values of the row's bound.
    """

    row: int
    side: Side
    bound: float
    price: float
    left: float | None
    right: float | None
    valid_from: float
    valid_to: float
    note: Note | None


@dataclass(frozen=True)
class Point:
    """The least cost at a bound, and the slope of a line there that lies nowhere above it."""

    bound: float
    cost: float
    slope: float

    def line(self, bound: float) -> float:
        """The supporting line at another bound."""
        return self.cost + self.slope * (bound - self.bound)


@dataclass(frozen=True)
class Piece:
    """A straight piece: its slope, and the bound at which it ends."""

    slope: float
    end: float


class Unfinished(Exception):
    """A solve gave no certain answer within its steps."""


class LeastCost:
    """The least cost of the programme in a solver as a function of one bound; ``restore`` sets the bound back."""

    def __init__(self, solver: Solver, row: int, side: Side, steps: int) -> None:
        self.solver, self.row, self.side, self.steps = solver, row, side, steps
        self.low, self.high = float(solver.low[row]), float(solver.high[row])

    def at(self, bound: float) -> Point | float:
        """The point at a bound; where no plan is left, a bound nearer by that none lies beyond."""
        if self.steps <= 0:
            raise Unfinished
        self._set(bound)
        found = self.solver.solve_briefly(self.steps)
        if found.status == "optimal":
            return Point(bound, found.objective, float(found.multipliers[self.row]))
        if found.status == "infeasible":
            return self._nearest(bound, found)
        raise Unfinished

    def most(self, direction: float, reach: float) -> float:
        """How far the bound is followed: its reach, and inwards not past the other end of the row."""
        inwards = direction > 0 if self.side == "low" else direction < 0
        return min(reach, self.high - self.low) if inwards and self.low < self.high else reach

    def restore(self) -> None:
        """The row as it was."""
        self._write(self.low, self.high)

    def _set(self, bound: float) -> None:
        # What both ends ask is moved as one where the end that moves would pass the other.
        if self.side == "low":
            self._write(bound, max(self.high, bound))
        else:
            self._write(min(self.low, bound), bound)

    def _write(self, low: float, high: float) -> None:
        self.solver.set_rows(np.array([self.row]), np.array([low]), np.array([high]))

    def _nearest(self, bound: float, found: Solution) -> float:
        """Where the proof of infeasibility ends as the bound moves back: the gap that it shows falls in a line."""
        solver = self.solver
        rows = system(solver.compiled, solver.matrix, solver.low, solver.high, solver.column_low, solver.column_high)
        if len(found.multipliers) != len(rows.rows):
            raise Unfinished
        for signed in (clip(found.multipliers, rows), clip(-found.multipliers, rows)):
            checked = check_float(signed, rows)
            if checked.proved and signed[self.row] != 0:
                return bound - checked.gap / float(signed[self.row])
        raise Unfinished


def worth_of(
    solver: Solver, start: Solution, row: int, size: float, steps: int, sure: tuple[float, float] = (0.0, 0.0)
) -> Worth:
    """The worth of room at a row that carries a multiplier in ``start``, the solution of what the solver holds.

    The bound that binds is followed by ``size`` both ways. ``sure`` is how far it may fall and rise with the multiplier
    as it is; where a solve would take more than ``steps`` that is told. Raises Unfinished where it is nothing. The
    row is left as it was.
    """
    multiplier = float(start.multipliers[row])
    side: Side = "low" if multiplier > 0 else "high"
    cost = LeastCost(solver, row, side, steps)
    bound = cost.low if side == "low" else cost.high
    here = Point(bound, start.objective, multiplier)
    try:
        lower = _piece(cost, here, -1.0, size, sure[0])
        higher = _piece(cost, here, 1.0, size, sure[1])
    finally:
        cost.restore()
    return _put_together(cost, bound, lower, higher)


def _put_together(cost: LeastCost, bound: float, lower: Piece | None, higher: Piece | None) -> Worth:
    left, right = (None if piece is None else _settled(abs(piece.slope)) for piece in (lower, higher))
    price = left if cost.side == "low" else right
    if price is None:
        raise Unfinished  # more room never takes a plan away
    note: Note | None = None
    if left is None or right is None:
        note = "not_unique"
    elif abs(left - right) > NEAR * max(1.0, price):
        note = "degenerate"
    start = lower.end if lower is not None and (note is None or cost.side == "low") else bound
    end = higher.end if higher is not None and (note is None or cost.side == "high") else bound
    return Worth(cost.row, cost.side, bound, price, left, right, start, end, note)


def _settled(price: float) -> float:
    return 0.0 if price < LEAST_PRICE else price


def _piece(cost: LeastCost, here: Point, direction: float, reach: float, sure: float) -> Piece | None:
    """The straight piece that begins here on one side; None where no plan is left on that side."""
    found: Piece | None = None
    if sure > NEAR * reach:
        found = Piece(here.slope, here.bound + direction * min(sure, cost.most(direction, reach)))
    try:
        for far in _looks(here.bound, direction, cost.most(direction, reach), sure):
            begin = here if found is None else replace(here, slope=found.slope)
            looked = _first_piece(cost, begin, far, reach)
            if looked is None or looked.end != far:
                return looked
            found = looked
    except Unfinished:
        if found is None:
            raise
    return found


def _looks(bound: float, direction: float, most: float, sure: float) -> list[float]:
    """Bounds to look at, one after the other: near by first, for a solver walks a short way quickly."""
    steps = [share * most for share in LOOKS]
    if sure > 0:
        steps = [min(2 * sure, most), *(step for step in steps if step > 2 * sure)]
    return [bound + direction * step for step in dict.fromkeys(steps) if step > 0]


def _first_piece(cost: LeastCost, here: Point, far: float, reach: float) -> Piece | None:
    """Points ahead are kept, the nearest last; each new one is where the line from here meets the nearest's line."""
    close, near = CLOSE * max(1.0, abs(here.cost)), NEAR * reach
    ahead: float = far
    beyond: list[Point] = []
    for _ in range(MOST_STEPS):
        found = _point(cost, here.bound, ahead, near)
        if found is None:
            return None
        beyond.append(found)
        ahead = _crossing(here, found)
        if abs(found.line(here.bound) - here.cost) <= close or abs(ahead - here.bound) <= near:
            # Straight from here to the point, but for a piece too short to tell.
            here = Point(here.bound, found.line(here.bound), found.slope)
            ahead = found.bound
        way = found.bound - here.bound
        if abs(here.line(found.bound) - found.cost) <= close:
            beyond.pop()
            if not beyond:
                return Piece(here.slope, found.bound)
            ahead = _crossing(here, beyond[-1])
            if abs(ahead - found.bound) <= max(near, 2 * STEP_BACK * abs(way)):
                return Piece(here.slope, found.bound)
        elif abs(ahead - found.bound) <= near:
            # At the last bound with a plan any steep line lies below the costs: the next look is a little before it.
            ahead = found.bound - STEP_BACK * way
    raise Unfinished


def _point(cost: LeastCost, begin: float, ahead: float, near: float) -> Point | None:
    """The point at a bound, or at the last one before it that has a plan; None where that is where it began."""
    for _ in range(MOST_STEPS):
        found = cost.at(ahead)
        if isinstance(found, Point):
            return found
        if abs(found - begin) <= near:
            return None
        # A proof ends exactly where plans begin, which the solver may still call infeasible.
        ahead = found if abs(found - ahead) > near else begin + (ahead - begin) * (1 - NEAR)
    raise Unfinished


def _crossing(here: Point, other: Point) -> float:
    """Where the supporting line from here meets that of another point; far away where they never meet."""
    steeper = here.slope - other.slope
    return here.bound + (other.line(here.bound) - here.cost) / steeper if steeper != 0 else other.bound
