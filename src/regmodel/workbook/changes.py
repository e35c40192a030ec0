"""What a scenario changes, in words: the name, what stood there before, what stands there now, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regmodel.report.labels import reading_label
from regmodel.scenario import Override, Scenario, shipped_names
from regmodel.scenario.better import stands_for
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import clause_title, contents, record_number, unit_text, variable_text
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import Cell, CellRow, Row, read_switch, switch_word
from regmodel.workbook.stamp import base_scenario, draft_of

if TYPE_CHECKING:
    from regmodel.params import Record

_YOURS = Text("yours", "您的改动")
_FROM = Text("from the scenario {owner}", "来自情景 {owner}")
_NOTHING = Text("nothing: the shipped records, clauses and levers as they are", "无改动：采用随附的记录、条款和措施")
_NO_REASON = Text("no reason given", "未注明理由")
_NO_SOURCE = Text("no source given", "未注明来源")
_NOT_SET = Text("not set", "未设定")
_WHAT = {
    "enabled": Text("in force", "是否启用"),
    "reading": Text("reading", "读法"),
    "ease_low": Text("lower end gives way by", "下端放宽"),
    "ease_high": Text("upper end gives way by", "上端放宽"),
    "limit": Text("share that may be used", "可用比例"),
}
_EASES = ("ease_low", "ease_high")
_CAP = Text("Limit of {variable}, {region}, {year}", "{region}{year}年{variable}上限")


@dataclass(frozen=True)
class _Place:
    """The row of a table that an override sets, and which of its cells."""

    row: Row
    code: str


class Changes:
    """The overrides of a scenario told against what they override."""

    def __init__(self, scenario: Scenario, language: BookLanguage) -> None:
        self._scenario = scenario
        self._language = language

    def rows(self) -> list[CellRow]:
        """One row an override, the scenario's own first; one row that says so where nothing is changed."""
        mine = {override.key for override in self._own}
        inherited = [override for override in self._scenario.overrides if override.key not in mine]
        rows = self.own_rows() + self._told(inherited, base_scenario("", ()), None)
        return rows or [[None, sentence(_NOTHING, self._language)]]

    def own_rows(self) -> list[CellRow]:
        """The rows of what a person set; a scenario that ships with the model is nobody's edit."""
        if not self._own:
            return []
        draft = draft_of(self._scenario)
        return self._told(self._own, draft.base if draft.form.parent else base_scenario("", ()), _YOURS)

    @property
    def _own(self) -> tuple[Override, ...]:
        return () if self._scenario.name in shipped_names() else self._scenario.own

    def _told(self, overrides: Iterable[Override], base: Scenario, whose: Text | None) -> list[CellRow]:
        overrides = tuple(overrides)
        if not overrides:
            return []
        places = {
            entry.override: _Place(row, code)
            for kept in contents(base, self._language).values()
            for row in kept
            for code, entry in row.entries.items()
            if entry.override is not None
        }
        return [self._row(override, base, places.get(override.key), whose) for override in overrides]

    def _row(self, override: Override, base: Scenario, place: _Place | None, whose: Text | None) -> CellRow:
        name, before, unit = self._before(override, base, place)
        owner = whose or _FROM.fill(owner=override.owner)
        reason, source = override.reason or None, self._source(override)
        return [
            word(owner, self._language),
            f"{sentence(name, self._language)}\n({override.key})",
            word(_NOT_SET, self._language) if before is None else before,
            self._value(override),
            None if unit is None else word(unit, self._language),
            reason or word(_NO_REASON, self._language),
            source or word(_NO_SOURCE, self._language),
        ]

    def _source(self, override: Override) -> str | None:
        """The source, the place in it, and the confidence that follows from its kind."""
        if not override.source:
            return None
        words = ", ".join(part for part in (override.source, override.where) if part)
        found = stands_for(override.key.removeprefix("record."), self._scenario.book)
        return words if found is None or override.kind is None else f"{words} ({found.confidence})"

    def _before(self, override: Override, base: Scenario, place: _Place | None) -> tuple[Text, Cell, Text | None]:
        """The name in words, what the base has there, and the unit of both."""
        if place is not None:
            return self._of_table(override, base, place)
        root, _, rest = override.key.partition(".")
        if root == "cap" and rest.count(".") == 2:
            return _cap(rest, base)
        stem, _, region = rest.rpartition(".")
        book = base.book
        if root == "record" and book.regions.is_known(region) and book.has(stem, region):
            record: Record = book.record(stem, region)
            title, where = record.title, book.regions.name(region)
            named = Text(f"{title.en}, {where.en}", f"{where.zh}：{title.zh}")
            return named, record_number(record, book, record.printed), unit_text(record.printed_unit)
        if root == "clause" and region in _EASES:
            clause = base.clause(stem).clause
            title, what = clause_title(clause, book), _WHAT[region]
            return Text(f"{title.en}: {what.en}", f"{title.zh}：{what.zh}"), None, unit_text(clause.unit)
        return Text(override.key, override.key), None, None

    def _of_table(self, override: Override, base: Scenario, place: _Place) -> tuple[Text, Cell, Text | None]:
        row, cell = place.row, place.row.cells.get(place.code)
        title = row.title or Text(row.key, row.key)
        what = _WHAT.get(place.code)
        name = title if what is None else Text(f"{title.en}: {what.en}", f"{title.zh}：{what.zh}")
        if place.code == "enabled":
            return name, word(switch_word(bool(read_switch(cell))), self._language), None
        if place.code == "reading":
            return name, None if cell is None else self._reading(base, row.key, str(cell)), None
        if place.code == "limit" and cell is None:
            cell = 1.0
        return name, cell, row.unit

    def _value(self, override: Override) -> Cell:
        if isinstance(override.value, bool):
            return word(switch_word(override.value), self._language)
        if override.key.endswith(".reading") and override.key.startswith("clause."):
            clause = override.key.removeprefix("clause.").removesuffix(".reading")
            return self._reading(self._scenario, clause, str(override.value))
        return override.value

    def _reading(self, scenario: Scenario, clause: str, reading: str) -> str:
        row = scenario.clause(clause).clause
        english, chinese = reading_label(row, reading, "en"), reading_label(row, reading, "zh")
        return word(Text(english or reading, chinese or reading), self._language)


def _cap(rest: str, base: Scenario) -> tuple[Text, Cell, Text | None]:
    """A cap of a region and year: its figure before, set by the base or printed, and the unit of such caps."""
    variable, region, year = rest.split(".")
    names: Mapping[str, Text] = {"variable": variable_text(variable), "region": base.book.regions.name(region)}
    words = (
        _CAP.read(language).format(year=year, **{name: text.read(language) for name, text in names.items()})
        for language in ("en", "zh")
    )
    printed = {active.clause.id: active.clause for active in base.clauses}.get(f"cap.{rest}")
    like = next((active.clause for active in base.clauses if active.clause.id.startswith(f"cap.{variable}.")), printed)
    before: Cell = base.caps.get(rest, printed.value if printed is not None else None)
    return Text(*words), before, None if like is None else unit_text(like.unit)
