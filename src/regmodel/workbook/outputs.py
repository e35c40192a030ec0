"""The result sheets: blocks with their titles and formats, filled by a run or waiting for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.params import ParameterBook
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import CHECKED, RESULT_BLOCKS, VERDICT, clause_block, data_block
from regmodel.workbook.contents import clause_title
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell
from regmodel.workbook.series import data_lines
from regmodel.workbook.values import result_rows, waiting_rows
from regmodel.workbook.verdict_rows import answer_marks, clause_rows, status_words

if TYPE_CHECKING:
    from regmodel.runs import Run

RESULT_WIDTHS = (30, 86, 18, 18, 15, 26, 26)
CLAUSE_RESULT_WIDTHS = (24, 34, 28, 26, 22, 12, 12, 12, 15, 7)
DATA_WIDTHS = (46, 50, 34, 44, 16, *([9.5] * 16))
CHECKS_WIDTHS = (34, 70, 14, 16, 20)
RESULT_COLUMNS = {
    "results": RESULT_WIDTHS,
    "clauses": CLAUSE_RESULT_WIDTHS,
    "data": DATA_WIDTHS,
    "checks": CHECKS_WIDTHS,
}
STATUS_LOOKS = {"met": "good", "exceeded": "good", "already_met": "good", "missed": "bad", "not_decidable": "open"}
ANSWER_LOOKS = {"feasible": "good", "infeasible": "bad", "undecided": "open"}
_RESULTS_INTRO = Text(
    "Written by regmodel at each run; nothing here is read back.", "由 regmodel 每次运行时写入；此处内容不会被读回。"
)


def write_outputs(pen: Pen, scenario: Scenario, run: Run | None, file_name: str) -> dict[str, int]:
    """Write Results, Clauses and Data; returns the first row of each block."""
    first: dict[str, int] = {}
    _write_results(pen, run, file_name, first)
    _write_clauses(pen, scenario, run, first)
    _write_data(pen, scenario.book, run, first)
    return first


def _write_results(pen: Pen, run: Run | None, file_name: str, first: dict[str, int]) -> None:
    sheet = pen.sheets["results"]
    pen.head("results")
    pen.put("results", 2, 0, pen.long(_RESULTS_INTRO), "intro")
    pen.columns("results", RESULT_WIDTHS)
    line = 4
    for block in RESULT_BLOCKS:
        rows = waiting_rows(block, file_name, pen.language) if run is None else result_rows(block, run, pen.language)
        line = write_block(pen, block, rows, line, first)
    row = first[VERDICT.code]
    pen.put("results", row, 1, _verdict_word(run, pen, file_name), "verdict")
    for answer, mark in answer_marks().items():
        look = pen.styles[ANSWER_LOOKS[answer]]
        rule = {"type": "text", "criteria": "begins with", "value": mark, "format": look}
        sheet.conditional_format(row, 1, line, 2, rule)
        sheet.conditional_format(row, 0, line, 0, rule)
    sheet.freeze_panes(3, 0)


def _verdict_word(run: Run | None, pen: Pen, file_name: str) -> Cell:
    rows = waiting_rows(VERDICT, file_name, pen.language) if run is None else result_rows(VERDICT, run, pen.language)
    return rows[0][1]


def _write_clauses(pen: Pen, scenario: Scenario, run: Run | None, first: dict[str, int]) -> None:
    sheet = pen.sheets["clauses"]
    pen.head("clauses")
    pen.columns("clauses", CLAUSE_RESULT_WIDTHS)
    block = clause_block(len(scenario.clauses))
    rows = _unjudged(pen, scenario) if run is None else clause_rows(run, pen.language)
    write_block(pen, block, rows, 3, first)
    top = first[block.code]
    for status, words in status_words(pen.language).items():
        look = STATUS_LOOKS.get(status, "dim")
        sheet.conditional_format(
            top,
            4,
            top + block.rows - 1,
            4,
            {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": pen.styles[look]},
        )
    sheet.freeze_panes(top, 2)
    sheet.repeat_rows(top - 1)


def _unjudged(pen: Pen, scenario: Scenario) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for active in scenario.clauses:
        title = clause_title(active.clause, scenario.book)
        rows.append([active.clause.id, title.en, title.zh])
    return rows


def _write_data(pen: Pen, book: ParameterBook, run: Run | None, first: dict[str, int]) -> None:
    sheet = pen.sheets["data"]
    pen.head("data")
    pen.columns("data", DATA_WIDTHS)
    block = data_block(book)
    write_block(pen, block, data_lines(book, pen.language, run), 3, first)
    sheet.freeze_panes(first[block.code], 5)
    sheet.repeat_rows(first[block.code] - 1)


def write_checked(pen: Pen, rows: list[list[Cell]], line: int, first: dict[str, int]) -> int:
    """The block of the Checks sheet that a run fills; returns the line after it."""
    return write_block(pen, CHECKED, rows, line, first)


def write_block(pen: Pen, block: Block, rows: list[list[Cell]], line: int, first: dict[str, int]) -> int:
    """A block with its title and header, its rows and the blank ones up to its capacity; returns the line after."""
    width = len(block.headings)
    if block.title is not None:
        for at in range(width):
            pen.put(block.sheet, line, at, pen.long(block.title) if at == 0 else None, "section")
        line += 1
    if block.headed:
        for at, heading in enumerate(block.headings):
            pen.put(block.sheet, line, at, pen.lines(heading.title), "header")
        line += 1
    first[block.code] = line
    pen.name_block(block, line, 0)
    for offset in range(block.rows):
        row = rows[offset] if offset < len(rows) else []
        if block.folds and offset and all(cell is None for cell in row):
            pen.fold(block.sheet, line + offset)
        for at, heading in enumerate(block.headings):
            pen.put(block.sheet, line + offset, at, row[at] if at < len(row) else None, heading.style)
    return line + block.rows + 1
