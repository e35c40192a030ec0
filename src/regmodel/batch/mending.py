"""The smallest change of one clause that lets an infeasible sample hold, as columns of a table."""

from __future__ import annotations

from typing import Any

from regmodel.feasibility.many_repairs import Mended

NONE = "none"


def columns(found: Mended) -> dict[str, Any]:
    """The ``repair`` columns of a sample.

    ``repair`` is what a scenario sets to apply the change, or ``none`` where it is shown that no change of a single
    clause suffices; nothing is told where neither was found.
    """
    change = found.change
    if change is None:
        return {"repair": NONE} if found.hopeless else {}
    return {
        "repair": "; ".join(f"{key} = {value!r}" for key, value in change.override.items()),
        "repair_clause": change.clause,
        "repair_from": change.start,
        "repair_to": change.end,
        "repair_unit": change.unit,
    }
