"""What one clause can be asked for as another is asked for more or less, with every other clause held: the trade-off.

Where both ends stand beside their rows, the least move of one against the move of the other is convex and made of
straight pieces. Its corners are found exactly (Aneja and Nair): the plan that is best at the weights of a known piece
either lies on it, and then no plan lies beyond it, or is a corner more. Where an end is a factor in its row the curve
bends; it is then sampled, each sample a certified best, and said to be sampled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.asked_ends import AskedEnds
from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import Engine, Word
from regmodel.feasibility.frontier_corners import Corners
from regmodel.feasibility.frontier_points import Point
from regmodel.feasibility.frontier_samples import Samples
from regmodel.feasibility.numbers import Case

SECONDS = 120.0


@dataclass(frozen=True)
class Piece:
    """What lies between two neighbours: ``slope`` is the change of y over that of x, along the chord.

    ``exact`` says that the curve is this piece (straight in the levels); else it was not looked into any further.
    """

    slope: float
    exact: bool


@dataclass(frozen=True)
class Frontier:
    """The trade-off between two ends, from the most that x can be asked for to where y gains no more.

    ``verdict`` is of the other clauses: infeasible where they cannot hold whatever x and y say. ``exact`` where all
    points are corners and all pieces exact; ``complete`` is False where time ended the search. ``bent`` where a rate of
    growth bends what is straight in the levels.
    """

    verdict: Word
    x: End
    y: End
    x_unit: str
    y_unit: str
    x_asked: float
    y_asked: float
    points: tuple[Point, ...] = ()
    pieces: tuple[Piece, ...] = ()
    exact: bool = False
    complete: bool = False
    bent: bool = False


def frontier(case: Case, engine: Engine, x: End, y: End, seconds: float = SECONDS) -> Frontier:
    """The trade-off between two ends of different clauses; the engine is left filled with the case."""
    asked = AskedEnds(case, engine, (x, y))
    empty = Frontier(
        "undecided", x, y, asked.unit(x), asked.unit(y), asked.value(x, 0.0), asked.value(y, 0.0), bent=_bent(asked)
    )
    engine.solver.forget()
    search = Corners if asked.straight(x) and asked.straight(y) else Samples
    try:
        found = search(asked, x, y, Clock(seconds)).trace()
        if found is None:
            verdict = asked.rest().verdict
            return replace(empty, verdict="infeasible" if verdict == "infeasible" else "undecided")
    finally:
        asked.leave()
    marks, exact, complete = found
    points = tuple(mark.point for mark in marks)
    pieces = tuple(Piece(_slope(*pair), mark.on_piece) for mark, pair in zip(marks, pairwise(points), strict=False))
    proved = all(point.proved for point in points)
    return replace(
        empty,
        verdict="feasible" if proved else "undecided",
        points=points,
        pieces=pieces,
        exact=exact and proved,
        complete=complete,
    )


def _bent(asked: AskedEnds) -> bool:
    return any(asked.straight(end) and asked.bends(end) for end in asked.ends)


def _slope(start: Point, stop: Point) -> float:
    return (stop.y - start.y) / (stop.x - start.x)
