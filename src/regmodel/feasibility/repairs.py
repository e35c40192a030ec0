"""Ways out of a scenario that cannot hold: what would have to give, by how much, and what that costs.

Every way out is rounded outwards to figures that can be printed, put into the programme and decided again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.clause_changes import NOTHING, Change, ClauseEnds
from regmodel.feasibility.clause_groups import clause_of, grouped
from regmodel.feasibility.conflicts import Conflicts
from regmodel.feasibility.easing import End, eased_case, least_eases
from regmodel.feasibility.engine import Engine, Give, Side
from regmodel.feasibility.money import COST_UNIT, giving_way, lever_cost
from regmodel.feasibility.numbers import Case


@dataclass(frozen=True)
class Repair:
    """A way out: its changes go together. ``applied`` says that the programme was decided again and holds.

    ``change`` is the sum of the changes relative to the size of each clause; ``cost`` (10^8 CNY over all years) is
    that of the levers it uses and of what gives way, at the price of the dearest lever of its kind.
    """

    kind: str
    changes: tuple[Change, ...]
    applied: bool
    change: float | None = None
    cost: float | None = None
    cost_unit: str | None = None


def find_repairs(case: Case, engine: Engine, conflicts: Conflicts, allowed: Allowance) -> tuple[Repair, ...]:
    """Ways out by fewest clauses, smallest change, lowest cost, and by each clause alone; as far as the allowance goes.

    Fewest is only told where all conflicts are known. The engine is left filled with the case.
    """
    return _Search(case, engine, conflicts, allowed).all()


class _Search:
    def __init__(self, case: Case, engine: Engine, conflicts: Conflicts, allowed: Allowance) -> None:
        self.case, self.engine, self.conflicts, self.allowed = case, engine, conflicts, allowed
        self.ends = ClauseEnds(case)
        engine.fill(case)
        self.asked = tuple(give for give in engine.gives if give.weight > 0)
        self.worth = giving_way(case)

    def all(self) -> tuple[Repair, ...]:
        try:
            fewest = _only(self._fewest())
            smallest = _only([self._repair("smallest", {give: give.weight for give in self.asked})])
            cheapest = _only([self._cheapest()])
            alone = self._alone()
        finally:
            self.engine.fill(self.case)
        # What one search comes upon may serve another better than its own: the programmes are not quite linear.
        least = _best("smallest", [*smallest, *fewest, *alone], lambda repair: repair.change) if smallest else []
        dear = _best("cheapest", [*cheapest, *smallest, *fewest], lambda repair: repair.cost) if cheapest else []
        return (*fewest, *least, *dear, *alone)

    def _fewest(self) -> list[Repair | None]:
        if not self.conflicts.complete:
            return []
        by_clause = {tuple(sorted({clause_of(name) for name in names})) for names in self.conflicts.corrections}
        least = min((len(names) for names in by_clause), default=0)
        return [
            self._repair("fewest", {give: give.weight for give in self.asked if give.clause in names})
            for names in sorted(by_clause)
            if len(names) == least
        ]

    def _cheapest(self) -> Repair | None:
        price = {give: self.worth[give.clause, give.side] for give in self.asked}
        return self._repair("cheapest", price, with_levers=True)

    def _alone(self) -> list[Repair]:
        """Each clause that takes part in a conflict, by itself, or that no value of it suffices where that is shown."""
        shown = [conflict for conflict in self.conflicts.found if len(conflict.multipliers)]
        proved = [{clause_of(name) for name in conflict.clauses} for conflict in shown]
        found = []
        for clause in sorted({clause_of(name) for conflict in self.conflicts.found for name in conflict.clauses}):
            hopeless = any(clause not in names for names in proved)
            one = None if hopeless else self._one(clause)
            if one is not None:
                found.append(one)
            elif hopeless or self._fails_without(clause):
                found.append(Repair("alone", (self._none(clause),), False))
        return found

    def _fails_without(self, clause: str) -> bool:
        """Whether the other clauses cannot hold even with this one let go; False also where it may not be asked."""
        if self.allowed.over:
            return False
        self.engine.fill(self.case)
        self.engine.hold({name for name in self.engine.groups if clause_of(name) != clause})
        fails = self.engine.decide().verdict == "infeasible"
        self.engine.hold_all()
        return fails

    def _one(self, clause: str) -> Repair | None:
        """The end of the clause whose move alone is enough and smallest; both ends where only both are enough."""
        ends = [give for give in self.asked if give.clause == clause]
        found = _only([self._repair("alone", {give: give.weight}) for give in ends])
        if not any(repair.applied for repair in found) and len(ends) > 1:
            found += _only([self._repair("alone", {give: give.weight for give in ends})])
        return min(found, key=lambda repair: (not repair.applied, repair.change or 0.0), default=None)

    def _none(self, clause: str) -> Change:
        active = self.case.scenario.clause(clause)
        unit = active.bounds.unit if active.bounds is not None else active.clause.unit
        side = self._side_in_conflict(clause)
        return Change(clause, side, self.ends.at((clause, side)), None, unit, None)

    def _side_in_conflict(self, clause: str) -> Side:
        """The end of a clause that the proofs of its conflicts use."""
        own = grouped(self.case.shape, self.engine.compiled)[clause]
        weights = [conflict.multipliers[own] for conflict in self.conflicts.found if len(conflict.multipliers)]
        return "high" if sum(float(weight.sum()) for weight in weights) < 0 else "low"

    def _repair(self, kind: str, price: Mapping[Give, float], *, with_levers: bool = False) -> Repair | None:
        if self.allowed.over:
            return None
        levers = lever_cost(self.engine, self.case)
        found = least_eases(self.case, self.engine, price, levers if with_levers else None)
        if found is None:
            return None
        changes = tuple(
            self.ends.change(end, ease) for end, ease in found.eases.items() if ease * self._weight(end) > NOTHING
        )
        eases = {(change.clause, change.side): change.ease or 0.0 for change in changes if change.side is not None}
        eased = eased_case(self.case, eases)
        self.engine.refill(eased.values)
        applied = self.engine.decide().verdict == "feasible"
        cost = self._cost(levers, eases) if applied and kind != "alone" else None
        change = sum(ease * self._weight(end) for end, ease in eases.items())
        return Repair(kind, changes, applied, change, cost, COST_UNIT if cost is not None else None)

    def _weight(self, end: End) -> float:
        return next(give.weight for give in self.asked if (give.clause, give.side) == end)

    def _cost(self, levers: np.ndarray, eases: Mapping[End, float]) -> float | None:
        """Levers of the cheapest plan under the changes, and what gives way; the engine stands at the changes."""
        self.engine.solver.set_cost(levers)
        found = self.engine.solver.solve_by_interior_point()
        if found.status != "optimal":
            return None
        return found.objective + sum(ease * self.worth[end] for end, ease in eases.items())


def _only(found: Iterable[Repair | None]) -> list[Repair]:
    return [repair for repair in found if repair is not None]


def _best(kind: str, found: list[Repair], by: Callable[[Repair], float | None]) -> list[Repair]:
    """The first of what was found, or one that holds and has less."""
    held = [(number, repair) for repair in found if repair.applied and (number := by(repair)) is not None]
    least = min(held, key=lambda pair: pair[0])[1] if held else found[0]
    return [replace(least, kind=kind)]


def applied(repairs: Iterable[Repair]) -> list[dict[str, float]]:
    """The overrides of every way out that holds."""
    return [
        {key: value for change in repair.changes for key, value in change.override.items()}
        for repair in repairs
        if repair.applied
    ]
