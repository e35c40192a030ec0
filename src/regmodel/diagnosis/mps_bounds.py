"""The bounds of columns in an MPS file."""

from __future__ import annotations

import math

from regmodel.diagnosis.linear_model import read_end
from regmodel.diagnosis.mps_reading import Reading, twice, unreadable
from regmodel.vocabulary.problems import did_you_mean
from regmodel.vocabulary.texts import Text, same

WHOLE = ("BV", "LI", "UI")
SEMI = ("SC", "SI")
WITHOUT_VALUE = ("FR", "MI", "PL", "BV")
VALUED = ("UP", "LO", "FX", "LI", "UI", "SC", "SI")


def read_bound(reading: Reading, fields: list[str], line: int) -> None:
    """Take one line of the section BOUNDS."""
    draft = reading.draft
    kind = fields[0].upper() if fields else ""
    if kind not in VALUED and kind not in WITHOUT_VALUE:
        kinds = ", ".join([*VALUED, *WITHOUT_VALUE])
        unreadable(reading, fields, line, f"a kind of bound: {kinds}", f"界的种类：{kinds}")
        return
    value: float | None = None
    rest = fields[1:]
    if kind in VALUED:
        value = read_end(rest.pop()) if len(rest) > 1 else None
        if value is None:
            unreadable(reading, fields, line, "a column and a number with a decimal point", "列名与数字（英文小数点）")
            return
    elif len(rest) == 3:
        rest.pop()
    if not rest or rest[-1] not in draft.columns:
        name = rest[-1] if rest else ""
        draft.problems.add(
            "D-04",
            draft.where(line),
            same(f'"{name}"'),
            Text("a column of the section COLUMNS", "COLUMNS 段中的列名"),
            did_you_mean(name, draft.columns),
        )
        return
    if kind in (*WHOLE, *SEMI):
        reading.whole.append(rest[-1])
        return
    _bound(reading, kind, draft.columns[rest[-1]], value, line)


def _bound(reading: Reading, kind: str, column: int, value: float | None, line: int) -> None:
    draft = reading.draft
    lower: float | None = {"LO": value, "FX": value, "FR": -math.inf, "MI": -math.inf}.get(kind)
    upper: float | None = {"UP": value, "FX": value, "FR": math.inf, "PL": math.inf}.get(kind)
    for end, number, kept in (("low", lower, draft.column_low), ("high", upper, draft.column_high)):
        if number is None:
            continue
        if (end, column) in reading.bounded:
            name = list(draft.columns)[column]
            twice(reading, f'a bound of "{name}"', f"“{name}”的界", line)
        reading.bounded.add((end, column))
        kept[column] = number
    if kind == "UP":
        reading.upper_line[column] = line
