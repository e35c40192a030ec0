"""What holds for every test: fixed seeds, no network but this machine, and no silent skip where none is allowed."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
NO_SKIP = os.environ.get("REGMODEL_NO_SKIP") == "1"
PROGRAMS = {
    "libreoffice": ("soffice", "libreoffice"),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "pdftoppm": ("pdftoppm",),
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
