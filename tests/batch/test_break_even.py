"""From which value of one number on the plans hold: certified on both sides, and the same by a single run."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from regmodel import cli, load
from regmodel.batch.answers import answers_of, break_even
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.report.break_evens import lines
from regmodel.scenario.change import change
from regmodel.vocabulary.problems import InputProblems

CASES = sys.modules["batch_cases"]
EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
DECLINE = "record.water.industrial_intensity_decline"
GROWTH = "clause.output_growth.value"


def verdict(scenario, key, value):
    """By an engine of its own, as a single run decides."""
    return engine_for(prepare(change(scenario, {key: value}))).decide().verdict


@pytest.mark.parametrize(
    ("name", "key", "ends"), [("thirsty", DECLINE, (1.5, 20.0)), ("pair", CASES.CAP, (12.0, 15.0))]
)
def test_both_sides_are_what_a_single_run_says(name, key, ends, pair_shipped):
    """Where the plans fail and where they hold, at the values as they are printed; a thousandth of the way apart."""
    scenario = load(name)
    found = break_even(scenario, key, *ends)
    assert found.verdict == {"thirsty": "infeasible", "pair": "feasible"}[name]
    edge = found.at_least
    assert found.at_most is None
    assert found.open == ()
    assert verdict(scenario, key, edge.holds) == "feasible"
    assert verdict(scenario, key, edge.fails) == "infeasible"
    assert edge.fails < edge.holds < edge.fails + 3e-3 * (ends[1] - ends[0])


def test_more_growth_holds_up_to_a_most(pair_shipped):
    scenario = load("pair")
    stands = scenario.clause("output_growth").clause.value
    found = break_even(scenario, GROWTH, stands - 1, stands + 30)
    assert found.at_least is None
    assert stands <= found.at_most.holds < found.at_most.fails
    assert verdict(scenario, GROWTH, found.at_most.fails) == "infeasible"


def test_one_place_can_move_by_itself(pair_shipped):
    """The record of a region is set in its place; where the verdict is the same at both ends there is no edge."""
    found = break_even(load("thirsty"), f"{DECLINE}.UPLAND")
    assert (found.at_least, found.at_most, found.open) == (None, None, ())
    assert (found.low, found.high, found.unit) == (1.5, 4.0, "%/yr")


def test_the_command_line_says_it_in_the_printed_unit(pair_shipped, capsys):
    words = ["answers", "--break-even", DECLINE, "--scenario", "thirsty", "--high", "20"]
    assert cli.main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    edge = told["at_least"]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert f"They hold if it is at least {edge['holds']:g} % a year; at {edge['fails']:g} % a year" in said
    assert "At 1.5 % a year the answer is the same; values in between were not asked." in said
    assert cli.main([*words, "--lang", "zh"]) == 0
    assert f"只要不低于 {edge['holds']:g}%/年 即成立" in capsys.readouterr().out


def test_a_bare_ratio_has_no_unit_to_say(pair_shipped):
    found = break_even(load("thirsty"), CASES.DRY)
    said = lines(found, {}, "en")
    assert said[1] == "It stands at 0.85: the clauses do not hold jointly."
    assert said[2] == "At 0.8 the answer is the same; values in between were not asked."
    assert said[3] == "At 0.9 the answer is the same; values in between were not asked."


def test_another_setting_moves_the_edge(pair_shipped, capsys):
    """With less growth asked, less decline is enough."""
    edges = []
    for more in ([], ["--set", f"{GROWTH}=4"]):
        words = ["answers", "--break-even", CASES.CAP, "--scenario", "pair", "--low", "10", "--high", "15", *more]
        assert cli.main([*words, "--json"]) == 0
        edges.append(json.loads(capsys.readouterr().out)["at_least"]["holds"])
    assert edges[1] < edges[0]


def test_a_scenario_of_a_store_is_asked_like_any_other(serial, pair_shipped, capsys):
    found = serial.results()
    sample = found["sample"][found["verdict"] == "infeasible"].iloc[0]
    words = ["answers", str(serial.folder), "--break-even", CASES.CAP, "--scenario", sample]
    assert cli.main([*words, "--low", "12", "--high", "15", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["stands_at"] == pytest.approx(found.set_index("sample").loc[sample, CASES.CAP])
    assert told["at_least"]["holds"] > told["stands_at"]
    assert answers_of(serial).holding.joint.of == 12


def test_a_number_that_cannot_move(pair_shipped):
    for name, ask in {
        "B-45 a lever": lambda: break_even(load("pair"), "lever.reclaimed.limit"),
        "B-45 no range": lambda: break_even(load("pair"), CASES.CAP),
        "B-45 turned around": lambda: break_even(load("pair"), CASES.CAP, 15, 12),
        "B-45 above where it stands": lambda: break_even(load("pair"), GROWTH, 40, 60),
        "B-45 below where it stands": lambda: break_even(load("thirsty"), CASES.DRY, 0.8, 0.82),
    }.items():
        with pytest.raises(InputProblems) as caught:
            ask()
        for language in ("en", "zh"):
            assert caught.value.problems.render(language) == EXPECTED[name][language].strip("\n")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_that_do_not_go_together(language, serial, pair_shipped, capsys):
    store, near = str(serial.folder), serial.results()["sample"][3][:-1]
    for name, words in {
        "B-46 no such scenario": [store, "--break-even", CASES.CAP, "--scenario", f"{near}x"],
        "B-47 nothing": ["--low", "3"],
        "B-47 no scenario": ["--break-even", CASES.CAP],
    }.items():
        assert cli.main(["answers", *words, "--lang", language]) == 1
        said = re.sub(r"\d{6}-[0-9a-fx]{8}", "<id>", capsys.readouterr().err.strip("\n"))
        assert said == EXPECTED[name][language].strip("\n").replace("{place}", store)
