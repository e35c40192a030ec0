"""Questions to one engine about other numbers of the same programme, each from the same basis.

Few numbers differ from question to question, so that from the basis of a plan a solve without any objective takes a
fraction of the time that it takes to find the plan that misses least; that way is gone only where this one is unsure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.certificate import TOLERANCE, LinearSystem, check_float, clip, residual
from regmodel.feasibility.engine import POOL_TOLERANCE, Answer, Engine
from regmodel.feasibility.numbers import Case, prepare
from regmodel.scenario import Scenario

Array = NDArray[np.float64]
_NOTHING = np.empty(0)
_SLOPES = ("row_low_slope", "row_high_slope")


class Questions:
    """Asks an engine; ``kept`` plans and proofs of earlier answers are tried before each solve.

    The engine holds the numbers of the last question afterwards, and none of its plans and proofs is changed.
    """

    def __init__(self, case: Case, engine: Engine, kept: int) -> None:
        self.engine = engine
        self.kept = kept
        self.plans: list[Array] = []
        self.proofs: list[Array] = []
        self._slopes = {name: case.values[name] for name in _SLOPES}
        self._basis = engine.solver.highs.getBasis()
        self._near = False

    @contextmanager
    def near_one_another(self) -> Iterator[None]:
        """Inside, a question starts where the one before ended: quicker where they differ by little."""
        self.restart()
        self._near = True
        try:
            yield
        finally:
            self._near = False

    def restart(self) -> None:
        """Put the engine back to the basis of the first question."""
        self.engine.solver.highs.setBasis(self._basis)

    def values(self, scenario: Scenario) -> dict[str, Array]:
        """The parameters of a scenario of the same shape; how rows move with their clauses stays as in the case."""
        return {**prepare(scenario, slopes=False).values, **self._slopes}

    def of(self, scenario: Scenario) -> Answer:
        """The answer on another scenario of the same shape."""
        return self.ask(self.values(scenario))

    def ask(self, values: Mapping[str, Array], groups: set[str] | None = None) -> Answer:
        """The answer for some parameters, with only these groups held; undecided where nothing is certified."""
        self.engine.refill(values)
        if groups is not None:
            self.engine.hold(groups)
        rows = self.engine.system()
        known = self._known(rows)
        if known is not None:
            return known
        if not self._near:
            self.restart()
        answer = self._solved(rows)
        if answer.verdict == "feasible":
            self.plans = [*self.plans, answer.columns][-self.kept :]
        elif answer.verdict == "infeasible":
            self.proofs = [*self.proofs, answer.multipliers][-self.kept :]
        return answer

    def _known(self, rows: LinearSystem) -> Answer | None:
        for columns in self.plans[::-1]:
            worst = residual(columns, rows)
            if worst <= POOL_TOLERANCE:
                return Answer("feasible", columns, _NOTHING, worst, None)
        for multipliers in self.proofs[::-1]:
            signed = clip(multipliers, rows)
            checked = check_float(signed, rows)
            if checked.proved:
                return Answer("infeasible", _NOTHING, signed, None, checked)
        return None

    def _solved(self, rows: LinearSystem) -> Answer:
        solver = self.engine.solver
        solver.set_cost(np.zeros(len(rows.columns)))
        found = solver.solve()
        if found.status == "optimal":
            worst = residual(found.columns, rows)
            if worst <= TOLERANCE:
                return Answer("feasible", found.columns, _NOTHING, worst, None, found)
        elif len(found.multipliers) == len(rows.rows):
            for signed in (clip(found.multipliers, rows), clip(-found.multipliers, rows)):
                checked = check_float(signed, rows)
                if checked.proved:
                    return Answer("infeasible", _NOTHING, signed, None, checked, found)
        return self._by_least_miss()

    def _by_least_miss(self) -> Answer:
        """What the engine says by its own ways, without what it knows of other numbers."""
        engine = self.engine
        pool = engine.witnesses, engine.proofs
        engine.witnesses, engine.proofs = [], []
        try:
            return engine.decide()
        finally:
            engine.witnesses, engine.proofs = pool
