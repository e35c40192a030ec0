"""A toy with conflicts that can be seen by eye: exactly those, each proved, and the ways out worked out by hand.

Two towns share a river of 10. Upper asks for at least 7, Lower for at least 6; a treaty gives Lower as much as Upper;
and nobody may take more than 5. So:
  upper + lower = 13 > 10                        {lower, river, upper}
  upper >= 7 > 5                                 {most, upper}       lower >= 6 > 5   {most, lower}
  lower >= upper >= 7, together 14 > 10          {river, treaty, upper}
"""

from __future__ import annotations

from itertools import combinations
from math import inf

import pytest

from regmodel.diagnosis.diagnose import diagnose_model
from regmodel.diagnosis.groups import Grouping

COLUMNS = {"u": (0, inf), "l": (0, inf)}
ROWS = {
    "upper": ({"u": 1}, 7, inf),
    "lower": ({"l": 1}, 6, inf),
    "river": ({"u": 1, "l": 1}, -inf, 10),
    "treaty": ({"l": 1, "u": -1}, 0, inf),
    "most_u": ({"u": 1}, -inf, 5),
    "most_l": ({"l": 1}, -inf, 5),
}
GROUPS = {
    "upper": ("upper",),
    "lower": ("lower",),
    "river": ("river",),
    "treaty": ("treaty",),
    "most": ("most_u", "most_l"),
}
CONFLICTS = [("lower", "most"), ("lower", "river", "upper"), ("most", "upper"), ("river", "treaty", "upper")]


@pytest.fixture(scope="module")
def found(oracle):
    return diagnose_model(oracle.model_of(ROWS, COLUMNS), Grouping(GROUPS, frozenset()), 60)


def test_exactly_the_conflicts_that_brute_force_finds(oracle, found):
    assert oracle.minimal_sets(ROWS, COLUMNS, GROUPS) == CONFLICTS
    assert sorted(conflict.groups for conflict in found.conflicts) == CONFLICTS
    assert found.verdict == "infeasible"
    assert found.complete
    assert all(conflict.proved for conflict in found.conflicts)


def test_the_proof_can_be_added_up_by_hand(found):
    conflict = next(one for one in found.conflicts if one.groups == ("lower", "river", "upper"))
    lines = {line.name: (line.weight, line.amount) for line in conflict.proof.lines}
    assert lines == {"lower": (1, 6), "upper": (1, 7), "river": (-1, 10)}
    assert (conflict.proof.needed, conflict.proof.most, conflict.proof.gap) == (3, 0, 3)


def test_corrections_are_all_minimal_sets_that_hit_every_conflict(found):
    hitting = [
        set(subset)
        for size in range(1, 6)
        for subset in combinations(sorted(GROUPS), size)
        if all(set(subset) & set(conflict) for conflict in CONFLICTS)
    ]
    minimal = [one for one in hitting if not any(other < one for other in hitting)]
    assert sorted(map(sorted, found.corrections)) == sorted(map(sorted, minimal))


def test_fewest_changes_two_groups_and_each_tie_is_told(found):
    """{upper, lower}, {upper, most}, {lower, ...}: of five groups, two have to give, in every tie of two."""
    ties = [groups for groups in found.corrections if len(groups) == 2]
    told = [{change.group for change in way.changes} for way in found.ways_out if way.kind == "fewest"]
    assert sorted(map(sorted, told)) == sorted(map(sorted, ties))
    assert len(ties) >= 2


def test_the_smallest_change_is_the_one_worked_out_by_hand(found):
    """Upper and Lower down to 5 each: 2 of 7 and 1 of 6, in all 0.452; any other way costs more.

    Raising most to 5 + d twice costs 2 d / 5 for what a cut of Upper by d gives at d / 7.
    """
    way = next(way for way in found.ways_out if way.kind == "smallest")
    assert {(change.row, change.side, change.start, change.end) for change in way.changes} == {
        ("upper", "low", 7, 5),
        ("lower", "low", 6, 5),
    }
    assert way.changed == pytest.approx(2 / 7 + 1 / 6)


def test_no_group_alone_can_mend_it(found):
    ways = [way for way in found.ways_out if way.kind == "alone"]
    assert sorted(way.changes[0].group for way in ways) == sorted(GROUPS)
    assert all(way.changes[0].end is None and not way.applied for way in ways)


def test_every_way_out_that_is_applied_lets_the_rows_hold(oracle, found):
    ways = [way for way in found.ways_out if way.applied]
    assert len(ways) >= 3
    for way in ways:
        assert oracle.can_hold(oracle.changed(ROWS, way.changes), COLUMNS, ROWS)


def test_one_group_alone_tells_the_end_that_is_just_enough(oracle):
    """Without the treaty and the most, Upper alone has to come down to 4, or the river up to 13."""
    rows = {name: ROWS[name] for name in ("upper", "lower", "river")}
    found = diagnose_model(oracle.model_of(rows, COLUMNS), oracle.alone(rows), 60)
    told = {(way.changes[0].row, way.changes[0].end) for way in found.ways_out if way.kind == "alone"}
    assert told == {("upper", 4), ("lower", 3), ("river", 13)}


def test_rows_that_can_hold_are_feasible_with_a_plan(oracle):
    rows = {name: ROWS[name] for name in ("lower", "river", "treaty")}
    found = diagnose_model(oracle.model_of(rows, COLUMNS), oracle.alone(rows), 60)
    assert found.verdict == "feasible"
    assert found.residual <= 1e-6
    assert not found.conflicts
    assert not found.ways_out
