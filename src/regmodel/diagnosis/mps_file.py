"""Reading an MPS file, strictly: what is not understood is a problem with its line, never a zero.

Fields stand apart by blanks; where names hold blanks, the fixed columns of the old format are read.
"""

from __future__ import annotations

import math

from regmodel.diagnosis.linear_model import Draft, LinearModel, read_end, read_number
from regmodel.diagnosis.mps_bounds import read_bound
from regmodel.diagnosis.mps_reading import Reading, twice, unreadable
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text, same

SECTIONS = ("NAME", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA")
SENSES = ("OBJSENSE", "OBJSENSE_MAX", "OBJNAME", "OBJECTIVE")
NOT_LINEAR = [
    "QUADOBJ",
    "QMATRIX",
    "QSECTION",
    "QCMATRIX",
    "QUADS",
    "SOS",
    "SOS1",
    "SOS2",
    "SETS",
    "CSECTION",
    "INDICATORS",
    "GENCONS",
    "PWLOBJ",
]
_FIXED = (slice(1, 3), slice(4, 12), slice(14, 22), slice(24, 36), slice(39, 47), slice(49, 61))


def read_mps(text: str, name: str, problems: Problems) -> LinearModel:
    """The linear model of an MPS text; raises InputProblems with every problem of the file."""
    lines = [(number, line.rstrip()) for number, line in enumerate(text.splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("*")]
    reading = Reading(Draft(name, problems), _has_blanks(lines))
    section, ended = "", False
    for number, line in lines:
        if not line[0].isspace():
            section = line.split()[0].upper()
            if section == "ENDATA":
                ended = True
                break
            _section(reading, section, number)
        elif section in _READERS:
            _READERS[section](reading, _fields(reading, line, section), number)
    if not ended:
        problems.add(
            "D-02",
            name,
            Text("no line ENDATA", "没有 ENDATA 行"),
            Text("an MPS file with all its sections, ended by ENDATA", "含全部段落并以 ENDATA 结尾的 MPS 文件"),
            Text("check that the whole file was saved", "请检查文件是否完整保存"),
        )
    _close(reading)
    return reading.draft.finish()


def _has_blanks(lines: list[tuple[int, str]]) -> bool:
    """Whether names hold blanks, as only the fixed columns of the old format allow."""
    section = ""
    for _, line in lines:
        if not line[0].isspace():
            section = line.split()[0].upper()
        elif (section == "ROWS" and len(line.split()) > 2) or (
            section == "COLUMNS" and "'MARKER'" not in line and len(line.split()) not in (3, 5)
        ):
            return True
    return False


def _fields(reading: Reading, line: str, section: str) -> list[str]:
    if not reading.fixed or "'MARKER'" in line:
        return line.split()
    fields = [line[place].strip() for place in _FIXED]
    if section == "ROWS":
        return [field for field in fields[:2] if field]
    return [field for field in (fields if section == "BOUNDS" else fields[1:]) if field]


def _section(reading: Reading, section: str, line: int) -> None:
    if section in SECTIONS or section in SENSES:
        return
    draft = reading.draft
    if section in NOT_LINEAR:
        reading.whole.append(section)
        return
    draft.problems.add(
        "D-02",
        draft.where(line),
        same(f'"{section}"'),
        Text(f"one of the sections {', '.join(SECTIONS)}", f"段落 {'、'.join(SECTIONS)} 之一"),
        did_you_mean(section, SECTIONS),
    )


def _rows(reading: Reading, fields: list[str], line: int) -> None:
    draft = reading.draft
    if len(fields) != 2 or fields[0].upper() not in ("N", "L", "G", "E"):
        unreadable(reading, fields, line, "N, L, G or E and the name of a row", "N、L、G 或 E，以及行名")
        return
    sense, name = fields[0].upper(), fields[1]
    if name in reading.numbers or name in reading.objectives:
        twice(reading, f'row "{name}"', f"行“{name}”", line)
        return
    if sense == "N":
        reading.objectives.add(name)
        return
    number = draft.add_row(name, -math.inf, math.inf)
    reading.numbers[name] = number
    reading.senses[number] = sense


def _pairs(reading: Reading, fields: list[str], line: int, *, ends: bool = False) -> list[tuple[int | None, float]]:
    """Names of rows and their numbers, from a line's fields; what cannot be read is noted."""
    found: list[tuple[int | None, float]] = []
    for name, text in zip(fields[::2], fields[1::2], strict=False):
        value = read_end(text) if ends else read_number(text)
        if value is None:
            unreadable(reading, [text], line, "a number, with a decimal point", "数字，小数点用英文句点")
            continue
        if name in reading.objectives:
            found.append((None, value))
        elif name in reading.numbers:
            found.append((reading.numbers[name], value))
        else:
            reading.draft.problems.add(
                "D-04",
                reading.draft.where(line),
                same(f'"{name}"'),
                Text("a row of the section ROWS", "ROWS 段中的行名"),
                did_you_mean(name, [*reading.numbers, *reading.objectives]),
            )
    return found


def _columns(reading: Reading, fields: list[str], line: int) -> None:
    draft = reading.draft
    if "'MARKER'" in fields:
        if "'INTORG'" in fields:
            reading.whole.append("'INTORG'")
        return
    if len(fields) not in (3, 5):
        unreadable(reading, fields, line, "a column, a row and a number, or two rows", "列名、行名与数字，或两组")
        return
    name = fields[0]
    if name != reading.current and name in draft.columns:
        twice(reading, f'column "{name}"', f"列“{name}”", line)
    reading.current = name
    column = draft.column(name)
    for row, value in _pairs(reading, fields[1:], line):
        if row is None:
            continue
        if (row, column) in reading.filled:
            twice(reading, f'"{draft.rows[row]}" of "{name}"', f"“{name}”的“{draft.rows[row]}”", line)
        reading.filled.add((row, column))
        draft.add(row, column, value)


def _sides(reading: Reading, fields: list[str], line: int) -> None:
    _vector(reading, reading.sides, fields, line, ends=True)


def _ranges(reading: Reading, fields: list[str], line: int) -> None:
    _vector(reading, reading.ranges, fields, line, ends=False)


def _vector(reading: Reading, into: dict[int, float], fields: list[str], line: int, *, ends: bool) -> None:
    pairs = fields[len(fields) % 2 :]  # the name of the vector may be left out
    if not pairs:
        unreadable(reading, fields, line, "a row and a number", "行名与数字")
    for row, value in _pairs(reading, pairs, line, ends=ends):
        if row is None:
            continue
        if row in into:
            twice(reading, f'"{reading.draft.rows[row]}"', f"“{reading.draft.rows[row]}”", line)
        into[row] = value


def _close(reading: Reading) -> None:
    """Sides and ranges into rows, and what only the whole file can show."""
    draft = reading.draft
    for number, sense in reading.senses.items():
        side, spread = reading.sides.get(number, 0.0), reading.ranges.get(number)
        if sense == "E":
            ends = (side + min(spread or 0.0, 0.0), side + max(spread or 0.0, 0.0))
        elif sense == "G":
            ends = (side, math.inf if spread is None else side + abs(spread))
        else:
            ends = (-math.inf if spread is None else side - abs(spread), side)
        draft.low[number], draft.high[number] = ends
    names = list(draft.columns)
    for column, line in reading.upper_line.items():
        if draft.column_high[column] < 0 and ("low", column) not in reading.bounded:
            draft.problems.add(
                "D-06",
                draft.where(line),
                Text(
                    f'"{names[column]}" at most {draft.column_high[column]:g} and no lower bound',
                    f"“{names[column]}”上界为 {draft.column_high[column]:g}，而无下界",
                ),
                Text(
                    "a lower bound as well: some programs take 0 here and others none",
                    "同时写出下界：此时有的程序取 0，有的程序取负无穷",
                ),
                Text("add a line LO or MI for this column", "请为该列补上 LO 或 MI 行"),
            )
    if reading.whole:
        draft.not_linear(reading.whole)


_READERS = {"ROWS": _rows, "COLUMNS": _columns, "RHS": _sides, "RANGES": _ranges, "BOUNDS": read_bound}
