"""Charts: one definition each, common axes, colours that everybody can tell apart, numbers from the run."""

from __future__ import annotations

import json
from itertools import pairwise

import pandas as pd
import pytest

from regmodel.report import assemble, charts, charts_levers, charts_limits, charts_places
from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import BLUE, GREEN, ORANGE, PURPLE, SKY, STACK, VERMILION, YELLOW
from regmodel.report.content import Chart, plain
from regmodel.report.figures import Figures
from regmodel.report.lever_potential import potentials
from regmodel.report.svg import draw

EXPECTED = {
    "chart-binding",
    "chart-margins",
    "chart-people",
    "chart-output",
    "chart-water-by-use",
    "chart-water-of-cap",
    "chart-water-by-source",
    "chart-land",
    "chart-load-map",
    "chart-lever-costs",
    "chart-cost-curve",
    "chart-population-by-region",
    "chart-share-by-region",
    "chart-output-by-region",
    "chart-land-by-region",
}


def data_of(run, language="en"):
    return ChartData(Figures(run), language)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, as a black-and-white printer sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_chart_is_drawn_without_a_browser(runs, language):
    """The definitions draw in both languages, and their words are in the picture."""
    drawn = {b.id: b for s in assemble(runs["feasible"], language).sections for b in s.blocks if isinstance(b, Chart)}
    assert set(drawn) == EXPECTED
    for name, block in drawn.items():
        picture = draw(json.loads(json.dumps(block.spec)), name)
        assert picture.startswith("<svg")
        assert "NaN" not in picture
    regions = draw(drawn["chart-output-by-region"].spec, "again")
    assert ("鄂尔多斯" if language == "zh" else "Ordos") in regions


def test_panels_of_one_chart_share_their_scale(runs):
    """Small multiples can be compared: one domain for all."""
    data = data_of(runs["feasible"])
    spec = charts.panels(data, data.indexed("gdp", data.regions.ids()))
    layers = spec["spec"]["layer"]
    assert len({json.dumps(layer["encoding"]["y"]["scale"]) for layer in layers}) == 1
    assert {row["region"] for row in spec["data"]["values"]} == {region.name.en for region in data.regions.regions}


def test_neighbouring_layers_differ_in_lightness():
    """A stack stays readable when the colour is gone, and its colours are those of Okabe and Ito."""
    assert set(STACK) <= {BLUE, ORANGE, GREEN, YELLOW, VERMILION, SKY, PURPLE}
    for one, other in pairwise(STACK):
        bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) > 1.25, (one, other)


def test_the_two_paths_differ_in_more_than_colour(runs):
    """The programme's plan is dashed, the trend is solid."""
    data = data_of(runs["feasible"])
    spec = charts.panels(data, data.series({"gdp": "GDP"}, data.regions.ids()))
    dash = spec["spec"]["layer"][0]["encoding"]["strokeDash"]["scale"]
    assert dash["range"] == [[1, 0], [6, 3]]


def test_the_year_of_crossing_follows_the_data(invented_run):
    """Less water, no crossing; more water, an earlier one."""
    run = invented_run("infeasible")
    data = data_of(run)
    name = data.figures.projection
    before = charts_limits.first_above(data, name, "BAOTOU")
    assert before is not None
    use = (run.trajectory["variable"] == "water_use_total") & (run.trajectory["region"] == "BAOTOU")
    run.trajectory.loc[use, "value"] *= 0.9
    assert charts_limits.first_above(data_of(run), name, "BAOTOU") is None
    run.trajectory.loc[use, "value"] *= 1.3
    after = charts_limits.first_above(data_of(run), name, "BAOTOU")
    assert after is not None
    assert after[0] <= before[0]


def test_land_starts_again_with_each_window(runs):
    """New land is added up inside a window and compared with the quota of that window, in km2."""
    data = data_of(runs["infeasible"])
    spec = charts_limits.land(data)
    starts = [row for row in spec["data"]["values"] if row["value"] == 0.0]
    quotas = spec["layer"][2]["data"]["values"]
    assert len(starts) >= len(quotas) == 3
    assert quotas[0]["value"] == pytest.approx(64 / 0.15, rel=1e-9)


def test_a_run_without_binding_rows_says_so(runs):
    """No empty picture."""
    assert charts_limits.binding(data_of(runs["infeasible"])) is None


def test_the_map_says_the_use_of_each_region_beside_its_limit(runs):
    """Every region with a tile is drawn once in each panel, with the share that the run gives; no two share a tile."""
    data = data_of(runs["feasible"])
    spec = charts_places.load_map(data)
    assert [panel["title"] for panel in spec["hconcat"]] == [f"{words}, 2035" for _, words in data.scenarios()]
    for (scenario, _), panel in zip(data.scenarios(), spec["hconcat"], strict=True):
        rows = panel["data"]["values"]
        assert len(rows) == len(data.regions.regions)
        assert len({(row["column"], row["row"]) for row in rows}) == len(rows)
        ordos = next(row for row in rows if row["region"].startswith("Ordos"))
        share = 100 * data.water_under_cap(scenario, "ORDOS", 2035) / data.water_cap("ORDOS", 2035)
        assert ordos["share"] == pytest.approx(share)
        assert ordos["shown"].startswith("○△▲■"[ordos["rank"]])


def test_conflicts_are_drawn_with_the_regions_that_their_clauses_touch(runs):
    """A clause of one city has one dot, a clause of the region one in each of its cities and none outside."""
    data = data_of(runs["infeasible"])
    conflicts = runs["infeasible"].verdict["conflicts"]
    names = {clause: clause for conflict in conflicts for clause in conflict["clauses"]}
    rows = charts_places.conflicts(data, names)["data"]["values"]
    dots = {}
    for row in rows:
        dots.setdefault(row["clause"], set()).add(row["region"])
    assert dots["2 · cap.water_use_total.ORDOS.2025"] == {"Ordos"}
    members = {data.region_name(region) for region in data.regions.sets["INNER_MONGOLIA"]}
    assert dots["1 · nm_urb_2025"] == members
    assert "Yulin" not in members
    assert charts_places.conflicts(data_of(runs["feasible"]), {}) is None


def test_levers_are_ordered_by_what_a_cubic_metre_costs(runs):
    """Cheapest first, each inside its range."""
    rows = charts_levers.lever_costs(data_of(runs["feasible"]))["data"]["values"]
    assert [row["price"] for row in rows] == sorted(row["price"] for row in rows)
    assert all(row["low"] <= row["price"] <= row["high"] for row in rows)
    assert rows[0]["lever"] == "Canal lining"


def test_the_cost_curve_is_a_staircase(runs):
    """Each step starts where the one before ends and costs no less; its width is what the lever can give by 2035.

    By hand, mine water: the limit of the last year over the twelve leagues and cities of Inner Mongolia, in 10^8 m3.
    """
    data = data_of(runs["feasible"])
    rows = charts_levers.cost_curve(data)["vconcat"][0]["data"]["values"]
    assert rows[0]["from"] == 0
    assert all(before["to"] == after["from"] for before, after in pairwise(rows))
    assert [row["price"] for row in rows] == sorted(row["price"] for row in rows)
    steps = {step.lever.id: step for step in potentials(data)}
    assert "water_rights" not in steps
    members = data.regions.indices(data.main)
    by_hand = data.coefficients["mine_water_limit"][members, -1].sum() / 100
    assert steps["mine_water"].water == pytest.approx(by_hand)
    assert rows[-1]["to"] == pytest.approx(sum(step.water for step in steps.values()))


def test_what_a_lever_refits_the_next_finds_refitted(invented_run):
    """Pipes come after linings: with lining switched off less land is lined, and the works have more land left."""
    run = invented_run("feasible")
    both = {step.lever.id: step.water for step in potentials(data_of(run))}
    data = data_of(run)
    fields = data.coefficients["base_irrigated_area"]
    assert 0 < both["canal_lining"] < fields[:, 0].sum() * data.coefficients["irrigation_norm"].max() / 100
    assert both["pipe_drip"] > 0


def test_the_map_has_the_classes_of_the_early_warning(runs):
    """One definition: a tile's class on the trend is the class that `regmodel warning` gives the region in 2035."""
    run = runs["infeasible"]
    data = data_of(run)
    values = charts_places.load_map(data)["hconcat"][0]["data"]["values"]
    loads = {load.region: load for load in run.warning.loads if load.measure == "water_use"}
    drawn = 0
    for region in data.regions.ids():
        name = data.region_name(region)
        tile = next((row for row in values if row["region"].removesuffix(" *") == name), None)
        if tile is not None and region in loads:
            held = run.warning.class_at(loads[region], 2035)
            starts = [one.from_load for one in run.warning.classes["water"]]
            assert tile["rank"] == [one.name for one in run.warning.classes["water"]].index(held.name)
            assert held.title.en in tile["class"]
            assert tile["shown"].startswith(charts_places.MARKS[tile["rank"]])
            assert starts[tile["rank"]] <= loads[region].shares[-1]
            drawn += 1
    assert drawn > 10
    for region, load in loads.items():
        use, cap = data.water_under_cap(data.figures.projection, region, 2035), data.water_cap(region, 2035)
        assert use / cap == pytest.approx(float(load.shares[-1]), rel=1e-9), region


def test_the_shades_of_the_map_grow_darker_with_the_class():
    """On a copier the order of the classes stays: each shade is darker than the one before."""
    shades = [luminance(shade) for shade in charts_places.SHADES]
    assert shades == sorted(shades, reverse=True)
    assert all(bright - dark > 0.08 for bright, dark in pairwise(shades))
    assert len(set(charts_places.MARKS)) == len(charts_places.MARKS) == len(shades)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_frontier_shows_what_is_asked_now(language):
    """Corners as dots, hollow where not certified, and a cross where the plans stand; no points, no picture."""
    points = pd.DataFrame({"x": [4.0, 6.0], "y": [11.0, 7.0], "certified": [True, False]})
    spec = charts_levers.frontier(points, "x", "y", (5.0, 6.0), language)
    drawing = draw(spec, "frontier")
    assert drawing.startswith("<svg")
    assert "NaN" not in drawing
    assert ("现行要求" if language == "zh" else "as asked now") in drawing
    assert charts_levers.frontier(points[:0], "x", "y") is None


def test_clauses_at_their_limit_do_not_crowd_out_the_others(invented_run):
    """Of many clauses with a margin of nothing six are drawn, the note says how many there are; the rest have slack."""
    run = invented_run("feasible")
    entries = [entry for entry in run.verdict["clauses"] if entry.get("margin") is not None and entry.get("target")]
    for entry in entries[:12]:
        entry["margin"] = 0.0
    section = next(section for section in assemble(run, "en").sections if section.id == "paths")
    chart = next(block for block in section.blocks if isinstance(block, Chart) and block.id == "chart-margins")
    drawn = [row["margin"] for row in chart.spec["data"]["values"]]
    assert drawn.count(0.0) <= 6 < len(drawn)
    own = {name for name, active in Figures(run).clauses.items() if active.clause.kind == "path"}
    tight = [one for one in run.verdict["clauses"] if one["margin"] == 0.0 and one["id"] not in own]
    assert f"In all {len(tight)} clauses stand exactly at what they ask" in plain(chart.note)
