"""Which clauses cannot hold together: minimal sets of clauses, each proved again from scratch.

Sets are found by the map method of Liffiton and others (MARCO): a map proposes sets of clauses that are not yet known
to be fine or in conflict, the programme answers, and the answer shrinks or grows to an edge.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from regmodel.feasibility.chart_of_sets import ChartOfSets
from regmodel.feasibility.engine import Engine


@dataclass(frozen=True)
class Conflict:
    """Clauses that cannot hold together while any all but one can; ``proved`` when both were shown afresh."""

    clauses: tuple[str, ...]
    proved: bool


@dataclass(frozen=True)
class Conflicts:
    """All conflicts found, the sets of clauses whose loss cures all of them, and whether the search ended."""

    found: tuple[Conflict, ...]
    corrections: tuple[tuple[str, ...], ...]
    complete: bool


class _Undecided(Exception):
    """The programme gave no certified answer on a set of clauses."""


def active_groups(engine: Engine) -> list[str]:
    """Groups with at least one bound, in alphabetical order so that nothing depends on the order of rows."""
    return sorted(
        name
        for name, members in engine.groups.items()
        if any(
            abs(engine.low[engine.clause_rows[row]]) != float("inf")
            or abs(engine.high[engine.clause_rows[row]]) != float("inf")
            for row in members
        )
    )


def find_conflicts(engine: Engine, seconds: float) -> Conflicts:
    """All minimal conflicts within a time limit; call only where the whole set is infeasible."""
    names = active_groups(engine)
    chart = ChartOfSets(names)
    end = time.monotonic() + seconds
    conflicts: list[tuple[str, ...]] = []
    corrections: list[tuple[str, ...]] = []
    complete = False
    try:
        while time.monotonic() <= end:
            seed = chart.unknown()
            if seed is None:
                complete = True
                break
            if _holds(engine, seed):
                grown = _grow(engine, seed, names, end)
                missing = tuple(name for name in names if name not in grown)
                corrections.append(missing)
                if not missing:
                    complete = True
                    break
                chart.cover_below(missing)
            else:
                shrunk = _shrink(engine, seed, names, end)
                conflicts.append(shrunk)
                chart.cover_above(shrunk)
    except (_Undecided, TimeoutError):
        complete = False
    proved = tuple(Conflict(clauses, _prove(engine, clauses)) for clauses in sorted(conflicts, key=_order))
    engine.hold_all()
    dual = all(set(correction) & set(conflict.clauses) for correction in corrections for conflict in proved)
    return Conflicts(proved, tuple(sorted(corrections, key=_order)), complete and dual)


def _order(clauses: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(clauses), clauses


def _holds(engine: Engine, groups: set[str]) -> bool:
    engine.hold(groups)
    answer = engine.decide()
    if answer.verdict == "undecided":
        raise _Undecided
    return answer.verdict == "feasible"


def _shrink(engine: Engine, seed: set[str], names: list[str], end: float) -> tuple[str, ...]:
    """A minimal conflict inside an infeasible set: first what the proof uses, then one clause less at a time."""
    kept = _used_by_proof(engine, seed)
    for name in [name for name in names if name in kept]:
        if time.monotonic() > end:
            raise TimeoutError
        if name not in kept:
            continue
        without = kept - {name}
        if not _holds(engine, without):
            kept = _used_by_proof(engine, without)
    return tuple(name for name in names if name in kept)


def _used_by_proof(engine: Engine, groups: set[str]) -> set[str]:
    """The groups whose rows carry a multiplier in the proof of infeasibility."""
    engine.hold(groups)
    multipliers = engine.decide().multipliers
    used = {
        name for name in groups if any(abs(multipliers[engine.clause_rows[row]]) > 0 for row in engine.groups[name])
    }
    engine.hold(used)
    return used if engine.decide().verdict == "infeasible" else groups


def _grow(engine: Engine, seed: set[str], names: list[str], end: float) -> set[str]:
    """A maximal feasible set around a feasible one."""
    kept = set(seed)
    for name in names:
        if time.monotonic() > end:
            raise TimeoutError
        if name not in kept and _holds(engine, kept | {name}):
            kept.add(name)
    return kept


def _prove(engine: Engine, clauses: tuple[str, ...]) -> bool:
    """Infeasible together, feasible with any one member dropped: both shown with an empty pool."""
    witnesses, proofs = engine.witnesses, engine.proofs
    engine.witnesses, engine.proofs = [], []
    try:
        engine.hold(set(clauses))
        if engine.decide().verdict != "infeasible":
            return False
        for name in clauses:
            engine.hold(set(clauses) - {name})
            if engine.decide().verdict != "feasible":
                return False
        return True
    finally:
        engine.witnesses, engine.proofs = witnesses, proofs
