"""A plan of the programme put through the accounts gives the same numbers, and meets what it was asked to meet."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.replay import AGREEMENT, Plan, replay
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.problems import RegmodelBug
from regmodel.vocabulary.sets import TECHNOLOGIES, USES

SCENARIOS = {
    "as it stands": {},
    "with statements and windows": {
        "clause.to_town.enabled": True,
        "clause.urb_2025.enabled": False,
        "clause.towns_2025.reading": "window",
        "clause.key_share.reading": "central_areas",
    },
    "dry and hard pressed": {
        "record.water.dry_years": 50.0,
        "clause.cap.water_use_total.PAIR.2025.value": 13.9,
        "clause.cap.water_use_total.PAIR.2025.reading": "not_counted",
        "record.land.quota_after_2025": 45.0,
    },
    "without levers": {"lever.water_rights.enabled": False, "lever.land_swap.enabled": False},
}


def solved(case, engine, preferred=True):
    engine.fill(case)
    answer = engine.decide(preferred=preferred)
    assert answer.verdict == "feasible"
    return answer.columns


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("preferred", [True, False])
def test_a_replayed_plan_agrees_and_meets_every_clause(name, preferred, pair, pair_engine):
    """The measures of the clauses are written apart from the rows of the programme; they have to come out the same."""
    case = prepare(pair(SCENARIOS[name]))
    columns = solved(case, pair_engine, preferred)
    told = replay(case, pair_engine.compiled, columns)
    assert told.scenario == "pair:programme"
    plan = Plan(case, pair_engine.compiled, columns)
    agree(plan, told)
    measure = Measure(case, told)
    for active in case.scenario.clauses:
        found = measure.measure(active)
        if active.enabled and found is not None:
            assert found.met, (active.clause.id, found)


def agree(plan, told):
    """Needs, shortages, supplies and reserves, beside those that the replay itself compares."""
    same = {
        "water_use_industry": plan.by_region("industrial_use") - plan.by_region("shortage", "industry"),
        "water_use_agriculture": plan.by_region("irrigation_use") - plan.by_region("shortage", "irrigation"),
        "water_use_ecological": plan.by_region("ecological_use") - plan.by_region("shortage", "ecology"),
        "water_use_domestic": plan.by_region("urban_domestic_use") + plan.by_region("rural_domestic_use"),
        "water_shortage": sum(plan.by_region("shortage", use) for use in USES if use != "domestic"),
        "water_supply_groundwater": sum(plan.by_region("supply", "groundwater", use) for use in USES),
        "rural_land_released": plan.by_region("rural_land_released"),
        "reused_urban_land": plan.by_region("reused_land"),
        "new_urban_construction_land": np.cumsum(plan.by_region("new_urban_land"), axis=1),
    }
    for name, values in same.items():
        scale = np.maximum(np.abs(values), 1.0)
        assert float(np.max(np.abs(told.values[name][:, 1:] - values) / scale)) < AGREEMENT, name
    assert float(told.values["urban_land_reserve"].min()) > -1e-4
    assert float(told.values["water_shortage"].min()) > -1e-6


def test_investment_and_fields_of_a_plan_stay_within_their_limits(pair_case, pair_engine):
    """What the accounts say beside the programme: growth is paid for, and the watered land keeps its floor."""
    columns = solved(pair_case, pair_engine)
    told = replay(pair_case, pair_engine.compiled, columns)
    plan = Plan(pair_case, pair_engine.compiled, columns)
    share = pair_case.values["investment_share_limit"][:, None]
    assert (told.values["required_investment"] <= share * told.values["gdp"][:, :-1] + 1e-6).all()
    watered = sum(plan.by_region("irrigated_area", technology) for technology in TECHNOLOGIES)
    assert (watered >= pair_case.values["irrigated_area_floor"][:, None] - 1e-6).all()


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("urban_population[RIVERSIDE,2029]", "urban_population of RIVERSIDE in 2029"),
        ("gdp[UPLAND,2021]", "gdp of UPLAND in 2021"),
        ("urban_land[UPLAND,2035]", "urban_construction_land of UPLAND in 2035"),
        ("verified_saving[RIVERSIDE,2030]", "verified_saving of RIVERSIDE in 2030"),
    ],
)
def test_a_planted_disagreement_is_our_bug_and_says_where(column, words, pair_case, pair_engine):
    columns = solved(pair_case, pair_engine).copy()
    place = pair_engine.compiled.columns.index(column)
    columns[place] += 3e-6 * max(abs(columns[place]), 1.0)
    with pytest.raises(RegmodelBug, match=words.replace("(", r"\(")):
        replay(pair_case, pair_engine.compiled, columns)


def test_a_plan_of_the_shipped_regions_agrees_and_meets_every_clause(plan_case, plan_engine):
    """Thirteen regions, all clauses of the register in their first reading."""
    plan_engine.fill(plan_case)
    answer = plan_engine.decide()
    assert answer.verdict == "feasible"
    told = replay(plan_case, plan_engine.compiled, answer.columns)
    agree(Plan(plan_case, plan_engine.compiled, answer.columns), told)
    measure = Measure(plan_case, told)
    found = {active.clause.id: measure.measure(active) for active in plan_case.scenario.clauses if active.enabled}
    missed = {name: value for name, value in found.items() if value is not None and not value.met}
    assert missed == {}
    assert len([value for value in found.values() if value is not None]) >= 50
    assert told.values["gdp"].shape == (13, len(YEARS) + 1)
