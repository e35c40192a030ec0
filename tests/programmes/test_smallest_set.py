"""The smallest set that turns a verdict, against planted ones: whatever the order, one of the smallest is found."""

from __future__ import annotations

import random

import pytest

from regmodel.feasibility.assumed_moves import Move
from regmodel.feasibility.smallest_set import Search


class Planted:
    """Trials of an invented rule: a set turns the verdict where it holds one of some planted sets."""

    def __init__(self, planted):
        self.planted = planted
        self.asked = 0

    def late(self):
        return False

    def turned(self, moves):
        self.asked += 1
        return any(planted <= set(moves) for planted in self.planted)


@pytest.mark.parametrize("seed", range(40))
def test_the_search_finds_a_smallest_set_among_planted_ones(seed):
    chance = random.Random(seed)
    moves = [Move(f"record {number:02}", ()) for number in range(chance.randint(3, 12))]
    planted = [frozenset(chance.sample(moves, chance.randint(1, min(5, len(moves))))) for _ in range(4)]
    order = moves[:]
    chance.shuffle(order)
    found = Search(Planted(planted), order, directed=True).smallest()
    assert found.proved
    assert frozenset(found.moves) in planted
    assert len(found.moves) == min(map(len, planted))
