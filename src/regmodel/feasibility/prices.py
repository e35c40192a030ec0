"""Shadow prices: what one more unit of room at a clause or a limit saves, in the money of levers and of output lost.

They come from a programme of their own: the same rows, every clause held, the least cost of the levers with nothing
for nearness to the trend, and growth clauses that may go without output at a recorded price. So a cubic metre is worth
what the lever to spare costs, and never more than the output that it makes possible. Infeasible scenarios have none.

Costs are added up over the years without discounting. A row of one year is worth what one more unit in that year saves
over all years: works are paid for through every year that they serve, so a cap that binds in one year only carries
their cost of all later years, and one that binds until the end carries that of its own year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.engine import Engine
from regmodel.feasibility.money import lever_cost
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.one_basis import OneBasis
from regmodel.feasibility.output import OUTPUT
from regmodel.feasibility.row_units import LIMITS, body_unit, limit_of, price_unit, told_unit
from regmodel.feasibility.solver import Solution, Solver
from regmodel.feasibility.worth import LEAST_PRICE, Note, Unfinished, Worth, worth_of

Array = NDArray[np.float64]
LOOKS = 24
# Of the rows: steps of one solve, after which a price is called not found; small programmes get as many as they need.
STEPS_OF_A_MOVE, FEW = 0.2, 1000
MOVED_COSTS = "dual_simplex_cost_perturbation_multiplier"


@dataclass(frozen=True)
class Price:
    """The shadow price of one row (by position), in ``price_unit``; None throughout where the row was not priced.

    ``price`` is what one more unit of room is worth; ``left`` and ``right`` what a unit is worth where the bound is a
    little lower and a little higher, None where no plan is left there. The price stays at least while the bound is
    between ``valid_from`` and ``valid_to``, in ``unit``: a bound is followed by the size of its row and no further.
    ``note`` says ``degenerate`` where left and right differ, and ``not_unique`` where on one side no plan is left, so
    that any higher price would do.
    """

    row: int
    unit: str
    price_unit: str
    price: float | None = None
    left: float | None = None
    right: float | None = None
    valid_from: float | None = None
    valid_to: float | None = None
    note: Note | None = None


def shadow_prices(case: Case, engine: Engine, looks: int | None = LOOKS) -> tuple[Price, ...]:
    """Prices of clause rows and then of limits with a name, those with most at stake first.

    At most ``looks`` rows are looked at beyond what their basis tells (None is all).
    Call only where the case is feasible: gives nothing where the programme of costs has no certain optimum. The engine
    is left filled as it was.
    """
    units = told_rows(case, engine)
    with costs_only(case, engine) as solver:
        start = _cheapest(solver)
        if start.status != "optimal":
            return ()
        clauses = clause_positions(engine.compiled).tolist()
        found = prices_of(solver, start, units, first=clauses, looks=looks)
    return tuple(_price(row, worth, *units[row]) for row, worth in found.items())


def prices_of(
    solver: Solver,
    start: Solution,
    rows: Iterable[int],
    first: Iterable[int] = (),
    looks: int | None = None,
) -> dict[int, Worth | None]:
    """The worth of room at each of the rows that carries a multiplier in ``start``; None where it was not found.

    For any linear programme: ``start`` is the solution of what the solver holds.
    Where the basis tells a price, it tells a range in which it certainly stays; ``looks`` rows are looked at beyond
    that (None is all), so that the same run tells the same prices. Rows in ``first`` come first, and of them those with
    most at stake: what a move of the bound by the size of its row would be worth at the multiplier.
    """
    before = frozenset(first)
    sizes = row_sizes(solver, start)
    carried = [row for row in rows if abs(start.multipliers[row]) > LEAST_PRICE]
    stake = np.abs(start.multipliers) * sizes
    carried.sort(key=lambda row: (row not in before, -float(stake[row]), row))
    basis = OneBasis(solver, start)
    sure = {row: basis.room(row) for row in carried}
    kept = solver.highs.getBasis()
    most = int(STEPS_OF_A_MOVE * len(solver.low)) + FEW
    # What the basis tells of itself is told first, then rows of which it tells nothing, then by how much more.
    found = {row: _worth(solver, start, row, float(sizes[row]), 0, sure[row]) for row in carried}
    for row in sorted(carried, key=lambda row: found[row] is not None)[:looks]:
        found[row] = _worth(solver, start, row, float(sizes[row]), most, sure[row])
        solver.highs.setBasis(kept)
    return found


def _worth(
    solver: Solver, start: Solution, row: int, size: float, steps: int, sure: tuple[float, float]
) -> Worth | None:
    try:
        return worth_of(solver, start, row, size, steps, sure)
    except Unfinished:
        return None


def row_sizes(solver: Solver, start: Solution) -> Array:
    """How large each row is: its bound or half of what its terms come to, whichever is more; never nothing."""
    entries = np.abs(solver.matrix * start.columns[solver.compiled.column])
    rows = np.repeat(np.arange(len(start.rows)), np.diff(solver.compiled.row_start))
    halves = np.bincount(rows, weights=entries, minlength=len(start.rows)) / 2
    bounds = np.maximum(*(np.abs(np.where(np.isfinite(end), end, 0.0)) for end in (solver.low, solver.high)))
    sizes: Array = np.maximum(bounds, halves)
    sizes[sizes <= 0] = 1.0
    return sizes


def _cheapest(solver: Solver) -> Solution:
    """The cheapest plan, found cold: what is told does not depend on where the solver stood."""
    return solver.solve_by_interior_point()


@contextmanager
def costs_only(case: Case, engine: Engine) -> Iterator[Solver]:
    """Inside, the solver holds the programme of costs: every clause held, output lost at its price."""
    solver = engine.solver
    engine.hold_all()
    basis = solver.highs.getBasis()
    kept = solver.cost.copy()
    lost = np.array(
        [number for number, name in enumerate(engine.compiled.columns) if name.startswith("output_lost[")],
        dtype=np.int64,
    )
    nothing = np.zeros(len(lost))
    solver.set_columns(lost, nothing, np.full(len(lost), OUTPUT))
    solver.set_cost(lever_cost(engine, case))
    # Moved costs are a help from afar; where only a bound moves they cost thousands of steps.
    _, moved_costs = solver.highs.getOptionValue(MOVED_COSTS)
    solver.highs.setOptionValue(MOVED_COSTS, 0.0)
    try:
        yield solver
    finally:
        solver.highs.setOptionValue(MOVED_COSTS, moved_costs)
        solver.set_columns(lost, nothing, nothing)
        solver.set_cost(kept)
        solver.highs.setBasis(basis)


def told_rows(case: Case, engine: Engine) -> dict[int, tuple[str, float, str, float]]:
    """Rows that have a price by position: unit and size of the bound, unit and size of the price, in memory units."""
    units: dict[int, tuple[str, float, str, float]] = {}
    for position, row in zip(clause_positions(engine.compiled).tolist(), case.shape.rows, strict=True):
        active = case.scenario.clause(row.clause)
        asked = active.bounds.unit if active.bounds is not None and active.bounds.unit else active.clause.unit
        units[position] = (*told_unit(row, asked), *price_unit(body_unit(row)))
    for position, name in enumerate(engine.compiled.rows):
        limit = limit_of(name, case.paths.regions.home)
        if limit is not None:
            unit = LIMITS[limit[0]]
            units[position] = (unit, 1.0, *price_unit(unit))
    return units


def _price(row: int, worth: Worth | None, unit: str, size: float, money: str, money_size: float) -> Price:
    if worth is None:
        return Price(row, unit, money)

    def bound(value: float | None) -> float | None:
        return None if value is None else value / size

    def price(value: float | None) -> float | None:
        return None if value is None else value / money_size

    return Price(
        row,
        unit,
        money,
        price(worth.price),
        price(worth.left),
        price(worth.right),
        bound(worth.valid_from),
        bound(worth.valid_to),
        worth.note,
    )
