"""Where a number of the report comes from: the row or chapter that it leads to, and what would explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regmodel.runs.explained_names import equation_of
from regmodel.vocabulary.glossary import read_glossary

if TYPE_CHECKING:
    from regmodel.report.figures import Figures

_CHAPTERS = {
    "adjustment": "base-year",
    "backcast": "validation",
    "batch": "likely",
    "base": "base-year",
    "contradiction": "contradictions",
    "manifest": "method",
}
_PARTS = {
    "attainability": "stages",
    "attainability_by": "stages",
    "binding": "binding",
    "confidence": "assumptions",
    "conflicts": "conflicts",
    "repairs": "repairs",
    "stages": "stages",
}


def origin_of_number(figures: Figures, key: str) -> tuple[str | None, str | None]:
    """The anchor that a number leads to, and what explains it: ``variable/region/year`` or ``record/name``."""
    root, *steps = key.split("/")
    if root == "record":
        return f"record-{steps[0]}", f"record/{steps[0]}"
    if root == "clause":
        return _of_clause(figures, steps[0])
    if root == "trajectory":
        _, region, variable, year = steps
        return equation_anchor(variable), f"{variable}/{region}/{year}"
    if root == "frontier":
        return _of_frontier(figures, steps)
    if root == "verdict" and steps:
        return _of_verdict(figures, steps)
    return _CHAPTERS.get(root), None


def equation_anchor(variable: str) -> str:
    """The row of the equation that gives a variable; the chapter where none gives it."""
    terms = read_glossary()
    told = (terms[variable].equation if variable in terms else None) or equation_of(variable)
    return "equations" if told is None else f"equation-{told.rpartition('.')[2]}"


def _of_frontier(figures: Figures, steps: list[str]) -> tuple[str | None, str | None]:
    """The clause whose end a number of a trade-off is."""
    axis = next((step for step in steps if step in ("x", "y")), None)
    if axis is None:
        return "frontier", None
    return _of_clause(figures, str(figures.beside.frontiers[int(steps[0])][axis]["clause"]))


def _of_verdict(figures: Figures, steps: list[str]) -> tuple[str | None, str | None]:
    part: Any = figures.run.verdict
    for step in steps[:-1]:
        part = part[int(step)] if isinstance(part, list) else part[step]
        clause = part.get("clause") or part.get("id") if isinstance(part, dict) else None
        if isinstance(clause, str) and clause in figures.clauses:
            return _of_clause(figures, clause)
        record = part.get("record") if isinstance(part, dict) else None
        if isinstance(record, str):
            return f"record-{record}", f"record/{record}"
    return _PARTS.get(steps[0]), None


def _of_clause(figures: Figures, clause: str) -> tuple[str | None, str | None]:
    active = figures.clauses.get(clause)
    if active is None:
        return f"clause-{clause}", None
    row = active.clause
    parts = [row.variable, row.region, *([str(row.year_to)] if row.year_to is not None else [])]
    return f"clause-{clause}", "/".join(parts)
