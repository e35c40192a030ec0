"""``regmodel answers``: how often the plans hold in a finished batch, what clashes, and what moves the answer."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from regmodel.commands.exits import DONE
from regmodel.vocabulary.texts import Language


def declare(verbs: Any) -> None:
    """Add the verb to the command line; ``verbs`` are the subparsers of argparse."""
    verb = verbs.add_parser("answers", help="what a finished batch answers: probabilities, conflicts, what matters")
    verb.add_argument("store", type=Path, metavar="STORE", help="the folder that `regmodel batch --out` wrote")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Print what the store answers."""
    from regmodel.batch.answers import answers_of
    from regmodel.report.batch_answers import lines

    found = answers_of(options.store)
    if options.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    for line in lines(found, language):
        print(line)
    return DONE
