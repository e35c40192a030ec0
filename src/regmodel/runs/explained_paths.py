"""The paths of a run whose numbers can be explained: the projection, and the plan that the programme found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Literal

import numpy as np

from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.replay import Plan
from regmodel.projection.decisions import Decisions
from regmodel.runs.stored import stored
from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import InputProblems, Problems
from regmodel.vocabulary.texts import Text

Path = Literal["projection", "programme"]
_NO_PLAN = Text("a run without a plan that holds every clause", "该次运行没有满足全部条款的方案")
_NO_RUN = Text("a scenario, and no run of it", "情景，而非其运行结果")
_A_PLAN = Text(
    "the run folder of a feasible scenario: only its plan is stored with its decisions",
    "可行情景的运行文件夹：只有可行方案连同其决策一并保存",
)
_THEN = Text(
    "give a run folder with --run, or ask for --path projection", "请用 --run 给出运行文件夹，或改用 --path projection"
)


@dataclass(frozen=True)
class Paths:
    """A prepared scenario with the decisions of each path."""

    case: Case
    decisions: Mapping[Path, Decisions]


def paths_of(scenario: Scenario, path: Path = "projection") -> Paths:
    """The projection of a scenario; nothing is solved. Raises InputProblems where it cannot be used."""
    if path == "programme":
        problems = Problems()
        problems.add("X-14", scenario.name, _NO_RUN, _A_PLAN, _THEN)
        problems.raise_if_any()
    case = prepare(scenario)
    return Paths(case, {"projection": case.trend})


def stored_paths(folder: FilePath, path: Path) -> Paths:
    """A path of a run folder, from its scenario and its certificate; raises InputProblems."""
    paths = paths_of(stored(folder).scenario)
    if path == "projection":
        return paths
    problems = Problems()
    try:
        told = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    values = told.get("values") if isinstance(told, dict) and told.get("kind") == "primal" else None
    compiled = compiled_for(paths.case.shape)
    if not isinstance(values, dict) or not set(values) <= set(compiled.columns):
        problems.add("X-14", str(folder), _NO_PLAN, _A_PLAN, _THEN)
        raise InputProblems(problems)
    columns = np.array([float.fromhex(values.get(name, "0x0p+0")) for name in compiled.columns])
    return Paths(paths.case, {**paths.decisions, "programme": Plan(paths.case, compiled, columns).decisions()})
