"""Can a city cluster's plans hold together? Projection, joint feasibility and report; see the README.

>>> import regmodel
>>> plan = regmodel.load("plan")
>>> drier = regmodel.change(plan, {"record.water.dry_years": 100}, name="drier")
>>> run = regmodel.run(drier)
>>> frame = run.frame()

Five calls are enough: load, change, run, batch and compare; answers, explain, frontier and verify ask what these
left behind (docs/python.md).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regmodel.batch.answers.asked import answers_of as answers
    from regmodel.batch.design import Design, Listed, Vary
    from regmodel.batch.model import Batch
    from regmodel.batch.running import batch
    from regmodel.commands.calls import explain, frontier, verify
    from regmodel.commands.inputs import load
    from regmodel.runs import Run, run
    from regmodel.runs.comparing import Comparison, compare
    from regmodel.scenario import Scenario
    from regmodel.scenario.change import change

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
    "answers",
    "batch",
    "change",
    "compare",
    "explain",
    "frontier",
    "load",
    "run",
    "verify",
]

_HOMES = {
    "Batch": ("regmodel.batch.model", "Batch"),
    "Comparison": ("regmodel.runs.comparing", "Comparison"),
    "Design": ("regmodel.batch.design", "Design"),
    "Listed": ("regmodel.batch.design", "Listed"),
    "Run": ("regmodel.runs", "Run"),
    "Scenario": ("regmodel.scenario", "Scenario"),
    "Vary": ("regmodel.batch.design", "Vary"),
    "answers": ("regmodel.batch.answers.asked", "answers_of"),
    "change": ("regmodel.scenario.change", "change"),
    "compare": ("regmodel.runs.comparing", "compare"),
    "explain": ("regmodel.commands.calls", "explain"),
    "frontier": ("regmodel.commands.calls", "frontier"),
    "load": ("regmodel.commands.inputs", "load"),
    "run": ("regmodel.runs", "run"),
    "verify": ("regmodel.commands.calls", "verify"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    if name == "batch":  # the room itself, which can be called
        return import_module("regmodel.batch")
    if name not in _HOMES:
        raise AttributeError(f"module 'regmodel' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
