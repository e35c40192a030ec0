"""From a scenario file to a scenario: what it inherits, every key checked, records and clauses with its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from regmodel.params import ParameterBook, read_book, shipped_folder
from regmodel.plans import Clause, read_clauses
from regmodel.scenario.better import change_of, cited
from regmodel.scenario.files import ScenarioFile, find_file, read_file
from regmodel.scenario.keys import CLAUSE_PARTS, KeyChecks, split
from regmodel.scenario.levers import read_levers
from regmodel.scenario.lineage import Lineage
from regmodel.scenario.model import ActiveClause, Lever, Override, Scenario, Value, activate
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text


def load(name_or_path: str | Path, params: Path | None = None, *, workbooks: bool = False) -> Scenario:
    """A shipped scenario by its name or any scenario file by its path; raises InputProblems with every problem.

    ``params`` is another folder of records than the shipped one. ``workbooks`` says that the caller takes workbooks
    too, for the message about a name that is none of these.
    """
    problems = Problems()
    records = shipped_folder() if params is None else params
    path = find_file(name_or_path, None, records, str(name_or_path), problems, workbooks=workbooks)
    problems.raise_if_any()
    assert path is not None
    found = read_file(path, problems)
    if found is None:
        problems.raise_if_any()
    assert found is not None
    return resolve(found, path.parent, records, problems)


def build(
    name: str,
    title: Text,
    description: Text,
    parent: str | None,
    layers: tuple[str, ...],
    override: Mapping[str, Value | Override],
) -> Scenario:
    """A scenario from its own overrides, as the workbook and Python make it; raises InputProblems.

    Numbers are in the printed unit of what they change; a whole number counts as a number.
    """
    own = tuple(_own(name, key, entry) for key, entry in override.items())
    return resolve(ScenarioFile(name, title, description, parent, layers, False, own), None)


def _own(owner: str, key: str, entry: Value | Override) -> Override:
    given = entry if isinstance(entry, Override) else Override(key, entry, None, owner)
    whole = isinstance(given.value, int) and not isinstance(given.value, bool)
    return replace(given, key=key, owner=owner, value=float(given.value) if whole else given.value)


def resolve(
    scenario: ScenarioFile,
    folder: Path | None = None,
    params: Path | None = None,
    problems: Problems | None = None,
) -> Scenario:
    """The scenario with everything it inherits; raises InputProblems with every problem found.

    ``folder`` is where its parents and layers may lie, ``params`` another folder of records than the shipped one,
    ``problems`` those found so far.
    """
    problems = Problems() if problems is None else problems
    records = shipped_folder() if params is None else params
    merged = Lineage(folder, records, problems).overrides(scenario)
    book = read_book(records)
    clauses = read_clauses(records, book.regions)
    levers = read_levers(records, book, problems)
    checked = KeyChecks(book, clauses, levers, problems).usable(merged)
    problems.raise_if_any()
    return Scenario(
        name=scenario.name,
        title=scenario.title,
        description=scenario.description,
        parent=scenario.parent,
        layers=scenario.layers,
        layers_in_order=scenario.layers_in_order,
        own=scenario.overrides,
        overrides=tuple(checked),
        book=book.with_values({key: change_of(key, override, book) for key, override in _below("record.", checked)}),
        clauses=tuple(_activate(clause, checked, book) for clause in clauses),
        levers=tuple(_set_lever(lever, checked) for lever in levers),
        caps={key: float(override.value) for key, override in _below("cap.", checked)},
    )


def _below(root: str, overrides: Iterable[Override]) -> list[tuple[str, Override]]:
    """Overrides of one kind with what their keys name."""
    return [(override.key.removeprefix(root), override) for override in overrides if override.key.startswith(root)]


def _activate(clause: Clause, overrides: Iterable[Override], book: ParameterBook) -> ActiveClause:
    mine: dict[str, Value] = {}
    for override in overrides:
        named = split(override.key, CLAUSE_PARTS) if override.key.startswith("clause.") else None
        if named is not None and named[0] == clause.id:
            mine[named[1]] = override.value
            if named[1] == "value":
                clause = cited(clause.with_value(float(override.value)), override, book)
    reading = str(mine["reading"]) if "reading" in mine else clause.default_reading
    enabled = bool(mine.get("enabled", clause.enabled))
    return activate(clause, reading, enabled, float(mine.get("ease_low", 0.0)), float(mine.get("ease_high", 0.0)))


def _set_lever(lever: Lever, overrides: Iterable[Override]) -> Lever:
    for override in overrides:
        if override.key == f"lever.{lever.id}.enabled":
            lever = replace(lever, enabled=bool(override.value))
        elif override.key == f"lever.{lever.id}.limit":
            lever = replace(lever, limit=float(override.value))
    return lever
