"""Reading a table whose rows are given: each row once, known, unhurt; what was typed becomes overrides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regmodel.params import ParameterBook
from regmodel.scenario import Override
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found
from regmodel.workbook.columns import SAID
from regmodel.workbook.grid import Grid
from regmodel.workbook.rows import Cell, Entry, Row, read_switch, same_cell
from regmodel.workbook.said import Said, read_said
from regmodel.workbook.typed import Judged, Place, judge, short, shown

SAID_FOR = {"source": "own_source", "confidence": "own_source", "note": "own_reason"}
_COUNTS = Text(
    'this cell only explains and is not read: your change of it has no effect. What counts is {cell} ("{title}").',
    "该单元格仅作说明，不被读取，此改动不起作用；起作用的是 {cell}（“{title}”）。",
)
_NOTHING_COUNTS = Text(
    "this cell only explains and is not read: your change of it has no effect. No cell of this row is read.",
    "该单元格仅作说明，不被读取，此改动不起作用；本行没有被读取的单元格。",
)


@dataclass
class Count:
    """Rows in = rows used + rows reported."""

    rows_in: int = 0
    used: int = 0
    reported: int = 0


@dataclass(frozen=True)
class Edit:
    """Something that a person set: key, value, what was said beside it, and the cell it came from."""

    key: str
    value: float | str | bool
    said: Said
    where: str

    def override(self, owner: str) -> Override:
        """The same as a scenario holds it."""
        said = self.said
        return Override(self.key, self.value, said.reason, owner, said.source, said.where, said.kind)


@dataclass
class TableReading:
    """What one table gave: edits, the entries of its rows, the count of its rows, and all that stands in its inputs."""

    count: Count = field(default_factory=Count)
    edits: list[Edit] = field(default_factory=list)
    entries: dict[str, dict[str, Cell]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    typed: list[list[Cell]] = field(default_factory=list)


def read_fixed(
    grid: Grid,
    base: Sequence[Row],
    book: ParameterBook,
    problems: Problems,
    *,
    calculated: bool,
    same_words: bool = True,
) -> TableReading:
    """Read a table against the rows that it was written with.

    ``same_words`` says whether the explanations are those that were written, so that a change of them is a person's.
    """
    reading = TableReading()
    by_key = {row.key: row for row in base}
    seen: dict[str, int] = {}
    for line in grid.lines():
        reading.count.rows_in += 1
        row = _known_row(grid, line, by_key, seen, problems)
        before = len(problems.errors)
        if row is not None:
            _read_row(grid, line, row, book, reading, problems, calculated=calculated)
            _check_explanations(grid, line, row, problems, same_words=same_words)
        if row is None or len(problems.errors) > before:
            reading.count.reported += 1
        else:
            reading.count.used += 1
    for key, row in by_key.items():
        if key not in seen:
            problems.add(
                "W-22",
                grid.where(grid.end, grid.table.columns[0].code),
                Text('no row "{key}"', "没有“{key}”这一行").fill(key=key),
                Text("every row that regmodel new made", "regmodel new 生成的全部行"),
                Text("bring the row back by undoing its deletion.", "请撤销删除，恢复该行。"),
                row.title,
            )
    return reading


def _known_row(grid: Grid, line: int, by_key: dict[str, Row], seen: dict[str, int], problems: Problems) -> Row | None:
    code = grid.table.columns[0].code
    where, found = grid.where(line, code), grid.at(line, code)
    if found.blank:
        problems.add(
            "W-23",
            where,
            Text("a row with entries but without a key", "该行有内容但没有键名"),
            Text("a key in the first column", "首列须有键名"),
            Text("bring the key back by undoing the change, or clear the row.", "请撤销改动恢复键名，或清空该行。"),
        )
        return None
    key = shown(found.value).strip() if found.value is not None else ""
    row = by_key.get(key)
    if row is None:
        problems.add(
            "W-20",
            where,
            f'"{short(key)}"',
            Text('a row of the table "{title}"', "表格“{zh}”中的一行").fill(
                title=grid.table.title.en, zh=grid.table.title.zh
            ),
            did_you_mean(key, by_key),
        )
        return None
    if key in seen:
        problems.add(
            "W-21",
            where,
            Text("{key} a second time; the first is in row {line}", "{key} 重复；首次出现在第 {line} 行").fill(
                key=key, line=seen[key] + 1
            ),
            Text("each row once", "每行只出现一次"),
            Text("delete one of the two rows.", "请删除其中一行。"),
            row.title,
        )
        return None
    seen[key] = line
    return row


def _read_row(
    grid: Grid,
    line: int,
    row: Row,
    book: ParameterBook,
    reading: TableReading,
    problems: Problems,
    *,
    calculated: bool,
) -> None:
    said = Said()
    if "own_reason" in row.entries:
        said = read_said(grid, line, book, problems, calculated=calculated)
    judged: dict[str, Judged] = {}
    for column in grid.table.columns:
        entry, base = row.entries.get(column.code), row.cells.get(column.code)
        if entry is None or column.code in SAID:
            continue
        place = Place(grid.where(line, column.code), _about(row, column.title), row.unit)
        judged[column.code] = judge(
            grid.at(line, column.code),
            entry,
            base,
            place,
            problems,
            explained=said.reason is not None,
            calculated=calculated,
        )
    reading.places[row.key] = grid.where(line, "value")
    for code, entry in row.entries.items():
        if entry.override is not None:
            reading.cells[entry.override] = grid.where(line, code)
    reading.entries[row.key] = {code: each.value for code, each in judged.items() if each.usable}
    values = {code: each.value for code, each in judged.items() if each.usable}
    found = changed_codes(row, values, said)
    if not found and said and all(each.usable for each in judged.values()):
        _reason_alone(grid, line, row, said, problems)
    for code in found:
        override, value = row.entries[code].override, set_value(row, code, values)
        assert override is not None
        reading.edits.append(Edit(override, value, said, grid.where(line, code)))


def _about(row: Row, title: Text) -> Text:
    if row.title is None:
        return title
    return Text(f"{row.title.en}: {title.en}", f"{row.title.zh}：{title.zh}")


def changed_codes(row: Row, values: Mapping[str, Cell], said: Said) -> list[str]:
    """Columns of a row whose cells set something; a source or a reason alone confirms the figure beside it.

    ``values`` are the cells as judged, by column; what could not be judged is not among them.
    """
    setting = {code: entry for code, entry in row.entries.items() if entry.override is not None and code in values}
    changed = [code for code, entry in setting.items() if differs(values[code], row.cells.get(code), entry)]
    if not changed and said and "value" in setting and values["value"] is not None:
        return ["value"]
    return changed


def set_value(row: Row, code: str, values: Mapping[str, Cell]) -> float | str | bool:
    """What a changed cell sets."""
    return meant(values[code], row.entries[code])


def meant(value: Cell, entry: Entry) -> float | str | bool:
    """What a changed cell sets; an emptied one sets all of a share, and nothing of any other quantity."""
    if value is None:
        return entry.high if entry.share and entry.high is not None else 0.0
    return value


def differs(value: Cell, base: Cell, entry: Entry) -> bool:
    """Whether a cell says something else than it was written with."""
    return value != read_switch(base) if entry.kind == "switch" else not same_cell(value, base)


def _reason_alone(grid: Grid, line: int, row: Row, said: Said, problems: Problems) -> None:
    code = "own_reason" if said.reason else "own_source"
    problems.add(
        "W-47",
        grid.where(line, code),
        Text("a reason or source beside an unchanged row", "该行未作改动，却填有理由或来源"),
        Text("a change that it explains", "其所说明的改动"),
        Text(
            "change the row, or clear the reason; nothing was set by it.", "请修改该行或清空理由；此处未产生任何设定。"
        ),
        row.title,
        severity="warning",
    )


def _check_explanations(grid: Grid, line: int, row: Row, problems: Problems, *, same_words: bool) -> None:
    """Cells that are not for typing: a changed unit is an error, another change is said to have no effect."""
    for column in grid.table.columns[1:]:
        if column.code not in row.entries and (same_words or column.code == "unit" or column.kind == "number"):
            _check_locked(grid, line, column.code, row, problems)


def _check_locked(grid: Grid, line: int, code: str, row: Row, problems: Problems) -> None:
    found, base = grid.at(line, code), row.cells.get(code)
    if _unharmed(found, base):
        return
    where, title = grid.where(line, code), grid.table.column(code).title
    now = (
        Text("an empty cell", "空单元格")
        if found.blank
        else Text('"{now}"', "“{now}”").fill(now=found.error or short(shown(found.value)))
    )
    expected = Text('"{base}"', "“{base}”").fill(base="" if base is None else shown(base))
    if code == "unit":
        remedy = Text(
            "give the value in {base} and bring the unit back; units are not converted.",
            "请按 {base} 填写数值并恢复单位；程序不作换算。",
        )
        base_unit = row.unit or Text(shown(base), shown(base))
        remedy = Text(remedy.en.format(base=base_unit.en), remedy.zh.format(base=base_unit.zh))
        problems.add("W-37", where, now, expected, remedy, _about(row, title))
        return
    problems.add(
        "W-40", where, now, expected, _what_counts(grid, line, code, row), _about(row, title), severity="warning"
    )


def _what_counts(grid: Grid, line: int, code: str, row: Row) -> Text:
    """What to do instead of changing a cell that only explains: the cell of its row that is read, where it has one."""
    setting = [own for own in row.entries if own not in SAID]
    beside = [SAID_FOR[code]] if SAID_FOR.get(code) in row.entries else []
    counts = next(iter([*beside, *(own for own in ("value", "limit") if own in setting), *setting]), None)
    if counts is None:
        return _NOTHING_COUNTS
    title, cell = grid.table.column(counts).title, grid.where(line, counts)
    return Text(_COUNTS.en.format(cell=cell, title=title.en), _COUNTS.zh.format(cell=cell, title=title.zh))


def _unharmed(found: Found, base: Cell) -> bool:
    if found.blank:
        return base is None or (isinstance(base, str) and not base.strip())
    return found.error is None and same_cell(found.value, base)
