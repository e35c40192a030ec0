"""``regmodel compare``: runs side by side, and the change attributed to each assumption."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from regmodel.commands.exits import DONE
from regmodel.commands.terminal import teller
from regmodel.vocabulary.texts import Language


def declare(verbs: Any) -> None:
    """Add the verb to the command line; ``verbs`` are the subparsers of argparse."""
    verb = verbs.add_parser("compare", help="runs side by side, and what the difference is due to")
    verb.add_argument("runs", nargs="+", metavar="RUN", help="run folders; each is compared with the first")
    verb.add_argument(
        "--of",
        action="append",
        default=[],
        metavar="RESULT",
        help="split this result over the assumptions: a variable of the trajectory, or attainability (which solves)",
    )
    verb.add_argument("--region", metavar="REGION", help="a region or a set (default: the whole region)")
    verb.add_argument("--year", type=int, default=2035, help="default: 2035")
    verb.add_argument("--orders", type=orders_of, metavar="N", help="draw N orders instead of the number that fits")
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
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    for line in lines(found, language):
        print(line)
    return DONE
