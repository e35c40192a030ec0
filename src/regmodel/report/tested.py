"""Which clauses a run tests, and who asks for them: a plan, a regulation, or the model's own assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.figures import Figures
from regmodel.report.labels import TESTED

# The order in which clauses are listed.
ORIGINS = ("plan", "regulation", "assumed")


def is_tested(entry: Mapping[str, Any]) -> bool:
    """Whether the programme has a row for a clause and the clause is in force."""
    return entry["status"] in TESTED and entry.get("use", "programme") == "programme"


def origin_of(figures: Figures, clause: str) -> str:
    """Who asks for a clause, one of ORIGINS: a plan, a regulation, or nobody but the model's own assumptions."""
    active = figures.clauses.get(clause)
    if active is not None and active.clause.document is not None and active.clause.document.plan:
        return "plan"
    return "assumed" if active is not None and active.clause.assumed else "regulation"
