"""A fresh workbook from a scenario, and a separate results workbook from a run (XlsxWriter; never the user's file)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.scenario import Scenario, load, shipped_names
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.as_run import write_as_run
from regmodel.workbook.charts import write_charts
from regmodel.workbook.checked import checked_rows
from regmodel.workbook.columns import MORE_ROWS
from regmodel.workbook.compare_blocks import OUTCOMES
from regmodel.workbook.contents import contents
from regmodel.workbook.cover import write_about, write_lists, write_start
from regmodel.workbook.inputs import write_inputs, write_scenario_list
from regmodel.workbook.layout import TABLES, BookLanguage
from regmodel.workbook.links import Cells
from regmodel.workbook.live.equipment import Equipment, equip
from regmodel.workbook.live_checks import write_checks
from regmodel.workbook.outputs import (
    CHECKS_WIDTHS,
    COMPARE_STATE_LINE,
    STATE_LINE,
    Places,
    write_checked,
    write_outputs,
)
from regmodel.workbook.overlay import typed_rows
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Row
from regmodel.workbook.series import data_lines
from regmodel.workbook.side_write import write_side
from regmodel.workbook.snapshot import write_snapshot
from regmodel.workbook.speakable import check_words
from regmodel.workbook.stamp import draft_of, make_stamp
from regmodel.workbook.states import write_compare_state
from regmodel.workbook.styles import Styles

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison
    from regmodel.workbook.read import Reading

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
RESULT_SHEETS = ("results", "charts", "heat", "clauses", "explain", "compare", "checks", "data", "lists")
_RESULTS_ALONE = Text(
    "the workbook of this run holds the results alone: no cell can hold {keys} as it is said. Change the scenario file "
    "instead.",
    "本次运行的工作簿只含结果：单元格无法如实容纳 {keys}。请改动情景文件。",
)
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed mark, so that the same records give the same bytes


def write_workbook(
    path: Path,
    scenario: Scenario,
    lang: BookLanguage = "both",
    run: Run | None = None,
    equipment: Equipment | None = None,
    others: Sequence[Scenario] | None = None,
    asked: str | None = None,
    also: Callable[[Pen], None] | None = None,
) -> Path:
    """Write a fresh workbook of a scenario: every assumption, target and lever, and the results of a run if given.

    With ``equipment`` it also runs inside Excel: by buttons and macros (.xlsm), or by the xlwings add-in (.xlsx).
    ``others`` are scenarios that stand beside it on a sheet of their own; without them two shipped layers do; ``asked``
    is what a Run runs of them. ``also`` may write more with the same pen. Raises InputProblems for words that no cell
    can hold. The file appears whole or not at all.
    """
    draft = draft_of(scenario)
    base = contents(draft.base, lang)
    stamp = make_stamp(draft, base, lang)
    check_words(scenario)
    clauses = [active.clause for active in scenario.clauses]
    shown = typed_rows(scenario, draft, base, lang)

    def fill(book: Any) -> None:
        pen = Pen(book, Styles(book, lang), lang, equipment or "")
        pen.add_sheets()
        lists = write_lists(pen, scenario.book, shipped_names(), clauses, stamp)
        write_start(pen, scenario, path.name)
        first = write_inputs(pen, shown, lists)
        below = first["scenarios.more"] + max(len(shown["scenarios.more"]), MORE_ROWS) + 2
        known = [load(name) for name in shipped_names()]
        side = write_side(pen, scenario, shown, first, lists, known, others, asked)
        write_scenario_list(pen, known, below)
        places = Places(path.name, cells_of(pen, shown, first))
        write_outputs(pen, scenario, run, places)
        write_charts(pen, scenario, places.first["data"], lists, data_lines(scenario.book, lang, run))
        write_compare_state(pen, COMPARE_STATE_LINE, places.first[OUTCOMES.code])
        run_id = None if run is None else str(run.verdict.get("run_id") or "-")
        changed = write_as_run(pen, shown, first, side, run_id, STATE_LINE)
        line = write_checks(pen, shown, first, changed)
        write_checked(pen, [] if run is None else checked_rows(run, lang, None), line, places)
        write_about(pen, scenario, stamp)
        write_snapshot(pen, base)
        if equipment is not None:
            equip(pen, equipment)
        if also is not None:
            also(pen)
        pen.finish()

    return _written(path, fill)


def write_results_book(
    path: Path,
    run: Run,
    lang: BookLanguage = "both",
    reading: Reading | None = None,
    compared: Comparison | None = None,
) -> Path:
    """Write the result sheets alone into a workbook of their own, with charts and numbers."""
    scenario = run.scenario
    draft = draft_of(scenario)
    stamp = make_stamp(draft, contents(draft.base, lang), lang)

    def fill(book: Any) -> None:
        pen = Pen(book, Styles(book, lang), lang)
        pen.add_sheets(RESULT_SHEETS)
        lists = write_lists(pen, scenario.book, (), [active.clause for active in scenario.clauses], stamp)
        places = Places(path.name, cells_of(pen, {}, {}))
        write_outputs(pen, scenario, run, places, compared)
        write_charts(pen, scenario, places.first["data"], lists, data_lines(scenario.book, lang, run))
        pen.head("checks")
        pen.columns("checks", CHECKS_WIDTHS)
        write_checked(pen, checked_rows(run, lang, reading), 3, places)
        pen.finish()

    return _written(path, fill)


def cells_of(pen: Pen, shown: Mapping[str, Sequence[Row]], first: Mapping[str, int]) -> Cells:
    """Where the keyed inputs of the workbook stand, for the links that lead to them."""
    rows: dict[str, dict[str, int]] = {}
    for table in TABLES:
        for at, row in enumerate(shown.get(table.code, ())):
            if row.key:
                rows.setdefault(table.sheet, {}).setdefault(row.key, first[table.code] + at)
    return Cells({code: pen.title_of(code) for code in pen.sheets}, rows)


def write_run_book(
    path: Path, run: Run, say: Callable[[Text], None] = lambda said: None, lang: BookLanguage = "both"
) -> Path:
    """The workbook of a finished run: inputs and results, or the results alone where no cell can hold its words.

    ``say`` hears in a sentence that the inputs are left out. A run is never lost for want of a cell.
    """
    try:
        return write_workbook(path, run.scenario, lang, run)
    except InputProblems as refused:
        keys = ", ".join(sorted({problem.where.split()[-1] for problem in refused.problems}))
        say(_RESULTS_ALONE.fill(keys=keys))
        return write_results_book(path, run, lang)


def _written(path: Path, fill: Callable[[Any], None]) -> Path:
    """Fill a workbook in a temporary file beside ``path`` and put it in its place at the end."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".regmodel-", suffix=path.suffix.lower(), dir=path.parent)
    os.close(handle)
    try:
        book = xlsxwriter.Workbook(name, OPTIONS)
        book.set_properties({"title": "regmodel", "comments": "", "created": _MADE})
        book.set_size(2400, 1400)
        book.set_calc_mode("auto")
        fill(book)
        book.close()
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return path
