"""``regmodel diagnose``: which rows of anybody's linear model cannot hold together, and what would have to give."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from regmodel.commands.exits import STATUS
from regmodel.commands.inputs import seconds_of
from regmodel.vocabulary.texts import Language

SECONDS = 60.0


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("model", type=Path, metavar="MODEL.mps|.lp")
    verb.add_argument(
        "--groups",
        type=Path,
        metavar="FILE.csv",
        help="columns row and group; a row that is not listed is a group of its own",
    )
    verb.add_argument("--hard", type=Path, metavar="FILE", help="rows that always hold, one name a line")
    verb.add_argument(
        "--seconds", type=seconds_of, default=SECONDS, metavar="N", help="limit of the search (default: 60)"
    )
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Diagnose a file and print what was found; the exit status says the verdict."""
    from regmodel.diagnosis import as_json, diagnose, told

    found = diagnose(options.model, options.groups, options.hard, options.seconds)
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        for line in told(found, language):
            print(line)
    return STATUS[found.verdict]
