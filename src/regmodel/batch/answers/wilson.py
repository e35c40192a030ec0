"""How sure a share of scenarios is: Wilson's interval, and scenarios that nothing decided counted either way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """Of ``of`` scenarios, ``holds`` do for certain and ``unknown`` may: they are counted as both.

    ``low`` and ``high`` are the share without and with them. ``error_low`` and ``error_high`` are the ends of the
    interval of the share at ``level``, sampling and the unknown together; None where the scenarios are no sample of
    anything.
    """

    holds: int
    unknown: int
    of: int
    low: float | None
    high: float | None
    error_low: float | None
    error_high: float | None
    level: float = LEVEL

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        return dict(vars(self))


def estimate(holds: int, unknown: int, of: int, *, sampled: bool, level: float = LEVEL) -> Estimate:
    """The share of ``of`` scenarios in which something holds; without scenarios there is none."""
    if not 0 <= holds <= holds + unknown <= of:
        raise ValueError(f"{holds} and {unknown} of {of} scenarios")
    if of == 0:
        return Estimate(holds, unknown, of, None, None, None, None, level)
    low, high = holds / of, (holds + unknown) / of
    if not sampled:
        return Estimate(holds, unknown, of, low, high, None, None, level)
    return Estimate(
        holds, unknown, of, low, high, wilson(holds, of, level)[0], wilson(holds + unknown, of, level)[1], level
    )


def wilson(holds: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a share; it never leaves 0 to 1, and says something about none of many too."""
    wide = deviations(level)
    share, weight = holds / of, wide * wide / of
    middle = (share + weight / 2) / (1 + weight)
    half = wide / (1 + weight) * math.sqrt(share * (1 - share) / of + weight / (4 * of))
    low = 0.0 if holds == 0 else middle - half
    high = 1.0 if holds == of else middle + half
    return max(0.0, low), min(1.0, high)


def deviations(level: float) -> float:
    """How many standard deviations on either side hold so much of a normal distribution."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2))
