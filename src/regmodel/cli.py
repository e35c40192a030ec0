"""Turns a command into one call of the pipeline; every verb imports what it needs when it is called."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from regmodel.commands import VERBS, new, run, validate
from regmodel.commands.exits import BUG, DONE, INTERRUPTED, NOT_FEASIBLE, PROBLEM, STATUS, UNDECIDED
from regmodel.commands.terminal import nobody_reads, problem_fields
from regmodel.vocabulary.problems import InputProblems, RegmodelBug
from regmodel.vocabulary.refused import file_problem
from regmodel.vocabulary.texts import Language, Text

__all__ = ["BUG", "DONE", "INTERRUPTED", "NOT_FEASIBLE", "PROBLEM", "STATUS", "UNDECIDED", "main", "parser"]

_INTERRUPTED = Text("stopped; nothing half-written is left behind", "已停止；未留下写到一半的文件")
_BUG = Text(
    "This is a mistake in regmodel, not in your input  [X-00]\n  while      {what}\n"
    "  to do      please send this message and your input; your files were not changed",
    "这是 regmodel 的错误，不是您的输入有误  [X-00]\n  当时       {what}\n"
    "  请处理     请将本信息与输入文件一并发给维护者；您的文件未被改动",
)


def parser() -> argparse.ArgumentParser:
    """The command line as it stands."""
    top = argparse.ArgumentParser(
        prog="regmodel",
        description="Can these plans' targets hold together, under the water and the land that there are?",
    )
    top.add_argument("--lang", choices=("en", "zh"), help="the language of what is said; behind the verb just as well")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    new.declare(verbs)
    run.declare(verbs)
    validate.declare(verbs)
    verify = verbs.add_parser("verify", help="check a run's verdict again, exactly and without a solver")
    verify.add_argument("run", type=Path, metavar="RUN")
    verify.add_argument("--lang", choices=("en", "zh"), default="en")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(call=_verify)
    for verb in VERBS:
        verb.declare(verbs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (docs/for-planners.md lists them)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = parser().parse_args(_language_last(sys.argv[1:] if arguments is None else arguments))
    except SystemExit as stop:
        return DONE if stop.code in (0, None) else PROBLEM
    language: Language = "zh" if getattr(options, "lang", "en") == "zh" else "en"
    call: Callable[[argparse.Namespace, Language], int] = options.call
    try:
        return call(options, language)
    except InputProblems as found:
        _tell_problems(found, language, as_json=getattr(options, "json", False))
        return PROBLEM
    except BrokenPipeError:
        return nobody_reads()
    except OSError as error:
        _tell_problems(InputProblems([file_problem(error)]), language, as_json=getattr(options, "json", False))
        return PROBLEM
    except KeyboardInterrupt:
        print(_INTERRUPTED.read(language), file=sys.stderr)
        return INTERRUPTED
    except RegmodelBug as error:
        print(_BUG.fill(what=error).read(language), file=sys.stderr)
        return BUG
    except Exception as error:
        if os.environ.get("REGMODEL_TRACEBACK"):
            raise
        print(_BUG.fill(what=f"{type(error).__name__}: {error}").read(language), file=sys.stderr)
        return BUG


def _language_last(words: Sequence[str]) -> list[str]:
    """The words of a command with a --lang that stands before the verb behind it, where verbs take it."""
    asked = 2 if words[:1] == ["--lang"] else 1 if words and words[0].startswith("--lang=") else 0
    if not asked or len(words) <= asked:
        return list(words)
    return [words[asked], *words[:asked], *words[asked + 1 :]]


def _tell_problems(found: InputProblems, language: Language, *, as_json: bool) -> None:
    if as_json:
        rows = [problem_fields(problem, language) for problem in found.problems]
        print(json.dumps({"problems": rows}, ensure_ascii=False, indent=1))
        return
    print(found.problems.render(language), file=sys.stderr)


def _verify(options: argparse.Namespace, language: Language) -> int:
    from regmodel.runs.verify import verify

    found = verify(options.run)
    if options.json:
        print(
            json.dumps(
                {"verdict": found.verdict, "holds": found.holds, "sentence": found.sentence.read(language)},
                ensure_ascii=False,
            )
        )
    else:
        print(found.sentence.read(language))
    return DONE if found.holds else PROBLEM


if __name__ == "__main__":
    raise SystemExit(main())
