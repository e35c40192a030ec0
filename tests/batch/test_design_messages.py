"""Every problem that a design can have, with its full text in both languages."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from regmodel import cli
from regmodel.batch.blocks import open_design
from regmodel.vocabulary.problems import InputProblems

CASES = sys.modules["batch_cases"]
EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", list(CASES.DESIGNS))
def test_a_problem_in_full(name, design_of):
    with pytest.raises(InputProblems) as caught:
        open_design(design_of(CASES.DESIGNS[name]))
    assert caught.value.problems.render("en") == EXPECTED[name]["en"].strip("\n")
    assert caught.value.problems.render("zh") == EXPECTED[name]["zh"].strip("\n")


def test_validate_lists_every_problem_of_a_design_at_once(design_of, capsys):
    """Three codes of three kinds in one round trip, and nothing is solved."""
    path = design_of(CASES.DESIGNS["an id twice"].replace('"pair"', '"pear"'))
    assert cli.main(["validate", str(path)]) == 1
    assert [line.rpartition("[")[2] for line in capsys.readouterr().err.splitlines() if line.endswith("]")] == [
        "B-10]",
        "S-01]",
    ]


def test_a_design_without_problems_says_how_many_scenarios_it_has(design_of, capsys):
    path = design_of(CASES.VARIES)
    assert cli.main(["validate", str(path)]) == 0
    assert "10 scenarios of pair; chunks: 1, of at most 10; numbers that vary: 2" in capsys.readouterr().out
    assert cli.main(["validate", str(path), "--lang", "zh"]) == 0
    assert "pair 的 10 个情景，分 1 块" in capsys.readouterr().out


def test_a_scenario_file_is_no_design(design_of, capsys):
    """What has no kind is judged as a scenario."""
    assert cli.main(["validate", str(design_of('name = "case"\nparent = "pair"\n'))]) == 0
    assert "scenarios of" not in capsys.readouterr().out


def test_a_design_that_is_not_there_is_told(tmp_path, capsys):
    assert cli.main(["batch", str(tmp_path / "none.toml"), "--out", str(tmp_path / "store")]) == 1
    assert "no such file" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()
