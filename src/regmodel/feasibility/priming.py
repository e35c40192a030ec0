"""What the first scenarios of a batch teach: plans in the middle of what is possible, and conflicts with few rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.centred import centred
from regmodel.feasibility.decided_on import Given, Witness
from regmodel.feasibility.engine import Answer
from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.many_verdicts import Known
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.patching import filled
from regmodel.feasibility.screening import Screen
from regmodel.feasibility.support import Support, used_rows
from regmodel.vocabulary.many import how_many

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
STILL = 1e-7


@dataclass(frozen=True)
class Conflicting:
    """A minimal conflict of a scenario: its clauses, the rows of its proof, and the parameters that it was found at."""

    clauses: tuple[str, ...]
    rows: Integers
    parameters: Array


class Priming:
    """Fills a pool from the scenarios of one case of many, in their order; ``solves`` bounds how many are solved.

    ``count`` says how many scenarios the case is of, where nothing differs between them.
    """

    def __init__(self, screen: Screen, case: Case, solves: int, count: int = 1) -> None:
        self.screen, self.case, self.left = screen, case, solves
        count = how_many(*case.values.values()) or count
        self.parameters = screen.parameters(case, count)
        self.given = Given(case, count)
        self.witnesses: list[Witness] = []
        self.conflicts: list[Conflicting] = []
        self.supports: list[Support] = []
        self.infeasible: dict[int, tuple[str, ...]] = {}
        self.loose: list[Witness] = []
        self.moving: tuple[Array, Array] | None = None

    def fill(self, loose: int = 0) -> None:
        """Solve what is not decided yet, one scenario after another, until all is decided or enough is solved.

        Then at most so many ``loose`` plans are made, for infeasible scenarios without one clause of their conflict.
        """
        self._from_the_base()
        open_ones = self._undecided(np.arange(self.parameters.count), self.witnesses, self.supports)
        while len(open_ones) and self.left > 0:
            self.left -= 1
            scenario, plans, proofs = int(open_ones[0]), len(self.witnesses), len(self.supports)
            answer = self.screen.solved(self.parameters, scenario)
            if answer.verdict == "feasible":
                self._learn_plan(scenario, self.witnesses)
            elif answer.verdict == "infeasible":
                self._learn_conflict(scenario, answer)
            open_ones = self._undecided(open_ones[1:], self.witnesses[plans:], self.supports[proofs:])
        self._learn_loose_plans(loose)

    def _learn_loose_plans(self, most: int) -> None:
        """What is told of infeasible scenarios beside the verdict asks for plans that leave a clause out."""
        groups = set(self.screen.groups)
        open_ones = [(one, groups - {name}) for one, names in sorted(self.infeasible.items()) for name in names[:2]]
        plans = proofs = 0
        witnesses: Sequence[Witness] = self.witnesses
        while open_ones:
            numbers = np.array([one for one, _ in open_ones])
            known = Known(self.screen, witnesses, self.supports[proofs:])
            told = known.of(self.case, numbers, self.parameters.only(numbers), [kept for _, kept in open_ones])
            open_ones = [one for one, found in zip(open_ones, told, strict=True) if found is None]
            plans, proofs = len(self.loose), len(self.supports)
            while open_ones and most and (len(self.loose), len(self.supports)) == (plans, proofs):
                most -= 1
                one, kept = open_ones.pop(0)
                if not self._learn_plan(one, self.loose, self.screen.free(kept)):
                    self._learn_without(one, kept)
            if (len(self.loose), len(self.supports)) == (plans, proofs):
                return
            witnesses = self.loose[plans:]

    def _learn_without(self, scenario: int, kept: set[str]) -> None:
        """The conflict that is left where some groups are dropped."""
        answer = self.screen.solved(self.parameters, scenario, kept)
        if answer.verdict == "infeasible":
            self._learn_conflict(scenario, answer)

    def _from_the_base(self) -> None:
        """The plan that the preference chooses for the first case, and how far rows move along with it."""
        screen = self.screen
        engine = screen.engine
        engine.fill(screen.case)
        engine.witnesses, engine.proofs = [], []
        answer = engine.decide(preferred=True)
        screen.stand(answer)
        if answer.verdict == "feasible":
            self.start_from(answer.columns)

    def start_from(self, plan: Array) -> None:
        """Learn the plan in the middle of what is possible for the first case, beside one that holds there."""
        screen = self.screen
        preferred = screen.witness(plan)
        self.moving = self._moves(preferred)
        rows = filled(screen.compiled, screen.compiled.vector(screen.case.values)).rows
        found = self._middle(rows.matrix, rows.low, rows.high)
        self.witnesses.append(preferred if found is None else screen.witness(found))

    def _moves(self, witness: Witness) -> tuple[Array, Array]:
        """Standard deviation of the room at either end of every row, along one policy."""
        screen, low, high = self.screen, [], []
        for _, block in screen.blocks(self.case, self.parameters):
            taken = block.numbers.rows(screen.measured(block, screen.followed(block, witness)))
            low.append(taken - block.numbers.low.each(slice(None)))
            high.append(block.numbers.high.each(slice(None)) - taken)
        return _spread(np.concatenate(low, axis=1)), _spread(np.concatenate(high, axis=1))

    def _middle(self, matrix: Array, low: Array, high: Array) -> Array | None:
        """The plan furthest from all ends that move, for some numbers; rows of distance follow from it."""
        screen = self.screen
        if self.moving is None:
            return None
        without = np.zeros(len(low), dtype=bool)
        without[screen.order.distance] = True
        free = np.where(low == high, 0.0, 1.0)
        moving = (self.moving[0] * free, self.moving[1] * free)
        found = centred(screen.compiled, (matrix, low, high), moving, without)
        return None if found is None or found[1] < 0 else found[0]

    def _learn_plan(self, scenario: int, plans: list[Witness], free: Integers | None = None) -> bool:
        """A plan in the middle of a scenario's numbers, where some rows may be free; whether there is one."""
        rows = filled(self.screen.compiled, self.parameters.of(scenario), free).rows
        plan = self._middle(rows.matrix, rows.low, rows.high)
        if plan is not None:
            plans.append(self.screen.sizes.witness(plan, self.given, scenario))
        return plan is not None

    def _learn_conflict(self, scenario: int, answer: Answer) -> None:
        known = Known(self.screen, self.witnesses, ())
        found = minimal(known, self.case, self.parameters, scenario, answer)
        self.infeasible[scenario] = found[0]
        self.conflicts.append(Conflicting(found[0], used_rows(found[1]), self.parameters.of(scenario)))
        self.supports.append(support_of(self.screen, self.conflicts[-1]))

    def _undecided(self, scenarios: Integers, witnesses: Sequence[Witness], supports: Sequence[Support]) -> Integers:
        """Those of the scenarios that none of these plans and conflicts decides."""
        known = Known(self.screen, witnesses, supports)
        told = known.of(self.case, scenarios, self.parameters.only(scenarios))
        for number, one in zip(scenarios.tolist(), told, strict=True):
            if one is not None and one.support is not None:
                self.infeasible[number] = one.support.clauses
        left: Integers = scenarios[np.array([one is None for one in told], dtype=bool)]
        return left


def support_of(screen: Screen, conflict: Conflicting) -> Support:
    """The rows of a conflict as a small programme."""
    return Support(screen.compiled, conflict.rows, conflict.clauses, conflict.parameters)


def minimal(
    known: Known, case: Case, parameters: Parameters, scenario: int, answer: Answer
) -> tuple[tuple[str, ...], Array]:
    """A minimal conflict inside an answer's proof, with multipliers of its own: one clause less at a time.

    A clause whose absence is left undecided stays.
    """
    multipliers, screen, this = answer.multipliers, known.screen, np.array([scenario])
    for name in screen.clauses_of(multipliers):
        asked = screen.clauses_of(multipliers)
        if name not in asked:
            continue
        (without,) = known.decided(case, this, parameters.only(this), [set(asked) - {name}])
        if without.verdict == "infeasible" and without.answer is not None:
            multipliers = without.answer.multipliers
    return screen.clauses_of(multipliers), multipliers


def _spread(room: Array) -> Array:
    """How far room moves; nothing where it does not, or where there is no end."""
    finite = np.isfinite(room).all(axis=1)
    moves = np.zeros(len(room))
    moves[finite] = room[finite].std(axis=1)
    moves[moves < STILL] = 0.0
    return moves
