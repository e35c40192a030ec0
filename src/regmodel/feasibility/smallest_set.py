"""The smallest set of moves that turns a verdict, where more moves towards the same end never turn it back.

A minimal set comes first, by dividing (QuickXplain, Junker 2004). Then sets that do not turn it are grown as far as
they go: whatever turns it has a member outside each of them. The smallest set with a member outside each known one
is tried next; where it turns the verdict, none smaller does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regmodel.feasibility.assumed_moves import Move
from regmodel.feasibility.trials import NothingLeft, Trials

Several = tuple[Move, ...]


@dataclass(frozen=True)
class Smallest:
    """A set of moves that turns the verdict, none of which can be left out; empty where too little could be asked.

    ``proved`` says that no smaller set of the moves asked about turns it.
    """

    moves: Several
    proved: bool


class Search:
    """The search over moves that turn the verdict together; ``order`` names first what most likely does.

    ``directed`` says that each goes to its own harder or easier end, so that more of them never turn it back;
    otherwise the answer is a set that turns it and nothing is proved of smaller ones.
    """

    def __init__(self, trials: Trials, order: Sequence[Move], *, directed: bool) -> None:
        self.trials = trials
        self.directed = directed
        self.order = tuple(order)
        self.turning: list[frozenset[Move]] = []
        self.holding: list[frozenset[Move]] = [frozenset()]

    def turns(self, moves: frozenset[Move]) -> bool | None:
        """Whether a set turns the verdict, from what is known of others where that suffices."""
        if self.directed and any(moves <= held for held in self.holding):
            return False
        if self.directed and any(moves >= turned for turned in self.turning):
            return True
        found = self.trials.turned(moves)
        if found is not None:
            (self.turning if found else self.holding).append(moves)
        return found

    def smallest(self) -> Smallest:
        """The smallest set; the whole order is known to turn the verdict. Empty where too little may be asked."""
        self.turning.append(frozenset(self.order))
        minimal: Several = ()
        try:
            found = frozenset(self._divided(frozenset(), False, self.order))
            if not self.turns(found) or any(self.turns(found - {move}) is not False for move in found):
                return Smallest((), False)  # an answer on the way was not certified
            minimal = self._sorted(found)
            return self._proved(minimal) if self.directed else Smallest(minimal, False)
        except NothingLeft:
            return Smallest(minimal, False)

    def _sorted(self, moves: frozenset[Move]) -> Several:
        return tuple(sorted(moves))

    def _divided(self, kept: frozenset[Move], added: bool, left: Several) -> Several:
        """A minimal part of ``left`` that turns the verdict together with ``kept``."""
        if added and self.turns(kept):
            return ()
        if len(left) == 1:
            return left
        first, second = left[: len(left) // 2], left[len(left) // 2 :]
        of_second = self._divided(kept | set(first), True, second)
        of_first = self._divided(kept | set(of_second), bool(of_second), first)
        return of_first + of_second

    def _proved(self, best: Several) -> Smallest:
        """Try sets smaller than the best, each with a member outside every set that is known not to turn it."""
        while True:
            tried = self._hitting(len(best) - 1)
            if tried is None:
                return Smallest(best, True)
            found = self.turns(tried)
            if found is None:
                return Smallest(best, False)
            if found:
                return Smallest(self._sorted(tried), True)
            self.holding.append(self._grown(tried, [move for move in self.order[::-1] if move not in tried]))

    def _grown(self, held: frozenset[Move], more: Sequence[Move]) -> frozenset[Move]:
        """The set with as many more as can be added by halves without turning the verdict."""
        if not more:
            return held
        whole = held | set(more)
        if self.turns(whole) is False:
            return whole
        if len(more) == 1:
            return held
        half = len(more) // 2
        return self._grown(self._grown(held, more[:half]), more[half:])

    def _hitting(self, most: int) -> frozenset[Move] | None:
        """A smallest set of at most ``most`` moves with a member outside each holding set; None where none is."""
        widest = [held for held in self.holding if not any(held < other for other in self.holding)]
        outside = sorted(
            {tuple(move for move in self.order if move not in held) for held in widest},
            key=lambda moves: (len(moves), moves),
        )
        for size in range(1, most + 1):
            found = self._hit(outside, frozenset(), size)
            if found is not None:
                return found
        return None

    def _hit(self, outside: Sequence[Several], chosen: frozenset[Move], left: int) -> frozenset[Move] | None:
        if self.trials.late():
            raise NothingLeft
        missed = next((moves for moves in outside if not chosen & set(moves)), None)
        if missed is None:
            return chosen
        if left == 0:
            return None
        for move in missed:
            found = self._hit(outside, chosen | {move}, left - 1)
            if found is not None:
                return found
        return None
