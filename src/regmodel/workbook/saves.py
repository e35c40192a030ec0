"""Noticing that a person saved a workbook, whichever program they use: its name is watched, no part of that program."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from regmodel.workbook.replace import digest_of, open_mark

Event = Literal["saved", "closed", "gone"]
PAUSE = 0.5  # seconds between two looks at a file: one question to the system each, nothing is read
SETTLE = 0.4  # seconds in which a file must not have moved any more
PATIENCE = 6.0  # seconds that a program may take between the start of a save and its end


@dataclass
class Saves:
    """Waits for the saves of one workbook.

    Excel and WPS write beside it and rename, LibreOffice writes over it: the name is watched, not the file. A save
    counts when the file has come to rest and is a whole package, or after ``PATIENCE`` as it stands. Bytes that were
    ``seen`` before, our own among them, are no save. ``sleep`` is the one place in which time passes.
    """

    path: Path
    sleep: Callable[[float], None] = time.sleep
    _known: str | None = None
    _looked: tuple[int, ...] | None = None
    _was_open: bool = False

    def seen(self, digest: str) -> None:
        """A state of the file is known: whoever wrote it, it is no news."""
        self._known = digest

    def next(self) -> Event:
        """Wait until the workbook was saved, until the program that had it open let it go, or until it is gone."""
        while True:
            now = self._look()
            if now != self._looked:
                now = self._looked = self._rest()
                if now is None:
                    return "gone"
                digest = digest_of(self.path)
                if digest != self._known:
                    self._known = digest
                    self._was_open = open_mark(self.path) is not None
                    return "saved"
            is_open = open_mark(self.path) is not None
            if self._was_open and not is_open and now is not None:
                self._was_open = False
                return "closed"
            self._was_open = is_open
            self.sleep(PAUSE)

    def _look(self) -> tuple[int, ...] | None:
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return None
        return state.st_mtime_ns, state.st_size, state.st_ino

    def _rest(self) -> tuple[int, ...] | None:
        """The file once it no longer moves and is whole; what it is after all patience otherwise; None if gone."""
        last, waited = self._look(), 0.0
        while True:
            self.sleep(SETTLE)
            waited += SETTLE
            now = self._look()
            if now is not None and now == last and (_whole(self.path) or waited >= PATIENCE):
                return now
            if now is None and waited >= PATIENCE:
                return None
            last = now


def _whole(path: Path) -> bool:
    """Whether a package ends as one does; a file that is still being written has no list of its parts yet."""
    try:
        with zipfile.ZipFile(path) as package:
            return bool(package.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
