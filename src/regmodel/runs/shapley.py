"""A difference split over what was changed, averaged over the orders in which it could have been changed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

EXACT_UP_TO = 6
EVALUATIONS = 400
FEWEST_ORDERS = 8
SEED = 20201101

Worth = Callable[[frozenset[int]], Mapping[str, float]]


@dataclass(frozen=True)
class Split:
    """The parts of one difference by player, in exact fractions: they sum to the difference, whatever the order.

    ``errors`` are standard errors of the parts, and nothing where every order was counted; ``orders`` is how many were.
    """

    start: float
    end: float
    parts: tuple[Fraction, ...]
    errors: tuple[float | None, ...]
    orders: int
    exact: bool

    @property
    def total(self) -> Fraction:
        """The difference between end and start, exactly as the two numbers stand."""
        return Fraction(self.end) - Fraction(self.start)


def split(players: int, worth: Worth, orders: int | None = None) -> dict[str, Split]:
    """Split every result that ``worth`` tells over ``players`` changes; ``worth`` takes the set of those made.

    Up to six changes every order counts; beyond, orders are drawn with a fixed seed, each with its reverse.
    """
    known: dict[frozenset[int], Mapping[str, float]] = {}

    def told(made: frozenset[int]) -> Mapping[str, float]:
        if made not in known:
            known[made] = worth(made)
        return known[made]

    if players <= EXACT_UP_TO and orders is None:
        return _exact(players, told)
    return _sampled(players, told, orders or orders_for(players))


def orders_for(players: int) -> int:
    """How many orders are drawn for so many changes: an even number, fewer where each of them costs more."""
    return max(FEWEST_ORDERS, 2 * (EVALUATIONS // (2 * players)))


def _ends(players: int, told: Worth) -> tuple[Mapping[str, float], Mapping[str, float]]:
    return told(frozenset()), told(frozenset(range(players)))


def _exact(players: int, told: Worth) -> dict[str, Split]:
    """Every subset once, weighted by the orders in which it comes before the player."""
    start, end = _ends(players, told)
    parts = {name: [Fraction(0)] * players for name in start}
    for player in range(players):
        others = [other for other in range(players) if other != player]
        for size in range(players):
            weight = Fraction(math.factorial(size) * math.factorial(players - 1 - size), math.factorial(players))
            for before in itertools.combinations(others, size):
                made = frozenset(before)
                without, with_it = told(made), told(made | {player})
                for name in parts:
                    parts[name][player] += weight * (Fraction(with_it[name]) - Fraction(without[name]))
    nothing = (0.0,) * players
    count = math.factorial(players)
    return {name: Split(start[name], end[name], tuple(found), nothing, count, True) for name, found in parts.items()}


def _sampled(players: int, told: Worth, orders: int) -> dict[str, Split]:
    """Orders in pairs, each drawn one with its reverse: what the pairs disagree by is the error."""
    start, end = _ends(players, told)
    random = np.random.default_rng(SEED)
    pairs: dict[str, list[list[Fraction]]] = {name: [] for name in start}
    for _ in range(max(orders // 2, 1)):
        order = [int(player) for player in random.permutation(players)]
        both = [_along(way, told, start) for way in (order, order[::-1])]
        for name, found in pairs.items():
            found.append([(one + other) / 2 for one, other in zip(both[0][name], both[1][name], strict=True)])
    return {name: _mean(start[name], end[name], found, players) for name, found in pairs.items()}


def _along(order: Sequence[int], told: Worth, start: Mapping[str, float]) -> dict[str, list[Fraction]]:
    """What each change adds when they are made in this order."""
    parts = {name: [Fraction(0)] * len(order) for name in start}
    made: frozenset[int] = frozenset()
    before = told(made)
    for player in order:
        made |= {player}
        after = told(made)
        for name, found in parts.items():
            found[player] = Fraction(after[name]) - Fraction(before[name])
        before = after
    return parts


def _mean(start: float, end: float, pairs: Sequence[Sequence[Fraction]], players: int) -> Split:
    count = len(pairs)
    means = tuple(sum((pair[player] for pair in pairs), Fraction(0)) / count for player in range(players))
    errors: tuple[float | None, ...] = (None,) * players
    if count > 1:
        table = np.array([[float(part) for part in pair] for pair in pairs])
        errors = tuple(float(error) for error in table.std(axis=0, ddof=1) / math.sqrt(count))
    return Split(start, end, means, errors, 2 * count, False)
