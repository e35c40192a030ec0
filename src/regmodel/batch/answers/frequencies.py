"""How often the plans hold: all clauses jointly, each by itself, and which conflict is how frequent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.answers.basis import Basis, basis_of, counted_rows, detailed_rows
from regmodel.batch.answers.whole import Finished
from regmodel.batch.answers.wilson import LEVEL, Estimate, estimate
from regmodel.batch.judging import ALONE
from regmodel.batch.summary import AND, clauses_of

if TYPE_CHECKING:
    import pandas as pd

_READ = ["sample", "verdict", "conflict"]
SWITCH = "clause.{clause}.enabled"
JOINT, BY_ITSELF, CONFLICT, IN_CONFLICT = "joint", "alone", "conflict", "in_conflict"


@dataclass(frozen=True)
class Clash:
    """A set of clauses that cannot hold together, with how often it is the conflict that was shown.

    One conflict is shown for each infeasible scenario, and others may be there beside it.
    """

    clauses: tuple[str, ...]
    estimate: Estimate


@dataclass(frozen=True)
class Holding:
    """How often all clauses hold jointly; each of them with all other clauses dropped; and what clashes.

    ``alone`` is taken over the scenarios that ask for the clause, of those that were asked more than the verdict.
    ``conflicts`` and ``in_conflict`` (a clause as part of whatever conflict) are taken over all scenarios, most
    frequent first.
    """

    basis: Basis
    joint: Estimate
    alone: dict[str, Estimate]
    conflicts: tuple[Clash, ...]
    in_conflict: dict[str, Estimate]

    def frame(self) -> pd.DataFrame:
        """One row a number: what (joint, alone, conflict, in_conflict), name, counts, shares and their errors."""
        import pandas as pd

        rows = [(JOINT, "", self.joint)]
        rows += [(BY_ITSELF, clause, one) for clause, one in self.alone.items()]
        rows += [(CONFLICT, AND.join(one.clauses), one.estimate) for one in self.conflicts]
        rows += [(IN_CONFLICT, clause, one) for clause, one in self.in_conflict.items()]
        return pd.DataFrame([{"what": what, "name": name, **one.as_dict()} for what, name, one in rows])

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            JOINT: self.joint.as_dict(),
            BY_ITSELF: {clause: one.as_dict() for clause, one in self.alone.items()},
            "conflicts": [{"clauses": list(one.clauses), **one.estimate.as_dict()} for one in self.conflicts],
            IN_CONFLICT: {clause: one.as_dict() for clause, one in self.in_conflict.items()},
        }


def holding(store: Finished, level: float = LEVEL) -> Holding:
    """Count the verdicts of a store; what is undecided is counted both ways."""
    clauses = [name.removeprefix(ALONE) for name in store.names if name.startswith(ALONE)]
    switches = [name for clause in clauses if (name := SWITCH.format(clause=clause)) in store.names]
    whole = store.frame([*_READ, *(f"{ALONE}{clause}" for clause in clauses), *switches])
    rows = whole.iloc[counted_rows(store)].reset_index(drop=True)
    verdicts = Counter(rows["verdict"].tolist())
    basis = basis_of(store, len(rows), verdicts["undecided"], level)

    def share(holds: int, unknown: int, of: int) -> Estimate:
        return estimate(holds, unknown, of, sampled=basis.probability, level=level)

    detailed = whole.iloc[detailed_rows(store)].reset_index(drop=True)
    asked = _asked(store, clauses, whole)[detailed_rows(store)]
    alone = {clause: _alone(detailed, clause, asked[:, place], share) for place, clause in enumerate(clauses)}
    conflicts, in_conflict = _conflicts(rows, share)
    return Holding(
        basis=basis,
        joint=share(verdicts["feasible"], verdicts["undecided"], len(rows)),
        alone={clause: one for clause, one in alone.items() if one.of},
        conflicts=conflicts,
        in_conflict=in_conflict,
    )


Share = Callable[[int, int, int], Estimate]


def _asked(store: Finished, clauses: list[str], rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether a scenario asks for a clause (scenario, clause): not where it is switched off.

    A clause of which nothing is told wherever the plans hold asks for nothing.
    """
    asked = np.zeros((len(rows), len(clauses)), dtype=bool)
    place = 0
    for block in store.read.blocks:
        enabled = {active.clause.id: active.enabled for active in block.base.clauses}
        asked[place : place + len(block)] = [enabled.get(clause, False) for clause in clauses]
        place += len(block)
    feasible = np.zeros(len(rows), dtype=bool)
    feasible[detailed_rows(store)] = (rows["verdict"] == "feasible").to_numpy()[detailed_rows(store)]
    for column, clause in enumerate(clauses):
        switch = SWITCH.format(clause=clause)
        if switch in rows:
            own = rows[switch].to_numpy(dtype=np.float64)
            asked[:, column] = np.where(np.isnan(own), asked[:, column], own != 0)
        told = rows[f"{ALONE}{clause}"].notna().to_numpy()
        silent = feasible.any() and not told[feasible].any()
        asked[:, column] &= told if silent else told | ~feasible
    return asked


def _alone(rows: pd.DataFrame, clause: str, asked: NDArray[np.bool_], share: Share) -> Estimate:
    told = rows[f"{ALONE}{clause}"]
    held = told.eq(True).to_numpy() & asked
    return share(int(held.sum()), int((asked & told.isna().to_numpy()).sum()), int(asked.sum()))


def _conflicts(rows: pd.DataFrame, share: Share) -> tuple[tuple[Clash, ...], dict[str, Estimate]]:
    """An undecided scenario, or an infeasible one without a conflict, may have any."""
    shown = rows["conflict"].notna()
    unknown = int(((rows["verdict"] != "feasible") & ~shown).sum())
    sets = Counter(tuple(clauses_of(one)) for one in rows["conflict"][shown])
    members = Counter[str]()
    for clauses, times in sets.items():
        members.update(dict.fromkeys(clauses, times))
    found = [Clash(clauses, share(times, unknown, len(rows))) for clauses, times in _most(sets)]
    return tuple(found), {clause: share(times, unknown, len(rows)) for clause, times in _most(members)}


def _most(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
