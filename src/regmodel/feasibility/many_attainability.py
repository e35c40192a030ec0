"""Attainability of many infeasible scenarios: the same question and the same halving as for one, screened first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.attainability import PRECISION, BaseLevels, asked_at
from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.row_numbers import RowNumbers
from regmodel.feasibility.screening import Screen, Witness
from regmodel.feasibility.support import Support
from regmodel.vocabulary.many import each_of, stacked

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
ENDS = ("row_low", "row_high", "row_factor")
DECIMALS = 3
QUICKLY_SOLVED = 5000


@dataclass
class _Range:
    """What is known of a scenario: held at ``least``, not held at ``most``; None once a question stays open."""

    least: float
    most: float
    open: bool = True


def shares(
    screen: Screen,
    case: Case,
    parameters: Parameters,
    scenarios: Integers,
    witnesses: Sequence[Witness],
    supports: Sequence[Support],
) -> list[float | None]:
    """Attainability of some scenarios of a case, all of them infeasible as asked; None where it stays undecided.

    Rounded to where it is determined.
    """
    asker = _Asker(screen, case, parameters, scenarios, witnesses, supports)
    known = [_Range(PRECISION, 1.0) for _ in scenarios]
    told = asker.held([PRECISION] * len(scenarios), list(range(len(scenarios))))
    for place, held in enumerate(told):
        if not held:
            known[place] = _Range(0.0 if held is False else np.nan, 0.0, open=False)
    while asking := [place for place, one in enumerate(known) if one.open and one.most - one.least > PRECISION]:
        middles = [(known[place].least + known[place].most) / 2 for place in asking]
        for place, middle, held in zip(asking, middles, asker.held(middles, asking), strict=True):
            if held is None:
                known[place] = _Range(np.nan, 0.0, open=False)
            elif held:
                known[place].least = middle
            else:
                known[place].most = middle
    return [None if np.isnan(one.least) else round(one.least, DECIMALS) for one in known]


class _Asker:
    """Asks whether scenarios hold when every target is asked for at a share of its way."""

    def __init__(
        self,
        screen: Screen,
        case: Case,
        parameters: Parameters,
        scenarios: Integers,
        witnesses: Sequence[Witness],
        supports: Sequence[Support],
    ) -> None:
        self.screen, self.case, self.parameters, self.scenarios = screen, case, parameters, scenarios
        # Where a solve takes milliseconds, carrying plans over takes longer.
        self.witnesses = witnesses if len(screen.compiled.rows) > QUICKLY_SOLVED else ()
        self.supports = supports
        count = parameters.count
        parts = [stacked([getattr(row, name) for row in case.rows]) for name in ("low", "high", "factor", "scale")]
        self.numbers = [each_of(part, count) for part in parts]
        self.places = self._places()
        self.levels = [self._base(int(scenario)) for scenario in scenarios]

    def _places(self) -> Integers:
        """Where the ends and factors of rows stand among the parameters."""
        found, start = [], 0
        for name, length in self.screen.compiled.parameters:
            if name in ENDS:
                found.append((ENDS.index(name), np.arange(start, start + length)))
            start += length
        return np.concatenate([places for _, places in sorted(found, key=lambda one: one[0])])

    def _base(self, scenario: int) -> BaseLevels:
        values = {
            name: each_of(value[:, :1], self.parameters.count)[:, :, scenario]
            for name, value in self.case.projection.values.items()
        }
        return BaseLevels(replace(self.case, projection=replace(self.case.projection, values=values)))

    def _asked(self, place: int, share: float) -> Array:
        scenario = int(self.scenarios[place])
        low, high, factor, scale = (numbers[:, scenario].tolist() for numbers in self.numbers)
        rows = [
            asked_at(
                share, row, RowNumbers(low[number], high[number], factor[number], scale[number]), self.levels[place]
            )
            for number, row in enumerate(self.case.shape.rows)
        ]
        return np.array([[row.low for row in rows], [row.high for row in rows], [row.factor for row in rows]]).ravel()

    def held(self, asked: Sequence[float], places: Sequence[int]) -> list[bool | None]:
        """Whether scenarios (by place in the list) hold at shares; None where nothing is certified."""
        scenarios = self.scenarios[np.array(places, dtype=int)]
        count = len(scenarios)
        every = np.stack([self.parameters.of(int(scenario)) for scenario in scenarios], axis=1)
        for column, (share, place) in enumerate(zip(asked, places, strict=True)):
            every[self.places, column] = self._asked(place, share)
        differ = np.flatnonzero((every != every[:, :1]).any(axis=1))
        parameters = Parameters(every[:, 0], differ, every[differ], count)
        told: list[bool | None] = []
        holding = self.screen.holding_of(self.case, scenarios, parameters, self.witnesses)
        for column in range(count):
            if holding[column]:
                told.append(True)
            elif self.screen.proved(parameters, column, self.supports) is not None:
                told.append(False)
            else:
                verdict = self.screen.solved(parameters, column).verdict
                told.append(None if verdict == "undecided" else verdict == "feasible")
        return told
