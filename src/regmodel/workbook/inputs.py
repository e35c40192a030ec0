"""The sheets that people edit: assumptions by subject, targets, levers, the scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import CLAUSE_WIDTHS, FORM_WIDTHS, RECORD_WIDTHS, Column
from regmodel.workbook.layout import END_MARK, SUBJECTS, TABLE_MARK, TABLES, Table
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Entry, Row

_WIDTHS = {"targets": CLAUSE_WIDTHS, "scenarios": FORM_WIDTHS}
_ENTRY_STYLES = {"number": "entry_number", "text": "entry_words"}
KIND_COLUMN = "own_kind"
_QUIET_COLUMNS = ("key", "source", "note", "cost", "plan", "wording")
_WITHIN = Text(
    "From {low:g} to {high:g}; beyond that, write why at the right.",
    "范围 {low:g} 至 {high:g}；超出时请在右侧写明理由。",
)
_FIRM = Text("From {low:g} to {high:g}.", "范围 {low:g} 至 {high:g}。")
_NUMBER = Text("A number in the unit at the right.", "按右侧单位填写数字。")
_ALERT = Text("Outside the recorded range", "超出记录范围")
_NOT_A_NUMBER = Text("A number is needed here", "此处须填数字")
_CHOOSE = Text("Choose from the list.", "请从列表中选择。")


def write_inputs(pen: Pen, rows: Mapping[str, tuple[Row, ...]], lists: Mapping[str, str]) -> dict[str, int]:
    """Write every table that is read back; returns the first data row of each table.

    ``lists`` holds the ranges of the hidden sheet that drop-downs take their choices from.
    """
    first_rows: dict[str, int] = {}
    for code in (*SUBJECTS, "levers", "targets", "scenarios"):
        pen.head(code)
        sheet = pen.sheets[code]
        pen.columns(code, _WIDTHS.get(code, RECORD_WIDTHS))
        line = 3
        for table in (table for table in TABLES if table.sheet == code):
            start = line
            line = _write_table(pen, table, rows[table.code], line, lists)
            first_rows[table.code] = start + 4
        first = min(first_rows[table.code] for table in TABLES if table.sheet == code)
        sheet.freeze_panes(first, 2 if code != "scenarios" else 0)
        sheet.repeat_rows(first - 1)
    return first_rows


def _write_table(pen: Pen, table: Table, rows: Sequence[Row], line: int, lists: Mapping[str, str]) -> int:
    """One table: title, intro, grey codes, header, rows, blank rows, end mark; returns the line after it."""
    last = max(column.at for column in table.columns)
    for at in range(last + 1):
        pen.put(table.sheet, line, at, pen.short(table.title) if at == 0 else None, "section")
    pen.put(table.sheet, line + 1, 0, pen.long(table.intro), "intro")
    for column in table.columns:
        mark = f"{TABLE_MARK}{table.code}" if column is table.columns[0] else column.code
        pen.put(table.sheet, line + 2, column.at, mark, "mark")
        pen.put(table.sheet, line + 3, column.at, pen.lines(column.title), "header")
    line += 4
    for row in rows:
        for column in table.columns:
            entry = row.entries.get(column.code) or (_free_entry(column) if table.rows_to_fill else None)
            _write_cell(pen, table, row, column, entry, line, lists)
        line += 1
    for _ in range(max(0, table.rows_to_fill - len(rows))):
        for column in table.columns:
            _write_cell(pen, table, Row("", {}), column, _free_entry(column), line, lists)
        line += 1
    pen.put(table.sheet, line, 0, END_MARK, "mark")
    return line + 2


def _free_entry(column: Column) -> Entry:
    return Entry(column.kind, may_be_blank=True)


def _write_cell(
    pen: Pen, table: Table, row: Row, column: Column, entry: Entry | None, line: int, lists: Mapping[str, str]
) -> None:
    cell = row.cells.get(column.code)
    if entry is None:
        pen.put(table.sheet, line, column.at, cell, _locked_style(column, cell))
        return
    if column.code == KIND_COLUMN:
        entry = replace(entry, kind="choice")
    pen.put(table.sheet, line, column.at, cell, _ENTRY_STYLES.get(entry.kind, "entry_choice"))
    rule = _validation(pen, table, row, column, entry, lists)
    if rule is not None:
        pen.sheets[table.sheet].data_validation(line, column.at, line, column.at, rule)


def _locked_style(column: Column, cell: object) -> str:
    if column.code == "confidence":
        return "assumed" if cell in ("D", "E") else "centre"
    if column.code == "name_en":
        return "strong"
    if column.kind == "number":
        return "number"
    return "quiet" if column.code in _QUIET_COLUMNS else "text"


def _validation(
    pen: Pen, table: Table, row: Row, column: Column, entry: Entry, lists: Mapping[str, str]
) -> dict[str, object] | None:
    title = pen.short(row.title) if row.title is not None else pen.short(column.title)
    rule: dict[str, object] = {"input_title": title[:32], "ignore_blank": True}
    if entry.kind == "number":
        return rule | _number_rule(pen, entry)
    if entry.kind in ("choice", "switch"):
        rule["validate"] = "list"
        rule["source"] = _choices(table, row, column, entry, lists)
        rule["input_message"] = pen.lines(_CHOOSE)
        rule["error_message"] = pen.lines(_CHOOSE)
        return rule
    return None


def _number_rule(pen: Pen, entry: Entry) -> dict[str, object]:
    if entry.low is None or entry.high is None:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e15,
            "maximum": 1e15,
            "input_message": pen.lines(_NUMBER),
            "error_title": pen.short(_NOT_A_NUMBER)[:32],
            "error_message": pen.lines(_NUMBER),
        }
    message = pen.lines((_FIRM if entry.firm else _WITHIN).fill(low=entry.low, high=entry.high))
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": min(entry.low, entry.high),
        "maximum": max(entry.low, entry.high),
        "input_message": message[:255],
        "error_type": "stop" if entry.firm else "warning",
        "error_title": pen.short(_ALERT)[:32],
        "error_message": message[:255],
    }


def _choices(table: Table, row: Row, column: Column, entry: Entry, lists: Mapping[str, str]) -> object:
    if entry.kind == "switch":
        return lists["switch"]
    if column.code == KIND_COLUMN:
        return lists["kinds"]
    if column.code == "reading":
        return list(entry.choices)
    if table.code == "scenarios.form":
        return lists["scenarios"]
    if column.code == "key":
        return lists[f"records.{table.sheet}"]
    return lists["variables" if column.code == "variable" else "regions"]


def write_scenario_list(pen: Pen, scenarios: Sequence[Scenario], line: int) -> None:
    """Below the form: the shipped scenarios and everything that each of them sets."""
    code = "scenarios"
    titles = (
        Text("scenario", "情景"), Text("title", "英文标题"), Text("what it is", "说明"),
        Text("title in Chinese", "中文标题"), Text("parent", "父情景"), Text("overrides", "设定数"),
    )  # fmt: skip
    line = _head(pen, line, Text("Shipped scenarios", "自带情景"), titles)
    for scenario in scenarios:
        cells = (
            scenario.name, scenario.title.en, pen.lines(scenario.description), scenario.title.zh, scenario.parent,
            float(len(scenario.own)),
        )  # fmt: skip
        for at, cell in enumerate(cells):
            pen.put(code, line, at, cell, "number" if isinstance(cell, float) else "strong" if at == 0 else "text")
        line += 1
    setting = (
        Text("scenario", "情景"), Text("key", "键名"), Text("reason", "理由"), Text("source", "来源"),
        Text("value", "取值"),
    )  # fmt: skip
    line = _head(pen, line + 1, Text("What they set", "各情景的设定"), setting)
    for scenario in scenarios:
        for own in scenario.own:
            value = str(own.value).lower() if isinstance(own.value, bool) else own.value
            for at, cell in enumerate((scenario.name, own.key, own.reason, own.source, value)):
                pen.put(code, line, at, cell, "number" if isinstance(cell, float) else "text")
            line += 1


def _head(pen: Pen, line: int, title: Text, headers: Sequence[Text]) -> int:
    for at in range(len(FORM_WIDTHS) - 1):
        pen.put("scenarios", line, at, pen.short(title) if at == 0 else None, "section")
    for at, header in enumerate(headers):
        pen.put("scenarios", line + 1, at, pen.lines(header), "header")
    return line + 2
