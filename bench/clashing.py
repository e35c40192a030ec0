"""All conflicts between clauses beside the one irreducible set of rows that HiGHS can give, and both checked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from bench.measure import timed
from bench.programmes import clashing, hand_over, plain_highs, system_of, word
from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.certificate import LinearSystem
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for

Array = NDArray[np.float64]
Found = Iterator[dict[str, Any]]
FEASIBLE, INFEASIBLE = "Optimal", "Infeasible"
LOW_ENDS = ("kIisBoundStatusLower", "kIisBoundStatusBoxed")
HIGH_ENDS = ("kIisBoundStatusUpper", "kIisBoundStatusBoxed")


def all_conflicts(params: Path, seconds: float) -> Found:
    """Every minimal conflict of the clauses within a time limit, beside one cold solve; each re-solved from scratch."""
    case = clashing(params)
    engine = engine_for(case)
    engine.solver.forget()
    solving, answer = timed(engine.decide)
    found: dict[str, Any] = {"cold": [solving], "verdict": answer.verdict, "clauses": len(engine.groups)}
    yield found
    before = engine.solver.solves
    searching, conflicts = timed(lambda: find_conflicts(engine, Clock(seconds)))
    found |= {
        "search": [searching],
        "solves": engine.solver.solves - before,
        "complete": conflicts.complete,
        "conflicts": [list(conflict.clauses) for conflict in conflicts.found],
        "proved": [conflict.proved for conflict in conflicts.found],
        "repairs": len(conflicts.corrections),
    }
    yield found
    rows = system_of(engine.compiled, case.values)
    found["correct"] = []
    for conflict in conflicts.found:
        together = _solved(_only(rows, engine.groups, set(conflict.clauses)))
        needed = [_solved(_only(rows, engine.groups, set(conflict.clauses) - {clause})) for clause in conflict.clauses]
        found["correct"].append(together == INFEASIBLE and all(status == FEASIBLE for status in needed))
        yield found


def _only(rows: LinearSystem, groups: dict[str, NDArray[np.int64]], kept: set[str]) -> LinearSystem:
    """The programme with the rows of all other groups free."""
    low, high = rows.low.copy(), rows.high.copy()
    for name, members in groups.items():
        if name not in kept:
            low[members], high[members] = -np.inf, np.inf
    return replace(rows, low=low, high=high)


def _solved(rows: LinearSystem) -> str:
    highs = plain_highs()
    hand_over(highs, rows, np.zeros(len(rows.columns)))
    highs.run()
    if word(highs) not in (FEASIBLE, INFEASIBLE):
        highs.clearSolver()
        highs.setOptionValue("solver", "ipm")
        highs.run()
    return word(highs)


def one_set(params: Path, strategy: int) -> Found:
    """One irreducible set of rows and bounds from HiGHS, and whether it stands up to being solved again."""
    case = clashing(params)
    compiled = compiled_for(case.shape)
    rows = system_of(compiled, case.values)
    highs = plain_highs()
    hand_over(highs, rows, np.zeros(len(rows.columns)))
    highs.setOptionValue("iis_strategy", strategy)
    seconds, (_, iis) = timed(highs.getIis)
    members = np.array(iis.row_index_, dtype=np.int64)
    clause = np.array([compiled.rows[row].startswith("clause[") for row in members.tolist()], dtype=bool)
    found: dict[str, Any] = {
        "seconds": [seconds],
        "set_rows": len(members),
        "set_bounds": len(iis.col_index_),
        "physics_rows": int((~clause).sum()) if len(members) else 0,
        "clauses": sorted({_clause(compiled.rows[row]) for row in members[clause].tolist()}) if len(members) else [],
    }
    yield found
    if len(members):
        found |= _checked(_cut(rows, iis, members))
    yield found


def _clause(row: str) -> str:
    return row.removeprefix("clause[").strip("]'").partition("/")[0]


def _cut(rows: LinearSystem, iis: Any, members: NDArray[np.int64]) -> LinearSystem:
    """Only the rows of the set, each with the end that the set uses; the bounds of all other columns are free."""
    words = [str(highspy.IisBoundStatus(int(status))).rpartition(".")[2] for status in iis.row_bound_]
    low = np.array([rows.low[row] if w in LOW_ENDS else -np.inf for row, w in zip(members, words, strict=True)])
    high = np.array([rows.high[row] if w in HIGH_ENDS else np.inf for row, w in zip(members, words, strict=True)])
    column_low = np.full(len(rows.columns), -np.inf)
    column_high = np.full(len(rows.columns), np.inf)
    for column, status in zip(iis.col_index_, iis.col_bound_, strict=True):
        bound = str(highspy.IisBoundStatus(int(status))).rpartition(".")[2]
        if bound in LOW_ENDS:
            column_low[column] = rows.column_low[column]
        if bound in HIGH_ENDS:
            column_high[column] = rows.column_high[column]
    entries = np.concatenate([np.arange(rows.row_start[row], rows.row_start[row + 1]) for row in members.tolist()])
    starts = np.concatenate([[0], np.cumsum(np.diff(rows.row_start)[members])])
    used, places = np.unique(rows.column[entries], return_inverse=True)
    return LinearSystem(
        tuple(rows.rows[row] for row in members.tolist()),
        tuple(rows.columns[column] for column in used.tolist()),
        starts.astype(np.int64),
        places.astype(np.int64),
        rows.matrix[entries],
        low,
        high,
        column_low[used],
        column_high[used],
    )


def _checked(cut: LinearSystem) -> dict[str, Any]:
    """Infeasible together, and feasible with any one row taken away."""
    together = _solved(cut) == INFEASIBLE
    redundant = 0
    for row in range(len(cut.rows)):
        low, high = cut.low.copy(), cut.high.copy()
        low[row], high[row] = -np.inf, np.inf
        redundant += _solved(replace(cut, low=low, high=high)) != FEASIBLE
    return {"infeasible_together": together, "redundant_rows": redundant}
