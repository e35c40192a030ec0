"""The numbers of every scenario of a design, asked for by place: from, to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.correlation import apply_all
from regmodel.batch.design import FACTORIAL, LATIN_HYPERCUBE, MORRIS, ONE_AT_A_TIME, RANDOM, SOBOL, Design
from regmodel.batch.factors import Factor
from regmodel.batch.random_access import fractions, shuffled, stream

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
MORRIS_LEVELS = 4


@dataclass(frozen=True)
class Drawing:
    """What a design gives each factor, in the order of the factors."""

    design: Design
    factors: tuple[Factor, ...]

    def __len__(self) -> int:
        return size_of(self.design, self.factors)

    def values(self, places: Whole) -> Array:
        """A row for the scenario at each place of the design, a column for each key."""
        if self.design.kind == FACTORIAL:
            return self._grid(places)
        if self.design.kind == ONE_AT_A_TIME:
            return self._one_at_a_time(places)
        shares = self.shares(places)
        columns = [
            part.distribution.at(shares[:, number])
            for number, factor in enumerate(self.factors)
            for part in factor.parts
        ]
        return np.column_stack(columns)

    def shares(self, places: Whole) -> Array:
        """Where each factor lies in its distribution (0 to 1), correlations applied."""
        if self.design.kind in (SOBOL, MORRIS):
            return self._by_salib[places]
        where = places.astype(np.uint64)
        seed = int(self.design.seed or 0)
        columns = []
        for factor in self.factors:
            inside = fractions(stream(seed, f"{factor.name}|inside"), where)
            if self.design.kind == RANDOM:
                columns.append(inside)
                continue
            strata = shuffled(stream(seed, f"{factor.name}|strata"), where, len(self))
            columns.append((strata.astype(np.float64) + inside) / len(self))
        names = [factor.name for factor in self.factors]
        return apply_all(self.design.correlations, names, np.column_stack(columns))

    @cached_property
    def _by_salib(self) -> Array:
        """The whole design of SALib: its indices need all of it, in its order."""
        problem = {
            "num_vars": len(self.factors),
            "names": [factor.name for factor in self.factors],
            "bounds": [[0.0, 1.0]] * len(self.factors),
        }
        if self.design.kind == SOBOL:
            from SALib.sample import sobol

            found = sobol.sample(problem, self.design.count, calc_second_order=False, seed=self.design.seed)
        else:
            from SALib.sample import morris

            levels = self.design.levels or MORRIS_LEVELS
            found = morris.sample(problem, self.design.count, num_levels=levels, seed=self.design.seed)
        shares: Array = np.asarray(found, dtype=np.float64)
        return shares

    def _grid(self, places: Whole) -> Array:
        columns: list[Array] = []
        for factor in reversed(self.factors):  # the last factor changes fastest
            columns[:0] = [
                _levels(part.distribution.levels(factor.levels), places % factor.levels) for part in factor.parts
            ]
            places = places // factor.levels
        return np.column_stack(columns)

    def _one_at_a_time(self, places: Whole) -> Array:
        """First the scenario as it stands, then each factor at each of its levels."""
        centre = [part.centre for factor in self.factors for part in factor.parts]
        rows = np.tile(np.array(centre, dtype=np.float64), (len(places), 1))
        place, column = 1, 0
        for factor in self.factors:
            for level in range(factor.levels):
                for offset, part in enumerate(factor.parts):
                    rows[places == place, column + offset] = part.distribution.levels(factor.levels)[level]
                place += 1
            column += len(factor.parts)
        return rows


def _levels(levels: Sequence[float], places: Whole) -> Array:
    return np.asarray(levels, dtype=np.float64)[places]


def size_of(design: Design, factors: Sequence[Factor]) -> int:
    """How many scenarios the design has."""
    count = design.count or 0
    if design.kind == FACTORIAL:
        return math.prod(factor.levels for factor in factors)
    if design.kind == ONE_AT_A_TIME:
        return 1 + sum(factor.levels for factor in factors)
    if design.kind == SOBOL:
        return count * (len(factors) + 2)
    if design.kind == MORRIS:
        return count * (len(factors) + 1)
    assert design.kind in (LATIN_HYPERCUBE, RANDOM)
    return count
