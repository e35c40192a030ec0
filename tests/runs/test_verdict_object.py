"""verdict.json is one object of the contract: every field, every clause, nothing that was not computed."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.row_units import LIMITS
from regmodel.feasibility.side_effects import moves
from regmodel.runs.verdict import clean, on_paper

RUNS = ("pair_run", "thirsty_run", "plan_run", "infeasible_run")
MODELLED = ("met", "exceeded", "missed", "already_met", "disabled")


@pytest.fixture(params=RUNS)
def finished(request):
    return request.getfixturevalue(request.param)


def numbers(value):
    if isinstance(value, dict):
        for entry in value.values():
            yield from numbers(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from numbers(entry)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def test_the_verdict_has_the_fields_of_the_contract_and_no_other(finished, schema):
    found = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in schema.iter_errors(finished.verdict)]
    assert found == []


@pytest.mark.parametrize("field", ["verdict", "run_id", "clauses", "rests_on", "binding", "certificate"])
def test_a_verdict_without_a_field_is_refused_by_the_schema(pair_run, schema, field):
    """A schema that lets everything pass would prove nothing."""
    assert not schema.is_valid({name: value for name, value in pair_run.verdict.items() if name != field})


@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": "maybe"},
        {"further": 1},
        {"attainability": 1.2},
        {"conflicts_complete": None},
        {"repairs_complete": None},
        {"confidence": {"F": 1}},
    ],
)
def test_a_verdict_with_a_wrong_value_is_refused_by_the_schema(pair_run, schema, changed):
    assert not schema.is_valid({**pair_run.verdict, **changed})


def test_every_clause_of_the_register_appears_once(finished):
    """None is lost, none counts twice, and the order is that of the register."""
    told = [row["id"] for row in finished.verdict["clauses"]]
    assert told == [active.clause.id for active in finished.scenario.clauses]
    assert max(Counter(told).values()) == 1


def test_no_clause_is_silently_unused(finished):
    """What bounds the programme says how it fared; what does not says why it has no say."""
    for row in finished.verdict["clauses"]:
        measured = row["status"] in MODELLED
        assert measured or row["status"] in ("reported", "not_decidable", "not_modelled"), row
        if row["use"] == "programme" and measured and row["status"] != "disabled":
            assert row["margin"] is not None, row


def test_a_status_agrees_with_its_margin(finished):
    for row in finished.verdict["clauses"]:
        if row["margin"] is None or row["use"] != "programme":
            continue
        if row["status"] == "missed":
            assert row["margin"] < 0, row
        elif row["status"] in ("met", "exceeded"):
            assert row["margin"] >= 0, row


def test_no_clause_in_force_is_missed_where_the_verdict_is_feasible(pair_run, plan_run):
    for finished in (pair_run, plan_run):
        assert finished.verdict["verdict"] == "feasible"
        assert [row["id"] for row in finished.verdict["clauses"] if row["status"] == "missed"] == []
        assert finished.verdict["attainability"] == 1.0


def test_where_clauses_clash_something_is_missed_and_a_conflict_is_named(thirsty_run, infeasible_run):
    for finished in (thirsty_run, infeasible_run):
        assert finished.verdict["verdict"] == "infeasible"
        assert any(row["status"] == "missed" for row in finished.verdict["clauses"])
        in_force = {active.clause.id for active in finished.scenario.clauses if active.enabled}
        assert finished.verdict["conflicts"]
        for conflict in finished.verdict["conflicts"]:
            assert set(conflict["clauses"]) <= in_force
            assert conflict["proved"] is True
            for clause in conflict["clauses"]:
                assert clause in conflict["sentence"]
                assert clause in conflict["sentence_zh"]
        assert 0 < finished.verdict["attainability"] < 1


def test_every_number_is_finite_and_json_keeps_it(finished):
    assert all(math.isfinite(value) for value in numbers(finished.verdict))
    assert json.loads(json.dumps(finished.verdict, allow_nan=False)) == finished.verdict


def test_shares_of_confidence_add_up(finished):
    """An infeasible proof reads numbers too, if only those of its clauses."""
    assert sum(finished.verdict["confidence"].values()) == pytest.approx(1.0)


def test_what_binds_is_named_by_clause_or_limit(finished):
    """Rows of clauses whose ids have a dot in them too; every clause of a proof's conflict is among them."""
    bound = {row["constraint"] for row in finished.verdict["binding"]}
    clauses = {active.clause.id for active in finished.scenario.clauses}
    assert bound
    assert all(name in clauses or name in LIMITS for name in bound)
    if finished.verdict["verdict"] == "infeasible":
        assert any(set(conflict["clauses"]) <= bound for conflict in finished.verdict["conflicts"])


def test_a_clause_with_a_dot_in_its_id_is_seen_to_bind(thirsty_run):
    bound = {(row["constraint"], row["region"], row["year"]) for row in thirsty_run.verdict["binding"]}
    assert ("cap.water_use_total.PAIR.2025", "PAIR", 2025) in bound


def test_readings_are_those_that_the_register_offers(finished):
    offered = {active.clause.id: set(active.clause.readings) for active in finished.scenario.clauses}
    for tried in finished.verdict["rests_on"]["readings"]:
        for clause, reading in tried["choices"].items():
            assert reading in offered[clause]


def test_the_grade_follows_from_the_ends(finished):
    """Whatever is assumed: infeasible at the easy end already, or feasible at the hard end still."""
    rests = finished.verdict["rests_on"]
    assert rests["central"] == finished.verdict["verdict"]
    if rests["grade"] == "whatever":
        assert rests["easy"] == rests["central"] == rests["hard"]
    else:
        assert not rests["easy"] == rests["hard"] == "feasible" or rests["central"] != "feasible"


def test_the_scenario_built_to_fail_fails_on_paper_and_the_plan_does_not(plan_run, infeasible_run):
    assert infeasible_run.verdict["rests_on"]["on_paper"] == "infeasible"
    assert infeasible_run.verdict["rests_on"]["grade"] == "whatever"
    assert plan_run.verdict["rests_on"]["on_paper"] == "undecided"


def test_a_contradiction_of_a_clause_that_is_off_says_nothing_on_paper(infeasible_run):
    """The same findings, but the two statements switched off."""
    from regmodel.scenario import load

    assert on_paper(load("plan"), infeasible_run.contradictions) == "undecided"
    assert on_paper(infeasible_run.scenario, infeasible_run.contradictions) == "infeasible"


def test_what_takes_an_assumed_number_does_not_stand_on_paper():
    """At 7.5 yuan of investment for a yuan of output, growth of 5.7 % takes 7.5 x 5.7 = 42.75 % of output, above the
    ceiling of 42 %. Both numbers are assumed: a finding of arithmetic, and none of the plans' own figures.
    """
    from regmodel.plans import contradictions
    from regmodel.scenario import load
    from regmodel.scenario.change import change

    scenario = change(load("plan"), {"record.output.icor": 7.5})
    found = {one.id: one for one in contradictions([active.clause for active in scenario.clauses], scenario.book)}[
        "output_growth.floor"
    ]
    assert (found.status, found.assumed) == ("contradiction", True)
    assert on_paper(scenario, (found,)) == "undecided"
    assert on_paper(scenario, (replace(found, assumed=False),)) == "infeasible"


@pytest.mark.parametrize(
    ("statement", "answer", "by"),
    [
        ("nm_to_town_2025", "undecided", []),  # needs the path of the region's people, which is assumed
        ("nm_key_share_2025", "infeasible", ["key_regions.whole_cities"]),  # 1132.95 of 1622.75: census and plan
    ],
)
def test_a_statement_fails_on_paper_by_printed_figures_only(statement, answer, by):
    from regmodel.plans import contradictions
    from regmodel.scenario import load
    from regmodel.scenario.change import change

    scenario = change(load("plan"), {f"clause.{statement}.enabled": True})
    found = tuple(contradictions([active.clause for active in scenario.clauses], scenario.book))
    assert on_paper(scenario, found) == answer
    assert [one.id for one in found if on_paper(scenario, (one,)) == "infeasible"] == by


def test_the_scenario_built_to_fail_fails_on_paper_by_printed_figures_only():
    """Of its two statements the one on the key regions: its share was passed before the plan began."""
    from regmodel.plans import contradictions
    from regmodel.scenario import load

    scenario = load("infeasible")
    found = tuple(contradictions([active.clause for active in scenario.clauses], scenario.book))
    assert [one.id for one in found if on_paper(scenario, (one,)) == "infeasible"] == ["key_regions.whole_cities"]


def test_a_finding_of_arithmetic_says_whether_it_takes_an_assumed_number(finished):
    told = {one["id"]: one["assumed"] for one in finished.verdict["contradictions"]}
    assert told == {one.id: one.assumed for one in finished.contradictions}


def test_a_number_that_is_none_becomes_null():
    """JSON has no infinity; a reader must not meet one."""
    assert clean({"a": float("inf"), "b": (1, float("nan")), "c": True}) == {"a": None, "b": [1, None], "c": True}


def test_a_clause_says_what_the_trend_gives_in_the_same_year(finished):
    """The urban share of the trend in the trajectory is the one beside the clause, and nothing stands for nothing."""
    path = finished.trajectory
    trend = path[(path.scenario == finished.scenario.name) & (path.variable == "urbanisation_rate")]
    shares = {(region, year): value for region, year, value in zip(trend.region, trend.year, trend.value, strict=True)}
    asked = 0
    for row in finished.verdict["clauses"]:
        clause = finished.scenario.clause(row["id"]).clause
        assert (row["trend"] is None) <= (row["value"] is None or row["low"] is row["high"] is None), row
        if clause.variable == "urbanisation_rate" and row["trend"] is not None:
            asked += 1
            assert row["trend"] == pytest.approx(shares[clause.region, row["year"]])
    assert asked


def test_only_a_missed_clause_says_what_it_comes_to_by_itself(finished):
    for row in finished.verdict["clauses"]:
        assert row["by_itself"] is None or row["status"] == "missed", row


def test_what_a_missed_clause_comes_to_by_itself_can_be_asked_for_and_no_more(thirsty_run, pair):
    """Every target of the pair taken out of force, the cap holds at the value that is told, and not at one less."""
    (missed,) = [row for row in thirsty_run.verdict["clauses"] if row["status"] == "missed"]
    targets = [one.clause.id for one in thirsty_run.scenario.clauses if one.clause.kind == "target" and one.enabled]
    alone = {f"clause.{name}.enabled": False for name in targets}
    asked = f"clause.{missed['id']}.value"
    for value, verdict in ((missed["by_itself"], "feasible"), (missed["by_itself"] - 0.01, "infeasible")):
        case = prepare(pair({**alone, asked: value}))
        assert engine_for(case).decide().verdict == verdict


def test_a_way_out_that_holds_says_what_else_moves(thirsty_run):
    """Each move stands on one side of the trend of the trajectory, as far from it as it says."""
    path = thirsty_run.trajectory
    trend = path[path.scenario == thirsty_run.scenario.name].set_index(["region", "variable", "year"]).value
    for repair in thirsty_run.verdict["repairs"]:
        assert bool(repair["moves"]) == repair["applied"]
        for move in repair["moves"] or []:
            assert move["trend"] == pytest.approx(trend[move["region"], move["variable"], move["year"]])
            assert move["change"] == pytest.approx(move["value"] / move["trend"] - 1)


def test_what_moves_furthest_is_told_on_both_sides_of_the_trend():
    """Residents 100 and 50 become 90 and 75: 10 % fewer, half as many more; output stays; farms' water only falls."""
    trend = {"population": [[100.0, 100.0], [50.0, 50.0]], "gdp": [[7.0, 7.0]], "water_use_agriculture": [[4.0, 0.0]]}
    plan = {"population": [[100.0, 90.0], [75.0, 60.0]], "gdp": [[7.0, 7.0]], "water_use_agriculture": [[3.0, 1.0]]}
    there, here = (
        SimpleNamespace(values={name: np.array(values) for name, values in path.items()}) for path in (trend, plan)
    )
    told = [(one.variable, one.region, one.year, round(one.change, 9)) for one in moves(here, there, ["A", "B"])]
    assert told == [
        ("population", "A", 2021, -0.1),
        ("population", "B", 2020, 0.5),
        ("water_use_agriculture", "A", 2020, -0.25),
    ]
