"""``regmodel compare``: runs side by side with what a change is due to, or two copies of a scenario cell by cell."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.exits import DONE
from regmodel.commands.inputs import forms_of, is_workbook, scenario_of
from regmodel.commands.terminal import aside, problem_words, teller
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs.comparing import Comparison

YEAR = 2035
_WRITTEN = Text("written: {path}", "已写入：{path}")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("runs", nargs="+", metavar="RUN", help="run folders, or two workbooks or scenarios")
    verb.add_argument(
        "--of",
        action="append",
        default=[],
        metavar="RESULT",
        help="split this result over the assumptions: a variable of the trajectory, or attainability (which solves)",
    )
    verb.add_argument("--region", metavar="REGION", help="a region or a set (default: the whole region)")
    verb.add_argument("--year", type=int, default=YEAR, help=f"default: {YEAR}")
    verb.add_argument("--orders", type=orders_of, metavar="N", help="draw N orders instead of the number that fits")
    verb.add_argument(
        "--report", type=forms_of, metavar="FORMS", help="write a report too: html, docx, pdf, with commas"
    )
    verb.add_argument(
        "--out",
        type=Path,
        default=Path("runs"),
        metavar="DIR",
        help="where the report's folder is kept (default: runs)",
    )
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def orders_of(text: str) -> int:
    """The orders of an --orders; raises ArgumentTypeError in both languages, the option --lang not being read yet."""
    if not (text.isascii() and text.isdigit() and int(text) >= 2):
        raise argparse.ArgumentTypeError(f'"{text}": must be a whole number, 2 or more / 须为不小于 2 的整数')
    return int(text)


def call(options: argparse.Namespace, language: Language) -> int:
    """Print what differs; 0 whatever it is."""
    if all(_says_a_scenario(run) for run in options.runs):
        return _copies(options, language)
    from regmodel.report.comparison import lines
    from regmodel.runs.comparing import as_json, compare

    found = compare(
        *(Path(run) for run in options.runs),
        of=tuple(options.of),
        region=options.region,
        year=options.year,
        orders=options.orders,
        tell=teller(language),
    )
    if sys.stderr.isatty():
        print("\x1b[2K\r", end="", file=sys.stderr)
    written = write(found, options.out, language, options.report, _asked(options)) if options.report else {}
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    for line in lines(found, language):
        print(line)
    for path in written.values():
        print(_WRITTEN.fill(path=path).read(language))
    return DONE


def _asked(options: argparse.Namespace) -> tuple[str, ...]:
    """What was asked of the runs beside what is always told, as words of the folder's name."""
    place = [] if options.region is None else [options.region]
    year = [] if options.year == YEAR else [str(options.year)]
    orders = [] if options.orders is None else [f"{options.orders}_orders"]
    return (*sorted(dict.fromkeys(options.of)), *place, *year, *orders)


def write(
    found: Comparison, out: Path, language: Language, forms: tuple[str, ...], asked: tuple[str, ...] = ()
) -> dict[str, Path]:
    """The report on runs in a folder of its own under ``out``: the same question to the same runs has the same."""
    from regmodel.report import write_comparison

    ids = [str(one.verdict.get("run_id") or one.place) for one in found.runs]
    mark = hashlib.sha256("|".join([*ids, *asked]).encode()).hexdigest()[:8]
    said = dict.fromkeys([*(one.scenario.name for one in found.runs[:3]), *asked[:3]])
    names = "-".join(re.sub(r"[^\w-]+", "_", name)[:24] for name in said)
    folder = out / f"compare-{names}-{mark}"
    folder.mkdir(parents=True, exist_ok=True)
    told = write_comparison(found, folder, language, forms, lambda problem: aside(problem_words(problem), language))
    for path in told.values():
        path.with_name(f"report.{language}{path.suffix}").write_bytes(path.read_bytes())
    return told


def _says_a_scenario(place: str) -> bool:
    """Whether an input is a workbook, a scenario file or a shipped scenario's name, and no run folder."""
    if Path(place).is_dir():
        return False
    from regmodel.scenario import shipped_names

    return is_workbook(place) or Path(place).suffix.lower() == ".toml" or place in shipped_names()


def _copies(options: argparse.Namespace, language: Language) -> int:
    """Two copies of a scenario, cell by cell."""
    problems = Problems()
    if len(options.runs) != 2:
        found = Text(f"{len(options.runs)} workbooks or scenarios", f"{len(options.runs)} 个工作簿或情景")
        expected = Text("two, the second compared with the first", "两个，后者与前者比较")
        problems.add("C-06", "compare", found, expected, Text("name two at a time", "请每次给出两个"))
    if options.of or options.region or options.report:
        found = Text("--report", "--report") if options.report else Text("--of or --region", "--of 或 --region")
        expected = Text("run folders, which have results to split", "含有结果的运行文件夹")
        to_do = Text(
            "run both with regmodel run, and compare the run folders", "请先用 regmodel run 运行，再比较运行文件夹"
        )
        problems.add("C-07", "compare", found, expected, to_do)
    problems.raise_if_any()
    from regmodel.workbook.book_diff import as_json, copy_of_book, copy_of_scenario, differences, differences_beside
    from regmodel.workbook.book_diff_words import diff_lines

    before, after = (
        copy_of_book(place) if is_workbook(place) else copy_of_scenario(place, scenario_of(place))
        for place in options.runs
    )
    differing = differences(before, after)
    beside = differences_beside(before, after, differing)
    if options.json:
        print(json.dumps(as_json(before, after, differing, beside), ensure_ascii=False, indent=1))
        return DONE
    for line in diff_lines(before, after, differing, language, beside):
        print(line)
    return DONE
