"""How far ends of clauses have to give way: the least that lets a plan exist, in each clause's own unit.

The programme knows what one unit of an end is worth at the size of the base year. Where an end is a rate or a share,
that is near and not exact, so the rows are read again at the end and the plan that were found, until nothing is gained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.engine import MOST_GIVEN, PRICE_SIZE, Engine, Give, Side
from regmodel.feasibility.numbers import Case, row_values
from regmodel.feasibility.row_numbers import LITTLE, RowNumbers, RowReader

Array = NDArray[np.float64]
End = tuple[str, Side]
ROUNDS = 8
ROUNDS_WITH_COST = 2
STEPS = 30
STILL = 1e-6
EXACT = 1e-12


@dataclass(frozen=True)
class Eased:
    """Ends with how far each gives way, and the plan (columns) that needs no more."""

    eases: Mapping[End, float]
    columns: Array


def eased_case(case: Case, eases: Mapping[End, float], multiplied: Array | None = None) -> Case:
    """The same case with these ends giving way by so much more.

    ``multiplied`` is what the factor of each row multiplies in a plan; without it that has the size of the base year.
    """
    touched = {clause for clause, _ in eases}
    clauses = tuple(
        active.eased(
            active.ease_low + eases.get((active.clause.id, "low"), 0.0),
            active.ease_high + eases.get((active.clause.id, "high"), 0.0),
        )
        if active.clause.id in touched
        else active
        for active in case.scenario.clauses
    )
    scenario = replace(case.scenario, clauses=clauses)
    reader = RowReader(scenario, case.paths)
    rows = tuple(
        reader.read(row, multiplied=None if multiplied is None else float(multiplied[number]))
        if row.clause in touched
        else numbers
        for number, (row, numbers) in enumerate(zip(case.shape.rows, case.rows, strict=True))
    )
    return replace(case, scenario=scenario, rows=rows, values={**case.values, **row_values(rows)})


def least_eases(
    case: Case,
    engine: Engine,
    price: Mapping[Give, float],
    other_cost: Array | None = None,
    least: float = 0.0,
) -> Eased | None:
    """The cheapest way for these ends to give way so that a plan exists; None where no such way does.

    ``price`` is what one unit of each end costs; ``other_cost`` (one number a column) is added to it. With ``least``
    below zero an end may also be asked for more. Rounds end where an end stays where it is, or where nothing becomes
    cheaper. The engine is left filled with the case as it found it.
    """
    cost = np.zeros(len(engine.compiled.columns)) if other_cost is None else other_cost.copy()
    size = PRICE_SIZE if other_cost is None else 1.0
    for give, worth in price.items():
        cost[give.column] = worth * size
    eases: dict[End, float] = {(give.clause, give.side): 0.0 for give in price}
    best: Eased | None = None
    multiplied: Array | None = None
    spent = np.inf
    safe_only, engine.solver.safe_only = engine.solver.safe_only, False  # an end may move to where a number cancels
    engine.solver.forget()  # what was solved before had other costs: from its basis simplex wanders
    try:
        for _ in range(ROUNDS if other_cost is None else ROUNDS_WITH_COST):
            here = eased_case(case, eases, multiplied)
            engine.refill(here.values)
            bounds = {end: least - ease for end, ease in eases.items()}
            columns = _solved(engine, tuple(price), cost, bounds, simplex=other_cost is None)
            if columns is None:
                return best
            bodies, by_factor = _bodies(here, engine, columns)
            eases = {end: max(least, ease + _needed(here, end, bodies, by_factor)) for end, ease in eases.items()}
            multiplied = np.abs(by_factor)
            now = sum(worth * eases[give.clause, give.side] for give, worth in price.items())
            now += 0.0 if other_cost is None else float(other_cost @ columns)
            if best is not None and now > spent - STILL * max(1.0, abs(spent)):
                break
            best, spent = Eased(eases, columns), now
    finally:
        engine.refill(case.values)
        engine.solver.safe_only = safe_only
    return best


def _solved(
    engine: Engine, gives: tuple[Give, ...], cost: Array, least: Mapping[End, float], *, simplex: bool
) -> Array | None:
    """The plan of least cost, or None; the cost of levers alone is slow by simplex."""
    columns = np.array([give.column for give in gives], dtype=np.int64)
    nothing = np.zeros(len(columns))
    low = np.array([least[give.clause, give.side] for give in gives])
    engine.solver.set_columns(columns, low, np.full(len(columns), MOST_GIVEN))
    engine.solver.set_cost(cost)
    try:
        found = engine.solver.solve() if simplex else engine.solver.solve_by_interior_point()
    finally:
        engine.solver.set_columns(columns, nothing, nothing)
    return found.columns if found.status == "optimal" else None


def needed(here: Case, engine: Engine, end: End, columns: Array) -> float:
    """By how much an end has to give way beyond where it stands for this plan; below zero where it has room."""
    return _needed(here, end, *_bodies(here, engine, columns))


def _needed(here: Case, end: End, bodies: Array, by_factor: Array) -> float:
    clause, side = end
    reader = RowReader(here.scenario, here.paths)
    worst = -np.inf
    for number, (row, numbers) in enumerate(zip(here.shape.rows, here.rows, strict=True)):
        if row.clause != clause or not np.isfinite(getattr(numbers, side)):
            continue
        worst = max(worst, _row_needs(reader, row, numbers, side, bodies[number], by_factor[number]))
    return float(worst) if np.isfinite(worst) else 0.0


def _bodies(here: Case, engine: Engine, columns: Array) -> tuple[Array, Array]:
    """What each clause row comes to in a plan, and by how much that grows when the row's factor grows by one."""
    plan = columns.copy()
    plan[[give.column for give in engine.gives]] = 0.0
    compiled, rows = engine.compiled, clause_positions(engine.compiled)
    sums = []
    for step in (0.0, 1.0):
        values = {**here.values, "row_factor": here.values["row_factor"] + step}
        products = compiled.matrix.fill(compiled.vector(values)) * plan[compiled.column]
        sums.append(np.add.reduceat(np.append(products, 0.0), compiled.row_start[:-1])[rows])
    return sums[0], sums[1] - sums[0]


def _row_needs(
    reader: RowReader, row: RowShape, numbers: RowNumbers, side: Side, body: float, by_factor: float
) -> float:
    """The move of an end at which a row just holds, by Newton's method on the row's own numbers."""

    def miss(ease: float) -> float:
        there = reader.read_eased(row, *((ease, 0.0) if side == "low" else (0.0, ease)))
        level = body + (there.factor - numbers.factor) * by_factor
        return there.low - level if side == "low" else level - there.high

    ease = 0.0
    for _ in range(STEPS):
        missed = miss(ease)
        if abs(missed) <= EXACT * numbers.scale:
            break
        slope = (miss(ease + LITTLE) - missed) / LITTLE
        if slope >= 0:
            return float("inf") if missed > 0 else 0.0
        step = missed / slope
        ease -= step
        if abs(step) <= EXACT:
            break
    return ease
