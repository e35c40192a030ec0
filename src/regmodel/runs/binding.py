"""Which rows bind, where and when: those that carry a multiplier in the plan, or in the proof that there is none."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from regmodel.feasibility.certificate import TOLERANCE
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.numbers import Case

_INDEXED = re.compile(r"^(?P<name>\w+)\[(?P<index>.*)\]$")
_LIMITS = {
    "moves_to_town_are_bounded": "10^4 persons",
    "faster_moves_need_support": "10^4 persons",
    "moves_between_regions_are_bounded": "10^4 persons",
    "external_migration_is_bounded": "10^4 persons",
    "investment_is_bounded": "10^8 CNY",
    "growth_needs_investment": "10^8 CNY",
    "jobs_are_filled": "10^8 CNY",
    "farming_needs_land": "10^8 CNY",
    "sectors_grow_no_faster": "10^8 CNY",
    "grain_keeps_its_land": "km2",
    "works_take_time": "km2",
    "industry_saves_no_more": "10^6 m3",
    "nature_keeps_its_water": "10^6 m3",
    "reclaimed_was_sewage": "10^6 m3",
    "mines_give_no_more": "10^6 m3",
    "streams_give_no_more": "10^6 m3",
    "rights_come_from_saving": "10^6 m3",
    "people_and_production_fit": "km2",
    "reuse_is_bounded": "km2",
    "release_follows_people": "km2",
    "swaps_are_bounded": "km2",
}
_CLAUSE_UNITS = {
    "urban_share": "10^4 persons",
    "urban_level": "10^4 persons",
    "urban_part": "10^4 persons",
    "residents": "10^4 persons",
    "output_growth": "10^8 CNY",
    "new_land": "km2",
    "land_residential_part": "km2",
    "land_all_urban_land": "km2",
}
_WATER_UNIT = "10^6 m3"
NOTHING = 1e-9


def binding(case: Case, engine: Engine, answer: Answer) -> list[dict[str, Any]]:
    """Binding rows by region and year with their slack, clauses before limits of the model; no prices yet."""
    weights = _weights(engine, answer)
    if weights is None:
        return []
    found = []
    # By position: the names of rows are quoted where a clause's id has a dot in it.
    shapes = dict(zip(engine.clause_rows.tolist(), case.shape.rows, strict=True))
    for number in np.flatnonzero(np.abs(weights) > NOTHING):
        name = engine.compiled.rows[int(number)]
        shape = shapes.get(int(number))
        if shape is not None:
            region, year, what = case.scenario.clause(shape.clause).clause.region, shape.year, shape.clause
            unit = _CLAUSE_UNITS.get(shape.body, _WATER_UNIT)
        else:
            told = _limit(name, case.paths.regions.home)
            if told is None:
                continue
            what, region, year, unit = told
        found.append(
            {
                "region": region,
                "year": year,
                "constraint": what,
                "slack": _slack(engine, answer, int(number)),
                "unit": unit,
                "shadow_price": None,
                "shadow_price_unit": None,
                "valid_from": None,
                "valid_to": None,
            }
        )
    return sorted(found, key=lambda row: (row["constraint"] in _LIMITS, row["year"], row["region"], row["constraint"]))


def _weights(engine: Engine, answer: Answer) -> Any:
    if answer.verdict == "infeasible":
        return answer.multipliers
    if answer.solution is None or not len(answer.solution.multipliers):
        return None
    return answer.solution.multipliers


def _limit(name: str, home: str) -> tuple[str, str, int, str] | None:
    """A limit of the model, with region and year; None for balances and definitions, which always hold exactly."""
    match = _INDEXED.match(name)
    if match is None or match["name"] not in _LIMITS:
        return None
    words = match["index"].split(",")
    region = next((word for word in words if word.isupper() and not word.isdigit()), home)
    return match["name"], region, int(words[-1]), _LIMITS[match["name"]]


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
    used = np.abs(weights[engine.clause_rows]) > NOTHING
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
