"""How near to what it asks each missed clause could come by itself: every other target let go, caps and paths held."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.asked_ends import AskedEnds, Reached
from regmodel.feasibility.attainability import KEPT
from regmodel.feasibility.best_end import inwards, step_of
from regmodel.feasibility.clause_groups import clause_of
from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import Engine, Side
from regmodel.feasibility.numbers import Case
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import ActiveClause


def nearest_by_itself(case: Case, engine: Engine, plan: Trajectory, allowed: Allowance) -> dict[str, float]:
    """The value of each clause that the plan misses, in its own unit, by the plan that comes nearest to what it asks.

    That is the end asked where the clause holds by itself. A clause without a certified answer has no entry. The
    engine's groups must be whole clauses; it is left filled with the case.
    """
    measure, found = Measure(case, plan), {}
    held = {active.clause.id for active in case.scenario.clauses if active.clause.kind in KEPT}
    try:
        for active in case.scenario.clauses:
            end = _missed(active, measure)
            if end is None or allowed.over:
                continue
            value = _nearest(case, engine, end, held)
            if value is not None:
                found[active.clause.id] = value
    finally:
        engine.fill(case)
    return found


def _missed(active: ActiveClause, measure: Measure) -> End | None:
    """The end of a clause in force that the plan does not keep."""
    found = measure.measure(active) if active.enabled else None
    if found is None or found.met is not False or found.value is None:
        return None
    side: Side = "low" if found.low is not None and found.value < found.low else "high"
    return active.clause.id, side


def _nearest(case: Case, engine: Engine, end: End, held: set[str]) -> float | None:
    clause, side = end
    asked = _ByItself(case, engine, end, held | {clause})
    if end not in asked.gives or asked.gives[end].weight <= 0 or not asked.rows(end):
        return None
    try:
        engine.hold(asked.held)
        answer = engine.decide().verdict
        if answer == "feasible":
            return asked.value(end, 0.0)
        reached = asked.best(end, {}) if answer == "infeasible" else None
        return None if reached is None else _rounded(asked, end, reached, side)
    finally:
        asked.leave()


def _rounded(asked: AskedEnds, end: End, reached: Reached, side: Side) -> float | None:
    if not reached.proved:
        return None
    exact = asked.value(end, reached.ease)
    return inwards(exact, step_of(exact, asked.size(end)), side)


class _ByItself(AskedEnds):
    """One open end of a clause, with only some clauses held beside it."""

    def __init__(self, case: Case, engine: Engine, end: End, held: set[str]) -> None:
        self.held = {name for name in engine.groups if clause_of(name) in held}
        super().__init__(case, engine, (end,))

    def fill(self, eases: Mapping[End, float]) -> Case:
        here = super().fill(eases)
        self.engine.hold(self.held)
        return here
