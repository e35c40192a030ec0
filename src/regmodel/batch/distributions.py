"""Named distributions, each given by where a share of its mass lies (the inverse of its cumulative distribution)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SPREAD = 4.0
"""Without a standard deviation of its own a range counts as so many of them."""


@dataclass(frozen=True)
class Distribution:
    """A number that varies between ``low`` and ``high``; ``mode``, ``mean`` and ``sd`` shape it.

    With ``values`` it takes one of them, each as often as the others.
    """

    name: str
    low: float
    high: float
    mode: float = 0.0
    mean: float = 0.0
    sd: float = 1.0
    values: tuple[float, ...] = ()

    def at(self, share: Array) -> Array:
        """The value below which a share (0 to 1) of the mass lies; never outside low and high."""
        if self.values:
            places = np.minimum((share * len(self.values)).astype(np.int64), len(self.values) - 1)
            return np.asarray(self.values, dtype=np.float64)[places]
        return np.clip(QUANTILES[self.name](self, np.asarray(share, dtype=np.float64)), self.low, self.high)

    def levels(self, count: int) -> tuple[float, ...]:
        """So many values from low to high at even distances; those of a list as they stand."""
        if self.values:
            return self.values
        return tuple(float(value) for value in np.linspace(self.low, self.high, count))


def _uniform(what: Distribution, share: Array) -> Array:
    return what.low + share * (what.high - what.low)


def _loguniform(what: Distribution, share: Array) -> Array:
    raised: Array = np.exp(np.log(what.low) + share * (np.log(what.high) - np.log(what.low)))
    return raised


def _triangular(what: Distribution, share: Array) -> Array:
    width, left = what.high - what.low, what.mode - what.low
    rising = what.low + np.sqrt(share * width * left)
    falling = what.high - np.sqrt((1 - share) * width * (width - left))
    chosen: Array = np.where(share * width < left, rising, falling)
    return chosen


def _normal(what: Distribution, share: Array) -> Array:
    return _cut_normal(what.low, what.high, what.mean, what.sd, share)


def _lognormal(what: Distribution, share: Array) -> Array:
    """Normal in logarithms: ``mean`` is the median and ``sd`` the relative spread about it."""
    raised: Array = np.exp(_cut_normal(np.log(what.low), np.log(what.high), np.log(what.mean), what.sd, share))
    return raised


def _cut_normal(low: float, high: float, mean: float, sd: float, share: Array) -> Array:
    """A normal distribution of which only the part between low and high is kept."""
    from scipy.special import ndtr, ndtri

    below, above = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    found: Array = mean + sd * ndtri(below + share * (above - below))
    return found


QUANTILES: Mapping[str, Callable[[Distribution, Array], Array]] = {
    "uniform": _uniform,
    "loguniform": _loguniform,
    "triangular": _triangular,
    "normal": _normal,
    "lognormal": _lognormal,
}
NAMES = tuple(QUANTILES)
POSITIVE = ("loguniform", "lognormal")
"""Distributions of logarithms, which have no zero."""
