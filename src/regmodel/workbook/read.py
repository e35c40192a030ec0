"""A workbook back to a scenario: what differs from what it was written with, or every problem by sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regmodel.scenario import Scenario, shipped_names
from regmodel.vocabulary.problems import InputProblems, Problem, Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.across import check_name, check_once
from regmodel.workbook.cells import SheetCells, read_cells
from regmodel.workbook.contents import contents, subject_of
from regmodel.workbook.cover import record_stem
from regmodel.workbook.filled import read_caps, read_further, read_regional
from regmodel.workbook.fixed import Count, Edit, TableReading, read_fixed
from regmodel.workbook.form import FormWords, read_form
from regmodel.workbook.from_form import scenario_of_form
from regmodel.workbook.gate import check_package
from regmodel.workbook.grid import Grid, check_far, find_sheets, find_table, lost_lines
from regmodel.workbook.layout import STAMP_NAME, TABLES, TEMPLATE_VERSION
from regmodel.workbook.package import BookPackage
from regmodel.workbook.refusals import NEW_BOOK
from regmodel.workbook.replace import digest_of
from regmodel.workbook.rows import Cell, Row
from regmodel.workbook.run_choice import chosen
from regmodel.workbook.side import SETTINGS
from regmodel.workbook.side_read import read_side
from regmodel.workbook.stamp import Stamp, base_scenario, hash_of, hash_of_words, stamp_from

_UPGRADE = Text(
    "carry it over into a new file with: regmodel new {stem}-new{suffix} --from {name}",
    "请升级到新文件：regmodel new {stem}-new{suffix} --from {name}",
)


@dataclass(frozen=True)
class Reading:
    """What a workbook says: its scenario, its form as typed, edits with their cells, warnings, rows counted by table.

    ``beside`` are the scenarios side by side on top of it, by their columns; ``asked`` says which of them a Run runs
    (None: the workbook's own, ``all``, or a name). ``typed`` is all that stands in the input
    columns of each table, line by line, as it stands there; ``cells`` where each thing that can be set has its cell, by
    the key of its override or the field of the form, and ``cells_beside`` the same of each scenario side by side.
    """

    path: Path
    stamp: Stamp
    scenario: Scenario
    beside: Mapping[str, Scenario]
    asked: str | None
    form: FormWords
    edits: tuple[Edit, ...]
    warnings: tuple[Problem, ...]
    counts: Mapping[str, Count]
    digest: str
    typed: Mapping[str, list[list[Cell]]]
    cells: Mapping[str, str]
    cells_beside: Mapping[str, Mapping[str, str]]

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The workbook's own scenario, and those side by side."""
        return (self.scenario, *self.beside.values())

    @property
    def wanted(self) -> list[Scenario]:
        """The scenarios that a Run runs by what the workbook says."""
        return chosen(self.asked, self.scenarios, self.path.name)

    @property
    def others(self) -> tuple[Scenario, ...]:
        """The scenarios side by side, in the order of their columns."""
        return tuple(self.beside.values())

    @property
    def count(self) -> Count:
        """All tables together: rows in = rows used + rows reported."""
        return Count(
            sum(count.rows_in for count in self.counts.values()),
            sum(count.used for count in self.counts.values()),
            sum(count.reported for count in self.counts.values()),
        )


def read_workbook(path: Path) -> Scenario:
    """The scenario of a workbook; raises InputProblems with everything that is wrong, by sheet and cell."""
    return read_with_counts(path).scenario


def read_with_counts(path: Path) -> Reading:
    """The scenario of a workbook with what was read on the way; raises InputProblems."""
    check_package(path)
    digest = digest_of(path)
    problems = Problems()
    with BookPackage(path) as package:
        stamp, base, readings = _read(path, package, problems)
        scenario, edits = scenario_of_tables(readings, stamp, base, problems)
        form = read_form(readings["scenarios.form"].entries)
        side = read_side(package, scenario, form, problems, calculated=package.calculated, language=stamp.language)
    counts = {code: reading.count for code, reading in readings.items()}
    typed = {code: reading.typed for code, reading in readings.items()} | dict(side.typed)
    cells = {key: where for reading in readings.values() for key, where in reading.cells.items()}
    cells |= readings["scenarios.form"].places | {edit.key: edit.where for edit in edits}
    counts[SETTINGS.code] = side.count
    beside = dict(zip(side.columns, side.scenarios, strict=True))
    return Reading(
        path=path,
        stamp=stamp,
        scenario=scenario,
        beside=beside,
        asked=side.asked,
        form=form,
        edits=edits,
        warnings=tuple(problems),
        counts=counts,
        digest=digest,
        typed=typed,
        cells=cells,
        cells_beside=side.cells,
    )


def survey(path: Path) -> tuple[Mapping[str, Count], tuple[Problem, ...]]:
    """The count of rows by table and every problem of a workbook, be it fit to run or not.

    Scenarios side by side are read where the rest is in order. Raises InputProblems for a file of which no table is
    read: one that the gate refuses or that is not ours.
    """
    check_package(path)
    problems = Problems()
    with BookPackage(path) as package:
        stamp, base, readings = _read(path, package, problems)
        counts = {code: reading.count for code, reading in readings.items()}
        try:
            scenario, _ = scenario_of_tables(readings, stamp, base, problems)
            form = read_form(readings["scenarios.form"].entries)
            side = read_side(package, scenario, form, problems, calculated=package.calculated)
        except InputProblems as refused:
            return counts, tuple(refused.problems)
    return counts | {SETTINGS.code: side.count}, tuple(problems)


def _read(path: Path, package: BookPackage, problems: Problems) -> tuple[Stamp, Scenario, dict[str, TableReading]]:
    """The stamp, what the workbook was written from, and every table; raises InputProblems for one that is not ours."""
    stamp = read_stamp(package)
    if stamp is None:
        _refuse(path, Text("no stamp of regmodel in it", "其中没有 regmodel 的印记"), "W-10", problems)
        problems.raise_if_any()
    assert stamp is not None
    base = _base_of(path, stamp, problems)
    rows = contents(base, stamp.language)
    if hash_of(rows) != stamp.records:
        found = Text(
            "written from other records or clauses than those of this installation (by regmodel {version})",
            "该工作簿所依据的记录或条款与本机安装的不同（由 regmodel {version} 写成）",
        )
        _refuse(path, found.fill(version=stamp.version), "W-11", problems, upgrade_of(path))
        problems.raise_if_any()
    sheets = find_sheets(package, stamp, problems)
    return stamp, base, read_tables(sheets, stamp, base, rows, problems, calculated=package.calculated)


def same_inputs(path: Path, reading: Reading) -> bool:
    """Whether a workbook still says what was read from it; other bytes may say the same."""
    if digest_of(path) == reading.digest:
        return True
    try:
        again = read_with_counts(path)
        return (again.scenario, again.others, again.asked) == (reading.scenario, reading.others, reading.asked)
    except InputProblems:
        return False


def read_stamp(package: BookPackage) -> Stamp | None:
    """The stamp on the hidden sheet, or None for a workbook that is not ours."""
    area = package.area(STAMP_NAME)
    part = package.sheet(area.sheet) if area is not None else None
    if area is None or part is None:
        return None
    cells = read_cells(package, part)
    fields = {}
    for row in range(area.top, min(area.bottom, area.top + 50) + 1):
        name, value = cells.at(row, area.left).value, cells.at(row, area.left + 1).value
        if isinstance(name, str):
            fields[name] = "" if value is None else str(value)
    return stamp_from(fields)


def upgrade_of(path: Path) -> Text:
    """What to type to carry an older workbook over."""
    return _UPGRADE.fill(stem=path.stem, suffix=path.suffix, name=path.name)


def _refuse(path: Path, found: Text, code: str, problems: Problems, to_do: Text = NEW_BOOK) -> None:
    problems.add(
        code,
        path.name,
        found,
        Text("a workbook made by regmodel new with these records", "由 regmodel new 以现有记录生成的工作簿"),
        to_do,
    )


def _base_of(path: Path, stamp: Stamp, problems: Problems) -> Scenario:
    """The scenario that the workbook was written from; another template or a lost parent is refused."""
    known = shipped_names()
    lost = [name for name in (stamp.parent, *stamp.layers) if name and name not in known]
    if stamp.template != TEMPLATE_VERSION:
        found = Text("a workbook of template {template}", "模板版本为 {template} 的工作簿")
        _refuse(path, found.fill(template=stamp.template), "W-11", problems, upgrade_of(path))
    elif lost:
        found = Text("written from the scenario {name}, which is not here", "底稿情景 {name} 在本机不存在")
        _refuse(path, found.fill(name=lost[0]), "W-11", problems)
    problems.raise_if_any()
    return base_scenario(stamp.parent, stamp.layers, stamp.in_order)


def read_tables(
    sheets: dict[str, SheetCells],
    stamp: Stamp,
    base: Scenario,
    rows: Mapping[str, tuple[Row, ...]],
    problems: Problems,
    *,
    calculated: bool,
) -> dict[str, TableReading]:
    """Every table on the sheets, read against the rows that it was written with."""
    check_far(sheets, problems)
    same_words = hash_of_words(rows) == stamp.words
    readings: dict[str, TableReading] = {}
    for table in TABLES:
        if table.sheet in sheets:
            readings[table.code] = _read_table(
                table.code, sheets[table.sheet], base, rows, problems, calculated=calculated, same_words=same_words
            )
    return readings


def _read_table(
    code: str,
    sheet: SheetCells,
    base: Scenario,
    rows: Mapping[str, tuple[Row, ...]],
    problems: Problems,
    *,
    calculated: bool,
    same_words: bool,
) -> TableReading:
    grid = find_table(code, sheet, problems)
    if grid is None:
        return _unread(lost_lines(code, sheet))
    reading = _read_grid(grid, code, base, rows, problems, calculated=calculated, same_words=same_words)
    codes = grid.table.entry_codes
    reading.typed = [[grid.at(line, column).value for column in codes] for line in range(grid.first, grid.end)]
    return reading


def _unread(lines: int) -> TableReading:
    """A table whose frame is broken: each of its rows counts as reported."""
    return TableReading(Count(rows_in=lines, reported=lines))


def _read_grid(
    grid: Grid,
    code: str,
    base: Scenario,
    rows: Mapping[str, tuple[Row, ...]],
    problems: Problems,
    *,
    calculated: bool,
    same_words: bool,
) -> TableReading:
    book = base.book
    if code.endswith(".regional"):
        subject = code.partition(".")[0]
        stems = {record_stem(key, book) for key in book.records if subject_of(key) == subject}
        return read_regional(grid, book, stems, set(book.records), problems, calculated=calculated)
    if code == "targets.caps":
        clauses = [active.clause for active in base.clauses]
        return read_caps(grid, book, clauses, problems, calculated=calculated)
    if code == "scenarios.more":
        return read_further(grid, book, problems, calculated=calculated)
    kept = rows[code]
    if code == "scenarios.form":
        # The form holds what its author chose: it is judged as typed and compared with the stamp afterwards.
        kept = tuple(row.with_cells({"value": None}) for row in kept)
    return read_fixed(grid, kept, book, problems, calculated=calculated, same_words=same_words)


def scenario_of_tables(
    readings: Mapping[str, TableReading], stamp: Stamp, base: Scenario, problems: Problems
) -> tuple[Scenario, tuple[Edit, ...]]:
    """The scenario that the tables make together, and its edits; raises InputProblems with all that was noted."""
    check_name(readings.get("scenarios.form"), problems)
    edits = tuple(edit for reading in readings.values() for edit in reading.edits)
    check_once(edits, problems)
    problems.raise_if_any()
    return scenario_of_form(read_form(readings["scenarios.form"].entries), stamp, base, edits), edits
