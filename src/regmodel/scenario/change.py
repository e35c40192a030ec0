"""The one call by which Python makes another scenario of one that was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from regmodel.scenario.changes import changed
from regmodel.scenario.model import Scenario, Value


def change(scenario: Scenario, values: Mapping[str, Value], name: str | None = None) -> Scenario:
    """The scenario with other numbers, switches or readings, by the keys of a scenario file, in printed units.

    The given scenario stays as it is. ``name`` is what the new one and its run folder are called. Raises InputProblems
    with every key that names nothing and every value that cannot be used.
    """
    other = changed(scenario, {key: _number(value) for key, value in values.items()})
    return other if name is None else replace(other, name=name)


def _number(value: Value) -> Value:
    """A whole number counts as a number; true and false are no numbers."""
    return value if isinstance(value, bool | str) else float(value)
