"""``regmodel validate``: every problem of a workbook, a scenario, a design or the records at once; solves nothing."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.exits import DONE
from regmodel.commands.inputs import is_workbook, scenario_of
from regmodel.commands.terminal import aside, problem_fields
from regmodel.vocabulary.problems import InputProblems, Problems
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regmodel.workbook.fixed import Count

_FINE = Text("no problems found in {name}", "{name} 未发现问题")
_LOOK = Text(
    "{name} can be run; what to look at stands above ({count})",
    "{name} 可以运行；请查看以上各处（{count} 处）",
)
_ROWS = Text(
    "{rows_in} rows read = {used} used + {reported} reported", "读入 {rows_in} 行 = 使用 {used} 行 + 报告 {reported} 行"
)
_DESIGN = Text(
    "{count} scenarios of {scenario}; chunks: {chunks}, of at most {chunk}; numbers that vary: {keys}",
    "{scenario} 的 {count} 个情景，分 {chunks} 块，每块至多 {chunk} 个；变化的数共 {keys} 个",
)
_IS_DESIGN = re.compile(r"^\s*kind\s*=", re.MULTILINE)


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("input", metavar="INPUT")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Check the input; what is wrong is raised with every problem."""
    if is_workbook(options.input):
        return _book(Path(options.input), options, language)
    said = []
    if is_design(options.input):
        said.append(_design(options.input))
    else:
        _scenario(options.input)
    if options.json:
        print(json.dumps({"problems": []}))
        return DONE
    print(_FINE.fill(name=options.input).read(language))
    for line in said:
        print(line.read(language))
    return DONE


def _book(path: Path, options: argparse.Namespace, language: Language) -> int:
    """Every cell and scenario of a workbook, and what became of its rows; the count goes where the problems go."""
    from regmodel.workbook.by_cells import check_scenarios
    from regmodel.workbook.read import read_with_counts, survey

    try:
        reading = read_with_counts(path)
    except InputProblems:
        rows = _rows(survey(path)[0])
        if not options.json:
            aside(rows, language)
        raise
    check_scenarios(reading, reading.scenarios)
    if options.json:
        print(
            json.dumps(
                {"problems": [problem_fields(each, language) for each in reading.warnings]},
                ensure_ascii=False,
                indent=1,
            )
        )
        return DONE
    print(_rows(reading.counts).read(language))
    if reading.warnings:
        print("", Problems(list(reading.warnings)).render(language), "", sep="\n")
    print((_LOOK if reading.warnings else _FINE).fill(name=path, count=len(reading.warnings)).read(language))
    return DONE


def _rows(counts: Mapping[str, Count]) -> Text:
    """How many rows of a workbook's tables were read, and what became of them."""
    names = ("rows_in", "used", "reported")
    return _ROWS.fill(**{name: sum(getattr(count, name) for count in counts.values()) for name in names})


def is_design(name: str) -> bool:
    """Whether a name is a shipped design's, or a TOML file says of what kind of design it is, as no scenario does."""
    path = Path(name)
    if path.suffix != ".toml" or not path.is_file():
        from regmodel.params import shipped_folder

        return (shipped_folder() / "designs" / f"{name}.toml").is_file()
    return _IS_DESIGN.search(path.read_bytes().decode("utf-8", errors="replace")) is not None


def _design(name: str) -> Text:
    from regmodel.batch.blocks import open_design

    read = open_design(name)
    return _DESIGN.fill(
        count=len(read),
        scenario=read.scenario.name,
        chunks=sum(1 for _ in read.chunks()),
        chunk=read.chunk_size,
        keys=len(read.keys),
    )


def _scenario(name: str) -> None:
    if name == "params":
        from regmodel.params import read_book, shipped_folder
        from regmodel.plans import read_clauses
        from regmodel.runs.load_classes import read_load_classes

        book = read_book()
        read_clauses(shipped_folder(), book.regions)
        read_load_classes()
    from regmodel.feasibility.numbers import prepare

    prepare(scenario_of("plan" if name == "params" else name))
