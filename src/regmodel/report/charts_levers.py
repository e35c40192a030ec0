"""Charts of choices: what levers cost by the cubic metre and how much they give, what two targets cost each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import (
    BLUE,
    INK,
    LABEL_LIMIT,
    QUIET,
    SKY,
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
from regmodel.report.lever_potential import potentials, priced_levers
from regmodel.report.units import printed_label, unit_label
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

PRICE_UNIT, WATER_UNIT = "CNY/m3", "10^8 m3"
NEED = "water_needed"
LETTERS = "ABCDEFGHIJ"
_USED = {
    "reclaimed": "water_supply_reclaimed",
    "mine_water": "water_supply_mine_water",
}
_PRICE = Text("{unit}; the bar is the range of the assumption", "{unit}；横条为假设的取值范围")
_TOLD = Text("{lever}: {price} {unit}, {low} to {high}", "{lever}：{price} {unit}，{low}～{high}")
_USES = Text("; the plan shown takes {amount} {unit} in {year}", "；所示方案{year}年取用{amount} {unit}")
_COST = Text("cost of the next cubic metre, {unit}", "新增一方水的成本，{unit}")
_WATER = Text(
    "water that the levers so far can give or save in {year}, {unit} a year",
    "各项措施累计可增供或节约的水量（{year}年），{unit}/年",
)
_STEP = Text(
    "{letter} {lever}: {water} {water_unit} at {price} {unit} ({low} to {high})",
    "{letter} {lever}：{water} {water_unit}，{price} {unit}（{low}～{high}）",
)
_MISSING = Text("the trend is short of {amount} in {year}", "趋势推演下{year}年缺水 {amount}")
_ASKED = Text("as asked now", "现行要求")


def cost_curve(data: ChartData) -> Spec | None:
    """Marginal cost against water supplied: a step a lever, the cheapest first, as wide as what it can give."""
    steps = potentials(data)
    if not steps:
        return None
    price_unit, water_unit = (unit_label(unit, data.language) for unit in (PRICE_UNIT, WATER_UNIT))
    times = f"× {water_unit}" if water_unit.startswith("10") else water_unit
    rows: Rows = []
    reached = 0.0
    for letter, step in zip(LETTERS, steps, strict=False):
        words = {
            "letter": letter,
            "lever": step.lever.title.read(data.language),
            "water_unit": times,
        }
        ends = {"price": show(step.price), "low": show(step.low), "high": show(step.high)}
        told = _STEP.fill(**words, **ends, water=show(step.water), unit=price_unit).read(data.language)
        place = {"from": reached, "to": reached + step.water, "middle": reached + step.water / 2}
        row = {"letter": letter, **place, "price": step.price, "low": step.low, "high": step.high, "told": told}
        rows.append({**row, "shade": "even" if len(rows) % 2 else "odd"})
        reached += step.water
    title = _WATER.fill(year=data.years[1], unit=water_unit).read(data.language)
    short = _missing(data)
    x = amount("from", [0, max(reached, short[0]["to"] if short else 0.0) * 1.02], title=title)
    top = max(row["high"] for row in rows) * 1.15
    y = amount("price", [0, top], title=_COST.fill(unit=price_unit).read(data.language))
    shades = {"domain": ["odd", "even"], "range": [BLUE, SKY]}
    shade = {"field": "shade", "type": "nominal", "scale": shades, "legend": None}
    middle = {**x, "field": "middle"}
    step_of = {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"datum": 0}, "color": shade, "description": named("told")}
    spread = {"x": middle, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    name = {"x": middle, "y": {**y, "field": "high"}, "text": named("letter")}
    layers = [
        mark("rect", step_of, stroke=INK, strokeWidth=1),
        mark("rule", spread, color=INK, strokeWidth=1.6),
        mark("text", name, dy=-9, fontWeight="bold", fontSize=13),
        *_missing_layers(short, x, top),
    ]
    key = {
        "data": table(rows),
        "width": WIDTH - 120,
        "height": 19 * len(rows),
        "view": {"stroke": None},
        "mark": {"type": "text", "align": "left"},
        "encoding": {
            "y": named("told", sort=[row["told"] for row in rows], axis=None),
            "x": {"value": 4},
            "text": named("told"),
        },
    }
    curve = {"data": table(rows), "width": WIDTH - 120, "height": 240, "layer": layers}
    return finished({"vconcat": [curve, key], "spacing": 8})


def _missing(data: ChartData) -> Rows:
    """What the trend needs beyond what it is supplied with in the last year, where anything is missing."""
    year = data.years[1]
    short = data.value(data.figures.projection, data.main, "water_shortage", year)
    if short is None or short <= 0:
        return []
    unit = unit_label(WATER_UNIT, data.language)
    words = f"{show(short)} {'× ' if unit.startswith('10') else ''}{unit}"
    return [{"to": short, "told": _MISSING.fill(amount=words, year=year).read(data.language)}]


def _missing_layers(rows: Rows, x: Spec, top: float) -> list[Spec]:
    if not rows:
        return []
    place = {"x": {**x, "field": "to"}}
    text = {**place, "y": {"datum": top, "type": "quantitative"}, "text": named("told")}
    return [
        mark(
            "rule",
            {**place, "description": named("told")},
            table(rows),
            color=VERMILION,
            strokeWidth=2,
            strokeDash=[6, 3],
        ),
        mark("text", text, table(rows), align="left", baseline="top", dx=6, dy=2, color=INK),
    ]


def lever_costs(data: ChartData) -> Spec | None:
    """What a cubic metre costs by lever: cheapest first, with the range of each cost and its use in the plan."""
    book = data.figures.run.scenario.book
    rows: Rows = []
    for lever, price, low, high in priced_levers(data):
        unit = printed_label(book.record(lever.cost_record).printed_unit, data.language)
        words = {"lever": lever.title.read(data.language), "unit": unit}
        ends = {"price": show(price), "low": show(low), "high": show(high)}
        told = _TOLD.fill(**words, **ends).read(data.language) + _used(data, lever.id)
        shown = f"{ends['price']}  ({ends['low']}–{ends['high']})"
        rows.append({**words, "price": price, "low": low, "high": high, "shown": shown, "told": told})
    if not rows:
        return None
    order = [row["lever"] for row in rows]
    title = _PRICE.fill(unit=rows[0]["unit"]).read(data.language)
    x = amount("price", [0, max(row["high"] for row in rows) * 1.25], title=title)
    y = named("lever", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False})
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


def frontier(
    points: pd.DataFrame, x_title: str, y_title: str, asked: Sequence[float] = (), language: str = "en"
) -> Spec | None:
    """What two targets cost each other: a frame of points with columns x, y and certified, in their own units.

    ``asked`` is what both clauses ask for now: a cross in the chart.
    """
    if points.empty:
        return None
    rows: Rows = [
        {"x": float(x), "y": float(y), "sure": bool(sure), "told": f"{x_title}: {show(x)}; {y_title}: {show(y)}"}
        for x, y, sure in zip(points["x"], points["y"], points["certified"], strict=True)
    ]
    word = _ASKED.zh if language == "zh" else _ASKED.en
    now: Rows = []
    if asked:
        told = f"{word}: {show(asked[0])}; {show(asked[1])}"
        now.append({"x": asked[0], "y": asked[1], "told": told, "word": word})
    place = {
        "x": amount("x", domain_of([*rows, *now], "x"), title=x_title),
        "y": amount("y", domain_of([*rows, *now], "y")),
    }
    fill = {"condition": {"test": "datum.sure", "value": BLUE}, "value": "white"}
    point = {**place, "fill": fill, "description": named("told")}
    layers = [
        mark("line", place, color=BLUE, strokeWidth=2.4),
        mark("point", point, size=90, stroke=BLUE, strokeWidth=2, opacity=1),
    ]
    if now:
        cross = {**place, "description": named("told")}
        layers.append(mark("point", cross, table(now), shape="cross", size=150, filled=True, color=INK, opacity=1))
        layers.append(
            mark("text", {**place, "text": named("word")}, table(now), align="left", dx=12, dy=-4, color=QUIET)
        )
    upright = {"text": f"↑ {y_title}", "fontWeight": "normal", "fontSize": 12}
    return finished({"data": table(rows), "title": upright, "width": WIDTH - 240, "height": 320, "layer": layers})
