"""Every result block of a workbook with the rows that a run puts there: one list for a file and for a live book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.as_run import Typed, as_run_block, as_run_rows, table_sizes, typed_in
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import CHECKED, EXPLAINED, RESULT_BLOCKS, clause_block, data_block, heat_block
from regmodel.workbook.checked import checked_rows
from regmodel.workbook.compare_blocks import COMPARE_BLOCKS
from regmodel.workbook.compare_rows import compare_rows
from regmodel.workbook.contents import contents
from regmodel.workbook.explain_rows import explain_rows
from regmodel.workbook.heat_rows import heat_rows
from regmodel.workbook.layout import BookLanguage
from regmodel.workbook.overlay import typed_rows
from regmodel.workbook.rows import CellRow
from regmodel.workbook.series import data_lines
from regmodel.workbook.speakable import check_words
from regmodel.workbook.stamp import draft_of
from regmodel.workbook.values import result_rows
from regmodel.workbook.verdict_rows import clause_rows

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison
    from regmodel.workbook.read import Reading

BLOCK_CODES = (
    *(block.code for block in RESULT_BLOCKS), "heat", "clauses", EXPLAINED.code,
    *(block.code for block in COMPARE_BLOCKS), "data", CHECKED.code, "as_run",
)  # fmt: skip


def run_blocks(
    run: Run, language: BookLanguage, reading: Reading | None, compared: Comparison | None = None
) -> list[tuple[Block, list[CellRow]]]:
    """Every block with the rows that the run puts there; ``reading`` is what was read before it, where that is known.

    ``compared`` holds the runs of the workbook's scenarios side by side; without it the Compare sheet keeps what it
    said, marked as earlier. In the order of ``BLOCK_CODES``; no block has more rows than room.
    """
    book = run.scenario.book
    found = [(block, result_rows(block, run, language)) for block in RESULT_BLOCKS]
    found.append((heat_block(book), heat_rows(run, language)))
    found.append((clause_block(len(run.scenario.clauses)), clause_rows(run, language)))
    found.append((EXPLAINED, explain_rows(run, language)))
    name = "BOOK.xlsx" if reading is None else reading.path.name
    if compared is not None:
        found += [(block, compare_rows(block, compared, name, language)) for block in COMPARE_BLOCKS]
    found.append((data_block(book), data_lines(book, language, run)))
    found.append((CHECKED, checked_rows(run, language, reading)))
    found.append(_as_run(run, language, reading, together=compared is not None))
    return found


def _as_run(
    run: Run, language: BookLanguage, reading: Reading | None, *, together: bool
) -> tuple[Block, list[CellRow]]:
    """The inputs of the run as they stood in the workbook, or as its scenario would have been typed into one."""
    base = draft_of(run.scenario).base
    sizes = table_sizes(contents(base, language))
    typed = reading.typed if reading is not None else _as_typed(run.scenario, language)
    beside = {} if reading is None else reading.beside
    column = next((code for code, one in beside.items() if one.name == run.scenario.name), None)
    run_id = str(run.verdict.get("run_id") or "-")
    return as_run_block(sizes), as_run_rows(typed, sizes, run_id, column, together=together)


def _as_typed(scenario: Scenario, language: BookLanguage) -> Typed:
    """What a workbook of this scenario holds; nothing for one that no workbook can hold."""
    draft = draft_of(scenario)
    try:
        check_words(scenario)
    except InputProblems:
        return {}
    return typed_in(typed_rows(scenario, draft, contents(draft.base, language), language))
