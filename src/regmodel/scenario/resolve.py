"""From a scenario file to a scenario: parents first, then layers, then its own overrides; every key is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from regmodel.params import Change, ParameterBook, read_book, shipped_folder
from regmodel.plans import Clause, bounds, read_clauses
from regmodel.scenario.files import ScenarioFile, find_file, read_file
from regmodel.scenario.levers import read_levers
from regmodel.scenario.model import ActiveClause, Lever, Override, Scenario, Value
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

_CLAUSE_PARTS = ("value", "enabled", "reading")
_LEVER_PARTS = ("enabled", "limit")
_ROOTS = ("record", "clause", "lever", "cap")
_NUMBER = Text("a number", "数字")
_SWITCH = Text("true or false", "true 或 false")


def load(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name or any scenario file by its path; raises InputProblems with every problem."""
    problems = Problems()
    path = find_file(name_or_path, None, problems, "scenario")
    problems.raise_if_any()
    assert path is not None
    found = read_file(path, problems)
    problems.raise_if_any()
    assert found is not None
    return resolve(found, path.parent)


def build(
    name: str,
    title: Text,
    description: Text,
    parent: str | None,
    layers: tuple[str, ...],
    override: Mapping[str, Value | Override],
) -> Scenario:
    """A scenario from its own overrides, as the workbook and Python make it; raises InputProblems."""
    own = tuple(
        entry if isinstance(entry, Override) else Override(key, entry, None, name) for key, entry in override.items()
    )
    return resolve(ScenarioFile(name, title, description, parent, layers, False, own), None)


def resolve(scenario: ScenarioFile, folder: Path | None = None, params: Path | None = None) -> Scenario:
    """The scenario with everything it inherits; raises InputProblems with every problem found.

    ``folder`` is where its parents and layers may lie, ``params`` another folder of records than the shipped one.
    """
    problems = Problems()
    merged = _merge(_lineage(scenario, folder, problems), problems)
    records = shipped_folder() if params is None else params
    book = read_book(records)
    clauses = read_clauses(records, book.regions)
    levers = read_levers()
    checked = _checked(merged, book, clauses, levers, problems)
    problems.raise_if_any()
    book = book.with_values(
        {
            override.key.removeprefix("record."): Change(float(override.value), override.reason, override.source)
            for override in checked
            if override.key.startswith("record.")
        }
    )
    return Scenario(
        name=scenario.name,
        title=scenario.title,
        description=scenario.description,
        parent=scenario.parent,
        layers=scenario.layers,
        layers_in_order=scenario.layers_in_order,
        own=scenario.overrides,
        overrides=tuple(checked),
        book=book,
        clauses=tuple(_activate(clause, checked) for clause in clauses),
        levers=tuple(_set_lever(lever, checked) for lever in levers),
        caps={
            override.key.removeprefix("cap."): float(override.value)
            for override in checked
            if override.key.startswith("cap.")
        },
    )


def _lineage(scenario: ScenarioFile, folder: Path | None, problems: Problems) -> list[list[ScenarioFile]]:
    """Generations from the root to the scenario; each holds its layers (unordered among themselves) and itself."""
    generations: list[list[ScenarioFile]] = []
    seen = [scenario.name]
    current: ScenarioFile | None = scenario
    while current is not None:
        layers = []
        for layer in current.layers:
            path = find_file(layer, folder, problems, f"{current.name}   layers")
            found = read_file(path, problems) if path is not None else None
            if found is not None:
                layers.append(found)
        _refuse_unordered(current, layers, problems)
        generations.insert(0, [*layers, current])
        if current.parent is None:
            break
        if current.parent in seen:
            problems.add(
                "S-05",
                f"{current.name}   parent",
                " < ".join([*seen, current.parent]),
                Text("a line of parents that ends", "父情景链必须有终点"),
                Text("let one of them have no parent", "请让其中一个情景没有父情景"),
            )
            break
        seen.append(current.parent)
        path = find_file(current.parent, folder, problems, f"{current.name}   parent")
        current = read_file(path, problems) if path is not None else None
    return generations


def _refuse_unordered(scenario: ScenarioFile, layers: list[ScenarioFile], problems: Problems) -> None:
    if scenario.layers_in_order:
        return
    owners: dict[str, str] = {}
    for layer in layers:
        for override in layer.overrides:
            other = owners.setdefault(override.key, layer.name)
            if other != layer.name:
                problems.add(
                    "S-06",
                    f"{scenario.name}   layers",
                    Text(
                        f"{other} and {layer.name} both set {override.key}", f"{other} 与 {layer.name} 都设定了 {override.key}"
                    ),
                    Text("layers that set different things, or a declared order", "各层设定不同的项，或声明先后顺序"),
                    Text(
                        "write layers_in_order = true if the later layer shall win",
                        "如应以后者为准，请写 layers_in_order = true",
                    ),
                )


def _merge(generations: list[list[ScenarioFile]], problems: Problems) -> list[Override]:
    merged: dict[str, Override] = {}
    for generation in generations:
        for member in generation:
            for override in member.overrides:
                merged[override.key] = replace(override, owner=member.name)
    return list(merged.values())


def _split(key: str, parts: tuple[str, ...]) -> tuple[str, str] | None:
    stem, _, part = key.partition(".")[2].rpartition(".")
    return (stem, part) if part in parts and stem else None


def _checked(
    overrides: list[Override],
    book: ParameterBook,
    clauses: tuple[Clause, ...],
    levers: tuple[Lever, ...],
    problems: Problems,
) -> list[Override]:
    by_id = {clause.id: clause for clause in clauses}
    lever_ids = [lever.id for lever in levers]
    good = []
    for override in overrides:
        before = len(problems)
        where = f"{override.owner}   {override.key}"
        root = override.key.partition(".")[0]
        if root == "record":
            _check_record(override, book, where, problems)
        elif root == "clause":
            _check_clause(override, by_id, where, problems)
        elif root == "lever":
            _check_lever(override, lever_ids, where, problems)
        elif root == "cap":
            _check_cap(override, by_id, book, where, problems)
        else:
            _unknown(where, root, _ROOTS, Text("a key that begins with record, clause, lever or cap", "以 record、clause、lever 或 cap 开头的键"), problems)
        if len(problems) == before:
            good.append(override)
    return good


def _unknown(where: str, name: str, choices: tuple[str, ...] | list[str], expected: Text, problems: Problems) -> None:
    problems.add("S-07", where, f'"{name}"', expected, did_you_mean(name, choices))


def _need(kind: type, value: Value, where: str, expected: Text, problems: Problems) -> bool:
    if isinstance(value, kind) and not (kind is float and value != value):
        return True
    shown = str(value).lower() if isinstance(value, bool) else repr(value)
    problems.add("S-08", where, shown, expected, Text("change the value, without quotes", "请改正该值，不加引号"))
    return False


def _check_record(override: Override, book: ParameterBook, where: str, problems: Problems) -> None:
    key = override.key.removeprefix("record.")
    stem, _, last = key.rpartition(".")
    known = key in book.records
    if not known and last in book.regions.ids():
        known = stem in book.records or f"{stem}.other" in book.records
    if not known:
        _unknown(where, key, list(book.records), Text("a record of params/, with a region where it takes one", "params/ 中的记录，可带地区后缀"), problems)
        return
    _need(float, override.value, where, _NUMBER, problems)


def _check_clause(override: Override, by_id: dict[str, Clause], where: str, problems: Problems) -> None:
    split = _split(override.key, _CLAUSE_PARTS)
    if split is None:
        part = override.key.rpartition(".")[2]
        _unknown(where, part, _CLAUSE_PARTS, Text("clause.<id>.value, .enabled or .reading", "clause.<编号>.value、.enabled 或 .reading"), problems)
        return
    clause_id, part = split
    clause = by_id.get(clause_id)
    if clause is None:
        _unknown(where, clause_id, list(by_id), Text("the id of a clause", "条款编号"), problems)
    elif part == "enabled":
        _need(bool, override.value, where, _SWITCH, problems)
    elif part == "value":
        _need(float, override.value, where, _NUMBER, problems)
    elif override.value not in clause.readings:
        expected = Text(
            f"a reading of this clause: {', '.join(clause.readings) or 'it has one only'}",
            f"该条款的读法：{'、'.join(clause.readings) or '仅一种'}",
        )
        _unknown(where, str(override.value), list(clause.readings), expected, problems)


def _check_lever(override: Override, lever_ids: list[str], where: str, problems: Problems) -> None:
    split = _split(override.key, _LEVER_PARTS)
    if split is None:
        part = override.key.rpartition(".")[2]
        _unknown(where, part, _LEVER_PARTS, Text("lever.<id>.enabled or .limit", "lever.<编号>.enabled 或 .limit"), problems)
        return
    lever_id, part = split
    if lever_id not in lever_ids:
        _unknown(where, lever_id, lever_ids, Text("the id of a lever", "措施编号"), problems)
    elif part == "enabled":
        _need(bool, override.value, where, _SWITCH, problems)
    elif _need(float, override.value, where, _NUMBER, problems) and not 0 <= float(override.value) <= 1:
        problems.add(
            "S-08",
            where,
            f"{override.value:g}",
            Text("a share of the recorded capacity between 0 and 1", "占记录能力的比例，0 至 1"),
            Text("write 0.5 for one half", "一半请写 0.5"),
        )


def _check_cap(
    override: Override, by_id: dict[str, Clause], book: ParameterBook, where: str, problems: Problems
) -> None:
    parts = override.key.split(".")
    expected = Text("cap.<variable>.<REGION>.<year>", "cap.<变量>.<地区>.<年份>")
    variables = sorted({name.split(".")[1] for name in by_id if name.startswith("cap.")})
    if len(parts) != 4 or not parts[3].isdigit():
        problems.add("S-07", where, f'"{override.key}"', expected, Text("write it in four parts", "请写成四段"))
        return
    if parts[1] not in variables:
        _unknown(where, parts[1], variables, Text("a variable that has caps", "设有上限的变量"), problems)
    places = [*book.regions.ids(), *book.regions.sets]
    if parts[2] not in places:
        _unknown(where, parts[2], places, Text("a region or a set of regions", "地区或地区组"), problems)
    _need(float, override.value, where, _NUMBER, problems)


def _activate(clause: Clause, overrides: list[Override]) -> ActiveClause:
    mine = {
        override.key.rpartition(".")[2]: override.value
        for override in overrides
        if override.key.startswith(f"clause.{clause.id}.") and _split(override.key, _CLAUSE_PARTS) == (clause.id, override.key.rpartition(".")[2])
    }
    if "value" in mine:
        clause = replace(clause, value=float(mine["value"]), low=None, high=None)
    reading = str(mine["reading"]) if "reading" in mine else clause.default_reading
    enabled = bool(mine["enabled"]) if "enabled" in mine else clause.enabled
    return ActiveClause(clause, reading, enabled, bounds(clause, reading) if clause.bounding else None)


def _set_lever(lever: Lever, overrides: list[Override]) -> Lever:
    for override in overrides:
        if override.key == f"lever.{lever.id}.enabled":
            lever = replace(lever, enabled=bool(override.value))
        elif override.key == f"lever.{lever.id}.limit":
            lever = replace(lever, limit=float(override.value))
    return lever
