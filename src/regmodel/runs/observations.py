"""Observed values in a file of their own: read with every problem at once, scored against, never fitted on."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regmodel.params import ParameterBook, convert, shipped_folder
from regmodel.params.numbers import Unreadable, read_number
from regmodel.params.tables import bare
from regmodel.params.units import NotConvertible, UnknownUnit
from regmodel.projection.trajectory import LOADS, PRINTED, PUBLIC_WATER
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

COLUMNS = ("region", "year", "variable", "value", "unit")
OPTIONAL = ("basis", "note")
BASES = ("census", "year_end")
WITHOUT_BASIS = "year_end"
EXCHANGE_UNITS: Mapping[str, str] = {
    **{variable: unit for variable, (unit, _) in PRINTED.items()},
    "urbanisation_rate": "%",
    **dict.fromkeys(LOADS, "10^4 t"),
    **dict.fromkeys(PUBLIC_WATER, "10^4 m3"),
}
_FIRST_YEAR, _LAST_YEAR = 1949, 2100


@dataclass(frozen=True)
class Observation:
    """One observed value in the exchange unit of its variable; ``basis_given`` is False where year_end was taken."""

    region: str
    year: int
    variable: str
    value: float
    unit: str
    basis: str
    basis_given: bool
    line: int


@dataclass(frozen=True)
class _Row:
    name: str
    line: int
    cells: Mapping[str, str]

    def where(self) -> str:
        return f"{self.name}   row {self.line}"


def census_observations() -> Path:
    """The shipped file of observations: the census of 2010 and 2020 by region."""
    return shipped_folder() / "observations" / "census_2010_2020.csv"


def read_census(book: ParameterBook) -> tuple[Observation, ...]:
    """The shipped census, of the places that the book has: another set of regions may have none of them."""
    return read_observations(census_observations(), book, elsewhere=True)


def read_observations(path: Path, book: ParameterBook, *, elsewhere: bool = False) -> tuple[Observation, ...]:
    """Observations of a CSV file (UTF-8 or GBK) in the order of its rows; raises InputProblems with all problems.

    ``elsewhere`` leaves out rows of places that the book does not have.
    """
    problems = Problems()
    rows = _rows(Path(path), problems)
    if elsewhere:
        rows = [row for row in rows if row.cells["region"] in (*book.regions.ids(), *book.regions.sets)]
    found: dict[tuple[str, int, str, str], Observation] = {}
    for row in rows:
        observation = _observation(row, book, problems)
        if observation is None:
            continue
        key = (observation.region, observation.year, observation.variable, observation.basis)
        if key in found:
            problems.add(
                "O-07",
                row.where(),
                Text(f"the same value as in row {found[key].line}", f"与第 {found[key].line} 行重复"),
                Text(
                    "one row for each region, year, variable and basis",
                    "每个地区、年份、指标、口径一行",
                ),
                Text("delete one of the two", "请删除其中一行"),
            )
        found[key] = observation
    problems.raise_if_any()
    return tuple(found.values())


def _text(path: Path, problems: Problems) -> str:
    if not path.is_file():
        problems.add(
            "O-01",
            path.name,
            Text("no such file", "无此文件"),
            Text("a CSV file of observed values", "观测值 CSV 文件"),
            Text("give the path of a file that exists", "请给出存在的文件路径"),
        )
        return ""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    problems.add(
        "O-01",
        path.name,
        Text("bytes that are neither UTF-8 nor GBK text", "既非 UTF-8 也非 GBK 的文本"),
        Text("a CSV file of observed values", "观测值 CSV 文件"),
        Text("save the sheet as CSV UTF-8", "请另存为 CSV UTF-8 格式"),
    )
    return ""


def _rows(path: Path, problems: Problems) -> list[_Row]:
    text = _text(path, problems)
    if problems.errors:
        return []
    lines = list(csv.reader(io.StringIO(text)))
    header = [name.strip() for name in lines[0]] if lines else []
    _check_columns(path.name, header, problems)
    rows = []
    for line, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.add(
                "O-03",
                f"{path.name}   row {line}",
                Text(f"{len(cells)} cells", f"{len(cells)} 个单元格"),
                Text(f"{len(header)} cells, one for each column", f"{len(header)} 个单元格，每列一个"),
                Text("put text with a comma in it between double quotes", "含逗号的文字请加双引号"),
            )
            continue
        named = zip(header, (cell.strip() for cell in cells), strict=True)
        rows.append(_Row(path.name, line, dict(named)))
    if not rows and not problems.errors:
        problems.add(
            "O-02",
            path.name,
            Text("no row of values", "没有数据行"),
            Text("at least one observed value", "至少一个观测值"),
            Text("add a row below the header", "请在表头下添加数据"),
        )
    return rows


def _check_columns(name: str, header: list[str], problems: Problems) -> None:
    where = f"{name}   row 1"
    for column in COLUMNS:
        if column not in header:
            problems.add(
                "O-02",
                where,
                Text(f'no column "{column}"', f"缺少列“{column}”"),
                Text(f"the columns {', '.join(COLUMNS)}", f"列 {'、'.join(COLUMNS)}"),
                Text("add the column, or name it so", "请补上该列或改用此列名"),
            )
    for column in header:
        if column not in (*COLUMNS, *OPTIONAL) or header.count(column) > 1:
            problems.add(
                "O-02",
                where,
                bare(column),
                Text(
                    f"each of {', '.join((*COLUMNS, *OPTIONAL))} once, and no other",
                    f"{'、'.join((*COLUMNS, *OPTIONAL))} 各一列，不含其他列",
                ),
                did_you_mean(column, (*COLUMNS, *OPTIONAL)),
            )


def _observation(row: _Row, book: ParameterBook, problems: Problems) -> Observation | None:
    """One row, or None where any of its cells cannot be used; every one of them is noted."""
    before = len(problems)
    for column in COLUMNS:
        if column in row.cells and not row.cells[column]:
            problems.add(
                "O-03",
                row.where(),
                Text(f'"{column}" is empty', f"“{column}”为空"),
                Text("a value in this column; what was not observed has no row", "该列应有内容；未观测者不设行"),
                Text("fill it in or delete the row", "请填写或删除该行"),
            )
    places = [*book.regions.ids(), *book.regions.sets]
    _known(row, "region", places, "O-04", Text("a region or a set of regions", "地区或地区集合"), problems)
    _known(row, "variable", list(EXCHANGE_UNITS), "O-05", Text("a variable of the model", "模型的变量"), problems)
    _known(row, "basis", list(BASES), "O-08", Text("census or year_end", "census 或 year_end"), problems)
    year = _year(row, problems)
    value = _value(row, problems)
    if len(problems) > before or year is None or value is None:
        return None
    variable = row.cells["variable"]
    basis = row.cells.get("basis", "")
    return Observation(
        region=row.cells["region"],
        year=year,
        variable=variable,
        value=value,
        unit=EXCHANGE_UNITS[variable],
        basis=basis or WITHOUT_BASIS,
        basis_given=bool(basis),
        line=row.line,
    )


def _known(row: _Row, column: str, choices: list[str], code: str, expected: Text, problems: Problems) -> None:
    name = row.cells.get(column, "")
    if name and name not in choices:
        problems.add(code, row.where(), bare(name), expected, did_you_mean(name, choices))


def _year(row: _Row, problems: Problems) -> int | None:
    text = row.cells.get("year", "")
    if text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return int(text)
    if text:
        problems.add(
            "O-06",
            row.where(),
            bare(text),
            Text("a year of four digits", "四位数年份"),
            Text("write 2023, for example", "例如写 2023"),
        )
    return None


def _value(row: _Row, problems: Problems) -> float | None:
    """The value in the exchange unit of its variable; None with a problem where number or unit cannot be used."""
    text, unit = row.cells.get("value", ""), row.cells.get("unit", "")
    variable = row.cells.get("variable", "")
    if not text or not unit:
        return None
    try:
        number = read_number(text, unit)
    except Unreadable as reason:
        problems.add("O-06", row.where(), bare(text), reason.expected, reason.to_do)
        return None
    if not math.isfinite(number):
        problems.add(
            "O-06",
            row.where(),
            bare(text),
            Text("a finite number", "有限的数字"),
            Text("look at the value again", "请核对该数值"),
        )
        return None
    return _converted(row, number, EXCHANGE_UNITS[variable], problems) if variable in EXCHANGE_UNITS else None


def _converted(row: _Row, number: float, wanted: str, problems: Problems) -> float | None:
    text, unit, variable = row.cells["value"], row.cells["unit"], row.cells["variable"]
    try:
        value = convert(number, unit, wanted)
    except (UnknownUnit, NotConvertible):
        problems.add(
            "O-09",
            row.where(),
            bare(unit),
            Text(
                f'a unit that becomes "{wanted}", the unit of {variable}',
                f"可换算为“{wanted}”（{variable} 的单位）的单位",
            ),
            Text(f'give the value in "{wanted}"', f"请以“{wanted}”为单位填写"),
        )
        return None
    if wanted == "%" and not 1 <= value <= 100:
        problems.add(
            "O-06",
            row.where(),
            f"{text} {unit}",
            Text("a share between 1 % and 100 %", "1% 至 100% 之间的比重"),
            Text('for 67.5 % write 67.5 with the unit "%"', "67.5% 请写 67.5，单位填“%”"),
        )
        return None
    return value
