"""Turns a command into one call of the pipeline; every verb, and what it needs, is imported when it is called."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from regmodel.commands import VERBS
from regmodel.commands.exits import BUG, DONE, INTERRUPTED, NOT_FEASIBLE, PROBLEM, STATUS, UNDECIDED

if TYPE_CHECKING:
    from regmodel.vocabulary.texts import Language

__all__ = ["BUG", "DONE", "INTERRUPTED", "NOT_FEASIBLE", "PROBLEM", "STATUS", "UNDECIDED", "main", "parser"]


def parser(asked: str | None = None) -> argparse.ArgumentParser:
    """The command line as it stands; of the verbs, all say what they take, or only the one that is asked for."""
    top = argparse.ArgumentParser(
        prog="regmodel",
        description="Can these plans' targets hold together, under the water and the land that there are?",
    )
    top.add_argument("--lang", choices=("en", "zh"), help="the language of what is said; behind the verb just as well")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, does in VERBS.items():
        verb = verbs.add_parser(name, help=does)
        if asked is None or name == asked:
            import_module(f"regmodel.commands.{name.replace('-', '_')}").declare(verb)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (docs/for-planners.md lists them)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = _language_last(sys.argv[1:] if arguments is None else arguments)
    try:
        options = parser(next((word for word in words if word in VERBS), "")).parse_args(words)
    except SystemExit as stop:
        return DONE if stop.code in (0, None) else PROBLEM
    language: Language = "zh" if getattr(options, "lang", "en") == "zh" else "en"
    call: Callable[[argparse.Namespace, Language], int] = options.call
    try:
        return call(options, language)
    except (Exception, KeyboardInterrupt) as failure:
        from regmodel.commands.failures import told

        status = told(failure, language, as_json=getattr(options, "json", False))
        if status is None:
            raise
        return status


def _language_last(words: Sequence[str]) -> list[str]:
    """The words of a command with a --lang that stands before the verb behind it, where verbs take it."""
    asked = 2 if words[:1] == ["--lang"] else 1 if words and words[0].startswith("--lang=") else 0
    if not asked or len(words) <= asked:
        return list(words)
    return [words[asked], *words[:asked], *words[asked + 1 :]]


if __name__ == "__main__":
    raise SystemExit(main())
