"""Charts of people, output and regions. Each is defined once and drawn by every form of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import (
    BLUE,
    GREEN,
    HEIGHT,
    INK,
    LINE_LEGEND,
    PANEL_HEIGHT,
    PANEL_WIDTH,
    PANELS_IN_A_ROW,
    STACK,
    VERMILION,
    WIDTH,
    Rows,
    Spec,
    amount,
    by_colour,
    by_dash,
    by_shape,
    domain_of,
    finished,
    mark,
    named,
    of_scenario,
    table,
    years_axis,
)
from regmodel.report.labels import SECTOR_NAMES, variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Text

TICKED = 5
_PERSONS = Text("Residents, {unit}", "常住人口，{unit}")
_SHARE = Text("Urban share, %", "城镇化率，%")


def people(data: ChartData) -> Spec | None:
    """Residents and urban residents of the whole, and the urban share beside the plan's windows."""
    names = {name: variable_label(name, data.language) for name in ("population", "urban_population")}
    rows = data.series(names, [data.main])
    shares = data.series({"urbanisation_rate": variable_label("urbanisation_rate", data.language)}, [data.main])
    if not rows or not shares:
        return None
    unit = unit_label(str(data.unit("population")), data.language)
    left = _lines(data, rows, list(names.values()), (BLUE, GREEN), _PERSONS.fill(unit=unit).read(data.language), [])
    windows: Rows = [
        {"year": limit.year, "low": limit.low, "high": limit.high, "printed": limit.printed}
        for limit in data.limits("urbanisation_rate")
        if limit.region == data.main and limit.low is not None
    ]
    right = _lines(data, shares, [shares[0]["name"]], (BLUE,), _SHARE.read(data.language), windows)
    return finished({"hconcat": [left, right], "spacing": 34})


def _lines(data: ChartData, rows: Rows, names: list[str], palette: tuple[str, ...], title: str, windows: Rows) -> Spec:
    """Lines by name (colour and shape, named at their end) and scenario (dash), with the windows that plans ask for."""
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    domain = domain_of(
        [*rows, *({"value": end} for row in windows for end in (row["low"], row["high"]) if end)], "value"
    )
    x, y = years_axis(first, last), amount("value", domain)
    colour = by_colour("name", names, palette)
    legend = {"orient": "bottom", **LINE_LEGEND} if len(scenarios) > 1 else None
    marked: Rows = [
        {**row, "told": f"{row['name']}, {row['scenario']}, {row['year']}: {row['value']:,.2f}"}
        for row in rows
        if row["year"] % TICKED == 0
    ]
    ends = [row for row in marked if row["year"] == last and row["scenario"] == scenarios[0]]
    layers = [
        mark(
            "line",
            {"x": x, "y": y, "color": colour, "strokeDash": by_dash("scenario", scenarios, legend)},
            strokeWidth=2.2,
        ),
        mark(
            "point",
            {"x": x, "y": y, "color": colour, "shape": by_shape("name", names), "description": named("told")},
            table(marked),
            filled=True,
            size=46,
            opacity=1,
        ),
    ]
    if len(names) > 1:
        layers.append(mark("text", {"x": x, "y": y, "text": named("name")}, table(ends), align="right", dy=-12))
    if windows:
        layers.extend(_windows(windows, y))
    return {"data": table(rows), "title": title, "width": (WIDTH - 140) // 2, "height": HEIGHT, "layer": layers}


def _windows(rows: Rows, y: Spec) -> list[Spec]:
    """What the plan asks for: a bar from the lower to the upper end with the figure beside it."""
    top = max(row["high"] if row["high"] is not None else row["low"] for row in rows)
    closed = table([{**row, "high": top if row["high"] is None else row["high"]} for row in rows])
    x = amount("year")
    low, high = {**y, "field": "low"}, {"field": "high"}
    return [
        mark("rule", {"x": x, "y": low, "y2": high, "description": named("printed")}, closed, strokeWidth=7, color=INK),
        mark("text", {"x": x, "y": low, "text": named("printed")}, closed, align="right", dx=-8, dy=10),
    ]


def output(data: ChartData) -> Spec | None:
    """Value added by sector of the whole, stacked, each layer named at its end."""
    return stacked(data, {variable: label.read(data.language) for variable, label in SECTOR_NAMES.items()}, data.main)


def stacked(
    data: ChartData, names: Mapping[str, str], region: str, limits: Rows | None = None, limit_name: str = ""
) -> Spec | None:
    """Layers of one whole over the years, one panel a scenario on a common axis, a limit drawn over them."""
    rows = data.series(names, [region])
    if not rows:
        return None
    heaped = _heaped(rows, list(names.values()))
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    top = max([row["upper"] for row in heaped] + [row["value"] for row in limits or []])
    unit = unit_label(str(data.unit(next(iter(names)))), data.language)
    x = years_axis(first, last)
    colour = by_colour("name", list(names.values()), STACK)
    panels = []
    for scenario in scenarios:
        own = [row for row in heaped if row["scenario"] == scenario]
        y = amount("lower", [0, top * 1.05])
        area = {"x": x, "y": y, "y2": {"field": "upper"}, "color": colour, "detail": named("name")}
        layers = [
            mark("area", area, stroke="white", strokeWidth=1.2, opacity=1),
            _end_names(own, last),
            _told(own),
            *(_limit_line(limits, limit_name) if limits else []),
        ]
        width = WIDTH // len(scenarios) - 190 if len(scenarios) > 1 else WIDTH - 260
        panels.append(
            {"data": table(own), "title": f"{scenario}, {unit}", "width": width, "height": HEIGHT, "layer": layers}
        )
    return finished({"hconcat": panels, "spacing": 20})


def _heaped(rows: Rows, order: list[str]) -> Rows:
    """Rows with lower and upper edge of each layer, heaped in the order given."""
    reached: dict[tuple[str, int], float] = {}
    heaped: Rows = []
    for name in order:
        for row in rows:
            if row["name"] == name:
                lower = reached.get((row["scenario"], row["year"]), 0.0)
                upper = lower + row["value"]
                reached[row["scenario"], row["year"]] = upper
                told = f"{name}, {row['year']}: {row['value']:,.2f}"
                heaped.append({**row, "lower": lower, "upper": upper, "middle": (lower + upper) / 2, "told": told})
    return heaped


def _end_names(rows: Rows, last: int) -> Spec:
    """The name of each layer at its right end, where the eye is; layers too thin for it are pushed apart."""
    ends: Rows = [dict(row) for row in rows if row["year"] == last]
    room, reached = max((row["upper"] for row in ends), default=0.0) * 0.075, float("-inf")
    for row in ends:
        row["middle"] = max(row["middle"], reached + room)
        reached = row["middle"]
    place = {"x": amount("year"), "y": amount("middle"), "text": named("name")}
    return mark("text", place, table(ends), align="left", dx=7)


def _told(rows: Rows) -> Spec:
    """Unseen marks that carry the number of each layer for the pointer and for readers that speak."""
    place = {"x": amount("year"), "y": amount("middle"), "description": named("told")}
    return mark(
        "point", place, table([row for row in rows if row["year"] % TICKED == 0]), opacity=0, size=320, filled=True
    )


def _limit_line(rows: Rows, name: str) -> list[Spec]:
    """A limit as a heavy dashed line with its name above its start."""
    place = {"x": amount("year"), "y": amount("value")}
    text = {**place, "text": {"value": name}}
    return [
        mark("line", place, table(rows), color=INK, strokeWidth=2.6, strokeDash=[7, 3]),
        mark("text", text, table(rows[:1]), align="left", dy=-10, dx=2, fontWeight="bold"),
    ]


def panels(data: ChartData, rows: Rows, *, line: float | None = None, crossings: Rows | None = None) -> Spec | None:
    """One small panel a region on common axes; ``line`` is a level in all, ``crossings`` are years named in them."""
    if not rows:
        return None
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    domain = domain_of(rows if line is None else [*rows, {"value": line}], "value")
    x = years_axis(first, last, ticks=(first, last))
    y = amount("value", domain, axis={"tickCount": 4})
    legend = LINE_LEGEND if len(scenarios) > 1 else None
    colour = by_colour("scenario", scenarios, (BLUE, VERMILION), legend)
    dash = by_dash("scenario", scenarios, legend)
    told = "datum.region + ', ' + datum.scenario + ', ' + datum.year + ': ' + format(datum.value, ',.1f')"
    plotted = {"filter": "!datum.crossed"}
    ends = [plotted, {"filter": f"datum.year == {last}"}, {"calculate": told, "as": "told"}]
    layers: list[dict[str, Any]] = [
        {"transform": [plotted], **mark("line", {"x": x, "y": y, "color": colour, "strokeDash": dash}, strokeWidth=2)},
        {
            "transform": ends,
            **mark(
                "point",
                {"x": x, "y": y, "color": colour, "description": named("told")},
                filled=True,
                size=30,
                opacity=1,
            ),
        },
    ]
    if line is not None:
        level = {"y": {"datum": line, "type": "quantitative"}}
        layers.append(mark("rule", level, color=INK, strokeDash=[5, 2], strokeWidth=1.4))
    if crossings:
        at = {"x": x, "y": y}
        crossed = {"transform": [{"filter": "datum.crossed"}]}
        layers.append({**crossed, **mark("point", at, shape="diamond", size=80, filled=True, color=INK, opacity=1)})
        text = {**at, "text": {"field": "year", "type": "quantitative", "format": "d"}}
        layers.append({**crossed, **mark("text", text, dy=-11, fontWeight="bold", fontSize=11)})
    every = [*rows, *({**row, "crossed": True} for row in crossings or [])]
    order = list(dict.fromkeys(row["region"] for row in rows))
    return finished(
        {
            "data": table(every),
            "facet": named("region", sort=order, header={"title": None}),
            "columns": PANELS_IN_A_ROW,
            "resolve": {"axis": {"x": "independent"}},
            "spacing": 18,
            "spec": {"width": PANEL_WIDTH, "height": PANEL_HEIGHT, "layer": layers},
        }
    )
