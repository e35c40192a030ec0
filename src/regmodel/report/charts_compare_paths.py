"""Charts of the paths of several runs: totals on the axes of one panel each, regions on common axes."""

from __future__ import annotations

from typing import Any

from regmodel.report.chart_style import (
    DASHES,
    INK,
    LINE_LEGEND,
    PANEL_HEIGHT,
    PANEL_WIDTH,
    PANELS_IN_A_ROW,
    SHAPES,
    WIDTH,
    Rows,
    Spec,
    amount,
    by_colour,
    by_shape,
    domain_of,
    finished,
    mark,
    named,
    table,
    years_axis,
)
from regmodel.report.charts_compare import colours_of
from regmodel.report.comparison import PATHS
from regmodel.report.figures import show
from regmodel.report.labels import variable_label
from regmodel.report.paths_compared import SAME, Trajectories
from regmodel.report.units import unit_label
from regmodel.runs.comparing import HEADLINES, PROGRAMMED

TICKED = 5
COLUMNS = 3
# Runs that coincide stay visible: the first is drawn thick, the later ones thinner over it.
THICKEST, THINNEST = 5.0, 1.6


def totals(paths: Trajectories, region: str) -> Spec | None:
    """The headlines of the whole that differ, every run on the axes of its panel; plans dashed, trends solid."""
    compared = paths.compared
    rows: Rows = []
    words = {False: PATHS["projection"], True: PATHS[PROGRAMMED]}
    shown = [name for name in HEADLINES if any(paths.differs(name, region, plan=plan) for plan in (False, True))]
    for name in shown:
        for plan in (False, True):
            if not paths.differs(name, region, plan=plan):
                continue
            for at, held in enumerate(paths.held):
                for year in paths.years:
                    value = held.get((plan, name, region, year))
                    if value is not None:
                        path = words[plan].read(compared.language)
                        told = f"{compared.run(at)}, {path}, {year}: {show(value)}"
                        row = {"variable": name, "run": compared.run(at), "path": path, "year": year, "value": value}
                        rows.append({**row, "told": told})
    if not rows:
        return None
    runs = [compared.run(at) for at in compared.runs]
    drawn = {row["path"] for row in rows}
    kinds = [word for word in (words[plan].read(compared.language) for plan in (False, True)) if word in drawn]
    panels = []
    for name in shown:
        own = [row for row in rows if row["variable"] == name]
        title = f"{variable_label(name, compared.language)}, {unit_label(paths.units[name], compared.language)}"
        panels.append(_lines(own, runs, kinds, title, paths.years))
    return finished({"concat": panels, "columns": COLUMNS, "spacing": 22})


def _lines(rows: Rows, runs: list[str], kinds: list[str], title: str, years: list[int]) -> Spec:
    x = years_axis(years[0], years[-1])
    y = amount("value", domain_of(rows, "value"), axis={"tickCount": 5})
    legend = {"direction": "horizontal"}
    colour = by_colour("run", runs, colours_of(runs), legend)
    dashes = list(DASHES[: len(kinds)]) if len(kinds) > 1 else [DASHES[0]]
    dash = named("path", scale={"domain": kinds, "range": dashes}, legend=LINE_LEGEND if len(kinds) > 1 else None)
    ticked = {"transform": [{"filter": f"datum.year % {TICKED} == 0"}]}
    dot = {"x": x, "y": y, "color": colour, "shape": by_shape("run", runs, legend), "description": named("told")}
    widths = [max(THINNEST, THICKEST - 1.5 * at) for at in range(len(runs))]
    thick = named("run", scale={"domain": runs, "range": widths}, legend=None)
    layers: list[dict[str, Any]] = [
        mark("line", {"x": x, "y": y, "color": colour, "strokeDash": dash, "strokeWidth": thick}),
        {**ticked, **mark("point", dot, filled=True, size=48, opacity=1)},
    ]
    return {"data": table(rows), "title": title, "width": WIDTH // COLUMNS - 78, "height": 180, "layer": layers}


def regions(paths: Trajectories, variable: str) -> Spec | None:
    """The projection of one headline in each region, every later run apart from the first, on common axes."""
    compared = paths.compared
    rows: Rows = []
    book = compared.found.runs[0].scenario.book
    for region in book.regions.ids():
        for at, held in list(enumerate(paths.held))[1:]:
            for year in paths.years:
                key = (False, variable, region, year)
                first, value = paths.held[0].get(key), held.get(key)
                if first and value is not None:
                    apart = 100.0 * (value - first) / first
                    place, run = compared.place(region), compared.run(at)
                    told = f"{place}, {run}, {year}: {show(apart, 1, signed=True)} %"
                    rows.append({"region": place, "run": run, "year": year, "apart": apart, "told": told})
    if not rows or max(abs(row["apart"]) for row in rows) <= 100 * SAME:
        return None
    runs = [compared.run(at) for at in list(compared.runs)[1:]]
    colours = colours_of([compared.run(at) for at in compared.runs])[1:]
    legend = {"direction": "horizontal"} if len(runs) > 1 else None
    x = years_axis(paths.years[0], paths.years[-1], ticks=(paths.years[0], paths.years[-1]))
    y = amount("apart", domain_of([*rows, {"apart": 0.0}], "apart"), axis={"tickCount": 4})
    colour = by_colour("run", runs, colours, legend)
    ticked = {"transform": [{"filter": f"datum.year % {TICKED} == 0"}]}
    shape = named("run", scale={"domain": runs, "range": list(SHAPES[1 : len(runs) + 1])}, legend=legend)
    dot = {"x": x, "y": y, "color": colour, "shape": shape, "description": named("told")}
    layers: list[dict[str, Any]] = [
        mark("rule", {"y": {"datum": 0, "type": "quantitative"}}, color=INK, strokeWidth=1.2),
        mark("line", {"x": x, "y": y, "color": colour}, strokeWidth=2),
        {**ticked, **mark("point", dot, filled=True, size=34, opacity=1)},
    ]
    order = list(dict.fromkeys(row["region"] for row in rows))
    return finished(
        {
            "data": table(rows),
            "facet": named("region", sort=order, header={"title": None}),
            "columns": PANELS_IN_A_ROW,
            "resolve": {"axis": {"x": "independent"}},
            "spacing": 18,
            "spec": {"width": PANEL_WIDTH, "height": PANEL_HEIGHT, "layer": layers},
        }
    )
