"""Water use of the base year by region and use.

Totals of cities are raked to the regional total first. Then domestic use is people times norms, industrial use is value
added times one intensity, ecological use is a share of the total, each scaled to its regional total; irrigation is
what a city has left. A last two-way fitting closes what rounding and published cells leave open.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.params.base_cells import Cell, Cells, Gathering, rounding_of
from regmodel.params.reconciliation import Margin
from regmodel.vocabulary.many import at_least_nothing, plain
from regmodel.vocabulary.sets import INDUSTRY, SECTORS, USES
from regmodel.vocabulary.texts import Text

PRINTED_USES = {
    "domestic": "water_use_domestic",
    "industry": "water_use_industry",
    "irrigation": "water_use_agriculture",
    "ecology": "water_use_ecological",
}
_UNIT = "hm3/year"
_TOTAL = "water_use_total"


def water_of(
    gathering: Gathering,
    people: Mapping[str, float],
    urban: Mapping[str, float],
    value_added: NDArray[np.float64],
) -> dict[Cell, float]:
    """Use in hm3/year by (region, use), adding up to the totals of cities and to those of uses."""
    totals = _totals(gathering)
    if gathering.problems.errors:
        return {}
    cells = Cells("water_use", _UNIT)
    _put(gathering, cells, "domestic", _domestic(gathering, people, urban))
    _put(gathering, cells, "industry", _industry(gathering, value_added))
    _put(gathering, cells, "ecology", _ecology(gathering, totals))
    if gathering.problems.errors:
        return {}
    scaled = _scaled(gathering, cells)
    _put(gathering, cells, "irrigation", _rest(gathering, totals, scaled))
    if gathering.problems.errors:
        return {}
    margins = _margins(gathering, totals, cells)
    start = Cells(cells.quantity, cells.unit, cells.fixed, {**cells.seeds, **_movable(cells, scaled)}, cells.rounding)
    before = len(gathering.adjustments)
    fitted = gathering.fit(start, margins)
    del gathering.adjustments[before:]
    gathering.note(cells, fitted, margins)
    return fitted


def _totals(gathering: Gathering) -> dict[str, float]:
    cells = Cells(_TOTAL, _UNIT)
    for region in gathering.book.regions.ids():
        figure = gathering.figure(_TOTAL, region)
        record = None if figure is not None else gathering.record("water.use_base", region)
        if figure is not None:
            cells.put((region, _TOTAL), figure.value, figure.confidence, rounding_of(figure))
        elif record is not None:
            cells.put((region, _TOTAL), record.value, record.confidence)
        else:
            name = gathering.book.regions.name(region)
            gathering.miss(
                f"water.use_base.{region}",
                Text(f"water use of {name.en} in {gathering.year}", f"{name.zh}{gathering.year}年用水总量"),
            )
    if gathering.unseeded:
        return {}
    fitted = gathering.fit(cells, gathering.margins(_TOTAL))
    return {region: value for (region, _), value in fitted.items()}


def _put(gathering: Gathering, cells: Cells, use: str, seeds: Mapping[str, float]) -> None:
    """A published use of a region where there is one, else the seed."""
    for region in gathering.book.regions.ids():
        figure = gathering.figure(PRINTED_USES[use], region)
        if figure is not None:
            cells.put((region, use), figure.value, figure.confidence, rounding_of(figure))
        elif region in seeds:
            cells.put((region, use), seeds[region], "D")


def _domestic(gathering: Gathering, people: Mapping[str, float], urban: Mapping[str, float]) -> dict[str, float]:
    seeds = {}
    for region in gathering.book.regions.ids():
        town = gathering.transferred_figure("domestic_norm_with_urban_public", region)
        country = gathering.record("water.rural_domestic_norm", region)
        if town is None or country is None:
            gathering.miss(
                "water.rural_domestic_norm" if country is None else "domestic_norm_with_urban_public",
                Text("norms for town and country residents", "城镇与农村居民用水定额"),
            )
            return {}
        seeds[region] = urban[region] * town.value + (people[region] - urban[region]) * country.value
    return seeds


def _industry(gathering: Gathering, value_added: NDArray[np.float64]) -> dict[str, float]:
    """Value added of industry times the intensity of the region, or of the set whose industrial use is printed."""
    ids = gathering.book.regions.ids()
    columns = [SECTORS.index(sector) for sector in INDUSTRY]
    added = dict(zip(ids, map(plain, value_added[:, columns].sum(axis=1)), strict=True))
    seeds = {}
    for region in ids:
        record = gathering.record("water.industrial_intensity_base", region)
        intensity = record.value if record is not None else _printed_intensity(gathering, region, added)
        if intensity is None:
            gathering.miss(
                f"water.industrial_intensity_base.{region}",
                Text("industrial water per industrial value added", "工业增加值用水强度"),
            )
            continue
        seeds[region] = added[region] * intensity
    return seeds


def _printed_intensity(gathering: Gathering, region: str, added: Mapping[str, float]) -> float | None:
    for margin in gathering.margins(PRINTED_USES["industry"]):
        members = [member for member, _ in margin.cells]
        whole = sum(added[member] for member in members)
        if region in members and whole > 0:
            return margin.total / whole
    return None


def _ecology(gathering: Gathering, totals: Mapping[str, float]) -> dict[str, float]:
    seeds = {}
    for region in gathering.book.regions.ids():
        share = gathering.record("water.ecological_share_base", region)
        if share is None:
            gathering.miss(f"water.ecological_share_base.{region}", Text("a share of total use", "占用水总量的比重"))
            continue
        seeds[region] = totals[region] * share.value
    return seeds


def _scaled(gathering: Gathering, cells: Cells) -> dict[Cell, float]:
    """Domestic, industrial and ecological use, each scaled to its printed total by itself."""
    values = {**cells.fixed, **cells.seeds}
    for use in ("domestic", "industry", "ecology"):
        part = Cells(
            use,
            _UNIT,
            {cell: value for cell, value in cells.fixed.items() if cell[1] == use},
            {cell: value for cell, value in cells.seeds.items() if cell[1] == use},
            cells.rounding,
        )
        before = len(gathering.adjustments)
        values.update(gathering.fit(part, gathering.margins(PRINTED_USES[use], use)))
        del gathering.adjustments[before:]
    return values


def _rest(gathering: Gathering, totals: Mapping[str, float], scaled: Mapping[Cell, float]) -> dict[str, float]:
    seeds = {}
    for region, total in totals.items():
        others = sum(scaled.get((region, use), 0.0) for use in USES if use != "irrigation")
        if others > total:
            gathering.problems.add(
                "P-14",
                f"params/water.toml   water.use_base.{region}",
                Text(
                    f"{total:.4g} x 10^6 m3 a year; homes, industry and ecology alone come to {others:.4g}",
                    f"每年 {total:.4g}×10^6 m3，而生活、工业、生态合计已达 {others:.4g}",
                ),
                Text("a total that leaves something for fields", "总量应给灌溉留有余量"),
                Text("look at the total and at the shares of this region", "请核对该地区的总量与各项占比"),
            )
        seeds[region] = at_least_nothing(total - others)
    return seeds


def _movable(cells: Cells, scaled: Mapping[Cell, float]) -> dict[Cell, float]:
    return {cell: value for cell, value in scaled.items() if cell in cells.seeds}


def _margins(gathering: Gathering, totals: Mapping[str, float], cells: Cells) -> list[Margin[Cell]]:
    """Totals of cities and totals of uses."""
    rows = [
        Margin(f"{_TOTAL} of {region} in {gathering.year}", tuple((region, use) for use in USES), total)
        for region, total in totals.items()
    ]
    columns = [margin for use in USES for margin in gathering.margins(PRINTED_USES[use], use)]
    return rows + columns
