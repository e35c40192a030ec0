"""What a person changed in an older workbook, and what becomes of each change today; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from regmodel.params import ParameterBook
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook import typed
from regmodel.workbook.cover import record_stem
from regmodel.workbook.filled import further_entry, region_called
from regmodel.workbook.fixed import Edit, differs, meant
from regmodel.workbook.layout import TABLES
from regmodel.workbook.older import OldBook, OldTable
from regmodel.workbook.rows import Cell, Entry
from regmodel.workbook.said import Said, kind_called
from regmodel.workbook.snapshot import FORM, Kept, Snapshot

MORE = "scenarios.more"
SIDE = "side."  # scenarios side by side are read as a whole
NOTHING_SAID = Said()
Fate = Literal["carried", "no_place", "unit", "choice", "incomplete"]


@dataclass(frozen=True)
class Item:
    """One change: the old cell, the key it set, what was typed, what stood there before and what stands there now."""

    fate: Fate
    where: str
    key: str
    typed: Cell
    before: Cell = None
    now: Cell = None
    said: Said = NOTHING_SAID

    @property
    def edit(self) -> Edit:
        """The change as one of today's."""
        assert self.typed is not None
        return Edit(self.key, self.typed, self.said, self.where)


@dataclass
class Carrier:
    """Goes through an older workbook against what it was written with.

    ``exact`` is False where nothing says what it was written with: ``base`` is then today's, and a difference counts
    only where a source or a reason beside it shows that a person made it; any other is a problem (W-70).
    """

    old: OldBook
    base: Snapshot
    today: Snapshot
    book: ParameterBook
    problems: Problems
    calculated: bool
    exact: bool = True
    _places: dict[str, Kept] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {
            kept.entry.override: kept for kept in self.today.cells.values() if kept.entry.override is not None
        }

    def items(self) -> list[Item]:
        """Every change of the workbook, in the order of its tables."""
        found: list[Item] = []
        order = [table.code for table in TABLES]
        for table in sorted(
            self.old.tables.values(), key=lambda table: order.index(table.code) if table.code in order else len(order)
        ):
            if table.code == FORM or table.code.startswith(SIDE):
                continue
            if table.code.endswith(".regional"):
                found += self._regional(table)
            elif table.code == "targets.caps":
                found += self._caps(table)
            elif table.code == MORE:
                found += self._more(table)
            else:
                found += self._fixed(table)
        return found

    def _fixed(self, table: OldTable) -> Iterator[Item]:
        rows: dict[str, dict[str, Kept]] = {key: {} for code, key in self.base.rows if code == table.code}
        for (code, key, column), kept in self.base.cells.items():
            if code == table.code:
                rows[key][column] = kept
        seen: dict[str, int] = {}
        for line in table.lines():
            key = table.words(line, "key") or ""
            if key not in rows:
                yield Item("no_place", table.where(line, "key"), key, table.at(line, "value").value)
            elif key in seen:
                self._twice(table, line, key, seen[key])
            else:
                seen[key] = line
                yield from self._row(table, line, rows[key])

    def _row(self, table: OldTable, line: int, columns: Mapping[str, Kept]) -> Iterator[Item]:
        said = self._said(table, line)
        values = {
            column: self._value(table, line, column, kept.entry, kept.value)
            for column, kept in columns.items()
            if column in table.columns
        }
        usable = {column: judged.value for column, judged in values.items() if judged.usable}
        changed = [column for column in usable if differs(usable[column], columns[column].value, columns[column].entry)]
        if not changed and said and usable.get("value") is not None:
            changed = ["value"]
        for column in changed:
            kept = columns[column]
            if not self.exact and not said:
                self._unclear(table, line, column, kept)
                continue
            assert kept.entry.override is not None
            value = meant(usable[column], kept.entry)
            before = kept.value if self.exact else None
            yield self._placed(table.where(line, column), kept.entry.override, value, before, kept.unit, said)

    def _placed(self, where: str, key: str, value: Cell, before: Cell, unit: Cell, said: Said) -> Item:
        """The change with its fate under today's records."""
        place = self._places.get(key)
        fate: Fate = "carried"
        if place is None:
            fate = "no_place"
        elif unit != place.unit:
            fate = "unit"
        elif place.entry.choices and value not in place.entry.choices:
            fate = "choice"
        return Item(fate, where, key, value, before, None if place is None else place.value, said)

    def _regional(self, table: OldTable) -> Iterator[Item]:
        stems = {record_stem(key, self.book): key for key in self.book.records}
        for line in table.lines():
            stem, region = table.words(line, "key"), table.words(line, "region")
            place = None if region is None else region_called(region, self.book)
            value = self._value(table, line, "value", Entry("number"), None).value
            key = f"record.{stem}.{place or region}"
            said = self._said(table, line)
            where = table.where(line, "value")
            if stem is None or region is None or value is None:
                yield Item("incomplete", where, key, value, None, None, said)
            elif key in self._places:
                yield self._placed(where, key, value, None, self._places[key].unit, said)
            elif place is None or stem not in stems:
                yield Item("no_place", where, key, value, None, None, said)
            else:
                then = self._unit_then(stem)
                now = self._places[f"record.{stems[stem]}"].unit
                fate: Fate = "carried" if then in (None, now) else "unit"
                yield Item(fate, where, key, value, None, None, said)

    def unit_changed(self, key: str) -> bool:
        """Whether a setting had another unit in the older workbook than today."""
        now, then = self._places.get(key), [kept for kept in self.base.cells.values() if kept.entry.override == key]
        return now is not None and bool(then) and then[0].unit != now.unit

    def _unit_then(self, stem: str) -> Cell:
        """The unit that a record had in the old workbook, whatever its region; None where it had no row."""
        return next(
            (kept.unit for (_, key, _), kept in self.base.cells.items() if key == stem or key.startswith(f"{stem}.")),
            None,
        )

    def _caps(self, table: OldTable) -> Iterator[Item]:
        known = {key.split(".")[2] for key in self._places if key.startswith("clause.cap.")}
        for line in table.lines():
            variable, region, year = (table.words(line, code) for code in ("key", "region", "year"))
            place = None if region is None else region_called(region, self.book)
            value = self._value(table, line, "value", Entry("number"), None).value
            key = f"cap.{variable}.{place or region}.{year}"
            said = self._said(table, line)
            if None in (variable, region, year, value):
                fate: Fate = "incomplete"
            else:
                fate = "carried" if place is not None and variable in known else "no_place"
            yield Item(fate, table.where(line, "value"), key, value, None, None, said)

    def _more(self, table: OldTable) -> Iterator[Item]:
        """Settings by their keys; what is no key today is told when the scenario is put together."""
        for line in table.lines():
            key = table.words(line, "key") or ""
            value = self._value(table, line, "value", further_entry(key), None).value
            where, said = table.where(line, "value"), self._said(table, line)
            if not key or value is None:
                yield Item("incomplete", where, key, value, None, None, said)
            elif key in self._places:
                yield self._placed(where, key, value, None, self._places[key].unit, said)
            else:
                yield Item("carried", where, key, value, None, None, said)

    def _said(self, table: OldTable, line: int) -> Said:
        """What stands beside a figure; an older workbook may have fewer of these columns."""
        words = table.words(line, "own_kind")
        kind = None if words is None else kind_called(words, self.book)
        if words is not None and kind is None:
            names = ", ".join(each.title.en for each in self.book.source_kinds.values())
            self.problems.add(
                "W-39",
                table.where(line, "own_kind"),
                f'"{words}"',
                Text(f"one of {names}", f"下列之一：{names}"),
                Text("choose another in the old workbook.", "请在旧工作簿中另选。"),
            )
        source, where, reason = (table.words(line, code) for code in ("own_source", "own_where", "own_reason"))
        return Said(source, where, kind, reason)

    def _value(self, table: OldTable, line: int, column: str, entry: Entry, base: Cell) -> typed.Judged:
        words = table.words(line, "key") or ""
        place = typed.Place(table.where(line, column), Text(words or "-", words or "-"))
        found = table.at(line, column)
        return typed.judge(found, entry, base, place, self.problems, explained=True, calculated=self.calculated)

    def _twice(self, table: OldTable, line: int, key: str, first: int) -> None:
        self.problems.add(
            "W-21",
            table.where(line, "key"),
            Text("{key} a second time; the first is in row {line}", "{key} 重复；首次出现在第 {line} 行").fill(
                key=key, line=first + 1
            ),
            Text("each row once", "每行只出现一次"),
            Text("delete one of the two rows in the old workbook.", "请在旧工作簿中删除其中一行。"),
        )

    def _unclear(self, table: OldTable, line: int, column: str, kept: Kept) -> None:
        now, then = (_shown(cell) for cell in (kept.value, table.at(line, column).value))
        self.problems.add(
            "W-70",
            table.where(line, column),
            Text("{then}, where the records of today have {now}", "{then}，而现有记录为 {now}").fill(
                then=then, now=now
            ),
            Text(
                "a sign whether a person changed it or the records did: this workbook does not say what it was written "
                "with",
                "须能分辨是您改动的还是记录更新所致：该工作簿未保存底稿取值",
            ),
            Text(
                "in the old workbook, write your reason at the right if it is your figure, or type {now} if it is not.",
                "请在旧工作簿中：若为您填写，请在右侧注明理由；若不是，请填 {now}。",
            ).fill(now=now),
            Text(kept.entry.override or "-", kept.entry.override or "-"),
        )


def _shown(cell: Cell) -> str:
    return "–" if cell is None else typed.shown(cell)
