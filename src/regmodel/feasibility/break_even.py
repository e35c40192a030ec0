"""How far a move has to go before the verdict turns: between two certified answers, a thousandth of the way apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.assumed_moves import Move
from regmodel.feasibility.engine import Answer
from regmodel.feasibility.trials import Filled, Trials

Array = NDArray[np.float64]
PRECISION = 1e-3
BESIDE = 0.45  # of the precision: one question on either side of the guess then settles it
FURTHER = 4
MOST_QUESTIONS = 60


class Gauge:
    """What a proof lacks, or has to spare, against a plan: its multipliers times what the plan misses in each row.

    Below nothing the proof says nothing against the plan; above, the plan cannot be one.
    """

    def __init__(self, compiled: Compiled, multipliers: Array) -> None:
        self.used = np.flatnonzero(multipliers)
        self.weights = multipliers[self.used]
        lengths = np.diff(compiled.row_start)[self.used]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else np.zeros(0, dtype=np.int64)
        offsets = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
        self.entries = (np.repeat(compiled.row_start[self.used], lengths) + offsets).astype(np.int64)
        self.columns = compiled.column[self.entries]
        self.per_entry = np.repeat(self.weights, lengths)

    def gap(self, filled: Filled, plan: Array) -> float:
        """The gap in the numbers of ``filled``; not finite where a side that the proof uses is open."""
        asked = np.where(self.weights > 0, filled.low[self.used], filled.high[self.used])
        given = self.per_entry * filled.matrix[self.entries] * plan[self.columns]
        return float(self.weights @ asked - given.sum())

    def reads(self, one: Filled, other: Filled) -> bool:
        """Whether two sets of numbers differ in anything that the proof reads."""
        asked = np.where(self.weights > 0, one.low[self.used], one.high[self.used])
        then = np.where(self.weights > 0, other.low[self.used], other.high[self.used])
        return not (
            np.array_equal(asked, then) and np.array_equal(one.matrix[self.entries], other.matrix[self.entries])
        )


def break_even(trials: Trials, move: Move) -> float | None:
    """The share of the way at which the verdict has turned; None where an answer in between is not certified.

    ``move`` goes all its way with the verdict turned. The share is the least that is certified to turn it; one that
    is smaller by a thousandth of the way is certified not to. Raises NothingLeft.
    """
    found = bracket(trials, move)
    return None if found is None else found.high


def bracket(trials: Trials, move: Move) -> Bracket | None:
    """Two shares of the way a thousandth apart: at the lower the verdict as it stands, at the higher turned, certified.

    None where an answer in between is not certified. ``move`` goes all its way with the verdict turned. Raises
    NothingLeft.
    """
    behind = trials.answer([move])
    if behind is None:
        return None
    with trials.questions.near_one_another():
        return _closed(trials, move, Bracket(0.0, trials.start, 1.0, behind))


@dataclass
class Bracket:
    """Two shares of the way with their answers: the verdict as it stands at ``low``, turned at ``high``."""

    low: float
    before: Answer
    high: float
    behind: Answer
    same_side: int = 0

    @property
    def width(self) -> float:
        """How far the two are apart."""
        return self.high - self.low

    def narrow(self, share: float, found: Answer) -> None:
        """Put an answer in between in the place of the end that has its verdict; count how often it was the same."""
        if found.verdict == self.before.verdict:
            self.same_side = max(self.same_side, 0) + 1
            self.low, self.before = share, found
        else:
            self.same_side = min(self.same_side, 0) - 1
            self.high, self.behind = share, found


def _closed(trials: Trials, move: Move, bracket: Bracket) -> Bracket | None:
    for question in range(MOST_QUESTIONS):
        if bracket.width <= PRECISION:
            return bracket
        # Every fourth question halves what is left, so that bad guesses cannot go on.
        share = None if question % 4 == 3 else _guess(trials, move, bracket)
        share = (bracket.low + bracket.high) / 2 if share is None else share
        found = trials.answer([move], share)
        if found is None:
            return None
        bracket.narrow(share, found)
    return None


def _guess(trials: Trials, move: Move, bracket: Bracket) -> float | None:
    """A share beside the place where the gap of the one's proof against the other's plan closes; None without one.

    The first guess lies beyond it; after that, on the other side than the answers before, further off each time.
    """
    proof, plan = bracket.behind, bracket.before
    if plan.verdict == "infeasible":
        proof, plan = plan, proof
    here, there = trials.numbers([move], bracket.low), trials.numbers([move], bracket.high)
    if here is None or there is None:
        return None
    gauge = Gauge(trials.engine.compiled, proof.multipliers)
    low, high = gauge.gap(here, plan.columns), gauge.gap(there, plan.columns)
    if not np.isfinite([low, high]).all() or low * high >= 0:
        return None
    closes = bracket.low + bracket.width * low / (low - high)
    beside = BESIDE * PRECISION * FURTHER ** max(abs(bracket.same_side) - 1, 0)
    share = closes + beside if bracket.same_side >= 0 else closes - beside
    return share if bracket.low < share < bracket.high else None
