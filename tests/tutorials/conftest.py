"""A reader who does what a page says, in an empty folder, with the two long runs that other tests make too."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SHARED = {"plan": "plan_run", "infeasible": "infeasible_run"}


@pytest.fixture(scope="session")
def walking(root: Path) -> Iterator[ModuleType]:
    """The module of docs/ that carries pages out."""
    name = "walk_of_the_pages"
    spec = importlib.util.spec_from_file_location(name, root / "docs" / "walk.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[name]


@pytest.fixture
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The command line in an empty folder; a run that the suite has made already is written there, not made again."""
    from regmodel import runs
    from regmodel.cli import main
    from regmodel.runs.folder import write_folder
    from regmodel.runs.manifest import run_id
    from regmodel.scenario import load

    really = runs.run

    def run(scenario: Any, out: Any = None, tell: Any = lambda stage: None, by: Any = "clause") -> Any:
        for name, fixture in SHARED.items():
            if out is not None and run_id(scenario, by) == run_id(load(name)):
                with pytest.MonkeyPatch.context() as meanwhile:  # the fixture itself runs it, where nobody has yet
                    meanwhile.setattr(runs, "run", really)
                    made = replace(request.getfixturevalue(fixture), folder=None)
                return replace(made, folder=write_folder(made, Path(out)))
        return really(scenario, out, tell, by)

    monkeypatch.setattr(runs, "run", run)
    monkeypatch.chdir(tmp_path)
    return main
