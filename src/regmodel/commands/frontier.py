"""``regmodel frontier``: what two clauses cost each other, how far one can go, what plans near the best share."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.exits import STATUS
from regmodel.commands.inputs import scenario_of, seconds_of
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.feasibility.easing import End
    from regmodel.feasibility.numbers import Case

SECONDS = 120.0
SECONDS_FOR_A_SOLVE = 300.0
LOSS = 1.0
_ONE_QUESTION = Text(
    "one question: --x with --y, or --max, or --alternatives", "一个问题：--x 与 --y，或 --max，或 --alternatives"
)
_SAY = Text("see `regmodel frontier --help`", "参见 `regmodel frontier --help`")
_NOTHING = Text("none", "未给出")
_ASIDE = Text("an option of another question", "属于另一问题的选项")
_LEAVE = Text("leave it out", "请省略")
_TAKEN = Text("a file of that name", "同名文件已存在")
_FREE = Text("a name that is free: nothing of yours is written over", "未被占用的文件名：不会覆盖您的文件")
_MOVE = Text("give another name, or move the old file away", "请换一个名称，或先移走旧文件")
_WRITTEN = Text("written: {path}", "已写入：{path}")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("input", metavar="INPUT")
    verb.add_argument("--x", metavar="CLAUSE", help="the clause that is asked for more and less")
    verb.add_argument("--y", metavar="CLAUSE", help="the clause whose best value is told for each x")
    verb.add_argument("--max", metavar="CLAUSE", help="the best value that this clause can reach with the rest held")
    verb.add_argument("--alternatives", action="store_true", help="what plans near the best have in common")
    for name in ("--x-side", "--y-side", "--side"):
        verb.add_argument(name, choices=("low", "high"), help="which end of the clause (default: low where it has one)")
    verb.add_argument(
        "--loss",
        type=_loss,
        metavar="PERCENT",
        help=f"by how much a plan may be worse than the best (default: {LOSS:g})",
    )
    verb.add_argument(
        "--seconds", type=seconds_of, default=SECONDS, metavar="N", help="limit of the search (default: 120)"
    )
    verb.add_argument("--out", type=Path, metavar="FILE.csv", help="write the points, or the ranges, as a table")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def _loss(text: str) -> float:
    loss = float(text)
    if not (math.isfinite(loss) and loss >= 0):
        raise argparse.ArgumentTypeError("must be a number, 0 or more")
    return loss


def call(options: argparse.Namespace, language: Language) -> int:
    """Answer one question about trade-offs; the exit status says the verdict of what was asked."""
    from regmodel.feasibility.end_choice import Asked, check_names
    from regmodel.feasibility.numbers import prepare

    problems = Problems()
    _check_options(options, problems)
    asks = [
        Asked(option, clause, side)
        for option, clause, side in (
            ("--x", options.x, options.x_side),
            ("--y", options.y, options.y_side),
            ("--max", options.max, options.side),
        )
        if clause is not None
    ]
    case = prepare(scenario_of(options.input))
    ends = check_names(case, asks, problems)
    problems.raise_if_any()
    return _answer(options, language, case, ends)


def _check_options(options: argparse.Namespace, problems: Problems) -> None:
    """One question at a time, whole, and with its own options only (codes T-06 and T-07)."""
    pair = options.x is not None or options.y is not None
    asked = [
        name
        for name, given in (("--x", pair), ("--max", options.max), ("--alternatives", options.alternatives))
        if given
    ]
    if len(asked) != 1:
        found = Text(", ".join(asked), "、".join(asked)) if asked else _NOTHING
        problems.add("T-06", "frontier", found, _ONE_QUESTION, _SAY)
    elif pair and (options.x is None or options.y is None):
        missing = "--x" if options.x is None else "--y"
        problems.add("T-06", "frontier", Text(f"no {missing}", f"缺少 {missing}"), _ONE_QUESTION, _SAY)
    owners = {"x_side": "--x", "y_side": "--x", "side": "--max", "loss": "--alternatives"}
    for name, owner in owners.items():
        if getattr(options, name) is not None and asked and owner not in asked:
            problems.add(
                "T-06", f"--{name.replace('_', '-')}", _ASIDE, Text(f"only with {owner}", f"仅与 {owner} 同用"), _LEAVE
            )
    if options.out is not None and options.max is not None:
        problems.add("T-06", "--out", _ASIDE, Text("not with --max", "不与 --max 同用"), _LEAVE)
    if options.out is not None and options.out.exists():
        problems.add("T-07", str(options.out), _TAKEN, _FREE, _MOVE)


def _answer(options: argparse.Namespace, language: Language, case: Case, ends: tuple[End, ...]) -> int:
    from regmodel.feasibility.alternatives import alternatives
    from regmodel.feasibility.best_end import best_or_verdict
    from regmodel.feasibility.engine import engine_for
    from regmodel.feasibility.frontier import frontier
    from regmodel.report import best_value, nearly_best, tradeoffs

    engine = engine_for(case, SECONDS_FOR_A_SOLVE)
    if options.alternatives:
        loss = LOSS if options.loss is None else options.loss
        told = nearly_best.of_alternatives(case, alternatives(case, engine, loss / 100, options.seconds))
    elif options.max is not None:
        told = best_value.of_best(case, ends[0], *best_or_verdict(case, engine, *ends[0]))
    else:
        told = tradeoffs.of_frontier(case, frontier(case, engine, ends[0], ends[1], options.seconds))
    if options.out is not None:
        tradeoffs.write_table(told, options.out)
    if options.json:
        print(json.dumps(told.fields, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        for line in told.lines(language):
            print(line)
        if options.out is not None:
            print(_WRITTEN.fill(path=options.out).read(language))
    return STATUS[told.verdict]
