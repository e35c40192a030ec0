"""New urban land on the Data sheet is that of each plan period, told against the limit of that period."""

from types import SimpleNamespace

import pandas as pd
import pytest

from regmodel.params import convert
from regmodel.workbook.data_rows import LIMIT, PROGRAMME, TREND, YEARS
from regmodel.workbook.series import data_lines

HOME = "INNER_MONGOLIA"
ADDED, RELEASED = "new_urban_construction_land", "rural_land_released"
CLAUSES = {
    2025: "nm_new_land_2025",
    2030: "path.new_urban_land.INNER_MONGOLIA.2030",
    2035: "path.new_urban_land.INNER_MONGOLIA.2035",
}


def land_line(run, path, region=HOME):
    """The line of the plan period's land of one path and region, by year."""
    lines = data_lines(run.scenario.book, "en", run)
    line = next(one for one in lines if one[0] == f"new_urban_land_of_period|{path}|{region}")
    assert line[4] == "km²"
    return dict(zip(YEARS, line[5:], strict=True))


@pytest.fixture(scope="module")
def hand_made(feasible_run):
    """Hohhot adds 2 km2 a year to 2025 and 3 after; from 2027 on it gives back 1 km2 of rural land a year."""
    rows = []
    for place in feasible_run.scenario.book.regions.ids():
        for year in YEARS:
            added = 2.0 * min(year - 2020, 5) + 3.0 * max(year - 2025, 0) if place == "HOHHOT" else 0.0
            released = float(max(year - 2026, 0)) if place == "HOHHOT" else 0.0
            for variable, value in ((ADDED, added), (RELEASED, released)):
                rows.append(("plan", place, variable, "km2", year, value))
    frame = pd.DataFrame(rows, columns=["scenario", "region", "variable", "unit", "year", "value"])
    return SimpleNamespace(**{**vars(feasible_run), "trajectory": frame})


def test_each_period_counts_its_own_land_less_what_was_swapped(hand_made):
    ratio = hand_made.scenario.book.value("lever.land_swap.ratio")
    assert ratio > 0
    for region in ("HOHHOT", HOME):
        line = land_line(hand_made, TREND, region)
        assert line[2020] is None
        assert [line[year] for year in range(2021, 2026)] == [2, 4, 6, 8, 10]
        assert [line[2026], line[2027], line[2030]] == pytest.approx([3, 6 - ratio, 15 - 4 * ratio])
        assert [line[2031], line[2035]] == pytest.approx([3 - ratio, 15 - 5 * ratio])


def test_the_limit_is_that_of_the_period(hand_made, feasible_run):
    """64 x 10^4 mu are 426.67 km2; later periods take their share of it from the record."""
    line = land_line(hand_made, LIMIT)
    assert line[2021] == line[2025] == pytest.approx(426.667, abs=1e-3)
    targets = {entry["id"]: entry["target"] for entry in feasible_run.verdict["clauses"]}
    for year in (2030, 2035):
        assert line[year - 4] == line[year] == pytest.approx(convert(targets[CLAUSES[year]], "10^4 mu", "km2"))


def test_the_end_of_each_period_is_what_its_clause_is_judged_by(feasible_run):
    """The invented run's clauses are measured on the trend projection by the room that judges them."""
    line = land_line(feasible_run, TREND)
    values = {entry["id"]: entry["value"] for entry in feasible_run.verdict["clauses"]}
    for year, clause in CLAUSES.items():
        assert line[year] == pytest.approx(convert(values[clause], "10^4 mu", "km2")), clause


def test_a_run_without_a_plan_has_no_line_of_one(infeasible_run):
    assert set(land_line(infeasible_run, PROGRAMME).values()) == {None}
