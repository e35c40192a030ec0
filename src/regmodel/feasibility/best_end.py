"""The best value that one end of a clause can reach while every other clause holds: the inverse question."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from regmodel.feasibility.asked_ends import AskedEnds, Reached
from regmodel.feasibility.certificate import TOLERANCE, check_float, clip, residual
from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import Engine, Side, Word
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import RowReader
from regmodel.scenario import ActiveClause

FIGURES = 6
BEYOND = 2.0
SMALL = 1000.0
SAME = 1e-9


@dataclass(frozen=True)
class Best:
    """The most ambitious value of an end (the clause's own unit) that leaves a plan, rounded to the safe side.

    ``asked`` is where the scenario has it. A clause of several years moves alike in all of them: ``by_year`` has year,
    value asked and best value. ``holds`` says that a plan with the end at ``value`` was checked, ``limit`` that none
    with it at ``beyond`` exists, proved outside the solver. ``ease`` is by how much the end gives way. ``override`` is
    what a scenario sets to ask for the value; empty where no one figure of the clause says it.
    """

    clause: str
    side: Side
    asked: float
    value: float
    beyond: float
    unit: str
    ease: float
    by_year: tuple[tuple[int, float, float], ...]
    holds: bool
    limit: bool
    override: Mapping[str, float]

    @property
    def certified(self) -> bool:
        """Whether both sides of the answer were checked outside the solver."""
        return self.holds and self.limit


def best_end(case: Case, engine: Engine, clause: str, side: Side) -> Best | None:
    """The best value of one end with the rest held; None where no certain one was found.

    The other end of the clause is let go. The engine is left filled with the case.
    """
    return best_or_verdict(case, engine, clause, side)[1]


def best_or_verdict(case: Case, engine: Engine, clause: str, side: Side) -> tuple[Word, Best | None]:
    """The same with a verdict: infeasible where the other clauses cannot hold whatever this one says."""
    end: End = (clause, side)
    asked = AskedEnds(case, engine, (end,))
    try:
        engine.solver.forget()
        reached = asked.best(end, {})
        if reached is None:
            return ("infeasible" if asked.rest().verdict == "infeasible" else "undecided"), None
        best = _rounded(asked, end, reached)
        return ("feasible" if best.certified else "undecided"), best
    finally:
        asked.leave()


def _rounded(asked: AskedEnds, end: End, reached: Reached) -> Best:
    clause, side = end
    start = asked.value(end, 0.0)
    exact = asked.value(end, reached.ease)
    step = step_of(exact, asked.size(end))
    value, beyond = inwards(exact, step, side), inwards(exact, step, side, -BEYOND)
    ease = _ease(start, value, side)
    return Best(
        clause,
        side,
        start,
        value,
        beyond,
        asked.unit(end),
        ease,
        tuple((year, asked.value(end, 0.0, year), asked.value(end, ease, year)) for year in asked.years(end)),
        _holds(asked, end, ease, reached),
        _is_limit(asked, end, _ease(start, beyond, side), reached),
        _override(asked, end, ease),
    )


def _ease(start: float, value: float, side: Side) -> float:
    return start - value if side == "low" else value - start


def step_of(value: float, size: float) -> float:
    """The last place of a figure that is printed to six figures; near nothing the size of the clause counts."""
    largest = max(abs(value), size / SMALL)
    return float(10.0 ** (math.floor(math.log10(largest)) + 1 - FIGURES))


def inwards(value: float, step: float, side: Side, back: float = 0.0) -> float:
    """A value rounded to the side on which a plan exists, and ``back`` steps further: a floor down, a cap up."""
    places = max(0, round(-math.log10(step)))
    if side == "low":
        return round((math.floor(value / step) - back) * step, places)
    return round((math.ceil(value / step) + back) * step, places)


def _holds(asked: AskedEnds, end: End, ease: float, reached: Reached) -> bool:
    asked.fill({end: ease})
    plan = reached.columns.copy()
    plan[asked.gives[end].column] = 0.0
    if residual(plan, asked.engine.system()) <= TOLERANCE:
        return True
    return asked.engine.decide().verdict == "feasible"


def _is_limit(asked: AskedEnds, end: End, ease: float, reached: Reached) -> bool:
    """Whether a little beyond nothing holds: by the multipliers of the best plan, else by a solve of its own."""
    asked.fill({end: ease})
    rows = asked.engine.system()
    if len(reached.multipliers) == len(rows.rows) and check_float(clip(reached.multipliers, rows), rows).proved:
        return True
    return asked.engine.decide().verdict == "infeasible"


def _override(asked: AskedEnds, end: End, ease: float) -> dict[str, float]:
    """The end gives way, or the figure of the clause is another one with the same end in every year."""
    clause, side = end
    if ease >= 0:
        return {f"clause.{clause}.ease_{side}": ease}
    scenario = asked.case.scenario
    active = scenario.clause(clause)
    figure = _figure(active, side, ease)
    if figure is None:
        return {}
    changed = active.asking(active.clause.with_value(figure))
    clauses = tuple(changed if other is active else other for other in scenario.clauses)
    there = RowReader(replace(scenario, clauses=clauses), asked.case.paths)
    here = asked.fill({end: ease})
    for row, numbers in zip(here.shape.rows, here.rows, strict=True):
        read = there.read(row)
        sides = (side,) if row.clause == clause else ("low", "high")
        far = [_apart(getattr(read, name), getattr(numbers, name)) / numbers.scale for name in sides]
        if max(*far, _apart(read.factor, numbers.factor)) > SAME:
            return {}
    return {f"clause.{clause}.value": figure}


def _figure(active: ActiveClause, side: Side, ease: float) -> float | None:
    """The figure under whose reading an end stands where it gives way by so much; ends follow figures in proportion."""
    figure, moved = active.clause.value, ease if side == "high" else -ease
    if figure is None or active.bounds is None:
        return None
    before, after = (
        getattr(active.asking(active.clause.with_value(value)).bounds, side) for value in (figure, figure + moved)
    )
    if before is None or after is None or before == after:
        return None
    return float(round(figure + moved * moved / (after - before), 12))


def _apart(one: float, other: float) -> float:
    return 0.0 if one == other else abs(one - other)
