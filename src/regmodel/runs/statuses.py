"""Every clause of the register with its status: none is dropped, none is silently unused."""

from __future__ import annotations

from typing import Any

from regmodel.feasibility.clause_values import Measure, Measured
from regmodel.feasibility.numbers import Case
from regmodel.plans import BaseYearStanding, LedgerEntry, ledger, met_at_base
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import ActiveClause

_FLOORS = ("floor", "cumulative:floor", "annual:floor", "stretch")


def clause_rows(case: Case, trajectory: Trajectory | None) -> list[dict[str, Any]]:
    """One row a clause: id, status, value, target, unit, margin, and the ends, reading and year behind them."""
    clauses = [active.clause for active in case.scenario.clauses]
    uses = ledger(clauses)
    standing = met_at_base(clauses, case.scenario.book)
    measure = None if trajectory is None else Measure(case, trajectory)
    return [
        _row(active, uses[active.clause.id], standing.get(active.clause.id), measure)
        for active in case.scenario.clauses
    ]


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
        if standing is not None and standing.met and active.enabled:
            return "already_met"
        return "reported"
    if not active.enabled:
        return "disabled"
    if not measured.met:
        return "missed"
    if active.clause.kind in ("target", "statement") and _met_by_base(measured):
        return "already_met"
    passed = active.reading in _FLOORS and measured.value is not None and active.clause.value is not None
    if passed and (measured.value or 0.0) > (active.clause.value or 0.0):
        return "exceeded"
    return "met"


def _met_by_base(measured: Measured) -> bool:
    if measured.base is None:
        return False
    above = measured.low is None or measured.base >= measured.low
    below = measured.high is None or measured.base <= measured.high
    return above and below
