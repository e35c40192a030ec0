"""Verdicts on large programmes: the engine with a time limit, other ways to solve, and province by province."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measure import timed
from bench.programmes import hand_over, holds, plain_highs, proves, scenario_of, system_of, word
from regmodel.feasibility.certificate import LinearSystem
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import Case, prepare

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Found = Iterator[dict[str, Any]]
UNKNOWN, FIXED = -1, -2
WAYS: dict[str, dict[str, Any]] = {
    "simplex": {},
    "interior point": {"solver": "ipm"},
    "interior point without crossover": {"solver": "ipm", "run_crossover": "off"},
}


def whole_verdict(params: Path, seconds: float) -> Found:
    """The engine's own verdict under a time limit, in seconds of the clock as a user sees it."""
    case = prepare(scenario_of(params, {}))
    engine = engine_for(case, seconds)
    start = time.monotonic()
    spent, answer = timed(engine.decide)
    yield {"cpu": [spent], "wall": [time.monotonic() - start], "verdict": answer.verdict, "limit": seconds}


def by_one_way(params: Path, way: str, cost: str, seconds: float) -> Found:
    """One way of HiGHS to solve, with the preference as objective or none; the plan checked outside of it."""
    case = prepare(scenario_of(params, {}))
    compiled = compiled_for(case.shape)
    rows = system_of(compiled, case.values)
    preference = compiled.cost.fill(compiled.vector(case.values))
    highs = plain_highs(seconds)
    for name, value in WAYS[way].items():
        highs.setOptionValue(name, value)
    hand_over(highs, rows, preference if cost == "preference" else np.zeros(len(preference)))
    spent, _ = timed(highs.run)
    found: dict[str, Any] = {"status": word(highs)}
    if word(highs) == "Time limit reached":
        found["not_within"] = seconds
    else:
        found["cpu"] = [spent]
    if word(highs) == "Optimal":
        found["residual"] = holds(rows, np.array(highs.getSolution().col_value))
    yield found


@dataclass(frozen=True)
class Block:
    """The rows and columns of one province."""

    rows: Integers
    columns: Integers


def by_province(params: Path, seconds: float) -> Found:
    """Each province alone, then the plans of all joined and checked on the whole programme.

    A province alone is a relaxation: where one has no plan, the whole has none. Where the joined plan holds on the
    whole it is a plan; where it does not, nothing is decided.
    """
    case = prepare(scenario_of(params, {}))
    compiled = compiled_for(case.shape)
    rows = system_of(compiled, case.values)
    cost = compiled.cost.fill(compiled.vector(case.values))
    cutting, (blocks, coupling) = timed(lambda: blocks_of(case, rows))
    found: dict[str, Any] = {"blocks": len(blocks), "coupling_rows": len(coupling), "cut": [cutting], "each": []}
    start = time.monotonic()
    joined = np.clip(0.0, rows.column_low, rows.column_high)
    found["verdict"] = "feasible"
    for block in blocks:
        spent, status, columns, proved = _alone(rows, cost, block, seconds)
        found["each"].append(spent)
        if status == "Infeasible":
            found["verdict"] = "infeasible" if proved else "undecided"
            break
        if status != "Optimal":
            found["verdict"] = "undecided"
            break
        joined[block.columns] = columns
    found["cpu"], found["wall"] = [sum(found["each"])], [time.monotonic() - start]
    if found["verdict"] == "feasible":
        found["residual"] = holds(rows, joined)
        found["verdict"] = "feasible" if found["residual"] <= 1e-6 else "undecided"
    yield found


def _alone(rows: LinearSystem, cost: Array, block: Block, seconds: float) -> tuple[float, str, Array, bool]:
    part = part_of(rows, block)
    highs = plain_highs(seconds)
    hand_over(highs, part, cost[block.columns])
    spent, _ = timed(highs.run)
    proved = False
    if word(highs) == "Infeasible":
        highs.setOptionValue("presolve", "off")
        highs.setOptionValue("solver", "simplex")
        again, _ = timed(highs.run)
        spent += again
        ray = highs.getDualRay()
        proved = bool(ray[1]) and proves(part, np.array(ray[2], dtype=float))
    return spent, word(highs), np.array(highs.getSolution().col_value), proved


def part_of(rows: LinearSystem, block: Block) -> LinearSystem:
    """The rows of a block over its own columns; what fixed columns add stands in the ends of the rows."""
    place = np.full(len(rows.columns), UNKNOWN, dtype=np.int64)
    place[block.columns] = np.arange(len(block.columns))
    of_entry = np.repeat(np.arange(len(rows.rows)), np.diff(rows.row_start))
    mine = np.zeros(len(rows.rows), dtype=bool)
    mine[block.rows] = True
    own = place[rows.column] != UNKNOWN
    fixed = np.flatnonzero(mine[of_entry] & ~own)
    added = np.bincount(
        of_entry[fixed], rows.matrix[fixed] * rows.column_low[rows.column[fixed]], minlength=len(rows.rows)
    )
    entries = np.flatnonzero(mine[of_entry] & own)
    lengths = np.bincount(of_entry[entries], minlength=len(rows.rows))[block.rows]
    return replace(
        rows,
        rows=tuple(rows.rows[row] for row in block.rows.tolist()),
        columns=tuple(rows.columns[column] for column in block.columns.tolist()),
        row_start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        column=place[rows.column[entries]],
        matrix=rows.matrix[entries],
        low=(rows.low - added)[block.rows],
        high=(rows.high - added)[block.rows],
        column_low=rows.column_low[block.columns],
        column_high=rows.column_high[block.columns],
    )


def blocks_of(case: Case, rows: LinearSystem) -> tuple[list[Block], Integers]:
    """Rows and columns by parent of their regions, and the rows that tie parents together.

    A column without a region of its own goes where the first row that uses it goes; one that is fixed ties nothing.
    """
    parents = {region.id: region.parent for region in case.shape.regions.regions}
    numbers = {parent: number for number, parent in enumerate(dict.fromkeys(parents.values()))}
    of_column = np.array([_number(name, parents, numbers) for name in rows.columns], dtype=np.int64)
    of_entry = np.repeat(np.arange(len(rows.rows)), np.diff(rows.row_start))
    of_column[rows.column_low == rows.column_high] = FIXED
    known = of_column[rows.column] >= 0
    least = np.full(len(rows.rows), len(numbers), dtype=np.int64)
    most = np.full(len(rows.rows), -1, dtype=np.int64)
    np.minimum.at(least, of_entry[known], of_column[rows.column[known]])
    np.maximum.at(most, of_entry[known], of_column[rows.column[known]])
    ties = least < most
    for entry in np.flatnonzero(~known & ~ties[of_entry]).tolist():
        if of_column[rows.column[entry]] == UNKNOWN:
            of_column[rows.column[entry]] = most[of_entry[entry]]
    # A row that reaches a column of another block after all ties them too.
    wrong = ~ties[of_entry] & (of_column[rows.column] != most[of_entry]) & (of_column[rows.column] != FIXED)
    ties[of_entry[wrong]] = True
    blocks = [
        Block(np.flatnonzero(~ties & (most == number)), np.flatnonzero(of_column == number))
        for number in numbers.values()
    ]
    return [block for block in blocks if len(block.rows)], np.flatnonzero(ties)


def _number(column: str, parents: dict[str, str], numbers: dict[str, int]) -> int:
    """The block of a column: that of the first region in its index."""
    for part in column.partition("[")[2].rstrip("]").split(","):
        parent = parents.get(part.strip("'"))
        if parent is not None:
            return numbers[parent]
    return UNKNOWN
