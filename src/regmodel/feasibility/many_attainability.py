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
from regmodel.feasibility.many_numbers import Parameters, row_places
from regmodel.feasibility.many_verdicts import Known, Told
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import RowNumbers
from regmodel.feasibility.support import Support, used_rows
from regmodel.vocabulary.many import each_of, stacked

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
DECIMALS = 3
FINER = PRECISION / 4
"""How near the share is sought at which a conflict ends, so that just below it the whole is asked far enough inside."""
PROOFS = 12
"""After so many conflicts, one below the other, what is left is halved."""


def shares(
    plans: Known, supports: Sequence[Support], case: Case, parameters: Parameters, scenarios: Integers
) -> list[float | None]:
    """Attainability of some scenarios of a case, all of them infeasible as asked; None where it stays undecided.

    Rounded to where it is determined.
    """
    found = _Asker(plans, case, parameters).shares(scenarios.tolist(), supports)
    return [None if share is None else round(share, DECIMALS) for share in found]


@dataclass(frozen=True)
class _One:
    """A scenario: its parameters, the numbers of its clause rows, and where the base year stands."""

    number: int
    parameters: Array
    rows: tuple[RowNumbers, ...]
    base: BaseLevels


@dataclass
class _Search:
    """Where the search for one scenario stands: no plan from the share ``missed`` on; conflicts not yet followed."""

    one: _One
    missed: float
    supports: Sequence[Support]


class _Asker:
    """Asks whether scenarios hold when every target is asked for at a share of its way."""

    def __init__(self, plans: Known, case: Case, parameters: Parameters) -> None:
        self.plans, self.case, self.parameters = plans, case, parameters
        self.screen = plans.screen
        count = parameters.count
        parts = [stacked([getattr(row, name) for row in case.rows]) for name in ("low", "high", "factor", "scale")]
        self.numbers = [each_of(part, count) for part in parts]
        self.places = row_places(self.screen.compiled)

    def shares(self, scenarios: Sequence[int], supports: Sequence[Support]) -> list[float | None]:
        """The largest share at which each holds, within the precision; None where a question stays open."""
        found: dict[int, float | None] = {}
        open_ones = [_Search(self._one(number), 1.0, supports) for number in scenarios]
        for _ in range(PROOFS):
            asked = []
            for search in open_ones:
                for support in search.supports:
                    search.missed = self._down_to(search.one, support, search.missed)
                if search.missed <= PRECISION:
                    found[search.one.number] = 0.0
                else:
                    asked.append(search)
            open_ones = []
            shares = [max(search.missed - PRECISION, PRECISION) for search in asked]
            for search, share, told in zip(asked, shares, self._held(asked, shares), strict=True):
                if told.verdict == "infeasible":
                    search.missed, search.supports = share, self._conflict(search.one, share, told)
                    open_ones.append(search)
                else:
                    found[search.one.number] = share if told.verdict == "feasible" else None
        for search in open_ones:
            found[search.one.number] = self._by_halves(search)
        return [found[number] for number in scenarios]

    def _by_halves(self, search: _Search) -> float | None:
        least, most = 0.0, search.missed
        while most - least > PRECISION:
            asked = PRECISION if least == 0.0 else (least + most) / 2
            (told,) = self._held([search], [asked])
            if told.verdict == "undecided":
                return None
            if told.verdict == "infeasible" and asked == PRECISION:
                return 0.0
            least, most = (asked, most) if told.verdict == "feasible" else (least, asked)
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

    def _held(self, searches: Sequence[_Search], shares: Sequence[float]) -> list[Told]:
        """Whether scenarios hold, each at a share."""
        if not searches:
            return []
        every = np.arange(len(self.case.rows))
        asked = [self._asked(search.one, share, every) for search, share in zip(searches, shares, strict=True)]
        differ = np.union1d(self.parameters.differ, self.places.ravel())
        values = np.stack([one[differ] for one in asked], axis=1)
        parameters = Parameters(self.parameters.first, differ, values, len(asked))
        return self.plans.decided(self.case, np.array([search.one.number for search in searches]), parameters)

    def _conflict(self, one: _One, share: float, told: Told) -> Sequence[Support]:
        """The conflict that shows that a scenario does not hold at a share."""
        if told.answer is None:
            return ()
        parameters = self._asked(one, share, np.arange(len(one.rows)))
        multipliers = told.answer.multipliers
        return [Support(self.screen.compiled, used_rows(multipliers), self.screen.clauses_of(multipliers), parameters)]

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
