"""The invented run and the browser for the tests of the report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from regmodel.report import write_report

HERE = Path(__file__).parent


def _beside(name: str) -> ModuleType:
    """A module that stands beside the tests; the tests themselves are no package."""
    full = f"report_tests_{name}"
    if full not in sys.modules:
        spec = spec_from_file_location(full, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[full] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[full])
    return sys.modules[full]


@pytest.fixture(scope="session")
def invented_run() -> Callable[..., Any]:
    """Makes a run over the shipped records with an invented verdict."""
    maker: Callable[..., Any] = _beside("invented_run").invented_run
    return maker


@pytest.fixture(scope="session")
def runs(invented_run: Callable[..., Any]) -> dict[str, Any]:
    """One run of each verdict."""
    return {word: invented_run(word) for word in ("feasible", "infeasible", "undecided")}


@pytest.fixture(scope="session")
def pages(runs: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """The page of a verdict in a language, written once."""
    written: dict[tuple[str, str], Path] = {}

    def page(word: str, language: Any) -> Path:
        if (word, language) not in written:
            folder = tmp_path_factory.mktemp(f"{word}-{language}")
            written[word, language] = write_report(runs[word], folder, language)
        return written[word, language]

    return page


@pytest.fixture(scope="module")
def browser(need_program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Headless Chromium with an empty profile."""
    program = need_program("chromium")
    with _beside("browser").Browser(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened
