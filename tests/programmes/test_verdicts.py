"""Three words, and what stands behind each: nothing that is not certified outside the solver becomes a verdict."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.certificate import TOLERANCE, check_exact, check_float, clip, residual
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.solver import Solution

THIRSTY = {"clause.cap.water_use_total.PAIR.2025.value": 13.0}


@pytest.fixture(scope="module")
def thirsty_case(pair):
    """The pair under a cap that its needs pass by far."""
    return prepare(pair(THIRSTY))


@pytest.fixture
def feasible(pair_case):
    return engine_for(pair_case)


@pytest.fixture
def infeasible(thirsty_case):
    return engine_for(thirsty_case)


def test_the_pair_is_feasible_with_a_plan_that_leaves_no_residual(feasible):
    answer = feasible.decide()
    assert answer.verdict == "feasible"
    assert answer.residual <= TOLERANCE
    assert residual(answer.columns, feasible.system()) == answer.residual


def test_a_time_limit_is_undecided_and_never_a_verdict(pair_case, thirsty_case):
    """Feasible or not, a solver that had no time has nothing to say."""
    for case in (pair_case, thirsty_case):
        answer = engine_for(case, time_limit=0.0).decide()
        assert answer.verdict == "undecided"
        assert not answer.certified
        assert len(answer.columns) == len(answer.multipliers) == 0


@pytest.mark.parametrize("spoil", [1e-3, -1e-3, np.nan, np.inf])
def test_an_optimal_point_with_a_residual_is_undecided(feasible, monkeypatch, spoil):
    """The solver says optimal; the plan that it hands over breaks a balance: it is not believed."""
    columns = feasible.solver.solve().columns
    columns[feasible.compiled.columns.index("urban_population[UPLAND,2030]")] += spoil
    nothing = np.empty(0)
    monkeypatch.setattr(feasible.solver, "_attempt", lambda *_: Solution("optimal", 0.0, columns, nothing, nothing))
    assert feasible.decide().verdict == "undecided"
    assert feasible.witnesses == []


def test_a_residual_below_the_tolerance_is_let_pass(feasible, monkeypatch):
    columns = feasible.solver.solve().columns
    columns[feasible.compiled.columns.index("urban_population[UPLAND,2030]")] += 1e-8
    nothing = np.empty(0)
    monkeypatch.setattr(feasible.solver, "_attempt", lambda *_: Solution("optimal", 0.0, columns, nothing, nothing))
    answer = feasible.decide()
    assert answer.verdict == "feasible"
    assert 0 < answer.residual <= TOLERANCE


def test_a_plan_outside_its_bounds_is_undecided(feasible, monkeypatch):
    """A clause that gives way is a clause broken, however well the rows add up."""
    with feasible.loosened(feasible.gives, 1.0):
        columns = feasible.solver.solve().columns
    columns[[give.column for give in feasible.gives]] += 1e-3
    assert residual(columns, feasible.system()) >= 1e-3


def test_infeasible_is_said_with_a_proof_that_holds_in_float_and_in_exact_rationals(infeasible):
    answer = infeasible.decide()
    assert answer.verdict == "infeasible"
    rows = infeasible.system()
    assert check_float(answer.multipliers, rows).proved
    assert check_exact(exact(answer.multipliers), rows).proved


def exact(multipliers):
    return {int(row): Fraction(float(multipliers[row])) for row in np.flatnonzero(multipliers)}


def test_a_proof_with_one_multiplier_changed_proves_nothing(infeasible):
    """The heaviest multipliers on balances in turn: doubled, turned round or dropped, and neither check accepts it."""
    answer, rows = infeasible.decide(), infeasible.system()
    weights = np.where(rows.low == rows.high, np.abs(answer.multipliers), 0.0)
    for row in np.argsort(-weights)[:5]:
        for factor in (2.0, -1.0, 0.0):
            spoilt = answer.multipliers.copy()
            spoilt[row] *= factor
            assert not check_float(spoilt, rows).proved, (infeasible.compiled.rows[row], factor)
            assert not check_exact(exact(spoilt), rows).proved, (infeasible.compiled.rows[row], factor)


def test_a_proof_of_one_system_is_no_proof_of_another(infeasible, feasible):
    """The multipliers of the thirsty pair prove nothing where the cap is wide."""
    multipliers = infeasible.decide().multipliers
    rows = feasible.system()
    assert not check_float(clip(multipliers, rows), rows).proved
    assert not check_exact(exact(clip(multipliers, rows)), rows).proved


def test_a_multiplier_on_a_side_that_is_open_proves_nothing(infeasible):
    rows = infeasible.system()
    open_above = int(np.flatnonzero(~np.isfinite(rows.high))[0])
    assert not check_exact({open_above: Fraction(-1)}, rows).proved
    alone = np.zeros(len(rows.rows))
    alone[open_above] = -1.0
    assert clip(alone, rows)[open_above] == 0.0


def test_an_infeasible_status_without_a_proof_is_undecided(infeasible, monkeypatch):
    monkeypatch.setattr("regmodel.feasibility.engine.clip", lambda multipliers, rows: np.zeros(len(rows.rows)))
    assert infeasible.decide().verdict == "undecided"
    assert infeasible.proofs == []


def test_the_pool_gives_no_verdict_that_a_cold_engine_does_not_give(pair, pair_case, infeasible):
    """One engine through a row of scenarios, each beside an engine of its own; the pool has to earn its answers."""
    for cap in (13.0, 14.2, 13.1, 13.0):
        case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": cap}))
        infeasible.fill(case)
        assert infeasible.decide().verdict == engine_for(case).decide().verdict, cap
    assert infeasible.from_pool >= 1


def test_the_smallest_shortfall_is_measured_in_the_clause_that_is_missed(pair):
    """With nothing but the region's cap to give way, what it gives is what the tightest feasible cap has more."""
    loose = {"clause.cap.water_use_total.UPLAND.2025.enabled": False}
    case = prepare(pair({**loose, **THIRSTY}))
    engine = engine_for(case)
    columns = engine.shortfall().columns
    missed = {(give.clause, give.side): columns[give.column] for give in engine.gives if columns[give.column] > 1e-8}
    assert set(missed) == {("cap.water_use_total.PAIR.2025", "high")}
    over = max(missed.values())  # 10^8 m3, as the cap is printed
    for slack, verdict in ((1.001, "feasible"), (0.999, "infeasible")):
        cap = 13.0 + over * slack
        engine.fill(prepare(pair({**loose, "clause.cap.water_use_total.PAIR.2025.value": cap})))
        assert engine.decide().verdict == verdict


def test_holding_no_clause_leaves_physics_which_holds(infeasible):
    infeasible.hold(set())
    assert infeasible.decide().verdict == "feasible"
    infeasible.hold_all()
    assert infeasible.decide().verdict == "infeasible"


def test_the_preferred_plan_costs_no_more_than_any_other(feasible):
    some, best = feasible.decide(), feasible.decide(preferred=True)
    cost = feasible.preference
    assert cost @ best.columns <= cost @ some.columns + 1e-6
    assert cost @ best.columns == pytest.approx(best.solution.objective)


def test_physics_that_cannot_hold_is_proved_without_any_clause(pair):
    """Half the jobs of the base year are gone at once, faster than output may shrink: no clause is to blame."""
    engine = engine_for(prepare(pair({"record.output.job_slack": 0.5})))
    engine.hold(set())
    answer = engine.decide()
    assert answer.verdict == "infeasible"
    assert check_exact(exact(answer.multipliers), engine.system()).proved
    found = find_conflicts(engine, Clock(30))
    assert [conflict.clauses for conflict in found.found] == [()]
    assert found.complete
