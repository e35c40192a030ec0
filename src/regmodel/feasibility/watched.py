"""The parameter book while a case is made: what was read of it, and what it should have had and has not."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from regmodel.params import MissingFigure, MissingRecord, ParameterBook
from regmodel.scenario import Override
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text


@dataclass(frozen=True)
class WatchedBook(ParameterBook):
    """A book that notes every record read, and notes a missing number and goes on instead of stopping at the first.

    A missing number reads as not-a-number; nothing that was computed with it may be used.
    """

    used: set[str] = field(default_factory=set, compare=False)
    missing: dict[str, Text] = field(default_factory=dict, compare=False)

    def value(self, key: str, region: str | None = None, *, end: str = "value") -> float:
        """As in the book; a missing one is noted."""
        try:
            found = self.record(key, region)
        except MissingRecord:
            place = "" if region is None else f".{region}"
            self.missing[f"{key}{place}"] = self._expected("a record", "记录", region)
            return math.nan
        self.used.add(found.key)
        return found.at(end)

    def has(self, key: str, region: str | None = None) -> bool:
        """As in the book; what it has is about to be read."""
        found = super().has(key, region)
        if found:
            self.used.add(self.record(key, region).key)
        return found

    def figure(self, variable: str, region: str, year: int) -> float:
        """As in the book; a missing one is noted."""
        try:
            return super().figure(variable, region, year)
        except MissingFigure:
            self.missing[f"baseline.{variable}.{region}.{year}"] = self._expected("a figure", "数据", region)
            return math.nan

    def _expected(self, what: str, what_zh: str, region: str | None) -> Text:
        if region is None:
            return Text(f"{what} of params/", f"params/ 中的{what_zh}")
        name = self.regions.name(region)
        return Text(f"{what} for {name.en}", f"{name.zh}的{what_zh}")


def watch(book: ParameterBook) -> WatchedBook:
    """The same book, watched."""
    return WatchedBook(**{part.name: getattr(book, part.name) for part in fields(ParameterBook)})


def missing_numbers(book: WatchedBook) -> Problems:
    """A problem for every number that was looked for and is not there."""
    problems = Problems()
    for key, expected in book.missing.items():
        if key.startswith("baseline."):
            remedy = Text("add the figure to baseline.csv with its source", "请将数据连同来源加入 baseline.csv")
        else:
            remedy = Text(
                f"add a record [{key}] with range, reason and confidence D",
                f"请添加记录 [{key}]（附范围、理由，可信度 D）",
            )
        problems.add("P-15", key, Text("no figure and no record", "既无数据也无记录"), expected, remedy)
    return problems


def without_effect(book: WatchedBook, overrides: Iterable[Override]) -> Problems:
    """A problem for every record set for one region that the model reads for all regions together."""
    problems = Problems()
    for override in overrides:
        key = override.key.removeprefix("record.")
        stem, _, region = key.rpartition(".")
        general = stem in book.records or f"{stem}.other" in book.records
        if key not in book.records or key in book.used or region not in book.regions.ids() or not general:
            continue
        problems.add(
            "S-11",
            f"{override.owner}   {override.key}",
            Text(f"set for {region}, where nothing reads it", f"为 {region} 设定，但模型不读取"),
            Text("a record that the model reads for this region by itself", "模型按该地区单独读取的记录"),
            Text(f"take it out, or set record.{stem} for all regions", f"请删去，或设定适用于各地区的 record.{stem}"),
        )
    return problems
