"""Sobol's and Morris's indices of a store, as SALib computes them, with the intervals that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.answers.named import title_of
from regmodel.batch.answers.outputs import OUTPUTS, refused, wrong_kind
from regmodel.batch.answers.whole import Finished
from regmodel.batch.answers.wilson import LEVEL
from regmodel.batch.design import MORRIS, SOBOL
from regmodel.batch.drawing import MORRIS_LEVELS, Drawing
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
RESAMPLES = 1000
SMALLEST = 1e-12
ASKED = Text("indices", "敏感性指数")
_SMALLER = Text(
    "see which numbers leave them undecided, and narrow their ranges", "请查明哪些变动项导致未能判定，并缩小其范围"
)


@dataclass(frozen=True)
class Index:
    """How much one number matters, and the half of the interval of that.

    Of Sobol's: ``main`` is the share of the variance that is due to the number alone, ``total`` to it and whatever it
    does together with others. Of Morris's: ``main`` is the mean effect of moving it over its whole range, ``total``
    the mean of its size whatever the sign, and ``spread`` how much the effect differs from place to place.
    """

    key: str
    title: Text
    main: float
    main_error: float | None
    total: float
    total_error: float
    spread: float | None = None
    spread_error: float | None = None


@dataclass(frozen=True)
class Indices:
    """The indices of one output, those with the largest total first; none where the output is the same everywhere."""

    output: str
    title: Text
    method: str
    indices: tuple[Index, ...]
    scenarios: int
    points: int
    constant: float | None
    level: float = LEVEL

    def frame(self) -> pd.DataFrame:
        """One row a number; for Sobol main and total, for Morris mean, size and spread, each with its error."""
        import pandas as pd

        names = ("main", "total") if self.method == SOBOL else ("mean", "size")
        return pd.DataFrame(
            [
                {
                    "output": self.output,
                    "key": one.key,
                    names[0]: one.main,
                    f"{names[0]}_error": one.main_error,
                    names[1]: one.total,
                    f"{names[1]}_error": one.total_error,
                    "spread": one.spread,
                    "spread_error": one.spread_error,
                }
                for one in self.indices
            ]
        )

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        kept = {name: value for name, value in vars(self).items() if name not in ("title", "indices")}
        return {**kept, "indices": self.frame().astype(object).to_dict("records")}


def indices(store: Finished, output: str, level: float = LEVEL) -> Indices:
    """The indices of ``attainability`` or ``worst_margin``.

    Raises InputProblems for a design of another kind, for rows that are not the design's, and where an output is
    missing: an index of fewer scenarios than the design has would be wrong and not just less sure.
    """
    if store.kind not in (SOBOL, MORRIS):
        raise wrong_kind(store, ASKED, (SOBOL, MORRIS))
    store.check_order()
    values = store.frame([output])[output].to_numpy(dtype=np.float64)
    if missing := int((~np.isfinite(values)).sum()):
        name = OUTPUTS[output]
        raise refused(
            store,
            Text(f"{missing} scenarios without {name.en}", f"{missing} 个情景没有{name.zh}"),
            Text(
                f"{name.en} of each of the {len(values)} scenarios: the indices need all of them",
                f"全部 {len(values)} 个情景的{name.zh}：指数须用到每一个情景",
            ),
            _SMALLER,
            "B-43",
        )
    drawing = store.read.blocks[0].source
    assert isinstance(drawing, Drawing)
    factors = store.read.factors
    size = len(factors) + (2 if store.kind == SOBOL else 1)
    found: tuple[Index, ...] = ()
    constant = float(values[0]) if np.ptp(values) <= SMALLEST else None
    if constant is None:
        keys = [factor.parts[0].key for factor in factors]
        titles = [title_of(store.read.scenario, key) for key in keys]
        numbers = (
            sobol_indices(values, len(keys), level)
            if store.kind == SOBOL
            else morris_indices(drawing.shares(np.arange(len(values))), values, _levels(store), level)
        )
        found = tuple(Index(key, title, *row) for key, title, row in zip(keys, titles, numbers, strict=True))
    ordered = tuple(sorted(found, key=lambda one: (-one.total, one.key)))
    return Indices(output, OUTPUTS[output], store.kind, ordered, len(values), len(values) // size, constant, level)


Row = tuple[float, float | None, float, float, float | None, float | None]


def sobol_indices(values: Array, factors: int, level: float = LEVEL) -> list[Row]:
    """Main and total index of each factor with its error, from the outputs in the order of SALib's design."""
    from SALib.analyze.sobol import analyze

    problem = _problem(factors)
    told = analyze(problem, values, calc_second_order=False, num_resamples=RESAMPLES, conf_level=level, seed=RESAMPLES)
    columns = (told["S1"], told["S1_conf"], told["ST"], told["ST_conf"])
    return [(float(s1), float(e1), float(st), float(et), None, None) for s1, e1, st, et in zip(*columns, strict=True)]


def morris_indices(shares: Array, values: Array, levels: int, level: float = LEVEL) -> list[Row]:
    """Mean effect, mean size and spread of each factor, each with its error; effects are those of its whole range.

    The errors of mean and spread are found as SALib finds that of the size: trajectories drawn again and again.
    """
    from SALib.analyze.morris import analyze

    problem = _problem(shares.shape[1])
    told = analyze(
        problem, shares, values, num_resamples=RESAMPLES, conf_level=level, num_levels=levels, seed=RESAMPLES
    )
    effects = effects_of(shares, values)
    drawn = np.random.default_rng(RESAMPLES).integers(len(effects), size=(RESAMPLES, len(effects)))
    again = effects[drawn]
    half = NormalDist().inv_cdf(0.5 + level / 2)
    means, spreads = (half * one.std(axis=0, ddof=1) for one in (again.mean(axis=1), again.std(axis=1, ddof=1)))
    columns = (told["mu"], means, told["mu_star"], told["mu_star_conf"], told["sigma"], spreads)
    return [tuple(float(one) for one in row) for row in zip(*columns, strict=True)]  # type: ignore[misc]


def effects_of(shares: Array, values: Array) -> Array:
    """The effect of each factor in each trajectory (trajectory, factor): one factor moves from row to row."""
    size = shares.shape[1] + 1
    places, found = shares.reshape(-1, size, shares.shape[1]), values.reshape(-1, size)
    moved, gained = np.diff(places, axis=1), np.diff(found, axis=1)
    factor = np.abs(moved).argmax(axis=2)
    effects = np.empty(gained.shape)
    step = np.take_along_axis(moved, factor[:, :, None], axis=2)[:, :, 0]
    np.put_along_axis(effects, factor, gained / step, axis=1)
    return effects


def _problem(factors: int) -> dict[str, Any]:
    """The factors as SALib's samplers were told of them: where each lies in its distribution, 0 to 1."""
    names = [f"factor_{number}" for number in range(factors)]
    return {"num_vars": factors, "names": names, "bounds": [[0.0, 1.0]] * factors}


def _levels(store: Finished) -> int:
    return store.read.design.levels or MORRIS_LEVELS
