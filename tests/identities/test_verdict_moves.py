"""How a verdict may move: more never makes it worse, a tighter target never better, and order does not matter."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare

FEW = settings(max_examples=6)
ORDER = {"infeasible": 0, "feasible": 1}
CLASH = {
    "clause.cap.water_use_total.PAIR.2025.value": 13.0,
    "clause.to_town.enabled": True,
    "clause.to_town.value": 12.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
}


@pytest.fixture(scope="module")
def verdict(pair, pair_engine):
    """The verdict under some overrides as a number: 0 infeasible, 1 feasible; undecided is a failure of the test."""

    def decide(overrides):
        pair_engine.fill(prepare(pair(overrides)))
        return ORDER[pair_engine.decide().verdict]

    return decide


def water(cap, quota, wells, mine):
    return {
        "clause.cap.water_use_total.PAIR.2025.value": cap,
        "clause.cap.yellow_river_consumption.PAIR.value": quota,
        "clause.cap.yellow_river_consumption.RIVERSIDE.value": quota - 1.3,
        "record.water.groundwater_glide": wells,
        "record.water.mine_water.PAIR": mine,
    }


@FEW
@given(
    cap=st.floats(12.8, 14.6),
    quota=st.floats(3.5, 5.0),
    wells=st.floats(-2.0, -0.5),
    mine=st.floats(5.0, 10.0),
    more=st.tuples(*[st.floats(0.0, 1.0)] * 4),
)
def test_more_water_never_worsens_the_verdict(verdict, cap, quota, wells, mine, more):
    less = verdict(water(cap, quota, wells, mine))
    assert verdict(water(cap + more[0], quota + more[1], wells + more[2] / 2, mine + 10 * more[3])) >= less


TIGHTER = {
    "clause.towns_2025.value": (86.0, 95.0),
    "clause.output_growth.value": (4.5, 7.5),
    "clause.target.water_per_industrial_va_change.PAIR.2025.value": (-13.0, -40.0),
    "clause.target.unconventional_water.PAIR.2025.value": (0.3, 1.5),
    "clause.new_land_2025.value": (3.0, 0.2),
}


@FEW
@given(clause=st.sampled_from(sorted(TIGHTER)), steps=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_tighter_target_never_improves_the_verdict(verdict, clause, steps):
    easy, hard = TIGHTER[clause]
    near, far = (easy + step * (hard - easy) for step in sorted(steps))
    assert verdict({clause: far}) <= verdict({clause: near})


@pytest.mark.parametrize("clause", sorted(TIGHTER))
def test_the_two_ends_of_each_tightening_differ(verdict, clause):
    """So that the test above is about something."""
    easy, hard = TIGHTER[clause]
    assert (verdict({clause: easy}), verdict({clause: hard})) == (1, 0)


def found(scenario):
    case = prepare(scenario)
    engine = engine_for(case)
    verdict = engine.decide().verdict
    conflicts = find_conflicts(engine, Clock(60)) if verdict == "infeasible" else None
    return verdict, conflicts


@pytest.fixture(scope="module")
def clash(pair):
    verdict, conflicts = found(pair(CLASH))
    assert verdict == "infeasible"
    assert conflicts.complete
    assert len(conflicts.found) >= 2
    return conflicts


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_clauses_changes_nothing(pair, clash, seed):
    """The rows stand in another order in the matrix; verdict, conflicts and corrections are the same."""
    scenario = pair(CLASH)
    order = np.random.default_rng(seed).permutation(len(scenario.clauses))
    shuffled = replace(scenario, clauses=tuple(scenario.clauses[place] for place in order))
    verdict, conflicts = found(shuffled)
    assert verdict == "infeasible"
    assert conflicts == clash


@pytest.mark.parametrize("factor", [2.0, 0.01])
def test_the_weights_of_the_objective_change_no_verdict_and_no_conflict(pair, clash, factor):
    """Every price and weight times one factor, and each by a factor of its own."""
    for own in (False, True):
        source = np.random.default_rng(3)
        scenario = pair(CLASH)
        records = {
            key: replace(record, value=record.value * factor * (source.uniform(0.5, 2) if own else 1.0))
            for key, record in scenario.book.records.items()
            if key.startswith(("lever.", "programme."))
            and key.endswith((".cost", ".price", ".gdp", ".population", ".water", ".land"))
        }
        assert len(records) == 14
        book = replace(scenario.book, records={**scenario.book.records, **records})
        verdict, conflicts = found(replace(scenario, book=book))
        assert verdict == "infeasible"
        assert conflicts == clash


def test_a_clause_off_in_each_conflict_makes_it_feasible(pair, clash, verdict):
    """Each correction, switched off in the scenario itself, cures it; each member of a conflict alone cures that."""
    assert clash.corrections
    for correction in clash.corrections:
        assert verdict({**CLASH, **{f"clause.{name}.enabled": False for name in correction}}) == 1
    others = {f"clause.{active.clause.id}.enabled": False for active in pair().clauses if active.clause.bounding}
    for conflict in clash.found:
        kept = {f"clause.{name}.enabled": True for name in conflict.clauses}
        assert verdict({**CLASH, **others, **kept}) == 0
        for name in conflict.clauses:
            assert verdict({**CLASH, **others, **kept, f"clause.{name}.enabled": False}) == 1
