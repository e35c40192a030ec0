"""Every problem that a scenario can have, with its full text in both languages."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from regmodel.feasibility.numbers import prepare
from regmodel.scenario import Scenario, load
from regmodel.scenario.shared import better_records
from regmodel.vocabulary.problems import InputProblems

HERE = Path(__file__).parent
EXPECTED = tomllib.loads((HERE / "problems.toml").read_text(encoding="utf-8"))


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"scenario_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = _beside("cases")
Loaded = Callable[..., Scenario]


def _expect(name: str, error: InputProblems) -> None:
    assert error.problems.render("en") == EXPECTED[name]["en"].strip("\n")
    assert error.problems.render("zh") == EXPECTED[name]["zh"].strip("\n")


@pytest.mark.parametrize("name", list(CASES.FILES))
def test_a_wrong_scenario_says_what_is_wrong(name: str, loaded: Loaded) -> None:
    case, others = CASES.FILES[name]
    with pytest.raises(InputProblems) as caught:
        loaded(case, **others)
    _expect(name, caught.value)


@pytest.mark.parametrize("name", list(CASES.PREPARING))
def test_an_override_without_effect_is_refused(name: str, loaded: Loaded) -> None:
    case, others = CASES.PREPARING[name]
    scenario = loaded(case, **others)
    with pytest.raises(InputProblems) as caught:
        prepare(scenario)
    _expect(name, caught.value)


def test_a_scenario_of_no_file_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputProblems) as caught:
        load("dry_yaers")
    _expect("scenario of no file", caught.value)


def test_a_path_of_no_file_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputProblems) as caught:
        load("runs/water_savings.toml")
    _expect("path of no file", caught.value)


def test_a_lever_without_the_record_of_its_cost_is_refused(wider_folder: Path) -> None:
    levers = wider_folder / "levers.csv"
    levers.write_text(levers.read_text(encoding="utf-8").replace("water_rights.price", "water_rights.cost"), "utf-8")
    with pytest.raises(InputProblems) as caught:
        load("plan", wider_folder)
    _expect("lever without a cost", caught.value)


def test_a_better_number_without_its_place_in_the_source_is_not_shared(loaded: Loaded) -> None:
    scenario = loaded('[override]\n"record.output.icor" = { value = 6.1, source = "A study", kind = "paper" }\n')
    with pytest.raises(InputProblems) as caught:
        better_records(scenario, date(2020, 12, 31))
    _expect("source without the place in it", caught.value)


def test_all_problems_come_at_once(loaded: Loaded) -> None:
    """One round trip mends the file, its parent and its layers."""
    with pytest.raises(InputProblems) as caught:
        loaded(
            'nmae = "x"\nparent = "elder"\nlayers = ["nowhere"]\n[override]\n"clause.nope.enabled" = 3\n',
            elder='[override]\n"lever.reclaimed.limit" = 7\n',
        )
    assert sorted(problem.code for problem in caught.value.problems) == ["S-01", "S-03", "S-07", "S-08"]


def test_a_file_that_is_named_twice_is_judged_once(loaded: Loaded) -> None:
    with pytest.raises(InputProblems) as caught:
        loaded('parent = "elder"\nlayers = ["elder"]\n', elder='nmae = "x"\n')
    assert [problem.code for problem in caught.value.problems] == ["S-03"]


def test_every_code_is_provoked(root: Path) -> None:
    """A code that no case shows would be a message nobody has read."""
    paths = [*(root / "src/regmodel/scenario").glob("*.py"), root / "src/regmodel/feasibility/watched.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in paths)
    shown = {code for case in EXPECTED.values() for code in re.findall(r"S-\d\d", case["en"])}
    assert set(re.findall(r'"(S-\d\d)"', source)) == shown


def test_every_expected_text_has_its_case() -> None:
    single = {"scenario of no file", "path of no file", "lever without a cost", "source without the place in it"}
    further = {"numbers that a new region lacks", "cells that a new region lacks"}
    assert set(EXPECTED) == {*CASES.FILES, *CASES.PREPARING, *single, *further}
