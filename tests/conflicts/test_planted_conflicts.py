"""Conflicts planted in the invented pair: all of them are found, none besides, and each is proved."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.conflicts import Conflict, active_groups, find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare

PLANTED = {
    # More people in Upland's towns than the share of both allows, unless the people of both grow.
    "clause.towns_2025.value": 90.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
    "clause.to_town.enabled": True,
    "clause.to_town.value": 8.0,
    "record.population.net_migration_band": 1.0,
    # Less water than needs, and less than the river and the wells leave.
    "clause.cap.water_use_total.PAIR.2025.value": 13.0,
    "clause.target.reclaimed_water_rate.PAIR.2025.value": 90.0,
    "lever.reclaimed.limit": 0.5,
}
KEPT = (
    "cap.water_use_total.PAIR.2025",
    "path.population.PAIR",
    "path.water_needs",
    "target.reclaimed_water_rate.PAIR.2025",
    "to_town",
    "towns_2025",
    "urb_2025",
)


@pytest.fixture(scope="module")
def scenario(pair):
    """Seven clauses, planted so that several sets of them clash; all other clauses are off."""
    others = {
        f"clause.{active.clause.id}.enabled": False
        for active in pair().clauses
        if active.clause.bounding and active.clause.id not in KEPT
    }
    return prepare(pair({**others, **PLANTED}))


@pytest.fixture(scope="module")
def engine(scenario):
    return engine_for(scenario)


def minimal_sets(names, feasible):
    """All minimal infeasible sets by trying every subset, smallest first."""
    found = []
    for size in range(1, len(names) + 1):
        for subset in combinations(names, size):
            if not any(set(small) <= set(subset) for small in found) and not feasible(set(subset)):
                found.append(subset)
    return found


@pytest.fixture(scope="module")
def by_brute_force(scenario):
    """The answer of the solver alone on every subset, with no pool and no engine in between."""
    apart = engine_for(scenario)

    def feasible(subset):
        apart.hold(subset)
        apart.solver.set_cost(np.zeros(len(apart.compiled.columns)))
        apart.solver.highs.clearSolver()
        return apart.solver.solve().status == "optimal"

    return minimal_sets(sorted(KEPT), feasible)


def test_the_groups_are_the_clauses_that_are_on(engine):
    assert active_groups(engine) == sorted(KEPT)


def test_all_conflicts_are_found_and_only_those_and_each_is_proved(engine, by_brute_force):
    found = find_conflicts(engine, Clock(60))
    assert found.complete
    assert sorted(conflict.clauses for conflict in found.found) == sorted(by_brute_force)
    assert len(by_brute_force) >= 3
    assert {len(clauses) for clauses in by_brute_force} >= {1, 2, 3}
    assert all(conflict.proved for conflict in found.found)


def test_every_correction_hits_every_conflict_and_cures_them_all(engine):
    found = find_conflicts(engine, Clock(60))
    assert found.corrections
    for correction in found.corrections:
        assert all(set(correction) & set(conflict.clauses) for conflict in found.found)
        engine.hold(set(KEPT) - set(correction))
        assert engine.decide().verdict == "feasible"


def test_a_conflict_without_any_one_member_holds(engine, by_brute_force):
    for clauses in by_brute_force:
        engine.hold(set(clauses))
        assert engine.decide().verdict == "infeasible"
        for name in clauses:
            engine.hold(set(clauses) - {name})
            assert engine.decide().verdict == "feasible", (clauses, name)


def test_no_time_finds_nothing_and_says_that_it_is_not_complete(engine):
    found = find_conflicts(engine, Clock(0.0))
    assert not found.complete


def test_an_engine_that_cannot_decide_leaves_the_search_incomplete(scenario, monkeypatch):
    apart = engine_for(scenario, time_limit=0.0)
    assert find_conflicts(apart, Clock(10)).found == ()
    assert not find_conflicts(apart, Clock(10)).complete


def test_a_conflict_that_could_not_be_proved_again_says_so(engine, monkeypatch):
    monkeypatch.setattr("regmodel.feasibility.conflicts._prove", lambda engine, clauses: Conflict(clauses, False))
    found = find_conflicts(engine, Clock(60))
    assert found.found
    assert all(conflict == Conflict(conflict.clauses, False) for conflict in found.found)
