"""One Run of a workbook, for one of its scenarios or for all, and their runs side by side."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands import beside
from regmodel.commands.terminal import teller
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison
    from regmodel.scenario import Scenario
    from regmodel.workbook.read import Reading

RunOne = Callable[["Scenario", argparse.Namespace, Language], tuple["Run", Path]]


@dataclass(frozen=True)
class BookRun:
    """What a Run of a workbook gave: its runs with the report of the first, and all that still hold side by side."""

    runs: tuple[Run, ...]
    report: Path
    compared: Comparison | None

    @property
    def shown(self) -> Run:
        """The run that the result sheets show."""
        return self.runs[0]


def run_book(
    reading: Reading, wanted: Sequence[Scenario], options: argparse.Namespace, language: Language, run_one: RunOne
) -> BookRun:
    """Run these scenarios of a workbook; the first of them is shown. Nothing is solved before all are found fit."""
    from regmodel.workbook.by_cells import check_scenarios, told_by_cells

    if len(wanted) > 1:
        check_scenarios(reading, wanted, lambda one: beside.check(options, one))
    finished = []
    for one in wanted:
        with told_by_cells(reading, one):
            finished.append(run_one(one, options, language))
    runs = tuple(run for run, _ in finished)
    return BookRun(runs, finished[0][1], _compared(reading, runs, options, language))


def compared_again(done: BookRun, reading: Reading, options: argparse.Namespace, language: Language) -> BookRun:
    """The same runs beside what the scenarios of the workbook are by now."""
    return replace(done, compared=_compared(reading, done.runs, options, language))


def _compared(
    reading: Reading, runs: Sequence[Run], options: argparse.Namespace, language: Language
) -> Comparison | None:
    from regmodel.runs.beside import beside as runs_beside

    return runs_beside(reading.scenarios, runs, [options.out], teller(language), options.by)


def refuse_choice(name: str) -> None:
    """An input that holds one scenario has none to choose from; raises InputProblems."""
    problems = Problems()
    problems.add(
        "W-52",
        name,
        Text("--scenario with an input that holds one scenario", "对只含一个情景的输入使用 --scenario"),
        Text("a workbook, which may hold several", "可含多个情景的工作簿"),
        Text("take --scenario out", "请去掉 --scenario"),
    )
    problems.raise_if_any()
