"""The process that runs the model for a button: reads the copy of the open workbook, and answers in one file.

    python -P -m regmodel.workbook.live.child run|validate COPY ANSWER --runs FOLDER --lang both --earlier FOLDER

It runs what the workbook says that a Run runs; ``--earlier`` holds runs of before, for comparing with those that hold.
What it is doing goes to its standard output, a line of JSON for each stage; nothing else does.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.refused import file_problem
from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import BookLanguage, main_language

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison
    from regmodel.workbook.read import Reading

_READING = Text("reading the workbook", "读取工作簿")
_CHECKING = Text("checking", "检查")
_REPORTING = Text("writing the report", "撰写报告")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one task and write the answer; an answer is written for everything that can be said in words."""
    options = _parser().parse_args(arguments)
    leave(answer_to(options.task, options.book, options.runs, options.lang, options.earlier), options.answer)
    return 0


def answer_to(task: str, book: Path, runs: Path, language: BookLanguage, earlier: Path | None = None) -> dict[str, Any]:
    """What a button shows after ``run`` or ``validate``; problems of the workbook are an answer too."""
    try:
        return _run(book, runs, language, earlier) if task == "run" else _validate(book)
    except InputProblems as found:
        return {"kind": "problems", "problems": [as_fields(problem) for problem in found.problems]}
    except OSError as error:
        return {"kind": "problems", "problems": [as_fields(file_problem(error))]}


def leave(answer: dict[str, Any], place: Path) -> None:
    """Write an answer whole or not at all."""
    draft = place.with_suffix(".draft")
    draft.write_text(json.dumps(answer, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    draft.replace(place)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="regmodel.workbook.live.child")
    parser.add_argument("task", choices=("run", "validate"))
    parser.add_argument("book", type=Path)
    parser.add_argument("answer", type=Path)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--lang", choices=("en", "zh", "both"), default="both")
    parser.add_argument("--earlier", type=Path)
    return parser


def tell(stage: Text) -> None:
    """Say what is being done to the process that waits."""
    sys.stdout.write(json.dumps([stage.en, stage.zh]) + "\n")
    sys.stdout.flush()


def _run(book: Path, runs: Path, language: BookLanguage, earlier: Path | None) -> dict[str, Any]:
    from regmodel.report import write_report
    from regmodel.runs import run
    from regmodel.runs.beside import beside
    from regmodel.workbook.by_cells import check_scenarios, told_by_cells
    from regmodel.workbook.read import read_with_counts
    from regmodel.workbook.write import write_run_book

    tell(_READING)
    reading = read_with_counts(book)
    done, folders, wanted = [], [], reading.wanted
    if len(wanted) > 1:
        tell(_CHECKING)
        check_scenarios(reading, wanted)
    for scenario in wanted:
        with told_by_cells(reading, scenario):
            done.append(run(scenario, runs, tell))
        folder = done[-1].folder
        assert folder is not None
        tell(_REPORTING)
        write_report(done[-1], folder, main_language(language))
        write_run_book(folder / f"{folder.name}.xlsx", done[-1], lang=language)
        folders.append(folder.name)
    places = [place for place in (runs, earlier) if place is not None]
    compared = beside(reading.scenarios, done, places, tell)
    return {
        "kind": "results",
        "verdict": str(done[0].verdict["verdict"]),
        "folders": folders,
        "blocks": blocks_of(done[0], language, reading, compared),
    }


def blocks_of(
    finished: Run, language: BookLanguage, reading: Reading, compared: Comparison | None = None
) -> dict[str, Any]:
    """Every result block by its code: its rows, its room, and how each row is shown."""
    from regmodel.workbook.row_looks import row_looks
    from regmodel.workbook.run_blocks import run_blocks

    return {
        block.code: {
            "rows": rows,
            "size": [block.rows, len(block.headings)],
            "looks": [[look.height, look.hidden] for look in row_looks(block, rows)],
        }
        for block, rows in run_blocks(finished, language, reading, compared)
    }


def _validate(book: Path) -> dict[str, Any]:
    from regmodel.workbook.by_cells import check_scenarios
    from regmodel.workbook.read import read_with_counts

    tell(_READING)
    reading = read_with_counts(book)
    tell(_CHECKING)
    check_scenarios(reading, reading.scenarios)
    count = reading.count
    return {
        "kind": "fine",
        "rows": [count.rows_in, count.used, count.reported],
        "edits": len(reading.edits),
        "problems": [as_fields(problem) for problem in reading.warnings],
    }


def as_fields(problem: Problem) -> dict[str, Any]:
    """A problem as the answer holds it: every part in both languages."""
    return {
        "code": problem.code,
        "where": problem.where,
        "severity": problem.severity,
        "what": None if problem.what is None else [problem.what.en, problem.what.zh],
        **{
            name: [words.en, words.zh]
            for name, words in (("found", problem.found), ("expected", problem.expected), ("to_do", problem.to_do))
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
