"""The two commands of the README: what counts as success, and what is done only once."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def tasks(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    specification = importlib.util.spec_from_file_location("tasks", root / "tasks.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", tmp_path / "pyproject.toml")
    return module


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (2, 0), (3, 0), (1, 1), (4, 4), (130, 130)])
def test_every_verdict_is_a_success_and_every_problem_is_not(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch, status: int, expected: int
) -> None:
    """Feasible, not feasible and undecided are answers; a bad input, a bug and an interruption are not."""
    monkeypatch.setattr(tasks, "set_up", lambda lock: None)
    monkeypatch.setattr(tasks, "call", lambda *command: status)
    assert expected == tasks.run()


def test_a_failed_check_does_not_hide_the_next(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check runs, and one failure is enough to fail."""
    seen: list[tuple[str, ...]] = []

    def call(*command: str) -> int:
        seen.append(command)
        return 1 if command == ("mypy",) else 0

    monkeypatch.setattr(tasks, "set_up", lambda lock: None)
    monkeypatch.setattr(tasks, "call", call)
    assert tasks.test() == 1
    assert tuple(seen) == tasks.CHECKS


def test_nothing_is_installed_twice(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second set-up finds the first one's stamp; another lock or description asks for a new one."""
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "must", lambda *command: commands.append(command))
    tasks.set_up(tasks.RUN_LOCK)
    assert len(commands) == 2
    tasks.set_up(tasks.RUN_LOCK)
    assert len(commands) == 2
    (tasks.ROOT / tasks.RUN_LOCK).write_text("another version", encoding="utf-8")
    tasks.set_up(tasks.RUN_LOCK)
    assert len(commands) == 4


def test_the_development_lock_serves_a_run_too(tasks: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """After `make test`, `make run` installs nothing."""
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "must", lambda *command: commands.append(command))
    tasks.set_up(tasks.DEV_LOCK)
    tasks.set_up(tasks.RUN_LOCK)
    assert len(commands) == 2
