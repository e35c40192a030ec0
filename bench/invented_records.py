"""Records of an invented folder: those of one region again for its copies."""

from __future__ import annotations

import re
from pathlib import Path

from bench.provinces import LEVELS, Province, blocks_of
from regmodel.params import BaseYear, ParameterBook
from regmodel.projection.supply import mine_water

INTENSITY = "water.industrial_intensity_base"
MINE_WATER = "water.mine_water"
GROWTH = "population.region_path_growth"


def _record(block: str, key: str, printed: float | None = None) -> str:
    """A record again under another key, with another number where one is given."""
    made = re.sub(r"^\[[^\]]+\]", f"[{key}]", block.strip() + "\n", count=1)
    made = re.sub(r"^derived_from = .*\n", "", made, flags=re.MULTILINE)
    if printed is not None:
        made = re.sub(r"^printed = .*$", f'printed = "{printed!r}"', made, count=1, flags=re.MULTILINE)
        made = re.sub(r"^(low|high) = .*\n", "", made, flags=re.MULTILINE)
    # The place that it describes may be cut away with its set.
    made = re.sub(r'^(describes|used_for) = \{ place = "[^"]+"', r'\1 = { place = "CHINA"', made, flags=re.MULTILINE)
    return made + "\n"


def write_records(book: ParameterBook, base: BaseYear, provinces: list[Province], target: Path) -> None:
    """Records of one region again for its copies, and what a province outside of the home needs of its own."""
    ids, sets = book.regions.ids(), book.regions.sets
    volumes = dict(zip(ids, mine_water(book, base).tolist(), strict=True))
    paths = sorted(path for path in target.glob("*.toml") if path.name != "sources.toml")
    for path in paths:
        blocks = blocks_of(path)
        kept: list[str] = []
        for key, block in blocks.items():
            stem, _, suffix = key.rpartition(".")
            regional = suffix in ids and stem != MINE_WATER
            for province in provinces:
                if suffix in ids and suffix not in province.regions:
                    continue
                if not province.ending:
                    kept.append(_shown(block, book, provinces))
                elif regional:
                    level = book.records[key].printed_unit in LEVELS
                    printed = float(book.records[key].printed) * province.factor if level else None
                    kept.append(_record(block, province.name(key), printed))
        for province in provinces:
            if province.ending and GROWTH in blocks:
                parent = book.regions.region(province.regions[0]).parent
                whole = parent if parent in sets else province.regions[0]
                kept.append(_record(blocks[GROWTH], f"{GROWTH}.{province.name(whole)}"))
            if province.ending and f"{MINE_WATER}.ORDOS" in blocks:
                example = blocks[f"{MINE_WATER}.ORDOS"]
                kept += [
                    _record(example, f"{MINE_WATER}.{province.name(region)}", volumes[region] * province.factor)
                    for region in province.regions
                ]
        intensity = next((key for key in blocks if key.startswith(f"{INTENSITY}.")), None)
        if intensity is not None:
            # A seed that the loader asks for; the reconciled figures of the regions stand above it.
            kept.append(_record(blocks[intensity], f"{INTENSITY}.other"))
        path.write_text("".join(kept), encoding="utf-8")


def _shown(block: str, book: ParameterBook, provinces: list[Province]) -> str:
    """A shipped record as it stands; where regions were cut away, without inputs that went with them."""
    if set(provinces[0].regions) == set(book.regions.ids()):
        return block.strip() + "\n\n"
    key = re.match(r"\[([^\]]+)\]", block)
    assert key is not None
    return _record(block, key[1])
