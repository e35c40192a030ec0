"""Verdicts of many scenarios at once: earlier plans and proofs carried over to their numbers, and checked there.

What neither decides is solved by itself. Every answer depends on the scenario's own numbers and on what is in the pool,
and on no other scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from highspy import HighsBasis
from numpy.typing import NDArray

from regmodel.feasibility.clause_groups import clause_positions, grouped
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.following import Walk
from regmodel.feasibility.many_numbers import ManyNumbers, Parameters, parameters_of
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.patching import Patcher
from regmodel.feasibility.policies import Order, carried, paces, references, shifts
from regmodel.feasibility.support import Support, used_rows
from regmodel.vocabulary.many import how_many

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
NUMBERS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Witness:
    """A plan (column) with what its decisions were made on."""

    plan: Array
    size: Array
    shift: Array


class Block:
    """The numbers of some scenarios, and what decisions are made on in them."""

    def __init__(self, numbers: ManyNumbers, sizes: Array, shifted: Array, pace: Array) -> None:
        self.numbers, self.sizes, self.shifted, self.pace = numbers, sizes, shifted, pace
        every = np.arange(len(numbers.compiled.rows))
        self.low, self.high = numbers.low.each(every), numbers.high.each(every)

    def only(self, scenarios: Integers) -> Block:
        """Some of the scenarios."""
        part = object.__new__(Block)
        part.numbers = self.numbers.only(scenarios)
        part.sizes, part.shifted, part.pace, part.low, part.high = (
            np.take(one, scenarios, axis=1) for one in (self.sizes, self.shifted, self.pace, self.low, self.high)
        )
        return part


class Screen:
    """Screens scenarios of one shape; ``engine`` solves what is left, always from the basis that it has now."""

    def __init__(self, case: Case, engine: Engine) -> None:
        self.case, self.engine = case, engine
        self.compiled = engine.compiled
        self.order = Order(self.compiled, case.shape)
        self.clause_rows = clause_positions(self.compiled)
        self.groups: Mapping[str, Integers] = grouped(case.shape, self.compiled)
        self._basis = engine.solver.highs.getBasis()
        self._slopes = {name: case.values[name] for name in ("row_low_slope", "row_high_slope")}
        self.patcher = Patcher(self.compiled, case.shape, None)
        self._starts: dict[tuple[tuple[str, ...], bytes], HighsBasis] = {}
        self._whole: tuple[Case, tuple[Array, Array, Array]] | None = None

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
        return self.some(case, np.arange(parameters.count), parameters)

    def some(self, case: Case, scenarios: Integers, parameters: Parameters) -> Iterator[tuple[Integers, Block]]:
        """As ``blocks`` for some of the scenarios of a case; the parameters are those of these scenarios."""
        most = max(16, NUMBERS_AT_ONCE // len(self.compiled.rows))
        whole = self._decided_on(case)
        for start in range(0, parameters.count, most):
            these = np.arange(start, min(start + most, parameters.count))
            of_these = (np.take(one, scenarios[these], axis=1) for one in whole)
            yield these, Block(ManyNumbers(self.compiled, parameters.only(these)), *of_these)

    def _decided_on(self, case: Case) -> tuple[Array, Array, Array]:
        """What decisions are made on in all scenarios of a case; that of the last case is kept."""
        if self._whole is None or self._whole[0] is not case:
            count = how_many(*case.values.values()) or 1
            found = references(case, self.order, count), shifts(case, self.order, count), paces(case, count)
            self._whole = case, found
        return self._whole[1]

    def free(self, kept: set[str] | None) -> Integers | None:
        """The rows that are free where only these groups are kept; None where all are."""
        if kept is None:
            return None
        return np.concatenate([[], *(rows for name, rows in self.groups.items() if name not in kept)]).astype(np.int64)

    def witness(self, plan: Array) -> Witness:
        """A plan of the first case as something to carry over."""
        size, shift = references(self.case, self.order, 1)[:, 0], shifts(self.case, self.order, 1)[:, 0]
        return Witness(plan, size, shift)

    def followed(self, many: Block, witness: Witness) -> Array:
        """The plans (column, scenario) that a witness makes of the scenarios."""
        plans = carried(witness.plan, witness.size, witness.shift, many.sizes, many.shifted)
        with np.errstate(all="ignore"):
            Walk(self.order, many.numbers, many.pace).follow(plans)
        return plans

    def breaches(self, many: Block, plans: Array) -> tuple[Array, Array]:
        """How far plans are from holding: by row and scenario, and of any column's bounds by scenario (absolute)."""
        taken = many.numbers.rows(plans)
        rows = many.low - taken
        np.subtract(taken, many.high, out=taken)
        np.maximum(rows, taken, out=rows)
        low, high = self.compiled.column_low[:, None], self.compiled.column_high[:, None]
        columns = np.maximum(low - plans, plans - high).max(axis=0, initial=0.0)
        unusable = ~np.isfinite(plans).all(axis=0)
        rows[:, unusable], columns[unusable] = np.inf, np.inf
        return rows, columns

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
