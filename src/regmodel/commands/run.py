"""``regmodel run``: one scenario from its records to verdict, run folder, report and workbook."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.commands.exits import STATUS
from regmodel.commands.inputs import is_workbook, scenario_of
from regmodel.commands.terminal import aside, nobody_reads, teller
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.scenario import Scenario

RUNS = "runs"
_WHERE = {
    "report": Text("report", "报告"),
    "workbook": Text("workbook", "工作簿"),
    "folder": Text("run folder", "运行文件夹"),
}


def declare(verbs: Any) -> None:
    """Add the verb to the command line; ``verbs`` are the subparsers of argparse."""
    verb = verbs.add_parser("run", help="run a workbook, a scenario file or a shipped scenario")
    verb.add_argument("input", metavar="INPUT")
    verb.add_argument(
        "--out", type=Path, default=Path(RUNS), metavar="DIR", help="where run folders are kept (default: runs)"
    )
    verb.add_argument(
        "--by", choices=("clause", "year", "region"), default="clause", help="parts of clauses that conflicts are of"
    )
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true", help="print verdict.json instead of sentences")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Run, write folder, report and workbook, and say the verdict; the exit status says it too."""
    scenario, reading = None, None
    if is_workbook(options.input):
        from regmodel.workbook.read import read_with_counts

        reading = read_with_counts(Path(options.input))
        scenario = reading.scenario
    else:
        scenario = scenario_of(options.input)
    finished, report = run_with_report(scenario, options, language)
    assert finished.folder is not None
    if reading is not None:
        from regmodel.workbook.results import write_results

        book = write_results(Path(options.input), finished, reading=reading, say=lambda said: aside(said, language))
    else:
        from regmodel.workbook.write import write_run_book

        place = finished.folder / f"{finished.folder.name}.xlsx"
        book = write_run_book(place, finished, lambda said: aside(said, language))
    if sys.stderr.isatty():
        print("\x1b[2K\r", end="", file=sys.stderr)
    try:
        if options.json:
            print(json.dumps(finished.verdict, ensure_ascii=False, indent=1, allow_nan=False), flush=True)
        else:
            speak(finished, language, {"report": report, "workbook": book, "folder": finished.folder})
    except BrokenPipeError:  # the run is done and written: its status stands, whoever stopped reading
        nobody_reads()
    return STATUS[str(finished.verdict["verdict"])]


def run_with_report(scenario: Scenario, options: argparse.Namespace, language: Language) -> tuple[Run, Path]:
    """A finished run in its folder under ``--out``, with the page of its report."""
    from regmodel.report import write_report
    from regmodel.runs import run

    finished = run(scenario, options.out, teller(language), options.by)
    assert finished.folder is not None
    report = write_report(finished, finished.folder, language)
    # The same run in the other language has the same folder: a copy by language is kept beside the newest page.
    report.with_name(f"report.{language}.html").write_bytes(report.read_bytes())
    return finished, report


def speak(finished: Run, language: Language, places: dict[str, Path]) -> None:
    """Print the verdict in sentences, and where report, workbook and run folder are."""
    from regmodel.report.spoken import spoken

    for line in spoken(finished, language):
        print(line)
    print()
    colon = "：" if language == "zh" else ": "
    for name, path in places.items():
        print(f"{_WHERE[name].read(language)}{colon}{path}", flush=True)
