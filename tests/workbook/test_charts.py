"""Charts show what there is: no line through the restart of a plan period, no limit in a legend where none is set."""

from __future__ import annotations

import re
import zipfile

import openpyxl
import pytest

from regmodel.workbook.chart_parts import LOOKS
from regmodel.workbook.data_rows import LIMIT, OWN_NAMES
from regmodel.workbook.write import write_workbook

LAND = OWN_NAMES["new_urban_land_of_period"].en
NO_LIMIT = "no limit is set here"


@pytest.fixture(scope="module")
def filled(feasible_run, tmp_path_factory):
    path = tmp_path_factory.mktemp("charts") / "filled.xlsx"
    return write_workbook(path, feasible_run.scenario, "en", run=feasible_run)


@pytest.fixture(scope="module")
def land_charts(filled):
    """The definitions of the charts of land taken since a plan period began."""
    with zipfile.ZipFile(filled) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    found = [chart for chart in charts if LAND in chart.partition("<c:plotArea>")[0]]
    assert len(found) == 3
    return found


def test_land_of_a_period_is_not_drawn_through_the_restart_of_the_period(land_charts):
    """Paths are columns; what is left as a line is the limit, by marks that no line joins."""
    for chart in land_charts:
        assert chart.count("<c:barChart>") == 1
        for line in re.findall(r"<c:lineChart>.*?</c:lineChart>", chart, re.DOTALL):
            assert line.count("<c:ser>") == 1
            assert re.search(r"<c:spPr><a:ln[^>]*><a:noFill/>", line)


def test_a_legend_names_no_limit_that_no_clause_sets(land_charts, filled):
    """No region has a quota of its own: the chart by region draws none, that of a region chosen says so."""
    (by_region,) = [chart for chart in land_charts if "by region" in chart.partition("<c:plotArea>")[0]]
    assert by_region.count("<c:ser>") == 2
    assert LOOKS[LIMIT][0].removeprefix("#") not in by_region
    sheet = openpyxl.load_workbook(filled, data_only=True)["Charts"]
    names = [row[1].value for row in sheet.iter_rows() if row[1].value in (NO_LIMIT, "limit in force")]
    assert names == ["limit in force", NO_LIMIT]
