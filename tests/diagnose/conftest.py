"""An oracle that shares nothing with the engine, and models written down as small dictionaries.

A row is ``name: ({column: coefficient}, low, high)``, a column ``name: (low, high)``.
"""

from __future__ import annotations

from itertools import combinations
from math import inf

import highspy
import numpy as np
import pytest

from regmodel.diagnosis.groups import Grouping
from regmodel.diagnosis.linear_model import LinearModel


def can_hold(rows, columns, kept):
    """Whether these rows and all columns can hold together, by one cold solve of HiGHS without presolve."""
    if any(low > high for low, high in columns.values()) or any(rows[name][1] > rows[name][2] for name in kept):
        return False
    place = {name: number for number, name in enumerate(columns)}
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("presolve", "off")
    for low, high in columns.values():
        highs.addVar(low, high)
    for name in kept:
        cells, low, high = rows[name]
        index = np.array([place[column] for column in cells], dtype=np.int32)
        highs.addRow(low, high, len(cells), index, np.array(list(cells.values()), dtype=float))
    highs.run()
    status = highs.getModelStatus()
    if not kept:
        return True
    assert status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible), status
    return status == highspy.HighsModelStatus.kOptimal


def minimal_sets(rows, columns, groups, hard=()):
    """All minimal sets of groups that cannot hold, by trying every set of groups, small ones first."""
    found = []
    for size in range(len(groups) + 1):
        for subset in combinations(sorted(groups), size):
            if any(set(small) <= set(subset) for small in found):
                continue
            if not can_hold(rows, columns, [*hard, *(row for name in subset for row in groups[name])]):
                found.append(subset)
    return sorted(found)


def model_of(rows, columns, order=None):
    """The model as the readers give it, its rows in an order."""
    names, order = list(columns), list(order or rows)
    cells = [(names.index(column), value) for row in order for column, value in rows[row][0].items()]
    return LinearModel(
        name="invented",
        rows=tuple(order),
        columns=tuple(names),
        row_start=np.cumsum([0, *(len(rows[row][0]) for row in order)]).astype(np.int64),
        column=np.array([column for column, _ in cells], dtype=np.int64),
        matrix=np.array([value for _, value in cells], dtype=float),
        low=np.array([rows[row][1] for row in order], dtype=float),
        high=np.array([rows[row][2] for row in order], dtype=float),
        column_low=np.array([columns[name][0] for name in names], dtype=float),
        column_high=np.array([columns[name][1] for name in names], dtype=float),
    )


def alone(rows, hard=()):
    """Every row a group of its own, but for the hard ones."""
    return Grouping({row: (row,) for row in rows if row not in hard}, frozenset(hard))


def changed(rows, changes):
    """The rows with the changes of a way out put in."""
    found = dict(rows)
    for change in changes:
        cells, low, high = found[change.row]
        found[change.row] = (cells, change.end, high) if change.side == "low" else (cells, low, change.end)
    return found


def write_mps(rows, columns, path):
    """The model as an MPS file, with ranges and all kinds of bounds."""
    lines = ["NAME invented", "ROWS", " N cost"]
    sides, ranges, bounds = [], [], []
    for name, (_, low, high) in rows.items():
        sense = "E" if low == high else "G" if low > -inf else "L"
        lines.append(f" {sense} {name}")
        sides.append(f" RHS {name} {low if low > -inf else high!r}")
        if sense == "G" and high < inf:
            ranges.append(f" RNG {name} {high - low!r}")
    lines.append("COLUMNS")
    for column, (low, high) in columns.items():
        lines.append(f" {column} cost 1")
        lines += [f" {column} {row} {cells[column]!r}" for row, (cells, _, _) in rows.items() if column in cells]
        bounds.append(f" MI BND {column}" if low == -inf else f" LO BND {column} {low!r}")
        bounds += [f" UP BND {column} {high!r}"] if high < inf else []
    parts = [*lines, "RHS", *sides, "RANGES", *ranges, "BOUNDS", *bounds, "ENDATA"]
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def oracle():
    """The functions above, for the tests of this folder."""

    class Oracle:
        pass

    for function in (can_hold, minimal_sets, model_of, alone, changed, write_mps):
        setattr(Oracle, function.__name__, staticmethod(function))
    return Oracle
