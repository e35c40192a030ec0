"""How every chart looks: colours that the colour-blind tell apart, shapes and dashes that survive a copier.

Charts are Vega-Lite definitions written as plain tables. Building the same ones through Altair took longer than drawing
them, as it copies the data at each step; the definitions are the same and serve every form of the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rows = list[dict[str, Any]]
Spec = dict[str, Any]

# Texts are measured in one plain font, as measuring Chinese ones is slow; the page asks for the reader's own (svg.py).
FONT = "Arial"
INK = "#1b1f24"
QUIET = "#5f6872"
GRID = "#e3e6ea"
# Okabe and Ito's palette, ordered so that neighbours differ in lightness too.
BLUE, ORANGE, GREEN, YELLOW, VERMILION, SKY, PURPLE = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#F0E442",
    "#D55E00",
    "#56B4E9",
    "#CC79A7",
)
STACK = (BLUE, YELLOW, GREEN, ORANGE, PURPLE, SKY)
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
DASHES = ([1, 0], [6, 3], [2, 2])
LINE_LEGEND = {"direction": "horizontal", "symbolType": "stroke", "symbolFillColor": "transparent", "symbolSize": 500}
WIDTH = 980
HEIGHT = 270
PANELS_IN_A_ROW = 5
# vl-convert takes Chinese signs for wider than they are drawn: a smaller limit would cut their names short.
LABEL_LIMIT = 720
PANEL_WIDTH = 148
PANEL_HEIGHT = 92
_AXIS = {
    "labelColor": INK,
    "titleColor": QUIET,
    "titleFontWeight": "normal",
    "gridColor": GRID,
    "domainColor": "#9aa3ad",
    "tickColor": "#9aa3ad",
    "labelFontSize": 12,
    "titleFontSize": 12,
    "labelLimit": 420,
}
_CONFIG = {
    "font": FONT,
    "background": "white",
    "axis": _AXIS,
    "header": {"labelColor": INK, "labelFontSize": 12.5, "labelFontWeight": "bold", "labelPadding": 3, "title": None},
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "title": None,
        "orient": "top",
        "symbolSize": 90,
        "symbolStrokeWidth": 2,
        "labelLimit": 360,
    },
    "title": {"color": INK, "fontSize": 13, "anchor": "start", "fontWeight": "bold"},
    "view": {"stroke": "#c9ced4"},
    "text": {"fontSize": 12, "color": INK},
}


def finished(spec: Spec) -> Spec:
    """The definition of a chart with the house's look; every form of the report draws this one."""
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "padding": 4, "config": _CONFIG, **spec}


def table(rows: Rows) -> Spec:
    """Rows as the inline data of a chart."""
    return {"values": rows}


def amount(name: str, domain: Sequence[float] | None = None, *, title: str | None = None, **more: Any) -> Spec:
    """A column of numbers on an axis; ``domain`` fixes the scale so that panels share it."""
    scale = {} if domain is None else {"scale": {"domain": list(domain), "nice": True, "zero": False}}
    return {"field": name, "type": "quantitative", "title": title, **scale, **more}


def named(name: str, **more: Any) -> Spec:
    """A column of names."""
    return {"field": name, "type": "nominal", "title": None, **more}


def years_axis(first: int, last: int, *, ticks: Sequence[int] | None = None) -> Spec:
    """A scale of years, ticks every five years unless given, no thousands separator."""
    values = [year for year in range(first, last + 1) if year % 5 == 0] if ticks is None else list(ticks)
    axis = {"format": "d", "values": values, "grid": False, "labelFlush": True}
    return amount("year", scale={"domain": [first, last], "nice": False}, axis=axis)


def by_colour(name: str, names: Sequence[str], palette: Sequence[str], legend: Spec | None = None) -> Spec:
    """A fixed colour for each name."""
    return named(name, scale={"domain": list(names), "range": list(palette[: len(names)])}, legend=legend)


def by_dash(name: str, names: Sequence[str], legend: Spec | None = None) -> Spec:
    """Solid for the first name, dashed for the second: told apart without colour."""
    return named(name, scale={"domain": list(names), "range": list(DASHES[: len(names)])}, legend=legend)


def by_shape(name: str, names: Sequence[str], legend: Spec | None = None) -> Spec:
    """A fixed shape for each name."""
    return named(name, scale={"domain": list(names), "range": list(SHAPES[: len(names)])}, legend=legend)


def mark(kind: str, encoding: Mapping[str, Spec], data: Spec | None = None, **look: Any) -> Spec:
    """One layer: a kind of mark with its look, its encoding and, where they are its own, its rows."""
    layer: Spec = {"mark": {"type": kind, **look}, "encoding": dict(encoding)}
    return layer if data is None else {"data": data, **layer}


def domain_of(rows: Rows, *names: str, floor: float | None = None) -> list[float]:
    """One scale that fits all values of the named columns, with a little air."""
    values = [float(row[name]) for row in rows for name in names if row.get(name) is not None]
    low = min(values) if floor is None else min(floor, *values)
    high = max(values)
    air = (high - low) * 0.06 or 1.0
    return [low if floor is not None else low - air, high + air]


def of_scenario(words: Mapping[str, str], rows: Rows) -> list[str]:
    """The names of scenarios that rows hold, projection first."""
    held = {row["scenario"] for row in rows}
    return [words[name] for name in ("projection", "programme") if words[name] in held]
