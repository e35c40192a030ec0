"""Scenario files: reading TOML, walking from a scenario to its parents and layers, writing one back."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regmodel.params import shipped_folder
from regmodel.scenario.model import Override, Value
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

_KEYS = {"name", "title", "title_zh", "description", "description_zh", "parent", "layers", "layers_in_order", "override"}
_ENTRY_KEYS = {"value", "reason", "source"}
_UNNAMED = Text("no name", "没有名称")


@dataclass(frozen=True)
class ScenarioFile:
    """One scenario as written: only what differs from its parent."""

    name: str
    title: Text
    description: Text
    parent: str | None
    layers: tuple[str, ...]
    layers_in_order: bool
    overrides: tuple[Override, ...]


def shipped_names() -> tuple[str, ...]:
    """Names of the scenarios that come with the model, in the order of the files."""
    return tuple(sorted(path.stem for path in (shipped_folder() / "scenarios").glob("*.toml")))


def find_file(name_or_path: str | Path, beside: Path | None, problems: Problems, where: str) -> Path | None:
    """The file of a scenario named or given by its path; a file beside the one that names it goes first."""
    text = str(name_or_path)
    path = Path(text)
    if path.suffix == ".toml" and path.is_file():
        return path
    if beside is not None and (beside / f"{text}.toml").is_file():
        return beside / f"{text}.toml"
    shipped = shipped_folder() / "scenarios" / f"{text}.toml"
    if shipped.is_file():
        return shipped
    problems.add(
        "S-01",
        where,
        f'"{text}"',
        Text(
            f"a scenario file (.toml) or one of the shipped scenarios: {', '.join(shipped_names())}",
            f"情景文件（.toml）或自带情景之一：{'、'.join(shipped_names())}",
        ),
        did_you_mean(text, shipped_names()),
        Text("scenario", "情景"),
    )
    return None


def read_file(path: Path, problems: Problems) -> ScenarioFile | None:
    """One scenario file; problems are noted with file and key, None when it cannot be used at all."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.add(
            "S-02",
            path.name,
            str(error),
            Text("a scenario in TOML, saved as UTF-8", "UTF-8 编码的 TOML 情景文件"),
            Text("mend the line named above; text values need quotes", "请修改上述位置；文字须加引号"),
        )
        return None
    for key in sorted(set(table) - _KEYS):
        problems.add(
            "S-03",
            path.name,
            f'"{key}"',
            Text("a key of a scenario file", "情景文件的键名"),
            did_you_mean(key, _KEYS),
        )
    name = str(table.get("name", path.stem))
    overrides = _read_overrides(table.get("override", {}), name, path.name, problems)
    return ScenarioFile(
        name=name,
        title=Text(str(table.get("title", name)), str(table.get("title_zh", table.get("title", name)))),
        description=Text(
            str(table.get("description", _UNNAMED.en)),
            str(table.get("description_zh", table.get("description", _UNNAMED.zh))),
        ),
        parent=table.get("parent"),
        layers=tuple(str(layer) for layer in table.get("layers", ())),
        layers_in_order=table.get("layers_in_order", False) is True,
        overrides=overrides,
    )


def flatten(table: Mapping[str, Any], stem: str = "") -> dict[str, Any]:
    """Quoted keys and TOML's own dotted tables alike as one flat table; a table with ``value`` is an entry."""
    flat: dict[str, Any] = {}
    for key, entry in table.items():
        full = f"{stem}.{key}" if stem else key
        if isinstance(entry, Mapping) and not ("value" in entry and set(entry) <= _ENTRY_KEYS):
            flat.update(flatten(entry, full))
        else:
            flat[full] = entry
    return flat


def _read_overrides(table: Any, owner: str, where: str, problems: Problems) -> tuple[Override, ...]:
    if not isinstance(table, Mapping):
        problems.add(
            "S-03",
            where,
            repr(table),
            Text("[override] with key = value lines", "[override] 下的“键 = 值”各行"),
            Text("write [override] on a line of its own", "请将 [override] 单独成行"),
        )
        return ()
    found = []
    for key, entry in flatten(table).items():
        reason = source = None
        value: Any = entry
        if isinstance(entry, Mapping):
            value, reason, source = entry["value"], entry.get("reason"), entry.get("source")
        if isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, float | bool | str):
            problems.add(
                "S-04",
                f"{where}   {key}",
                repr(value),
                Text("a number, true or false, or a word in quotes", "数字、true/false 或加引号的文字"),
                Text("write key = value, or key = { value = …, reason = \"…\" }", "请写成 键 = 值，或 键 = { value = …, reason = \"…\" }"),
            )
            continue
        found.append(Override(key, value, reason, owner, source))
    return tuple(found)


def _toml_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return _toml_text(value)


def _toml_text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    printable = "".join(letter if ord(letter) >= 32 and ord(letter) != 127 else f"\\u{ord(letter):04x}" for letter in escaped)
    return f'"{printable}"'


def dump_file(scenario: ScenarioFile) -> str:
    """The scenario as TOML text; reading it gives the same scenario again."""
    lines = [f"name = {_toml_text(scenario.name)}"]
    for key, words in (
        ("title", scenario.title.en),
        ("title_zh", scenario.title.zh),
        ("description", scenario.description.en),
        ("description_zh", scenario.description.zh),
    ):
        lines.append(f"{key} = {_toml_text(words)}")
    if scenario.parent is not None:
        lines.append(f"parent = {_toml_text(scenario.parent)}")
    if scenario.layers:
        lines.append(f"layers = [{', '.join(_toml_text(layer) for layer in scenario.layers)}]")
    if scenario.layers_in_order:
        lines.append("layers_in_order = true")
    lines += ["", "[override]"]
    for override in scenario.overrides:
        value = _toml_value(override.value)
        if override.reason is not None or override.source is not None:
            notes = [f"{key} = {_toml_text(words)}" for key, words in (("reason", override.reason), ("source", override.source)) if words is not None]
            value = f"{{ value = {value}, {', '.join(notes)} }}"
        lines.append(f"{_toml_text(override.key)} = {value}")
    return "\n".join(lines) + "\n"
