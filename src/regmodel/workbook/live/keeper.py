"""Starts the child process, passes on what it says, and ends it at the time limit or when the user asks for it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from regmodel.vocabulary.texts import Text
from regmodel.workbook.live.journal import RUNS, home, log_file

CHILD = (sys.executable, "-P", "-m", "regmodel.workbook.live.child")
_LOOK_EVERY = 0.2
_SAY_EVERY = 1.0
_STARTING = Text("starting", "启动")
_MARK_WORDS = (
    "regmodel is running for the workbook {name}. Delete this file to stop it; nothing will be written.\n"
    "regmodel 正在为工作簿 {name} 运行。删除本文件即可停止，不会写入任何结果。\n"
)


class OverTime(Exception):
    """The time limit was reached; the child has been ended."""


class Stopped(Exception):
    """The user deleted the mark of the run; the child has been ended."""


class ChildFailed(Exception):
    """The child ended without an answer; what it said stands in the log."""


@dataclass
class Watch:
    """What a wait goes by: the limit in seconds, the mark whose deletion stops it, and who hears of progress."""

    limit: float
    mark: Path
    name: str
    say: Callable[[Text, float], None]


def answer_of(task: str, book: Path, folder: Path, language: str, watch: Watch) -> dict[str, Any]:
    """The answer of the child to a task; raises OverTime, Stopped or ChildFailed, the child being ended in any case.

    ``folder`` takes the answer and the run; it is the caller's to keep or to throw away.
    """
    answer = folder / "answer.json"
    command = [*CHILD, task, str(book), str(answer), "--runs", str(folder / "runs"), "--lang", language]
    command += ["--earlier", str(home() / RUNS)]
    watch.mark.write_text(_MARK_WORDS.format(name=watch.name), encoding="utf-8")
    try:
        with log_file().open("a", encoding="utf-8") as log:
            child = _start(command, folder, log)
            try:
                _wait(child, watch)
            finally:
                _end(child)
        if not answer.is_file():
            raise ChildFailed(f"exit status {child.returncode}")
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        return found
    finally:
        watch.mark.unlink(missing_ok=True)


def _start(command: Sequence[str], folder: Path, log: IO[str]) -> subprocess.Popen[str]:
    """The child in a group of its own, without a window, with its errors in the log."""
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        start_new_session=os.name == "posix",
    )


def _wait(child: subprocess.Popen[str], watch: Watch) -> None:
    """Until the child has said its last: stages to whoever listens, a look at clock and mark several times a second."""
    lines: queue.Queue[str | None] = queue.Queue()
    assert child.stdout is not None
    threading.Thread(target=_listen, args=(child.stdout, lines), daemon=True).start()
    began, told, stage = time.monotonic(), -_SAY_EVERY, _STARTING
    while True:
        seconds = time.monotonic() - began
        if seconds > watch.limit:
            raise OverTime
        if not watch.mark.exists():
            raise Stopped
        if seconds - told >= _SAY_EVERY:
            watch.say(stage, seconds)
            told = seconds
        try:
            line = lines.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            continue
        if line is None:
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.0, watch.limit - seconds))
                return
            raise OverTime
        stage, told = _stage(line) or stage, -_SAY_EVERY


def _listen(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


def _stage(line: str) -> Text | None:
    with suppress(ValueError, TypeError):
        english, chinese = json.loads(line)
        return Text(str(english), str(chinese))
    return None


def _end(child: subprocess.Popen[str]) -> None:
    """No process is left behind: the child and whatever it has started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()
    if child.stdout is not None:
        child.stdout.close()
