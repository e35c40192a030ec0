"""A workbook takes the place of an older one: whole or not at all, the old one kept, never over an open one."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from regmodel.vocabulary.texts import Text

REMOVED = b""  # the new content of a part that leaves the package
_OPEN = Text(
    "{name} is open in another program; the results are in {other}. (If it is not open, delete {mark} beside it.)",
    "{name} 正在其他程序中打开；结果已写入 {other}。（如并未打开，请删除其旁的 {mark}。）",
)
_REFUSED = Text(
    "{name} cannot be written over (it is open in another program, or protected); the results are in {other}.",
    "{name} 无法覆盖（正在其他程序中打开，或受保护）；结果已写入 {other}。",
)


def digest_of(path: Path) -> str:
    """What tells one state of a file from another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class SavedMeanwhile(Exception):
    """Somebody saved the workbook after its parts were read; nothing was written."""


def put_parts(path: Path, parts: Mapping[str, bytes], digest: str, say: Callable[[Text], None] | None) -> Path:
    """Write the package anew with these parts and put it in the place of the old one, kept beside it as ``.bak``.

    ``digest`` is that of the file the parts were made from; raises SavedMeanwhile when it is no longer the same. A
    workbook that is open elsewhere keeps its place and the new one gets a name of its own, which ``say`` hears.
    Returns where the new one is. Where ``path`` is a link, the file that it leads to is the workbook.
    """
    real = path.resolve() if path.is_symlink() else path
    handle, name = tempfile.mkstemp(prefix=".regmodel-", suffix=path.suffix, dir=real.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        _copy_with(real, fresh, parts)
        _as_owned(real, fresh)
        mark = open_mark(path) or open_mark(real)
        if mark is not None:
            return _put_beside(path, fresh, say, _OPEN, mark.name)
        if digest_of(real) != digest:
            raise SavedMeanwhile
        try:
            _keep_old(real)
            fresh.replace(real)
        except PermissionError:
            return _put_beside(path, fresh, say, _REFUSED)
        return path
    finally:
        fresh.unlink(missing_ok=True)


def _as_owned(old: Path, fresh: Path) -> None:
    """A new file may be read and written by whoever may with the old one, also where root writes it."""
    shutil.copymode(old, fresh)
    if hasattr(os, "chown"):
        state = old.stat()
        with suppress(OSError):
            os.chown(fresh, state.st_uid, state.st_gid)


def _keep_old(path: Path) -> None:
    """The old file as ``.bak``; the ``.bak`` of the run before stays until this one is whole."""
    handle, name = tempfile.mkstemp(prefix=".regmodel-", suffix=".bak", dir=path.parent)
    os.close(handle)
    kept = Path(name)
    try:
        shutil.copy2(path, kept)
        _as_owned(path, kept)
        kept.replace(path.with_name(path.name + ".bak"))
    finally:
        kept.unlink(missing_ok=True)


def _put_beside(path: Path, fresh: Path, say: Callable[[Text], None] | None, said: Text, mark: str = "") -> Path:
    other = free_name(path, path.suffix)
    fresh.replace(other)
    if say is not None:
        say(said.fill(name=path.name, mark=mark, other=other.name))
    return other


def _copy_with(path: Path, target: Path, parts: Mapping[str, bytes]) -> None:
    """The package with some parts changed or left out; written to the disc before it takes anybody's place."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = parts.get(entry.filename)
            if content == REMOVED and entry.filename in parts:
                continue
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = entry.compress_type
            kept.external_attr = entry.external_attr
            new.writestr(kept, old.read(entry) if content is None else content)
    with target.open("r+b") as written:
        os.fsync(written.fileno())


def open_mark(path: Path) -> Path | None:
    """The mark of an open document that Excel, LibreOffice or WPS left beside a workbook, or None."""
    marks = (f"~${path.name}", f".~lock.{path.name}#", f".~{path.name}")
    return next((path.parent / mark for mark in marks if (path.parent / mark).exists()), None)


def free_name(path: Path, suffix: str = ".xlsx") -> Path:
    """A name beside the workbook that is not taken, with the time in it."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.stem}-results-{stamp}{suffix}")
    count = 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}-results-{stamp}-{count}{suffix}")
    return candidate
