"""Verdicts of a batch beside hot solves of the same scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.designs import samples_of
from bench.measure import timed
from bench.programmes import scenario_of
from regmodel.batch.judging import Judge
from regmodel.feasibility.engine import Engine, engine_for
from regmodel.feasibility.numbers import Case, prepare

Found = Iterator[dict[str, Any]]
CHUNK = 500
PRIMING = 256
WAYS = ("hot", "hot preferred")


def judged(params: Path, count: int, repeats: int) -> Found:
    """CPU seconds a verdict, preparation and all, beside hot solves of samples of the same design.

    The solves beside it go on from the basis of the one before, for any plan (``hot``) and for the plan that the
    objective prefers (``hot preferred``): which is quicker depends on the programme.
    """
    base = scenario_of(params, {})
    samples = samples_of(base, count, 1)
    judge = Judge(base, samples.keys)
    found: dict[str, Any] = {"count": count, "judged": [], **{way: [] for way in WAYS}}
    seconds, primed = timed(lambda: judge.prime(samples_of(base, PRIMING, 2), 0))
    found |= {"prime": [seconds], "plans": len(primed.witnesses), "conflicts": len(primed.conflicts)}
    how: dict[str, int] = {}
    verdicts: list[str] = []
    for start in range(0, count, CHUNK):
        part = samples[start : start + CHUNK]
        spent, table = timed(lambda part=part: judge.judge(part, primed, (), ()))  # type: ignore[misc]
        found["judged"].append(spent / len(part))
        verdicts += table.column("verdict").to_pylist()
        for way in table.column("how").to_pylist():
            how[way] = how.get(way, 0) + 1
        yield found | {"how": how}
    agree = True
    for way in WAYS:
        engine = engine_for(judge.case)
        engine.decide(preferred=True)
        for number in range(min(repeats, count)):
            case = prepare(judge.scenario(samples, number))
            spent, verdict = timed(lambda case=case, way=way, engine=engine: _solved(engine, case, way))  # type: ignore[misc]
            agree = agree and verdict == verdicts[number]
            found[way].append(spent)
            yield found | {"how": how, "agree": agree}


def _solved(engine: Engine, case: Case, way: str) -> str:
    engine.witnesses.clear()
    engine.proofs.clear()
    engine.refill(case.values)
    if way == "hot":
        return engine.decide().verdict
    return engine.decide_from(engine.solver.highs.getBasis()).verdict
