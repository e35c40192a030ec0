"""Charts of places: a schematic map of how much of each limit is used, and conflicts with the regions they touch."""

from __future__ import annotations

from collections.abc import Sequence

from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import (
    BLUE,
    INK,
    LABEL_LIMIT,
    ORANGE,
    QUIET,
    SHAPES,
    VERMILION,
    WIDTH,
    Rows,
    Spec,
    by_colour,
    by_shape,
    finished,
    mark,
    named,
    table,
)
from regmodel.report.figures import show
from regmodel.runs.load_classes import LoadClass
from regmodel.runs.loads import class_of
from regmodel.vocabulary.texts import Text

TILE = 62
CONFLICTS_DRAWN = 6
CLAUSES_DRAWN = 30
# From the lightest class to the heaviest: light to dark, and a mark of its own, so that a copier keeps the order.
SHADES = ("#f3eee3", "#f6c98f", "#d9822b", "#8a2f0a")
MARKS = ("○", "△", "▲", "■")
PALE = 3
SHARE_DIGITS = 9  # a plan that takes its whole limit stands at the limit, whatever the last bit says
_TOLD = Text("{region}, {year}: {share} % of the limit", "{region}，{year}年：占上限 {share}%")
_TITLE = Text("{scenario}, {year}", "{scenario}，{year}年")
_BELOW = Text("{mark} {name}, below {start} %", "{mark} {name}（低于{start}%）")
_FROM = Text("{mark} {name}, from {start} %", "{mark} {name}（{start}%起）")
_NO_LIMIT = Text("no limit recorded", "未记录上限")
_CONFLICT = Text("Conflict {number}", "冲突{number}")


def load_map(data: ChartData) -> Spec | None:
    """Water use as per cent of its limit in the last year, a tile a region, the trend beside the programme's plan."""
    last = data.years[1]
    tiles = {region.id: region.tile for region in data.regions.regions if region.tile is not None}
    if not tiles or not any(data.water_cap(region, last) for region in tiles):
        return None
    classes = data.figures.load_classes
    names = _class_names(classes, data)
    panels = [
        _map(_loads(data, scenario, tiles, last), _TITLE.fill(scenario=words, year=last).read(data.language), names)
        for scenario, words in data.scenarios()
    ]
    return finished({"hconcat": panels, "spacing": 26})


def _class_names(classes: Sequence[LoadClass], data: ChartData) -> list[str]:
    """Each class with its mark and where it begins; the lightest with where it ends."""
    found = []
    for rank, one in enumerate(classes):
        words = _FROM if rank else _BELOW
        start = one.from_load if rank else classes[1].from_load
        mark_of = MARKS[min(rank, len(MARKS) - 1)]
        name = one.title.read(data.language)
        found.append(words.fill(mark=mark_of, name=name, start=f"{100 * start:g}").read(data.language))
    return [*found, _NO_LIMIT.read(data.language)]


def _loads(data: ChartData, scenario: str, tiles: dict[str, tuple[int, int]], year: int) -> Rows:
    """One row a tile: its load as the early warning has it on the trend, and the class by the same definition."""
    rows: Rows = []
    classes = data.figures.load_classes
    names = _class_names(classes, data)
    for region, (column, row) in tiles.items():
        share = data.water_load(scenario, region, year)
        rank = None if share is None else int(class_of(round(share, SHARE_DIGITS), [one.from_load for one in classes]))
        held = names[-1] if rank is None else names[rank]
        name = f"{data.region_name(region)}{' *' if data.cap_is_assumed(region) else ''}"
        shown = "–" if share is None or rank is None else f"{MARKS[min(rank, len(MARKS) - 1)]} {show(100 * share, 0)}"
        told = held if share is None else _TOLD.fill(region=name, year=year, share=shown).read(data.language)
        place = {"region": name, "column": column, "row": row, "rank": -1 if rank is None else rank}
        percent = None if share is None else 100 * share
        rows.append({**place, "share": percent, "class": held, "shown": shown, "told": told})
    return rows


def _map(rows: Rows, title: str, names: list[str]) -> Spec:
    columns, depth = 1 + max(row["column"] for row in rows), 1 + max(row["row"] for row in rows)
    x = {"field": "column", "type": "ordinal", "axis": None, "scale": {"domain": list(range(columns))}}
    y = {"field": "row", "type": "ordinal", "axis": None, "scale": {"domain": list(range(depth))}}
    shades = dict(zip(names, (*SHADES[: len(names) - 1], "white"), strict=False))
    legend = {"orient": "bottom", "columns": 2, "symbolType": "square", "symbolStrokeColor": QUIET}
    shade = by_colour("class", names, [shades.get(name, SHADES[-1]) for name in names], legend)
    pale = {"condition": {"test": f"datum.rank >= {PALE}", "value": "white"}, "value": INK}
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
    y = named("clause", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False, "grid": True})
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
