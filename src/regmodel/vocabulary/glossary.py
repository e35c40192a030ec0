"""The glossary: every name of the model with its title, unit and meaning, read from glossary.toml beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

KINDS = ("assumption", "parameter", "target", "lever", "variable", "indicator")
GLOSSARY = Path(__file__).with_name("glossary.toml")
_WORDS = ("title", "title_zh", "definition", "definition_zh", "kind")
_PAIR = ("unit", "display_unit")
_BOUNDS = ("lower", "upper")
_KEYS = (*_WORDS, *_PAIR, *_BOUNDS, "equation", "modelled")


@dataclass(frozen=True)
class Term:
    """One name. ``lower`` and ``upper`` are hard bounds in ``unit``; a term without a unit prints no number."""

    name: str
    title: Text
    definition: Text
    kind: str
    unit: str | None
    display_unit: str | None
    lower: float | None
    upper: float | None
    equation: str | None
    modelled: bool

    def allows(self, value: float) -> bool:
        """Whether a value, in the unit in memory, lies within the hard bounds."""
        above = self.lower is None or value >= self.lower
        return above and (self.upper is None or value <= self.upper)


class UnknownTerm(KeyError):
    """A name that the glossary does not have."""

    def __str__(self) -> str:
        return str(self.args[0])


def _check_words(name: str, entry: Mapping[str, Any], place: str, problems: Problems) -> None:
    for key in entry:
        if key not in _KEYS:
            problems.add(
                "V-01",
                f"{place}   {name}",
                f'"{key}"',
                Text("a key that entries of the glossary have", "词条已有的字段"),
                did_you_mean(key, _KEYS),
            )
    for key in (*_WORDS, *_PAIR, "equation"):
        given = key in entry
        if key in _WORDS and not given:
            found, wanted = Text("no such key", "缺少该字段"), True
        else:
            found = Text(f"{entry.get(key)!r}", f"{entry.get(key)!r}")
            wanted = given and (not isinstance(entry[key], str) or not entry[key].strip())
        if wanted:
            problems.add(
                "V-02",
                f"{place}   {name}.{key}",
                found,
                Text("a text that is not empty", "非空文本"),
                Text(f"write {key} in words", f"请填写 {key}"),
            )


def _check_values(name: str, entry: Mapping[str, Any], place: str, problems: Problems) -> None:
    if "kind" in entry and entry["kind"] not in KINDS:
        problems.add(
            "V-03",
            f"{place}   {name}.kind",
            f"{entry['kind']!r}",
            Text("one of the six words of the house", "六个类别词之一"),
            did_you_mean(str(entry["kind"]), KINDS),
        )
    if ("unit" in entry) != ("display_unit" in entry):
        problems.add(
            "V-04",
            f"{place}   {name}",
            Text("one unit of two", "只有一个单位"),
            Text("unit and display_unit together, or neither", "unit 与 display_unit 须同时填写或同时省略"),
            Text("add the other one", "请补充另一个单位"),
        )
    bounds = [entry[key] for key in _BOUNDS if key in entry]
    typed = all(isinstance(bound, float) for bound in bounds)
    if not typed or (len(bounds) == len(_BOUNDS) and bounds[0] > bounds[1]):
        problems.add(
            "V-05",
            f"{place}   {name}",
            f"{bounds}",
            Text("bounds with a decimal point, lower before upper", "带小数点的界限，且下限不大于上限"),
            Text("write them as 0.0 and 1.0", "请写作 0.0 与 1.0"),
        )
    if not isinstance(entry.get("modelled", True), bool):
        problems.add(
            "V-06",
            f"{place}   {name}.modelled",
            f"{entry['modelled']!r}",
            Text("true or false", "true 或 false"),
            Text("write it without quotes", "请勿加引号"),
        )


def _term(name: str, entry: Mapping[str, Any]) -> Term:
    return Term(
        name=name,
        title=Text(entry["title"], entry["title_zh"]),
        definition=Text(entry["definition"], entry["definition_zh"]),
        kind=entry["kind"],
        unit=entry.get("unit"),
        display_unit=entry.get("display_unit"),
        lower=entry.get("lower"),
        upper=entry.get("upper"),
        equation=entry.get("equation"),
        modelled=entry.get("modelled", True),
    )


@cache
def read_glossary(path: Path = GLOSSARY) -> Mapping[str, Term]:
    """All terms by name, in the order of the file; raises InputProblems with everything that is wrong in it."""
    entries: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    problems = Problems()
    for name, entry in entries.items():
        _check_words(name, entry, path.name, problems)
        _check_values(name, entry, path.name, problems)
    problems.raise_if_any()
    return MappingProxyType({name: _term(name, entry) for name, entry in entries.items()})


def term(name: str) -> Term:
    """The term of a name; raises UnknownTerm with the nearest name."""
    glossary = read_glossary()
    if name not in glossary:
        raise UnknownTerm(f'the glossary has no "{name}": {did_you_mean(name, glossary).en}')
    return glossary[name]
