"""Where a run from inside Excel keeps its files and its log; what would go to stderr goes into the log.

Everything is in one folder of the user's home: a workbook may lie on a server, in a synchronised folder or, on a Mac,
in a place that Excel's Python may not write to.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path

HOME_VARIABLE = "REGMODEL_HOME"
LOG, RUNS, MARK = "log.txt", "runs", "regmodel-running"
LONGEST_LOG = 2_000_000


def home() -> Path:
    """The folder of runs from inside Excel: REGMODEL_HOME, or ``regmodel`` in the user's home folder."""
    chosen = os.environ.get(HOME_VARIABLE)
    folder = Path(chosen) if chosen else Path.home() / "regmodel"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def log_file() -> Path:
    """The log; an old one of some length is put aside first."""
    path = home() / LOG
    with suppress(OSError):
        if path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".old.txt"))
    return path


def mark_of(book: str) -> Path:
    """The mark of one run: by the workbook and by the process, so that two Excels have two."""
    name = re.sub(r"[^\w.-]+", "_", Path(book).stem)[:60]
    return home() / f"{MARK}-{name}-{os.getpid()}.txt"


def note(words: str) -> None:
    """A line in the log with the time; a log that cannot be written stops nothing."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    with suppress(OSError), log_file().open("a", encoding="utf-8") as stream:
        stream.write(f"{now}  {words.rstrip()}\n")


def note_failure(error: BaseException) -> None:
    """The whole traceback into the log, where a maintainer looks for it and a planner need not."""
    note("".join(traceback.format_exception(error)))


def silence() -> None:
    """From now on nothing reaches stderr: the xlwings macro shows whatever arrives there as an error of its own."""
    with suppress(OSError, ValueError):
        target = os.open(log_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.dup2(target, 2)
        os.close(target)
    if sys.stderr is None:  # pythonw has none
        with suppress(OSError):
            sys.stderr = log_file().open("a", encoding="utf-8")
