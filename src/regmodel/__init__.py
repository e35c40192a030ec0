"""Can a city cluster's plans hold together? Projection, joint feasibility and report; see the README.

>>> import regmodel
>>> plan = regmodel.load("plan")
>>> drier = regmodel.change(plan, {"record.water.dry_years": 100}, name="drier")
>>> run = regmodel.run(drier)
>>> frame = run.frame()

Five calls are enough: load, change, run, batch and compare (docs/python.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from regmodel.batch.design import Design, Listed, Vary
    from regmodel.batch.model import Batch
    from regmodel.batch.running import batch
    from regmodel.runs import Run, run
    from regmodel.runs.comparing import Comparison, compare
    from regmodel.scenario import Scenario, Value

__version__ = "0.1.0"
__all__ = [
    "Batch",
    "Comparison",
    "Design",
    "Listed",
    "Run",
    "Scenario",
    "Vary",
    "__version__",
    "batch",
    "change",
    "compare",
    "load",
    "run",
]

_HOMES = {
    "Batch": ("regmodel.batch.model", "Batch"),
    "Comparison": ("regmodel.runs.comparing", "Comparison"),
    "Design": ("regmodel.batch.design", "Design"),
    "Listed": ("regmodel.batch.design", "Listed"),
    "Run": ("regmodel.runs", "Run"),
    "Scenario": ("regmodel.scenario", "Scenario"),
    "Vary": ("regmodel.batch.design", "Vary"),
    "compare": ("regmodel.runs.comparing", "compare"),
    "run": ("regmodel.runs", "run"),
}


def load(name: str | Path) -> Scenario:
    """A shipped scenario by its name, or the scenario of a file (.toml) or of a workbook by its path.

    Raises InputProblems with every problem that the file has.
    """
    from regmodel.commands.inputs import scenario_of

    return scenario_of(str(name))


def change(scenario: Scenario, values: Mapping[str, Value], name: str | None = None) -> Scenario:
    """The scenario with other numbers, switches or readings, by the keys of a scenario file, in printed units.

    The given scenario stays as it is. ``name`` is what the new one and its run folder are called. Raises InputProblems
    with every key that names nothing and every value that cannot be used.
    """
    from dataclasses import replace

    from regmodel.scenario import changed

    other = changed(scenario, {key: _number(value) for key, value in values.items()})
    return other if name is None else replace(other, name=name)


def _number(value: Value) -> Value:
    """A whole number counts as a number; true and false are no numbers."""
    return value if isinstance(value, bool | str) else float(value)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    if name == "batch":  # the room itself, which can be called
        return import_module("regmodel.batch")
    if name not in _HOMES:
        raise AttributeError(f"module 'regmodel' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
