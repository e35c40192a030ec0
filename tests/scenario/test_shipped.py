"""The scenarios that come with the model: alone, as layers, and what the programme says of each."""

from __future__ import annotations

from itertools import combinations

import pytest

from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.params import convert
from regmodel.scenario import load, shipped_names
from regmodel.scenario.model import Scenario
from regmodel.scenario.resolve import build
from regmodel.vocabulary.texts import Text

VERDICTS = {
    "baseline": "feasible",
    "dry_years": "feasible",
    "high_growth": "feasible",
    "infeasible": "infeasible",
    "low_migration": "feasible",
    "plan": "feasible",
    "water_saving": "feasible",
}
WORDS = Text("Case", "示例")
LAYERS = tuple(name for name in VERDICTS if name != "plan")


def _layered(*layers: str) -> Scenario:
    return build("case", WORDS, WORDS, "plan", layers, {})


def test_these_scenarios_are_shipped() -> None:
    assert shipped_names() == tuple(VERDICTS)


@pytest.mark.parametrize("name", list(VERDICTS))
def test_each_says_what_it_is_in_both_languages(name: str) -> None:
    scenario = load(name)
    for text in (scenario.title, scenario.description):
        assert text.en != text.zh
        assert text.zh.isascii() is False
    assert all(override.reason for override in scenario.own)


@pytest.mark.parametrize("name", list(VERDICTS))
def test_each_can_be_prepared(name: str) -> None:
    assert prepare(load(name)).scenario.name == name


@pytest.mark.parametrize("name", list(VERDICTS))
def test_each_keeps_to_the_ranges_of_the_records(name: str) -> None:
    plan, scenario = load("plan"), load(name)
    for override in scenario.own:
        if override.key.startswith("record."):
            record = plan.book.records[override.key.removeprefix("record.")]
            assert record.low_value is not None
            assert record.high_value is not None
            assert isinstance(override.value, float)
            value = convert(override.value, record.printed_unit, record.unit)
            slack = 1e-12 * abs(value)
            assert record.low_value - slack <= value <= record.high_value + slack, override.key


def test_any_two_can_be_layers_of_one_scenario() -> None:
    """None sets what another sets, so that no order need be declared."""
    for pair in combinations(LAYERS, 2):
        assert {override.owner for override in _layered(*pair).overrides} == set(pair)


def test_the_baseline_has_no_target_and_keeps_caps_and_paths() -> None:
    for active in load("baseline").clauses:
        if active.clause.kind in ("target", "statement"):
            assert not active.enabled, active.clause.id
        elif active.clause.kind in ("cap", "path"):
            assert active.enabled, active.clause.id


def test_the_plan_leaves_statements_out_and_all_else_in() -> None:
    for active in load("plan").clauses:
        if active.clause.bounding:
            assert active.enabled == (active.clause.kind != "statement"), active.clause.id


def test_the_failing_scenario_differs_by_two_statements() -> None:
    plan, failing = load("plan"), load("infeasible")
    changed = [
        after.clause.id
        for before, after in zip(plan.clauses, failing.clauses, strict=True)
        if before.enabled != after.enabled
    ]
    assert sorted(changed) == ["nm_key_share_2025", "nm_to_town_2025"]
    assert failing.book == plan.book


@pytest.mark.slow
@pytest.mark.parametrize("name", list(VERDICTS))
def test_the_programme_says_of_each(name: str) -> None:
    answer = engine_for(prepare(load(name))).decide()
    assert answer.verdict == VERDICTS[name]
    assert answer.certified
