"""What a command says on a terminal while it works, and what it does when nobody reads on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from regmodel.commands.exits import DONE
from regmodel.vocabulary.problems import Problem
from regmodel.vocabulary.texts import Language, Text


def teller(language: Language) -> Callable[[Text], None]:
    """Says on a terminal what is being done; silent where the output is not one."""

    def tell(stage: Text) -> None:
        if sys.stderr.isatty():
            print(f"\x1b[2K\r{stage.read(language)} …", end="", file=sys.stderr, flush=True)

    return tell


def clear_line() -> None:
    """Take the last stage off the terminal."""
    if sys.stderr.isatty():
        print("\x1b[2K\r", end="", file=sys.stderr)


def aside(said: Text, language: Language) -> None:
    """Say something beside the answer, where it does not mix with it."""
    print(said.read(language), file=sys.stderr)


def nobody_reads() -> int:
    """The program that read our output has gone (`regmodel run plan | head`): no fault, and nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def problem_fields(problem: Problem, language: Language) -> dict[str, str]:
    """A problem as a machine reads it."""
    return {
        "code": problem.code,
        "where": problem.where,
        "found": problem.found.read(language),
        "expected": problem.expected.read(language),
        "to_do": problem.to_do.read(language),
        "severity": problem.severity,
    }


def problem_words(problem: Problem) -> Text:
    """A problem that stops nothing, as it is said beside the answer."""
    return Text(problem.render("en"), problem.render("zh"))
