"""``regmodel export``: the trajectory of a run, or the numbers of a batch, in a form that other programs read."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from regmodel.commands.exits import DONE
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

FORMATS = ("csv", "iamc", "parquet")
_TAKEN = Text("a file of that name", "同名文件已存在")
_FREE = Text("a name that is free: nothing of yours is written over", "未被占用的文件名：不会覆盖您的文件")
_MOVE = Text("give another name, or move the old file away", "请换一个名称，或先移走旧文件")
_WRITTEN = Text("written: {path} ({rows} values, {form})", "已写入：{path}（{rows} 个数值，{form}）")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("run", type=Path, metavar="RUN", help="a run folder, or the store of a batch")
    verb.add_argument("--format", choices=FORMATS, default="csv", help="iamc is the wide table that pyam reads")
    verb.add_argument("--out", type=Path, metavar="FILE", required=True)
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Write one file; nothing of the user's is written over."""
    from regmodel.batch.exporting import is_store, stored_frame
    from regmodel.runs.exchange import MODEL, write_frame
    from regmodel.runs.stored import read_trajectory

    problems = Problems()
    if options.out.exists():
        problems.add("E-01", str(options.out), _TAKEN, _FREE, _MOVE)
        problems.raise_if_any()
    if is_store(options.run):
        frame, version = stored_frame(options.run)
    else:
        frame, manifest = read_trajectory(options.run)
        version = manifest.get("versions", {}).get("regmodel")
    write_frame(frame, options.format, options.out, MODEL if version is None else f"{MODEL} {version}")
    if options.json:
        print(json.dumps({"written": str(options.out), "format": options.format, "rows": len(frame)}))
    else:
        print(_WRITTEN.fill(path=options.out, rows=len(frame), form=options.format).read(language))
    return DONE
