"""``regmodel run``: one scenario from its records to verdict, run folder, report and workbook."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands import beside
from regmodel.commands.exits import STATUS
from regmodel.commands.inputs import FORMS, forms_of, is_workbook, scenario_of
from regmodel.commands.side_by_side import refuse_choice, run_book
from regmodel.commands.terminal import aside, clear_line, nobody_reads, problem_words, teller
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.scenario import Scenario

RUNS = "runs"
_WRITING = Text("writing the report", "撰写报告")
_ELSEWHERE = Text(
    "{name} could not be written ({why}) and is as it was; the results are in {other}",
    "{name} 无法写入（{why}），保持原样；结果在 {other}",
)
_WHERE = {
    "report": Text("report", "报告"),
    "workbook": Text("workbook", "工作簿"),
    "folder": Text("run folder", "运行文件夹"),
}


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("input", metavar="INPUT")
    verb.add_argument(
        "--out", type=Path, default=Path(RUNS), metavar="DIR", help="where run folders are kept (default: runs)"
    )
    verb.add_argument(
        "--by", choices=("clause", "year", "region"), default="clause", help="parts of clauses that conflicts are of"
    )
    verb.add_argument(
        "--scenario",
        metavar="NAME",
        help="of a workbook: one of its scenarios, or all (default: what its sheet Side by side says)",
    )
    verb.add_argument(
        "--report",
        type=forms_of,
        default=("html",),
        metavar="FORMS",
        help="forms of the report, with commas: html, docx, pdf (default: html)",
    )
    beside.declare(verb)
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true", help="print verdict.json instead of sentences")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Run, write folder, report and workbook, and say the verdict; the exit status says it too."""
    if is_workbook(options.input):
        return _book(options, language)
    if options.scenario is not None:
        refuse_choice(options.input)
    finished, _ = run_with_report(scenario_of(options.input), options, language)
    assert finished.folder is not None
    from regmodel.workbook.write import write_run_book

    place = finished.folder / f"{finished.folder.name}.xlsx"
    book = write_run_book(place, finished, lambda said: aside(said, language))
    return _told(
        options, finished, {**_reports(finished, options), "workbook": book, "folder": finished.folder}, language
    )


def _book(options: argparse.Namespace, language: Language) -> int:
    """The scenario of a workbook, or those beside it, into its result sheets; the status is that of the one shown."""
    from regmodel.workbook.read import read_with_counts
    from regmodel.workbook.results import write_results
    from regmodel.workbook.run_choice import chosen

    path = Path(options.input)
    reading = read_with_counts(path)
    for warning in reading.warnings:
        aside(problem_words(warning), language)
    named = options.scenario is not None
    wanted = chosen(options.scenario, reading.scenarios, f"{path.name}   --scenario") if named else reading.wanted
    done = run_book(reading, wanted, options, language, run_with_report)
    shown, compared = done.shown, done.compared
    assert shown.folder is not None
    try:
        book = write_results(path, shown, reading=reading, say=lambda said: aside(said, language), compared=compared)
    except OSError as error:  # a run of minutes is not lost with the place for its results
        from regmodel.workbook.write import write_run_book

        book = write_run_book(shown.folder / f"{shown.folder.name}.xlsx", shown, lambda said: aside(said, language))
        aside(_ELSEWHERE.fill(name=path.name, why=error.strerror or error, other=book), language)
    places = {**_reports(shown, options), "workbook": book, "folder": shown.folder}
    if len(done.runs) > 1 and compared is not None and not options.json:
        from regmodel.report.comparison import lines

        clear_line()
        print(*lines(compared, language), "", sep="\n")
    return _told(options, shown, places, language)


def _told(options: argparse.Namespace, finished: Run, places: dict[str, Path], language: Language) -> int:
    """Say the verdict and where everything is; the status of the verdict."""
    clear_line()
    try:
        if options.json:
            print(json.dumps(finished.verdict, ensure_ascii=False, indent=1, allow_nan=False), flush=True)
        else:
            speak(finished, language, places)
    except BrokenPipeError:  # the run is done and written: its status stands, whoever stopped reading
        nobody_reads()
    return STATUS[str(finished.verdict["verdict"])]


def run_with_report(scenario: Scenario, options: argparse.Namespace, language: Language) -> tuple[Run, Path]:
    """A finished run in its folder under ``--out``, with its report in the forms of ``--report``; the first of them."""
    from regmodel.report import write_reports
    from regmodel.runs import run

    tell = teller(language)
    wanted = beside.check(options, scenario)
    finished = run(scenario, options.out, tell, options.by)
    assert finished.folder is not None
    found = beside.gathered(wanted, finished, tell)
    tell(_WRITING)
    forms = getattr(options, "report", FORMS[:1])
    reports = write_reports(
        finished, finished.folder, language, forms, lambda problem: aside(problem_words(problem), language), found
    )
    for path in reports.values():
        # The same run in the other language has the same folder: a copy by language is kept beside the newest.
        path.with_name(f"report.{language}{path.suffix}").write_bytes(path.read_bytes())
    return finished, next(iter(reports.values()), finished.folder / "report.html")


def _reports(finished: Run, options: argparse.Namespace) -> dict[str, Path]:
    """Where the forms of the report are that were asked for and could be written."""
    assert finished.folder is not None
    paths = {f"report.{form}": finished.folder / f"report.{form}" for form in options.report}
    return {name: path for name, path in paths.items() if path.exists()}


def speak(finished: Run, language: Language, places: dict[str, Path]) -> None:
    """Print the verdict in sentences, and where report, workbook and run folder are."""
    from regmodel.report.spoken import spoken

    for line in spoken(finished, language):
        print(line)
    print()
    colon = "：" if language == "zh" else ": "
    for name, path in places.items():
        print(f"{_WHERE[name.partition('.')[0]].read(language)}{colon}{path}", flush=True)
