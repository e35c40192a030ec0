"""What a row of the register must satisfy; every problem is noted and none stops the reading of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regmodel.plans.clause import BOUNDING_KINDS, KINDS, SENSES
from regmodel.plans.documents import Document
from regmodel.plans.wording import WordingRules, wording_marks
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text

CONFIDENCES = ("A", "B", "C", "D", "E")
NUMBER_SENSES = ("=", "~", "<=", ">=", "about")
_COUNTED_KINDS = (*BOUNDING_KINDS, "baseline", "history", "coefficient", "check")


@dataclass(frozen=True)
class Vocabulary:
    """The names that a row may use."""

    regions: RegionSets
    documents: Mapping[str, Document]
    units: Mapping[str, tuple[str | None, Text | None]]
    rules: WordingRules


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands, and its cells."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


_EXPECTED = {
    "region": Text("the id of a region, a set of regions or a place", "地区、地区集合或地点的编号"),
    "plan_id": Text("a document of plans.csv or regulations.csv", "plans.csv或regulations.csv中的文件"),
    "kind": Text("one of the kinds of clause", "条目类别之一"),
    "sense": Text("a sense: " + " ".join(filter(None, SENSES)), "关系符：" + " ".join(filter(None, SENSES))),
    "unit": Text("a unit of clause_units.csv", "clause_units.csv中的单位"),
    "wording": Text("marks of wording.csv, separated by semicolons", "wording.csv中的措辞标记，以分号分隔"),
    "readings": Text("readings of readings.csv, separated by |", "readings.csv中的读法，以|分隔"),
}
_COLUMN_NAMES = {
    "region": "地区",
    "plan_id": "文件",
    "kind": "类别",
    "sense": "关系符",
    "unit": "单位",
    "wording": "措辞",
    "readings": "读法",
}


def check_names(row: RowPlace, words: Vocabulary, problems: Problems) -> None:
    """Region, document, kind, sense, unit, wording and readings must be known."""
    used_and_known = (
        ("R-05", "region", [part.strip() for part in row["region"].split("+")], words.regions.known_names()),
        ("R-06", "kind", [row["kind"]], KINDS),
        ("R-07", "sense", [row["sense"]], SENSES),
        ("R-08", "wording", wording_marks(row["wording"]), words.rules.marks()),
        ("R-09", "readings", list(filter(None, row["readings"].split("|"))), words.rules.readings),
        ("R-13", "unit", [row["unit"]], words.units),
        ("R-15", "plan_id", [row["plan_id"]], words.documents),
    )
    for code, column, used, known in used_and_known:
        for name in used:
            if name not in known:
                problems.add(
                    code,
                    row.where,
                    f'"{name}"',
                    _EXPECTED[column],
                    did_you_mean(name, [choice for choice in known if choice]),
                    Text(column, _COLUMN_NAMES[column]),
                )


def read_cell(row: RowPlace, column: str, problems: Problems, *, whole: bool = False) -> float | None:
    """The number in a cell, or None where it is empty; text in a number's place is a problem."""
    text = row[column]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf") or (whole and value != int(value)):
        expected = (
            Text("a whole number", "整数") if whole else Text("a number such as 69 or 0.59", "一个数字，例如69或0.59")
        )
        to_do = Text(
            "type the figure without unit or words; leave the cell empty if there is none",
            "只填数字，不带单位和文字；无数值则留空",
        )
        problems.add("R-14", row.where, f'"{text}"', expected, to_do, Text(column, column))
        return None
    return value


def check_numbers(row: RowPlace, numbers: Mapping[str, float | None], problems: Problems) -> None:
    """Ends and years in order, the figure inside its ends, and a number wherever the sense needs one."""
    low, high, value = numbers["low"], numbers["high"], numbers["value"]
    if low is not None and high is not None and low > high:
        problems.add(
            "R-10",
            row.where,
            Text(f"low {low:g} above high {high:g}", f"下限{low:g}大于上限{high:g}"),
            Text("low not above high", "下限不大于上限"),
            Text("exchange the two, or correct the wrong one", "请对调，或更正错误的一项"),
        )
    elif value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        problems.add(
            "R-17",
            row.where,
            Text(f"value {value:g} outside {low} to {high}", f"数值{value:g}不在{low}至{high}之间"),
            Text("a value between its low and its high", "数值位于下限与上限之间"),
            Text("correct the value or the end that it passes", "请更正数值，或更正被越过的一端"),
        )
    start, end = numbers["year_from"], numbers["year_to"]
    if start is not None and end is not None and start > end:
        problems.add(
            "R-11",
            row.where,
            Text(f"year_from {start:g} after year_to {end:g}", f"起始年{start:g}晚于终止年{end:g}"),
            Text("a first year not after the last", "起始年不晚于终止年"),
            Text("exchange the two years, or correct the wrong one", "请对调两个年份，或更正错误的一项"),
        )
    printed_a_number = any(sign.isdigit() for sign in row["as_printed"]) or not row["as_printed"]
    demanded = row["kind"] in _COUNTED_KINDS and row["sense"] in NUMBER_SENSES and printed_a_number
    if demanded and not row["value"] and not row["record"]:
        problems.add(
            "R-12",
            row.where,
            Text(f'no value beside "{row["as_printed"]}"', f"“{row['as_printed']}”旁没有数值"),
            Text(f'a number, as the sense "{row["sense"]}" needs one', f"关系符“{row['sense']}”需要一个数值"),
            Text(
                "type the printed number; where it comes from a record, name the record in the column record",
                "请填写所印数值；如来自记录，请在record列写明记录名",
            ),
        )


def check_standing(row: RowPlace, problems: Problems) -> None:
    """Confidence and the mark of an assumption, in tables that have them."""
    confidence, assumed = row["confidence"], row["assumed"]
    if "confidence" in row.cells and confidence not in CONFIDENCES:
        problems.add(
            "R-18",
            row.where,
            f'"{confidence}"',
            Text("a letter from A to E", "A至E之一"),
            Text("grade the source of this row", "请为本行来源评级"),
            Text("confidence", "可信度"),
        )
    if "assumed" in row.cells and assumed not in ("yes", "no"):
        problems.add(
            "R-19",
            row.where,
            f'"{assumed}"',
            Text("yes or no", "yes或no"),
            Text('write "yes" where no document gives the number', "没有文件给出数值时写yes"),
            Text("assumed", "是否假设"),
        )
