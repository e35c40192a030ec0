"""Writes the sheet of scenarios side by side, with the hidden lists that its inherited values are looked up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regmodel.runs.differing import shipped
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import SAID
from regmodel.workbook.layout import END_MARK, TABLE_MARK, TABLES, Table
from regmodel.workbook.package import column_letters
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell, Row
from regmodel.workbook.run_choice import write_choice
from regmodel.workbook.side import (
    COLUMNS,
    HEAD,
    HEAD_FIELDS,
    LABELS,
    LAYER_ROWS,
    ROWS,
    SETTINGS,
    WIDTHS,
    SideColumn,
    SideLines,
    SideRow,
    cell_of,
    key_words,
    keys_of,
    shipped_side,
    side_of,
    value_words,
)

LISTS_AT = 30
HEAD_LINE, FRAME = 5, 4  # the first line of the upper table; lines above the rows of a table
KEYS, VALUES, NAMES, UNITS = "rm_side_keys", "rm_side_values", "rm_side_names", "rm_side_units"
LAYER_KEYS, LAYER_VALUES = "rm_layer_keys", "rm_layer_values"
_CHOOSE = Text("Choose from the list.", "请从列表中选择。")
_A_KEY = Text("A key of the list, or one that a scenario file would use.", "列表中的键名，或情景文件可用的其他键名。")


@dataclass(frozen=True)
class Values:
    """Values that formulas of the sheet look up: of the workbook's own scenario, and of each layer by its name."""

    main: Mapping[str, Cell]
    layers: Mapping[str, Mapping[str, Cell]]

    def inherited(self, key: str, layers: Sequence[str]) -> Cell:
        """What a scenario with these layers has where it sets nothing itself."""
        for layer in reversed(layers):
            if key in self.layers.get(layer, {}):
                return self.layers[layer][key]
        return self.main.get(key)


def write_side(
    pen: Pen,
    scenario: Scenario,
    shown: Mapping[str, Sequence[Row]],
    first: Mapping[str, int],
    lists: Mapping[str, str],
    known: Sequence[Scenario],
    others: Sequence[Scenario] | None,
    asked: str | None,
) -> SideLines:
    """The sheet with its two tables: the heads of the scenarios, and what they set; returns where they stand.

    ``known`` are the shipped scenarios; two of them stand there as layers where no ``others`` are given. ``asked`` is
    what a Run runs.
    """
    bare = shipped()
    if others is None:
        columns, rows = shipped_side(scenario, known, pen.language)
    else:
        columns, rows = side_of(scenario, others, bare, pen.language)
    keys = dict.fromkeys([*keys_of(shown), *(row.key for row in rows)])
    values = _write_lists(pen, scenario, bare, known, list(keys), shown, first)
    pen.head("side")
    pen.columns("side", WIDTHS)
    below = _write_head(pen, columns, lists)
    count = max(ROWS, len(rows) + 4)
    lines = SideLines(HEAD_LINE + FRAME, below + FRAME, count)
    write_choice(pen, asked, [str(column.fields.get("name") or "") for column in columns], lines)
    _write_settings(pen, bare, columns, rows, values, lines, lists)
    pen.sheets["side"].freeze_panes(0, 2)
    return lines


def _frame(pen: Pen, table: Table, line: int) -> int:
    """Title, intro, grey line of codes and header of a table; returns its first line."""
    for at in range(max(column.at for column in table.columns) + 1):
        pen.put("side", line, at, pen.short(table.title) if at == 0 else None, "section")
    pen.put("side", line + 1, 0, pen.long(table.intro), "intro")
    for column in table.columns:
        mark = f"{TABLE_MARK}{table.code}" if column is table.columns[0] else column.code
        pen.put("side", line + 2, column.at, mark, "mark")
        pen.put("side", line + 3, column.at, pen.lines(column.title), "header")
    return line + FRAME


def _write_head(pen: Pen, columns: Sequence[SideColumn], lists: Mapping[str, str]) -> int:
    line = _frame(pen, HEAD, HEAD_LINE)
    for field in HEAD_FIELDS:
        pen.put("side", line, 0, field, "quiet")
        pen.put("side", line, 1, pen.lines(LABELS[field]), "text")
        for at, code in enumerate(COLUMNS):
            cell = columns[at].fields.get(field) if at < len(columns) else None
            place = HEAD.column(code).at
            words = field in ("name", "title_en", "title_zh")
            pen.put("side", line, place, cell, "entry_words" if words else "entry_choice")
            if not words:
                source = lists["scenarios" if field in LAYER_ROWS else "switch"]
                _validate(pen, line, place, source, _CHOOSE)
        line += 1
    pen.put("side", line, 0, END_MARK, "mark")
    return line + 2


def _write_settings(
    pen: Pen,
    bare: Scenario,
    columns: Sequence[SideColumn],
    rows: Sequence[SideRow],
    values: Values,
    lines: SideLines,
    lists: Mapping[str, str],
) -> None:
    head = lines.fields
    line = top = _frame(pen, SETTINGS, lines.settings - FRAME)
    sheet = pen.sheets["side"]
    for at in range(lines.count):
        row = rows[at] if at < len(rows) else None
        key = f"$A{line + 1}"
        pen.put("side", line, 0, None if row is None else row.key, "entry_words")
        _validate(pen, line, 0, f"={KEYS}", _A_KEY, strict=False)
        name, unit = ("", "") if row is None else key_words(bare, row.key, pen.language)
        main = None if row is None else values.main.get(row.key)
        # A name or a unit that is not there is an empty cell of the list, which a formula takes for 0.
        for place, names, said in ((1, NAMES, name), (2, UNITS, unit), (3, VALUES, main)):
            words = '&""' if place < 3 else ""
            formula = f'=IF({key}="","",IFERROR(INDEX({names},MATCH({key},{KEYS},0)){words},""))'
            style = "inherited" if place == 3 else "text"
            sheet.write_formula(line, place, formula, pen.styles[style], "" if said is None else said)
        for number, code in enumerate(COLUMNS):
            _write_setting(pen, line, code, row, columns[number] if number < len(columns) else None, head, values)
        said_cells = {} if row is None else row.said.cells(bare.book, pen.language)
        for code in SAID:
            pen.put("side", line, SETTINGS.column(code).at, said_cells.get(code), "entry_words")
        _validate(pen, line, SETTINGS.column("own_kind").at, lists["kinds"], _CHOOSE)
        line += 1
    pen.put("side", line, 0, END_MARK, "mark")
    for code in COLUMNS:
        place = SETTINGS.column(code).at
        letter = column_letters(place)
        rule = f'=AND({letter}{top + 1}&""<>"",{letter}{top + 1}&""<>{inherits(letter, top, head)}&"")'
        look = {"type": "formula", "criteria": rule, "format": pen.styles["own"]}
        sheet.conditional_format(top, place, line - 1, place, look)


def _write_setting(
    pen: Pen,
    line: int,
    code: str,
    row: SideRow | None,
    column: SideColumn | None,
    head: Mapping[str, int],
    values: Values,
) -> None:
    place = SETTINGS.column(code).at
    own = None if row is None else row.cells.get(code)
    if own is not None:
        pen.put("side", line, place, own, "inherited_entry")
        return
    letter = column_letters(place)
    shown: Cell = None
    if row is not None and column is not None:
        layers = [str(column.fields[field]) for field in LAYER_ROWS if column.fields.get(field)]
        shown = values.inherited(row.key, layers)
    formula = f'=IF(OR($A{line + 1}="",{letter}${head["name"] + 1}=""),"",{inherits(letter, line, head)})'
    pen.sheets["side"].write_formula(
        line, place, formula, pen.styles["inherited_entry"], "" if shown is None else shown
    )


def inherits(letter: str, line: int, head: Mapping[str, int], sheet: str = "") -> str:
    """The expression of an inherited value: the last layer that sets the key, else this workbook's own.

    ``sheet`` stands before each cell in a formula of another sheet.
    """
    found = f"{sheet}$D{line + 1}"
    for field in LAYER_ROWS:
        place = f'{sheet}{letter}${head[field] + 1}&"|"&{sheet}$A{line + 1}'
        found = f"IFERROR(INDEX({LAYER_VALUES},MATCH({place},{LAYER_KEYS},0)),{found})"
    return found


def _write_lists(
    pen: Pen,
    scenario: Scenario,
    bare: Scenario,
    known: Sequence[Scenario],
    keys: list[str],
    shown: Mapping[str, Sequence[Row]],
    first: Mapping[str, int],
) -> Values:
    """Keys, names, units and live values of this workbook, and what every layer sets."""
    places = _places(pen, shown, first)
    main: dict[str, Cell] = {}
    for line, key in enumerate(keys):
        name, unit = key_words(bare, key, pen.language)
        main[key] = value_words(scenario, key, pen.language)
        for at, cell in enumerate((key, name, unit)):
            pen.put("lists", line, LISTS_AT + at, cell, "plain")
        place = places.get(key)
        if place is None:
            pen.put("lists", line, LISTS_AT + 3, main[key], "plain")
        else:
            value = "" if main[key] is None else main[key]
            pen.sheets["lists"].write_formula(
                line, LISTS_AT + 3, f'=IF({place}="","",{place})', pen.styles["plain"], value
            )
    layers: dict[str, dict[str, Cell]] = {}
    line = 0
    for layer in known:
        for one in layer.overrides:
            shown_as = cell_of(one.value, pen.language)
            layers.setdefault(layer.name, {})[one.key] = shown_as
            pen.put("lists", line, LISTS_AT + 5, f"{layer.name}|{one.key}", "plain")
            pen.put("lists", line, LISTS_AT + 6, shown_as, "plain")
            line += 1
    _define(pen, (KEYS, NAMES, UNITS, VALUES), LISTS_AT, len(keys))
    _define(pen, (LAYER_KEYS, LAYER_VALUES), LISTS_AT + 5, line)
    return Values(main, layers)


def _define(pen: Pen, names: Sequence[str], first: int, count: int) -> None:
    quoted = pen.quoted("lists")
    for at, name in enumerate(names, start=first):
        letter = column_letters(at)
        pen.book.define_name(name, f"={quoted}!${letter}$1:${letter}${max(1, count)}")


def _places(pen: Pen, shown: Mapping[str, Sequence[Row]], first: Mapping[str, int]) -> dict[str, str]:
    """Where the cell of each key stands, as formulas name it."""
    found: dict[str, str] = {}
    for table in TABLES:
        for at, row in enumerate(shown[table.code]):
            for code, entry in row.entries.items():
                if entry.override is not None:
                    letter = column_letters(table.column(code).at)
                    found[entry.override] = f"{pen.quoted(table.sheet)}!${letter}${first[table.code] + at + 1}"
    return found


def _validate(pen: Pen, line: int, place: int, source: str, words: Text, *, strict: bool = True) -> None:
    rule: dict[str, object] = {
        "validate": "list",
        "source": source,
        "ignore_blank": True,
        "input_message": pen.lines(words)[:255],
        "error_message": pen.lines(words)[:255],
        "show_error": strict,
    }
    pen.sheets["side"].data_validation(line, place, line, place, rule)
