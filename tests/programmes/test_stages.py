"""Physics, legal caps, then goals by rank: what a rank has reached is not undone by those after it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.attainability import attainability, attainability_by
from regmodel.feasibility.clause_groups import grouped
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.stages import NOTHING, stages

CAP, REUSE = "cap.water_use_total.PAIR.2025", "target.reclaimed_water_rate.PAIR.2025"
PEOPLE, NEEDS = "path.population.PAIR", "path.water_needs"
KEPT = (CAP, PEOPLE, NEEDS, REUSE, "to_town", "towns_2025", "urb_2025")
PLANTED = {
    "clause.towns_2025.value": 90.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
    "clause.to_town.enabled": True,
    "clause.to_town.value": 8.0,
    "record.population.net_migration_band": 1.0,
    f"clause.{CAP}.value": 13.0,
    f"clause.{REUSE}.value": 90.0,
    "lever.reclaimed.limit": 0.5,
}
RANKS = {CAP: 2, NEEDS: 2, REUSE: 4, "urb_2025": 4, PEOPLE: 5, "towns_2025": 5, "to_town": 7}


def planted(pair, overrides):
    off = {
        f"clause.{active.clause.id}.enabled": False
        for active in pair().clauses
        if active.clause.bounding and active.clause.id not in KEPT
    }
    return pair({**off, **overrides})


def ranked(scenario, **ranks):
    """The same scenario with other ranks of some clauses; no override sets a rank."""
    clauses = tuple(
        replace(active, clause=replace(active.clause, rank=ranks[active.clause.id]))
        if active.clause.id in ranks
        else active
        for active in scenario.clauses
    )
    return replace(scenario, clauses=clauses)


@pytest.fixture(scope="module")
def scenario(pair):
    return planted(pair, PLANTED)


@pytest.fixture(scope="module")
def case(scenario):
    return prepare(scenario)


@pytest.fixture(scope="module")
def engine(case):
    return engine_for(case)


@pytest.fixture(scope="module")
def found(case, engine):
    return stages(case, engine, feasible=False)


def test_a_feasible_scenario_holds_at_every_stage_and_nothing_is_solved(pair_case, monkeypatch):
    engine = engine_for(pair_case)
    told = stages(pair_case, engine, feasible=True)
    assert engine.solver.solves == 0
    assert all((stage.holds, stage.miss, stage.worst, stage.missed) == (True, 0.0, 0.0, ()) for stage in told)
    assert [stage.number for stage in told] == list(range(len(told)))
    assert [stage.rank for stage in told[:2]] == [None, None]
    ranks = [stage.rank for stage in told[2:]]
    assert ranks == sorted(ranks)
    assert 4 in ranks


def test_solved_stages_of_a_feasible_scenario_all_hold_too(pair_case, pair_engine):
    told = stages(pair_case, pair_engine, feasible=False)
    assert told == stages(pair_case, pair_engine, feasible=True)


def test_the_stages_are_physics_caps_and_the_ranks_there_are(found):
    assert [(stage.number, stage.rank) for stage in found] == [(0, None), (1, None), (2, 4), (3, 5), (4, 7)]
    assert [stage.name.en for stage in found[:3]] == ["physics and accounts", "legal caps", "goals of rank 4"]
    assert found[0].holds


def test_each_stage_misses_clauses_of_its_own_rank_alone(found):
    for stage, ranks in zip(found, [(), (2,), (4,), (5,), (7,)], strict=True):
        assert {RANKS[clause] for clause in stage.missed} <= set(ranks)
        assert stage.holds == (not stage.missed)
        assert (stage.miss > 0) == bool(stage.missed)


def test_where_only_the_last_rank_is_in_the_way_the_first_stages_hold(pair):
    """Water enough and a share wide enough: only the goal of rank 7 asks for more."""
    loose = {f"clause.{CAP}.value": 14.6, f"clause.{REUSE}.value": 40.0, "clause.towns_2025.value": 70.0}
    scenario = planted(pair, {**PLANTED, **loose})
    case = prepare(scenario)
    told = stages(case, engine_for(case), feasible=False)
    assert [stage.holds for stage in told] == [True, True, True, True, False]
    assert told[-1].missed == ("to_town",)
    # 7.2 more asked for on 122, at most 62.5 % of 200 in towns: 3 more.
    assert told[-1].miss == pytest.approx((7.2 - 3.0) / 122, rel=1e-4)
    assert told[-1].worst == pytest.approx(told[-1].miss, rel=1e-4)


def test_the_miss_of_a_rank_is_the_optimum_after_the_ranks_before_it(case, found):
    """Solved again without stages: later ranks let go, and so high a price on earlier ones that they come first."""
    engine = engine_for(case)
    for stage, rank, before in ((found[1], 2, None), (found[2], 4, 2)):
        engine.hold({name for name, other in RANKS.items() if other <= rank})
        prices = {rank: 1.0, before: 1e4}
        gives = [give for give in engine.gives if give.weight > 0 and RANKS.get(give.clause) in (rank, before)]
        cost = np.zeros(len(engine.compiled.columns))
        for give in gives:
            cost[give.column] = give.weight * prices[RANKS[give.clause]]
        with engine.loosened(gives):
            engine.solver.set_cost(cost)
            columns = engine.solver.solve().columns
        missed = {
            each: sum(give.weight * columns[give.column] for give in gives if RANKS[give.clause] == each)
            for each in (rank, before)
        }
        assert missed[rank] == pytest.approx(stage.miss, rel=1e-5)
        assert before is None or missed[before] == pytest.approx(found[1].miss, rel=1e-5)


def test_a_rank_misses_what_it_must_when_lower_ranks_are_left_out(pair, case, found):
    """The stages up to a rank are those of a scenario in which all later clauses are off."""
    for upto, stage in ((2, found[1]), (4, found[2]), (5, found[3])):
        off = {f"clause.{name}.enabled": False for name, rank in RANKS.items() if rank > upto}
        without = prepare(planted(pair, {**PLANTED, **off}))
        told = stages(without, engine_for(without), feasible=False)
        assert told[-1].rank == stage.rank
        assert told[-1].miss == pytest.approx(stage.miss, abs=1e-6)
        assert told[-1].missed == stage.missed


def test_the_largest_miss_is_between_an_even_share_and_the_sum(case, engine, found):
    for stage in found:
        if stage.holds:
            continue
        ends = [give for give in engine.gives if give.weight > 0 and RANKS.get(give.clause) is not None]
        number = sum(1 for give in ends if stage.rank in (None, RANKS[give.clause]))
        assert stage.miss / number - 1e-9 <= stage.worst <= stage.miss + 1e-9


def test_one_clause_that_must_miss_has_its_whole_miss_as_the_largest(found):
    last = found[-1]
    assert last.missed == ("to_town",)
    assert last.worst == pytest.approx(last.miss, abs=1e-6)


def test_another_rank_moves_the_miss(scenario, found):
    """The share goes last: the head count is met and it is the share that misses."""
    case = prepare(ranked(scenario, urb_2025=7, to_town=4))
    told = stages(case, engine_for(case), feasible=False)
    by_rank = {stage.rank: stage for stage in told}
    assert "urb_2025" in found[2].missed
    assert "urb_2025" not in by_rank[4].missed
    assert by_rank[7].missed == ("urb_2025",)


def test_a_clause_without_a_rank_comes_last(scenario):
    case = prepare(ranked(scenario, to_town=None))
    told = stages(case, engine_for(case), feasible=False)
    assert (told[-1].rank, told[-1].name.en) == (None, "goals without a rank")
    assert told[-1].missed == ("to_town",)


def test_stages_of_parts_of_clauses_are_those_of_clauses(case, found):
    engine = engine_for(case)
    engine.groups = grouped(case.shape, engine.compiled, "year")
    for one, other in zip(stages(case, engine, feasible=False), found, strict=True):
        assert (one.number, one.rank, one.missed) == (other.number, other.rank, other.missed)
        assert one.miss == pytest.approx(other.miss, abs=1e-6)


def test_an_engine_without_time_decides_no_stage(case):
    told = stages(case, engine_for(case, time_limit=0.0), feasible=False)
    assert {(stage.holds, stage.miss) for stage in told} == {(None, None)}


def test_the_engine_is_left_as_it_was(case, engine, found):
    rows, columns = engine.solver.highs.getNumRow(), engine.solver.highs.getNumCol()
    assert (rows, columns) == (len(engine.compiled.rows), len(engine.compiled.columns))
    assert all(engine.solver.column_high[give.column] == 0.0 for give in engine.gives)
    engine.hold_all()
    assert engine.decide().verdict == "infeasible"
    assert NOTHING < 1e-6


def test_attainability_by_plan_and_year_is_that_of_the_clauses_meant(scenario, case, engine):
    told = attainability_by(case, engine, feasible=False)
    kept = {CAP, PEOPLE, NEEDS}
    goals = {active.clause.id: active.clause for active in scenario.clauses if active.clause.id in set(KEPT) - kept}
    assert set(told.plans) == {clause.plan for clause in goals.values()}
    for plan, share in told.plans.items():
        asked = kept | {name for name, clause in goals.items() if clause.plan == plan}
        assert share == attainability(case, engine, asked)
    assert told.years == {2025: attainability(case, engine, kept | set(goals))}
    assert min(told.plans.values()) >= min(told.years.values()) - 2e-3


def test_a_plan_in_no_conflict_attains_all_of_its_own(pair):
    """The other plan's goals and the caps can hold together; it is this plan's goals that clash."""
    loose = {f"clause.{CAP}.value": 14.6, f"clause.{REUSE}.value": 40.0}
    case = prepare(planted(pair, {**PLANTED, **loose}))
    engine = engine_for(case)
    members = {name for conflict in find_conflicts(engine, Clock(60)).found for name in conflict.clauses}
    assert REUSE not in members
    told = attainability_by(case, engine, feasible=False)
    assert told.plans["invented"] == 1.0
    assert told.plans["invented_plan"] < 1.0


def test_attainability_by_is_one_and_unsolved_where_all_holds(pair_case):
    engine = engine_for(pair_case)
    told = attainability_by(pair_case, engine, feasible=True)
    assert engine.solver.solves == 0
    assert set(told.plans.values()) == set(told.years.values()) == {1.0}
    assert {2025, 2035} <= set(told.years)


def test_attainability_by_asks_for_clauses_whatever_the_groups_are(case, engine):
    """Where conflicts were looked for by year the groups have other names; the clauses meant are the same."""
    told = attainability_by(case, engine, feasible=False)
    apart = engine_for(case)
    apart.groups = grouped(case.shape, apart.compiled, "year")
    assert attainability_by(case, apart, feasible=False) == told
