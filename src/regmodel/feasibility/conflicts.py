"""Which clauses cannot hold together: minimal sets of clauses, each proved again from scratch.

Sets are found by the map method of Liffiton and others (MARCO): a map proposes sets of clauses that are not yet known
to be fine or in conflict, the programme answers, and the answer shrinks or grows to an edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.chart_of_sets import ChartOfSets
from regmodel.feasibility.engine import Engine
from regmodel.vocabulary.problems import RegmodelBug

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Conflict:
    """Clauses that cannot hold together while all but any one can; ``proved`` when both were shown afresh.

    ``multipliers`` (one a row of the programme) prove that they cannot; empty where nothing is proved.
    """

    clauses: tuple[str, ...]
    proved: bool
    multipliers: Array = field(default_factory=lambda: np.empty(0), compare=False, repr=False)


@dataclass(frozen=True)
class Conflicts:
    """All conflicts found, the sets of clauses whose loss cures all of them, and whether the search ended."""

    found: tuple[Conflict, ...]
    corrections: tuple[tuple[str, ...], ...]
    complete: bool

    def with_proofs(self, exact: Sequence[bool]) -> Conflicts:
        """The same, where a conflict without an exact proof is not called proved."""
        found = tuple(
            replace(conflict, proved=conflict.proved and holds)
            for conflict, holds in zip(self.found, exact, strict=True)
        )
        return replace(self, found=found, complete=self.complete and all(one.proved for one in found))


class _Undecided(Exception):
    """The programme gave no certified answer on a set of clauses."""


def active_groups(engine: Engine) -> list[str]:
    """Groups with at least one bound, in alphabetical order so that nothing depends on the order of rows."""
    bounded = np.isfinite(engine.low) | np.isfinite(engine.high)
    return sorted(name for name, members in engine.groups.items() if bounded[members].any())


def find_conflicts(engine: Engine, allowed: Allowance) -> Conflicts:
    """All minimal conflicts that the allowance lets find; call only where the whole set is infeasible."""
    names = active_groups(engine)
    chart = ChartOfSets(names)
    conflicts: list[tuple[str, ...]] = []
    corrections: list[tuple[str, ...]] = []
    complete = False
    try:
        while not allowed.over:
            seed = chart.unknown()
            if seed is None:
                complete = True
                break
            if _holds(engine, seed):
                grown = _grow(engine, seed, names, allowed)
                missing = tuple(name for name in names if name not in grown)
                corrections.append(missing)
                if not missing:
                    complete = True
                    break
                chart.cover_below(missing)
            else:
                shrunk = _shrink(engine, seed, names, allowed)
                conflicts.append(shrunk)
                chart.cover_above(shrunk)
    except (_Undecided, TimeoutError):
        complete = False
    proved = tuple(_prove(engine, clauses) for clauses in sorted(conflicts, key=_order))
    engine.hold_all()
    if not all(set(correction) & set(conflict.clauses) for correction in corrections for conflict in proved):
        raise RegmodelBug("a set of clauses was found to cure all conflicts and misses one of them")
    complete = complete and all(conflict.proved for conflict in proved)
    return Conflicts(proved, tuple(sorted(corrections, key=_order)), complete)


def _order(clauses: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(clauses), clauses


def _holds(engine: Engine, groups: set[str]) -> bool:
    engine.hold(groups)
    answer = engine.decide()
    if answer.verdict == "undecided":
        raise _Undecided
    return answer.verdict == "feasible"


def _shrink(engine: Engine, seed: set[str], names: list[str], allowed: Allowance) -> tuple[str, ...]:
    """A minimal conflict inside an infeasible set: first what the proof uses, then one clause less at a time."""
    kept = _used_by_proof(engine, seed)
    for name in [name for name in names if name in kept]:
        if allowed.over:
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
    used = {name for name in groups if np.any(multipliers[engine.groups[name]])}
    engine.hold(used)
    return used if engine.decide().verdict == "infeasible" else groups


def _grow(engine: Engine, seed: set[str], names: list[str], allowed: Allowance) -> set[str]:
    """A maximal feasible set around a feasible one."""
    kept = set(seed)
    for name in names:
        if allowed.over:
            raise TimeoutError
        if name not in kept and _holds(engine, kept | {name}):
            kept.add(name)
    return kept


def _prove(engine: Engine, clauses: tuple[str, ...]) -> Conflict:
    """Infeasible together, feasible with any one member dropped: both shown with an empty pool."""
    witnesses, proofs = engine.witnesses, engine.proofs
    engine.witnesses, engine.proofs = [], []
    try:
        engine.hold(set(clauses))
        together = engine.decide()
        if together.verdict != "infeasible":
            return Conflict(clauses, False)
        for name in clauses:
            engine.hold(set(clauses) - {name})
            if engine.decide().verdict != "feasible":
                return Conflict(clauses, False, together.multipliers)
        return Conflict(clauses, True, together.multipliers)
    finally:
        engine.witnesses, engine.proofs = witnesses, proofs
