"""Charts of limits: water against its cap, land against its quota, binding rows by region and year, margins."""

from __future__ import annotations

from collections import Counter

from regmodel.report.chart_data import ChartData, Limit
from regmodel.report.chart_style import (
    BLUE,
    GREEN,
    INK,
    LABEL_LIMIT,
    LINE_LEGEND,
    QUIET,
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
from regmodel.report.charts import panels, stacked
from regmodel.report.figures import show
from regmodel.report.labels import STATUSES, SUPPLY_NAMES, TESTED, USE_NAMES
from regmodel.report.row_labels import family_label, importance, rows_that_bind
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Text

LAND = "new_urban_construction_land"
_CAP = Text("Limit of water use", "用水总量上限")
_MARGIN = Text("margin, % of the target (right of the line: kept)", "余量，占目标的百分比（线右侧为达到）")
LETTERS = "ABCDEFGH"


def water_by_use(data: ChartData) -> Spec | None:
    """Water use of the whole by user, stacked, against the cap."""
    names = {variable: label.read(data.language) for variable, label in USE_NAMES.items()}
    return stacked(data, names, data.main, cap_rows(data, data.main), _CAP.read(data.language))


def water_by_source(data: ChartData) -> Spec | None:
    """Water supplied to the whole by source, stacked."""
    names = {variable: label.read(data.language) for variable, label in SUPPLY_NAMES.items()}
    return stacked(data, names, data.main)


def cap_rows(data: ChartData, region: str) -> Rows:
    """The cap in force in each year from its own on; empty for a region without one."""
    first, last = data.years
    rows = [{"year": year, "value": data.water_cap(region, year)} for year in range(first, last + 1)]
    return [row for row in rows if row["value"] is not None]


def first_above(data: ChartData, scenario: str, region: str) -> tuple[int, float] | None:
    """First year in which water use passes the cap in force, and the use as per cent of it; None when it never does."""
    first, last = data.years
    for year in range(first, last + 1):
        cap, use = data.water_cap(region, year), data.water_under_cap(scenario, region, year)
        if cap and use is not None and use > cap * (1 + 1e-9):
            return year, 100.0 * use / cap
    return None


def _capped(data: ChartData, region: str) -> str:
    """Name of a region in a chart of caps; a star for a cap that no document prints."""
    name = data.region_name(region)
    return f"{name} *" if data.cap_is_assumed(region) else name


def water_of_cap(data: ChartData) -> Spec | None:
    """Water use as per cent of the cap by region on common axes, the year of crossing named."""
    first, last = data.years
    regions = [region for region in data.regions.ids() if cap_rows(data, region)]
    rows: Rows = []
    for scenario, words in data.scenarios():
        for region in regions:
            for year in range(first, last + 1):
                cap, use = data.water_cap(region, year), data.water_under_cap(scenario, region, year)
                if cap and use is not None:
                    rows.append(
                        {"scenario": words, "region": _capped(data, region), "year": year, "value": 100 * use / cap}
                    )
    marks: Rows = []
    for region in regions:
        crossed = first_above(data, data.figures.projection, region)
        if crossed is not None:
            marks.append({"region": _capped(data, region), "year": crossed[0], "value": crossed[1]})
    return panels(data, rows, line=100.0, crossings=marks)


def land(data: ChartData) -> Spec | None:
    """New urban land of the whole, added up over each window, against the quota of the window."""
    windows = [limit for limit in data.limits(LAND) if limit.region == data.main and limit.high is not None]
    windows = [limit for limit in windows if limit.year_from is not None]
    rows: Rows = [row for limit in windows for row in _added_up(data, limit)]
    if not rows:
        return None
    quotas: Rows = [
        {"start": (w.year_from or 0) - 1, "end": w.year, "value": w.high, "printed": w.printed} for w in windows
    ]
    scenarios = of_scenario(data.scenario_words, rows)
    unit = unit_label(str(data.unit(LAND)), data.language)
    x = years_axis(*data.years)
    y = amount("value", domain_of([*rows, *quotas], "value", floor=0.0), title=unit)
    legend = LINE_LEGEND if len(scenarios) > 1 else None
    path = {
        "x": x,
        "y": y,
        "detail": named("window"),
        "color": by_colour("scenario", scenarios, (BLUE, VERMILION), legend),
        "strokeDash": by_dash("scenario", scenarios, legend),
    }
    start = {"x": amount("start"), "y": y}
    layers = [
        mark("line", path, strokeWidth=2.2),
        mark(
            "point",
            {**path, "strokeDash": {"value": [1, 0]}, "description": named("told")},
            filled=True,
            size=34,
            opacity=1,
        ),
        mark("rule", {**start, "x2": {"field": "end"}}, table(quotas), color=INK, strokeWidth=2.6, strokeDash=[7, 3]),
        mark("text", {**start, "text": named("printed")}, table(quotas), align="left", dy=-9, fontWeight="bold"),
    ]
    return finished({"data": table(rows), "width": WIDTH - 90, "height": 230, "layer": layers})


def _added_up(data: ChartData, limit: Limit) -> Rows:
    """New urban land since the window began, less what swaps of rural land pay for, year by year."""
    rows: Rows = []
    assert limit.year_from is not None
    ratio = data.swap_ratio()

    def taken(scenario: str, year: int) -> float | None:
        new = data.value(scenario, limit.region, LAND, year)
        swapped = data.value(scenario, limit.region, "rural_land_released", year) or 0.0
        return None if new is None else new - ratio * swapped

    for scenario, words in data.scenarios():
        before = taken(scenario, limit.year_from - 1)
        for year in range(limit.year_from - 1, limit.year + 1):
            reached = taken(scenario, year)
            if reached is None or before is None:
                break
            total = reached - before
            told = f"{words}, {limit.year_from}-{year}: {total:,.1f}"
            rows.append({"scenario": words, "window": limit.clause, "year": year, "value": total, "told": told})
    return rows


def families(data: ChartData) -> list[str]:
    """Families of binding rows, those of clauses, water and land first: the order of their letters in the heat map."""
    counted = Counter(data.family(entry) for entry in rows_that_bind(data.figures.run.verdict))
    ordered = sorted(counted.items(), key=lambda item: (importance(item[0]), -item[1], item[0]))
    return [name for name, _ in ordered]


def letters(data: ChartData) -> list[tuple[str, str]]:
    """The letter of each family in the heat map beside its words; families past the last letter share a dot."""
    return [
        (LETTERS[position] if position < len(LETTERS) else "·", family_label(name, data.language))
        for position, name in enumerate(families(data))
    ]


def _told(data: ChartData, positions: set[int]) -> str:
    """The families of one cell in words."""
    words = [words for _, words in letters(data)]
    return "; ".join(dict.fromkeys(words[position] for position in sorted(positions) if position < len(words))) or "–"


def binding(data: ChartData) -> Spec | None:
    """Which rows bind in which region and year: darker for more of them, a letter for each family."""
    order = families(data)
    cells: dict[tuple[str, int], set[int]] = {}
    for entry in rows_that_bind(data.figures.run.verdict):
        if entry.get("year") is not None and entry.get("region") is not None:
            place = (str(entry["region"]), int(entry["year"]))
            cells.setdefault(place, set()).add(min(order.index(data.family(entry)), len(LETTERS)))
    if not cells:
        return None
    first = min(year for _, year in cells)
    last = max(*(year for _, year in cells), data.years[1])
    known = [*data.regions.ids(), *data.regions.sets]
    places = sorted({place for place, _ in cells}, key=lambda place: known.index(place) if place in known else 99)
    rows: Rows = [
        {
            "region": data.region_name(place),
            "year": str(year),
            "count": len(cells.get((place, year), ())),
            "letters": "".join((LETTERS + "·")[n] for n in sorted(cells.get((place, year), ()))),
            "told": f"{data.region_name(place)}, {year}: {_told(data, cells.get((place, year), set()))}",
        }
        for place in places
        for year in range(first, last + 1)
    ]
    top = max(row["count"] for row in rows)
    x = {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0, "orient": "top", "domain": False}}
    y = named("region", sort=[data.region_name(place) for place in places])
    shade = amount("count", legend=None, scale={"domain": [0, max(top, 1)], "range": ["#f6f8fa", "#08519c"]})
    pale = {"condition": {"test": f"datum.count > {top / 2}", "value": "white"}, "value": INK}
    layers = [
        mark("rect", {"x": x, "y": y, "color": shade, "description": named("told")}, stroke="white", strokeWidth=1.5),
        mark("text", {"x": x, "y": y, "text": named("letters"), "color": pale}, fontSize=11, fontWeight="bold"),
    ]
    height = max(60, 26 * len(places))
    return finished({"data": table(rows), "width": WIDTH - 190, "height": height, "layer": layers})


def margins(data: ChartData, names: dict[str, str]) -> Spec | None:
    """Each tested clause by its margin as per cent of its target; ``names`` are those of the ledger, by clause."""
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
                    "shown": show(share, 1, signed=True),
                    "status": words[entry["status"]],
                    "side": "right" if share >= 0 else "left",
                }
            )
    if not rows:
        return None
    rows.sort(key=lambda row: row["margin"])
    order = [row["clause"] for row in rows]
    statuses = [words[status] for status in TESTED if any(row["status"] == words[status] for row in rows)]
    palette = dict(zip(TESTED, (VERMILION, BLUE, GREEN, QUIET), strict=True))
    used = [palette[status] for status in TESTED if words[status] in statuses]
    legend = {"direction": "horizontal"}
    x = amount("margin", title=_MARGIN.read(data.language), scale={"domain": _around(rows)})
    y = named("clause", sort=order, axis={"labelLimit": LABEL_LIMIT, "ticks": False, "domain": False})
    colour = by_colour("status", statuses, used, legend)
    dot = {
        "x": x,
        "y": y,
        "color": colour,
        "shape": by_shape("status", statuses, legend),
        "description": named("shown"),
    }
    layers = [
        mark("rule", {"x": {"datum": 0, "type": "quantitative"}}, color=INK, strokeWidth=1.4),
        mark("rule", {"x": x, "x2": {"datum": 0}, "y": y, "color": colour}, strokeWidth=2.4),
        mark("point", dot, filled=True, size=90, opacity=1),
    ]
    for side, align, shift in (("right", "left", 9), ("left", "right", -9)):
        text = {"x": x, "y": y, "text": named("shown")}
        beside = mark("text", text, align=align, dx=shift, fontSize=11, color=QUIET)
        layers.append({"transform": [{"filter": f"datum.side == '{side}'"}], **beside})
    return finished({"data": table(rows), "width": WIDTH - 440, "height": max(80, 21 * len(rows)), "layer": layers})


def _around(rows: Rows) -> list[float]:
    """A scale with zero inside and air for the numbers beside the marks."""
    low, high = min(0.0, *(row["margin"] for row in rows)), max(0.0, *(row["margin"] for row in rows))
    air = (high - low) * 0.16 or 1.0
    return [low - air, high + air]
