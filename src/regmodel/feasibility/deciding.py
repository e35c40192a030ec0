"""Which few assumptions decide: the smallest set of assumed numbers whose move within range turns the verdict.

Where the plans hold as assumed, what is assumed moves towards its harder end; where they do not, towards the easier.
A number without a direction is tried at either end. Every verdict is certified; what is not counts as neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.assumed_moves import Move, Part, mixed_moves
from regmodel.feasibility.break_even import Gauge, break_even
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.proof_reads import reaches, stems_behind
from regmodel.feasibility.smallest_set import Search, Smallest
from regmodel.feasibility.trials import NothingLeft, Trials


@dataclass(frozen=True)
class Deciding:
    """An assumed number whose move turns the verdict, alone or with the others of the list; printed units.

    ``record`` is the key of a record, of a figure (``baseline.`` ...) or the id of a recalled cap. ``break_even`` is
    where the verdict turns when nothing else moves; None where it does not, or where that was not found.
    """

    record: str
    start: float
    to: float
    break_even: float | None
    unit: str
    alone: bool


@dataclass(frozen=True)
class Decided:
    """What decides: every number that does alone, else the smallest set found; nothing where no move turns it.

    ``proved_smallest`` says that no smaller set does. ``untried`` names what was not asked about alone: nothing
    was left to ask with, or no answer was certified.
    """

    deciding: tuple[Deciding, ...]
    proved_smallest: bool
    untried: tuple[str, ...]


NOTHING = Decided((), True, ())


@dataclass(frozen=True)
class Turned:
    """Moves that are known to turn the verdict, with the answer there; ``directed`` where each goes to its own end."""

    moves: tuple[Move, ...]
    answer: Answer
    directed: bool


def deciding(case: Case, engine: Engine, turned: Turned | None, allowed: Allowance) -> Decided:
    """The deciding assumptions of a scenario, given a point at which the verdict is turned; None: nothing decides.

    Where the allowance ends, what was found so far is given, and what was not asked is named.
    """
    if turned is None:
        return NOTHING
    trials = Trials(case, engine, allowed)
    try:
        return _Deciding(trials, turned).found()
    finally:
        trials.close()


class _Deciding:
    """One search: numbers alone first, then, where none turns the verdict, the smallest set of several."""

    def __init__(self, trials: Trials, turned: Turned) -> None:
        self.trials = trials
        self.turned = turned
        self.shares: dict[Move, float | None] = {}
        self.untried: set[str] = set()

    def found(self) -> Decided:
        """Everything that is allowed."""
        trials, turned = self.trials, self.turned
        if trials.start.verdict == "undecided" or trials.start.verdict == turned.answer.verdict:
            return Decided((), False, tuple(sorted(move.name for move in turned.moves)))
        undirected = mixed_moves(trials.case.scenario)
        # Where all directed moves together do not turn the verdict, none of them does alone.
        trials.foresee([*(turned.moves if turned.directed else ()), *undirected])
        order = self._by_promise(turned.moves)
        self._alone(order if turned.directed else ())
        mixed = self._reaching_first(undirected)
        whole = trials.allowed
        if not self.shares:
            trials.allowed = whole.share(0.5)
        self._alone(mixed)
        trials.allowed = whole
        if self.shares:
            return self._decided((), True)
        smallest = self._together(order, mixed)
        return self._decided(smallest.moves, smallest.proved)

    def _by_promise(self, moves: Sequence[Move]) -> tuple[Move, ...]:
        """Those first that do most for the proof that is at hand, against the plan that is at hand."""
        one, other = self.trials.start, self.turned.answer
        proof, plan = (other, one) if one.verdict == "feasible" else (one, other)
        sign = -1.0 if one.verdict == "feasible" else 1.0
        gauge = Gauge(self.trials.engine.compiled, proof.multipliers)

        def promise(move: Move) -> float:
            filled = None if self.trials.late() else self.trials.numbers([move])
            gap = np.nan if filled is None else gauge.gap(filled, plan.columns)
            return sign * gap if np.isfinite(gap) else np.inf

        return tuple(sorted(moves, key=lambda move: (promise(move), move)))

    def _reaching_first(self, moves: Sequence[Move]) -> tuple[Move, ...]:
        """Those first that may change what a proof of a single move reads, else what the proof at hand does."""
        trials = self.trials
        found = [answer for answer in (trials.answer([move]) for move in self.shares) if answer is not None]
        answers = [*found, self.turned.answer] if trials.start.verdict == "feasible" else [trials.start]
        proofs = [answer.multipliers for answer in answers if len(answer.multipliers)]
        stems = [stems_behind(trials.case, trials.engine.compiled, proof) for proof in proofs]

        def rank(move: Move) -> int:
            return next((place for place, known in enumerate(stems) if reaches(move, known)), len(stems))

        return tuple(sorted(moves, key=lambda move: (rank(move), move)))

    def _alone(self, moves: Sequence[Move]) -> None:
        """Ask about each move by itself, and where on its way the verdict turns for those that turn it."""
        for place, move in enumerate(moves):
            try:
                found = self.trials.turned([move])
                if found is None:
                    self.untried.add(move.name)
                elif found:
                    self.shares[move] = None
                    self.shares[move] = break_even(self.trials, move)
            except NothingLeft:
                self.untried |= {left.name for left in moves[place:] if left not in self.shares}
                return

    def _together(self, order: Sequence[Move], mixed: Sequence[Move]) -> Smallest:
        """The smallest set of several; no single move turns the verdict as far as was asked.

        Sets of several with a number that has no direction are not searched, so that beside such numbers nothing
        larger than a pair can be shown to be smallest.
        """
        directed = self.turned.directed
        search = Search(self.trials, order, directed=directed)
        if directed:
            search.holding += [frozenset([move]) for move in order if move.name not in self.untried]
        found = search.smallest()
        here = self.trials.here
        idle = (
            all(
                filled is not None and filled.same_rows(here)
                for filled in (self.trials.numbers([move]) for move in mixed)
            )
            if len(found.moves) > 2 and not self.untried
            else False
        )
        return Smallest(found.moves, found.proved and not self.untried and (len(found.moves) == 2 or idle))

    def _decided(self, together: tuple[Move, ...], proved: bool) -> Decided:
        """The rows of the answer: single moves by how little each has to move, else the members of the set."""
        if together:
            rows = [_row(part, None, alone=False) for move in together for part in move.parts]
        else:

            def little(move: Move) -> tuple[float, Move]:
                share = self.shares[move]
                return (np.inf if share is None else share), move

            rows = [
                _row(part, self.shares[move], alone=True)
                for move in sorted(self.shares, key=little)
                for part in move.parts
            ]
        return Decided(tuple(rows), proved, tuple(sorted(self.untried)))


def _row(part: Part, share: float | None, *, alone: bool) -> Deciding:
    turns_at = None if share is None else part.printed(share)
    return Deciding(part.key, part.printed(0.0), part.printed(1.0), turns_at, part.unit, alone)
