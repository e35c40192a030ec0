"""Where the plans hold and where they do not, as a box: numbers that must lie on one side of a value each."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.answers.basis import PROBABILITIES, counted_rows
from regmodel.batch.answers.named import title_of, unit_of
from regmodel.batch.answers.outputs import refused, wrong_kind
from regmodel.batch.answers.peeling import Bounds, chance, chosen
from regmodel.batch.answers.whole import Finished
from regmodel.batch.answers.wilson import LEVEL, Estimate, estimate
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Truth = NDArray[np.bool_]
FEASIBLE, INFEASIBLE = "feasible", "infeasible"
LEAST = 20
AGAIN = 20
ASKED = Text("a box", "区间盒")
_MORE = Text("give the design a larger count", "请增大设计的 count")


@dataclass(frozen=True)
class Limit:
    """One number of a box, printed unit: at least ``low``, at most ``high``; None where that side is open.

    ``chance`` is how likely the box would be as good if the side had been drawn blindly (of two sides the larger);
    ``again`` is in what share of searches over random halves of the scenarios it is bounded on the same side.
    """

    key: str
    title: Text
    unit: str
    low: float | None
    high: float | None
    chance: float
    again: float


@dataclass(frozen=True)
class Box:
    """Where scenarios are mostly of one verdict.

    ``density`` is the share of the scenarios inside that have the verdict, ``coverage`` the share of those with the
    verdict that lie inside, ``mass`` the share of all scenarios inside: each on the half of the scenarios that took no
    part in the search. ``found_density`` and ``found_coverage`` are those of the half that did, and optimistic.
    """

    verdict: str
    limits: tuple[Limit, ...]
    density: Estimate
    coverage: Estimate
    mass: Estimate
    found_density: float
    found_coverage: float
    searched: int
    held_out: int
    resamples: int

    def frame(self) -> pd.DataFrame:
        """One row a number of the box."""
        import pandas as pd

        columns = ["verdict", "key", "unit", "low", "high", "chance", "again"]
        rows = [[self.verdict, *(getattr(one, name) for name in columns[1:])] for one in self.limits]
        return pd.DataFrame(rows, columns=columns)

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        kept = {name: value for name, value in vars(self).items() if not isinstance(value, Estimate | tuple)}
        shares = {name: getattr(self, name).as_dict() for name in ("density", "coverage", "mass")}
        limits = [{name: value for name, value in vars(one).items() if name != "title"} for one in self.limits]
        return {**kept, **shares, "limits": limits}


def box(store: Finished, verdict: str, level: float = LEVEL) -> Box | None:
    """The box of the scenarios with a verdict (feasible or infeasible); None where all or none have it.

    What is undecided has neither verdict in the search and in coverage; in density it is counted both ways. Raises
    InputProblems for a design that is no sample, and for too few scenarios of either kind.
    """
    if store.kind not in PROBABILITIES:
        raise wrong_kind(store, ASKED, PROBABILITIES)
    factors = store.read.factors
    keys = [factor.parts[0].key for factor in factors]
    rows = store.frame(["verdict", *keys]).iloc[counted_rows(store)].reset_index(drop=True)
    good = (rows["verdict"] == verdict).to_numpy()
    if good.all() or not good.any():
        return None
    fewer = int(min(good.sum(), (~good).sum()))
    if fewer < LEAST:
        raise refused(
            store,
            Text(f"{fewer} scenarios of the rarer kind", f"较少的一类仅有 {fewer} 个情景"),
            Text(f"at least {LEAST} that hold and {LEAST} that do not", f"成立与不成立的情景各不少于 {LEAST} 个"),
            _MORE,
            "B-44",
        )
    points = rows[keys].to_numpy(dtype=np.float64)
    design = str(store.store.manifest["design"])  # the same design is always halved alike
    random = np.random.default_rng([zlib.crc32(design.encode()), zlib.crc32(verdict.encode())])
    first, other = _halves(good, random)
    bounds = chosen(points[first], good[first])
    limits = _limits(store, keys, points[first], good[first], bounds, random)
    unknown = (rows["verdict"] == "undecided").to_numpy()
    inside = bounds.holds(points)
    told = _counted(good[other], unknown[other], inside[other], level)
    found = inside[first] & good[first]
    return Box(
        verdict,
        limits,
        *told,
        float(found.sum() / inside[first].sum()),
        float(found.sum() / good[first].sum()),
        len(first),
        len(other),
        AGAIN,
    )


def _halves(good: Truth, random: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two halves at random, each with half of either kind."""
    first = [random.permutation(kind)[: (len(kind) + 1) // 2] for kind in (np.flatnonzero(good), np.flatnonzero(~good))]
    one = np.sort(np.concatenate(first))
    return one, np.setdiff1d(np.arange(len(good)), one)


def _limits(
    store: Finished, keys: list[str], points: Array, good: Truth, bounds: Bounds, random: np.random.Generator
) -> tuple[Limit, ...]:
    """The sides of a box, the least likely to be chance first; each with how often it is found again."""
    times = dict.fromkeys(bounds.sides(), 0)
    for _ in range(AGAIN):
        drawn = random.permutation(len(points))[: len(points) // 2]
        if good[drawn].all() or not good[drawn].any():
            continue
        again = set(chosen(points[drawn], good[drawn]).sides())
        for side in times:
            times[side] += side in again
    limits = []
    for column in sorted({column for column, _ in times}):
        mine = [side for side in times if side[0] == column]
        low, high = float(bounds.low[column]), float(bounds.high[column])
        limits.append(
            Limit(
                keys[column],
                title_of(store.read.scenario, keys[column]),
                unit_of(store.read.scenario, keys[column]),
                low if np.isfinite(low) else None,
                high if np.isfinite(high) else None,
                max(chance(points, good, bounds, *side) for side in mine),
                min(times[side] for side in mine) / AGAIN,
            )
        )
    return tuple(sorted(limits, key=lambda one: (one.chance, one.key)))


def _counted(good: Truth, unknown: Truth, inside: Truth, level: float) -> tuple[Estimate, Estimate, Estimate]:
    """Density, coverage and mass of a box on scenarios that it was not searched on."""

    def share(of: Truth, those: Truth, perhaps: Truth) -> Estimate:
        return estimate(int(those.sum()), int(perhaps.sum()), int(of.sum()), sampled=True, level=level)

    nobody = np.zeros(len(good), dtype=bool)
    return (
        share(inside, inside & good, inside & unknown),
        share(good, inside & good, nobody),
        share(~nobody, inside, nobody),
    )
