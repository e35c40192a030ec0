"""Scenario files: finding one by its name, reading its TOML, writing one back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regmodel.params import shipped_folder
from regmodel.scenario.model import Override, Value
from regmodel.scenario.toml_text import read_toml
from regmodel.vocabulary.problems import Problems, did_you_mean, nearest
from regmodel.vocabulary.texts import Text

_TOML = Text("a scenario in TOML", "TOML 格式的情景文件")
_KEYS = (
    "name",
    "title",
    "title_zh",
    "description",
    "description_zh",
    "parent",
    "layers",
    "layers_in_order",
    "override",
)
_NOTES = ("reason", "source", "where", "kind")
_ENTRY_KEYS = ("value", *_NOTES)
_OWN_VALUE = ("clause",)
_SETTINGS = ("value", "enabled", "reading", "ease_low", "ease_high")
_AN_ENTRY_KEY = Text("value, reason, source, where or kind", "value、reason、source、where 或 kind")
_NO_DESCRIPTION = Text("no description", "无说明")
_WORDS = Text("words in quotes", "加引号的文字")
_FILES = Text("a workbook (.xlsx), a scenario file (.toml)", "工作簿（.xlsx）、情景文件（.toml）")
_FILES_ALONE = Text("a scenario file (.toml)", "情景文件（.toml）")
_ONE_OF_THESE = Text(
    "give one of these names, or the path of a file that is there", "请给出上述名称之一，或现有文件的路径"
)
_MEND = Text("change it, or take the line out", "请改正，或删去该行")


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
    """Names of the scenarios that come with the model, in the order of the alphabet."""
    return _names(shipped_folder())


def _names(params: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (params / "scenarios").glob("*.toml")))


def find_file(
    name_or_path: str | Path,
    beside: Path | None,
    params: Path,
    where: str,
    problems: Problems,
    *,
    workbooks: bool = False,
) -> Path | None:
    """The file of a scenario named or given by its path; a file beside the one that names it goes first."""
    text = str(name_or_path)
    path = Path(text)
    if path.suffix == ".toml" and path.is_file():
        return path
    for folder in (beside, params / "scenarios"):
        if folder is not None and (folder / f"{text}.toml").is_file():
            return folder / f"{text}.toml"
    names = _names(params)
    asked = path.stem if path.suffix == ".toml" else text
    kinds = _FILES if workbooks else _FILES_ALONE
    problems.add(
        "S-01",
        where,
        f'"{text}"',
        Text(
            f"{kinds.en} or one of the shipped scenarios: {', '.join(names)}",
            f"{kinds.zh}或自带情景之一：{'、'.join(names)}",
        ),
        did_you_mean(asked, names) if nearest(asked, sorted(names)) is not None else _ONE_OF_THESE,
    )
    return None


def read_file(path: Path, problems: Problems) -> ScenarioFile | None:
    """One scenario file; problems are noted with file and key, None when it cannot be used at all."""
    table = read_toml(path, "S-02", _TOML, problems)
    if table is None:
        return None
    for key in sorted(set(table) - set(_KEYS)):
        _unknown_key(path.name, key, _KEYS, Text("a key of a scenario file", "情景文件的键名"), problems)
    fields = _Fields(table, path.name, problems)
    name = fields.words("name") or path.stem
    title = fields.words("title") or name
    description = fields.words("description") or _NO_DESCRIPTION.en
    return ScenarioFile(
        name=name,
        title=Text(title, fields.words("title_zh") or title),
        description=Text(description, fields.words("description_zh") or _NO_DESCRIPTION.zh),
        parent=fields.words("parent"),
        layers=fields.names("layers"),
        layers_in_order=fields.switch("layers_in_order"),
        overrides=_read_overrides(table.get("override", {}), name, path.name, problems),
    )


def shown(value: object) -> str:
    """A value as its author would have written it in a scenario file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(shown(entry) for entry in value)}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {shown(entry)}' for key, entry in value.items())} }}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class _Fields:
    """The keys of a scenario file other than its overrides, each of its own kind or a problem."""

    table: Mapping[str, Any]
    where: str
    problems: Problems

    def _refuse(self, key: str, expected: Text) -> None:
        self.problems.add("S-04", f"{self.where}   {key}", shown(self.table[key]), expected, _MEND)

    def words(self, key: str) -> str | None:
        """Words, or None where there are none."""
        found = self.table.get(key)
        if found is None or (isinstance(found, str) and found):
            return found
        self._refuse(key, _WORDS)
        return None

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names; empty where the key is absent."""
        found = self.table.get(key, [])
        if isinstance(found, list) and all(isinstance(name, str) for name in found):
            return tuple(found)
        self._refuse(key, Text('a list of names such as ["dry_years"]', '名称列表，例如 ["dry_years"]'))
        return ()

    def switch(self, key: str) -> bool:
        """True or false; false where the key is absent."""
        found = self.table.get(key, False)
        if isinstance(found, bool):
            return found
        self._refuse(key, Text("true or false", "true 或 false"))
        return False


def _unknown_key(where: str, key: str, known: Iterable[str], expected: Text, problems: Problems) -> None:
    problems.add("S-03", where, f'"{key}"', expected, did_you_mean(key, known))


def _entries(table: Mapping[str, Any], stem: str = "") -> Iterator[tuple[str, Any]]:
    """Quoted keys and TOML's own dotted tables alike as one flat list; a table with ``value`` is an entry.

    Below ``clause`` a value belongs to the key itself, so that only ``clause.<id>.value`` and its like are entries.
    """
    for key, entry in table.items():
        full = f"{stem}.{key}" if stem else key
        root, _, rest = full.partition(".")
        open_key = root in _OWN_VALUE and rest.rpartition(".")[2] not in _SETTINGS
        if isinstance(entry, Mapping) and ("value" not in entry or open_key):
            yield from _entries(entry, full)
        else:
            yield full, entry


def _read_overrides(table: Any, owner: str, where: str, problems: Problems) -> tuple[Override, ...]:
    if not isinstance(table, Mapping):
        problems.add(
            "S-04",
            f"{where}   override",
            shown(table),
            Text("[override] with key = value lines", "[override] 下的“键 = 值”各行"),
            Text("write [override] on a line of its own", "请将 [override] 单独成行"),
        )
        return ()
    found = (_read_entry(key, entry, owner, where, problems) for key, entry in _entries(table))
    return tuple(override for override in found if override is not None)


def _read_entry(key: str, entry: Any, owner: str, where: str, problems: Problems) -> Override | None:
    place = f"{where}   {key}"
    table = entry if isinstance(entry, Mapping) else {"value": entry}
    for name in sorted(set(table) - set(_ENTRY_KEYS)):
        _unknown_key(place, name, _ENTRY_KEYS, _AN_ENTRY_KEY, problems)
    fields = _Fields(table, place, problems)
    value = table["value"]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**300:
        value = float(value)
    if isinstance(value, float | bool | str):
        reason, source, place_in_it, kind = (fields.words(name) for name in _NOTES)
        return Override(key, value, reason, owner, source, place_in_it, kind)
    problems.add(
        "S-04",
        place,
        shown(value),
        Text("a number, true or false, or a word in quotes", "数字、true/false 或加引号的文字"),
        Text(
            'write key = value, or key = { value = …, reason = "…" }',
            '请写成 键 = 值，或 键 = { value = …, reason = "…" }',
        ),
    )
    return None


def _toml_value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return _toml_text(value)


def _toml_text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    plain = (letter if ord(letter) >= 32 and ord(letter) != 127 else f"\\u{ord(letter):04x}" for letter in escaped)
    return f'"{"".join(plain)}"'


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
        said = (override.reason, override.source, override.where, override.kind)
        notes = [f"{name} = {_toml_text(note)}" for name, note in zip(_NOTES, said, strict=True) if note]
        if notes:
            value = f"{{ value = {value}, {', '.join(notes)} }}"
        lines.append(f"{_toml_text(override.key)} = {value}")
    return "\n".join(lines) + "\n"
