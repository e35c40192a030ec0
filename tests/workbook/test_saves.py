"""A save is noticed once, when it is whole, whichever way a program writes; our own writes are no saves."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from regmodel.workbook import saves as module
from regmodel.workbook.replace import digest_of
from regmodel.workbook.saves import PATIENCE, SETTLE, Saves


def made(path: Path, word: str) -> bytes:
    """The bytes of a small workbook."""
    book = openpyxl.Workbook()
    book.active["A1"] = word
    book.save(path)
    return path.read_bytes()


class Time:
    """Passes in steps: at each sleep the next thing happens to the folder; the end of all things is Ctrl-C."""

    def __init__(self, *steps: Sequence[Callable[[], object]] | Callable[[], object] | None) -> None:
        self.steps = list(steps)
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.steps:
            raise KeyboardInterrupt
        step = self.steps.pop(0)
        if callable(step):
            step()


@pytest.fixture
def book(tmp_path):
    made(tmp_path / "b.xlsx", "one")
    return tmp_path / "b.xlsx"


@pytest.fixture
def other(tmp_path):
    """Bytes of the same workbook with something else in it."""
    return made(tmp_path / "other.xlsx", "two")


def later(book: Path, content: bytes) -> Callable[[], object]:
    """Writing these bytes over the workbook, some time later."""

    def write() -> None:
        book.write_bytes(content)
        os.utime(book, (2_000_000_000 + len(content), 2_000_000_000 + len(content)))

    return write


def known(book: Path, time: Time) -> Saves:
    """A watch on a workbook that was seen as it stands."""
    saves = Saves(book, time)
    saves.seen(digest_of(book))
    return saves


def test_the_workbook_as_it_stands_counts_as_saved(book):
    assert Saves(book, Time(None)).next() == "saved"


def test_a_save_is_noticed_once(book, other):
    time = Time(None, None, later(book, other), None, None, None)
    saves = known(book, time)
    assert saves.next() == "saved"
    with pytest.raises(KeyboardInterrupt):
        saves.next()


def test_a_half_written_save_is_waited_for(book, other):
    """LibreOffice writes over the file: what stands there in the middle is not read."""
    half = later(book, other[: len(other) // 2])
    time = Time(None, half, None, None, later(book, other), None)
    saves = known(book, time)
    assert saves.next() == "saved"
    assert book.read_bytes() == other
    assert time.steps == []


def test_a_broken_file_is_reported_when_patience_ends(book):
    time = Time(None, later(book, b"PK broken"), *[None] * 100)
    assert known(book, time).next() == "saved"
    settling = [seconds for seconds in time.slept if seconds == SETTLE]
    assert sum(settling) >= PATIENCE


def test_a_save_by_another_file_and_a_new_name_is_noticed(book, other, tmp_path):
    """Excel and WPS write a file of their own, take ours away, and rename theirs."""
    new = tmp_path / "A1B2C3.tmp"
    new.write_bytes(other)
    time = Time(None, book.unlink, lambda: new.replace(book), None)
    assert known(book, time).next() == "saved"
    assert book.read_bytes() == other


def test_the_same_bytes_again_are_no_save(book):
    time = Time(None, later(book, book.read_bytes()), None, None, None)
    with pytest.raises(KeyboardInterrupt):
        known(book, time).next()


def test_our_own_write_is_no_save(book, other):
    time = Time(None, None, None)
    saves = known(book, time)
    later(book, other)()
    saves.seen(digest_of(book))
    with pytest.raises(KeyboardInterrupt):
        saves.next()


@pytest.mark.parametrize("mark", ["~$b.xlsx", ".~lock.b.xlsx#", ".~b.xlsx"])
def test_the_end_of_another_program_is_noticed(book, mark):
    lock = book.with_name(mark)
    time = Time(None, lock.touch, None, lock.unlink, None)
    assert known(book, time).next() == "closed"


def test_a_workbook_that_goes_is_told_and_one_that_comes_back_is_read(book, other):
    time = Time(None, book.unlink, *[None] * 20, later(book, other), None)
    saves = known(book, time)
    assert saves.next() == "gone"
    assert saves.next() == "saved"


def test_at_rest_one_look_is_taken_between_two_sleeps_and_nothing_is_read(book, monkeypatch):
    looks, look = [], Saves._look
    monkeypatch.setattr(Saves, "_look", lambda self: looks.append(1) or look(self))
    time = Time(*[None] * 40)
    saves = known(book, time)
    with pytest.raises(KeyboardInterrupt):
        saves.next()
    reads = []
    monkeypatch.setattr(module, "digest_of", reads.append)
    assert len(looks) <= len(time.slept) + 2
    assert set(time.slept[2:]) == {module.PAUSE}
    assert reads == []
