"""A linear model as somebody's file gives it: rows, columns, bounds, and nothing that is not linear."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
# What files of linear models call infinite: any end at or beyond this size is no end at all.
NO_END = 1e20
LARGEST = 1e100
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?")
_ENDLESS = re.compile(r"([+-]?)inf(?:inity)?", flags=re.IGNORECASE)


@dataclass(frozen=True)
class LinearModel:
    """``low <= Ax <= high`` with columns within bounds; matrix entries by row, numbers as the file gives them."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_start: Integers
    column: Integers
    matrix: Array
    low: Array
    high: Array
    column_low: Array
    column_high: Array
    notes: tuple[Text, ...] = ()


@dataclass
class Draft:
    """A model while its file is being read; rows and columns keep the order of the file."""

    name: str
    problems: Problems
    rows: list[str] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    entries: list[dict[int, float]] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    column_low: dict[int, float] = field(default_factory=dict)
    column_high: dict[int, float] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)

    def where(self, line: int) -> str:
        """File and line, as messages name them."""
        return f"{self.name}   line {line}"

    def add_row(self, name: str, low: float, high: float) -> int:
        """A further row without entries; its number."""
        self.rows.append(name)
        self.low.append(low)
        self.high.append(high)
        self.entries.append({})
        return len(self.rows) - 1

    def column(self, name: str) -> int:
        """The number of a column, which is new where it was not named before."""
        return self.columns.setdefault(name, len(self.columns))

    def add(self, row: int, column: int, value: float) -> None:
        """Add to a coefficient."""
        self.entries[row][column] = self.entries[row].get(column, 0.0) + value

    def not_linear(self, named: list[str]) -> None:
        """Note that a file asks for more than a linear model."""
        shown = ", ".join(dict.fromkeys(named[:8])) + (" …" if len(set(named)) > 8 else "")
        self.problems.add(
            "D-07",
            self.name,
            Text(
                f"whole-number, semi-continuous, special-ordered or quadratic parts: {shown}",
                f"整数、半连续、特殊有序集或二次部分：{shown}",
            ),
            Text(
                "a linear model with continuous columns only: no proof holds for others",
                "仅含连续变量的线性模型；其他模型无法给出证明",
            ),
            Text("diagnose the model without them (its linear relaxation)", "请去除这些部分后再诊断（即线性松弛）"),
        )

    def _refuse_endless(self) -> None:
        """Note rows and columns that would have to be infinite."""
        endless = [
            f'row "{name}"'
            for name, low, high in zip(self.rows, self.low, self.high, strict=True)
            if _out_of_reach(low, high)
        ]
        endless += [
            f'column "{name}"'
            for name, number in self.columns.items()
            if _out_of_reach(self.column_low.get(number, 0.0), self.column_high.get(number, math.inf))
        ]
        for name in endless:
            self.problems.add(
                "D-13",
                f"{self.name}   {name}",
                Text("at least plus infinite, or at most minus infinite", "不小于正无穷，或不大于负无穷"),
                Text(f"an end within {NO_END:g}, or none", f"绝对值小于 {NO_END:g} 的界，或不设界"),
                Text("check the sign of this end", "请核对该界的正负号"),
            )

    def finish(self) -> LinearModel:
        """The model; raises InputProblems with all that was noted while reading, or where there is no row."""
        if not len(self.problems) and not self.rows:
            self.problems.add(
                "D-08",
                self.name,
                Text("no rows", "没有任何约束行"),
                Text("a model with at least one row", "至少含一行约束的模型"),
                Text("check that the whole file was saved", "请检查文件是否完整保存"),
            )
        self._refuse_endless()
        self.problems.raise_if_any()
        count = len(self.columns)
        kept = [sorted((column, value) for column, value in row.items() if value != 0) for row in self.entries]
        return LinearModel(
            name=self.name,
            rows=_distinct(self.rows, self.notes),
            columns=tuple(self.columns),
            row_start=np.cumsum([0, *(len(row) for row in kept)]).astype(np.int64),
            column=np.array([column for row in kept for column, _ in row], dtype=np.int64),
            matrix=np.array([value for row in kept for _, value in row], dtype=float),
            low=_ends(self.low, -1),
            high=_ends(self.high, 1),
            column_low=_ends([self.column_low.get(column, 0.0) for column in range(count)], -1),
            column_high=_ends([self.column_high.get(column, math.inf) for column in range(count)], 1),
            notes=tuple(self.notes),
        )


def _out_of_reach(low: float, high: float) -> bool:
    return low >= NO_END or high <= -NO_END


def _distinct(names: list[str], notes: list[Text]) -> tuple[str, ...]:
    """Rows without a name, and further rows of one name, get a name of their own, and a note says so."""
    taken = {name for name in names if name}
    seen: set[str] = set()
    given: list[str] = []
    for number, name in enumerate(names, start=1):
        kept = name
        if not name or name in seen:
            stem = f"{name}#" if name else "row#"
            kept = next(trial for trial in _numbered(stem, number) if trial not in taken)
            if name:
                words = Text(
                    f'a second row "{name}" is called "{kept}" here', f"第二个名为“{name}”的行在此称为“{kept}”"
                )
                notes.append(words)
        taken.add(kept)
        seen.add(kept)
        given.append(kept)
    return tuple(given)


def _numbered(stem: str, number: int) -> Iterable[str]:
    while True:
        yield f"{stem}{number}"
        number += 1


def _ends(values: list[float], sign: int) -> Array:
    """Ends as an array; an end at or beyond 1e20 on its open side is infinite."""
    ends = np.array(values, dtype=float)
    ends[ends * sign >= NO_END] = sign * math.inf
    return ends


def read_number(text: str) -> float | None:
    """A finite number with a decimal point, or None: never a part of what is written."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace("d", "e").replace("D", "e"))
    return value if abs(value) <= LARGEST else None


def read_end(text: str) -> float | None:
    """The same, or one of the words for infinite."""
    endless = _ENDLESS.fullmatch(text)
    if endless:
        return -math.inf if endless[1] == "-" else math.inf
    return read_number(text)
