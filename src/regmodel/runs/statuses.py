"""Every clause of the register with its status: none is dropped, none is silently unused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from regmodel.feasibility.clause_values import Measure, Measured
from regmodel.feasibility.numbers import Case
from regmodel.plans import BaseYearStanding, LedgerEntry, ledger, met_at_base
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import ActiveClause

_ROUNDING = 1e-6


def clause_rows(
    case: Case, trajectory: Trajectory | None, by_itself: Mapping[str, float] = MappingProxyType({})
) -> list[dict[str, Any]]:
    """One row a clause: id, status, value, target, unit, margin, and the ends, reading and year behind them.

    Beside the value, that of the trend in the same year and, for a missed clause, what it comes to by itself.
    """
    clauses = [active.clause for active in case.scenario.clauses]
    uses = ledger(clauses)
    standing = met_at_base(clauses, case.scenario.book)
    measure = None if trajectory is None else Measure(case, trajectory)
    rows = [
        _row(active, uses[active.clause.id], standing.get(active.clause.id), measure)
        for active in case.scenario.clauses
    ]
    trend = Measure(case, case.projection)
    for active, row in zip(case.scenario.clauses, rows, strict=True):
        row["trend"] = None if row["low"] is None and row["high"] is None else trend.at(active, row["year"])
        row["by_itself"] = by_itself.get(active.clause.id)
    return rows


def _row(
    active: ActiveClause, use: LedgerEntry, standing: BaseYearStanding | None, measure: Measure | None
) -> dict[str, Any]:
    clause = active.clause
    measured = measure.measure(active) if measure is not None else None
    row: dict[str, Any] = {
        "id": clause.id,
        "status": _status(active, use, standing, measured),
        "value": None,
        "target": clause.value,
        "unit": clause.unit,
        "margin": None,
        "low": None,
        "high": None,
        "base": None,
        "year": clause.year_to,
        "reading": active.reading,
        "rank": clause.rank,
        "assumed": clause.assumed,
        "use": use.use,
    }
    if measured is not None:
        row |= {
            "value": measured.value,
            "target": measured.target,
            "unit": measured.unit,
            "margin": measured.margin,
            "low": measured.low,
            "high": measured.high,
            "base": measured.base,
            "year": measured.year,
        }
    elif standing is not None:
        row |= {"base": standing.base, "value": standing.base, "margin": _distance(standing, clause.sense)}
    return row


def _distance(standing: BaseYearStanding, sense: str) -> float:
    gap = standing.base - standing.target
    return -gap if sense == "<=" else gap


def _status(
    active: ActiveClause, use: LedgerEntry, standing: BaseYearStanding | None, measured: Measured | None
) -> str:
    """The word of design 3; a floor that is passed is exceeded, never missed."""
    if use.use in ("not_modelled", "not_decidable"):
        return use.use
    if measured is None:
        if use.use == "programme" and active.enabled and active.clause.bounding:
            return "not_decidable"
        if standing is not None and standing.met and active.enabled:
            return "already_met"
        return "reported"
    if not active.enabled:
        return "disabled"
    if not measured.met:
        return "missed"
    if active.clause.kind in ("target", "statement") and _met_by_base(measured):
        return "already_met"
    return "exceeded" if active.clause.kind in ("target", "path") and _passed(active, measured) else "met"


def _passed(active: ActiveClause, measured: Measured) -> bool:
    """Whether the figure of a one-sided target is passed: above a floor, or below a ceiling that asks for a fall."""
    if measured.value is None or (measured.low is None) == (measured.high is None):
        return False
    if measured.low is not None:
        asked = max(measured.low, active.clause.value) if active.clause.value is not None else measured.low
        return measured.value > asked + _ROUNDING * max(1.0, abs(asked))
    assert measured.high is not None
    return measured.value < measured.high - _ROUNDING * max(1.0, abs(measured.high))


def _met_by_base(measured: Measured) -> bool:
    if measured.base is None:
        return False
    above = measured.low is None or measured.base >= measured.low
    below = measured.high is None or measured.base <= measured.high
    return above and below
