"""The numbers of the programme for many scenarios side by side: what is the same in all of them is held once."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import AffineMap, Compiled
from regmodel.vocabulary.many import Many

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
ROW_PARTS = ("row_low", "row_high", "row_factor")


@dataclass(frozen=True)
class Parameters:
    """All parameters of a number of scenarios: those of the first, and those that differ, with scenarios last."""

    first: Array
    differ: Integers
    values: Array
    count: int

    def of(self, scenario: int) -> Array:
        """The parameters of one scenario."""
        one = self.first.copy()
        one[self.differ] = self.values[:, scenario]
        return one

    def only(self, scenarios: Integers) -> Parameters:
        """The parameters of some of the scenarios."""
        return Parameters(self.first, self.differ, self.values[:, scenarios], len(scenarios))


def parameters_of(compiled: Compiled, values: Mapping[str, Any], count: int) -> Parameters:
    """The parameters of a compiled programme from a case of many scenarios; slopes of rows may be left out."""
    first, differ, found, start = [], [], [], 0
    for name, length in compiled.parameters:
        value = values[name]
        if isinstance(value, Many):
            each = value.each.reshape(length, count)
            first.append(each[:, 0])
            moving = np.flatnonzero((each != each[:, :1]).any(axis=1))
            differ.append(start + moving)
            found.append(each[moving])
        else:
            first.append(np.asarray(value, dtype=float).reshape(-1))
        start += length
    nothing = np.empty((0, count))
    return Parameters(
        np.concatenate(first),
        np.concatenate([*differ, np.empty(0, dtype=np.int64)]).astype(np.int64),
        np.concatenate([*found, nothing]),
        count,
    )


def row_places(compiled: Compiled) -> Integers:
    """Where the low end, the high end and the factor of every clause row stand among the parameters (part, row)."""
    found, start = {}, 0
    for name, length in compiled.parameters:
        if name in ROW_PARTS:
            found[name] = np.arange(start, start + length)
        start += length
    return np.stack([found[name] for name in ROW_PARTS])


@dataclass(frozen=True)
class ManyOf:
    """The numbers of one affine map: those of the first scenario, and those that differ (number, scenario)."""

    first: Array
    differ: Integers
    values: Array

    def of(self, scenario: int) -> Array:
        """The numbers of one scenario."""
        one = self.first.copy()
        one[self.differ] = self.values[:, scenario]
        return one

    def each(self, which: Integers) -> Array:
        """Some of the numbers (number, scenario) for all scenarios."""
        found = np.repeat(self.first[which][:, None], self.values.shape[1], axis=1)
        if len(self.differ):
            place = np.minimum(np.searchsorted(self.differ, which), len(self.differ) - 1)
            moving = self.differ[place] == which
            found[moving] = self.values[place[moving]]
        return found

    def only(self, scenarios: Integers) -> ManyOf:
        """The numbers of some of the scenarios; ``first`` stays for those that do not differ."""
        return ManyOf(self.first, self.differ, np.take(self.values, scenarios, axis=1))


class ManyNumbers:
    """Matrix and ends of rows for many scenarios; rows and columns are those of the compiled programme."""

    def __init__(self, compiled: Compiled, parameters: Parameters) -> None:
        self.compiled = compiled
        self.count = parameters.count
        self.matrix = _filled(parameters, compiled.matrix)
        self.low = _filled(parameters, compiled.low)
        self.high = _filled(parameters, compiled.high)

    def only(self, scenarios: Integers) -> ManyNumbers:
        """The numbers of some of the scenarios."""
        part = copy(self)
        part.count = len(scenarios)
        part.matrix, part.low, part.high = (one.only(scenarios) for one in (self.matrix, self.low, self.high))
        return part

    @cached_property
    def mark(self) -> int:
        """The same for numbers with the same entries that differ and the same others."""
        same = self.matrix.first.copy()
        same[self.matrix.differ] = 0.0
        return hash((self.matrix.differ.tobytes(), same.tobytes()))

    @cached_property
    def parts(self) -> tuple[Any, Any]:
        """The matrix of entries that are the same in all scenarios, and which entries a row adds up besides."""
        from scipy.sparse import csr_array

        compiled = self.compiled
        shape = (len(compiled.rows), len(compiled.columns))
        same = self.matrix.first.copy()
        same[self.matrix.differ] = 0.0
        alike = csr_array((same, compiled.column, compiled.row_start), shape=shape)
        row_of = np.repeat(np.arange(shape[0]), np.diff(compiled.row_start))[self.matrix.differ]
        count = len(self.matrix.differ)
        sums = csr_array((np.ones(count), (row_of, np.arange(count))), shape=(shape[0], count))
        return alike, sums

    def rows(self, columns: Array) -> Array:
        """What every row adds up to (row, scenario) for plans (column, scenario)."""
        alike, sums = self.parts
        taken = self.matrix.values * columns[self.compiled.column[self.matrix.differ]]
        added: Array = alike @ columns + sums @ taken
        return added


def _filled(parameters: Parameters, numbers: AffineMap) -> ManyOf:
    from scipy.sparse import csr_array

    moving = np.zeros(len(parameters.first), dtype=bool)
    moving[parameters.differ] = True
    differ = np.unique(numbers.entry[moving[numbers.parameter]])
    first = numbers.fill(parameters.first)
    place = np.full(len(first), -1)
    place[differ] = np.arange(len(differ))
    used = place[numbers.entry] >= 0
    rows, columns, weights = place[numbers.entry[used]], numbers.parameter[used], numbers.coefficient[used]
    position = np.full(len(moving), -1)
    position[parameters.differ] = np.arange(len(parameters.differ))
    alike = ~moving[columns]
    constant = numbers.constant[differ] + np.bincount(
        rows[alike], weights=weights[alike] * parameters.first[columns[alike]], minlength=len(differ)
    )
    shape = (len(differ), len(parameters.differ))
    maps = csr_array((weights[~alike], (rows[~alike], position[columns[~alike]])), shape=shape)
    return ManyOf(first, differ, constant[:, None] + maps @ parameters.values)
