"""What would have to give: of the infeasible scenarios that were asked, which end of a clause and by how much."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.answers.basis import PROBABILITIES, counted_rows
from regmodel.batch.answers.whole import Finished
from regmodel.batch.answers.wilson import LEVEL, Estimate, deviations, estimate
from regmodel.batch.mending import NONE

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
_READ = ["verdict", "repair", "repair_clause", "repair_from", "repair_to", "repair_unit"]
MIDDLE = 0.5


@dataclass(frozen=True)
class WayOut:
    """An end of a clause whose change is the smallest of any, and how far it then moves (``unit``; below 0 downwards).

    ``estimate`` is its share of the infeasible scenarios that were asked. ``middle`` is the median of the moves that
    were found, with its interval, from the nearer to the farther end, where the design is a sample and they are
    enough; ``most`` is the farthest.
    """

    clause: str
    estimate: Estimate
    middle: float
    middle_low: float | None
    middle_high: float | None
    most: float
    unit: str


@dataclass(frozen=True)
class WaysOut:
    """Ways out by clause and end, most frequent first; ``none`` is where no change of a single clause suffices.

    All are shares of the ``asked`` infeasible scenarios. Where neither was found (``unknown``), a scenario counts both
    ways.
    """

    asked: int
    unknown: int
    clauses: tuple[WayOut, ...]
    none: Estimate

    def frame(self) -> pd.DataFrame:
        """One row an end of a clause, and one without a clause for no way out by a single one."""
        import pandas as pd

        rows = [{"clause": one.clause, **_numbers(one), **one.estimate.as_dict()} for one in self.clauses]
        return pd.DataFrame([*rows, {"clause": None, **self.none.as_dict()}])

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        clauses = [{"clause": one.clause, **_numbers(one), **one.estimate.as_dict()} for one in self.clauses]
        return {"asked": self.asked, "unknown": self.unknown, "clauses": clauses, "none": self.none.as_dict()}


def _numbers(one: WayOut) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("middle", "middle_low", "middle_high", "most", "unit")}


def ways_out(store: Finished, level: float = LEVEL) -> WaysOut | None:
    """Count the smallest changes of a store; None where no infeasible scenario was asked for one."""
    mended = np.zeros(len(store), dtype=bool)
    mended[store.read.mended_places] = True
    counted = np.zeros(len(store), dtype=bool)
    counted[counted_rows(store)] = True
    whole = store.frame(_READ)
    rows = whole[mended & counted & (whole["verdict"] == "infeasible").to_numpy()]
    if not len(rows):
        return None
    sampled = store.kind in PROBABILITIES
    unknown = int(rows["repair"].isna().sum())

    def share(holds: int) -> Estimate:
        return estimate(holds, unknown, len(rows), sampled=sampled, level=level)

    found = []
    changed = rows[rows["repair_clause"].notna()]
    moves = changed["repair_to"].astype(float) - changed["repair_from"].astype(float)
    for (clause, _, unit), part in moves.groupby([changed["repair_clause"], moves > 0, changed["repair_unit"]]):
        way = 1.0 if part.iloc[0] > 0 else -1.0
        sizes = np.sort(way * part.to_numpy(dtype=np.float64))
        ends = quantile_interval(sizes, MIDDLE, level) if sampled else None
        low, high = (None, None) if ends is None else (way * ends[0], way * ends[1])
        middle, most = way * float(np.median(sizes)), way * float(sizes[-1])
        found.append(WayOut(str(clause), share(len(part)), middle, low, high, most, str(unit)))
    found.sort(key=lambda one: (-one.estimate.holds, one.clause, one.middle))
    return WaysOut(len(rows), unknown, tuple(found), share(int((rows["repair"] == NONE).sum())))


def quantile_interval(ordered: Array, share: float, level: float) -> tuple[float, float] | None:
    """Between which of the ordered values a quantile lies: by ranks, whatever their distribution; None with too few."""
    count, half = len(ordered), deviations(level) * math.sqrt(len(ordered) * share * (1 - share))
    low, high = math.floor(count * share - half), math.ceil(count * share + half)
    if low < 1 or high > count - 1:
        return None
    return float(ordered[low - 1]), float(ordered[high])
