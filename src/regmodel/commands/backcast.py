"""``regmodel backcast``: the projection scored against observed values, beside rules of thumb on the same past."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from regmodel.commands.exits import DONE
from regmodel.vocabulary.texts import Language


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument(
        "--actuals",
        type=Path,
        metavar="FILE.csv",
        help="columns region, year, variable, value, unit and perhaps basis (default: the census of 2020, base 2010)",
    )
    verb.add_argument("--base", type=int, metavar="YEAR", help="2010 or 2020 (default with --actuals: 2020)")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument(
        "--json", action="store_true", help="print scores and summary; what there is to say goes to the error stream"
    )
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Score a file and print what came out, good or bad."""
    from regmodel.report.scores import lines
    from regmodel.runs.backcast import SCENARIO, backcast_file
    from regmodel.runs.observations import census_observations
    from regmodel.scenario import load

    base = options.base if options.base is not None else (2010 if options.actuals is None else 2020)
    actuals = census_observations() if options.actuals is None else options.actuals
    scenario = load(SCENARIO)
    found = backcast_file(actuals, base, scenario)
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1, allow_nan=False))
        for said in found.said(scenario.book.regions):
            print(said.read(language), file=sys.stderr)
        return DONE
    for line in lines(found, language, scenario.book.regions):
        print(line)
    return DONE
