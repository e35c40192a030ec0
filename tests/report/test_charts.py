"""Charts: one definition each, common axes, colours that everybody can tell apart, numbers from the run."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from regmodel.report import assemble, charts, charts_limits
from regmodel.report.chart_data import ChartData
from regmodel.report.chart_style import BLUE, GREEN, ORANGE, PURPLE, SKY, STACK, VERMILION, YELLOW
from regmodel.report.content import Chart
from regmodel.report.figures import Figures
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
