"""Batches: verdicts a second beside hot solves of the same samples, projections beside a plain write, and memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.measure import timed
from bench.programmes import MOVED_CAPS, MOVED_RECORDS, PART_OF_CAP, PART_OF_RANGE, scenario_of
from regmodel.batch.judging import Judge
from regmodel.batch.preparing import scenarios
from regmodel.batch.projecting import projected
from regmodel.batch.samples import Samples
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import each_of

Found = Iterator[dict[str, Any]]
CHUNK = 500
PRIMING = 256
COPIES = 5


def drawn(base: Scenario, count: int, seed: int) -> Samples:
    """Samples of growth, intensities and caps, moved as the re-solved scenarios are."""
    source = np.random.default_rng(seed)
    keys, columns = [], []
    for name in MOVED_RECORDS:
        record = base.book.records.get(name)
        if record is None or record.low is None or record.high is None:
            continue
        middle, low, high = float(record.printed), float(record.low), float(record.high)
        towards = np.where(source.random(count) < 0.5, high, low)
        keys.append(f"record.{name}")
        columns.append(middle + PART_OF_RANGE * source.random(count) * (towards - middle))
    values = {active.clause.id: active.clause.value for active in base.clauses}
    for clause in MOVED_CAPS:
        value = values.get(clause)
        if value is not None:
            keys.append(f"clause.{clause}.value")
            columns.append(value * (1 + PART_OF_CAP * source.random(count)))
    return Samples(tuple(f"s{number}" for number in range(count)), tuple(keys), np.stack(columns, axis=1))


def judged(params: Path, count: int, repeats: int) -> Found:
    """CPU seconds a verdict, preparation and all, beside hot solves of samples of the same design."""
    base = scenario_of(params, {})
    samples = drawn(base, count, 1)
    judge = Judge(base, samples.keys, details=False)
    found: dict[str, Any] = {"count": count, "hot": [], "judged": []}
    seconds, primed = timed(lambda: judge.prime(drawn(base, PRIMING, 2)))
    found |= {"prime": [seconds], "plans": len(primed.witnesses), "conflicts": len(primed.conflicts)}
    how: dict[str, int] = {}
    verdicts: list[str] = []
    for start in range(0, count, CHUNK):
        part = samples[start : start + CHUNK]
        spent, table = timed(lambda part=part: judge.judge(part, primed))  # type: ignore[misc]
        found["judged"].append(spent / len(part))
        verdicts += table.column("verdict").to_pylist()
        for way in table.column("how").to_pylist():
            how[way] = how.get(way, 0) + 1
        yield found | {"how": how}
    engine = engine_for(judge.case)
    engine.decide(preferred=True)
    agree = True
    for number in range(min(repeats, count)):
        case = prepare(judge.scenario(samples, number))
        engine.witnesses.clear()
        engine.proofs.clear()

        def solve(case: Any = case) -> str:
            engine.refill(case.values)
            return engine.decide().verdict

        spent, verdict = timed(solve)
        agree = agree and verdict == verdicts[number]
        found["hot"].append(spent)
        yield found | {"how": how, "agree": agree}


def judged_memory(params: Path, count: int) -> Found:
    """Peak memory of so many verdicts, chunk by chunk."""
    base = scenario_of(params, {})
    first = drawn(base, PRIMING, 2)
    judge = Judge(base, first.keys, details=False)
    primed = judge.prime(first)
    start = time.process_time()
    for number in range(0, count, CHUNK):
        judge.judge(drawn(base, CHUNK, 100 + number), primed)
    yield {"count": count, "peak": _peak(), "cpu": [time.process_time() - start]}


def projections(params: Path, count: int) -> Found:
    """CPU seconds of so many projections, every variable of every region and year; peak memory; the write limit."""
    base = scenario_of(params, {})
    size, spent = 0, []
    for number in range(0, count, CHUNK):
        samples = drawn(base, CHUNK, 100 + number)

        def work(samples: Samples = samples) -> int:
            numbers = 0
            for these, trajectory in scenarios(base, samples, projected):
                numbers += sum(each_of(values, len(these)).size for values in trajectory.values.values())
            return numbers

        seconds, size = timed(work)
        spent.append(seconds / CHUNK)
    target = np.empty(size)
    copies = [timed(lambda: target.fill(1.0))[0] / CHUNK for _ in range(COPIES)]
    yield {"count": count, "peak": _peak(), "projected": spent, "written": copies, "numbers": size // CHUNK}


def _peak() -> int:
    """Most memory of this process so far, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most
