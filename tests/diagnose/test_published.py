"""Published infeasible models (published/README.md): the sets that are known, each checked again by separate solves."""

from __future__ import annotations

from pathlib import Path

import pytest

from regmodel.diagnosis.diagnose import diagnose, diagnose_model, read_model
from regmodel.diagnosis.groups import Grouping

FOLDER = Path(__file__).parent / "published"
KNOWN = {
    "galenet.mps": [("DEMAND8", "NODE5")],
    "three_rows.lp": [("con1", "con2", "con3")],
    "bounds.lp": [("c1",)],
    "capacity.lp": [("c1", "c2", "c3")],
}


def as_rows(model):
    """A model as the oracle takes it."""
    rows = {}
    for number, name in enumerate(model.rows):
        inside = range(int(model.row_start[number]), int(model.row_start[number + 1]))
        cells = {model.columns[int(model.column[entry])]: float(model.matrix[entry]) for entry in inside}
        rows[name] = (cells, float(model.low[number]), float(model.high[number]))
    columns = {
        name: (float(low), float(high))
        for name, low, high in zip(model.columns, model.column_low, model.column_high, strict=True)
    }
    return rows, columns


@pytest.mark.parametrize("name", KNOWN)
def test_the_published_sets_are_found_and_no_other(oracle, name):
    found = diagnose(FOLDER / name, seconds=30)
    rows, columns = as_rows(found.model)
    assert found.verdict == "infeasible"
    assert [conflict.groups for conflict in found.conflicts] == KNOWN[name]
    assert oracle.minimal_sets(rows, columns, oracle.alone(rows).groups) == KNOWN[name]
    assert found.complete


@pytest.mark.parametrize("name", KNOWN)
def test_every_set_is_infeasible_and_every_member_needed_by_separate_solves(oracle, name):
    found = diagnose(FOLDER / name, seconds=30)
    rows, columns = as_rows(found.model)
    for conflict in found.conflicts:
        assert conflict.proved
        assert not oracle.can_hold(rows, columns, conflict.groups)
        for left_out in conflict.groups:
            assert oracle.can_hold(rows, columns, [row for row in conflict.groups if row != left_out])


@pytest.mark.parametrize("name", KNOWN)
def test_every_way_out_lets_all_rows_hold(oracle, name):
    found = diagnose(FOLDER / name, seconds=30)
    rows, columns = as_rows(found.model)
    assert any(way.kind == "smallest" for way in found.ways_out)
    for way in found.ways_out:
        if way.applied:
            assert oracle.can_hold(oracle.changed(rows, way.changes), columns, rows)


def test_the_bounds_that_clash_stand_in_the_proof():
    """What is published of the bounds: x3 >= 0 in the first, x >= 20 and y <= 5 in the second."""
    bounds = {
        name: {
            (line.name, line.side, float(line.amount))
            for line in diagnose(FOLDER / name, seconds=30).conflicts[0].proof.lines
            if line.kind == "bound"
        }
        for name in ("three_rows.lp", "bounds.lp")
    }
    assert bounds == {"three_rows.lp": {("x3", "low", 0.0)}, "bounds.lp": {("x", "low", 20.0), ("y", "high", 5.0)}}


def test_the_network_says_what_is_missing():
    """Arcs into node 5 carry at most 10 + 10; demand 8 asks for 30 through it: 10 are missing."""
    found = diagnose(FOLDER / "galenet.mps", seconds=30)
    proof = found.conflicts[0].proof
    assert (proof.needed, proof.most, proof.gap) == (30, 20, 10)


def test_the_rows_of_a_group_count_as_one_and_hard_rows_are_never_named(oracle):
    """Supplies and demands as groups, nodes hard: demand 8 alone is then at fault."""
    model = read_model(FOLDER / "galenet.mps")
    rows, columns = as_rows(model)
    groups = {
        "supplies": ("SUPPLY1", "SUPPLY2", "SUPPLY3"),
        "towns": ("DEMAND6", "DEMAND7"),
        "far": ("DEMAND8",),
    }
    hard = ("NODE4", "NODE5")
    found = diagnose_model(model, Grouping(groups, frozenset(hard)), 30)
    assert [conflict.groups for conflict in found.conflicts] == [("far",)]
    assert oracle.minimal_sets(rows, columns, groups, hard) == [("far",)]
    assert {line.kind for line in found.conflicts[0].proof.lines} == {"soft", "hard", "bound"}
