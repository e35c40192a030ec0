"""Folders of params for any number of regions: the shipped one, a part of it, or copies of its regions.

A copied province has the regions, sets, clauses and paths of the shipped one under names of its own. Its levels are
all scaled by one factor, so that no two provinces are the same and each can hold its targets as the shipped one can.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from bench.invented_clauses import add_basin, write_clauses
from bench.invented_records import write_records
from bench.provinces import LEVELS, Province, Row, blocks_of, provinces_of, rows_of, write_rows
from regmodel.params import BaseYear, ParameterBook, base_year, read_book, shipped_folder
from regmodel.vocabulary.sets import SECTORS, USES

NOTE = "invented for a measurement: a copy of a shipped region"
CLAUSE_FILES = ("plan_clauses.csv", "path_clauses.csv", "regulation_clauses.csv")
PRINTED_USES = dict(zip(USES, ("domestic", "industry", "agriculture", "ecological"), strict=True))


def invented_folder(size: int, target: Path) -> Path:
    """A folder of params with so many regions; the shipped records as they stand where that is their number."""
    book = read_book()
    shipped = book.regions.ids()
    shutil.copytree(shipped_folder(), target)
    if size == len(shipped):
        return target
    base = base_year(book)
    provinces = provinces_of(book, size)
    _write_regions(book, provinces, target)
    _write_figures(book, base, provinces, target)
    write_records(book, base, provinces, target)
    for name in CLAUSE_FILES:
        write_clauses(book, provinces, target / name)
    if len(provinces) > 1:
        add_basin(book, provinces, target)
    _keep_scenarios(target)
    _keep_cited_sources(target)
    return target


def _write_regions(book: ParameterBook, provinces: list[Province], target: Path) -> None:
    columns, rows = rows_of(target / "regions.csv")
    write_rows(
        target / "regions.csv",
        columns,
        (
            {
                **row,
                "region": province.name(row["region"]),
                "name": row["name"] + province.ending.replace("_", " "),
                "name_zh": row["name_zh"] + province.ending.removeprefix("_"),
                "parent": province.name(row["parent"]),
            }
            for province in provinces
            for row in rows
            if row["region"] in province.regions
        ),
    )
    columns, rows = rows_of(target / "region_sets.csv")
    kept: list[Row] = []
    for province in provinces:
        for row in rows:
            members = [member for member in row["members"].split("+") if member in province.regions]
            first = not province.ending
            if not members and (row["members"] or not first):
                continue
            part_of = row["part_of"] if row["part_of"] in province.regions else ""
            kept.append(
                {
                    **row,
                    "name": province.name(row["name"]),
                    "title": row["title"] + province.ending.replace("_", " "),
                    "title_zh": row["title_zh"] + province.ending.removeprefix("_"),
                    "members": "+".join(map(province.name, members)),
                    "part_of": part_of,
                }
            )
    write_rows(target / "region_sets.csv", columns, kept)


def _write_figures(book: ParameterBook, base: BaseYear, provinces: list[Province], target: Path) -> None:
    """Figures of places as they stand; figures of regions copied, with the reconciled base year in place of seeds."""
    columns, rows = rows_of(target / "baseline.csv")
    fitted = _fitted(base)
    kept: list[Row] = []
    totals = {variable for _, variable in fitted} | {"population", "urban_population"}
    for province in provinces:
        for row in rows:
            place, key = row["region"], (row["region"], row["variable"])
            if place in province.regions:
                if row["year"] != str(base.year) or key not in fitted:
                    kept.append(_copied(row, province, None))
            elif not province.ending and place not in book.regions.ids() and row["variable"] not in totals:
                kept.append(row)
        for (place, variable), value in fitted.items():
            if place in province.regions:
                unit = ("10^6 m3", "hm3/year") if variable.startswith("water_") else ("10^8 CNY", "yi_yuan/year")
                row = dict.fromkeys(columns, "") | {
                    "region": place,
                    "year": str(base.year),
                    "variable": variable,
                    "printed_unit": unit[0],
                    "unit": unit[1],
                }
                kept.append(_copied(row, province, value))
    write_rows(target / "baseline.csv", columns, kept)


def _copied(row: Row, province: Province, value: float | None) -> Row:
    """A figure of a region again for its copy: a level by the factor, anything else as it stands."""
    printed = row["printed"] if value is None else repr(value)
    if row["printed_unit"] in LEVELS and (province.ending or value is not None):
        printed = repr(float(printed) * province.factor)
    made = {**row, "region": province.name(row["region"]), "printed": printed}
    if province.ending or value is not None:
        made |= {"source": "judgement", "where": "invented", "confidence": "D", "note": NOTE}
    return made


def _fitted(base: BaseYear) -> dict[tuple[str, str], float]:
    """The reconciled base year by region and variable, in memory units."""
    found: dict[tuple[str, str], float] = {}
    secondary = [SECTORS.index(name) for name in ("energy_chemicals", "other_industry", "construction")]
    for index, region in enumerate(base.regions.ids()):
        added = base.value_added[index]
        parts = {
            "va_primary": added[SECTORS.index("agriculture")],
            "va_secondary": added[secondary].sum(),
            "va_tertiary": added[SECTORS.index("services")],
        }
        uses = {f"water_use_{PRINTED_USES[use]}": base.water_use[index, number] for number, use in enumerate(USES)}
        for name, value in {**parts, **uses}.items():
            found[region, name] = float(value)
        found[region, "gdp"] = sum(map(float, parts.values()))
        found[region, "water_use_total"] = sum(map(float, uses.values()))
    return found


def _keep_scenarios(target: Path) -> None:
    """The scenarios whose clauses are all there."""
    known = {row["figure_id"] for name in CLAUSE_FILES for row in rows_of(target / name)[1]}
    for path in sorted((target / "scenarios").glob("*.toml")):
        named = re.findall(
            r'^"clause\.(.+)\.(?:enabled|value|reading)"', path.read_text(encoding="utf-8"), re.MULTILINE
        )
        if not set(named) <= known:
            path.unlink()


def _keep_cited_sources(target: Path) -> None:
    """Sources that something still cites: the loader refuses one that nothing does."""
    cited: set[str] = set()
    for path in target.glob("*.csv"):
        cited.update(row["source"] for row in rows_of(path)[1] if row.get("source"))
    for path in target.glob("*.toml"):
        if path.name != "sources.toml":
            cited.update(re.findall(r'^source = "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE))
    blocks = blocks_of(target / "sources.toml")
    (target / "sources.toml").write_text(
        "".join(f"{block.strip()}\n\n" for key, block in blocks.items() if key in cited), encoding="utf-8"
    )
