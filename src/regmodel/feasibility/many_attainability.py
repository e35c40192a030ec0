"""Attainability of many infeasible scenarios: the question of one scenario, answered from above by its conflicts.

The rows of a conflict are a small programme, which says in milliseconds down to which share of the targets the conflict
stays. Just below that share the whole is solved: where it holds, the share is found; where it does not, its proof is
one more small programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.attainability import PRECISION, BaseLevels, asked_at
from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import RowNumbers
from regmodel.feasibility.screening import Screen
from regmodel.feasibility.support import Support, used_rows
from regmodel.vocabulary.many import each_of, stacked

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
ENDS = ("row_low", "row_high", "row_factor")
DECIMALS = 3
FINER = PRECISION / 4
"""How near the share is sought at which a conflict ends, so that just below it the whole is asked far enough inside."""
PROOFS = 12
"""After so many conflicts, one below the other, what is left is halved."""


def shares(
    screen: Screen, case: Case, parameters: Parameters, scenarios: Integers, supports: Sequence[Support]
) -> list[float | None]:
    """Attainability of some scenarios of a case, all of them infeasible as asked; None where it stays undecided.

    Rounded to where it is determined.
    """
    asker = _Asker(screen, case, parameters)
    found = [asker.share(scenario, supports) for scenario in scenarios.tolist()]
    return [None if share is None else round(share, DECIMALS) for share in found]


@dataclass(frozen=True)
class _One:
    """A scenario: its parameters, the numbers of its clause rows, and where the base year stands."""

    number: int
    parameters: Array
    rows: tuple[RowNumbers, ...]
    base: BaseLevels


class _Asker:
    """Asks whether scenarios hold when every target is asked for at a share of its way."""

    def __init__(self, screen: Screen, case: Case, parameters: Parameters) -> None:
        self.screen, self.case, self.parameters = screen, case, parameters
        count = parameters.count
        parts = [stacked([getattr(row, name) for row in case.rows]) for name in ("low", "high", "factor", "scale")]
        self.numbers = [each_of(part, count) for part in parts]
        self.places = self._places()

    def share(self, number: int, supports: Sequence[Support]) -> float | None:
        """The largest share at which a scenario holds, within the precision; None where a question stays open."""
        one, known, missed = self._one(number), list(supports), 1.0
        for _ in range(PROOFS):
            for support in known:
                missed = self._down_to(one, support, missed)
            if missed <= PRECISION:
                return 0.0
            asked = max(missed - PRECISION, PRECISION)
            held, conflict = self._held(one, asked)
            if held is None or held:
                return None if held is None else asked
            missed, known = asked, [] if conflict is None else [conflict]
        return self._by_halves(one, missed)

    def _by_halves(self, one: _One, missed: float) -> float | None:
        held: bool | None
        least, most = 0.0, missed
        while most - least > PRECISION:
            asked = PRECISION if least == 0.0 else (least + most) / 2
            held, _ = self._held(one, asked)
            if held is None:
                return None
            if not held and asked == PRECISION:
                return 0.0
            least, most = (asked, most) if held else (least, asked)
        return least

    def _down_to(self, one: _One, support: Support, missed: float) -> float:
        """The least share down to which a conflict is known to stay, or ``missed`` where it does not go below."""
        rows = np.flatnonzero(np.isin(self.screen.clause_rows, support.rows))
        held, asked = 0.0, missed - FINER
        while missed - held > FINER:
            if support.proof(self._asked(one, asked, rows)) is None:
                held = asked
            else:
                missed = asked
            asked = (held + missed) / 2
        return missed

    def _held(self, one: _One, share: float) -> tuple[bool | None, Support | None]:
        """Whether a scenario holds at a share, None where nothing is certified; and the conflict where it does not."""
        parameters = self._asked(one, share, np.arange(len(one.rows)))
        answer = self.screen.solved(_alone(parameters), 0)
        if answer.verdict != "infeasible":
            return (True if answer.verdict == "feasible" else None), None
        clauses = self.screen.clauses_of(answer.multipliers)
        return False, Support(self.screen.compiled, used_rows(answer.multipliers), clauses, parameters)

    def _places(self) -> Integers:
        """Where the ends and factors of rows stand among the parameters, by kind and row."""
        found, start = {}, 0
        for name, length in self.screen.compiled.parameters:
            if name in ENDS:
                found[name] = np.arange(start, start + length)
            start += length
        return np.stack([found[name] for name in ENDS])

    def _one(self, number: int) -> _One:
        values = {
            name: each_of(value[:, :1], self.parameters.count)[:, :, number]
            for name, value in self.case.projection.values.items()
        }
        base = BaseLevels(replace(self.case, projection=replace(self.case.projection, values=values)))
        low, high, factor, scale = (numbers[:, number].tolist() for numbers in self.numbers)
        rows = tuple(RowNumbers(*parts) for parts in zip(low, high, factor, scale, strict=True))
        return _One(number, self.parameters.of(number), rows, base)

    def _asked(self, one: _One, share: float, rows: Integers) -> Array:
        """The parameters with some clause rows asked for at a share; the others as they stand."""
        parameters = one.parameters.copy()
        for row in rows.tolist():
            asked = asked_at(share, self.case.shape.rows[row], one.rows[row], one.base)
            parameters[self.places[:, row]] = asked.low, asked.high, asked.factor
        return parameters


def _alone(parameters: Array) -> Parameters:
    """The parameters of one scenario as those of many."""
    return Parameters(parameters, np.empty(0, dtype=np.int64), np.empty((0, 1)), 1)
