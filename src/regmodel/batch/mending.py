"""The smallest change of one clause that lets an infeasible scenario hold: a search of its own for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regmodel.feasibility.allowance import Work
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.repairs import smallest_alone
from regmodel.scenario import Scenario

MENDED = 20
"""Of a design without a word on it so many scenarios are asked: one takes seconds, a verdict milliseconds."""
WORK = 1e9
"""Most work for one scenario, in steps of the solver times rows: about half a minute of the shipped regions."""
NONE = "none"


class Mender:
    """Asks scenarios of one shape, each from nothing, on an engine that nothing else uses: in any order the same."""

    def __init__(self, case: Case) -> None:
        self.engine = engine_for(case)
        self.engine.solver.safe_only = False

    def columns(self, scenario: Scenario, conflict: Sequence[str]) -> dict[str, Any]:
        """The ``repair`` columns of a scenario with this conflict.

        Whatever mends it has to give way in the conflict, so that its clauses are all that are asked. ``repair`` is
        what a scenario sets to apply the change, or ``none`` where it is shown that no single one of them
        suffices; nothing is told where neither was found.
        """
        engine = self.engine
        engine.witnesses, engine.proofs = [], []
        engine.solver.forget()
        found, hopeless = smallest_alone(prepare(scenario), engine, conflict, Work(engine.solver, WORK))
        if found is None:
            return {"repair": NONE} if hopeless else {}
        first = found.changes[0]
        sets = [f"{key} = {value!r}" for change in found.changes for key, value in change.override.items()]
        return {
            "repair": "; ".join(sets),
            "repair_clause": first.clause,
            "repair_from": first.start,
            "repair_to": first.end,
            "repair_unit": first.unit,
        }
