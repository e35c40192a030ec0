"""Checks outside the solver beside the solves that they check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bench.measure import repeated, timed
from bench.programmes import clashing, holds, scenario_of
from regmodel.feasibility.certificate import check_exact, check_float
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare

Found = Iterator[dict[str, Any]]


def checks(params: Path, repeats: int) -> Found:
    """A plan checked row by row and a proof checked in float and in exact rationals, beside cold solves."""
    found: dict[str, Any] = {}
    engine = engine_for(prepare(scenario_of(params, {})))
    engine.solver.forget()
    found["plan_solve"], answer = _timed_cold(engine)
    if answer.verdict == "feasible":
        rows = engine.system()
        found["plan_check"] = repeated(lambda: holds(rows, answer.columns), repeats)
        found["plan_residual"] = answer.residual
    yield found
    engine = engine_for(clashing(params))
    found["proof_solve"], proof = _timed_cold(engine)
    found["verdict"] = proof.verdict
    if proof.verdict == "infeasible":
        rows, multipliers = engine.system(), proof.multipliers
        found["proof_check"] = repeated(lambda: check_float(multipliers, rows), repeats)
        exact = {int(row): Fraction(float(multipliers[row])) for row in np.flatnonzero(multipliers)}
        found["proof_rows"] = len(exact)
        found["exact_check"] = repeated(lambda: check_exact(exact, rows), max(1, repeats // 5))
        found["exact_proved"] = check_exact(exact, rows).proved
    yield found


def _timed_cold(engine: Any) -> tuple[list[float], Any]:
    engine.solver.forget()
    seconds, answer = timed(engine.decide)
    return [seconds], answer
