"""Random models with conflicts in them, small enough to try every set of rows: the answer is always the same.

Rows are shuffled and multiplied by a factor each; columns have all kinds of ends; some rows are hard.
"""

from __future__ import annotations

import random
from math import inf

import pytest

from regmodel.diagnosis.diagnose import diagnose_model

SEEDS = range(220)
BATCH = 55
KINDS = [(0, inf), (0, inf), (-inf, inf), (0, 10), (-inf, 5), (2, 2)]


def invented(chance):
    """Rows around a plan that satisfies them, then some turned so that they cannot hold with others."""
    count = chance.randint(2, 4)
    columns = {f"x{number}": chance.choice(KINDS) for number in range(count)}
    plan = {
        name: chance.uniform(max(low, -9), min(high, 9)) if low < high else low for name, (low, high) in columns.items()
    }
    rows = {}
    for number in range(chance.randint(4, 7)):
        cells = {name: chance.choice([1, -1, 2, -3, 0.5, 1.25]) for name in columns if chance.random() < 0.65}
        level = sum(cells[name] * plan[name] for name in cells)
        room = round(chance.uniform(0.5, 4), 2)
        planted = chance.random() < 0.35
        side = round(level + (room if planted else -room), 3)
        low, high = chance.choice([(side, inf), (side, inf), (side, side + 2)])
        if chance.random() < 0.5:
            cells, low, high = {name: -value for name, value in cells.items()}, -high, -low
        rows[f"r{number}"] = (cells, low, high)
    hard = chance.sample(sorted(rows), chance.randint(0, 1))
    return rows, columns, hard


def disguised(rows, chance):
    """The same rows, each multiplied by a factor of its own, and their names in another order."""
    factors = {name: chance.choice([0.001, 0.04, 1, 7, 2500]) for name in rows}
    scaled = {
        name: (
            {column: value * factors[name] for column, value in cells.items()},
            low * factors[name],
            high * factors[name],
        )
        for name, (cells, low, high) in rows.items()
    }
    order = list(rows)
    chance.shuffle(order)
    return scaled, order


@pytest.mark.parametrize("batch", [SEEDS[start : start + BATCH] for start in SEEDS[::BATCH]], ids=str)
def test_exactly_the_conflicts_of_brute_force(oracle, batch):
    for seed in batch:
        chance = random.Random(seed)
        rows, columns, hard = invented(chance)
        grouping = oracle.alone(rows, hard)
        expected = oracle.minimal_sets(rows, columns, grouping.groups, hard)
        scaled, order = disguised(rows, chance)
        found = diagnose_model(oracle.model_of(scaled, columns, order), grouping, 60)
        assert found.verdict == ("infeasible" if expected else "feasible"), seed
        assert sorted(conflict.groups for conflict in found.conflicts) == expected, seed
        assert found.complete, seed
        assert all(conflict.proved for conflict in found.conflicts), seed
        for way in found.ways_out:
            if way.applied:
                assert oracle.can_hold(oracle.changed(scaled, way.changes), columns, scaled), (seed, way)


def test_the_order_of_rows_changes_nothing_at_all(oracle):
    for seed in range(300, 310):
        chance = random.Random(seed)
        rows, columns, hard = invented(chance)
        grouping = oracle.alone(rows, hard)
        first = diagnose_model(oracle.model_of(rows, columns), grouping, 60)
        order = list(rows)
        chance.shuffle(order)
        second = diagnose_model(oracle.model_of(rows, columns, order), oracle.alone(order, hard), 60)
        for part in ("verdict", "conflicts", "complete", "corrections", "ways_out", "residual"):
            assert getattr(first, part) == getattr(second, part), (seed, part)


def test_the_invented_models_are_of_all_kinds(oracle):
    """Feasible ones, one conflict, several, and conflicts of one row and of three or more."""
    counts, sizes = set(), set()
    for seed in SEEDS[:80]:
        rows, columns, hard = invented(random.Random(seed))
        sets = oracle.minimal_sets(rows, columns, oracle.alone(rows, hard).groups, hard)
        counts.add(min(len(sets), 3))
        sizes |= {min(len(one), 3) for one in sets}
    assert counts == {0, 1, 2, 3}
    assert sizes >= {1, 2, 3}
