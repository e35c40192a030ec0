"""Design files: TOML into a design, every key of its own kind or a problem, and a design as TOML again."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from regmodel.batch.correlation import Correlation
from regmodel.batch.design import ASSUMED, Design, Listed, Vary
from regmodel.params import shipped_folder
from regmodel.scenario.files import shown
from regmodel.scenario.toml_text import read_toml
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

_TOML = Text("a design in TOML (.toml)", "TOML 格式的设计文件（.toml）")
_KEYS = (
    *("name", "title", "title_zh", "scenario", "kind", "count", "seed", "levels", "chunk", "repairs", "details"),
    *("assumptions", "leave_out", "indicators", "vary", "correlation", "scenarios"),
)
_VARY = tuple(part.name for part in fields(Vary))
_SHIPPED = "designs"
_LISTED = ("id", "scenario", "override")
_CORRELATION = ("keys", "matrix")
_MEND = Text("change it, or take the line out", "请改正，或删去该行")
_KINDS: Mapping[str, tuple[Callable[[Any], bool], Text]] = {
    "words": (lambda found: isinstance(found, str) and bool(found), Text("words in quotes", "加引号的文字")),
    "whole": (
        lambda found: isinstance(found, int) and not isinstance(found, bool) and found >= 0,
        Text("a whole number, 0 or more", "不小于 0 的整数"),
    ),
    "number": (
        lambda found: isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found),
        Text("a number", "数字"),
    ),
    "numbers": (
        lambda found: (
            isinstance(found, list | tuple) and bool(found) and all(_KINDS["number"][0](one) for one in found)
        ),
        Text("a list of numbers such as [1, 2, 3]", "数字列表，例如 [1, 2, 3]"),
    ),
    "names": (
        lambda found: isinstance(found, list | tuple) and all(isinstance(one, str) for one in found),
        Text('a list of names such as ["C", "D"]', '名称列表，例如 ["C", "D"]'),
    ),
    "table": (lambda found: isinstance(found, Mapping), Text("a table of its own", "单独的一张表")),
    "tables": (
        lambda found: isinstance(found, list) and all(isinstance(one, Mapping) for one in found),
        Text("tables, each below a line such as [[scenarios]]", "多张表，每张以 [[scenarios]] 一类的行开头"),
    ),
    "matrix": (
        lambda found: isinstance(found, list) and all(_KINDS["numbers"][0](row) for row in found),
        Text("rows of numbers such as [[1, 0.5], [0.5, 1]]", "由各行数字组成，例如 [[1, 0.5], [0.5, 1]]"),
    ),
}


@dataclass(frozen=True)
class _Table:
    """One table of a design file; what is of the wrong kind is noted and read as absent."""

    entries: Mapping[str, Any]
    where: str
    known: tuple[str, ...]
    problems: Problems

    def check_names(self) -> None:
        expected = Text("a key of a design file here", "设计文件此处的键名")
        for key in self.entries:
            if key not in self.known:
                self.problems.add("B-02", self.where, f'"{key}"', expected, did_you_mean(key, self.known))

    def take(self, key: str, kind: str, absent: Any = None) -> Any:
        if key not in self.entries:
            return absent
        fits, expected = _KINDS[kind]
        if fits(self.entries[key]):
            return self.entries[key]
        self.problems.add("B-03", f"{self.where}   {key}", shown(self.entries[key]), expected, _MEND)
        return absent

    def must(self, key: str, kind: str, absent: Any) -> Any:
        if key not in self.entries:
            found, expected = Text("no such key", "缺少该键"), _KINDS[kind][1]
            to_do = Text(f"write {key} = …", f"请写 {key} = …")
            self.problems.add("B-03", f"{self.where}   {key}", found, expected, to_do)
        return self.take(key, kind, absent)


def read_design(name_or_path: str | Path, problems: Problems) -> Design | None:
    """The design of a file or of a shipped name; problems are noted with file and key, None where there are any."""
    path = find_design(name_or_path, problems)
    entries = None if path is None else read_toml(path, "B-01", _TOML, problems)
    if path is None or entries is None:
        return None
    before = len(problems)
    table = _Table(entries, path.name, _KEYS, problems)
    table.check_names()
    design = Design(
        name=table.take("name", "words", path.stem),
        scenario=_beside(table.must("scenario", "words", ""), path),
        kind=table.must("kind", "words", ""),
        count=table.take("count", "whole"),
        seed=table.take("seed", "whole"),
        levels=table.take("levels", "whole"),
        assumptions=tuple(table.take("assumptions", "names", ASSUMED)),
        leave_out=tuple(table.take("leave_out", "names", ())),
        vary=_vary(table),
        correlations=_correlations(table),
        scenarios=_scenarios(table, path),
        indicators=tuple(table.take("indicators", "names", ())),
        chunk=table.take("chunk", "whole"),
        repairs=table.take("repairs", "whole"),
        details=table.take("details", "whole"),
        title=table.take("title", "words", ""),
        title_zh=table.take("title_zh", "words", ""),
    )
    return design if len(problems) == before else None


def _beside(name: str, path: Path) -> str:
    """A scenario file that lies beside the design, by its path; any other name as it stands."""
    for candidate in (path.parent / name, path.parent / f"{name}.toml"):
        if name and candidate.suffix == ".toml" and candidate.is_file() and candidate != path:
            return str(candidate)
    return name


def shipped_designs() -> tuple[str, ...]:
    """Names of the designs that come with the model."""
    return tuple(sorted(path.stem for path in (shipped_folder() / _SHIPPED).glob("*.toml")))


def find_design(name_or_path: str | Path, problems: Problems) -> Path | None:
    """The file of a design given by its path, or of a shipped one by its name."""
    path = Path(name_or_path)
    if path.is_file():
        return path
    names = shipped_designs()
    if str(name_or_path) in names:
        return shipped_folder() / _SHIPPED / f"{name_or_path}.toml"
    expected = Text(
        f"a design file (.toml), or a shipped design: {', '.join(names) or '-'}",
        f"设计文件（.toml），或自带设计：{'、'.join(names) or '-'}",
    )
    to_do = Text("check the path; docs/batches.md shows a design", "请检查路径；设计文件的写法见 docs/batches.md")
    problems.add("B-01", str(name_or_path), Text("no such file", "没有该文件"), expected, to_do)
    return None


def _vary(table: _Table) -> dict[str, Vary]:
    found = {}
    for key, entry in table.take("vary", "table", {}).items():
        where = f"{table.where}   vary.{key}"
        if not isinstance(entry, Mapping):
            to_do = Text(
                'write "record.…" = { low = 1, high = 2 }, the key in quotes',
                '请写成 "record.…" = { low = 1, high = 2 }，键名加引号',
            )
            table.problems.add("B-03", where, shown(entry), _KINDS["table"][1], to_do)
            continue
        one = _Table(entry, where, _VARY, table.problems)
        one.check_names()
        numbers = {name: one.take(name, "number") for name in ("low", "high", "mode", "mean", "sd")}
        found[key] = Vary(
            distribution=one.take("distribution", "words"),
            values=tuple(one.take("values", "numbers", ())),
            levels=one.take("levels", "whole"),
            like=one.take("like", "words"),
            reason=one.take("reason", "words"),
            **numbers,
        )
    return found


def _correlations(table: _Table) -> tuple[Correlation, ...]:
    found = []
    for number, entry in enumerate(table.take("correlation", "tables", []), start=1):
        one = _Table(entry, f"{table.where}   correlation {number}", _CORRELATION, table.problems)
        one.check_names()
        keys = tuple(one.must("keys", "names", ()))
        rows = one.must("matrix", "matrix", [])
        found.append(Correlation(keys, tuple(tuple(float(value) for value in row) for row in rows)))
    return tuple(found)


def _scenarios(table: _Table, path: Path) -> tuple[Listed, ...]:
    found = []
    for number, entry in enumerate(table.take("scenarios", "tables", []), start=1):
        one = _Table(entry, f"{table.where}   scenarios {number}", _LISTED, table.problems)
        one.check_names()
        name = one.take("scenario", "words")
        override = {
            key: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for key, value in one.take("override", "table", {}).items()
        }
        found.append(
            Listed(one.must("id", "words", str(number)), override, None if name is None else _beside(name, path))
        )
    return tuple(found)


def dump_design(design: Design) -> str:
    """The design as TOML text that repeats it; what was left to its default is left out."""
    lines = [f"name = {_said(design.name)}"]
    lines += [f"{key} = {_said(value)}" for key in ("title", "title_zh") if (value := getattr(design, key))]
    lines += [f"scenario = {_said(design.base_name)}", f"kind = {_said(design.kind)}"]
    for key in ("count", "seed", "levels", "chunk", "repairs", "details"):
        if getattr(design, key) is not None:
            lines.append(f"{key} = {getattr(design, key)}")
    lines += [f"assumptions = {_said(design.assumptions)}", f"leave_out = {_said(design.leave_out)}"]
    if design.indicators:
        lines.append(f"indicators = {_said(design.indicators)}")
    if design.vary:
        lines += ["", "[vary]", *(f"{_said(key)} = {_inline(vary)}" for key, vary in design.vary.items())]
    for correlation in design.correlations:
        lines += ["", "[[correlation]]", f"keys = {_said(correlation.keys)}", f"matrix = {_said(correlation.matrix)}"]
    for listed in design.scenarios:
        lines += ["", "[[scenarios]]", f"id = {_said(listed.id)}"]
        lines += [] if listed.scenario is None else [f"scenario = {_said(listed.scenario)}"]
        lines += ["[scenarios.override]", *(f"{_said(key)} = {_said(value)}" for key, value in listed.override.items())]
    return "\n".join(lines) + "\n"


def _inline(vary: Vary) -> str:
    given = {name: getattr(vary, name) for name in _VARY if getattr(vary, name) not in (None, ())}
    return "{ " + ", ".join(f"{name} = {_said(value)}" for name, value in given.items()) + " }" if given else "{}"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple | list):
        return f"[{', '.join(_said(one) for one in value)}]"
    return repr(float(value)) if isinstance(value, float) else str(value)
