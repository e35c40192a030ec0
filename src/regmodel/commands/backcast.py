"""``regmodel backcast``: the projection scored against observed values, beside rules of thumb on the same past."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from regmodel.commands.exits import DONE
from regmodel.vocabulary.texts import Language


def declare(verbs: Any) -> None:
    """Add the verb to the command line; ``verbs`` are the subparsers of argparse."""
    verb = verbs.add_parser("backcast", help="score the projection against observed values")
    verb.add_argument(
        "--actuals",
        type=Path,
        metavar="FILE.csv",
        help="columns region, year, variable, value, unit and perhaps basis (default: the census of 2020, base 2010)",
    )
    verb.add_argument("--base", type=int, metavar="YEAR", help="2010 or 2020 (default with --actuals: 2020)")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true", help="print for machines")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Score a file and print what came out, good or bad."""
    from regmodel.runs.backcast import backcast_file
    from regmodel.runs.observations import census_observations

    base = options.base if options.base is not None else (2010 if options.actuals is None else 2020)
    actuals = census_observations() if options.actuals is None else options.actuals
    found = backcast_file(actuals, base=base)
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1, allow_nan=False))
        return DONE
    print(found.sentence.read(language))
    for note in found.notes:
        print(note.read(language))
    return DONE
