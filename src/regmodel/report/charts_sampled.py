"""Charts of many scenarios: how likely each clause holds and all of them jointly, what moves the answer, indices."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.batch.answers import Bar, Estimate, Index, Indices, Tornado
from regmodel.batch.design import MORRIS
from regmodel.report.chart_style import (
    BLUE,
    INK,
    LABEL_LIMIT,
    ORANGE,
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
from regmodel.vocabulary.texts import Language, Text

LONGEST = 20
_CHANCE = Text("probability, % (thin line: interval of {level} %)", "概率，%（细线为{level}%区间）")
_SHARE = Text("share of the scenarios, %", "情景占比，%")
_AT = {"low": Text("at the low end", "取低值"), "high": Text("at the high end", "取高值")}
_ALONE = Text("alone", "单独")
_WITH = Text("with others", "含交互")
_SIZE = Text("mean size of the effect", "平均绝对效应")
_SPREAD = Text("spread from place to place", "离散程度")
_SOBOL = Text(
    "share of the variance of {what} (thin line: interval of {level} %)", "对{what}方差的贡献（细线为{level}%区间）"
)
_MORRIS = Text(
    "effect on {what} over the whole range (thin line: interval of {level} %)",
    "全范围变动对{what}的效应（细线为{level}%区间）",
)


def holding(joint: Estimate, alone: Mapping[str, Estimate], words: str, language: Language, *, sampled: bool) -> Spec:
    """A bar a clause and a first one for all jointly, with the interval; ``words`` names the joint one.

    Where scenarios are undecided the bar ends where they count as not holding and a pale one where they count as
    holding.
    """
    rows: Rows = [_share(words, joint, "joint")]
    rows += [_share(name, one, "alone") for name, one in alone.items() if one.low is not None]
    title = _CHANCE.fill(level=f"{100 * joint.level:g}") if sampled else _SHARE
    x = amount("low", [0, 118], title=title.read(language))
    x["axis"] = {"values": [0, 25, 50, 75, 100]}
    order = [row["name"] for row in rows]
    y = named("name", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False})
    shades = {"domain": ["joint", "alone"], "range": [INK, BLUE]}
    shade = {"field": "kind", "type": "nominal", "scale": shades, "legend": None}
    told = {"description": named("told")}
    layers = [
        mark("bar", {"x": {**x, "field": "high"}, "x2": {"datum": 0}, "y": y, **told}, height=12, color=SKY),
        mark("bar", {"x": x, "x2": {"datum": 0}, "y": y, "color": shade, **told}, height=12),
        mark("rule", {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y}, strokeWidth=5, color="white"),
        mark("rule", {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y}, strokeWidth=2, color=ORANGE),
        mark("text", {"x": {**x, "field": "right"}, "y": y, "text": named("shown")}, align="left", dx=8, color=INK),
    ]
    return finished({"data": table(rows), "width": WIDTH - 440, "height": 23 * len(rows), "layer": layers})


def _share(name: str, one: Estimate, kind: str) -> dict[str, object]:
    low, high = 100 * (one.low or 0.0), 100 * (one.high or 0.0)
    start, end = (None if end is None else 100 * end for end in (one.error_low, one.error_high))
    shown = show(low, 1) if one.low == one.high else f"{show(low, 1)}–{show(high, 1)}"
    if start is not None and end is not None:
        shown += f"  ({show(start, 1)}–{show(end, 1)})"
    ends = {"from": start, "to": end, "right": max(high, end or 0.0)}
    return {"name": name, "low": low, "high": high, **ends, "kind": kind, "shown": shown, "told": f"{name}: {shown} %"}


def tornado(found: Tornado, language: Language) -> Spec | None:
    """The output at the low and the high end of each number, the longest bar first, the swing with its error beside."""
    bars = [bar for bar in found.bars if bar.swing is not None and bar.moves(found.centre)][:LONGEST]
    if not bars or found.centre is None:
        return None
    words = {end: text.read(language) for end, text in _AT.items()}
    rows: Rows = [row for bar in bars for row in _ends(bar, words, language)]
    swings: Rows = [_swing(bar, language) for bar in bars]
    domain = domain_of([*rows, {"value": found.centre}], "value")
    room = domain[1] - domain[0]
    x = amount("value", [domain[0], domain[1] + 0.22 * room], title=found.title.read(language))
    order = [row["name"] for row in swings]
    y = named("name", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False})
    legend = {"direction": "horizontal", "orient": "top"}
    scale = {"domain": list(words.values()), "range": [BLUE, VERMILION]}
    shapes = {"domain": list(words.values()), "range": ["triangle-left", "circle"]}
    colour = {"field": "end", "type": "nominal", "scale": scale, "title": None, "legend": legend}
    shape = {"field": "end", "type": "nominal", "scale": shapes, "title": None, "legend": legend}
    fork = {"x": x, "x2": {"datum": found.centre}, "y": y, "color": colour}
    dot = {"x": x, "y": y, "color": colour, "shape": shape, "description": named("told")}
    beside = {"x": {**x, "field": "right"}, "y": y, "text": named("shown"), "description": named("told")}
    layers = [
        mark("rule", {"x": {"datum": found.centre, "type": "quantitative"}}, color=INK, strokeWidth=1.4),
        mark("rule", fork, strokeWidth=5),
        mark("point", dot, filled=True, size=80, opacity=1),
        mark("text", beside, table(swings), align="left", dx=10, color=QUIET),
    ]
    return finished({"data": table(rows), "width": WIDTH - 440, "height": 24 * len(bars), "layer": layers})


def _ends(bar: Bar, words: Mapping[str, str], language: Language) -> Rows:
    name = bar.title.read(language)
    rows: Rows = []
    for end, stands in (("low", bar.low), ("high", bar.high)):
        told = f"{name}, {words[end]} ({stands.value:.6g}): {show(float(stands.found or 0.0))}"
        rows.append({"name": name, "end": words[end], "value": stands.found, "told": told})
    return rows


def _swing(bar: Bar, language: Language) -> dict[str, object]:
    error = "" if bar.error is None else f" ± {show(bar.error)}"
    shown = f"{show(float(bar.swing or 0.0), signed=True)}{error}"
    right = max(float(bar.low.found or 0.0), float(bar.high.found or 0.0))
    return {
        "name": bar.title.read(language),
        "right": right,
        "shown": shown,
        "told": f"{bar.title.read(language)}: {shown}",
    }


def indices(found: Indices, language: Language) -> Spec | None:
    """Sobol's or Morris's index of each number, the largest first, with the interval of each."""
    if not found.indices:
        return None
    morris = found.method == MORRIS
    kinds = (_SIZE, _SPREAD) if morris else (_WITH, _ALONE)
    words = [kind.read(language) for kind in kinds]
    rows: Rows = [row for one in found.indices[:LONGEST] for row in _marks(one, words, language, morris=morris)]
    title = (_MORRIS if morris else _SOBOL).fill(what="{what}", level=f"{100 * found.level:g}")
    said = title.read(language).format(what=found.title.read(language))
    x = amount("value", domain_of(rows, "low", "high", floor=0.0), title=said)
    order = list(dict.fromkeys(row["name"] for row in rows))
    y = named("name", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False, "grid": True})
    legend = {"direction": "horizontal", "orient": "top"}
    scale, shapes = {"domain": words, "range": [BLUE, ORANGE]}, {"domain": words, "range": ["square", "circle"]}
    colour = {"field": "kind", "type": "nominal", "scale": scale, "title": None, "legend": legend}
    shape = {"field": "kind", "type": "nominal", "scale": shapes, "title": None, "legend": legend}
    aside = {"field": "kind", "type": "nominal", "scale": {"domain": words}}
    span = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour, "yOffset": aside}
    dot = {"x": x, "y": y, "color": colour, "shape": shape, "yOffset": aside, "description": named("told")}
    layers = [mark("rule", span, strokeWidth=2), mark("point", dot, filled=True, size=70, opacity=1)]
    return finished({"data": table(rows), "width": WIDTH - 440, "height": 30 * len(order), "layer": layers})


def _marks(one: Index, words: list[str], language: Language, *, morris: bool) -> Rows:
    """The two marks of a number: what it does with others (or its size), and alone (or its spread)."""
    name = one.title.read(language)
    pairs = [(words[0], one.total, one.total_error)]
    spread = (words[1], float(one.spread or 0.0), one.spread_error or 0.0)
    pairs.append(spread if morris else (words[1], one.main, one.main_error or 0.0))
    rows: Rows = []
    for kind, value, error in pairs:
        shown = show(value, 3) + (f" ± {show(error, 3)}" if error else "")
        ends = {"value": value, "low": value - error, "high": value + error}
        rows.append({"name": name, "kind": kind, **ends, "told": f"{name}, {kind}: {shown}"})
    return rows
