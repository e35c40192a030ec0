"""Reading the tables that people fill row by row: values of one region, caps of their own, further settings."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from regmodel.params import ParameterBook
from regmodel.plans import Clause
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import record_number, unit_text
from regmodel.workbook.fixed import Edit, TableReading
from regmodel.workbook.grid import Grid
from regmodel.workbook.layout import word
from regmodel.workbook.rows import Cell, Entry
from regmodel.workbook.said import Said, read_said
from regmodel.workbook.typed import Judged, Place, judge, short, shown


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
        said = read_said(grid, line, book, problems, calculated=calculated)
        entry, base = regional_entry(stem, region, book)
        unit = unit_text(book.record(stem, region).printed_unit) if book.has(stem, region) else None
        value = _value(grid, line, entry, base, unit, said, problems, calculated=calculated)
        if isinstance(value.value, float):
            reading.edits.append(Edit(f"record.{key}", value.value, said, grid.where(line, "value")))
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
        said = read_said(grid, line, book, problems, calculated=calculated)
        value = _value(grid, line, Entry("number"), None, None, said, problems, calculated=calculated)
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
        reading.edits.append(Edit(key, value.value, said, grid.where(line, "value")))
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
        f'"{short(words)}"',
        Text("a name from the list", "列表中的名称"),
        did_you_mean(words, choices),
        title,
    )
    return None


def _region(grid: Grid, line: int, book: ParameterBook, problems: Problems) -> str | None:
    """A region by its id or by its name in either language or both."""
    found = grid.at(line, "region")
    words = shown(found.value).strip() if found.value is not None else (found.error or "")
    region = region_called(words, book)
    if region is not None:
        return region
    problems.add(
        "W-45",
        grid.where(line, "region"),
        f'"{short(words)}"',
        Text("one of the {count} regions", "{count} 个地区之一").fill(count=len(book.regions.regions)),
        did_you_mean(words, [each.name.en for each in book.regions.regions]),
        Text("region", "地区"),
    )
    return None


def region_called(words: str, book: ParameterBook) -> str | None:
    """The id of a region by its id or its name in either language or both; None where no region is called so."""
    for region in book.regions.regions:
        if words in (region.id, region.name.en, region.name.zh, word(region.name, "both")):
            return region.id
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


def read_further(grid: Grid, book: ParameterBook, problems: Problems, *, calculated: bool) -> TableReading:
    """Settings by their keys; whether a key names anything is judged with the scenario."""
    reading = TableReading()
    seen: dict[str, int] = {}
    for line in _counted(grid, reading, problems):
        if not _complete(grid, line, ("key", "value"), problems):
            continue
        key = shown(grid.at(line, "key").value).strip()
        if key in seen:
            _twice(grid, line, key, seen[key], problems)
            continue
        seen[key] = line
        said = read_said(grid, line, book, problems, calculated=calculated)
        value = _value(grid, line, further_entry(key), None, None, said, problems, calculated=calculated).value
        if value is not None:
            reading.edits.append(Edit(key, value, said, grid.where(line, "value")))
    return reading


def further_entry(key: str) -> Entry:
    """What may stand beside a key: yes or no for a switch, a word for a reading, else a number."""
    part = key.rpartition(".")[2]
    if key.startswith(("clause.", "lever.")) and part == "enabled":
        return Entry("switch")
    return Entry("text" if key.startswith("clause.") and part == "reading" else "number")


def regional_entry(stem: str, region: str, book: ParameterBook) -> tuple[Entry, Cell]:
    """What may stand for one region in place of a general record, and what stands there without it."""
    if not book.has(stem, region):
        return Entry("number"), None
    record = book.record(stem, region)
    low, high = (record_number(record, book, end) for end in (record.low, record.high))
    return Entry("number", low=low, high=high), record_number(record, book, record.printed)


def _value(
    grid: Grid,
    line: int,
    entry: Entry,
    base: Cell,
    unit: Text | None,
    said: Said,
    problems: Problems,
    *,
    calculated: bool,
) -> Judged:
    place = Place(grid.where(line, "value"), grid.table.column("value").title, unit)
    explained = said.reason is not None
    return judge(grid.at(line, "value"), entry, base, place, problems, explained=explained, calculated=calculated)
