"""The numbers of the programme for many scenarios side by side: what is the same in all of them is held once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
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
            found.append(each if len(moving) == length else each[moving])
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

    place: Integers
    """Where a number stands in ``values``; -1 where it is the same in all scenarios."""

    def of(self, scenario: int) -> Array:
        """The numbers of one scenario."""
        one = self.first.copy()
        one[self.differ] = self.values[:, scenario]
        return one

    def each(self, which: Integers | slice) -> Array:
        """Some of the numbers (number, scenario); where none of them differs, one column that stands for all."""
        place = self.place[which]
        moving = place >= 0
        if moving.all():
            return self.values[place]
        same = self.first[which][:, None]
        if not moving.any():
            return same
        found = np.empty((len(place), self.values.shape[1]))
        found[:] = same
        found[moving] = self.values[place[moving]]
        return found

    def only(self, scenarios: Integers) -> ManyOf:
        """The numbers of some of the scenarios; ``first`` stays for those that do not differ."""
        return ManyOf(self.first, self.differ, np.take(self.values, scenarios, axis=1), self.place)


@dataclass(frozen=True)
class Slice:
    """Rows: their entries that are the same in all scenarios, and which of those that differ they add up besides."""

    alike: Any
    sums: Any
    moving: Integers
    columns: Integers


class ManyNumbers:
    """Matrix and ends of rows for many scenarios; rows and columns are those of the compiled programme."""

    def __init__(self, compiled: Compiled, matrix: ManyOf, low: ManyOf, high: ManyOf) -> None:
        self.compiled, self.matrix, self.low, self.high = compiled, matrix, low, high
        self.count = matrix.values.shape[1]

    def only(self, scenarios: Integers) -> ManyNumbers:
        """The numbers of some of the scenarios."""
        part = copy(self)
        part.count = len(scenarios)
        part.matrix, part.low, part.high = (one.only(scenarios) for one in (self.matrix, self.low, self.high))
        return part

    @cached_property
    def mark(self) -> Hashable:
        """The same for numbers with the same entries that differ and the same others."""
        same = self.matrix.first.copy()
        same[self.matrix.differ] = 0.0
        return self.matrix.differ.tobytes(), same.tobytes()

    @cached_property
    def _all(self) -> Slice:
        return self.slice(np.arange(len(self.compiled.rows)))

    def slice(self, rows: Integers, without: Integers | None = None) -> Slice:
        """Some rows, perhaps without some of their entries."""
        compiled, matrix = self.compiled, self.matrix
        first = compiled.row_start[rows].astype(np.int64)
        lengths = compiled.row_start[rows + 1] - first
        before = np.cumsum(lengths) - lengths
        entries = np.arange(lengths.sum()) + np.repeat(first - before, lengths)
        row = np.repeat(np.arange(len(rows)), lengths)
        if without is not None:
            others = np.logical_not(np.isin(entries, without))
            entries, row = entries[others], row[others]
        moving = matrix.place[entries] >= 0
        alike, used = entries[~moving], entries[moving]
        same = _by_row(matrix.first[alike], row[~moving], compiled.column[alike], (len(rows), len(compiled.columns)))
        sums = _by_row(np.ones(len(used)), row[moving], np.arange(len(used)), (len(rows), len(used)))
        return Slice(same, sums, matrix.place[used], compiled.column[used])

    def sum(self, part: Slice, columns: Array) -> Array:
        """What rows add up to (row, scenario) for plans (column, scenario)."""
        found: Array = part.alike @ columns
        if len(part.moving):
            found += part.sums @ (self.matrix.values[part.moving] * columns[part.columns])
        return found

    def rows(self, columns: Array) -> Array:
        """What every row adds up to (row, scenario) for plans (column, scenario)."""
        return self.sum(self._all, columns)


def _by_row(values: Array, row: Integers, column: Integers, size: tuple[int, int]) -> Any:
    """A matrix of entries that are given row after row."""
    from scipy.sparse import csr_array

    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=size[0]))])
    return csr_array((values, column, starts), shape=size)


class ManyMaps:
    """The numbers of a programme as maps of the parameters that differ: what all scenarios share is worked out once."""

    def __init__(self, compiled: Compiled, parameters: Parameters) -> None:
        self.compiled = compiled
        self.matrix, self.low, self.high = (
            _Moving(parameters, numbers) for numbers in (compiled.matrix, compiled.low, compiled.high)
        )

    def of(self, values: Array) -> ManyNumbers:
        """The numbers for the parameters that differ (parameter, scenario)."""
        return ManyNumbers(self.compiled, *(one.of(values) for one in (self.matrix, self.low, self.high)))


class _Moving:
    """One affine map: its numbers in the first scenario, and by what those that differ depend on what differs."""

    def __init__(self, parameters: Parameters, numbers: AffineMap) -> None:
        from scipy.sparse import csr_array

        position = np.full(len(parameters.first), -1)
        position[parameters.differ] = np.arange(len(parameters.differ))
        self.differ = np.unique(numbers.entry[position[numbers.parameter] >= 0])
        self.first = numbers.fill(parameters.first)
        self.place = np.full(len(self.first), -1)
        self.place[self.differ] = np.arange(len(self.differ))
        used = self.place[numbers.entry] >= 0
        rows, columns, weights = self.place[numbers.entry[used]], numbers.parameter[used], numbers.coefficient[used]
        alike = position[columns] < 0
        self.constant = numbers.constant[self.differ] + np.bincount(
            rows[alike], weights=weights[alike] * parameters.first[columns[alike]], minlength=len(self.differ)
        )
        shape = (len(self.differ), len(parameters.differ))
        self.maps = csr_array((weights[~alike], (rows[~alike], position[columns[~alike]])), shape=shape)

    def of(self, values: Array) -> ManyOf:
        return ManyOf(self.first, self.differ, self.constant[:, None] + self.maps @ values, self.place)
