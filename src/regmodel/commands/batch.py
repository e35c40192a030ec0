"""``regmodel batch``: the scenarios of a design, judged on this machine or on a cluster, into a store that resumes."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from regmodel.commands.exits import DONE
from regmodel.commands.progress import ended_like_interrupted, shown
from regmodel.commands.terminal import aside, teller
from regmodel.vocabulary.texts import Language, Text

_JUDGED = Text("scenarios", "情景")
_STAYS = Text(
    "{done} of {count} scenarios are in {store}; the same command with --resume goes on",
    "{store} 中已有 {done} 个情景（共 {count} 个）；以同一命令加 --resume 继续",
)

_BEGUN = Text(
    "stopped before a scenario was judged now; what {store} holds stays, and the same command with --resume goes on",
    "停止前本次尚未判定任何情景；{store} 中已有内容保留，以同一命令加 --resume 继续",
)


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("design", metavar="DESIGN.toml", help="a design file, or the name of a shipped design")
    verb.add_argument("--out", type=Path, required=True, metavar="STORE", help="the folder of the results")
    verb.add_argument(
        "--workers", type=_workers, metavar="N", help="processes of this machine (default: one for each processor)"
    )
    verb.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, such as tcp://127.0.0.1:8786")
    verb.add_argument("--resume", action="store_true", help="go on with the store that is there")
    verb.add_argument(
        "--recheck",
        type=_count,
        metavar="N",
        help="scenarios that are decided again by themselves at the end (default: 12)",
    )
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}": must be a whole number, 1 or more / 须为不小于 1 的整数')
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f'"{text}": must be a whole number, 0 or more / 须为不小于 0 的整数')
    return int(text)


def call(options: argparse.Namespace, language: Language) -> int:
    """Run the batch and say what was found."""
    from regmodel.batch.rechecking import RECHECKED
    from regmodel.batch.running import batch
    from regmodel.batch.summary import told

    workers = options.workers or (1 if options.scheduler else processors())
    seen = [0, 0]

    def noted(done: int, count: int) -> None:
        seen[:] = done, count

    try:
        with ended_like_interrupted(), shown(_JUDGED, language) as show:

            def progress(done: int, count: int) -> None:
                noted(done, count)
                show(done, count)

            found = batch(
                options.design,
                options.out,
                workers=workers,
                scheduler=options.scheduler,
                resume=options.resume,
                recheck=RECHECKED if options.recheck is None else options.recheck,
                tell=teller(language),
                progress=progress,
            )
    except KeyboardInterrupt:
        if not seen[1] and (options.out / "manifest.json").is_file():
            aside(_BEGUN.fill(store=options.out), language)
        if seen[1]:
            aside(_STAYS.fill(done=seen[0], count=seen[1], store=options.out), language)
        raise
    if options.json:
        print(json.dumps(dict(found.summary), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    for line in told(found.summary, found.read.clause_titles, language):
        print(line)
    return DONE


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
