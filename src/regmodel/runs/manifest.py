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
from regmodel.feasibility.clause_groups import Grouping
from regmodel.feasibility.land import LAND
from regmodel.feasibility.output import OUTPUT
from regmodel.feasibility.people import MOVERS, PEOPLE
from regmodel.feasibility.rests_on import WORK_FOR_DECIDING
from regmodel.feasibility.safe_numbers import SMALLEST, WIDEST
from regmodel.feasibility.study import SECONDS_FOR_A_SOLVE, WORK_FOR_ASSUMED, WORK_FOR_CONFLICTS, WORK_FOR_REPAIRS
from regmodel.feasibility.water import AREA, WATER
from regmodel.params import shipped_folder
from regmodel.scenario import Scenario

PACKAGES = ("regmodel", "numpy", "pandas", "pyomo", "highspy")
SOLVER_OPTIONS = {
    "solver": "HiGHS",
    "threads": 1,
    "tolerance": TOLERANCE,
    "smallest": SMALLEST,
    "widest": WIDEST,
    "seconds_for_a_solve": SECONDS_FOR_A_SOLVE,
    "work_for_assumed": WORK_FOR_ASSUMED,
    "work_for_conflicts": WORK_FOR_CONFLICTS,
    "work_for_deciding": WORK_FOR_DECIDING,
    "work_for_repairs": WORK_FOR_REPAIRS,
}
# Bounds that every variable is declared within: proofs of infeasibility hold inside them, so they are assumptions.
DECLARED_BOUNDS = {
    "residents, 10^4 persons": PEOPLE,
    "movers, 10^4 persons a year": MOVERS,
    "output, 10^8 CNY a year": OUTPUT,
    "water, 10^6 m3 a year": WATER,
    "irrigated land, km2": AREA,
    "urban land, km2": LAND,
}


# Scenarios are resolved before they are hashed, designs say which scenarios there are: neither is a record.
_OF_THE_USER = ("scenarios", "designs")


@cache
def code_hash() -> str:
    """Hash of every file of the package: source, words, templates and schemas."""
    return _folder_hash(Path(__file__).parents[1], ("*.py", "*.toml", "*.json", "*.j2", "*.css", "*.js"))


@cache
def shipped_hash() -> str:
    """Hash of every file of the shipped records, clauses, rules and regions, which no scenario or design is."""
    return _folder_hash(shipped_folder(), ("*.csv", "*.toml", "*.txt"))


def _folder_hash(root: Path, kinds: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for kind in kinds for path in root.rglob(kind) if path.parent.name not in _OF_THE_USER}):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def input_hash(scenario: Scenario) -> str:
    """Hash of everything that a run reads, as the scenario leaves it, whatever it inherits it from."""
    book = scenario.book
    told: list[object] = [scenario.name, sorted(scenario.caps.items()), shipped_hash()]
    told += [
        (key, record.value, record.low_value, record.high_value, record.confidence, record.harder)
        for key, record in sorted(book.records.items())
    ]
    told += [(figure.key, figure.value, figure.confidence) for figure in book.figures]
    told += [(region.id, region.parent, region.city_type) for region in book.regions.regions]
    told += [(name, members) for name, members in sorted(book.regions.sets.items())]
    told += [(source.id, sorted(source.serves.items())) for source in book.water_sources]
    for active in scenario.clauses:
        clause = active.clause
        told.append((clause.id, clause.variable, clause.region, clause.year_from, clause.year_to, clause.sense))
        told.append((clause.value, clause.record, clause.rank, active.reading, active.enabled, active.bounds))
    told += [(lever.id, lever.usable_share) for lever in scenario.levers]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def run_id(scenario: Scenario, by: Grouping = "clause") -> str:
    """Id of a run: the same inputs, code and options give the same id."""
    words = "|".join([input_hash(scenario), code_hash(), repr(sorted(SOLVER_OPTIONS.items())), by])
    return hashlib.sha256(words.encode()).hexdigest()


def manifest(scenario: Scenario, seconds: dict[str, float], by: Grouping = "clause") -> dict[str, Any]:
    """The manifest of a run that has just ended; ``seconds`` holds the time of each part."""
    return {
        "run_id": run_id(scenario, by),
        "scenario": scenario.name,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": input_hash(scenario),
        "code": code_hash(),
        "versions": {"python": platform.python_version(), **_versions()},
        "conflicts_by": by,
        "solver_options": dict(SOLVER_OPTIONS),
        "declared_bounds": dict(DECLARED_BOUNDS),
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
