"""Reading the tables that people fill row by row: values of one region, and caps of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from regmodel.params import ParameterBook, Record
from regmodel.plans import Clause
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import record_number, unit_text
from regmodel.workbook.fixed import Edit, TableReading
from regmodel.workbook.grid import Grid
from regmodel.workbook.layout import word
from regmodel.workbook.rows import Cell, Entry
from regmodel.workbook.typed import Judged, Place, judge, shown


def read_regional(
    grid: Grid,
    book: ParameterBook,
    stems: Collection[str],
    own_rows: Collection[str],
    problems: Problems,
    *,
    calculated: bool,
) -> TableReading:
    """Values of one region; ``stems`` are the records that may be named, ``own_rows`` those with a row above."""
    reading = TableReading()
    seen: dict[str, int] = {}
    for line in _counted(grid, reading, problems):
        if not _complete(grid, line, ("key", "region", "value"), problems):
            continue
        stem = _named(grid, line, "key", stems, problems)
        region = _region(grid, line, book, problems)
        if stem is None or region is None:
            continue
        key = f"{stem}.{region}"
        if key in own_rows or key in seen:
            _twice(grid, line, key, seen.get(key), problems)
            continue
        seen[key] = line
        record = book.record(stem, region) if book.has(stem, region) else None
        entry, base, unit = _record_entry(record, book)
        value = _value(grid, line, entry, base, unit, problems, calculated=calculated)
        if isinstance(value.value, float):
            reading.edits.append(_edit(grid, line, f"record.{key}", value.value))
    return reading


def read_caps(
    grid: Grid, book: ParameterBook, clauses: Iterable[Clause], problems: Problems, *, calculated: bool
) -> TableReading:
    """Caps by region and year that no row above has."""
    reading = TableReading()
    seen: dict[str, int] = {}
    variables = sorted({clause.id.split(".")[1] for clause in clauses if clause.id.startswith("cap.")})
    years = Entry("number", low=float(BASE_YEAR + 1), high=float(LAST_YEAR), firm=True)
    for line in _counted(grid, reading, problems):
        if not _complete(grid, line, ("variable", "region", "year", "value"), problems):
            continue
        variable = _named(grid, line, "variable", variables, problems)
        region = _region(grid, line, book, problems)
        place = Place(grid.where(line, "year"), grid.table.column("year").title)
        year = judge(grid.at(line, "year"), years, None, place, problems, explained=False, calculated=calculated)
        value = _value(grid, line, Entry("number"), None, None, problems, calculated=calculated)
        if (
            variable is None
            or region is None
            or not isinstance(year.value, float)
            or not isinstance(value.value, float)
        ):
            continue
        key = f"cap.{variable}.{region}.{int(year.value)}"
        if key in seen:
            _twice(grid, line, key, seen[key], problems)
            continue
        seen[key] = line
        reading.edits.append(_edit(grid, line, key, value.value))
    return reading


def _counted(grid: Grid, reading: TableReading, problems: Problems) -> Iterable[int]:
    """Lines of the table, each counted as used or reported once its reader is done with it."""
    for line in grid.lines():
        reading.count.rows_in += 1
        before = len(problems.errors)
        yield line
        if len(problems.errors) > before:
            reading.count.reported += 1
        else:
            reading.count.used += 1


def _complete(grid: Grid, line: int, codes: tuple[str, ...], problems: Problems) -> bool:
    missing = [code for code in codes if grid.at(line, code).blank]
    for code in missing:
        title = grid.table.column(code).title
        problems.add(
            "W-44",
            grid.where(line, code),
            Text("an incomplete row: nothing under {title}", "该行不完整：“{zh}”为空").fill(
                title=title.en, zh=title.zh
            ),
            Text("a full row, or an empty one", "整行填写，或整行为空"),
            Text("fill the cell, or clear the row.", "请填写该单元格，或清空该行。"),
        )
    return not missing


def _named(grid: Grid, line: int, code: str, choices: Collection[str], problems: Problems) -> str | None:
    found = grid.at(line, code)
    words = shown(found.value).strip() if found.value is not None else (found.error or "")
    if words in choices:
        return words
    title = grid.table.column(code).title
    problems.add(
        "W-20",
        grid.where(line, code),
        f'"{words}"',
        Text("a name from the list", "列表中的名称"),
        did_you_mean(words, choices),
        title,
    )
    return None


def _region(grid: Grid, line: int, book: ParameterBook, problems: Problems) -> str | None:
    """A region by its id or by its name in either language or both."""
    found = grid.at(line, "region")
    words = shown(found.value).strip() if found.value is not None else (found.error or "")
    for region in book.regions.regions:
        names = {region.id, region.name.en, region.name.zh, word(region.name, "both")}
        if words in names:
            return region.id
    problems.add(
        "W-45",
        grid.where(line, "region"),
        f'"{words}"',
        Text("one of the {count} regions", "{count} 个地区之一").fill(count=len(book.regions.regions)),
        did_you_mean(words, [each.name.en for each in book.regions.regions]),
        Text("region", "地区"),
    )
    return None


def _twice(grid: Grid, line: int, key: str, first: int | None, problems: Problems) -> None:
    place = (
        Text("it has a row of its own above", "上表已有该行")
        if first is None
        else Text("the first is in row {line}", "首次出现在第 {line} 行").fill(line=first + 1)
    )
    problems.add(
        "W-21",
        grid.where(line, grid.table.columns[0].code),
        Text("{key} a second time; {place}", "{key} 重复；{zh}").fill(key=key, place=place.en, zh=place.zh),
        Text("each value in one place", "每个取值只在一处填写"),
        Text("keep one of the two and clear the other.", "请保留一处，清空另一处。"),
    )


def _record_entry(record: Record | None, book: ParameterBook) -> tuple[Entry, Cell, Text | None]:
    if record is None:
        return Entry("number"), None, None
    low, high = (record_number(record, book, end) for end in (record.low, record.high))
    return (
        Entry("number", low=low, high=high),
        record_number(record, book, record.printed),
        unit_text(record.printed_unit),
    )


def _value(
    grid: Grid, line: int, entry: Entry, base: Cell, unit: Text | None, problems: Problems, *, calculated: bool
) -> Judged:
    place = Place(grid.where(line, "value"), grid.table.column("value").title, unit)
    explained = not grid.at(line, "own_reason").blank
    return judge(grid.at(line, "value"), entry, base, place, problems, explained=explained, calculated=calculated)


def _edit(grid: Grid, line: int, key: str, value: float) -> Edit:
    source, reason = (grid.at(line, code) for code in ("own_source", "own_reason"))
    return Edit(
        key,
        value,
        None if source.blank else shown(source.value).strip(),
        None if reason.blank else shown(reason.value).strip(),
        grid.where(line, "value"),
    )
