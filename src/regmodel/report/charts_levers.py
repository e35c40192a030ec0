"""Charts of choices: what levers cost, what two targets cost each other, what decides, how likely targets hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import (
    BLUE,
    GREEN,
    INK,
    QUIET,
    VERMILION,
    WIDTH,
    Rows,
    Spec,
    amount,
    domain_of,
    finished,
    mark,
    named,
    table,
)
from regmodel.report.figures import show
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

WATER_PRICE = "yuan/m3"
LONGEST = 20
_USED = {
    "reclaimed": "water_supply_reclaimed",
    "mine_water": "water_supply_mine_water",
}
_PRICE = Text("{unit}; the bar is the range of the assumption", "{unit}；横条为假设的取值范围")
_TOLD = Text("{lever}: {price} {unit}, {low} to {high}", "{lever}：{price} {unit}，{low}～{high}")
_USES = Text("; the plan shown takes {amount} {unit} in {year}", "；所示方案{year}年取用{amount} {unit}")
_PROBABILITY = Text("share of the scenarios in which the clause holds, %", "条款成立的情景占比，%")
_MORE = Text("at the high end", "取上限")
_LESS = Text("at the low end", "取下限")


def lever_costs(data: ChartData) -> Spec | None:
    """The curve of what water costs by lever: cheapest first, with the range of each cost and its use in the plan."""
    book = data.figures.run.scenario.book
    rows: Rows = []
    for lever in data.figures.run.scenario.levers:
        if not lever.enabled or not book.has(lever.cost_record):
            continue
        record = book.record(lever.cost_record)
        if record.unit != WATER_PRICE:
            continue
        low, high = (record.value if end is None else end for end in (record.low_value, record.high_value))
        words = {"lever": lever.title.read(data.language), "unit": unit_label(record.printed_unit, data.language)}
        ends = {"price": show(record.value), "low": show(low), "high": show(high)}
        told = _TOLD.fill(**words, **ends).read(data.language) + _used(data, lever.id)
        shown = f"{ends['price']}  ({ends['low']}–{ends['high']})"
        row = {"lever": words["lever"], "price": record.value, "low": low, "high": high, "shown": shown, "told": told}
        rows.append({**row, "unit": words["unit"]})
    if not rows:
        return None
    rows.sort(key=lambda row: row["price"])
    order = [row["lever"] for row in rows]
    title = _PRICE.fill(unit=rows[0]["unit"]).read(data.language)
    x = amount("price", [0, max(row["high"] for row in rows) * 1.25], title=title)
    y = named("lever", sort=order, axis={"labelLimit": 320, "ticks": False, "domain": False})
    band = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "description": named("told")}
    layers = [
        mark("bar", band, height=13, color=BLUE, opacity=0.35),
        mark("tick", {"x": x, "y": y, "description": named("told")}, thickness=4, height=22, color=INK),
        mark("text", {"x": {**x, "field": "high"}, "y": y, "text": named("shown")}, align="left", dx=9, fontSize=11),
    ]
    return finished({"data": table(rows), "width": WIDTH - 420, "height": 30 * len(rows), "layer": layers})


def _used(data: ChartData, lever: str) -> str:
    """How much of a lever the plan shown takes in its last year, where the run tells it."""
    variable, last = _USED.get(lever), data.years[1]
    scenario = data.figures.programme
    taken = None if variable is None or scenario is None else data.value(scenario, data.main, variable, last)
    if variable is None or taken is None:
        return ""
    unit = unit_label(str(data.unit(variable)), data.language)
    return _USES.fill(amount=show(taken), unit=unit, year=last).read(data.language)


def frontier(points: pd.DataFrame, x_title: str, y_title: str) -> Spec | None:
    """What two targets cost each other: a frame of points with columns x, y and certified, in their own units."""
    if points.empty:
        return None
    rows: Rows = [
        {"x": float(x), "y": float(y), "sure": bool(sure), "told": f"{x_title}: {show(x)}; {y_title}: {show(y)}"}
        for x, y, sure in zip(points["x"], points["y"], points["certified"], strict=True)
    ]
    place = {
        "x": amount("x", domain_of(rows, "x"), title=x_title),
        "y": amount("y", domain_of(rows, "y"), title=y_title),
    }
    fill = {"condition": {"test": "datum.sure", "value": BLUE}, "value": "white"}
    layers = [
        mark("line", place, color=BLUE, strokeWidth=2.4),
        mark(
            "point",
            {**place, "fill": fill, "description": named("told")},
            size=90,
            stroke=BLUE,
            strokeWidth=2,
            opacity=1,
        ),
    ]
    return finished({"data": table(rows), "width": WIDTH - 240, "height": 320, "layer": layers})


def tornado(swings: pd.DataFrame, title: str, language: str) -> Spec | None:
    """What decides, the widest first: a frame with columns name, low, high and central, in one unit."""
    if swings.empty:
        return None
    rows: Rows = [
        {"name": str(name), "low": float(low), "high": float(high), "swing": abs(float(high) - float(low))}
        for name, low, high in zip(swings["name"], swings["low"], swings["high"], strict=True)
    ]
    rows = sorted(rows, key=lambda row: -row["swing"])[:LONGEST]
    centre = float(swings["central"].iloc[0])
    words = [text.zh if language == "zh" else text.en for text in (_LESS, _MORE)]
    ends: Rows = [
        {"name": row["name"], "end": word, "value": row[end], "told": f"{row['name']}, {word}: {show(row[end])}"}
        for row in rows
        for end, word in zip(("low", "high"), words, strict=True)
    ]
    y = named("name", sort=[row["name"] for row in rows], axis={"labelLimit": 420, "ticks": False, "domain": False})
    x = amount("value", domain_of([*ends, {"value": centre}], "value"), title=title)
    colour = {"field": "end", "type": "nominal", "scale": {"domain": words, "range": [BLUE, VERMILION]}}
    legend = {"direction": "horizontal", "orient": "top"}
    fork = {"x": x, "x2": {"datum": centre}, "y": y, "color": {**colour, "title": None, "legend": legend}}
    shape = {"field": "end", "type": "nominal", "scale": {"domain": words, "range": ["triangle-left", "circle"]}}
    dot = {"x": x, "y": y, "color": {**colour, "title": None}, "shape": {**shape, "title": None, "legend": legend}}
    layers = [
        mark("rule", {"x": {"datum": centre, "type": "quantitative"}}, color=INK, strokeWidth=1.4),
        mark("rule", fork, strokeWidth=5),
        mark("point", {**dot, "description": named("told")}, filled=True, size=80, opacity=1),
    ]
    return finished({"data": table(ends), "width": WIDTH - 440, "height": 24 * len(rows), "layer": layers})


def probability(shares: pd.DataFrame, language: str, order: Sequence[str] = ()) -> Spec | None:
    """How often each target holds among many scenarios: a frame with columns name, share (0 to 1), low and high."""
    if shares.empty:
        return None
    columns = ("name", "share", "low", "high")
    rows: Rows = [
        {"name": str(name), "share": 100 * share, "low": 100 * low, "high": 100 * high, "shown": show(100 * share, 0)}
        for name, share, low, high in zip(*(shares[column] for column in columns), strict=True)
    ]
    kept = list(order) or [row["name"] for row in sorted(rows, key=lambda row: row["share"])]
    x = amount("share", [0, 112], title=_PROBABILITY.zh if language == "zh" else _PROBABILITY.en)
    x["axis"] = {"values": [0, 25, 50, 75, 100]}
    y = named("name", sort=kept, axis={"labelLimit": 420, "ticks": False, "domain": False})
    told = {"calculate": "datum.name + ': ' + datum.shown + ' %'", "as": "told"}
    bar = {"x": x, "x2": {"datum": 0}, "y": y, "description": named("told")}
    span = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}
    layers = [
        mark("bar", bar, height=12, color=GREEN, opacity=0.75),
        mark("rule", span, strokeWidth=2, color=INK),
        mark("text", {"x": {**x, "field": "high"}, "y": y, "text": named("shown")}, align="left", dx=7, color=QUIET),
    ]
    height = 22 * len(rows)
    return finished({"data": table(rows), "transform": [told], "width": WIDTH - 440, "height": height, "layer": layers})
