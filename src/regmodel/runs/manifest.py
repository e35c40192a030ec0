"""What a run was made of: hashes of inputs and code, versions, solver options, times."""

from __future__ import annotations

import hashlib
import platform
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from regmodel.feasibility.certificate import TOLERANCE
from regmodel.feasibility.solver import SMALLEST, WIDEST
from regmodel.scenario import Scenario

PACKAGES = ("regmodel", "numpy", "pandas", "pyomo", "highspy")
SOLVER_OPTIONS = {"solver": "HiGHS", "threads": 1, "tolerance": TOLERANCE, "smallest": SMALLEST, "widest": WIDEST}


@cache
def code_hash() -> str:
    """Hash of every source file of the package."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def input_hash(scenario: Scenario) -> str:
    """Hash of the records, clauses, levers and caps as the scenario leaves them, whatever it inherits them from."""
    digest = hashlib.sha256(scenario.name.encode())
    for key, record in sorted(scenario.book.records.items()):
        digest.update(f"{key}={record.value!r}|{record.low_value!r}|{record.high_value!r}|{record.confidence}".encode())
    for figure in scenario.book.figures:
        digest.update(f"{figure.key}={figure.value!r}|{figure.confidence}".encode())
    for active in scenario.clauses:
        clause = active.clause
        digest.update(f"{clause.id}={clause.value!r}|{active.reading}|{active.enabled}|{clause.rank}".encode())
    for lever in scenario.levers:
        digest.update(f"{lever.id}={lever.usable_share!r}".encode())
    for key, value in sorted(scenario.caps.items()):
        digest.update(f"{key}={value!r}".encode())
    return digest.hexdigest()


def run_id(scenario: Scenario) -> str:
    """Id of a run: the same inputs, code and solver options give the same id."""
    words = "|".join([input_hash(scenario), code_hash(), repr(sorted(SOLVER_OPTIONS.items()))])
    return hashlib.sha256(words.encode()).hexdigest()


def manifest(scenario: Scenario, seconds: dict[str, float]) -> dict[str, Any]:
    """The manifest of a run that has just ended; ``seconds`` holds the time of each part."""
    return {
        "run_id": run_id(scenario),
        "scenario": scenario.name,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": input_hash(scenario),
        "code": code_hash(),
        "versions": {"python": platform.python_version(), **_versions()},
        "solver_options": dict(SOLVER_OPTIONS),
        "seconds": {name: round(taken, 3) for name, taken in seconds.items()},
    }


def _versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
