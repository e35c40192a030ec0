"""Clauses, or their parts in each year or region, as the things that may clash; the order of rows changes nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.clause_groups import GROUPINGS, clause_of, clause_positions, grouped
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare

CAP, PEOPLE, NEEDS = "cap.water_use_total.PAIR.2025", "path.population.PAIR", "path.water_needs"
PLANTED = {
    "clause.towns_2025.value": 90.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
    "record.population.net_migration_band": 1.0,
    f"clause.{CAP}.value": 13.0,
}
KEPT = (CAP, PEOPLE, NEEDS, "towns_2025", "urb_2025")
CLASHES = [(CAP, NEEDS), (PEOPLE, "towns_2025", "urb_2025")]


@pytest.fixture(scope="module")
def scenario(pair):
    off = {
        f"clause.{active.clause.id}.enabled": False
        for active in pair().clauses
        if active.clause.bounding and active.clause.id not in KEPT
    }
    return pair({**off, **PLANTED})


@pytest.fixture(scope="module")
def case(scenario):
    return prepare(scenario)


@pytest.fixture
def engine(case):
    return engine_for(case)


@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_share_out_the_rows_of_clauses_and_no_others(case, engine, by):
    groups = grouped(case.shape, engine.compiled, by)
    members = np.concatenate(list(groups.values())).tolist()
    assert len(members) == len(set(members))
    assert sorted(members) == sorted(clause_positions(engine.compiled).tolist())
    names = [name for name in engine.compiled.rows if name.startswith("clause[")]
    assert sorted(engine.compiled.rows[member] for member in members) == sorted(names)
    for name, rows in groups.items():
        assert all(clause_of(name) in engine.compiled.rows[row] for row in rows)


def test_groups_are_named_by_clause_year_and_region(case, engine):
    by_clause, by_year, by_region = (set(grouped(case.shape, engine.compiled, by)) for by in GROUPINGS)
    assert {NEEDS, PEOPLE} <= by_clause
    assert {f"{NEEDS}@2021", f"{NEEDS}@2035", f"{PEOPLE}@2025", "urb_2025@2025"} <= by_year
    assert {f"{NEEDS}@UPLAND", f"{NEEDS}@RIVERSIDE", f"{PEOPLE}@UPLAND+RIVERSIDE"} <= by_region
    assert {clause_of(name) for name in by_year} == {clause_of(name) for name in by_region} == by_clause
    year = {row.year for row in case.shape.rows if row.clause == NEEDS}
    assert {name for name in by_year if clause_of(name) == NEEDS} == {f"{NEEDS}@{each}" for each in year}


def test_the_planted_clauses_clash_as_planted(engine):
    found = find_conflicts(engine, Clock(60))
    assert found.complete
    assert [conflict.clauses for conflict in found.found] == CLASHES


@pytest.mark.parametrize("by", ["year", "region"])
def test_refined_conflicts_are_proved_and_lie_inside_those_of_clauses(case, engine, by):
    """What clashes in parts clashes whole, and every clash of clauses has one in parts inside."""
    engine.groups = grouped(case.shape, engine.compiled, by)
    found = find_conflicts(engine, Clock(60))
    assert found.found
    assert all(conflict.proved for conflict in found.found)
    inside = [{clause_of(name) for name in conflict.clauses} for conflict in found.found]
    assert all(any(set(clash) <= clauses for clash in CLASHES) for clauses in inside)
    if found.complete:
        assert all(any(clauses <= set(clash) for clauses in inside) for clash in CLASHES)


def test_by_region_both_regions_needs_are_told(case, engine):
    """The cap is on both regions together: what each of them needs leaves it too little room for the other's."""
    engine.groups = grouped(case.shape, engine.compiled, "region")
    found = find_conflicts(engine, Clock(60))
    assert found.complete
    together = f"{CAP}@UPLAND+RIVERSIDE"
    assert (together, f"{NEEDS}@RIVERSIDE", f"{NEEDS}@UPLAND") in [conflict.clauses for conflict in found.found]


def test_the_order_of_clauses_changes_no_conflict(scenario):
    """Rows of the programme follow the clauses: here they come in another order, twice."""
    for seed in (1, 2):
        order = np.random.default_rng(seed).permutation(len(scenario.clauses))
        shuffled = prepare(replace(scenario, clauses=tuple(scenario.clauses[number] for number in order)))
        engine = engine_for(shuffled)
        found = find_conflicts(engine, Clock(60))
        assert found.complete
        assert [conflict.clauses for conflict in found.found] == CLASHES
        assert all(conflict.proved for conflict in found.found)
    first = next(name for name in engine.compiled.rows if name.startswith("clause["))
    assert first != next(name for name in engine_for(prepare(scenario)).compiled.rows if name.startswith("clause["))


def test_the_weights_of_misses_change_no_conflict(engine):
    before = find_conflicts(engine, Clock(60))
    for factor in (2.0, 1e-3):
        engine.gives = tuple(replace(give, weight=factor * give.weight) for give in engine.gives)
        engine.witnesses, engine.proofs = [], []
        engine.solver.forget()
        assert find_conflicts(engine, Clock(60)) == before
