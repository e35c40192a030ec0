"""A run folder read again: what other runs are compared with and what other programs are given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.projection.trajectory import COLUMNS
from regmodel.runs.model import Run
from regmodel.scenario import Scenario, load
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

PROGRAMME = ":programme"
_TRAJECTORY = "trajectory.csv"
_EXPECTED = Text("a run folder, as regmodel run writes it", "regmodel run 写出的运行文件夹")
_GIVE = Text("give the path of a run folder", "请给出运行文件夹的路径")


@dataclass(frozen=True)
class StoredRun:
    """What a run folder holds; ``place`` is how it was named, ``trajectory`` has the exchange columns."""

    place: str
    scenario: Scenario
    verdict: Mapping[str, Any]
    trajectory: pd.DataFrame
    manifest: Mapping[str, Any]


def stored(run: Run | Path | str) -> StoredRun:
    """A finished run as if it had been read from its folder, or the run of a folder; raises InputProblems."""
    if isinstance(run, Run):
        place = run.scenario.name if run.folder is None else str(run.folder)
        return StoredRun(place, run.scenario, run.verdict, run.trajectory, run.manifest)
    folder = Path(run)
    problems = Problems()
    verdict, manifest = (_object(folder, name, problems) for name in ("verdict.json", "manifest.json"))
    trajectory = _table(folder, problems)
    _must_be_there(folder, "scenario.toml", problems)
    problems.raise_if_any()
    assert trajectory is not None
    return StoredRun(str(run), load(folder / "scenario.toml"), verdict, trajectory, manifest)


def read_trajectory(folder: Path) -> tuple[pd.DataFrame, Mapping[str, Any]]:
    """Trajectory and manifest of a run folder; raises InputProblems where it has none that can be read."""
    problems = Problems()
    manifest = _object(folder, "manifest.json", problems)
    frame = _table(folder, problems)
    problems.raise_if_any()
    assert frame is not None
    return frame, manifest


def refuse(problems: Problems, folder: Path, found: Text) -> None:
    """Note that a folder is no run folder, or not a whole one."""
    problems.add("X-01", str(folder), found, _EXPECTED, _GIVE)


def _must_be_there(folder: Path, name: str, problems: Problems) -> bool:
    if not folder.is_dir():
        if not any(problem.where == str(folder) for problem in problems):
            refuse(problems, folder, Text("no such folder", "没有该文件夹"))
        return False
    if not (folder / name).is_file():
        refuse(problems, folder, Text(f"no {name}", f"缺少 {name}"))
        return False
    return True


def _object(folder: Path, name: str, problems: Problems) -> dict[str, Any]:
    if not _must_be_there(folder, name, problems):
        return {}
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    refuse(problems, folder, Text(f"{name} is not the JSON that was written", f"{name} 已不是写出时的 JSON"))
    return {}


def _table(folder: Path, problems: Problems) -> pd.DataFrame | None:
    import pandas as pd

    if not _must_be_there(folder, _TRAJECTORY, problems):
        return None
    try:
        frame = pd.read_csv(folder / _TRAJECTORY, encoding="utf-8-sig")
        whole = list(frame.columns) == list(COLUMNS)
        if whole:
            return frame.astype({"year": "int64", "value": "float64"})
    except (ValueError, UnicodeDecodeError):
        pass
    found = Text(f"{_TRAJECTORY} is not the table that was written", f"{_TRAJECTORY} 已不是写出时的表格")
    refuse(problems, folder, found)
    return None
