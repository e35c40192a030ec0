"""One writer for one store: a lock that the system lifts when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regmodel.batch.store import LOCK
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Inside, no other process writes to the store; raises InputProblems where one does already."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as stream:
        try:
            _lock(stream.fileno())
        except OSError:
            found = Text("another process that writes to this store", "另有进程正在写入该结果库")
            expected = Text("one writer at a time", "同一时间只有一个进程写入")
            to_do = Text("wait until it has ended, or give another --out", "请等其结束，或换一个 --out")
            raise InputProblems([Problem("B-24", str(folder), found, expected, to_do)]) from None
        yield


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
