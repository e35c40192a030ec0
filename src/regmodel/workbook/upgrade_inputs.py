"""What an upgrade reads besides tables of figures: the form, scenarios side by side, what the records changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.carry import Carrier, Item
from regmodel.workbook.cells import SheetCells
from regmodel.workbook.fixed import TableReading
from regmodel.workbook.form import FormWords
from regmodel.workbook.older import OldBook
from regmodel.workbook.package import Area
from regmodel.workbook.refusals import NEW_BOOK
from regmodel.workbook.rows import Cell, Row, same_cell
from regmodel.workbook.run_choice import read_choice
from regmodel.workbook.side_read import side_of_cells
from regmodel.workbook.snapshot import FORM, Snapshot


@dataclass(frozen=True)
class Beside:
    """The scenarios that stand side by side with the main one (None: as in a fresh workbook), and what a Run runs."""

    others: tuple[Scenario, ...] | None
    asked: str | None


_NO_FORM = Text("no table of the scenario", "没有情景表")
_A_FORM = Text("the table with name and parent of the scenario", "含情景名称与父情景的表")


def old_form(book: OldBook, kept: Snapshot, today: Sequence[Row], problems: Problems) -> TableReading:
    """The form as typed; what a person left as it was written is what is written there today."""
    reading = TableReading()
    table = book.tables.get(FORM)
    if table is None:
        problems.add("W-14", FORM, _NO_FORM, _A_FORM, NEW_BOOK)
        return reading
    for row in today:
        line = table.keys.get(row.key)
        typed = None if line is None else table.words(line, "value")
        written = kept.cells.get((FORM, row.key, "value"))
        unchanged = line is None or (written is not None and same_cell(typed, written.value))
        reading.entries[row.key] = {"value": row.cells.get("value") if unchanged else typed}
        if line is not None:
            reading.places[row.key] = table.where(line, "value")
    for key in [key for key in table.keys if key.startswith("layer_") and key not in reading.entries]:
        reading.entries[key] = {"value": table.words(table.keys[key], "value")}
        reading.places[key] = table.where(table.keys[key], "value")
    return reading


def form_items(form: TableReading, today: Sequence[Row]) -> list[Item]:
    """What a person wrote into the form, as changes."""
    now = {row.key: row.cells.get("value") for row in today}
    return [
        Item("carried", form.places[key], f"scenario.{key}", entry["value"], now.get(key), entry["value"])
        for key, entry in form.entries.items()
        if key in form.places and not same_cell(entry["value"], now.get(key))
    ]


def changed_records(then: Snapshot, now: Snapshot, items: Sequence[Item]) -> list[tuple[str, Cell, Cell]]:
    """What the records say otherwise today, where no person changed it: key, value then, value now."""
    touched = {item.key for item in items}
    return [
        (kept.entry.override or "", kept.value, now.cells[place].value)
        for place, kept in then.cells.items()
        if place in now.cells
        and place[0] != FORM
        and kept.entry.override not in touched
        and not same_cell(kept.value, now.cells[place].value)
    ]


def others_beside(
    sheet: SheetCells | None, main: Scenario, form: FormWords, carrier: Carrier, problems: Problems, *, calculated: bool
) -> tuple[Scenario, ...] | None:
    """The scenarios that stood side by side with the main one; None where the older workbook had no such sheet."""
    if sheet is None:
        return None
    others = side_of_cells(sheet, main, form, problems, calculated=calculated).scenarios
    for other in others:
        for own in other.own:
            if carrier.unit_changed(own.key):
                expected = Text("a setting whose unit is still the same", "单位未变的设定")
                to_do = Text("take it out of the old workbook, then set it anew.", "请在旧工作簿中删去，升级后再设定。")
                problems.add("W-73", f"{sheet.title}   {other.name}", own.key, expected, to_do)
    problems.raise_if_any()
    return others


def asked_of(
    sheet: SheetCells | None,
    cell: Area | None,
    scenarios: Sequence[Scenario],
    items: list[Item],
    problems: Problems,
) -> str | None:
    """What a Run ran of an older workbook, noted among the changes; raises InputProblems for what is no scenario."""
    if sheet is None or cell is None or cell.sheet != sheet.title:
        return None
    where = sheet.where(cell.top, cell.left)
    asked = read_choice(sheet.at(cell.top, cell.left), where, scenarios, problems)
    problems.raise_if_any()
    if asked is not None:
        items.append(Item("carried", where, "run", asked))
    return asked
