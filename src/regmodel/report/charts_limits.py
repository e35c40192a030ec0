"""Charts of limits: water against its cap, land against its quota, binding rows by region and year, margins of clauses."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt

from regmodel.report.chart_data import ChartData, Limit
from regmodel.report.chart_style import (
    BLUE,
    INK,
    QUIET,
    VERMILION,
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
from regmodel.report.charts import panels, stacked
from regmodel.report.labels import STATUSES, SUPPLY_NAMES, TESTED, USE_NAMES, constraint_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Text

WATER = "water_use_total"
LAND = "new_urban_construction_land"
_CAP = Text("Limit of water use", "用水总量上限")
_OF_CAP = Text("water use (用水) as % of the limit in force", "用水总量占当年上限的百分比（%）")
_QUOTA = Text("Quota", "指标")
_MARGIN = Text("margin, % of the target (right of the line: kept)", "余量，占目标的百分比（线右侧为达到）")
LETTERS = "ABCDEFGH"


def water_by_use(data: ChartData) -> dict[str, Any] | None:
    """Water use of the whole by user, stacked, against the cap."""
    names = {variable: label.read(data.language) for variable, label in USE_NAMES.items()}
    return stacked(data, names, data.main, cap_rows(data, data.main), _CAP.read(data.language))


def water_by_source(data: ChartData) -> dict[str, Any] | None:
    """Water supplied to the whole by source, stacked."""
    names = {variable: label.read(data.language) for variable, label in SUPPLY_NAMES.items()}
    return stacked(data, names, data.main)


def cap_rows(data: ChartData, region: str) -> Rows:
    """The cap in force in each year from its own on; empty for a region without one."""
    first, last = data.years
    rows = [{"year": year, "value": data.cap(WATER, region, year)} for year in range(first, last + 1)]
    return [row for row in rows if row["value"] is not None]


def first_above(data: ChartData, scenario: str, region: str) -> tuple[int, float] | None:
    """First year in which water use passes the cap in force, and the use as per cent of it; None when it never does."""
    first, last = data.years
    for year in range(first, last + 1):
        cap, use = data.cap(WATER, region, year), data.value(scenario, region, WATER, year)
        if cap and use is not None and use > cap * (1 + 1e-9):
            return year, 100.0 * use / cap
    return None


def water_of_cap(data: ChartData) -> dict[str, Any] | None:
    """Water use as per cent of the cap by region on common axes, the year of crossing named."""
    first, last = data.years
    regions = [region for region in data.regions.ids() if cap_rows(data, region)]
    rows: Rows = []
    for scenario, words in data.scenarios():
        for region in regions:
            for year in range(first, last + 1):
                cap, use = data.cap(WATER, region, year), data.value(scenario, region, WATER, year)
                if cap and use is not None:
                    rows.append(
                        {"scenario": words, "region": data.region_name(region), "year": year, "value": 100 * use / cap}
                    )
    marks: Rows = []
    for region in regions:
        crossed = first_above(data, data.figures.projection, region)
        if crossed is not None:
            marks.append({"region": data.region_name(region), "year": crossed[0], "value": crossed[1]})
    return panels(data, rows, title=_OF_CAP.read(data.language), line=100.0, marks=marks)


def land(data: ChartData) -> dict[str, Any] | None:
    """New urban land of the whole, added up over each window, against the quota of the window."""
    windows = [limit for limit in data.limits(LAND) if limit.region == data.main and limit.high is not None]
    windows = [limit for limit in windows if limit.year_from is not None]
    rows: Rows = [row for limit in windows for row in _added_up(data, limit)]
    if not rows:
        return None
    quotas: Rows = [{"start": w.year_from, "end": w.year, "value": w.high, "printed": w.printed} for w in windows]
    first, last = data.years
    scenarios = of_scenario(data.scenario_words, rows)
    unit = unit_label(str(data.unit(LAND)), data.language).split("/")[0].removesuffix(" a year")
    scale = alt.Scale(domain=domain_of([*rows, *quotas], "value", floor=0.0), nice=True)
    y = alt.Y("value:Q", title=unit, scale=scale)
    x = years_axis(first, last)
    lines = (
        alt.Chart(table(rows))
        .mark_line(strokeWidth=2.2, point=alt.OverlayMarkDef(filled=True, size=30))
        .encode(
            x=x,
            y=y,
            detail="window:N",
            color=alt.Color("scenario:N", scale=colours(scenarios, (BLUE, VERMILION))),
            strokeDash=alt.StrokeDash("scenario:N", scale=dashes(scenarios)),
            description="told:N",
        )
    )
    bars = alt.Chart(table(quotas)).mark_rule(color=INK, strokeWidth=2.4, strokeDash=[7, 3])
    text = alt.Chart(table(quotas)).mark_text(align="left", dy=-8, fontSize=11, fontWeight="bold", color=INK)
    return finished(
        alt.layer(
            lines,
            bars.encode(x="start:Q", x2="end:Q", y=y),
            text.encode(x="start:Q", y=y, text="printed:N"),
        ).properties(width=WIDTH - 60, height=220)
    )


def _added_up(data: ChartData, limit: Limit) -> Rows:
    rows: Rows = []
    assert limit.year_from is not None
    for scenario, words in data.scenarios():
        total = 0.0
        for year in range(limit.year_from, limit.year + 1):
            value = data.value(scenario, limit.region, LAND, year)
            if value is None:
                break
            total += value
            told = f"{words}, {limit.year_from}-{year}: {total:,.1f}"
            rows.append({"scenario": words, "window": limit.clause, "year": year, "value": total, "told": told})
    return rows


def families(data: ChartData) -> list[str]:
    """Families of binding rows, the most frequent first: the order in which the heat map gives them letters."""
    counted = Counter(str(entry["constraint"]) for entry in data.figures.run.verdict.get("binding") or [])
    return [name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]


def letters(data: ChartData) -> list[tuple[str, str]]:
    """The letter of each family in the heat map beside its words; families past the last letter share a dot."""
    return [
        (LETTERS[position] if position < len(LETTERS) else "·", constraint_label(name, data.language))
        for position, name in enumerate(families(data))
    ]


def binding(data: ChartData) -> dict[str, Any] | None:
    """Which rows bind in which region and year: darker for more of them, a letter for each family."""
    order = families(data)
    cells: dict[tuple[str, int], set[int]] = {}
    for entry in data.figures.run.verdict.get("binding") or []:
        if entry.get("year") is not None and entry.get("region") is not None:
            place = (str(entry["region"]), int(entry["year"]))
            cells.setdefault(place, set()).add(min(order.index(str(entry["constraint"])), len(LETTERS)))
    if not cells:
        return None
    first = min(year for _, year in cells)
    last = max(max(year for _, year in cells), data.years[1])
    known = [*data.regions.ids(), *data.regions.sets]
    places = sorted({place for place, _ in cells}, key=lambda place: known.index(place) if place in known else 99)
    rows: Rows = [
        {
            "region": data.region_name(place),
            "year": str(year),
            "count": len(cells.get((place, year), ())),
            "letters": "".join((LETTERS + "·")[n] for n in sorted(cells.get((place, year), ()))),
        }
        for place in places
        for year in range(first, last + 1)
    ]
    top = max(row["count"] for row in rows)
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, orient="top", domain=False, ticks=False))
    y = alt.Y("region:N", title=None, sort=[data.region_name(place) for place in places])
    scale = alt.Scale(domain=[0, max(top, 1)], range=["#f6f8fa", "#08519c"])
    squares = (
        alt.Chart(table(rows))
        .mark_rect(stroke="white", strokeWidth=1.5)
        .encode(x=x, y=y, color=alt.Color("count:Q", scale=scale, legend=None), description="letters:N")
    )
    text = alt.Chart(table(rows)).mark_text(fontSize=10, fontWeight="bold")
    pale = alt.condition(f"datum.count > {top / 2}", alt.value("white"), alt.value(INK))
    return finished(
        alt.layer(squares, text.encode(x=x, y=y, text="letters:N", color=pale)).properties(
            width=WIDTH - 40, height=max(60, 24 * len(places))
        )
    )


def margins(data: ChartData, names: dict[str, str]) -> dict[str, Any] | None:
    """Each tested clause by its margin as per cent of its target; ``names`` are the clauses as the ledger names them."""
    words = {status: f"{mark} {text.read(data.language)}" for status, (mark, text) in STATUSES.items()}
    rows: Rows = []
    for entry in data.figures.run.verdict.get("clauses", []):
        margin, target = entry.get("margin"), entry.get("target")
        if entry["id"] in names and isinstance(margin, int | float) and isinstance(target, int | float) and target:
            share = 100.0 * margin / abs(target)
            rows.append(
                {
                    "clause": names[entry["id"]],
                    "margin": max(-60.0, min(60.0, share)),
                    "shown": f"{share:+,.1f}",
                    "status": words[entry["status"]],
                    "side": "right" if share >= 0 else "left",
                }
            )
    if not rows:
        return None
    rows.sort(key=lambda row: row["margin"])
    order = [row["clause"] for row in rows]
    statuses = [words[status] for status in TESTED if any(row["status"] == words[status] for row in rows)]
    palette = (VERMILION, BLUE, "#009E73", "#7f8790")
    used = [palette[TESTED.index(s)] for s in TESTED if words[s] in statuses]
    x = alt.X("margin:Q", title=_MARGIN.read(data.language), scale=alt.Scale(domain=_around(rows)))
    y = alt.Y("clause:N", sort=order, title=None, axis=alt.Axis(labelLimit=330, ticks=False, domain=False))
    colour = alt.Color("status:N", scale=colours(statuses, used))
    base = alt.Chart(table(rows))
    zero = alt.Chart(table([{"margin": 0}])).mark_rule(color=INK, strokeWidth=1.4).encode(x=x)
    stems = base.mark_rule(strokeWidth=2.4).encode(x=x, x2=alt.datum(0), y=y, color=colour)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(
        x=x, y=y, color=colour, shape=alt.Shape("status:N", scale=shapes(statuses)), description="shown:N"
    )
    parts: list[Any] = [zero, stems, dots]
    for side, align, shift in (("right", "left", 8), ("left", "right", -8)):
        own = [row for row in rows if row["side"] == side]
        if own:
            text = alt.Chart(table(own)).mark_text(align=align, dx=shift, fontSize=10, color=QUIET)
            parts.append(text.encode(x=x, y=y, text="shown:N"))
    return finished(alt.layer(*parts).properties(width=WIDTH - 330, height=max(80, 20 * len(rows))))


def _around(rows: Rows) -> list[float]:
    """A scale with zero inside and air for the numbers beside the marks."""
    low, high = min(0.0, *(row["margin"] for row in rows)), max(0.0, *(row["margin"] for row in rows))
    air = (high - low) * 0.16 or 1.0
    return [low - air, high + air]
