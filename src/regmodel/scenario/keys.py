"""Checks of every override: its key names something that the model uses, its value is of the right kind."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from regmodel.params import ParameterBook
from regmodel.params.source_kinds import NONE
from regmodel.plans import Clause
from regmodel.scenario.files import shown
from regmodel.scenario.model import Lever, Override
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text

EASES = ("ease_low", "ease_high")
ONE_END = {"<=": "ease_high", ">=": "ease_low", "rising": "ease_low"}
"""The one end of a clause, by its sense; any other sense can have two."""
CLAUSE_PARTS = ("value", "enabled", "reading", *EASES)
LEVER_PARTS = ("enabled", "limit")
ROOTS = ("record", "clause", "lever", "cap")
YEARLY_CAPS = ("water_use_total",)
_NUMBER = Text("a number", "数字")
_PLAIN = Text("write the number alone, in the printed unit and without quotes", "请只写数字，用所印单位，不加引号")
_SWITCH = Text("true or false", "true 或 false")


def split(key: str, parts: tuple[str, ...]) -> tuple[str, str] | None:
    """Id and part of a key such as ``clause.<id>.value``, or None where it has no such part."""
    stem, _, part = key.partition(".")[2].rpartition(".")
    return (stem, part) if part in parts and stem else None


@dataclass(frozen=True)
class KeyChecks:
    """What keys may name: the records and figures, the clauses and the levers."""

    book: ParameterBook
    clauses: tuple[Clause, ...]
    levers: tuple[Lever, ...]
    problems: Problems

    def usable(self, overrides: Iterable[Override]) -> list[Override]:
        """Those that can be applied; each of the others is noted."""
        checks = {"record": self._record, "clause": self._clause, "lever": self._lever, "cap": self._cap}
        good = []
        for override in overrides:
            before = len(self.problems)
            root = override.key.partition(".")[0]
            if root in checks:
                checks[root](override)
            else:
                expected = Text(
                    "a key that begins with record, clause, lever or cap", "以 record、clause、lever 或 cap 开头的键"
                )
                self._unknown(override, root, ROOTS, expected)
            self._cited(override)
            if len(self.problems) == before:
                good.append(override)
        return good

    def _note(self, code: str, override: Override, found: str, expected: Text, to_do: Text) -> None:
        self.problems.add(code, f"{override.owner}   {override.key}", found, expected, to_do)

    def _unknown(self, override: Override, name: str, choices: Iterable[str], expected: Text) -> None:
        self._note("S-07", override, f'"{name}"', expected, did_you_mean(name, choices))

    def _number(self, override: Override) -> bool:
        value = override.value
        if isinstance(value, float) and not isinstance(value, bool) and math.isfinite(value):
            return True
        self._note("S-08", override, shown(value), _NUMBER, _PLAIN)
        return False

    def _switch(self, override: Override) -> None:
        if not isinstance(override.value, bool):
            to_do = Text("write true or false, without quotes", "请写 true 或 false，不加引号")
            self._note("S-08", override, shown(override.value), _SWITCH, to_do)

    def _cited(self, override: Override) -> None:
        """What is said about a source: a kind that the rule knows, and nothing about a source that is not named."""
        kinds = self.book.source_kinds
        if override.kind is not None and override.kind not in kinds:
            expected = Text(
                f"a kind of source: {', '.join(kinds)} (params/source_kinds.csv)",
                f"来源类别：{'、'.join(kinds)}（params/source_kinds.csv）",
            )
            self._note("S-12", override, f'"{override.kind}"', expected, did_you_mean(override.kind, kinds))
            return
        about = override.where or (override.kind if override.kind != NONE else None)
        if override.source is None and about is not None:
            expected = Text("the source that this is said of", "所指的来源")
            to_do = Text('add source = "…", or take where and kind out', "请补上 source = “…”，或删去 where 和 kind")
            self._note("S-13", override, f'"{about}"', expected, to_do)

    def _record(self, override: Override) -> None:
        key = override.key.removeprefix("record.")
        figures = [figure.key for figure in self.book.figures]
        stem, _, last = key.rpartition(".")
        of_region = last in self.book.regions.ids() and self.book.has(stem, last)
        if key in self.book.records or key in figures or of_region:
            self._number(override)
            return
        if last.isupper() and self.book.has(stem, self.book.regions.ids()[0]):
            expected = Text(
                "a single region: a record holds for one region or for all", "单个地区：记录适用于一地或各地"
            )
            self._unknown(override, last, self.book.regions.ids(), expected)
            return
        expected = Text(
            "a record of params/, with a region where it takes one, or a figure of baseline.csv",
            "params/ 中的记录（可带地区后缀），或 baseline.csv 中的数据",
        )
        self._unknown(override, key, [*self.book.records, *figures], expected)

    def _clause(self, override: Override) -> None:
        named = split(override.key, CLAUSE_PARTS)
        if named is None:
            expected = Text(
                "clause.<id>.value, .enabled, .reading, .ease_low or .ease_high",
                "clause.<编号>.value、.enabled、.reading、.ease_low 或 .ease_high",
            )
            self._unknown(override, override.key.rpartition(".")[2], CLAUSE_PARTS, expected)
            return
        clause = next((clause for clause in self.clauses if clause.id == named[0]), None)
        if clause is None:
            ids = [clause.id for clause in self.clauses]
            self._unknown(override, named[0], ids, Text("the id of a clause", "条款编号"))
        elif named[1] == "value":
            self._number(override)
        elif named[1] in EASES:
            self._ease(override, clause, named[1])
        elif named[1] == "reading":
            self._reading(override, clause)
        else:
            self._switch(override)
            if override.value is True and not clause.bounding:
                expected = Text(
                    f"a target, cap, statement or path; this is a {clause.kind}, which binds nothing",
                    f"目标、上限、表述或路径；该条为 {clause.kind}，不构成约束",
                )
                self._note("S-08", override, "true", expected, Text("take the line out", "请删去该行"))

    def _ease(self, override: Override, clause: Clause, part: str) -> None:
        there = ONE_END.get(clause.sense, part)
        if not clause.bounding:
            expected = Text(
                f"a target, cap, statement or path; this is a {clause.kind}, which has no end to ease",
                f"目标、上限、表述或路径；该条为 {clause.kind}，没有可放宽的界限",
            )
            self._note("S-08", override, shown(override.value), expected, Text("take the line out", "请删去该行"))
        elif part != there:
            expected = Text(f"{there}: the clause has no other end", f"{there}：该条款没有另一端")
            to_do = Text(
                f"set clause.{clause.id}.{there}, or take the line out",
                f"请设定 clause.{clause.id}.{there}，或删去该行",
            )
            self._note("S-07", override, f'"{part}"', expected, to_do)
        elif self._number(override) and float(override.value) < 0:
            expected = Text(
                "by how much the end gives way, 0 or more, in the clause's unit",
                "界限放宽的幅度，不小于 0，用该条款的单位",
            )
            to_do = Text("to ask for more set clause.<id>.value", "要提高要求，请设定 clause.<编号>.value")
            self._note("S-08", override, shown(override.value), expected, to_do)

    def _reading(self, override: Override, clause: Clause) -> None:
        if override.value in clause.readings:
            return
        if clause.readings:
            expected = Text(
                f"a reading of this clause: {', '.join(clause.readings)}",
                f"该条款的读法：{'、'.join(clause.readings)}",
            )
            to_do = did_you_mean(str(override.value), clause.readings)
        else:
            expected = Text("no reading: the clause has one only", "无须指定读法：该条款仅有一种")
            to_do = Text("take the line out", "请删去该行")
        self._note("S-07", override, shown(override.value), expected, to_do)

    def _lever(self, override: Override) -> None:
        named = split(override.key, LEVER_PARTS)
        if named is None:
            expected = Text("lever.<id>.enabled or .limit", "lever.<编号>.enabled 或 .limit")
            self._unknown(override, override.key.rpartition(".")[2], LEVER_PARTS, expected)
            return
        ids = [lever.id for lever in self.levers]
        if named[0] not in ids:
            self._unknown(override, named[0], ids, Text("the id of a lever", "措施编号"))
        elif named[1] == "enabled":
            self._switch(override)
        elif self._number(override) and not 0 <= float(override.value) <= 1:
            expected = Text("a share of the recorded capacity between 0 and 1", "占记录能力的比例，0 至 1")
            self._note(
                "S-08", override, shown(override.value), expected, Text("write 0.5 for one half", "一半请写 0.5")
            )

    def _cap(self, override: Override) -> None:
        parts = override.key.split(".")
        if len(parts) != 4:
            expected = Text("cap.<variable>.<REGION>.<year>", "cap.<变量>.<地区>.<年份>")
            to_do = Text("write it in four parts", "请写成四段")
            self._note("S-07", override, f'"{override.key}"', expected, to_do)
            return
        _, variable, place, year = parts
        years = [str(one) for one in range(BASE_YEAR + 1, LAST_YEAR + 1)]
        places = sorted({one.region for one in self.clauses if one.kind == "cap" and one.variable in YEARLY_CAPS})
        for name, known, expected in (
            (
                variable,
                YEARLY_CAPS,
                Text(
                    "a variable with a cap for each year; any other cap is set by clause.<id>.value",
                    "按年份设上限的变量；其他上限用 clause.<编号>.value 设定",
                ),
            ),
            (
                place,
                places,
                Text("a region or a set of regions with a cap in params/", "params/ 中设有上限的地区或地区组"),
            ),
        ):
            if name not in known:
                self._unknown(override, name, known, expected)
        if year not in years:
            expected = Text(f"a year from {years[0]} to {years[-1]}", f"{years[0]} 至 {years[-1]} 之间的年份")
            self._note("S-07", override, f'"{year}"', expected, Text("change the year", "请改正年份"))
        if self._number(override) and float(override.value) < 0:
            expected = Text("a volume of 0 or more", "不小于 0 的水量")
            self._note("S-08", override, shown(override.value), expected, Text("change the number", "请改正数字"))
