"""Verdicts of many scenarios by what is known, the cheapest first: plans, then proofs, then plans with a patch.

A plan that breaks in few regions is patched there: these regions are solved anew and all else stays. What nothing known
decides is solved by itself. Every answer depends on the scenario's own numbers and on what is known, and on no other
scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from highspy import HighsBasis
from numpy.typing import NDArray

from regmodel.feasibility.checking import Block
from regmodel.feasibility.decided_on import Witness
from regmodel.feasibility.engine import POOL_TOLERANCE, Answer, Word
from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.patching import Regions, filled
from regmodel.feasibility.screening import Screen
from regmodel.feasibility.support import Support

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
How = Literal["witness", "regions", "proof", "solve", "none"]
Kept = Sequence[set[str] | None]
TRIED = 5
"""So many plans are patched for a scenario, those that break in the fewest regions."""


@dataclass(frozen=True)
class Told:
    """A verdict and how it was reached, with the conflict that proves it or the solver's own answer."""

    verdict: Word
    how: How
    support: Support | None = None
    answer: Answer | None = None


@dataclass(frozen=True)
class Broken:
    """A plan that breaks in some regions, and by how much."""

    regions: Regions
    breach: float
    plan: Array


class Known:
    """What decides scenarios without a solve of the whole."""

    def __init__(self, screen: Screen, witnesses: Sequence[Witness], supports: Sequence[Support]) -> None:
        self.screen, self.witnesses, self.supports = screen, witnesses, supports

    def of(
        self, case: Case, scenarios: Integers, parameters: Parameters, kept: Kept | None = None
    ) -> list[Told | None]:
        """For some scenarios of a case, whose parameters are given, the verdict; None where it takes a solve.

        Of a scenario with ``kept`` groups only these have to hold beside what always does.
        """
        told: list[Told | None] = [None] * len(scenarios)
        free = [None if kept is None else self.screen.free(kept[number]) for number in range(len(scenarios))]
        for these, block in self.screen.some(case, scenarios, parameters, free):
            holding, broken = self._carried(block)
            for place, number in enumerate(these.tolist()):
                if holding[place]:
                    told[number] = Told("feasible", "witness")
                    continue
                support = self._proved(parameters, number, None if kept is None else kept[number])
                if support is not None:
                    told[number] = Told("infeasible", "proof", support)
                elif self._patched(parameters, number, free[number], broken[place]):
                    told[number] = Told("feasible", "regions")
        return told

    def decided(self, case: Case, scenarios: Integers, parameters: Parameters, kept: Kept | None = None) -> list[Told]:
        """The same, with a solve of its own for each scenario that takes one."""
        found = []
        for number, known in enumerate(self.of(case, scenarios, parameters, kept)):
            if known is None:
                groups = None if kept is None else kept[number]
                answer = self.screen.solved(parameters, number, groups, self._start(groups))
                known = Told(answer.verdict, "solve" if answer.certified else "none", None, answer)
            found.append(known)
        return found

    def _start(self, kept: set[str] | None) -> HighsBasis | None:
        """Where a solve without some groups starts: at the first known conflict whose first clause is left out."""
        if kept is None:
            return None
        near = next((one for one in self.supports if one.clauses[0] not in kept), None)
        return None if near is None else self.screen.start_without(near)

    def _carried(self, block: Block) -> tuple[NDArray[np.bool_], list[list[Broken]]]:
        """Which scenarios have a plan that a witness leads to; of the others, the plans that break in few regions."""
        screen, patcher = self.screen, self.screen.patcher
        holding = np.zeros(block.numbers.count, dtype=bool)
        broken: list[list[Broken]] = [[] for _ in holding]
        most = patcher.count // 2
        for witness in self.witnesses:
            left = np.flatnonzero(~holding)
            if not len(left):
                break
            part = block if len(left) == len(holding) else block.only(left)
            plans = screen.followed(part, witness)
            worst = screen.check.breaches(part, plans)
            holding[left] = worst <= POOL_TOLERANCE
            near = np.flatnonzero((worst > POOL_TOLERANCE) & np.isfinite(worst))
            if not len(near):
                continue
            these = part.only(near)
            measured = screen.measured(these, np.take(plans, near, axis=1))
            rows = screen.check.row_breaches(these, measured)
            bad = rows > POOL_TOLERANCE
            regions = patcher.broken(bad)
            many = regions.sum(axis=0)
            for place in np.flatnonzero((many > 0) & (many <= most)).tolist():
                breach = float(rows[bad[:, place], place].sum())
                one = Broken(frozenset(np.flatnonzero(regions[:, place]).tolist()), breach, measured[:, place].copy())
                mine = broken[left[near[place]]]
                mine.append(one)
                mine.sort(key=lambda other: (len(other.regions), other.breach))
                del mine[TRIED:]
        return holding, broken

    def _proved(self, parameters: Parameters, number: int, kept: set[str] | None) -> Support | None:
        """A known conflict of groups that are all kept."""
        some = [one for one in self.supports if kept is None or kept.issuperset(one.clauses)]
        return self.screen.proved(parameters, number, some) if some else None

    def _patched(self, parameters: Parameters, number: int, free: Integers | None, broken: Sequence[Broken]) -> bool:
        if not broken:
            return False
        numbers = filled(self.screen.compiled, parameters.of(number), free)
        return any(self.screen.patcher.patched(one.regions, one.plan, numbers) is not None for one in broken)
