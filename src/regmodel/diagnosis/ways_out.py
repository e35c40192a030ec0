"""What would have to give so that a model can hold: in each row's own number, put in and decided again."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from regmodel.diagnosis.prepared import End, Prepared, Side, prepare_model
from regmodel.diagnosis.proof import prove
from regmodel.feasibility.certificate import TOLERANCE
from regmodel.feasibility.conflicts import Conflicts
from regmodel.feasibility.engine import Engine, Give

Kind = Literal["fewest", "smallest", "alone"]
NOTHING = 1e-9
# A shorter number is taken where only the rounding of the computer parts the two; else a number further outwards,
# by about this part of the move, so that what is printed is enough for any solver.
SNAP = 1e-12
OUTWARDS = (1e-6, 1e-3)
CLOSELY = 1e-9
MOST_TIES = 20


@dataclass(frozen=True)
class Change:
    """One side of a row before and after, as numbers of the file; ``end`` is None where no number suffices."""

    group: str
    row: str
    side: Side
    start: float
    end: float | None


@dataclass(frozen=True)
class WayOut:
    """Changes that go together; ``applied`` says that the changed model was decided again and can hold.

    Not applied, it is one group of which no number suffices: without it the others were proved not to hold.
    ``changed`` is the sum of the changes, each relative to the size of its own side. ``ties`` is how many sets of
    groups are as few as this one, told here or not.
    """

    kind: Kind
    changes: tuple[Change, ...]
    applied: bool
    changed: float | None
    ties: int | None = None


def ways_out(prepared: Prepared, engine: Engine, conflicts: Conflicts, seconds: float) -> tuple[WayOut, ...]:
    """Fewest groups, smallest relative change, and each group of a conflict alone; within a time limit.

    ``fewest`` is only told where all conflicts are known. The engine is left holding all groups.
    """
    if not prepared.ends or any(not conflict.clauses for conflict in conflicts.found):
        return ()  # what always holds is in conflict with itself: no soft row can mend that
    engine.hold_all()
    return tuple(_Search(prepared, engine, conflicts, time.monotonic() + seconds).all())


class _Search:
    def __init__(self, prepared: Prepared, engine: Engine, conflicts: Conflicts, end: float) -> None:
        self.prepared, self.engine, self.conflicts, self.deadline = prepared, engine, conflicts, end

    def all(self) -> Iterator[WayOut]:
        """The fewest groups with their ties, the smallest change, then each group alone, until the time is over."""
        yield from self._fewest()
        smallest = self._way("smallest", self.prepared.ends)
        if isinstance(smallest, WayOut):
            yield smallest
        yield from self._alone()

    def _fewest(self) -> Iterator[WayOut]:
        if not self.conflicts.complete or not self.conflicts.corrections:
            return
        least = min(len(groups) for groups in self.conflicts.corrections)
        ties = [groups for groups in self.conflicts.corrections if len(groups) == least]
        for groups in sorted(ties)[:MOST_TIES]:
            found = self._way("fewest", [end for end in self.prepared.ends if end.group in groups])
            if isinstance(found, WayOut):
                yield replace(found, ties=len(ties))

    def _alone(self) -> Iterator[WayOut]:
        """Each group that takes part in a conflict; one that is not in all of them can cure nothing."""
        members = [set(conflict.clauses) for conflict in self.conflicts.found]
        for group in sorted(set().union(*members)):
            ends = [end for end in self.prepared.ends if end.group == group]
            hopeless = any(conflict.proved and group not in conflict.clauses for conflict in self.conflicts.found)
            found = "none" if hopeless else self._way("alone", ends)
            if found == "none" and (hopeless or self._clash_without(group)):
                first = ends[0]
                yield WayOut("alone", (Change(group, first.row, first.side, first.value, None),), False, None)
            elif isinstance(found, WayOut):
                yield found

    def _clash_without(self, group: str) -> bool:
        """Whether all other groups are proved not to hold, so that no number of this one suffices."""
        others = set(self.prepared.groups) - {group}
        try:
            self.engine.hold(others)
            answer = self.engine.decide()
            proof = None
            if answer.verdict == "infeasible":
                proof = prove(self.prepared, self.engine, others, answer.multipliers)
            return proof is not None and not proof.limits
        finally:
            self.engine.hold_all()

    def _way(self, kind: Kind, ends: Sequence[End]) -> WayOut | Literal["none", "unknown"]:
        """The smallest move of these sides; 'none' where the solver says, unchecked, that no move suffices."""
        if time.monotonic() > self.deadline:
            return "unknown"
        cost = np.zeros(len(self.prepared.compiled.columns))
        for end in ends:
            cost[end.column] = end.weight
        gives = [Give(end.group, end.side, end.column, end.weight) for end in ends]
        with self.engine.loosened(gives, float("inf")):
            self.engine.solver.set_cost(cost)
            found = self.engine.solver.solve()
        if found.status != "optimal":
            return "none" if found.status == "infeasible" else "unknown"
        moves = {end: float(found.columns[end.column]) * end.per_unit for end in ends}
        moves = {end: move for end, move in moves.items() if move > NOTHING * end.size}
        trials = tuple(_trials(moves))
        for number, changes in enumerate(trials):
            if self._holds(changes, TOLERANCE if number == len(trials) - 1 else CLOSELY):
                changed = sum(
                    abs((change.end or 0.0) - change.start) / end.size
                    for change, end in zip(changes, moves, strict=True)
                )
                return WayOut(kind, changes, True, changed)
        return "unknown"

    def _holds(self, changes: Iterable[Change], tolerance: float) -> bool:
        """Whether the model with these numbers put in can hold, decided by an engine that knows nothing of before."""
        model = self.prepared.model
        place = {name: number for number, name in enumerate(model.rows)}
        low, high = model.low.copy(), model.high.copy()
        for change in changes:
            if change.end is not None:
                (low if change.side == "low" else high)[place[change.row]] = change.end
        changed = prepare_model(replace(model, low=low, high=high), self.prepared.grouping, self.prepared.finer)
        if not changed.within_reach:
            return False
        left = max(self.deadline - time.monotonic(), 1.0)
        answer = changed.engine(left).decide()
        return answer.verdict == "feasible" and answer.residual is not None and answer.residual <= tolerance


def _trials(moves: dict[End, float]) -> Iterator[tuple[Change, ...]]:
    """The changes in numbers that can be typed: short ones first, then further and further outwards."""
    if not moves:
        return
    yield tuple(_change(end, _snapped(end, move)) for end, move in moves.items())
    for part in OUTWARDS:
        yield tuple(_change(end, _outwards(end, move, part)) for end, move in moves.items())


def _change(end: End, value: float) -> Change:
    return Change(end.group, end.row, end.side, end.value, value + 0.0)


def _target(end: End, move: float) -> float:
    return end.value - move if end.side == "low" else end.value + move


def _snapped(end: End, move: float) -> float:
    """The shortest decimal number that is as near as makes no difference."""
    target = _target(end, move)
    near = SNAP * max(end.size, abs(target))
    first = max(0, -math.floor(math.log10(max(abs(target), near))) - 1)
    for places in range(first, first + 14):
        short = round(target, places)
        if abs(short - target) <= near:
            return short
    return target


def _outwards(end: End, move: float, part: float) -> float:
    """The number at or beyond the target on a grid of about a part of the move."""
    target = _target(end, move + CLOSELY * end.size)
    places = max(0, math.ceil(-math.log10(move * part)))
    step = 10.0**-places
    beyond = math.floor(target / step) if end.side == "low" else math.ceil(target / step)
    return round(beyond * step, places)
