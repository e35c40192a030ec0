"""Memory as batches grow, and projections beside plain writes of their numbers to memory and to the disk."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.designs import design_of, samples_of
from bench.limits import most_memory
from bench.measure import timed
from bench.programmes import scenario_of
from regmodel.batch.preparing import scenarios
from regmodel.batch.projecting import AT_ONCE, projected
from regmodel.batch.samples import Samples
from regmodel.vocabulary.many import each_of

Found = Iterator[dict[str, Any]]
COPIES = 5
KEPT = 40
STREAMED = 1 << 25
"""Numbers in one write: more than any cache holds."""


def judged_memory(params: Path, count: int) -> Found:
    """Peak memory of a whole batch of so many verdicts: judged, stored, checked again and counted."""
    from regmodel.batch.running import batch

    design = design_of(scenario_of(params, {}), count)
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        found = batch(design, Path(folder) / "store", recheck=2)
        seconds = time.process_time() - start
    yield {"count": count, "peak": most_memory(), "cpu": [seconds], "how": found.summary["how"]}


def projections(params: Path, count: int) -> Found:
    """CPU seconds of a projection, every variable of every region and year; peak memory; plain writes as large."""
    base = scenario_of(params, {})
    size, spent = 0, []
    for number in range(0, count, AT_ONCE):
        samples = samples_of(base, min(AT_ONCE, count - number), 100 + number)
        seconds, size = timed(lambda samples=samples: _numbers(base, samples))  # type: ignore[misc]
        size //= len(samples)
        spent.append(seconds / len(samples))
    found: dict[str, Any] = {"count": count, "peak": most_memory(), "numbers": size}
    found["projected"] = [float(part.mean()) for part in np.array_split(np.array(spent), min(KEPT, len(spent)))]
    target = np.ones(STREAMED)
    found["memory"] = [size / STREAMED * timed(lambda: target.fill(2.0))[0] for _ in range(COPIES)]
    found["disk"] = [size / STREAMED * _to_disk(target) for _ in range(COPIES)]
    yield found


def _numbers(base: Any, samples: Samples) -> int:
    """Project some scenarios; how many numbers that are."""
    numbers = 0
    for these, trajectory in scenarios(base, samples, projected):
        numbers += sum(each_of(values, len(these)).size for values in trajectory.values.values())
    return numbers


def _to_disk(numbers: np.ndarray) -> float:
    """Seconds of the clock, as the disk counts no processor's, of writing numbers into a file and forcing it there."""
    with tempfile.TemporaryFile(dir=Path.cwd()) as stream:
        start = time.perf_counter()
        stream.write(numbers.data)
        stream.flush()
        os.fsync(stream.fileno())
        return time.perf_counter() - start
