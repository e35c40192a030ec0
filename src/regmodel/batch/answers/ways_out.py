"""What would have to give: of the infeasible scenarios that were asked, which clause and by how much."""

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
    """A clause whose change is the smallest of any single clause, and how far its end then moves (``unit``).

    ``estimate`` is its share of the infeasible scenarios that were asked. ``middle`` is the move that half of them need
    at most, with its interval where the design is a sample and has enough of them; ``most`` is the largest.
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
    """Ways out by clause, most frequent first; ``none`` is where no change of a single clause suffices.

    All are shares of the ``asked`` infeasible scenarios; where neither was found, a scenario counts as unknown.
    """

    asked: int
    clauses: tuple[WayOut, ...]
    none: Estimate

    def frame(self) -> pd.DataFrame:
        """One row a clause, and one without a name for no way out by a single clause."""
        import pandas as pd

        rows = [{"clause": one.clause, **_numbers(one), **one.estimate.as_dict()} for one in self.clauses]
        return pd.DataFrame([*rows, {"clause": None, **self.none.as_dict()}])

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        clauses = [{"clause": one.clause, **_numbers(one), **one.estimate.as_dict()} for one in self.clauses]
        return {"asked": self.asked, "clauses": clauses, "none": self.none.as_dict()}


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
    for clause, part in rows[rows["repair_clause"].notna()].groupby("repair_clause"):
        moves = np.sort((part["repair_to"] - part["repair_from"]).abs().to_numpy(dtype=np.float64))
        low, high = quantile_interval(moves, MIDDLE, level) if sampled else (None, None)
        units = part["repair_unit"].unique()
        middle, most = float(np.median(moves)), float(moves[-1])
        found.append(WayOut(str(clause), share(len(part)), middle, low, high, most, str(units[0])))
    found.sort(key=lambda one: (-one.estimate.holds, one.clause))
    return WaysOut(len(rows), tuple(found), share(int((rows["repair"] == NONE).sum())))


def quantile_interval(ordered: Array, share: float, level: float) -> tuple[float | None, float | None]:
    """Between which of the ordered values a quantile lies: by ranks, whatever their distribution; None with too few."""
    count, half = len(ordered), deviations(level) * math.sqrt(len(ordered) * share * (1 - share))
    low, high = math.floor(count * share - half), math.ceil(count * share + half)
    if low < 1 or high > count - 1:
        return None, None
    return float(ordered[low - 1]), float(ordered[high])
