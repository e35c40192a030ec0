"""What a command says when it does not come to its end, and its exit status."""

from __future__ import annotations

import json
import os
import sys

from regmodel.commands.exits import BUG, INTERRUPTED, PROBLEM
from regmodel.commands.terminal import nobody_reads, problem_fields
from regmodel.vocabulary.problems import InputProblems, RegmodelBug
from regmodel.vocabulary.refused import file_problem
from regmodel.vocabulary.texts import Language, Text

_INTERRUPTED = Text("stopped; nothing half-written is left behind", "已停止；未留下写到一半的文件")
_BUG = Text(
    "This is a mistake in regmodel, not in your input  [X-00]\n  while      {what}\n"
    "  to do      please send this message and your input; your files were not changed",
    "这是 regmodel 的错误，不是您的输入有误  [X-00]\n  当时       {what}\n"
    "  请处理     请将本信息与输入文件一并发给维护者；您的文件未被改动",
)


def told(failure: BaseException, language: Language, *, as_json: bool) -> int | None:
    """Say what went wrong, in words or as JSON, and return the exit status; None where a traceback is asked for."""
    if isinstance(failure, InputProblems):
        return _problems(failure, language, as_json=as_json)
    if isinstance(failure, BrokenPipeError):
        return nobody_reads()
    if isinstance(failure, OSError):
        return _problems(InputProblems([file_problem(failure)]), language, as_json=as_json)
    if isinstance(failure, KeyboardInterrupt):
        print(_INTERRUPTED.read(language), file=sys.stderr)
        return INTERRUPTED
    ours = isinstance(failure, RegmodelBug)
    if not ours and os.environ.get("REGMODEL_TRACEBACK"):
        return None
    what = failure if ours else f"{type(failure).__name__}: {failure}"
    print(_BUG.fill(what=what).read(language), file=sys.stderr)
    return BUG


def _problems(found: InputProblems, language: Language, *, as_json: bool) -> int:
    if as_json:
        rows = [problem_fields(problem, language) for problem in found.problems]
        print(json.dumps({"problems": rows}, ensure_ascii=False, indent=1))
    else:
        print(found.problems.render(language), file=sys.stderr)
    return PROBLEM
