"""What holds for every test: fixed seeds, no network but this machine, and no silent skip where none is allowed."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from regmodel.feasibility.engine import Engine
    from regmodel.feasibility.numbers import Case
    from regmodel.runs import Run
    from regmodel.scenario import Scenario

ROOT = Path(__file__).resolve().parents[1]
NO_SKIP = os.environ.get("REGMODEL_NO_SKIP") == "1"
PROGRAMS = {
    "libreoffice": ("soffice", "libreoffice"),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "pdftoppm": ("pdftoppm",),
    "pdftotext": ("pdftotext",),
}

settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and REGMODEL_NO_SKIP=1 allows no skip: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test counts as failed where nothing may be skipped."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a whole file that skips itself."""
    report = yield
    _fail_if_skipped(report)
    return report


def _stays_here(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    return host in ("localhost", "::1", "") or host.startswith("127.")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    patch = pytest.MonkeyPatch()

    def guarded(name: str) -> Callable[[socket.socket, Any], Any]:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if not _stays_here(self.family, address):
                raise AssertionError(f"a test tried to reach {address!r}; tests use this machine only")
            return original(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, guarded(name))
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def same_surroundings() -> Iterator[None]:
    """One language and one clock for every machine and for the programs that tests start."""
    patch = pytest.MonkeyPatch()
    patch.setenv("LANG", "C.UTF-8")
    patch.setenv("LC_ALL", "C.UTF-8")
    patch.setenv("TZ", "UTC")
    patch.setenv("PYTHONUTF8", "1")
    patch.setenv("REGMODEL_CACHE", str(ROOT / "build" / "cache"))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where tests leave pictures and pages for people to look at."""
    folder = ROOT / "build" / "artefacts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def need_program() -> Callable[[str], str]:
    """The path of a program that a test starts, or a skip that says so; the names are those of ``PROGRAMS``."""

    def find(name: str) -> str:
        for candidate in PROGRAMS[name]:
            path = shutil.which(candidate)
            if path is not None:
                return path
        return pytest.skip(f"{name} is not installed on this machine; .ci/run installs it on Debian")

    return find


PAIR = ROOT / "tests" / "golden" / "pair"
FORMAT = (
    "clause_units",
    "clause_uses",
    "conversions",
    "levers",
    "load_classes",
    "readings",
    "sectors",
    "source_kinds",
    "water_sources",
    "wording",
)


@pytest.fixture(scope="session")
def pair_params(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Params of the invented pair: its own records, with the tables of units, wordings and sectors as shipped."""
    folder = tmp_path_factory.mktemp("pair") / "params"
    shutil.copytree(PAIR, folder)
    for table in FORMAT:
        shutil.copy(ROOT / "params" / f"{table}.csv", folder)
    return folder


@pytest.fixture(scope="session")
def pair(pair_params: Path) -> Callable[..., Scenario]:
    """A scenario of the invented pair with overrides, by key, in printed units."""
    from regmodel.scenario import Override, ScenarioFile, resolve
    from regmodel.vocabulary.texts import Text

    def make(overrides: dict[str, float | bool | str] | None = None) -> Scenario:
        own = tuple(Override(key, value, None, "pair") for key, value in (overrides or {}).items())
        words = Text("the invented pair", "虚构两地")
        return resolve(ScenarioFile("pair", words, words, None, (), False, own), params=pair_params)

    return make


@pytest.fixture(scope="session")
def pair_case(pair: Callable[..., Scenario]) -> Case:
    """The invented pair without overrides, prepared."""
    from regmodel.feasibility.numbers import prepare

    return prepare(pair())


@pytest.fixture(scope="session")
def pair_engine(pair_case: Case) -> Engine:
    """One engine for the invented pair; whoever uses it fills it with a case first."""
    from regmodel.feasibility.engine import engine_for

    return engine_for(pair_case)


@pytest.fixture(scope="session")
def plan_case() -> Case:
    """The shipped plan scenario, prepared."""
    from regmodel.feasibility.numbers import prepare
    from regmodel.scenario import load

    return prepare(load("plan"))


@pytest.fixture(scope="session")
def plan_engine(plan_case: Case) -> Engine:
    """One engine for the shipped regions; whoever uses it fills it with a case first."""
    from regmodel.feasibility.engine import engine_for

    return engine_for(plan_case)


@pytest.fixture(scope="session")
def plan_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run of the shipped plan with its run folder, for every test that reads a whole run."""
    return _run_of("plan", tmp_path_factory)


@pytest.fixture(scope="session")
def infeasible_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run of the scenario that is built to fail, with its run folder."""
    return _run_of("infeasible", tmp_path_factory)


def _run_of(name: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    from regmodel.runs import run
    from regmodel.scenario import load

    return run(load(name), tmp_path_factory.mktemp(name))


PAIR_SCENARIOS = {
    "pair": 'name = "pair"\ntitle = "the invented pair"\ntitle_zh = "虚构两地"\n',
    "thirsty": (
        'name = "thirsty"\ntitle = "less water than the pair needs"\nparent = "pair"\n\n[override]\n'
        '"clause.cap.water_use_total.PAIR.2025.value" = { value = 13.0, reason = "below what the pair needs" }\n'
    ),
}


@pytest.fixture(scope="session")
def pair_home(pair_params: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package folder that ships the invented pair and its two scenarios, ``pair`` and ``thirsty``."""
    home = tmp_path_factory.mktemp("home")
    params = home / "shipped" / "params"
    shutil.copytree(pair_params, params)
    shutil.copy(ROOT / "params" / "units.txt", params)
    shutil.copytree(ROOT / "params" / "observations", params / "observations")
    (params / "scenarios").mkdir(exist_ok=True)
    for name, text in PAIR_SCENARIOS.items():
        (params / "scenarios" / f"{name}.toml").write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def pair_shipped(pair_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """While a test runs, the shipped params are those of the invented pair: the command line at a tenth of the time."""
    monkeypatch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    return pair_home / "shipped" / "params"


@pytest.fixture(scope="session")
def pair_folders(pair_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Run folders of ``pair`` (feasible) and ``thirsty`` (infeasible), as the command line wrote them."""
    from regmodel.cli import main

    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    folders = {}
    try:
        for name, status in (("pair", 0), ("thirsty", 2)):
            out = tmp_path_factory.mktemp("runs")
            assert main(["run", name, "--out", str(out)]) == status
            (folders[name],) = out.iterdir()
    finally:
        patch.undo()
    return folders
