"""Regions, their sets, sectors and water sources, read from their tables."""

from __future__ import annotations

from pathlib import Path

from regmodel.params.records import Sector, WaterSource
from regmodel.params.tables import Row, bare, missing_cells, read_table
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.regions import Place, Region, RegionSets
from regmodel.vocabulary.sets import SECTORS, USES, WATER_SOURCES
from regmodel.vocabulary.texts import Text

CITY_TYPES = ("expanding", "stable", "shrinking", "unlisted")
PRINTED_SECTORS = ("primary", "secondary", "tertiary")
_YES_NO = ("yes", "no")


REGION_COLUMNS = ("region", "name", "name_zh", "parent", "city_type")
TILE_COLUMNS = ("map_column", "map_row")


def read_regions(folder: Path, problems: Problems) -> RegionSets:
    """Regions in their order, sets and places."""
    regions: dict[str, Region] = {}
    for row in read_table(folder / "regions.csv", REGION_COLUMNS, problems, optional=TILE_COLUMNS):
        if missing_cells(row, ("region", "name", "name_zh", "parent", "city_type"), row["region"], problems):
            continue
        if row["region"] in regions:
            _twice(row.where(row["region"]), row["region"], problems)
        if row["city_type"] not in CITY_TYPES:
            problems.add(
                "P-16",
                row.where(row["region"]),
                bare(row["city_type"]),
                Text("a city type of the plan", "规划中的城市类型"),
                did_you_mean(row["city_type"], CITY_TYPES),
            )
        regions[row["region"]] = Region(
            row["region"], Text(row["name"], row["name_zh"]), row["parent"], row["city_type"], _tile(row, problems)
        )
    return _with_sets(folder, tuple(regions.values()), problems)


def _tile(row: Row, problems: Problems) -> tuple[int, int] | None:
    """Where a schematic map draws the region; None for one that it leaves out."""
    cells = [row[name].strip() for name in TILE_COLUMNS]
    if not any(cells):
        return None
    for name, cell in zip(TILE_COLUMNS, cells, strict=True):
        if not cell.isdecimal():
            problems.add(
                "P-04",
                row.where(row["region"]),
                bare(cell),
                Text(f"a whole number from 0 for {name}", f"{name} 须为从 0 起的整数"),
                Text("count columns from the west and rows from the north", "列自西数起，行自北数起"),
            )
            return None
    return int(cells[0]), int(cells[1])


def _with_sets(folder: Path, regions: tuple[Region, ...], problems: Problems) -> RegionSets:
    ids = [region.id for region in regions]
    sets: dict[str, tuple[str, ...]] = {}
    names: dict[str, Text] = {}
    places: dict[str, Place] = {}
    for row in read_table(folder / "region_sets.csv", ("name", "title", "title_zh", "members", "part_of"), problems):
        if missing_cells(row, ("name", "title", "title_zh"), row["name"], problems):
            continue
        name, title = row["name"], Text(row["title"], row["title_zh"])
        if name in ids or name in sets or name in places:
            _twice(row.where(name), name, problems)
        members = tuple(part.strip() for part in row["members"].split("+") if part.strip())
        for member in [*members, *([row["part_of"]] if row["part_of"] else [])]:
            if ids and member not in ids:
                problems.add(
                    "P-12",
                    row.where(name),
                    bare(member),
                    Text("a region of regions.csv", "regions.csv 中的地区"),
                    did_you_mean(member, ids),
                )
        if members:
            sets[name] = tuple(region for region in ids if region in members)
            names[name] = title
        else:
            places[name] = Place(name, title, row["part_of"] or None)
    return RegionSets(regions, sets, names, places)


def read_sectors(folder: Path, problems: Problems) -> tuple[Sector, ...]:
    """The five sectors in the order of every array."""
    columns = ("sector", "name", "name_zh", "printed_sector")
    found: dict[str, Sector] = {}
    for row in read_table(folder / "sectors.csv", columns, problems):
        if missing_cells(row, columns, row["sector"], problems):
            continue
        if row["printed_sector"] not in PRINTED_SECTORS:
            problems.add(
                "P-16",
                row.where(row["sector"]),
                bare(row["printed_sector"]),
                Text("one of the three printed sectors", "三次产业之一"),
                did_you_mean(row["printed_sector"], PRINTED_SECTORS),
            )
        found[row["sector"]] = Sector(row["sector"], Text(row["name"], row["name_zh"]), row["printed_sector"])
    _complete("sectors.csv", list(found), SECTORS, problems)
    return tuple(found[sector] for sector in SECTORS if sector in found)


def read_water_sources(folder: Path, problems: Problems) -> tuple[WaterSource, ...]:
    """Water sources in the order of every array, with the uses that their quality allows."""
    columns = ("water_source", "name", "name_zh", *USES)
    found: dict[str, WaterSource] = {}
    for row in read_table(folder / "water_sources.csv", columns, problems, ("note",)):
        if missing_cells(row, columns, row["water_source"], problems):
            continue
        for use in USES:
            if row[use] not in _YES_NO:
                problems.add(
                    "P-16",
                    row.where(f"{row['water_source']}, {use}"),
                    bare(row[use]),
                    Text("yes or no", "yes 或 no"),
                    Text("say whether the quality suffices for this use", "请注明水质是否满足该用途"),
                )
        found[row["water_source"]] = WaterSource(
            row["water_source"],
            Text(row["name"], row["name_zh"]),
            {use: row[use] == "yes" for use in USES},
            row["note"],
        )
    _complete("water_sources.csv", list(found), WATER_SOURCES, problems)
    return tuple(found[source] for source in WATER_SOURCES if source in found)


def _complete(table: str, found: list[str], wanted: tuple[str, ...], problems: Problems) -> None:
    for name in found:
        if name not in wanted:
            problems.add(
                "P-02",
                f"params/{table}   {name}",
                bare(name),
                Text("a name that the model has", "模型已有的名称"),
                did_you_mean(name, wanted),
            )
    for name in wanted:
        if name not in found:
            problems.add(
                "P-03",
                f"params/{table}",
                Text(f'no row "{name}"', f"缺少“{name}”一行"),
                Text("one row for each", "每项一行"),
                Text("add the row", "请补上该行"),
            )


def _twice(where: str, name: str, problems: Problems) -> None:
    problems.add(
        "P-10",
        where,
        Text(f'"{name}" a second time', f"“{name}”重复出现"),
        Text("each name once", "每个名称只出现一次"),
        Text("delete one or give it another name", "请删除其一或改名"),
    )
