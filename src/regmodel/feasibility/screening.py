"""Verdicts of many scenarios at once: earlier plans and proofs carried over to their numbers, and checked there.

What neither decides is solved by itself. Every answer depends on the scenario's own numbers and on what is in the pool,
and on no other scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from highspy import HighsBasis
from numpy.typing import NDArray

from regmodel.feasibility.checking import Block, Check
from regmodel.feasibility.clause_groups import clause_positions, grouped
from regmodel.feasibility.decided_on import Given, Sizes, Witness, carried
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.following import Walk
from regmodel.feasibility.many_numbers import ManyMaps, Parameters, parameters_of
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.patching import Patcher
from regmodel.feasibility.policies import Order
from regmodel.feasibility.support import Support, used_rows
from regmodel.vocabulary.many import how_many

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
NUMBERS_AT_ONCE = 3_000_000


class Screen:
    """Screens scenarios of one shape; ``engine`` solves what is left, always from the basis that it has now."""

    def __init__(self, case: Case, engine: Engine) -> None:
        self.case, self.engine = case, engine
        self.compiled = engine.compiled
        self.order = Order(self.compiled, case.shape)
        self.sizes = Sizes(self.order, tuple(case.paths.regions.ids()))
        self.check = Check(self.order)
        self.clause_rows = clause_positions(self.compiled)
        self.groups: Mapping[str, Integers] = grouped(case.shape, self.compiled)
        self._basis = engine.solver.highs.getBasis()
        self._slopes = {name: case.values[name] for name in ("row_low_slope", "row_high_slope")}
        self.patcher = Patcher(self.compiled, case.shape, None)
        self._starts: dict[tuple[tuple[str, ...], bytes], HighsBasis] = {}
        self._given: tuple[Case, Given] | None = None

    def stand(self, answer: Answer) -> None:
        """Solve from the basis that the engine has now, with which it gave this answer to the first case."""
        self._basis = self.engine.solver.highs.getBasis()
        feasible = answer.verdict == "feasible"
        start = (answer.columns, self.compiled.vector(self.case.values)) if feasible else None
        self.patcher = Patcher(self.compiled, self.case.shape, start)

    def parameters(self, case: Case, count: int) -> Parameters:
        """The parameters of a case of many scenarios; how rows move with their clauses stays as in the first case."""
        return parameters_of(self.compiled, {**case.values, **self._slopes}, count)

    def blocks(self, case: Case, parameters: Parameters) -> Iterator[tuple[Integers, Block]]:
        """The scenarios of a case in parts small enough for memory."""
        return self.some(case, np.arange(parameters.count), parameters, [None] * parameters.count)

    def some(
        self, case: Case, scenarios: Integers, parameters: Parameters, free: Sequence[Integers | None]
    ) -> Iterator[tuple[Integers, Block]]:
        """As ``blocks`` for some of the scenarios of a case; parameters and free rows are those of these scenarios."""
        most = max(16, NUMBERS_AT_ONCE // len(self.compiled.rows))
        given, maps = self.given(case, scenarios), ManyMaps(self.compiled, parameters)
        for start in range(0, parameters.count, most):
            these = np.arange(start, min(start + most, parameters.count))
            numbers = maps.of(parameters.values[:, start : start + most])
            yield these, Block(numbers, self.sizes.of(given, scenarios[these]), free[start : start + most])

    def given(self, case: Case, scenarios: Integers) -> Given:
        """What decisions of a case are made on; that of the last case is kept."""
        # Scenarios that differ in nothing that the programme reads do not say how many they are.
        count = how_many(*case.values.values()) or int(scenarios.max(initial=0)) + 1
        if self._given is None or self._given[0] is not case or self._given[1].count != count:
            self._given = case, Given(case, count)
        return self._given[1]

    def free(self, kept: set[str] | None) -> Integers | None:
        """The rows that are free where only these groups are kept; None where all are."""
        if kept is None:
            return None
        return np.concatenate([[], *(rows for name, rows in self.groups.items() if name not in kept)]).astype(np.int64)

    def witness(self, plan: Array) -> Witness:
        """A plan of the first case as something to carry over."""
        return self.sizes.witness(plan, Given(self.case, 1), 0)

    def followed(self, many: Block, witness: Witness) -> Array:
        """The plans (column, scenario) that a witness makes of the scenarios, distances from the trend left out."""
        plans = carried(witness, many.decided_on)
        with np.errstate(all="ignore"):
            Walk(self.order, many.numbers, many.decided_on.pace).follow(plans)
        return plans

    def measured(self, many: Block, plans: Array) -> Array:
        """The plans with their distances from the trend, put in place."""
        with np.errstate(all="ignore"):
            Walk(self.order, many.numbers, many.decided_on.pace).measure(plans)
        return plans

    def proved(self, parameters: Parameters, scenario: int, supports: Iterable[Support]) -> Support | None:
        """The first of the supports whose rows have no plan in a scenario."""
        numbers = parameters.of(scenario)
        return next((support for support in supports if support.proof(numbers) is not None), None)

    def solved(
        self, parameters: Parameters, scenario: int, groups: set[str] | None = None, basis: HighsBasis | None = None
    ) -> Answer:
        """The engine's own answer for one scenario, without its pool, from a basis or from that of the first case."""
        engine = self.engine
        engine.witnesses, engine.proofs = [], []
        engine.solver.refill(parameters.of(scenario))
        engine.low, engine.high = engine.solver.low.copy(), engine.solver.high.copy()
        if groups is not None:
            engine.hold(groups)
        answer = engine.decide_from(self._basis if basis is None else basis)
        engine.witnesses, engine.proofs = [], []
        return answer

    def start_without(self, support: Support) -> HighsBasis:
        """The basis at the numbers of a known conflict without its first clause: near to what is asked without it."""
        mark = (support.clauses, support.parameters.tobytes())
        if mark not in self._starts:
            alone = Parameters(support.parameters, np.empty(0, dtype=np.int64), np.empty((0, 1)), 1)
            self.solved(alone, 0, set(self.groups) - {support.clauses[0]})
            self._starts[mark] = self.engine.solver.highs.getBasis()
        return self._starts[mark]

    def shrunk(self, parameters: Array, multipliers: Array) -> tuple[str, ...]:
        """Clauses of a proof that cannot hold together: those go without which its own rows still have no plan."""
        rows, kept = used_rows(multipliers), self.clauses_of(multipliers)
        for name in kept:
            fewer = np.setdiff1d(rows, self.groups[name])
            rest = tuple(one for one in kept if one != name)
            if len(fewer) and Support(self.compiled, fewer, rest, parameters).proof(parameters) is not None:
                rows, kept = fewer, rest
        return kept

    def clauses_of(self, multipliers: Array) -> tuple[str, ...]:
        """The clauses whose rows carry a multiplier."""
        return tuple(sorted(name for name, rows in self.groups.items() if np.any(multipliers[rows])))
