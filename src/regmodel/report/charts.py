"""Charts of people, output, land and regions. Each is defined once and drawn by every form of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import (
    BLUE,
    GREEN,
    HEIGHT,
    INK,
    LIMIT_COLOUR,
    PANEL_HEIGHT,
    PANEL_WIDTH,
    PANELS_IN_A_ROW,
    PROGRAMME_COLOUR,
    PROJECTION_COLOUR,
    QUIET,
    STACK,
    WIDTH,
    Rows,
    colours,
    dashes,
    domain_of,
    finished,
    of_scenario,
    shapes,
    table,
    years_axis,
)
from regmodel.report.labels import SECTOR_NAMES, variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Text

_PERSONS = Text("Residents, {unit}", "常住人口，{unit}")
_SHARE = Text("Urban share, %", "城镇化率，%")
_INDEX = Text("first year = one hundred", "起始年=100")


def people(data: ChartData) -> dict[str, Any] | None:
    """Residents and urban residents of the whole, and the urban share beside the plan's windows."""
    names = {name: variable_label(name, data.language) for name in ("population", "urban_population")}
    rows = data.series(names, [data.main])
    shares = data.series({"urbanisation_rate": variable_label("urbanisation_rate", data.language)}, [data.main])
    if not rows or not shares:
        return None
    unit = unit_label(str(data.unit("population")), data.language)
    left = _lines(data, rows, list(names.values()), (BLUE, GREEN), _PERSONS.fill(unit=unit).read(data.language))
    right = _lines(data, shares, [shares[0]["name"]], (BLUE,), _SHARE.read(data.language), named=False)
    windows: Rows = [
        {"year": limit.year, "low": limit.low, "high": limit.high, "printed": limit.printed}
        for limit in data.limits("urbanisation_rate")
        if limit.region == data.main and limit.low is not None
    ]
    if windows:
        right = alt.layer(right, _windows(windows, data))
    return finished(alt.hconcat(left, right, spacing=28))


def _windows(rows: Rows, data: ChartData) -> alt.LayerChart:
    """What the plan asks for: a bar from the lower to the upper end with the figure beside it."""
    top = max(row["high"] if row["high"] is not None else row["low"] for row in rows)
    closed = [{**row, "high": top if row["high"] is None else row["high"]} for row in rows]
    bars = alt.Chart(table(closed)).mark_rule(strokeWidth=7, color=INK, opacity=0.75)
    text = alt.Chart(table(closed)).mark_text(align="right", dx=-8, dy=-8, fontSize=11, color=INK)
    return alt.layer(
        bars.encode(x="year:Q", y="low:Q", y2="high:Q", description="printed:N"),
        text.encode(x="year:Q", y="high:Q", text="printed:N"),
    )


def _lines(
    data: ChartData, rows: Rows, names: list[str], palette: tuple[str, ...], title: str, *, named: bool = True
) -> alt.LayerChart:
    """Lines by name (colour and shape) and scenario (dash), with marks that carry their numbers."""
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=domain_of(rows, "value"), nice=True, zero=False))
    x = years_axis(first, last)
    legend = alt.Legend(orient="top", direction="vertical", columns=1)
    colour = alt.Color("name:N", scale=colours(names, palette), legend=legend if named else None)
    dash = alt.StrokeDash("scenario:N", scale=dashes(scenarios), legend=None if named else legend)
    lines = alt.Chart(table(rows)).mark_line(strokeWidth=2.2).encode(x=x, y=y, color=colour, strokeDash=dash)
    marked: Rows = [
        {**row, "told": f"{row['name']}, {row['scenario']}, {row['year']}: {row['value']:,.2f}"} for row in rows
    ]
    points = (
        alt.Chart(table([row for row in marked if row["year"] % 5 == 0]))
        .mark_point(filled=True, size=42, opacity=1)
        .encode(
            x=x, y=y, color=colour, shape=alt.Shape("name:N", scale=shapes(names), legend=None), description="told:N"
        )
    )
    return alt.layer(lines, points).properties(width=(WIDTH - 60) // 2, height=HEIGHT, title=title)


def output(data: ChartData) -> dict[str, Any] | None:
    """Value added by sector of the whole, stacked, each layer named at its end."""
    names = {variable: label.read(data.language) for variable, label in SECTOR_NAMES.items()}
    return stacked(data, names, data.main)


def stacked(
    data: ChartData, names: Mapping[str, str], region: str, limits: Rows | None = None, limit_name: str = ""
) -> dict[str, Any] | None:
    """Layers of one whole over the years, one panel a scenario on a common axis, a limit drawn over them."""
    rows = data.series(names, [region])
    if not rows:
        return None
    layers = _heaped(rows, list(names.values()))
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    top = max(
        [row["upper"] for row in layers if row["upper"] is not None] + [row["value"] for row in limits or []]
    )
    scale = alt.Scale(domain=[0, top * 1.05], nice=True)
    unit = unit_label(str(data.unit(next(iter(names)))), data.language)
    width = WIDTH // len(scenarios) - 90
    panels = []
    for scenario in scenarios:
        own = [row for row in layers if row["scenario"] == scenario]
        x = years_axis(first, last)
        y = alt.Y("lower:Q", title=unit if scenario == scenarios[0] else None, scale=scale)
        areas = (
            alt.Chart(table(own))
            .mark_area(stroke="white", strokeWidth=1.2, opacity=1)
            .encode(
                x=x,
                y=y,
                y2="upper:Q",
                color=alt.Color("name:N", scale=colours(list(names.values()), STACK), legend=None),
                detail="name:N",
            )
        )
        parts: list[Any] = [areas, _end_names(own, last), _told(own)]
        if limits:
            parts.append(_limit_line(limits, limit_name))
        panels.append(alt.layer(*parts).properties(width=width, height=HEIGHT, title=scenario))
    return finished(alt.hconcat(*panels, spacing=96))


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


def _end_names(rows: Rows, last: int) -> alt.Chart:
    """The name of each layer at its right end, where the eye is; layers too thin for it are pushed apart."""
    ends = [dict(row) for row in rows if row["year"] == last]
    whole = max((row["upper"] for row in ends), default=0.0)
    room, reached = whole * 0.062, float("-inf")
    for row in ends:
        row["middle"] = max(row["middle"], reached + room)
        reached = row["middle"]
    text = alt.Chart(table(ends)).mark_text(align="left", dx=6, fontSize=11, color=INK)
    return text.encode(x="year:Q", y="middle:Q", text="name:N")


def _told(rows: Rows) -> alt.Chart:
    """Unseen marks that carry the number of each layer for the pointer and for readers that speak."""
    marks = alt.Chart(table([row for row in rows if row["year"] % 5 == 0])).mark_point(
        opacity=0.0, size=300, filled=True
    )
    return marks.encode(x="year:Q", y="middle:Q", description="told:N")


def _limit_line(rows: Rows, name: str) -> alt.LayerChart:
    """A limit as a heavy dashed line with its name above its start."""
    line = alt.Chart(table(rows)).mark_line(color=LIMIT_COLOUR, strokeWidth=2.4, strokeDash=[7, 3])
    text = alt.Chart(table(rows[:1])).mark_text(align="left", dy=-9, dx=2, fontSize=11, fontWeight="bold", color=INK)
    return alt.layer(line.encode(x="year:Q", y="value:Q"), text.encode(x="year:Q", y="value:Q", text=alt.value(name)))


def panels(
    data: ChartData, rows: Rows, *, title: str, line: float | None = None, marks: Rows | None = None
) -> dict[str, Any] | None:
    """One small panel a region on common axes; ``line`` is a level drawn in all, ``marks`` single years named in them."""
    if not rows:
        return None
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    domain = domain_of(rows if line is None else [*rows, {"value": line}], "value")
    x = years_axis(first, last, every=10 if last - first > 8 else 5)
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=domain, nice=True, zero=False), axis=alt.Axis(tickCount=4))
    legend = alt.Legend(direction="horizontal")
    colour = alt.Color(
        "scenario:N", scale=colours(scenarios, (PROJECTION_COLOUR, PROGRAMME_COLOUR)), legend=legend
    )
    told = "datum.region + ', ' + datum.scenario + ', ' + datum.year + ': ' + format(datum.value, ',.1f')"
    dash = alt.StrokeDash("scenario:N", scale=dashes(scenarios), legend=legend)
    plotted = alt.Chart().transform_filter("!datum.marked")
    parts: list[Any] = [
        plotted.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash),
        plotted.transform_filter(f"datum.year == {last}")
        .transform_calculate(told=told)
        .mark_point(filled=True, size=26, opacity=1)
        .encode(x=x, y=y, color=colour, description="told:N"),
    ]
    if line is not None:
        level = alt.Chart().mark_rule(color=LIMIT_COLOUR, strokeDash=[5, 2], strokeWidth=1.4)
        parts.append(level.encode(y=alt.datum(line)))
    if marks:
        named = alt.Chart().transform_filter("datum.marked")
        parts.append(named.mark_point(shape="diamond", size=70, filled=True, color=INK, opacity=1).encode(x=x, y=y))
        figure = alt.Text("year:Q", format="d")
        parts.append(named.mark_text(dy=-10, fontSize=10, fontWeight="bold", color=INK).encode(x=x, y=y, text=figure))
    every = [*rows, *({**mark, "marked": True} for mark in marks or [])]
    order = list(dict.fromkeys(row["region"] for row in rows))
    return finished(
        alt.layer(*parts, data=table(every))
        .properties(width=PANEL_WIDTH, height=PANEL_HEIGHT)
        .facet(alt.Facet("region:N", sort=order, title=None), columns=PANELS_IN_A_ROW, spacing=16)
        .properties(title=alt.Title(title, fontWeight="normal", fontSize=11, color=QUIET))
    )
