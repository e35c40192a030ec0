"""A model made ready for the engine: rows in one order, numbers scaled by powers of two, every soft end able to give.

Powers of two change no digit, so that what is proved of the scaled rows is proved of the user's. Rows and columns are
sorted by name: the order of a file changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.diagnosis.groups import Grouping
from regmodel.diagnosis.linear_model import NO_END, LinearModel
from regmodel.diagnosis.own_numbers import checked_engine
from regmodel.feasibility.affine import AffineMap, Compiled
from regmodel.feasibility.certificate import LinearSystem
from regmodel.feasibility.engine import Engine, Give, engine_of

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Side = Literal["low", "high"]
ROUNDS = 12
LARGEST_ENTRY = 1e15


@dataclass(frozen=True)
class Line:
    """What a row of the programme is: a row of the model (``group`` is None where it always holds), or a bound."""

    kind: Literal["row", "bound"]
    name: str
    group: str | None


@dataclass(frozen=True)
class End:
    """One side of a soft row that can give way: its column, its value as the file has it, and its size."""

    group: str
    row: str
    side: Side
    value: float
    size: float
    column: int
    per_unit: float  # what one unit of the column is in the row's own unit

    @property
    def weight(self) -> float:
        """The relative size of one unit of the column."""
        return self.per_unit / self.size


@dataclass(frozen=True)
class Prepared:
    """The same model twice: ``system`` in the user's numbers, ``compiled`` scaled and with columns that give way."""

    model: LinearModel
    grouping: Grouping
    system: LinearSystem
    lines: tuple[Line, ...]
    compiled: Compiled
    groups: dict[str, Integers]
    ends: tuple[End, ...]
    row_scale: Array
    column_scale: Array  # one unit of a scaled column in the user's unit
    finer: int = 0

    @property
    def within_reach(self) -> bool:
        """Whether the solver takes numbers of this size, scaled as they are."""
        compiled = self.compiled
        ends = np.concatenate(
            [compiled.low.constant, compiled.high.constant, compiled.column_low, compiled.column_high]
        )
        largest = np.abs(ends[np.isfinite(ends)]).max(initial=0.0)
        return bool(np.abs(compiled.matrix.constant).max(initial=0.0) < LARGEST_ENTRY and largest < NO_END)

    def engine(self, seconds: float) -> Engine:
        """A fresh engine, whose plans hold in the user's numbers; ``seconds`` limit each solve."""
        gives = tuple(Give(end.group, end.side, end.column, end.weight) for end in self.ends)
        engine = engine_of(self.compiled, self.groups, gives, seconds, safe_only=False)
        return checked_engine(engine, self.system, self.column_scale)


def prepare_model(model: LinearModel, grouping: Grouping, finer: int = 0) -> Prepared:
    """The programme of a model; ends that cross one another become rows of their own, so that a proof can name them.

    ``finer`` makes all sides larger by that power of two, and with that what the solver tolerates smaller.
    """
    system, lines = _system(model, grouping)
    row_scale, column_scale, size = _scales(system)
    size /= 2.0**finer
    groups: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.group is not None:
            groups.setdefault(line.group, []).append(number)
    ends = _ends_of(system, lines, size / row_scale)
    compiled = _compiled(system, row_scale, column_scale, size, ends, lines)
    return Prepared(
        model=model,
        grouping=grouping,
        system=system,
        lines=tuple(lines),
        compiled=compiled,
        groups={name: np.array(members, dtype=np.int64) for name, members in sorted(groups.items())},
        ends=ends,
        row_scale=row_scale,
        column_scale=column_scale * size,
        finer=finer,
    )


def _system(model: LinearModel, grouping: Grouping) -> tuple[LinearSystem, list[Line]]:
    """Rows and columns by name, crossing ends apart."""
    group_of = {row: name for name, members in grouping.groups.items() for row in members}
    columns = sorted(range(len(model.columns)), key=lambda column: model.columns[column])
    place = np.empty(len(columns), dtype=np.int64)
    place[columns] = np.arange(len(columns))
    lines: list[Line] = []
    entries: list[tuple[Integers, Array]] = []
    ends: list[tuple[float, float]] = []

    def add(line: Line, cells: tuple[Integers, Array], low: float, high: float) -> None:
        apart = [(low, np.inf), (-np.inf, high)] if low > high else [(low, high)]
        for pair in apart:
            lines.append(line)
            entries.append(cells)
            ends.append(pair)

    for row in sorted(range(len(model.rows)), key=lambda row: model.rows[row]):
        low, high = float(model.low[row]), float(model.high[row])
        if np.isinf(low) and np.isinf(high) and low < high:
            continue
        inside = slice(int(model.row_start[row]), int(model.row_start[row + 1]))
        cells = (place[model.column[inside]], model.matrix[inside])
        order = np.argsort(cells[0], kind="stable")
        name = model.rows[row]
        add(Line("row", name, group_of.get(name)), (cells[0][order], cells[1][order]), low, high)
    column_low, column_high = model.column_low[columns].copy(), model.column_high[columns].copy()
    for column in np.flatnonzero(column_low > column_high).tolist():
        cell = (np.array([column], dtype=np.int64), np.ones(1))
        name = model.columns[columns[column]]
        add(Line("bound", name, None), cell, float(column_low[column]), float(column_high[column]))
        column_low[column], column_high[column] = -np.inf, np.inf
    system = LinearSystem(
        rows=tuple(line.name for line in lines),
        columns=tuple(model.columns[column] for column in columns),
        row_start=np.cumsum([0, *(len(cells[0]) for cells in entries)]).astype(np.int64),
        column=np.concatenate([np.empty(0, dtype=np.int64), *(cells[0] for cells in entries)]),
        matrix=np.concatenate([np.empty(0), *(cells[1] for cells in entries)]),
        low=np.array([low for low, _ in ends]),
        high=np.array([high for _, high in ends]),
        column_low=column_low,
        column_high=column_high,
    )
    return system, lines


def _scales(system: LinearSystem) -> tuple[Array, Array, float]:
    """Powers of two for rows, columns and all sides, so that coefficients and sides are near one."""
    count_rows, count_columns = len(system.rows), len(system.columns)
    row_of = np.repeat(np.arange(count_rows), np.diff(system.row_start))
    size = np.log2(np.abs(system.matrix))
    rows, columns = np.zeros(count_rows), np.zeros(count_columns)
    in_row = np.maximum(np.bincount(row_of, minlength=count_rows), 1)
    in_column = np.maximum(np.bincount(system.column, minlength=count_columns), 1)
    for _ in range(ROUNDS):
        rows = -np.bincount(row_of, weights=size + columns[system.column], minlength=count_rows) / in_row
        columns = -np.bincount(system.column, weights=size + rows[row_of], minlength=count_columns) / in_column
    rows, columns = np.round(rows), np.round(columns)
    told = np.concatenate(
        [
            _logs(system.low) + rows,
            _logs(system.high) + rows,
            _logs(system.column_low) - columns,
            _logs(system.column_high) - columns,
        ]
    )
    told = told[np.isfinite(told)]
    whole = 2.0 ** float(np.round(np.mean(told))) if len(told) else 1.0
    return 2.0**rows, 2.0**columns, whole


def _logs(values: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.where(np.isfinite(values), np.log2(np.abs(values)), np.inf)


def _ends_of(system: LinearSystem, lines: list[Line], per_unit: Array) -> tuple[End, ...]:
    """Every finite side of a soft row, with the column that it gets."""
    found: list[End] = []
    for number, line in enumerate(lines):
        if line.group is None:
            continue
        low, high = float(system.low[number]), float(system.high[number])
        inside = system.matrix[int(system.row_start[number]) : int(system.row_start[number + 1])]
        sides: tuple[tuple[Side, float, float], ...] = (("low", low, high), ("high", high, low))
        for side, value, other in sides:
            if not np.isfinite(value):
                continue
            # A side of 0 has no size of its own: the other side's counts, and then the row's largest coefficient.
            sizes = (abs(value), abs(other) if np.isfinite(other) else 0.0, float(np.abs(inside).max(initial=0.0)), 1.0)
            size = next(size for size in sizes if size > 0)
            column = len(system.columns) + len(found)
            found.append(End(line.group, line.name, side, value, size, column, float(per_unit[number])))
    return tuple(found)


def _compiled(
    system: LinearSystem,
    row_scale: Array,
    column_scale: Array,
    size: float,
    ends: tuple[End, ...],
    lines: list[Line],
) -> Compiled:
    row_of = np.repeat(np.arange(len(system.rows)), np.diff(system.row_start))
    matrix = system.matrix * row_scale[row_of] * column_scale[system.column]
    gives = {(end.row, end.side): end.column for end in ends}
    own: list[list[tuple[int, float]]] = [[] for _ in lines]
    for number, line in enumerate(lines):
        sides: tuple[tuple[Side, float, float], ...] = (
            ("low", 1.0, float(system.low[number])),
            ("high", -1.0, float(system.high[number])),
        )
        for side, sign, value in sides:
            if line.group is not None and np.isfinite(value):
                own[number].append((gives[line.name, side], sign))
    starts, columns, values = [0], [], []
    for number in range(len(lines)):
        inside = slice(int(system.row_start[number]), int(system.row_start[number + 1]))
        columns += [*system.column[inside].tolist(), *(column for column, _ in own[number])]
        values += [*matrix[inside].tolist(), *(sign for _, sign in own[number])]
        starts.append(len(columns))
    extra = np.zeros(len(ends))
    names = tuple(f"give[{end.row},{end.side}]" for end in ends)
    return Compiled(
        parameters=(),
        rows=tuple(line.name for line in lines),
        columns=(*system.columns, *names),
        row_start=np.array(starts, dtype=np.int64),
        column=np.array(columns, dtype=np.int64),
        matrix=_fixed(np.array(values, dtype=float)),
        low=_fixed(system.low * row_scale / size),
        high=_fixed(system.high * row_scale / size),
        cost=_fixed(np.zeros(len(system.columns) + len(ends))),
        column_low=np.concatenate([system.column_low / column_scale / size, extra]),
        column_high=np.concatenate([system.column_high / column_scale / size, extra]),
    )


def _fixed(numbers: Array) -> AffineMap:
    """Numbers that no parameter moves."""
    nothing = np.empty(0, dtype=np.int64)
    return AffineMap(numbers, nothing, nothing, np.empty(0))
