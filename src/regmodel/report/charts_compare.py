"""Charts of several runs: a difference split over assumptions, margins in pairs."""

from __future__ import annotations

from collections.abc import Sequence

from regmodel.report.chart_style import (
    BLUE,
    GREEN,
    INK,
    LABEL_LIMIT,
    ORANGE,
    PURPLE,
    QUIET,
    VERMILION,
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
)
from regmodel.report.compared import Compared
from regmodel.report.comparison import RESULTS
from regmodel.report.content import NO_BREAK
from regmodel.report.figures import show
from regmodel.report.labels import TESTED
from regmodel.report.units import unit_label
from regmodel.runs.attributing import Attribution
from regmodel.vocabulary.texts import Text, same

STEPS_SHOWN = 14
MARGINS_SHOWN = 24
NOTHING = 1e-9
LEAST_ERROR = 1e-3
WIDEST = 60.0
LEFT_ROOM, RIGHT_ROOM = 0.04, 0.24
# Dark and light by turns: runs stay apart without colour too, and each has a shape of its own.
RUN_COLOURS = (BLUE, ORANGE, GREEN, PURPLE, VERMILION)
_OTHERS = Text("the {count} others together", "其余 {count} 项合计")
_MARGIN = Text(
    "margin, % of the target (right of the line: kept); hollow: not tested in that run",
    "余量，占目标的百分比（线右侧为达到）；空心：该次运行未检验",
)


def waterfall(compared: Compared, one: Attribution) -> Spec:
    """From one run to the other: a bar an assumption, from where the ones above it end; errors of drawn orders."""
    split, start = one.split, float(one.split.start)
    ordered = sorted(range(len(one.keys)), key=lambda number: -abs(split.parts[number]))
    ordered = [at for at in ordered if abs(split.parts[at]) > NOTHING * abs(split.parts[ordered[0]])]
    kept, rest = ordered[:STEPS_SHOWN], ordered[STEPS_SHOWN:]
    steps = [(compared.assumption_words(one.keys[at]), float(split.parts[at]), split.errors[at]) for at in kept]
    if rest:
        words = _OTHERS.fill(count=len(rest)).read(compared.language)
        steps.append((words, float(sum(split.parts[at] for at in rest)), None))
    rows: Rows = []
    reached = start
    for name, part, error in steps:
        end = reached + part
        shown = show(part, signed=True) + (f" ± {show_error(error)}" if error else "")
        ends = {"from": reached, "to": end, "right": max(reached, end + (error or 0.0))}
        errors = {"low": end - (error or 0.0), "high": end + (error or 0.0)}
        way = "up" if part >= 0 else "down"
        rows.append({"name": name, **ends, **errors, "shown": shown, "way": way, "told": f"{name}: {shown}"})
        reached = end
    levels: Rows = [
        {"name": f"{compared.run(at)}: {compared.title(at)}", "to": value, "right": value, "shown": show(value)}
        for at, value in ((0, start), (one.run, float(split.end)))
    ]
    order = [levels[0]["name"], *(row["name"] for row in rows), levels[1]["name"]]
    title = RESULTS[one.of] if one.region is None else same(unit_label(one.unit, compared.language))
    return _drawn_waterfall(rows, levels, order, title.read(compared.language), exact=split.exact)


def show_error(error: float) -> str:
    """A standard error as read; one that is too small for the parts beside it is told to be below that."""
    return f"<{NO_BREAK}{show(LEAST_ERROR)}" if 0 < error < LEAST_ERROR else show(error)


def _drawn_waterfall(rows: Rows, levels: Rows, order: list[str], title: str, *, exact: bool) -> Spec:
    values = [float(row[name]) for row in rows for name in ("from", "to", "low", "high")]
    values += [float(row["to"]) for row in levels]
    low, high = min(values), max(values)
    room = high - low or 1.0
    x = amount("to", [low - LEFT_ROOM * room, high + RIGHT_ROOM * room], title=title)
    y = named(
        "name", sort=order, scale={"domain": order}, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False}
    )
    ways = {"domain": ["up", "down"], "range": [BLUE, VERMILION]}
    colour = {"field": "way", "type": "nominal", "scale": ways, "legend": None}
    arrows = {"domain": ["up", "down"], "range": ["triangle-right", "triangle-left"]}
    shape = {"field": "way", "type": "nominal", "scale": arrows, "legend": None}
    bar = {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y, "color": colour}
    arrow = {"x": x, "y": y, "color": colour, "shape": shape}
    said = {"x": {**x, "field": "right"}, "y": y, "text": named("shown")}
    layers = [
        mark("bar", {**bar, "description": named("told")}, height=11),
        mark("point", {**arrow, "description": named("told")}, filled=True, size=110, opacity=1),
        mark("tick", {"x": x, "y": y, "description": named("shown")}, table(levels), thickness=5, height=20, color=INK),
        mark("text", said, align="left", dx=10, color=INK),
        mark("text", said, table(levels), align="left", dx=10, fontWeight="bold"),
    ]
    if not exact:
        span = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}
        layers.insert(2, mark("rule", span, strokeWidth=2, color=INK))
    height = 26 * len(order)
    return finished({"data": table(rows), "width": WIDTH - 470, "height": height, "layer": layers})


def margins(compared: Compared) -> Spec | None:
    """Clauses whose margin differs, the largest change first: a mark a run on one axis, as per cent of the target."""
    targets = [
        {str(entry["id"]): entry.get("target") for entry in one.verdict.get("clauses", ())}
        for one in compared.found.runs
    ]
    found: list[tuple[float, Rows]] = []
    for one in compared.found.clauses:
        rows: Rows = []
        for at, margin in enumerate(one.margins):
            target = targets[at].get(one.clause)
            if margin is None or not isinstance(target, int | float) or not target:
                continue
            share, name = 100.0 * margin / abs(target), compared.clause_words(one.clause)
            place = max(-WIDEST, min(WIDEST, share))
            run, shown = compared.run(at), show(share, 1, signed=True)
            tested = one.statuses[at] in TESTED
            told = f"{name}, {run}: {shown} %"
            rows.append({"clause": name, "run": run, "margin": place, "tested": tested, "told": told})
        if len(rows) > 1 and any(row["tested"] for row in rows):
            apart = max(row["margin"] for row in rows) - min(row["margin"] for row in rows)
            found.append((apart + 1000 * (len(set(one.statuses)) > 1), rows))
    if not found:
        return None
    found.sort(key=lambda item: -item[0])
    rows = [row for _, own in found[:MARGINS_SHOWN] for row in own]
    order = list(dict.fromkeys(row["clause"] for row in rows))
    runs = [compared.run(at) for at in compared.runs]
    x = amount("margin", domain_of([*rows, {"margin": 0.0}], "margin"), title=_MARGIN.read(compared.language))
    y = named("clause", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False, "grid": True})
    legend = {"direction": "horizontal"}
    colour, shape = by_colour("run", runs, colours_of(runs), legend), by_shape("run", runs, legend)
    pair = {"x": {**x, "aggregate": "min"}, "x2": {"aggregate": "max", "field": "margin"}, "y": y}
    hollow = {"condition": {"test": "datum.tested", "value": 1}, "value": 0}
    dot = {"x": x, "y": y, "color": colour, "shape": shape, "fillOpacity": hollow, "description": named("told")}
    layers = [
        mark("rule", {"x": {"datum": 0, "type": "quantitative"}}, color=INK, strokeWidth=1.4),
        mark("rule", pair, strokeWidth=2, color=QUIET),
        mark("point", {**dot, "fill": {**colour, "legend": None}}, size=95, opacity=1, strokeWidth=2),
    ]
    return finished({"data": table(rows), "width": WIDTH - 470, "height": max(80, 22 * len(order)), "layer": layers})


def colours_of(runs: Sequence[str]) -> list[str]:
    """A colour for each run."""
    return [RUN_COLOURS[at % len(RUN_COLOURS)] for at in range(len(runs))]
