"""``regmodel answers``: how often the plans hold in a finished batch, what clashes, what matters; break-even values."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.commands.exits import DONE
from regmodel.commands.inputs import scenario_of
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.scenario import Scenario, Value

_NOTHING = Text("none", "未给出")
_ASIDE = Text("an option of --break-even", "--break-even 的选项")
_ONE_QUESTION = Text("STORE, or --break-even KEY with --scenario", "STORE，或 --break-even KEY 与 --scenario")
_SAY = Text("see `regmodel answers --help`", "参见 `regmodel answers --help`")
_LEAVE = Text("leave it out, or ask for --break-even KEY", "请省略，或给出 --break-even KEY")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument(
        "store", type=Path, nargs="?", metavar="STORE", help="the folder that `regmodel batch --out` wrote"
    )
    verb.add_argument("--break-even", metavar="KEY", help="from which value of this number on the plans hold")
    verb.add_argument("--scenario", metavar="INPUT", help="of which scenario; with STORE the id of one of its own")
    verb.add_argument(
        "--set", type=_setting, action="append", default=[], metavar="KEY=VALUE", help="change the scenario first"
    )
    verb.add_argument("--low", type=_number, metavar="X", help="from where (default: the record's own low)")
    verb.add_argument("--high", type=_number, metavar="X", help="up to where (default: the record's own high)")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError(f'"{text}": must be a number / 须为数字')
    return number


def _setting(text: str) -> tuple[str, Value]:
    """A key of a scenario file and its value: true, false, a number, or a word."""
    key, sign, value = text.partition("=")
    if not (sign and key.strip() and value.strip()):
        raise argparse.ArgumentTypeError(f'"{text}": must be KEY=VALUE / 须写作 KEY=VALUE')
    word = value.strip()
    if word in ("true", "false"):
        return key.strip(), word == "true"
    try:
        return key.strip(), float(word)
    except ValueError:
        return key.strip(), word


def call(options: argparse.Namespace, language: Language) -> int:
    """Print what the store answers, or a break-even value."""
    _check(options)
    if options.break_even is not None:
        return _break_even(options, language)
    from regmodel.batch.answers import answers_of
    from regmodel.report.batch_answers import lines

    found = answers_of(options.store)
    _say(found.as_dict(), lines(found, language), as_json=options.json)
    return DONE


def _check(options: argparse.Namespace) -> None:
    problems = Problems()
    if options.break_even is None:
        if options.store is None:
            problems.add("B-47", "answers", _NOTHING, _ONE_QUESTION, _SAY)
        for name in ("scenario", "low", "high", "set"):
            if getattr(options, name) not in (None, []):
                problems.add("B-47", "answers", f"--{name}", _ASIDE, _LEAVE)
    elif options.scenario is None:
        problems.add("B-47", "answers", "--break-even", _ONE_QUESTION, _SAY)
    problems.raise_if_any()


def _break_even(options: argparse.Namespace, language: Language) -> int:
    from regmodel.batch.answers import break_even
    from regmodel.report.break_evens import lines

    given = dict(options.set)
    found = break_even(_scenario(options, given), options.break_even, options.low, options.high)
    _say({"set": given, **found.as_dict()}, lines(found, given, language), as_json=options.json)
    return DONE


def _scenario(options: argparse.Namespace, given: dict[str, Value]) -> Scenario:
    from regmodel.batch.answers import finished, stored_scenario
    from regmodel.scenario.change import change

    if options.store is None:
        scenario = scenario_of(options.scenario)
    else:
        scenario = stored_scenario(finished(options.store), options.scenario)
    return change(scenario, given) if given else scenario


def _say(content: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False))
        return
    for line in lines:
        print(line)
