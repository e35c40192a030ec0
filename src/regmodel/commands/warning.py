"""``regmodel warning``: how loaded water and land are by region and year, and when each class first appears."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from regmodel.commands.exits import DONE
from regmodel.commands.inputs import scenario_of
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

SAMPLES, MOST = 1000, 1_000_000
_TAKEN = Text("a file of that name", "同名文件已存在")
_FREE = Text("a name that is free: nothing of yours is written over", "未被占用的文件名：不会覆盖您的文件")
_OF_STORE = Text("a store has its scenarios: nothing is drawn", "结果库已有情景，不再抽样")
_LEAVE = Text("leave --samples out", "请省略 --samples")
_MOVE = Text("give another name, or move the old file away", "请换一个名称，或先移走旧文件")
_WRITTEN = Text("written: {path}", "已写入：{path}")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument(
        "input", nargs="?", default="baseline", metavar="INPUT", help="a scenario, or the store of a batch (baseline)"
    )
    verb.add_argument("--samples", type=samples_of, metavar="N", help=f"draws for the probabilities ({SAMPLES})")
    verb.add_argument("--out", type=Path, metavar="FILE.csv", help="write every region and year as a table")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def samples_of(text: str) -> int:
    """The draws of a --samples; raises ArgumentTypeError in both languages, the option --lang not being read yet."""
    if not (text.isascii() and text.isdigit() and int(text) <= MOST):
        raise argparse.ArgumentTypeError(f'"{text}": must be a whole number up to {MOST} / 须为不超过 {MOST} 的整数')
    return int(text)


def call(options: argparse.Namespace, language: Language) -> int:
    """Print loads and first years; nothing of the user's is written over."""
    from regmodel.batch.exporting import is_store
    from regmodel.report.early_warning import lines
    from regmodel.runs.exchange import write_table
    from regmodel.runs.warning import early_warning

    if options.out is not None and options.out.exists():
        problems = Problems()
        problems.add("E-01", str(options.out), _TAKEN, _FREE, _MOVE)
        problems.raise_if_any()
    if is_store(Path(options.input)):
        return _of_store(options, language)
    scenario = scenario_of(options.input)
    found = early_warning(scenario, SAMPLES if options.samples is None else options.samples)
    if options.out is not None:
        write_table(found.frame(), options.out)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    for line in lines(found, scenario, language):
        print(line)
    if options.out is not None:
        print(_WRITTEN.fill(path=options.out).read(language))
    return DONE


def _of_store(options: argparse.Namespace, language: Language) -> int:
    """The same over the scenarios of a finished batch."""
    from regmodel.batch.answers import finished, load_chances
    from regmodel.report.load_chances import lines
    from regmodel.runs.exchange import write_table

    if options.samples is not None:
        problems = Problems()
        problems.add("B-47", "warning", f"--samples {options.samples}", _OF_STORE, _LEAVE)
        problems.raise_if_any()
    store = finished(options.input)
    found = load_chances(store)
    if options.out is not None:
        write_table(found.frame(), options.out)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    for line in lines(found, store.read.scenario, language):
        print(line)
    if options.out is not None:
        print(_WRITTEN.fill(path=options.out).read(language))
    return DONE
