"""``regmodel export-records``: better numbers of a workbook, with their sources, as records for params/."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.exits import DONE
from regmodel.commands.inputs import is_workbook, scenario_of
from regmodel.commands.terminal import aside
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.scenario.shared import Shared

_COUNT = Text(
    "{records} records and {figures} figures of the base year, from {sources} new sources",
    "{records} 条记录，{figures} 条基年数据，{sources} 个新来源",
)
_WRITTEN = Text("written: {path}", "已写入：{path}")
_LEFT = Text(
    "left out: {keys} (no figure of a record, or no source beside it)",
    "未导出：{keys}（不是记录中的数，或未注明来源）",
)
_QUOTED = Text(
    "left out: {keys} (what a plan's clause prints is no record: if the plan prints something else, correct its row in "
    "plan_clauses.csv, or corrections.csv with the evidence, so that every reading of it is judged anew)",
    "未导出：{keys}（规划条款所印数值不是记录：如规划原文并非如此，请更正 plan_clauses.csv 中的该行，或在 "
    "corrections.csv 中注明证据，以便重新判断其各种读法）",
)
_TAKEN = Text("a file of that name", "同名文件已存在")
_FREE = Text("a name that is free: nothing of yours is written over", "未被占用的文件名：不会覆盖您的文件")
_MOVE = Text("give another name, or move the old file away", "请换一个名称，或先移走旧文件")
_NONE = Text("no number with a source", "没有注明来源的数")
_SOME = Text("at least one figure typed with its source", "至少一个注明来源的数")
_TYPE = Text(
    "type a figure on an assumption sheet and give its source and the place in it.",
    "请在假设各表中填写数值，并注明来源和出处。",
)
_NO_FOLDER = Text("no such folder", "没有该文件夹")
_NO_SOURCES = Text("a folder without sources.toml", "缺少 sources.toml 的文件夹")
_RECORDS = Text("a folder of records, as params/ of regmodel is one", "参数记录文件夹，如 regmodel 的 params/")
_COPY = Text("give params/ of a clone, or a copy of it", "请给出克隆仓库中的 params/ 或其副本")
_TOML = Text("a name that ends in .toml", "以 .toml 结尾的文件名")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("book", metavar="BOOK", help="a workbook, or a scenario file")
    where = verb.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, metavar="FILE.toml", help="records; sources and figures go beside it")
    where.add_argument("--into", type=Path, metavar="PARAMS", help="put them into a folder of records instead")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Write the records and say what was written; 0 when there were any."""
    from regmodel.params import read_book
    from regmodel.scenario.shared import better_records, put_into

    problems = Problems()
    if options.into is not None and not (options.into / "sources.toml").is_file():
        there = options.into.is_dir()
        problems.add("E-02", str(options.into), _NO_SOURCES if there else _NO_FOLDER, _RECORDS, _COPY)
    if options.out is not None and options.out.suffix.lower() != ".toml":
        to_do = Text(f"--out {options.out.stem}.toml", f"--out {options.out.stem}.toml")
        problems.add("X-03", str(options.out), f'"{options.out.suffix}"', _TOML, to_do)
    if options.out is not None:
        for path in _files(options.out).values():
            if path.exists():
                problems.add("E-01", str(path), _TAKEN, _FREE, _MOVE)
    problems.raise_if_any()
    cells: dict[str, str] = {}
    if is_workbook(options.book):
        from regmodel.workbook.read import read_with_counts

        reading = read_with_counts(Path(options.book))
        scenario, cells = reading.scenario, dict(reading.cells)
    else:
        scenario = scenario_of(options.book)
    target = None if options.into is None else read_book(options.into)
    shared = better_records(scenario, datetime.now(UTC).date(), cells, target)
    if not shared.records and not shared.figures:
        problems.add("S-15", options.book, _NONE, _SOME, _TYPE)
    problems.raise_if_any()
    written = _beside(shared, options.out) if target is None else put_into(shared, options.into, target)
    _say(options, shared, written, language)
    return DONE


def _files(out: Path) -> dict[str, Path]:
    """The names of the three files that go together."""
    beside = {"sources": f"{out.stem}.sources.toml", "figures": f"{out.stem}.baseline.csv"}
    return {"records": out, **{what: out.with_name(name) for what, name in beside.items()}}


def _beside(shared: Shared, out: Path) -> list[Path]:
    """Records into the file, sources and rows of baseline.csv beside it; each in the form of its file in params/."""
    from regmodel.params.record_text import figure_cells, figures_text, record_text, source_text

    texts: dict[Path, str] = {}
    files = _files(out)
    if shared.records:
        texts[files["records"]] = "\n".join(
            f"# Goes into {record.file}, in place of the record of the same key.\n{record_text(record)}"
            for record in shared.records
        )
    if shared.sources:
        texts[files["sources"]] = "\n".join(map(source_text, shared.sources))
    if shared.figures:
        texts[files["figures"]] = figures_text([figure_cells(one) for one in shared.figures])
    out.parent.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def _say(options: argparse.Namespace, shared: Shared, written: list[Path], language: Language) -> None:
    left = [one.key for one in shared.left_out]
    quoted = [key for key in left if key.startswith("clause.") and key.endswith(".value")]
    left = [key for key in left if key not in quoted]
    if options.json:
        told = {
            "records": [record.key for record in shared.records],
            "figures": [figure.key for figure in shared.figures],
            "sources": [source.key for source in shared.sources],
            "left_out": left,
            "clauses_left_out": quoted,
            "written": [str(path) for path in written],
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    count = _COUNT.fill(records=len(shared.records), figures=len(shared.figures), sources=len(shared.sources))
    print(count.read(language))
    for path in written:
        print(_WRITTEN.fill(path=path).read(language))
    if left:
        aside(_LEFT.fill(keys=", ".join(left)), language)
    if quoted:
        aside(_QUOTED.fill(keys=", ".join(quoted)), language)
