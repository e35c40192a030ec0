"""What the first scenarios of a batch teach: plans in the middle of what is possible, and conflicts with few rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.centred import centred
from regmodel.feasibility.engine import Answer
from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.policies import references, shifts
from regmodel.feasibility.screening import Screen, Witness
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
    """Fills a pool from the scenarios of one case of many, in their order; ``solves`` bounds how many are solved."""

    def __init__(self, screen: Screen, case: Case, solves: int) -> None:
        self.screen, self.case, self.left = screen, case, solves
        count = how_many(*case.values.values()) or 1
        self.parameters = screen.parameters(case, count)
        self.sizes, self.shifted = references(case, screen.order, count), shifts(case, screen.order, count)
        self.witnesses: list[Witness] = []
        self.conflicts: list[Conflicting] = []
        self.supports: list[Support] = []
        self.moving: tuple[Array, Array] | None = None

    def fill(self) -> None:
        """Solve what is not decided yet, one scenario after another, until all is decided or enough is solved."""
        self._from_the_base()
        open_ones = self._undecided(np.arange(self.parameters.count))
        while len(open_ones) and self.left > 0:
            self.left -= 1
            scenario = int(open_ones[0])
            if self.screen.proved(self.parameters, scenario, self.supports) is not None:
                open_ones = open_ones[1:]
                continue
            answer = self.screen.solved(self.parameters, scenario)
            if answer.verdict == "feasible":
                self._learn_plan(scenario)
                open_ones = self._undecided(open_ones[1:])
            else:
                if answer.verdict == "infeasible":
                    self._learn_conflict(scenario, answer)
                open_ones = open_ones[1:]

    def _from_the_base(self) -> None:
        """The plan that the preference chooses for the first case, and how far rows move along with it."""
        screen = self.screen
        engine = screen.engine
        engine.fill(screen.case)
        engine.witnesses, engine.proofs = [], []
        answer = engine.decide(preferred=True)
        screen.stand()
        if answer.verdict != "feasible":
            return
        preferred = screen.witness(answer.columns)
        self.moving = self._moves(preferred)
        found = self._middle(engine.solver.matrix, engine.solver.low, engine.solver.high)
        self.witnesses.append(preferred if found is None else screen.witness(found))

    def _moves(self, witness: Witness) -> tuple[Array, Array]:
        """Standard deviation of the room at either end of every row, along one policy."""
        screen, low, high = self.screen, [], []
        for _, block in screen.blocks(self.case, self.parameters):
            taken = block.numbers.rows(screen.followed(block, witness))
            low.append(taken - block.low)
            high.append(block.high - taken)
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

    def _learn_plan(self, scenario: int) -> None:
        compiled, numbers = self.screen.compiled, self.parameters.of(scenario)
        filled = (compiled.matrix.fill(numbers), compiled.low.fill(numbers), compiled.high.fill(numbers))
        plan = self._middle(*filled)
        if plan is not None:
            self.witnesses.append(Witness(plan, self.sizes[:, scenario], self.shifted[:, scenario]))

    def _learn_conflict(self, scenario: int, answer: Answer) -> None:
        found = minimal(self.screen, self.parameters, scenario, answer)
        self.conflicts.append(Conflicting(found[0], used_rows(found[1]), self.parameters.of(scenario)))
        self.supports.append(support_of(self.screen, self.conflicts[-1]))

    def _undecided(self, scenarios: Integers) -> Integers:
        """Those of the scenarios that no plan so far leads through."""
        holding = np.zeros(self.parameters.count, dtype=bool)
        wanted = np.zeros(self.parameters.count, dtype=bool)
        wanted[scenarios] = True
        for these, block in self.screen.blocks(self.case, self.parameters):
            asked = np.flatnonzero(wanted[these])
            if len(asked):
                holding[these[asked]] = self.screen.holding(block.only(asked), self.witnesses)
        return scenarios[~holding[scenarios]]


def support_of(screen: Screen, conflict: Conflicting) -> Support:
    """The rows of a conflict as a small programme."""
    return Support(screen.compiled, conflict.rows, conflict.clauses, conflict.parameters)


def minimal(screen: Screen, parameters: Parameters, scenario: int, answer: Answer) -> tuple[tuple[str, ...], Array]:
    """A minimal conflict inside an answer's proof, with multipliers of its own: one clause less at a time.

    A clause whose absence is left undecided stays.
    """
    multipliers = answer.multipliers
    kept = screen.clauses_of(multipliers)
    for name in kept:
        if name not in screen.clauses_of(multipliers):
            continue
        without = screen.solved(parameters, scenario, set(screen.clauses_of(multipliers)) - {name})
        if without.verdict == "infeasible":
            multipliers = without.multipliers
    return screen.clauses_of(multipliers), multipliers


def _spread(room: Array) -> Array:
    """How far room moves; nothing where it does not, or where there is no end."""
    finite = np.isfinite(room).all(axis=1)
    moves = np.zeros(len(room))
    moves[finite] = room[finite].std(axis=1)
    moves[moves < STILL] = 0.0
    return moves
