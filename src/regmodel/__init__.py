"""Can a city cluster's plans hold together? Projection, joint feasibility and report; see the README."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regmodel.params import read_book
    from regmodel.projection.trajectory import Trajectory
    from regmodel.runs import Run, run
    from regmodel.scenario import Scenario
    from regmodel.scenario import load as read_scenario

__version__ = "0.1.0"
__all__ = ["Run", "Scenario", "Trajectory", "__version__", "read_book", "read_scenario", "run"]

_HOMES = {
    "Run": ("regmodel.runs", "Run"),
    "Scenario": ("regmodel.scenario", "Scenario"),
    "Trajectory": ("regmodel.projection.trajectory", "Trajectory"),
    "read_book": ("regmodel.params", "read_book"),
    "read_scenario": ("regmodel.scenario", "load"),
    "run": ("regmodel.runs", "run"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'regmodel' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
