"""Which rows bind, where and when: those that carry a multiplier in the plan, or in the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from regmodel.feasibility.certificate import TOLERANCE
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.prices import Price, told_rows
from regmodel.feasibility.row_units import LIMITS, limit_of

NOTHING = 1e-9


def binding(case: Case, engine: Engine, answer: Answer, prices: Sequence[Price] = ()) -> list[dict[str, Any]]:
    """Binding rows by region and year with slack and price, clauses before limits of the model.

    Rows are those that bind in the plan shown, or in the proof that there is none. Prices come from the programme of
    costs: a row that has one there is listed too where it does not bind in the plan shown, and a row that binds here
    but carries nothing there is worth nothing.
    """
    weights = _weights(engine, answer)
    if weights is None:
        return []
    priced = {price.row: price for price in prices}
    worth = {row for row, price in priced.items() if price.price}
    # By position: the names of rows are quoted where a clause's id has a dot in it.
    shapes = dict(zip(clause_positions(engine.compiled).tolist(), case.shape.rows, strict=True))
    units = told_rows(case, engine)
    found = []
    for row in sorted({*np.flatnonzero(np.abs(weights) > NOTHING).tolist(), *worth}):
        shape = shapes.get(row)
        limit = limit_of(engine.compiled.rows[row], case.paths.regions.home) if shape is None else None
        if shape is not None:
            what, region, year = shape.clause, case.scenario.clause(shape.clause).clause.region, shape.year
        elif limit is not None:
            what, region, year = limit
        else:
            continue
        unit, size, money, _ = units[row]
        slack = _slack(engine, answer, row)
        told = {
            "region": region,
            "year": year,
            "constraint": what,
            "slack": None if slack is None else slack / size,
            "unit": unit,
        }
        found.append(told | _price(priced.get(row), money, known=bool(prices)))
    return sorted(found, key=lambda row: (row["constraint"] in LIMITS, row["year"], row["region"], row["constraint"]))


def _price(price: Price | None, money: str, *, known: bool) -> dict[str, Any]:
    """The fields of a price; ``known`` where prices were asked for, so that a row without one is worth nothing."""
    if price is None:
        price = Price(-1, "", money, 0.0 if known else None)
    told = price.price is not None
    return {
        "shadow_price": price.price,
        "shadow_price_unit": price.price_unit if told else None,
        "shadow_price_left": price.left,
        "shadow_price_right": price.right,
        "valid_from": price.valid_from,
        "valid_to": price.valid_to,
        "price_note": price.note,
    }


def _weights(engine: Engine, answer: Answer) -> Any:
    if answer.verdict == "infeasible":
        return answer.multipliers
    if answer.solution is None or not len(answer.solution.multipliers):
        return None
    return answer.solution.multipliers


def _slack(engine: Engine, answer: Answer, row: int) -> float | None:
    """Distance to the nearest end in the plan; None where there is no plan."""
    if answer.verdict != "feasible":
        return None
    solver = engine.solver
    start, stop = int(engine.compiled.row_start[row]), int(engine.compiled.row_start[row + 1])
    value = float(solver.matrix[start:stop] @ answer.columns[engine.compiled.column[start:stop]])
    ends = [abs(value - end) for end in (float(engine.low[row]), float(engine.high[row])) if np.isfinite(end)]
    if not ends:
        return None
    return 0.0 if min(ends) <= TOLERANCE * max(1.0, abs(value)) else min(ends)


def rows_behind(case: Case, engine: Engine, answer: Answer) -> list[RowShape]:
    """The clause rows that bind or that prove the conflict."""
    weights = _weights(engine, answer)
    if weights is None:
        return []
    used = np.abs(weights[clause_positions(engine.compiled)]) > NOTHING
    return [row for row, binds in zip(case.shape.rows, used.tolist(), strict=True) if binds]


def parameters_behind(case: Case, engine: Engine, answer: Answer) -> set[str]:
    """Names of the coefficients in the rows that bind or that prove the conflict."""
    weights = _weights(engine, answer)
    if weights is None:
        return set()
    rows = set(np.flatnonzero(np.abs(weights) > NOTHING).tolist())
    ends = np.cumsum([length for _, length in engine.compiled.parameters])
    names = [name for name, _ in engine.compiled.parameters]
    found: set[str] = set()
    owner = np.searchsorted(engine.compiled.row_start, np.arange(len(engine.compiled.column)), side="right") - 1
    for entries, owners in (
        (engine.compiled.matrix, owner),
        (engine.compiled.low, np.arange(len(engine.compiled.rows))),
        (engine.compiled.high, np.arange(len(engine.compiled.rows))),
    ):
        inside = np.isin(owners[entries.entry], list(rows))
        for position in np.unique(entries.parameter[inside]):
            found.add(names[int(np.searchsorted(ends, position, side="right"))])
    return found
