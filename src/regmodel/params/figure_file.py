"""baseline.csv, the published figures in rows, and corrections.csv."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from regmodel.params.amounts import check_confidence, read_amount
from regmodel.params.records import Correction, Figure, Source
from regmodel.params.tables import Row, bare, missing_cells, read_table
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text

_NEEDED = ("region", "year", "variable", "printed", "printed_unit", "unit", "source", "where", "confidence")
COLUMNS = (
    "region", "year", "target_year", "variable", "printed", "printed_unit", "unit", "source", "where", "confidence",
    "note",
)  # fmt: skip
_CORRECTION_COLUMNS = (
    "row", "table", "found", "read_as", "unit", "evidence_en", "evidence_zh", "numerator", "denominator",
    "agrees_with",
)  # fmt: skip


def read_figures(
    folder: Path, sources: Mapping[str, Source], regions: RegionSets, problems: Problems
) -> tuple[Figure, ...]:
    """Figures in the order of the table; problems are noted with row and what the row is about."""
    figures: dict[str, Figure] = {}
    for row in read_table(folder / "baseline.csv", COLUMNS, problems):
        figure = _figure(row, sources, regions, problems)
        if figure is None:
            continue
        if figure.key in figures:
            problems.add(
                "P-10",
                row.where(figure.key),
                Text("this figure a second time", "该数据重复出现"),
                Text("one row for each region, year and variable", "每个地区、年份、指标一行"),
                Text("delete one of the two", "请删除其中一行"),
            )
        figures[figure.key] = figure
    return tuple(figures.values())


def _figure(row: Row, sources: Mapping[str, Source], regions: RegionSets, problems: Problems) -> Figure | None:
    name = f"{row['variable']} of {row['region']} in {row['year']}"
    where = row.where(name)
    if missing_cells(row, _NEEDED, name, problems):
        return None
    if not regions.is_known(row["region"]):
        problems.add(
            "P-12",
            where,
            bare(row["region"]),
            Text("a region, a set or a place", "地区、地区集合或地点"),
            did_you_mean(row["region"], regions.known_names()),
        )
    year = _year(row["year"], where, problems)
    target_year = _year(row["target_year"], where, problems) if row["target_year"] else None
    source = check_confidence(where, row["confidence"], row["source"], sources, problems)
    value = read_amount(where, row["printed"], row["printed_unit"], row["unit"], source, problems)
    if value is None or year is None:
        return None
    return Figure(
        region=row["region"],
        year=year,
        target_year=target_year,
        variable=row["variable"],
        printed=row["printed"],
        printed_unit=row["printed_unit"],
        value=value,
        unit=row["unit"],
        source=row["source"],
        where=row["where"],
        confidence=row["confidence"],
        note=row["note"],
    )


def _year(text: str, where: str, problems: Problems) -> int | None:
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    problems.add(
        "P-16",
        where,
        bare(text),
        Text("a year of four digits", "四位数年份"),
        Text("write 2020, for example", "例如写 2020"),
    )
    return None


def read_corrections(folder: Path, problems: Problems) -> tuple[Correction, ...]:
    """Corrections in the order of the table."""
    corrections = []
    for row in read_table(folder / "corrections.csv", _CORRECTION_COLUMNS, problems):
        if missing_cells(row, _CORRECTION_COLUMNS[:7], row["row"], problems):
            continue
        corrections.append(
            Correction(
                row=row["row"],
                table=row["table"],
                found=row["found"],
                read_as=row["read_as"],
                unit=row["unit"],
                evidence=Text(row["evidence_en"], row["evidence_zh"]),
                numerator=row["numerator"],
                denominator=row["denominator"],
                agrees_with=row["agrees_with"],
            )
        )
    return tuple(corrections)
