"""Points of a trade-off: a pair of ends that is best, and where a search has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regmodel.feasibility.asked_ends import AskedEnds

Kind = Literal["break_point", "sample"]
# Shares of a clause's size below which two points are one, and the slack at which an end counts as held.
COLLINEAR = 1e-6
SLACK = 1e-8


@dataclass(frozen=True)
class Point:
    """A best pair: where both ends stand (own units), their levels (memory units of the rows), and how it was found.

    ``proved`` says that a plan there was checked and that none better exists, both outside the solver.
    """

    x: float
    y: float
    x_level: float
    y_level: float
    kind: Kind
    proved: bool
    x_ease: float
    y_ease: float


@dataclass(frozen=True)
class Mark:
    """A point with where it stands for the search; ``on_piece``: the piece to the next one is the curve."""

    u: float
    v: float
    point: Point
    on_piece: bool = False


Traced = tuple[list[Mark], bool, bool]


def point_at(asked: AskedEnds, eases: tuple[float, float], kind: Kind, *, proved: bool) -> Point:
    """The point at which the two ends give way by so much."""
    x, y = asked.ends
    return Point(
        asked.value(x, eases[0]),
        asked.value(y, eases[1]),
        asked.level(x, eases[0]),
        asked.level(y, eases[1]),
        kind,
        proved,
        *eases,
    )
