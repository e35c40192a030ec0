"""Coefficients that make solvers err are refused before a solve, by row, variable and the unit it is counted in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
SMALLEST = 1e-7
WIDEST = 1e8
_TO_DO = Text(
    "check the unit of the record behind this row, it is probably off by a power of ten: {column} is counted in {unit}",
    "请核对该行所用记录的单位，可能差了若干数量级：{column} 以 {unit} 计",
)
_COUNTED = {"wan_person": "10^4 persons", "yi_yuan": "10^8 CNY", "hm3": "10^6 m3", "km2": "km2"}
_ALL = ", ".join(_COUNTED.values())


def refuse_unsafe(compiled: Compiled, matrix: Array) -> None:
    """Raise InputProblems where coefficients are too small or spread too far for a reliable solve."""
    sizes = np.abs(matrix)
    nonzero = sizes > 0
    if not nonzero.any():
        return
    least, most = float(sizes[nonzero].min()), float(sizes.max())
    if least >= SMALLEST and most / least <= WIDEST:
        return
    entry = int(np.flatnonzero(nonzero & (sizes == least))[0])
    row = compiled.rows[int(np.searchsorted(compiled.row_start, entry, side="right")) - 1]
    column = compiled.columns[int(compiled.column[entry])]
    raise InputProblems(
        [
            Problem(
                "F-01",
                f"programme   {row}",
                Text(
                    f"a coefficient of {least:.3g} at {column}; the largest is {most:.3g}",
                    f"{column} 的系数为 {least:.3g}，最大系数为 {most:.3g}",
                ),
                Text(
                    f"coefficients of at least {SMALLEST:g}, within a range of {WIDEST:g}; beyond it solvers err",
                    f"系数不小于 {SMALLEST:g}，且跨度不超过 {WIDEST:g}；超出则求解不可靠",
                ),
                _TO_DO.fill(column=column.partition("[")[0], unit=counted_in(column)),
            )
        ]
    )


def counted_in(column: str) -> str:
    """The unit in which the programme counts a variable; all of its units where the glossary has no such term."""
    term = read_glossary().get(column.partition("[")[0])
    memory = "" if term is None or term.unit is None else term.unit.partition("/")[0]
    return _COUNTED.get(memory, _ALL)
