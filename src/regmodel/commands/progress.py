"""How far long work has come: a bar with rate and time left on a terminal, lines where nobody looks on."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from regmodel.vocabulary.texts import Language, Text

Show = Callable[[int, int], None]
PARTS = 20
"""Lines in all where there is no terminal, at even numbers of what is done."""
_LINE = Text(
    "{done} of {count} {what}, {rate} a second, {left} left", "{what} {done}/{count}，每秒 {rate} 个，约余 {left}"
)
_BEGUN = Text("{done} of {count} {what} are there", "{what} {done}/{count} 已完成")
_UNITS = (
    (3600, Text("{number} h", "{number} 小时")),
    (60, Text("{number} min", "{number} 分钟")),
    (1, Text("{number} s", "{number} 秒")),
)


@contextmanager
def shown(what: Text, language: Language) -> Iterator[Show]:
    """Tell how many are done, of how many; the first call says where the work begins."""
    if not sys.stderr.isatty():
        yield _lines(what, language)
        return
    with _bar(what, language) as show:
        yield show


def _lines(what: Text, language: Language) -> Show:
    begun: list[tuple[int, float]] = []
    told = [0]

    def show(done: int, count: int) -> None:
        words = {"done": f"{done:,}", "count": f"{count:,}", "what": what.read(language)}
        part = PARTS * done // count if count else 0
        if not begun:
            begun.append((done, time.monotonic()))
            told[0] = part
            if done:
                print(_BEGUN.fill(**words).read(language), file=sys.stderr, flush=True)
        elif part > told[0] and done < count:
            told[0] = part
            spent = time.monotonic() - begun[0][1]
            new = done - begun[0][0]
            rate, left = new / spent if spent > 0 else 0.0, spent * (count - done) / new if new else 0.0
            line = _LINE.fill(**words, rate=f"{rate:.3g}", left=duration(left, language))
            print(line.read(language), file=sys.stderr, flush=True)

    return show


def duration(seconds: float, language: Language) -> str:
    """A time in its largest unit, to one digit or a whole number."""
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= size), _UNITS[-1])
    number = seconds / size
    return unit.fill(number=f"{number:.0f}" if number >= 10 or size == 1 else f"{number:.1f}").read(language)


@contextmanager
def _bar(what: Text, language: Language) -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    job, first = bar.add_task(what.read(language), total=None, rate="–"), [-1]

    def show(done: int, count: int) -> None:
        if first[0] < 0:
            first[0] = done
            print("\x1b[2K\r", end="", file=sys.stderr)
            bar.start()
            bar.update(job, total=count, completed=done)
            bar.reset(job, start=True, total=count, completed=done)
            return
        spent = bar.tasks[0].elapsed or 0.0
        rate = f"{(done - first[0]) / spent:.3g}" if spent else "–"
        bar.update(job, completed=done, rate=rate)

    try:
        yield show
    finally:
        bar.stop()


@contextmanager
def ended_like_interrupted() -> Iterator[None]:
    """Inside, a request to end (TERM) is answered as Ctrl-C is: what was begun is cleared up, what was done stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
