"""The scenarios that stand side by side, read back: each the workbook's own with its layers and what it sets itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from regmodel.runs.differing import held
from regmodel.scenario import Scenario, ScenarioFile, resolve, shipped_names
from regmodel.vocabulary.problems import InputProblems, Problems, did_you_mean
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found, SheetCells, read_cells
from regmodel.workbook.filled import further_entry
from regmodel.workbook.fixed import Count, Edit
from regmodel.workbook.form import IN_ORDER, NAME, FormWords
from regmodel.workbook.from_form import by_cell
from regmodel.workbook.grid import Grid, check_far, find_grid
from regmodel.workbook.layout import SHEET_NAME_PREFIX, BookLanguage
from regmodel.workbook.package import BookPackage
from regmodel.workbook.rows import Cell, Entry, same_cell
from regmodel.workbook.run_choice import CELL_NAME, RESERVED, read_choice
from regmodel.workbook.said import Said, read_said
from regmodel.workbook.side import COLUMNS, HEAD, HEAD_FIELDS, LAYER_ROWS, SETTINGS, value_words
from regmodel.workbook.side_write import LAYER_KEYS
from regmodel.workbook.stamp import base_scenario
from regmodel.workbook.typed import Place, judge, short, shown


@dataclass
class _Column:
    """One scenario as typed: its head by field, and what it sets."""

    head: dict[str, Cell] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    typed: list[tuple[str, Cell, Said, str]] = field(default_factory=list)


@dataclass(frozen=True)
class SideReading:
    """The scenarios of the sheet in the order of its columns, the column of each, and the count of its lines.

    ``asked`` says which of them a Run runs: None for the workbook's own, ``all``, or a name. ``typed`` is all that
    stands in the input cells of both tables, without what is only inherited; ``cells`` where each scenario has its head
    and its settings, by its name.
    """

    scenarios: tuple[Scenario, ...] = ()
    count: Count = field(default_factory=Count)
    columns: tuple[str, ...] = ()
    asked: str | None = None
    typed: Mapping[str, list[list[Cell]]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_side(
    package: BookPackage,
    main: Scenario,
    form: FormWords,
    problems: Problems,
    *,
    calculated: bool,
    language: BookLanguage = "both",
) -> SideReading:
    """The scenarios beside the main one; none where the sheet was taken out. Raises InputProblems."""
    area = package.area(SHEET_NAME_PREFIX + "side")
    part = package.sheet(area.sheet) if area is not None else None
    if part is None:
        return SideReading()
    sheet = read_cells(package, part)
    side = side_of_cells(sheet, main, form, problems, calculated=calculated, language=language)
    cell = package.area(CELL_NAME)
    if cell is None or cell.sheet != sheet.title:
        return side
    found, where = sheet.at(cell.top, cell.left), sheet.where(cell.top, cell.left)
    asked = read_choice(found, where, (main, *side.scenarios), problems)
    problems.raise_if_any()
    return replace(side, asked=asked)


def side_of_cells(
    sheet: SheetCells,
    main: Scenario,
    form: FormWords,
    problems: Problems,
    *,
    calculated: bool,
    language: BookLanguage = "both",
) -> SideReading:
    """The scenarios on a sheet of cells; raises InputProblems with everything that is wrong on it."""
    check_far({"side": sheet}, problems)
    head, settings = (find_grid(table, sheet, problems) for table in (HEAD, SETTINGS))
    problems.raise_if_any()
    assert head is not None
    assert settings is not None
    columns = {code: _Column() for code in COLUMNS}
    _read_head(head, columns, problems, calculated=calculated)
    count = _read_settings(settings, columns, main, problems, calculated=calculated)
    _check_names(head, columns, main, problems)
    problems.raise_if_any()
    made = {code: _scenario(column, main, form) for code, column in columns.items() if column.head.get("name")}
    under = {code: inherited for code, (_, inherited) in made.items()}
    typed = {grid.table.code: _typed(grid, under, language) for grid in (head, settings)}
    cells = {
        str(columns[code].head["name"]): columns[code].places | {key: where for key, _, _, where in columns[code].typed}
        for code in made
    }
    scenarios = tuple(scenario for scenario, _ in made.values())
    return SideReading(scenarios, count, tuple(made), typed=typed, cells=cells)


def _read_head(grid: Grid, columns: Mapping[str, _Column], problems: Problems, *, calculated: bool) -> None:
    shipped = shipped_names()
    for line in grid.lines():
        name = str(grid.at(line, "key").value or "")
        if name not in HEAD_FIELDS:
            problems.add(
                "W-20",
                grid.where(line, "key"),
                f'"{name}"',
                Text("a row of this table", "本表中的一行"),
                did_you_mean(name, HEAD_FIELDS),
            )
            continue
        layer = name in LAYER_ROWS
        kind = "switch" if name == IN_ORDER else "choice" if layer else "text"
        entry = Entry(kind, choices=shipped if layer else (), may_be_blank=True)  # type: ignore[arg-type]
        for code, column in columns.items():
            place = Place(grid.where(line, code), grid.table.column(code).title)
            judged = judge(grid.at(line, code), entry, None, place, problems, explained=False, calculated=calculated)
            column.head[name], column.places[name] = judged.value, place.where


def _read_settings(
    grid: Grid, columns: Mapping[str, _Column], main: Scenario, problems: Problems, *, calculated: bool
) -> Count:
    count = Count()
    for line in grid.lines():
        key = grid.at(line, "key")
        set_here = [code for code in COLUMNS if _sets(grid.at(line, code))]
        if key.blank and not set_here:
            continue
        count.rows_in += 1
        before = len(problems.errors)
        if key.blank:
            problems.add(
                "W-44",
                grid.where(line, "key"),
                Text("an incomplete row: nothing under key", "该行不完整：“键名”为空"),
                Text("a full row, or an empty one", "整行填写，或整行为空"),
                Text("fill the cell, or clear the row.", "请填写该单元格，或清空该行。"),
            )
        else:
            said = read_said(grid, line, main.book, problems, calculated=calculated)
            _read_line(grid, line, str(key.value).strip(), set_here, said, columns, problems, calculated=calculated)
        if len(problems.errors) > before:
            count.reported += 1
        else:
            count.used += 1
    return count


def _typed(grid: Grid, under: Mapping[str, Scenario], language: BookLanguage) -> list[list[Cell]]:
    """What stands in the input cells of a table, line by line; nothing where it shows the inherited value."""

    def typed(line: int, code: str) -> Cell:
        found, key = grid.at(line, code), str(grid.at(line, "key").value or "").strip()
        if grid.table is not SETTINGS or code not in COLUMNS or code not in under:
            return found.value
        if not _sets(found):
            return None
        return None if same_cell(found.value, value_words(under[code], key, language)) else found.value

    return [[typed(line, code) for code in grid.table.entry_codes] for line in range(grid.first, grid.end)]


def _sets(found: Found) -> bool:
    """Whether a cell holds something of its own: not blank, and not the formula of the inherited value."""
    return not found.blank and (found.formula is None or LAYER_KEYS not in found.formula)


def _read_line(
    grid: Grid,
    line: int,
    key: str,
    set_here: list[str],
    said: Said,
    columns: Mapping[str, _Column],
    problems: Problems,
    *,
    calculated: bool,
) -> None:
    for code in set_here:
        place = Place(grid.where(line, code), Text(key, key))
        value = judge(
            grid.at(line, code), further_entry(key), None, place, problems, explained=True, calculated=calculated
        ).value
        if value is None:
            continue
        if not columns[code].head.get("name"):
            problems.add(
                "W-50",
                place.where,
                f'"{shown(value)}"',
                Text("a setting of a scenario that has a name", "有名称的情景中的设定"),
                Text("give this column a name above, or clear the cell.", "请在上方为该列命名，或清空此单元格。"),
                place.what,
            )
            continue
        if any(key == other for other, *_ in columns[code].typed):
            problems.add(
                "W-21",
                place.where,
                Text("{key} a second time", "{key} 重复").fill(key=key),
                Text("each value in one place", "每个取值只在一处填写"),
                Text("keep one of the two and clear the other.", "请保留一处，清空另一处。"),
            )
            continue
        columns[code].typed.append((key, value, said, place.where))


def _check_names(grid: Grid, columns: Mapping[str, _Column], main: Scenario, problems: Problems) -> None:
    """Every name can be one, and none is that of another scenario of the workbook or of a shipped one."""
    seen = {main.name, *shipped_names(), *RESERVED}
    line = next((at for at in grid.lines() if grid.at(at, "key").value == "name"), grid.first)
    for code, column in columns.items():
        name = column.head.get("name")
        if name is None:
            _check_unnamed(grid, code, column, problems)
            continue
        if not NAME.fullmatch(str(name)) or str(name) in seen:
            problems.add(
                "W-62",
                grid.where(line, code),
                f'"{name}"',
                Text(
                    "a short name of letters, digits, _ and -, beginning with a letter, that no other scenario has",
                    "以文字开头，由文字、数字、_ 和 - 组成且不与其他情景重复的简称",
                ),
                Text("type for example: plan_dry", "例如：plan_dry"),
                Text("name of the scenario", "情景名称"),
            )
        seen.add(str(name))


def _check_unnamed(grid: Grid, code: str, column: _Column, problems: Problems) -> None:
    """A column without a name has nothing else above its settings either."""
    for line in grid.lines():
        field = str(grid.at(line, "key").value)
        if field != "name" and column.head.get(field) is not None:
            problems.add(
                "W-50",
                grid.where(line, code),
                f'"{short(shown(grid.at(line, code).value))}"',
                Text("words of a scenario that has a name", "有名称的情景的内容"),
                Text("give this column a name above, or clear the cell.", "请在上方为该列命名，或清空此单元格。"),
                Text(field, field),
            )


def _scenario(column: _Column, main: Scenario, form: FormWords) -> tuple[Scenario, Scenario]:
    """The main scenario with the layers of a column over what it sets, and the column's own settings over both.

    Returns it with and without those settings.
    """
    name = str(column.head["name"])
    words = [column.head.get(field) for field in ("title_en", "title_zh")]
    english, chinese = (str(one) if one else None for one in words)
    title = Text(english or chinese or name, chinese or english or name)
    layers = tuple(str(column.head[field]) for field in LAYER_ROWS if column.head.get(field))
    in_order = form.in_order or bool(column.head.get(IN_ORDER))
    things = {one.thing for one in base_scenario("", layers, in_order).overrides} if layers else set()
    mine = main.own if main.name not in shipped_names() else ()
    under = [one for one in mine if one.thing not in things]
    parent = main.name if main.name in shipped_names() else main.parent
    all_layers = (*main.layers, *(layer for layer in layers if layer not in main.layers))
    made = ScenarioFile(name, title, title, parent, all_layers, in_order, tuple(under))
    edits = [
        Edit(key, value, said, where)  # type: ignore[arg-type]
        for key, value, said, where in column.typed
    ]
    try:
        inherited = resolve(made)
        own = [edit.override(name) for edit in edits if said_or_differs(edit, inherited)]
        kept = [one for one in under if one.thing not in {each.thing for each in own}]
        return resolve(replace(made, overrides=(*kept, *own))), inherited
    except InputProblems as problem:
        raise InputProblems([by_cell(each, edits) for each in problem.problems]) from problem


def said_or_differs(edit: Edit, inherited: Scenario) -> bool:
    """Whether a cell sets anything: another value than the inherited one, or a source or reason beside it."""
    if edit.said:
        return True
    try:
        value = held(inherited, edit.key)
    except (KeyError, ValueError, AssertionError, IndexError):
        return True
    if isinstance(value, bool) or isinstance(edit.value, bool):
        return value != edit.value
    return not same_cell(value, edit.value)
