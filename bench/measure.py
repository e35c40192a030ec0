"""How things are timed: CPU seconds of one thread, several times over, and in a child process where it may not end."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from bench.limits import OUT_OF_TIME, of_children

Value = TypeVar("Value")
PATIENCE = 4
ROOT = Path(__file__).resolve().parents[1]


def timed(work: Callable[[], Value]) -> tuple[float, Value]:
    """CPU seconds of this process for one call, and what it returned."""
    gc.collect()
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def repeated(work: Callable[[], Any], times: int) -> list[float]:
    """CPU seconds of each of several calls."""
    return [timed(work)[0] for _ in range(times)]


@dataclass(frozen=True)
class Sample:
    """Seconds of one thing measured several times."""

    seconds: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most."""
        return min(self.seconds), max(self.seconds)


def sample(seconds: Iterable[float] | None) -> Sample | None:
    """A sample of what was measured, or None where nothing was."""
    found = tuple(seconds or ())
    return Sample(found) if found else None


def in_child(measure: str, arguments: dict[str, Any], limit: float, cache: Path) -> dict[str, Any]:
    """What a measurement in a process of its own found; ``not_within`` says that the limit (CPU seconds) ended it.

    What it had found by then is kept. A machine that others keep busy gets longer by the clock, but not for ever.
    """
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "found.json"
        told = {"measure": measure, "out": str(out), "limit": limit, "arguments": arguments}
        surroundings = {**os.environ, "REGMODEL_CACHE": str(cache), "PYTHONWARNINGS": "ignore"}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "bench.child", json.dumps(told)],
                cwd=ROOT,
                env=surroundings,
                timeout=PATIENCE * limit,
                capture_output=True,
                text=True,
                check=False,
            )
            said = done.stderr.strip().splitlines() or ["no message"]
            ended: dict[str, Any] = {} if done.returncode == 0 else {"failed": said[-1]}
            if done.returncode == OUT_OF_TIME:
                ended = {"not_within": limit}
        except subprocess.TimeoutExpired:
            ended = {"not_within": limit}
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
        return {**found, **ended}


def of_program(command: list[str], cwd: Path = ROOT) -> tuple[float, int]:
    """CPU seconds of a program and of what it started, and its exit status."""
    before = of_children()
    status = subprocess.run(command, cwd=cwd, capture_output=True, check=False).returncode
    return of_children() - before, status
