"""``regmodel verify``: a run's verdict checked again, exactly and without a solver."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from regmodel.commands.exits import DONE, PROBLEM
from regmodel.vocabulary.texts import Language


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("run", type=Path, metavar="RUN")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Say whether what the run claims holds."""
    from regmodel.runs.verify import verify

    found = verify(options.run)
    sentence = found.sentence.read(language)
    if options.json:
        told = {"verdict": found.verdict, "holds": found.holds, "sentence": sentence}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(sentence)
    return DONE if found.holds else PROBLEM
