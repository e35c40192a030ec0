"""From a number to its equation: the numbers put in give the number again, and every input says where it is from."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from regmodel import cli
from regmodel.commands.explain import as_text
from regmodel.projection.trajectory import PRINTED
from regmodel.runs.equation_calls import calls_during
from regmodel.runs.explained_names import DECIDED, SUMS, SUPPLIES
from regmodel.runs.explained_paths import paths_of
from regmodel.runs.explaining import RATE, VARIABLES, Explainer
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
CASES = {
    "X-11": ["water_need"],
    "X-12": ["water_needed", "--region", "UPLANDS"],
    "X-13": ["water_needed", "--year", "2036"],
    "X-13 later": ["natural_increase", "--region", "UPLAND", "--year", "2020"],
    "X-14": ["water_needed", "--path", "programme"],
    "all at once": ["water_need", "--region", "UPLANDS", "--year", "2036"],
}


@pytest.fixture(scope="module")
def explainer(pair_scenario):
    return Explainer(paths_of(pair_scenario), "projection")


@pytest.fixture(scope="module")
def pair_scenario(pair_case):
    return pair_case.scenario


@pytest.mark.parametrize("variable", VARIABLES)
def test_every_variable_is_explained_in_every_later_year(variable, explainer):
    """An equation, parts that add up, or a decision; never nothing. The value is that of the trajectory."""
    for place in explainer.regions.ids():
        for year in range(BASE_YEAR + 1, LAST_YEAR + 1):
            told = explainer.explain(variable, place, year)
            assert told.equation is not None or told.parts or told.decided
            if told.parts:
                assert sum(part.value for part in told.parts) == pytest.approx(told.value, rel=1e-12, abs=1e-12)
            if variable != RATE:
                series = explainer.told[variable][explainer.regions.indices(place)[0]]
                assert told.value == PRINTED[variable][1] * series[year - LAST_YEAR - 1]


def test_what_is_called_decided_is_a_decision(explainer):
    place = explainer.regions.ids()[0]
    decided = {name for name in VARIABLES if explainer.explain(name, place, 2030).decided}
    assert decided == set(DECIDED)


def test_an_equation_with_its_numbers_gives_the_number(explainer):
    """The function is called again with the inputs as told: the result is what the trajectory holds."""
    checked = 0
    for variable in set(VARIABLES) - set(SUMS) - set(SUPPLIES) - set(DECIDED):
        for place in explainer.regions.ids():
            told = explainer.explain(variable, place, 2031)
            assert told.equation is not None, variable
            again = told.equation.function(**{one.name: one.value for one in told.inputs})
            assert again == pytest.approx(told.result, rel=1e-12, abs=1e-9)
            checked += 1
    assert checked >= 30


def test_a_worked_example_by_hand(explainer):
    """The urban share of a region: town residents over all residents of the same year, times 100 in per cent."""
    place = explainer.regions.ids()[0]
    urban = explainer.explain("urban_population", place, 2030).value
    people = explainer.explain("population", place, 2030).value
    told = explainer.explain(RATE, place, 2030)
    assert told.value == pytest.approx(100 * urban / people, rel=1e-12)
    assert told.with_numbers == f"{urban:.6g} / {people:.6g}"
    assert [(one.variable, one.year) for one in told.inputs] == [("urban_population", 2030), ("population", 2030)]


def test_a_set_is_the_sum_of_its_regions_and_its_share_is_of_its_people(explainer):
    home = explainer.regions.home
    told = explainer.explain("population", home, 2030)
    ids = explainer.regions.ids()
    members = [ids[one] for one in explainer.regions.indices(home)]
    assert [part.name for part in told.parts] == members
    assert told.value == pytest.approx(sum(explainer.explain("population", one, 2030).value for one in members))
    share = explainer.explain(RATE, home, 2030)
    assert share.value == pytest.approx(100 * explainer.explain("urban_population", home, 2030).value / told.value)


def test_an_opening_stock_is_that_of_the_year_before(explainer):
    place = explainer.regions.ids()[0]
    told = explainer.explain("urban_population", place, 2030)
    opening = next(one for one in told.inputs if one.name == "opening_urban_population")
    assert (opening.variable, opening.year) == ("urban_population", 2029)
    assert opening.value == explainer.explain("urban_population", place, 2029).value


def test_every_input_that_is_a_variable_stands_in_the_trajectory_as_told(explainer):
    """Also where a stock stands still and several years have the same value: the inputs are of the year asked for."""
    checked = 0
    for variable in VARIABLES:
        for place in explainer.regions.ids():
            for year in range(BASE_YEAR + 1, LAST_YEAR + 1):
                for one in explainer.explain(variable, place, year).inputs:
                    if one.variable is None or one.variable == RATE:
                        continue
                    series = explainer.told[one.variable][explainer.regions.indices(place)[0]]
                    assert one.value == series[one.year - LAST_YEAR - 1], (variable, place, year, one.name)
                    checked += 1
    assert checked > 500


def test_a_number_of_the_base_year_is_never_left_without_a_word(explainer):
    for variable in VARIABLES:
        for place in explainer.regions.ids():
            if explainer._first(variable if variable != RATE else "population") > BASE_YEAR:
                continue
            told = explainer.explain(variable, place, BASE_YEAR)
            assert told.equation is not None or told.parts or told.sources or told.base


def test_a_further_question_is_about_the_same_run(pair_folders, pair_shipped, capsys):
    folder = str(pair_folders["pair"])
    assert cli.main(["explain", "population", "--region", "UPLAND", "--run", folder, "--path", "programme"]) == 0
    text = capsys.readouterr().out
    assert f"regmodel explain urban_population --region UPLAND --year 2035 --run {folder} --path programme" in text
    assert cli.main(["explain", "gdp", "--run", folder, "--scenario", "pair"]) == 1


def test_a_coefficient_names_the_records_that_it_is_made_of(explainer):
    """The investment per new output stands by one record: its key, document, place and confidence are told."""
    told = explainer.explain("required_investment", explainer.regions.ids()[0], 2030)
    icor = next(one for one in told.inputs if one.name == "icor")
    record = explainer.case.scenario.book.records["output.icor"]
    (source,) = icor.sources
    assert (source.key, source.printed, source.confidence) == (record.key, record.printed, record.confidence)
    assert icor.value == record.value
    assert source.where == record.where


def test_watching_leaves_results_and_profilers_alone(pair_case):
    import sys

    from regmodel.projection.accounts import account

    def mine(*_: object) -> None:
        return None

    sys.setprofile(mine)
    try:
        told, calls = calls_during(lambda: account(pair_case.paths, pair_case.trend))
        assert sys.getprofile() is mine
    finally:
        sys.setprofile(None)
    alone = account(pair_case.paths, pair_case.trend)
    assert all(np.array_equal(told[name], alone[name]) for name in alone)
    assert {call.equation.name for call in calls} >= {"water.total_use", "population.population", "output.gdp"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_a_message_in_full(name, language, pair_shipped, capsys):
    assert cli.main(["explain", *CASES[name], "--scenario", "pair", "--lang", language]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip("\n") == EXPECTED[name][language].strip("\n")


def test_every_code_is_provoked(root):
    source = (root / "src/regmodel/runs/explaining.py").read_text(encoding="utf-8")
    source += (root / "src/regmodel/runs/explained_paths.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\bX-\d\d\b", source)) == {name.split()[0] for name in CASES if name.startswith("X-")}
    assert set(CASES) == set(EXPECTED)


def test_the_command_tells_file_and_line_and_says_the_same_as_json(pair_shipped, capsys, root):
    asked = ["explain", "water_needed", "--scenario", "pair", "--year", "2030", "--region", "UPLAND"]
    assert cli.main(asked) == 0
    text = capsys.readouterr().out
    assert cli.main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    place, line = told["equation"]["place"].split(":")
    assert f"{place}:{line}" in text
    assert told["equation"]["with_numbers"] in text
    assert '"water.total_use"' in "".join(
        (root / place).read_text(encoding="utf-8").splitlines(keepends=True)[int(line) :][:2]
    )
    assert cli.main([*asked, "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert "方程" in chinese
    assert "百万 m³/年" in chinese
    assert not re.search(r"hm3|wan_|yi_|dimensionless|10\^", chinese)
    assert "Text(" not in text + chinese


def test_a_number_of_the_plan_is_explained_from_the_run_folder(pair_folders, pair_shipped, capsys):
    """What trajectory.csv holds of the programme's plan is what the equation gives with the decisions of the plan."""
    import pandas as pd

    folder = pair_folders["pair"]
    frame = pd.read_csv(folder / "trajectory.csv", encoding="utf-8-sig")
    for variable in ("water_needed", "urban_population", "gdp", "water_use_total"):
        asked = ["explain", variable, "--region", "UPLAND", "--year", "2030", "--run", str(folder)]
        assert cli.main([*asked, "--path", "programme", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        rows = frame[(frame.scenario == "pair:programme") & (frame.region == "UPLAND") & (frame.year == 2030)]
        (stored,) = rows[rows.variable == variable].value
        assert told["value"] == pytest.approx(stored, rel=1e-12)


def test_an_infeasible_run_has_no_plan_to_explain(pair_folders, pair_shipped, capsys):
    asked = ["explain", "gdp", "--run", str(pair_folders["thirsty"]), "--path", "programme"]
    assert cli.main(asked) == 1
    assert "[X-14]" in capsys.readouterr().err


def test_the_rounding_of_a_difference_is_not_shown_as_a_number(explainer):
    """Use less what is supplied leaves the last bit: in words that is nothing, a small number stays what it is."""
    told = explainer.explain("water_shortage", "UPLAND", 2030)
    head = {value: as_text(replace(told, value=value), "en").splitlines()[0] for value in (-2.8e-16, 2.5e-6)}
    assert ": 0 " in head[-2.8e-16]
    assert ": 2.5e-06 " in head[2.5e-6]
