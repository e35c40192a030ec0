"""Turns a command into one call of the pipeline; every verb imports what it needs when it is called."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands import VERBS
from regmodel.commands.exits import BUG, DONE, INTERRUPTED, NOT_FEASIBLE, PROBLEM, STATUS, UNDECIDED
from regmodel.commands.inputs import is_workbook, scenario_of
from regmodel.vocabulary.problems import InputProblems, Problem, RegmodelBug
from regmodel.vocabulary.refused import file_problem
from regmodel.vocabulary.texts import Language, Text, same

if TYPE_CHECKING:
    from regmodel.runs import Run

__all__ = ["BUG", "DONE", "INTERRUPTED", "NOT_FEASIBLE", "PROBLEM", "STATUS", "UNDECIDED", "main", "parser"]
RUNS = "runs"
CENSUS = Path("observations") / "census_2010_2020.csv"

_WHERE = {
    "report": Text("report", "报告"),
    "workbook": Text("workbook", "工作簿"),
    "folder": Text("run folder", "运行文件夹"),
}
_FINE = Text("no problems found in {name}", "{name} 未发现问题")
_WRITTEN = Text("written: {path}", "已写入：{path}")
_INTERRUPTED = Text("stopped; nothing half-written is left behind", "已停止；未留下写到一半的文件")
_EXISTS = Text(
    "{path} is already there; give another name, or move the old file away",
    "{path} 已存在；请换一个名称，或先移走旧文件",
)
_BUG = Text(
    "This is a mistake in regmodel, not in your input  [X-00]\n  while      {what}\n"
    "  to do      please send this message and your input; your files were not changed",
    "这是 regmodel 的错误，不是您的输入有误  [X-00]\n  当时       {what}\n"
    "  请处理     请将本信息与输入文件一并发给维护者；您的文件未被改动",
)


def parser() -> argparse.ArgumentParser:
    """The command line as it stands."""
    top = argparse.ArgumentParser(
        prog="regmodel",
        description="Can these plans' targets hold together, under the water and the land that there are?",
    )
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    new = verbs.add_parser("new", help="write a fresh workbook")
    new.add_argument("book", type=Path, metavar="BOOK.xlsx")
    new.add_argument("--scenario", default="plan", help="a shipped scenario's name or a scenario file (default: plan)")
    new.add_argument("--lang", choices=("en", "zh", "both"), default="both")
    new.set_defaults(call=_new)
    run = verbs.add_parser("run", help="run a workbook, a scenario file or a shipped scenario")
    run.add_argument("input", metavar="INPUT")
    run.add_argument(
        "--out", type=Path, default=Path(RUNS), metavar="DIR", help="where run folders are kept (default: runs)"
    )
    run.add_argument(
        "--by", choices=("clause", "year", "region"), default="clause", help="parts of clauses that conflicts are of"
    )
    run.add_argument("--lang", choices=("en", "zh"), default="en")
    run.add_argument("--json", action="store_true", help="print verdict.json instead of sentences")
    run.set_defaults(call=_run)
    validate = verbs.add_parser(
        "validate", help="list every problem of a workbook, a scenario or params; solve nothing"
    )
    validate.add_argument("input", metavar="INPUT")
    validate.add_argument("--lang", choices=("en", "zh"), default="en")
    validate.add_argument("--json", action="store_true")
    validate.set_defaults(call=_validate)
    verify = verbs.add_parser("verify", help="check a run's verdict again, exactly and without a solver")
    verify.add_argument("run", type=Path, metavar="RUN")
    verify.add_argument("--lang", choices=("en", "zh"), default="en")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(call=_verify)
    backcast = verbs.add_parser("backcast", help="score the projection against observed values")
    backcast.add_argument("--actuals", type=Path, metavar="FILE.csv", help="default: the census of 2020 (base 2010)")
    backcast.add_argument("--base", type=int, choices=(2010, 2020), default=None)
    backcast.add_argument("--lang", choices=("en", "zh"), default="en")
    backcast.add_argument("--json", action="store_true")
    backcast.set_defaults(call=_backcast)
    for verb in VERBS:
        verb.declare(verbs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (docs/for-planners.md lists them)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:
        return DONE if stop.code in (0, None) else PROBLEM
    language: Language = "zh" if getattr(options, "lang", "en") == "zh" else "en"
    call: Callable[[argparse.Namespace, Language], int] = options.call
    try:
        return call(options, language)
    except InputProblems as found:
        _tell_problems(found, language, as_json=getattr(options, "json", False))
        return PROBLEM
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        _tell_problems(InputProblems([file_problem(error)]), language, as_json=getattr(options, "json", False))
        return PROBLEM
    except KeyboardInterrupt:
        print(_INTERRUPTED.read(language), file=sys.stderr)
        return INTERRUPTED
    except RegmodelBug as error:
        print(_BUG.fill(what=error).read(language), file=sys.stderr)
        return BUG
    except Exception as error:
        if os.environ.get("REGMODEL_TRACEBACK"):
            raise
        print(_BUG.fill(what=f"{type(error).__name__}: {error}").read(language), file=sys.stderr)
        return BUG


def _nobody_reads() -> int:
    """The program that read our output has gone (`regmodel run plan | head`): no fault, and nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _tell_problems(found: InputProblems, language: Language, *, as_json: bool) -> None:
    if as_json:
        rows = [
            {
                "code": problem.code,
                "where": problem.where,
                "found": problem.found.read(language),
                "expected": problem.expected.read(language),
                "to_do": problem.to_do.read(language),
                "severity": problem.severity,
            }
            for problem in found.problems
        ]
        print(json.dumps({"problems": rows}, ensure_ascii=False, indent=1))
        return
    print(found.problems.render(language), file=sys.stderr)


def _teller(language: Language) -> Callable[[Text], None]:
    """Says on a terminal what is being done; silent where the output is not one."""

    def tell(stage: Text) -> None:
        if sys.stderr.isatty():
            print(f"\x1b[2K\r{stage.read(language)} …", end="", file=sys.stderr, flush=True)

    return tell


def _new(options: argparse.Namespace, language: Language) -> int:
    path: Path = options.book
    if path.suffix.lower() != ".xlsx":
        expected = Text("a name that ends in .xlsx", "以 .xlsx 结尾的文件名")
        to_do = f"regmodel new {path.stem}.xlsx"
        raise InputProblems([Problem("X-03", str(path), same(f'"{path.suffix}"'), expected, same(to_do))])
    if path.exists():
        found = Text("a file of that name", "同名文件已存在")
        expected = Text("a name that is free: nothing of yours is written over", "未被占用的文件名：不会覆盖您的文件")
        raise InputProblems([Problem("X-04", str(path), found, expected, _EXISTS.fill(path=path.name))])
    from regmodel.workbook.write import write_workbook

    write_workbook(path, scenario_of(options.scenario), options.lang)
    print(_WRITTEN.fill(path=path).read(language))
    return DONE


def _run(options: argparse.Namespace, language: Language) -> int:
    scenario, reading = None, None
    if is_workbook(options.input):
        from regmodel.workbook.read import read_with_counts

        reading = read_with_counts(Path(options.input))
        scenario = reading.scenario
    else:
        scenario = scenario_of(options.input)
    from regmodel.report import write_report
    from regmodel.runs import run

    finished = run(scenario, options.out, _teller(language), options.by)
    assert finished.folder is not None
    report = write_report(finished, finished.folder, language)
    # The same run in the other language has the same folder: a copy by language is kept beside the newest page.
    report.with_name(f"report.{language}.html").write_bytes(report.read_bytes())
    if reading is not None:
        from regmodel.workbook.results import write_results

        book = write_results(Path(options.input), finished, reading=reading, say=lambda said: _aside(said, language))
    else:
        from regmodel.workbook.write import write_run_book

        place = finished.folder / f"{finished.folder.name}.xlsx"
        book = write_run_book(place, finished, lambda said: _aside(said, language))
    if sys.stderr.isatty():
        print("\x1b[2K\r", end="", file=sys.stderr)
    try:
        if options.json:
            print(json.dumps(finished.verdict, ensure_ascii=False, indent=1, allow_nan=False), flush=True)
        else:
            _speak(finished, language, {"report": report, "workbook": book, "folder": finished.folder})
    except BrokenPipeError:  # the run is done and written: its status stands, whoever stopped reading
        _nobody_reads()
    return STATUS[str(finished.verdict["verdict"])]


def _aside(said: Text, language: Language) -> None:
    print(said.read(language), file=sys.stderr)


def _speak(finished: Run, language: Language, places: dict[str, Path]) -> None:
    from regmodel.report.spoken import spoken

    for line in spoken(finished, language):
        print(line)
    print()
    colon = "：" if language == "zh" else ": "
    for name, path in places.items():
        print(f"{_WHERE[name].read(language)}{colon}{path}", flush=True)


def _validate(options: argparse.Namespace, language: Language) -> int:
    if options.input == "params":
        from regmodel.params import read_book, shipped_folder
        from regmodel.plans import read_clauses

        book = read_book()
        read_clauses(shipped_folder(), book.regions)
    from regmodel.feasibility.numbers import prepare

    prepare(scenario_of("plan" if options.input == "params" else options.input))
    if options.json:
        print(json.dumps({"problems": []}))
    else:
        print(_FINE.fill(name=options.input).read(language))
    return DONE


def _verify(options: argparse.Namespace, language: Language) -> int:
    from regmodel.runs.verify import verify

    found = verify(options.run)
    if options.json:
        print(
            json.dumps(
                {"verdict": found.verdict, "holds": found.holds, "sentence": found.sentence.read(language)},
                ensure_ascii=False,
            )
        )
    else:
        print(found.sentence.read(language))
    return DONE if found.holds else PROBLEM


def _backcast(options: argparse.Namespace, language: Language) -> int:
    from regmodel.runs.backcast import backcast_file

    base = options.base if options.base is not None else (2010 if options.actuals is None else 2020)
    actuals = options.actuals
    if actuals is None:
        from regmodel.params import shipped_folder

        actuals = shipped_folder() / CENSUS
    found = backcast_file(actuals, base=base)
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    print(found.sentence.read(language))
    for note in found.notes:
        print(note.read(language))
    return DONE


if __name__ == "__main__":
    raise SystemExit(main())
