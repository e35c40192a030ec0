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
from typing import Any

from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.refused import file_problem
from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import BookLanguage, main_language

_READING = Text("reading the workbook", "读取工作簿")
_CHECKING = Text("checking", "检查")
_REPORTING = Text("writing the report", "撰写报告")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one task and write the answer; an answer is written for everything that can be said in words."""
    options = _parser().parse_args(arguments)
    try:
        answer = _run(options) if options.task == "run" else _validate(options)
    except InputProblems as found:
        answer = {"kind": "problems", "problems": [as_fields(problem) for problem in found.problems]}
    except OSError as error:
        answer = {"kind": "problems", "problems": [as_fields(file_problem(error))]}
    draft = options.answer.with_suffix(".draft")
    draft.write_text(json.dumps(answer, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    draft.replace(options.answer)
    return 0


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


def _run(options: argparse.Namespace) -> dict[str, Any]:
    from regmodel.report import write_report
    from regmodel.runs import run
    from regmodel.runs.beside import beside
    from regmodel.workbook.read import read_with_counts
    from regmodel.workbook.row_looks import row_looks
    from regmodel.workbook.run_blocks import run_blocks
    from regmodel.workbook.write import write_run_book

    language: BookLanguage = options.lang
    tell(_READING)
    reading = read_with_counts(options.book)
    done, folders = [], []
    for scenario in reading.wanted:
        done.append(run(scenario, options.runs, tell))
        folder = done[-1].folder
        assert folder is not None
        tell(_REPORTING)
        write_report(done[-1], folder, main_language(language))
        write_run_book(folder / f"{folder.name}.xlsx", done[-1], lang=language)
        folders.append(folder.name)
    places = [place for place in (options.runs, options.earlier) if place is not None]
    compared = beside(reading.scenarios, done, places, tell)
    blocks = {
        block.code: {
            "rows": rows,
            "size": [block.rows, len(block.headings)],
            "looks": [[look.height, look.hidden] for look in row_looks(block, rows)],
        }
        for block, rows in run_blocks(done[0], language, reading, compared)
    }
    return {
        "kind": "results",
        "verdict": str(done[0].verdict["verdict"]),
        "folders": folders,
        "blocks": blocks,
    }


def _validate(options: argparse.Namespace) -> dict[str, Any]:
    from regmodel.feasibility.numbers import prepare
    from regmodel.workbook.read import read_with_counts

    tell(_READING)
    reading = read_with_counts(options.book)
    tell(_CHECKING)
    prepare(reading.scenario)
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
