"""How far the clauses go together in order of rank: physics, legal caps, then goals from the strongest to the weakest.

Goals of a rank miss by as little as those before them allow, and what a rank has reached later ranks do not undo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import TOLERANCE, residual
from regmodel.feasibility.clause_groups import clause_of
from regmodel.feasibility.conflicts import active_groups
from regmodel.feasibility.engine import PRICE_SIZE, Engine, Give
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.solver import done
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
LEGAL = 3
NOTHING = 1e-7
ROOM = 1e-9
_PHYSICS = Text("physics and accounts", "物理与核算关系")
_CAPS = Text("legal caps", "法定上限")
_GOALS = Text("goals of rank {rank}", "第 {rank} 级目标")
_UNRANKED = Text("goals without a rank", "未定级的目标")


@dataclass(frozen=True)
class Stage:
    """One stage: whether it holds with those before it, and by how little it can miss.

    ``miss`` is the least sum of relative misses, ``worst`` the least that the largest of them can be; None undecided.
    """

    number: int
    rank: int | None
    name: Text
    holds: bool | None
    miss: float | None
    worst: float | None
    missed: tuple[str, ...]


def stages(case: Case, engine: Engine, *, feasible: bool) -> tuple[Stage, ...]:
    """All stages in order; with ``feasible`` all clauses are known to hold together, and nothing is solved."""
    found = []
    engine.fill(case)
    names = active_groups(engine)
    held: set[str] = set()
    frozen: list[tuple[Sequence[Give], float]] = []
    try:
        for number, (rank, name, clauses) in enumerate(_plan(case, names)):
            held |= clauses
            if feasible:
                found.append(Stage(number, rank, name, True, 0.0, 0.0, ()))
                continue
            found.append(_stage(engine, number, rank, name, (held, clauses), frozen))
    finally:
        engine.fill(case)
    return tuple(found)


def _plan(case: Case, names: Sequence[str]) -> list[tuple[int | None, Text, set[str]]]:
    """Rank, name and groups of every stage that has clauses; physics has none."""
    ranks = {active.clause.id: active.clause.rank for active in case.scenario.clauses}
    caps = {name for name in names if (ranks[clause_of(name)] or LEGAL + 1) <= LEGAL}
    plan: list[tuple[int | None, Text, set[str]]] = [(None, _PHYSICS, set()), (None, _CAPS, caps)]
    others = [name for name in names if name not in caps]
    for rank in sorted({rank for name in others if (rank := ranks[clause_of(name)]) is not None}):
        plan.append((rank, _GOALS.fill(rank=rank), {name for name in others if ranks[clause_of(name)] == rank}))
    rest = {name for name in others if ranks[clause_of(name)] is None}
    return [*plan, (None, _UNRANKED, rest)] if rest else plan


def _stage(
    engine: Engine,
    number: int,
    rank: int | None,
    name: Text,
    sets: tuple[set[str], set[str]],
    frozen: list[tuple[Sequence[Give], float]],
) -> Stage:
    held, clauses = sets
    engine.hold(held)
    if not frozen:
        answer = engine.decide()
        if answer.verdict == "feasible":
            return Stage(number, rank, name, True, 0.0, 0.0, ())
        if answer.verdict == "undecided":
            return Stage(number, rank, name, None, None, None, ())
    if not clauses:
        return Stage(number, rank, name, False, None, None, ())
    own = {clause_of(clause) for clause in clauses}
    gives = [give for give in engine.gives if give.clause in own and give.weight > 0]
    with _reached(engine, frozen, gives):
        columns = _least_sum(engine, gives)
        worst = _least_worst(engine, gives)
    if columns is None:
        return Stage(number, rank, name, None, None, worst, ())
    misses = {give: float(columns[give.column]) * give.weight for give in gives}
    total = sum(misses.values())
    frozen.append((gives, total))
    missed = tuple(sorted({give.clause for give, miss in misses.items() if miss > NOTHING}))
    return Stage(number, rank, name, not missed, total if missed else 0.0, worst if missed else 0.0, missed)


@contextmanager
def _reached(engine: Engine, frozen: Sequence[tuple[Sequence[Give], float]], gives: Sequence[Give]) -> Iterator[None]:
    """Inside, earlier ranks miss in sum by no more than they had to, and these ends may give way."""
    open_gives = [*gives, *(give for earlier, _ in frozen for give in earlier)]
    highs, rows = engine.solver.highs, len(engine.compiled.rows)
    with engine.loosened(open_gives):
        try:
            for earlier, total in frozen:
                columns = np.array([give.column for give in earlier], dtype=np.int32)
                weights = np.array([give.weight for give in earlier])
                most = total * (1 + ROOM) + ROOM
                done(highs.addRow(-highspy.kHighsInf, most, len(columns), columns, weights), "what a rank has reached")
            yield
        finally:
            count = highs.getNumRow() - rows
            if count:
                highs.deleteRows(count, np.arange(rows, rows + count, dtype=np.int32))


def _least_sum(engine: Engine, gives: Sequence[Give]) -> Array | None:
    """The plan that misses least in sum; None where it is not certain or does not hold the rest."""
    cost = np.zeros(len(engine.compiled.columns))
    for give in gives:
        cost[give.column] = give.weight * PRICE_SIZE
    engine.solver.set_cost(cost)
    found = engine.solver.solve()
    held = found.status == "optimal" and residual(found.columns, engine.system()) <= TOLERANCE
    return found.columns if held else None


def _least_worst(engine: Engine, gives: Sequence[Give]) -> float | None:
    """The least that the largest relative miss can be, by one more column that no miss may pass."""
    highs, column, rows = engine.solver.highs, len(engine.compiled.columns), engine.solver.highs.getNumRow()
    engine.solver.set_cost(np.zeros(column))
    try:
        empty = np.empty(0, dtype=np.int32)
        done(highs.addCol(PRICE_SIZE, 0.0, highspy.kHighsInf, 0, empty, np.empty(0)), "the largest miss")
        for give in gives:
            pair = np.array([give.column, column], dtype=np.int32)
            done(highs.addRow(-highspy.kHighsInf, 0.0, 2, pair, np.array([give.weight, -1.0])), "the largest miss")
        found = engine.solver.solve()
    finally:
        added = highs.getNumRow() - rows
        if added:
            highs.deleteRows(added, np.arange(rows, rows + added, dtype=np.int32))
        if highs.getNumCol() > column:
            highs.deleteCols(1, np.array([column], dtype=np.int32))
    if found.status != "optimal" or residual(found.columns[:column], engine.system()) > TOLERANCE:
        return None
    return found.objective / PRICE_SIZE
