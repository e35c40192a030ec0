"""A linear regression of an output on where each number of a design stands in its range; and the same among ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.answers.basis import PROBABILITIES, counted_rows, detailed_rows
from regmodel.batch.answers.outputs import DETAILED, OUTPUTS, refused
from regmodel.batch.answers.whole import Finished
from regmodel.batch.answers.wilson import deviations
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
SPARE = 10
"""So many scenarios more than numbers are needed: with fewer a line fits whatever there is."""
_MORE = Text(
    "give the design a larger count (or more details), or let fewer numbers vary",
    "请增大设计的 count（或 details），或减少变动项",
)


@dataclass(frozen=True)
class Fit:
    """What a regression found for each number: its effect from low to high, the error of that, and among ranks.

    ``ends`` are the low and the high of each number in its printed unit. ``centres`` is where its mean lies between
    them (0 to 1), and ``mean`` the mean of the output.
    """

    keys: tuple[str, ...]
    ends: tuple[tuple[float, float], ...]
    effects: Array
    centres: Array
    mean: float
    errors: tuple[float | None, ...]
    ranks: tuple[float | None, ...]
    explained: float | None
    explained_ranks: float | None
    scenarios: int
    without: int

    def at(self, number: int, share: float) -> float:
        """The output with one number at a share of its range, everything else at its mean."""
        return float(self.mean + (share - self.centres[number]) * self.effects[number])


def fitted(store: Finished, output: str, level: float) -> Fit:
    """Regress an output of a store on everything that the design varies; raises InputProblems where that says nothing.

    Scenarios that were asked and are without the output are left out and counted.
    """
    factors = store.read.factors
    keys = tuple(factor.parts[0].key for factor in factors)
    asked = detailed_rows(store) if output in DETAILED else counted_rows(store)
    rows = store.frame([output, *keys]).iloc[asked]
    values = rows[output].to_numpy(dtype=np.float64)
    known = np.isfinite(values)
    ends = tuple((factor.parts[0].distribution.low, factor.parts[0].distribution.high) for factor in factors)
    least = len(keys) + (SPARE if store.kind in PROBABILITIES else 1)
    if known.sum() < least:
        raise refused(
            store,
            Text(f"{known.sum()} scenarios for {len(keys)} numbers", f"{len(keys)} 个变动项仅有 {known.sum()} 个情景"),
            Text(
                f"at least {least} scenarios with {OUTPUTS[output].en}",
                f"至少 {least} 个具有{OUTPUTS[output].zh}的情景",
            ),
            _MORE,
            "B-44",
        )
    low, high = np.array(ends).T
    places = (rows[list(keys)].to_numpy(dtype=np.float64)[known] - low) / (high - low)
    effects, variances, explained = regressed(places, values[known])
    ranks, _, explained_ranks = regressed(_standard(_ranked(places)), _standard(_ranked(values[known][:, None]))[:, 0])
    wide = deviations(level)
    sampled = store.kind in PROBABILITIES
    return Fit(
        keys=keys,
        ends=ends,
        effects=effects,
        centres=places.mean(axis=0),
        mean=float(values[known].mean()),
        errors=tuple(float(wide * np.sqrt(one)) if sampled else None for one in variances),
        ranks=tuple(float(one) for one in ranks),
        explained=explained,
        explained_ranks=explained_ranks,
        scenarios=len(rows),
        without=int((~known).sum()),
    )


def regressed(places: Array, values: Array) -> tuple[Array, Array, float | None]:
    """Coefficients of the columns, the variance of each, and the share of the variance explained (None: none there).

    Variances hold also where the spread about the line differs from place to place (White's, with the correction for
    the numbers fitted). A column that does not vary has no effect.
    """
    centred = places - places.mean(axis=0)
    target = values - values.mean()
    inverse = np.linalg.pinv(centred.T @ centred, hermitian=True)
    effects = inverse @ (centred.T @ target)
    left = target - centred @ effects
    spare = len(values) - places.shape[1] - 1
    spread = centred * left[:, None]
    variances = np.diag(inverse @ (spread.T @ spread) @ inverse) * len(values) / max(spare, 1)
    whole = float(target @ target)
    return effects, np.maximum(variances, 0.0), None if whole == 0 else 1 - float(left @ left) / whole


def _ranked(columns: Array) -> Array:
    from scipy.stats import rankdata

    return np.asarray(rankdata(columns, axis=0), dtype=np.float64)


def _standard(columns: Array) -> Array:
    spread = columns.std(axis=0)
    standard: Array = (columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return standard
