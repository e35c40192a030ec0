"""What a clause would be changed to: one of its ends before and after, rounded outwards to what can be printed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import Side
from regmodel.feasibility.numbers import Case
from regmodel.params import convert

NOTHING = 1e-7
FINENESS = 1e-3
DIGITS = 12


@dataclass(frozen=True)
class Change:
    """One end of a clause before and after, in the clause's own unit; ``end`` is None where no value suffices.

    ``ease`` is by how much it gives way more than the scenario lets it already, which is ``before``.
    """

    clause: str
    side: Side | None
    start: float | None
    end: float | None
    unit: str
    ease: float | None
    before: float = 0.0

    @property
    def override(self) -> dict[str, float]:
        """What a scenario sets to apply the change: all by which the end then gives way."""
        if self.ease is None:
            return {}
        return {f"clause.{self.clause}.ease_{self.side}": round(self.before + self.ease, DIGITS)}


class ClauseEnds:
    """Where the ends of a case's clauses stand, and what a change of one is."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.measure = Measure(case, case.projection)

    def change(self, end: End, ease: float) -> Change:
        """A change with its end rounded outwards, so that what is printed is enough."""
        clause, side = end
        active = self.case.scenario.clause(clause)
        unit = active.bounds.unit if active.bounds is not None else active.clause.unit
        start = self.at(end)
        moved = outwards(start if start is not None else 0.0, ease, side)
        given = round(abs(moved - (start if start is not None else 0.0)), DIGITS)
        before = active.ease_low if side == "low" else active.ease_high
        return Change(clause, side, start, moved if start is not None else None, unit, given, before)

    def at(self, end: End) -> float | None:
        """Where an end of a clause stands, in its own unit, in the first year in which the clause asks for it.

        A quota of the river stands where it is granted; what of it may be used moves with the river's flow.
        """
        clause, side = end
        active = self.case.scenario.clause(clause)
        if active.clause.variable == "yellow_river_consumption" and active.bounds is not None:
            quota = self.measure.reader.river_quota(active, active.bounds)
            return None if quota is None else quota / convert(1.0, active.bounds.unit, "hm3/year")
        for year in sorted({row.year for row in self.case.shape.rows if row.clause == clause}):
            ends = self.measure.ends(active, year)
            asked = ends[0] if side == "low" else ends[1]
            if asked is not None:
                return float(f"{asked:.{DIGITS}g}")
        return None


def outwards(start: float, ease: float, side: Side) -> float:
    """An end that gives way by at least ``ease``, at a thousandth of the move: 69.5 up by 1.6512 gives 71.152."""
    places = max(0, math.ceil(-math.log10(ease * FINENESS))) if ease > 0 else 0
    step = 10.0**-places
    moved = start + ease if side == "high" else start - ease
    rounded = math.ceil(moved / step - NOTHING) if side == "high" else math.floor(moved / step + NOTHING)
    return round(rounded * step, places)
