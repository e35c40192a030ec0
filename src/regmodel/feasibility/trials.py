"""What becomes of the verdict when assumed numbers move: every question once, each from where the scenario stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.assumed_moves import Move, after
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.foreseen import unturned
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.questions import Questions
from regmodel.vocabulary.problems import InputProblems

Array = NDArray[np.float64]
KEPT = 3
Moves = frozenset[Move]


class NothingLeft(Exception):
    """The allowance for questions is used up."""


@dataclass(frozen=True, eq=False)
class Filled:
    """The numbers of the rows after some moves, as the programme reads them."""

    values: Mapping[str, Array]
    matrix: Array
    low: Array
    high: Array

    def same_rows(self, other: Filled) -> bool:
        """Whether no row and no bound differs; prices may."""
        return (
            np.array_equal(self.matrix, other.matrix)
            and np.array_equal(self.low, other.low)
            and np.array_equal(self.high, other.high)
        )


class Trials:
    """Asks for the verdict after moves.

    Once nothing is left of ``allowed``, no question is taken: NothingLeft is raised. Verdicts that nothing certifies
    are None and count as neither of the two others.
    """

    def __init__(self, case: Case, engine: Engine, allowed: Allowance) -> None:
        self.case = case
        self.engine = engine
        self.allowed = allowed
        engine.fill(case)
        self.start = engine.decide(preferred=True)
        self.questions = Questions(case, engine, KEPT)
        self.here = numbers_of(engine.compiled, case.values)
        self._filled: dict[tuple[Moves, float], Filled | None] = {}
        self._answers: dict[tuple[Moves, float], Answer] = {}
        self._unturned: frozenset[Move] = frozenset()

    def foresee(self, moves: Sequence[Move]) -> None:
        """Find out at once which of the moves leave the verdict as it is, each by itself: they need not be asked."""
        if not self.late():
            self._unturned = unturned(self.case, self.engine, self.start, moves)

    def close(self) -> None:
        """Leave the engine filled with the scenario as it stands."""
        self.engine.fill(self.case)
        self.questions.restart()

    def late(self) -> bool:
        """Whether no question is left."""
        return self.allowed.over

    def numbers(self, moves: Iterable[Move], share: float = 1.0) -> Filled | None:
        """The rows after some moves; None where the input then contradicts itself, as a total without its parts."""
        key = frozenset(moves), share
        if key not in self._filled:
            try:
                values = self.questions.values(after(self.case.scenario, sorted(key[0]), share))
                self._filled[key] = numbers_of(self.engine.compiled, values)
            except InputProblems:
                self._filled[key] = None
        return self._filled[key]

    def answer(self, moves: Iterable[Move], share: float = 1.0) -> Answer | None:
        """The certified answer after some moves, each by a share of its way; None where nothing is certified."""
        key = frozenset(moves), share
        if key not in self._answers:
            if self.late():
                raise NothingLeft
            filled = self.numbers(key[0], share)
            if filled is None:
                return None
            unmoved = filled.same_rows(self.here)
            self._answers[key] = self.start if unmoved else self.questions.ask(filled.values)
        found = self._answers[key]
        return None if found.verdict == "undecided" else found

    def turned(self, moves: Iterable[Move], share: float = 1.0) -> bool | None:
        """Whether the verdict is the opposite after some moves; None where nothing is certified."""
        several = frozenset(moves)
        if share == 1.0 and len(several) == 1 and several <= self._unturned:
            return False
        found = self.answer(several, share)
        return None if found is None else found.verdict != self.start.verdict


def numbers_of(compiled: Compiled, values: Mapping[str, Array]) -> Filled:
    """The numbers of the rows for some parameters; what stands before columns held at nothing counts as nothing."""
    vector = compiled.vector(values)
    idle = (compiled.column_low == 0) & (compiled.column_high == 0)
    matrix = compiled.matrix.fill(vector)
    matrix[idle[compiled.column]] = 0.0
    return Filled(values, matrix, compiled.low.fill(vector), compiled.high.fill(vector))
