"""A frozen answer to what we assume and what we choose: a tree of overrides over the records and the clauses."""

from regmodel.scenario.changes import changed
from regmodel.scenario.files import ScenarioFile, dump_file, shipped_names
from regmodel.scenario.model import ActiveClause, Lever, Override, Scenario, Value
from regmodel.scenario.resolve import build, load, resolve

__all__ = [
    "ActiveClause",
    "Lever",
    "Override",
    "Scenario",
    "ScenarioFile",
    "Value",
    "build",
    "changed",
    "dump",
    "dump_file",
    "dump_whole",
    "load",
    "resolve",
    "shipped_names",
]


def dump(scenario: Scenario) -> str:
    """The scenario as TOML text that repeats it exactly: its own overrides, its parent and its layers."""
    return dump_file(
        ScenarioFile(
            scenario.name,
            scenario.title,
            scenario.description,
            scenario.parent,
            scenario.layers,
            scenario.layers_in_order,
            scenario.own,
        )
    )


def dump_whole(scenario: Scenario) -> str:
    """The scenario as TOML text that stands alone: everything that it inherits is written out."""
    return dump_file(
        ScenarioFile(scenario.name, scenario.title, scenario.description, None, (), False, scenario.overrides)
    )
