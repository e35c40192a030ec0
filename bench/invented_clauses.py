"""Clauses of an invented folder: those over whole sets again for every province, and one over all of them."""

from __future__ import annotations

from pathlib import Path

from bench.provinces import LEVELS, Province, Row, is_whole, rows_of, write_rows
from regmodel.params import ParameterBook

BASIN = "BASIN"
BASIN_CAPS = ("yellow_river_consumption",)


def write_clauses(book: ParameterBook, provinces: list[Province], path: Path) -> None:
    """Clauses over whole sets; a figure that a plan prints for a set says nothing of a part of it."""
    columns, rows = rows_of(path)
    kept: list[Row] = []
    for province in provinces:
        for row in rows:
            parts = row["region"].split("+")
            # A path by a record asks the same of the regions that are left.
            follows = row["kind"] == "path" and all(part in book.regions.sets for part in parts)
            needs = row["variable"] == "water_shortage"
            if needs:
                row = row | {"region": "+".join(province.regions)}
            if not (needs or follows or is_whole(book, province, row["region"])):
                continue
            if province.ending and row["kind"] in ("statement", "history", "check", "baseline"):
                continue
            kept.append(_copied_clause(row, province))
    write_rows(path, columns, kept)


def _copied_clause(row: Row, province: Province) -> Row:
    if not province.ending:
        return row
    made = {**row, "region": province.name(row["region"]), "figure_id": _clause_id(row, province)}
    if row.get("record") and row["record"].split(".")[-1] in province.regions:
        made["record"] = province.name(row["record"])
    if row["unit"] in LEVELS:
        for end in ("value", "low", "high"):
            if row[end]:
                made[end] = repr(float(row[end]) * province.factor)
    return made


def _clause_id(row: Row, province: Province) -> str:
    """The id of a copied clause: the region inside of it is renamed, else the ending stands at the end."""
    parts = row["figure_id"].split(".")
    if row["region"] in parts:
        return ".".join(province.name(part) if part == row["region"] else part for part in parts)
    return row["figure_id"] + province.ending


def add_basin(book: ParameterBook, provinces: list[Province], target: Path) -> None:
    """One clause over all provinces, so that they are not independent: a cap on what all quota holders consume."""
    path = target / "regulation_clauses.csv"
    columns, rows = rows_of(path)
    like = next(row for row in rows if row["variable"] in BASIN_CAPS and row["region"] == book.regions.home)
    allowed = sum(float(like["value"]) * province.factor for province in provinces)
    everybody = [province.name(region) for province in provinces for region in province.regions]
    holders = [region for region in everybody if not region.startswith("YULIN")]
    ours = {"figure_id": f"cap.yellow_river_consumption.{BASIN}", "region": BASIN, "value": repr(allowed)}
    write_rows(path, columns, [*rows, {**like, **ours}])
    sets, known = rows_of(target / "region_sets.csv")
    basin = dict.fromkeys(sets, "") | {"name": BASIN, "title": "all quota holders", "title_zh": "全部用水户"}
    write_rows(target / "region_sets.csv", sets, [*known, basin | {"members": "+".join(holders)}])
