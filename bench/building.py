"""From params to a programme in the solver: what each step costs, and how large the programme is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.limits import most_memory
from bench.measure import timed
from bench.programmes import scenario_of
from regmodel.feasibility.affine import compile_programme
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.programme import build

Found = Iterator[dict[str, Any]]


def build_and_compile(params: Path, repeats: int) -> Found:
    """Read, prepare, build in Pyomo, compile, keep on disk, load from disk, fill."""
    reading, scenario = timed(lambda: scenario_of(params, {}))
    preparing, case = timed(lambda: prepare(scenario))
    found: dict[str, Any] = {"read": [reading], "prepare": [preparing]}
    yield found
    building, model = timed(lambda: build(case.shape))
    found["pyomo_build"] = [building]
    yield found
    compiling, compiled = timed(lambda: compile_programme(model))
    found |= {"compile": [compiling]}
    found |= {"rows": len(compiled.rows), "columns": len(compiled.columns), "nonzeros": len(compiled.column)}
    found["clause_rows"] = len(case.shape.rows)
    found["megabytes"] = most_memory()
    yield found
    compiled_for(case.shape)
    vector = compiled.vector(case.values)
    found["cached_load"], found["fill"] = [], []
    for _ in range(repeats):
        found["cached_load"].append(timed(lambda: compiled_for(case.shape))[0])
        parts = (compiled.matrix, compiled.low, compiled.high, compiled.cost)
        found["fill"].append(timed(lambda: [part.fill(vector) for part in parts])[0])  # noqa: B023
    yield found
