"""Charts of places: a schematic map of how much of each limit is used, and conflicts with the regions they touch."""

from __future__ import annotations

from collections.abc import Sequence

from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import (
    BLUE,
    INK,
    ORANGE,
    QUIET,
    SHAPES,
    VERMILION,
    WIDTH,
    Rows,
    Spec,
    amount,
    by_colour,
    by_shape,
    finished,
    mark,
    named,
    table,
)
from regmodel.report.figures import show
from regmodel.vocabulary.texts import Text

TILE = 62
CONFLICTS_DRAWN = 6
CLAUSES_DRAWN = 30
# From well under the limit to far over it: light to dark, so that a copier keeps the order.
SHADES = ("#f7f4ef", "#f6c98f", "#d9822b", "#8a2f0a")
_NONE = Text("no limit recorded", "未记录上限")
_TOLD = Text("{region}, {year}: {share} % of the limit", "{region}，{year}年：占上限 {share}%")
_TITLE = Text("{scenario}, {year}", "{scenario}，{year}年")
_CONFLICT = Text("Conflict {number}", "冲突{number}")


def load_map(data: ChartData) -> Spec | None:
    """Water use as per cent of its limit in the last year, a tile a region, the trend beside the programme's plan."""
    last = data.years[1]
    tiles = {region.id: region.tile for region in data.regions.regions if region.tile is not None}
    if not tiles or not any(data.water_cap(region, last) for region in tiles):
        return None
    panels = [
        _map(_loads(data, scenario, tiles, last), _TITLE.fill(scenario=words, year=last).read(data.language))
        for scenario, words in data.scenarios()
    ]
    return finished({"hconcat": panels, "spacing": 26})


def _loads(data: ChartData, scenario: str, tiles: dict[str, tuple[int, int]], year: int) -> Rows:
    rows: Rows = []
    for region, (column, row) in tiles.items():
        cap, use = data.water_cap(region, year), data.water_under_cap(scenario, region, year)
        share = 100 * use / cap if cap and use is not None else None
        mark_of = "" if share is None else ("▲" if share > 100 * (1 + 1e-9) else "●")
        name = f"{data.region_name(region)}{' *' if data.cap_is_assumed(region) else ''}"
        shown = _NONE.read(data.language) if share is None else f"{mark_of} {show(share, 0)}"
        told = _TOLD.fill(region=name, year=year, share=shown).read(data.language)
        rows.append({"region": name, "column": column, "row": row, "share": share, "shown": shown, "told": told})
    return rows


def _map(rows: Rows, title: str) -> Spec:
    columns, depth = 1 + max(row["column"] for row in rows), 1 + max(row["row"] for row in rows)
    x = {"field": "column", "type": "ordinal", "axis": None, "scale": {"domain": list(range(columns))}}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"domain": list(range(depth))}}
    scale = {"domain": [50, 85, 100, 120], "range": list(SHADES), "clamp": True}
    shade = {"condition": {"test": "datum.share === null", "value": "white"}, **amount("share", legend=None)}
    shade["scale"] = scale
    pale = {"condition": {"test": "datum.share > 108", "value": "white"}, "value": INK}
    layers = [
        mark("rect", {"x": x, "y": y, "color": shade, "description": named("told")}, stroke="white", strokeWidth=3),
        mark("text", {"x": x, "y": y, "text": named("region"), "color": pale}, dy=-8, fontSize=9.5),
        mark("text", {"x": x, "y": y, "text": named("shown"), "color": pale}, dy=9, fontSize=12.5, fontWeight="bold"),
    ]
    view = {"stroke": None}
    size = {"width": columns * (TILE - 4), "height": depth * (TILE - 12)}
    return {"data": table(rows), "title": title, **size, "view": view, "layer": layers}


def conflicts(data: ChartData, names: dict[str, str]) -> Spec | None:
    """Each conflict as its clauses, and in their rows the regions that each touches; ``names`` are the ledger's."""
    found: Sequence[dict[str, list[str]]] = data.figures.run.verdict.get("conflicts") or []
    rows: Rows = []
    regions = data.regions.ids()
    for number, conflict in enumerate(found[:CONFLICTS_DRAWN], start=1):
        head = _CONFLICT.fill(number=number).read(data.language)
        for clause in conflict["clauses"]:
            active = data.figures.clauses.get(clause)
            if active is None or len({row["clause"] for row in rows}) >= CLAUSES_DRAWN:
                continue
            touched = data.regions.sets.get(active.clause.region, (active.clause.region,))
            for region in touched:
                if region in regions:
                    told = f"{head}: {names[clause]}; {data.region_name(region)}"
                    rows.append(
                        {
                            "conflict": head,
                            "clause": f"{number} · {names[clause]}",
                            "region": data.region_name(region),
                            "place": regions.index(region),
                            "told": told,
                        }
                    )
    if not rows:
        return None
    order = list(dict.fromkeys(row["clause"] for row in rows))
    heads = list(dict.fromkeys(row["conflict"] for row in rows))
    every = [data.region_name(region) for region in regions]
    axis = {"labelAngle": -35, "orient": "top", "domain": False, "ticks": False, "grid": True, "labelFontSize": 11}
    x = named("region", sort=every, scale={"domain": every}, axis=axis)
    y = named("clause", sort=order, axis={"labelLimit": 400, "ticks": False, "domain": False, "grid": True})
    palette = (VERMILION, BLUE, INK, ORANGE, QUIET, "#009E73")
    legend = {"direction": "horizontal", "orient": "bottom"} if len(heads) > 1 else None
    colour = by_colour("conflict", heads, palette, legend)
    shapes = by_shape("conflict", heads[: len(SHAPES)], legend)
    line = {"x": x, "y": y, "color": colour, "detail": named("clause")}
    layers = [
        mark("line", line, strokeWidth=2.2, opacity=0.55),
        mark(
            "point",
            {"x": x, "y": y, "color": colour, "shape": shapes, "description": named("told")},
            filled=True,
            size=110,
            opacity=1,
        ),
    ]
    return finished({"data": table(rows), "width": WIDTH - 440, "height": max(70, 24 * len(order)), "layer": layers})
