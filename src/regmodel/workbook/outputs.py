"""The result sheets: blocks with their titles and formats, filled by a run or waiting for one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regmodel.params import ParameterBook
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import (
    BINDING,
    CHANGES,
    CHECKED,
    CONFLICTS,
    CONTRADICTIONS,
    DECIDING,
    EXPLAIN_WIDTHS,
    EXPLAINED,
    ID_AT,
    REPAIRS,
    RESTS,
    RESULT_BLOCKS,
    SUBJECTS_OF_HEAT,
    VERDICT,
    clause_block,
    data_block,
    heat_block,
)
from regmodel.workbook.compare_blocks import COMPARE_BLOCKS, COMPARE_WIDTHS
from regmodel.workbook.compare_rows import compare_rows
from regmodel.workbook.contents import clause_title
from regmodel.workbook.data_rows import shown_regions
from regmodel.workbook.explain_rows import explain_rows
from regmodel.workbook.heat_rows import heat_rows, named_rows
from regmodel.workbook.layout import sheet_of
from regmodel.workbook.links import ARROW, Cells, explained_formula, keys_of, link_formula
from regmodel.workbook.package import column_letters
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell
from regmodel.workbook.series import data_lines
from regmodel.workbook.styles import HEAT_HIGH, HEAT_LOW
from regmodel.workbook.values import result_rows
from regmodel.workbook.verdict_rows import answer_marks, clause_rows, status_words, waiting_rows

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison

RESULT_WIDTHS = (27, 80, 16, 16, 16, 17, 22, 24, 20)
CLAUSE_RESULT_WIDTHS = (24, 34, 28, 26, 22, 12, 12, 12, 15, 7, 20, 18)
DATA_WIDTHS = (46, 50, 34, 44, 16, *([9.5] * 16))
CHECKS_WIDTHS = (34, 70, 14, 16, 20)
HEAT_WIDTHS = (34, 40, *([7.5] * 15))
AS_RUN_WIDTHS = (24, 20, 20, 20, 20, 20, 20)
RESULT_COLUMNS = {
    "results": RESULT_WIDTHS,
    "heat": HEAT_WIDTHS,
    "clauses": CLAUSE_RESULT_WIDTHS,
    "explain": EXPLAIN_WIDTHS,
    "compare": COMPARE_WIDTHS,
    "data": DATA_WIDTHS,
    "checks": CHECKS_WIDTHS,
    "asrun": AS_RUN_WIDTHS,
}
STATUS_LOOKS = {"met": "good", "exceeded": "good", "already_met": "good", "missed": "bad", "not_decidable": "open"}
ANSWER_LOOKS = {"feasible": "good", "infeasible": "bad", "undecided": "open"}
STATE_LINE = 2
COMPARE_STATE_LINE = 2
_FIRST_BLOCK = 4
_INTRO = Text(
    "Written by regmodel at each run; nothing here is read back.", "由 regmodel 每次运行时写入；此处内容不会被读回。"
)
_JUMP, _OTHERS = Text("On this sheet", "本表内容"), Text("Other sheets", "其他表")
_JUMPS = (CONFLICTS, REPAIRS, RESTS, DECIDING, CHANGES, CONTRADICTIONS, BINDING)
_OTHER_SHEETS = ("charts", "heat", "clauses", "explain", "compare", "checks", "data")
_LINK_HEAD = Text("cell to change", "可修改的单元格")
_SECOND_HEAD = Text("where its number comes from", "数值的由来")
_ONWARD_HEAD = Text("told further", "进一步说明")


@dataclass
class Places:
    """What the writer of the result sheets must know of the rest: the file, the cells of the inputs, first rows."""

    file_name: str
    cells: Cells
    first: dict[str, int] = field(default_factory=dict)


def write_outputs(
    pen: Pen, scenario: Scenario, run: Run | None, places: Places, compared: Comparison | None = None
) -> None:
    """Write Results, the heat map, Clauses and Data; the first row of each block is noted in ``places``."""
    _write_results(pen, run, places)
    _write_heat(pen, scenario.book, run, places)
    _write_clauses(pen, scenario, run, places)
    _write_explained(pen, run, places)
    _write_compare(pen, compared, places)
    _write_data(pen, scenario.book, run, places)


def _write_results(pen: Pen, run: Run | None, places: Places) -> None:
    sheet = pen.sheets["results"]
    pen.head("results")
    pen.columns("results", RESULT_WIDTHS)
    pen.put("results", STATE_LINE, 0, pen.long(_INTRO), "intro")
    line = _FIRST_BLOCK
    name = places.file_name
    for block in RESULT_BLOCKS:
        waiting = waiting_rows(block, name, pen.language, pen.equipment)
        rows = waiting if run is None else result_rows(block, run, pen.language)
        line = write_block(pen, block, rows, line, places)
        if block is VERDICT:
            pen.put("results", places.first[block.code], 1, rows[0][1], "verdict")
    for block in (CONFLICTS, REPAIRS):
        _mark_heads(pen, block, places.first[block.code])
    _write_jumps(pen, places)
    row = places.first[VERDICT.code]
    for answer, mark in answer_marks().items():
        look = pen.styles[ANSWER_LOOKS[answer]]
        rule = {"type": "text", "criteria": "begins with", "value": mark, "format": look}
        sheet.conditional_format(row, 1, line, 2, rule)
        sheet.conditional_format(row, 0, line, 0, rule)
    sheet.freeze_panes(3, 0)


def _mark_heads(pen: Pen, block: Block, first: int) -> None:
    """The head of each conflict and way out stands out from the clauses below it, which have an id."""
    words, key = (f"${column_letters(at)}{first + 1}" for at in (block.left, block.key_column))
    rule = {"type": "formula", "criteria": f'=AND({words}<>"",{key}="")', "format": pen.styles["head_row"]}
    pen.sheets[block.sheet].conditional_format(first, block.left, first + block.rows - 1, block.right - 1, rule)


def _write_jumps(pen: Pen, places: Places) -> None:
    """Beside the verdict: links to the parts of this sheet that matter most, and to the other result sheets."""
    sheet, top = pen.sheets["results"], places.first[VERDICT.code]
    parts = [(block.title or _JUMP, "results", places.first[block.code] - 1) for block in _JUMPS]
    sheets = [(sheet_of(code).title, code, 1) for code in _OTHER_SHEETS if code in pen.sheets]
    for column, head, jumps in ((3, _JUMP, parts), (6, _OTHERS, sheets)):
        pen.put("results", top, column, pen.short(head), "jump_head")
        for line, (title, code, row) in enumerate(jumps, start=top + 1):
            target = f"internal:{pen.quoted(code)}!A{row}"
            sheet.write_url(line, column, target, pen.styles["jump"], f"{ARROW}{pen.short(_short_title(title))}"[:255])


def _short_title(title: Text) -> Text:
    """A title up to its colon."""
    return Text(title.en.partition(":")[0], title.zh.partition("：")[0])


def _write_heat(pen: Pen, book: ParameterBook, run: Run | None, places: Places) -> None:
    sheet, block = pen.sheets["heat"], heat_block(book)
    pen.head("heat")
    pen.columns("heat", HEAT_WIDTHS)
    rows = named_rows(book, pen.language) if run is None else heat_rows(run, pen.language)
    write_block(pen, block, rows, 3, places)
    top, size = places.first[block.code], len(shown_regions(book))
    for at in range(len(SUBJECTS_OF_HEAT)):
        rule = {"type": "2_color_scale", "min_color": HEAT_LOW, "max_color": HEAT_HIGH}
        sheet.conditional_format(top + at * size, 2, top + (at + 1) * size - 1, block.right - 1, rule)
    sheet.freeze_panes(top, 2)
    sheet.repeat_rows(top - 1)


def _write_clauses(pen: Pen, scenario: Scenario, run: Run | None, places: Places) -> None:
    sheet = pen.sheets["clauses"]
    pen.head("clauses")
    pen.columns("clauses", CLAUSE_RESULT_WIDTHS)
    block = clause_block(len(scenario.clauses))
    rows = _unjudged(pen, scenario) if run is None else clause_rows(run, pen.language)
    write_block(pen, block, rows, 3, places)
    top = places.first[block.code]
    for status, words in status_words(pen.language).items():
        look = STATUS_LOOKS.get(status, "dim")
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": pen.styles[look]}
        sheet.conditional_format(top, 4, top + block.rows - 1, 4, rule)
    sheet.freeze_panes(top, 2)
    sheet.repeat_rows(top - 1)


def _write_explained(pen: Pen, run: Run | None, places: Places) -> None:
    pen.head("explain")
    pen.columns("explain", EXPLAIN_WIDTHS)
    write_block(pen, EXPLAINED, explain_rows(run, pen.language), 3, places)
    top = places.first[EXPLAINED.code]
    rule = {"type": "formula", "criteria": f'=${column_letters(ID_AT)}{top + 1}<>""', "format": pen.styles["head_row"]}
    pen.sheets["explain"].conditional_format(top, EXPLAINED.left, top + EXPLAINED.rows - 1, EXPLAINED.right - 1, rule)
    pen.sheets["explain"].freeze_panes(top, 2)
    pen.sheets["explain"].repeat_rows(top - 1)


def _write_compare(pen: Pen, compared: Comparison | None, places: Places) -> None:
    """The Compare sheet; it waits where there are no runs of several scenarios."""
    pen.head("compare")
    pen.columns("compare", COMPARE_WIDTHS)
    line = COMPARE_STATE_LINE + 2
    for block in COMPARE_BLOCKS:
        rows = compare_rows(block, compared, places.file_name, pen.language)
        line = write_block(pen, block, rows, line, places)
    pen.sheets["compare"].freeze_panes(0, 1)


def _unjudged(pen: Pen, scenario: Scenario) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for active in scenario.clauses:
        title = clause_title(active.clause, scenario.book)
        rows.append([active.clause.id, title.en, title.zh])
    return rows


def _write_data(pen: Pen, book: ParameterBook, run: Run | None, places: Places) -> None:
    sheet = pen.sheets["data"]
    pen.head("data")
    pen.columns("data", DATA_WIDTHS)
    block = data_block(book)
    write_block(pen, block, data_lines(book, pen.language, run), 3, places)
    sheet.freeze_panes(places.first[block.code], 5)
    sheet.repeat_rows(places.first[block.code] - 1)


def write_checked(pen: Pen, rows: list[list[Cell]], line: int, places: Places) -> int:
    """The block of the Checks sheet that a run fills; returns the line after it."""
    return write_block(pen, CHECKED, rows, line, places)


def write_block(pen: Pen, block: Block, rows: list[list[Cell]], line: int, places: Places) -> int:
    """A block with its title and header, its rows and the blank ones up to its capacity; returns the line after."""
    linked = block.links is not None and "targets" in places.cells.titles
    outer = range(min(block.left, block.link_column) if linked else 0, block.right)
    if block.title is not None:
        for at in outer:
            pen.put(block.sheet, line, at, pen.long(block.title) if at == outer[0] else None, "section")
        line += 1
    if block.headed:
        for at, heading in enumerate(block.headings, start=block.left):
            pen.put(block.sheet, line, at, pen.lines(heading.title), "header")
        if linked:
            pen.put(block.sheet, line, block.link_column, pen.lines(_LINK_HEAD), "header")
            for at in block.formula_columns[1:]:
                pen.put(block.sheet, line, at, pen.lines(_ONWARD_HEAD if block.onward else _SECOND_HEAD), "header")
        line += 1
    places.first[block.code] = line
    pen.name_block(block, line, block.left)
    for offset in range(block.rows):
        row = rows[offset] if offset < len(rows) else []
        if block.folds and offset and all(cell is None for cell in row):
            pen.fold(block.sheet, line + offset)
        for at, heading in enumerate(block.headings):
            pen.put(block.sheet, line + offset, block.left + at, row[at] if at < len(row) else None, heading.style)
    if linked:
        _write_links(pen, block, rows, line, places.cells)
    return line + block.rows + 1


def _write_links(pen: Pen, block: Block, rows: list[list[Cell]], line: int, cells: Cells) -> None:
    keys = keys_of(block, rows)
    for offset in range(block.rows):
        shown = cells.said(block, keys[offset] if offset < len(keys) else None)
        formula = link_formula(block, line + offset, cells.titles)
        pen.sheets[block.sheet].write_formula(line + offset, block.link_column, formula, pen.styles["link"], shown)
        for at in block.formula_columns[1:]:
            formula = explained_formula(block, line + offset, cells.titles)
            pen.sheets[block.sheet].write_formula(line + offset, at, formula, pen.styles["link"], "")
