"""Which numbers move the answer, and by how much: a bar for each, from its low to its high.

From a design that moves one number at a time the bars are what was found at its ends. From a sample they are the
effect of that number by a linear regression on all of them, with its error.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regmodel.batch.answers.named import title_of, unit_of
from regmodel.batch.answers.outputs import OUTPUTS, wrong_kind
from regmodel.batch.answers.regression import Fit, fitted
from regmodel.batch.answers.whole import Finished
from regmodel.batch.answers.wilson import LEVEL
from regmodel.batch.design import FACTORIAL, LATIN_HYPERCUBE, ONE_AT_A_TIME, RANDOM, SOBOL
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

REGRESSION = "regression"
REGRESSED = (LATIN_HYPERCUBE, RANDOM, SOBOL, FACTORIAL)
ASKED = Text("bars of what matters", "影响幅度条形图")


@dataclass(frozen=True)
class End:
    """One value of a number (printed unit) and what was found there; None where it was undecided."""

    value: float
    found: float | None
    verdict: str | None = None


@dataclass(frozen=True)
class Bar:
    """What one number does to the output between its low and its high.

    ``key`` is what a scenario file calls it; several numbers that move together stand under the first.
    ``between`` are the levels inside, where the design has any. ``error`` is half the interval of the swing and
    ``rank`` the standardised coefficient among ranks; both only from samples.
    """

    key: str
    title: Text
    unit: str
    low: End
    high: End
    between: tuple[End, ...] = ()
    error: float | None = None
    rank: float | None = None

    @property
    def swing(self) -> float | None:
        """What the output gains from the low to the high; None where either is undecided."""
        if self.low.found is None or self.high.found is None:
            return None
        return self.high.found - self.low.found

    def moves(self, centre: float | None) -> bool:
        """Whether anything found along it differs from the centre or from the rest; undecided values count as such."""
        return len({centre, self.low.found, self.high.found, *(end.found for end in self.between)}) > 1


@dataclass(frozen=True)
class Tornado:
    """The bars of one output, the longest first.

    ``centre`` is the output where everything stands in the middle: the scenario itself, or the mean of the sample.
    ``scenarios`` is how many the bars rest on and ``without`` how many of them lack the output. ``explained`` is the
    share of the variance that the regression explains (R²), ``explained_ranks`` the same among ranks.
    """

    output: str
    title: Text
    method: str
    centre: float | None
    bars: tuple[Bar, ...]
    scenarios: int
    without: int
    explained: float | None = None
    explained_ranks: float | None = None
    level: float = LEVEL

    def frame(self) -> pd.DataFrame:
        """One row a number, in the order of the bars."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "output": self.output,
                    "key": bar.key,
                    "unit": bar.unit,
                    "low": bar.low.value,
                    "high": bar.high.value,
                    "at_low": bar.low.found,
                    "at_high": bar.high.found,
                    "verdict_at_low": bar.low.verdict,
                    "verdict_at_high": bar.high.verdict,
                    "swing": bar.swing,
                    "error": bar.error,
                    "rank": bar.rank,
                }
                for bar in self.bars
            ]
        )

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "output": self.output,
            "method": self.method,
            "centre": self.centre,
            "scenarios": self.scenarios,
            "without": self.without,
            "explained": self.explained,
            "explained_ranks": self.explained_ranks,
            "level": self.level,
            "bars": [
                {
                    "key": bar.key,
                    "unit": bar.unit,
                    "low": vars(bar.low),
                    "high": vars(bar.high),
                    "between": [vars(end) for end in bar.between],
                    "swing": bar.swing,
                    "error": bar.error,
                    "rank": bar.rank,
                }
                for bar in self.bars
            ],
        }


def tornado(store: Finished, output: str, level: float = LEVEL) -> Tornado:
    """The bars of ``attainability`` or ``worst_margin``; raises InputProblems where the design gives none."""
    if store.kind == ONE_AT_A_TIME:
        return _one_at_a_time(store, output)
    if store.kind not in REGRESSED:
        raise wrong_kind(store, ASKED, (ONE_AT_A_TIME, *REGRESSED))
    return _of_sample(store, output, fitted(store, output, level), level)


def _one_at_a_time(store: Finished, output: str) -> Tornado:
    """The first scenario is the one that all others leave in one number."""
    store.check_order()
    keys = [factor.parts[0].key for factor in store.read.factors]
    rows = store.frame(["verdict", output, *dict.fromkeys(keys)])
    found = [None if math.isnan(value) else float(value) for value in rows[output].astype(float)]
    verdicts = [str(verdict) for verdict in rows["verdict"]]
    bars, place = [], 1
    for factor, key in zip(store.read.factors, keys, strict=True):
        ends = []
        for row in range(place, place + factor.levels):
            ends.append(End(float(rows[key].iloc[row]), found[row], verdicts[row]))
        ends.sort(key=lambda end: end.value)
        place += factor.levels
        bars.append(_bar(store, key, ends[0], ends[-1], tuple(ends[1:-1])))
    return Tornado(
        output, OUTPUTS[output], ONE_AT_A_TIME, found[0], _longest(bars), len(rows), sum(one is None for one in found)
    )


def _of_sample(store: Finished, output: str, fit: Fit, level: float) -> Tornado:
    bars = []
    for number, key in enumerate(fit.keys):
        low, high = (End(end, fit.at(number, share)) for share, end in enumerate(fit.ends[number]))
        bars.append(_bar(store, key, low, high, (), fit.errors[number], fit.ranks[number]))
    return Tornado(
        output,
        OUTPUTS[output],
        REGRESSION,
        fit.mean,
        _longest(bars),
        fit.scenarios,
        fit.without,
        fit.explained,
        fit.explained_ranks,
        level,
    )


def _bar(
    store: Finished,
    key: str,
    low: End,
    high: End,
    between: tuple[End, ...],
    error: float | None = None,
    rank: float | None = None,
) -> Bar:
    scenario = store.read.scenario
    return Bar(key, title_of(scenario, key), unit_of(scenario, key), low, high, between, error, rank)


def _longest(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """The longest bar first; those without a length last."""
    return tuple(sorted(bars, key=lambda bar: (-abs(bar.swing) if bar.swing is not None else 1.0, bar.key)))
