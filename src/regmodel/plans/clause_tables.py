"""Reading the register: plan clauses, regulations and paths, with every problem reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from regmodel.plans.clause import BOUNDING_KINDS, Clause
from regmodel.plans.clause_checks import (
    RowPlace,
    Vocabulary,
    check_names,
    check_numbers,
    check_standing,
    read_cell,
)
from regmodel.plans.documents import read_documents, read_rows
from regmodel.plans.wording import read_wording
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text

PLAN_CLAUSES = "plan_clauses.csv"
REGULATION_CLAUSES = "regulation_clauses.csv"
PATH_CLAUSES = "path_clauses.csv"
CORRECTIONS = "corrections.csv"
UNITS = "clause_units.csv"
PLAN_COLUMNS = (
    "figure_id",
    "plan_id",
    "domain",
    "kind",
    "variable",
    "region",
    "year_from",
    "year_to",
    "sense",
    "value",
    "low",
    "high",
    "unit",
    "as_printed",
    "wording",
    "readings",
    "rank",
    "section",
    "ambiguity_or_note",
)
FURTHER_COLUMNS = (*PLAN_COLUMNS, "source", "confidence", "assumed", "record")
TABLES: Mapping[str, tuple[str, ...]] = {
    PLAN_CLAUSES: PLAN_COLUMNS,
    REGULATION_CLAUSES: FURTHER_COLUMNS,
    PATH_CLAUSES: FURTHER_COLUMNS,
}
STATEMENT_RANK = 7


def read_units(folder: Path) -> dict[str, tuple[str | None, Text | None]]:
    """Printed units of clauses: the unit in memory (None where no variable has it) and the name in both languages."""
    _, rows = read_rows(folder / UNITS)
    return {
        row["unit"]: (row["memory_unit"] or None, Text(row["unit_en"] or " ", row["unit_zh"] or " ")) for row in rows
    }


def read_clauses(folder: Path, regions: RegionSets) -> tuple[Clause, ...]:
    """Every clause of the register, plans first, then regulations and paths, in the order of the tables.

    Raises InputProblems with all problems of all tables at once.
    """
    problems = Problems()
    missing = [name for name in TABLES if not (folder / name).is_file()]
    for name in missing:
        problems.add(
            "R-01",
            f"params/{name}",
            Text("no such file", "文件不存在"),
            Text("one of the tables of the register", "条目登记表之一"),
            Text("put the table back; an empty one keeps its header line", "请恢复该表；空表保留表头"),
        )
    words = Vocabulary(regions, read_documents(folder), read_units(folder), read_wording(folder))
    corrected = {row["row"] for row in read_rows(folder / CORRECTIONS)[1]}
    clauses: list[Clause] = []
    seen: dict[str, str] = {}
    for name, columns in TABLES.items():
        if name not in missing:
            for row in _rows(folder / name, columns, problems):
                _note_duplicate(row, seen, problems)
                clauses.append(_clause(row, words, corrected, problems))
    problems.raise_if_any()
    return tuple(clauses)


def _rows(path: Path, columns: tuple[str, ...], problems: Problems) -> list[RowPlace]:
    """The rows of a table with their places; wrong columns are noted and the known ones still read."""
    header, rows = read_rows(path)
    for column in header:
        if column not in columns:
            problems.add(
                "R-02",
                f"params/{path.name}, header",
                f'"{column}"',
                Text("a column of this table", "本表的列名"),
                did_you_mean(column, columns),
                Text("unknown column", "未知的列"),
            )
    for column in columns:
        if column not in header:
            problems.add(
                "R-03",
                f"params/{path.name}, header",
                Text(f'no column "{column}"', f"缺少“{column}”列"),
                Text(f"the columns {', '.join(columns)}", f"列：{'、'.join(columns)}"),
                Text("put the column back", "请恢复该列"),
            )
    return [
        RowPlace(f"params/{path.name}, row {line} ({row.get('figure_id') or 'no id'})", row)
        for line, row in enumerate(rows, start=2)
    ]


def _note_duplicate(row: RowPlace, seen: dict[str, str], problems: Problems) -> None:
    name = row["figure_id"]
    if not name or name in seen:
        first = seen.get(name, "")
        found = (
            Text(f'"{name}" again; first in {first}', f"“{name}”重复；首次见于{first}")
            if name
            else Text("no id", "没有编号")
        )
        problems.add(
            "R-04",
            row.where,
            found,
            Text("an id that no other row has", "唯一的编号"),
            Text("give the row an id of its own, or delete the double", "请另取编号，或删除重复行"),
        )
    seen.setdefault(name, row.where)


def _clause(row: RowPlace, words: Vocabulary, corrected: set[str], problems: Problems) -> Clause:
    check_names(row, words, problems)
    check_standing(row, problems)
    numbers = {column: read_cell(row, column, problems) for column in ("value", "low", "high")}
    years = {column: read_cell(row, column, problems, whole=True) for column in ("year_from", "year_to")}
    rank = read_cell(row, "rank", problems, whole=True)
    check_numbers(row, {**numbers, **years}, problems)
    bounding = row["kind"] in BOUNDING_KINDS
    memory_unit, unit_words = words.units.get(row["unit"], (None, None))
    return Clause(
        id=row["figure_id"],
        plan=row["plan_id"],
        domain=row["domain"],
        kind=row["kind"],
        variable=row["variable"],
        region=row["region"],
        year_from=_whole(years["year_from"]),
        year_to=_whole(years["year_to"]),
        sense=row["sense"],
        value=numbers["value"],
        low=numbers["low"],
        high=numbers["high"],
        unit=row["unit"],
        as_printed=row["as_printed"],
        wording=row["wording"],
        readings=tuple(filter(None, row["readings"].split("|"))),
        rank=_whole(rank),
        section=row["section"],
        note=row["ambiguity_or_note"],
        source=row["source"] or row["plan_id"],
        confidence=row["confidence"] or ("B" if row["figure_id"] in corrected else "A"),
        assumed=row["assumed"] == "yes",
        enabled=bounding and row["kind"] != "statement" and rank != STATEMENT_RANK,
        record=row["record"] or None,
        unit_words=unit_words,
        memory_unit=memory_unit,
        document=words.documents.get(row["plan_id"]),
        rules=words.rules,
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
