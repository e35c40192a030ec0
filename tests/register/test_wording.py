"""Wording to bounds: one table, applied to every clause and compared with what the rows say."""

from __future__ import annotations

import pytest

from regmodel.plans import bounds, bounds_in_memory, quantity_class, rule_differences
from regmodel.plans.wording import derived_ends

# Rows that state another sense than a bare figure of a target has; the row wins.
KNOWN_DIFFERENCES = {
    ("nm_redline", "sense", "=", ">="),
    ("nm_green_coverage", "sense", ">=", ">"),
    ("hohhot_rail", "sense", "<=", ">="),
    ("hbew_rail", "sense", "<=", ">="),
    ("nm_zero_landfill", "sense", "=", ">="),
}


def test_low_and_high_of_every_row_follow_from_the_rule_table(clauses):
    windows = [clause for clause in clauses if clause.low is not None or clause.high is not None]
    assert len(windows) == 8
    for clause in windows:
        assert derived_ends(clause, clause.rules) == pytest.approx((clause.low, clause.high)), clause.id


def test_the_rows_that_differ_from_the_table_are_the_listed_ones(clauses):
    found = {(d.clause, d.column, d.row, d.rule) for d in rule_differences(clauses)}
    assert found == KNOWN_DIFFERENCES


def test_a_row_that_differs_is_listed(by_id):
    from dataclasses import replace

    clause = replace(by_id["nm_urb_2025"], low=68.0)
    assert [(d.column, d.row, d.rule) for d in rule_differences([clause])] == [("low", "68", "68.5")]


@pytest.mark.parametrize(
    ("name", "reading", "low", "high", "unit"),
    [
        ("nm_urb_2025", None, 68.5, 69.5, "%"),  # a share: half a point
        ("nm_urb_2025", "floor", 68.5, None, "%"),
        ("hbew_urban_pop_2025", "window", 784.0, 816.0, "10^4 persons"),  # a level: 2 %
        ("hbew_gdp_growth", None, 5.7, None, "%/yr"),  # the first reading is the floor
        ("hbew_gdp_growth", "window", 5.7, 6.3, "%/yr"),
        ("hbew_gdp_growth", "stretch", 6.0, None, "%/yr"),
        ("hbew_urban_pop_growth", None, 4.0, 6.0, "%"),  # growth over the period: one point
        ("hbew_urban_pop_growth", "cumulative:floor", 4.0, None, "%"),
        ("hbew_urban_pop_growth", "annual:window", 4.7, 5.3, "%/yr"),  # growth a year: 0.3 points
        ("hbew_urban_pop_growth", "annual:floor", 4.7, None, "%/yr"),
        ("nm_key_share_2025", "central_areas", 59.5, 60.5, "%"),
        ("nm_new_land_2025", None, None, 64.0, "10^4 mu"),
        ("tongliao_core_2025", None, 100.0, None, "10^4 persons"),
        ("nm_residence_permit", None, 100.0, None, "%"),
        ("nm_redline", None, 50.46, 50.46, "% of land area"),
        ("hbey_share_area", None, 1.75, 1.85, "%"),  # a printed rounding
        ("cap.water_use_total.INNER_MONGOLIA.2025", "not_counted", None, 196.3, "10^8 m3"),
        ("cap.water_use_total.INNER_MONGOLIA.2030", "recalled_2030", None, 236.25, "10^8 m3"),
        ("target.water_per_gdp_change.ORDOS.2025", None, None, -10.4, "%"),
        ("path.population.INNER_MONGOLIA", "flat", 0.0, 0.0, "%/yr"),
        ("path.water_needs", None, 0.0, 0.0, "10^8 m3"),
    ],
)
def test_bounds_of_a_reading(by_id, name, reading, low, high, unit):
    found = bounds(by_id[name], reading)
    assert (found.low, found.high, found.unit) == (
        None if low is None else pytest.approx(low),
        None if high is None else pytest.approx(high),
        unit,
    )


def test_close_to_reaches_up_to_the_figure_and_not_to_it(by_id):
    found = bounds(by_id["nm_to_town_2025"])
    assert (found.low, found.high, found.low_open, found.high_open) == (90.0, 100.0, False, True)


def test_a_rising_target_asks_not_to_fall_below_its_base(by_id):
    found = bounds(by_id["hbey_urb_2035"])
    assert (found.low, found.high, found.not_below_base) == (None, None, True)


@pytest.mark.parametrize(
    ("name", "reading", "record"),
    [
        ("cap.water_use_total.BAOTOU.2025", None, "water.cap_where_none_printed"),
        ("cap.water_use_total.INNER_MONGOLIA.2030", "holds", "water.cap_after_2025"),
        ("cap.groundwater.WUHAI", None, "water.groundwater_glide"),
        ("path.population.YULIN", "census_path", "population.region_path_growth"),
        ("path.new_urban_land.INNER_MONGOLIA.2030", None, "land.quota_after_2025"),
    ],
)
def test_a_bound_without_a_printed_number_names_its_record(by_id, book, name, reading, record):
    found = bounds(by_id[name], reading)
    assert (found.low, found.high, found.record) == (None, None, record)
    assert book.has(record, by_id[name].region)


def test_an_unknown_reading_is_refused(by_id):
    with pytest.raises(ValueError, match="has no reading 'annual'"):
        bounds(by_id["nm_urb_2025"], "annual")


def test_a_window_follows_a_changed_figure(by_id):
    found = bounds(by_id["hbew_urban_pop_2025"].with_value(900.0))
    assert (found.low, found.high) == (pytest.approx(882.0), pytest.approx(918.0))


def test_every_reading_of_every_clause_has_bounds(clauses):
    for clause in clauses:
        for reading in clause.readings or (None,):
            found = bounds(clause, reading)
            assert found.low is None or found.high is None or found.low <= found.high, clause.id


def test_bounds_in_memory(by_id):
    assert bounds_in_memory(by_id["nm_urb_2025"]).low == pytest.approx(0.685)
    annual = bounds_in_memory(by_id["hbew_urban_pop_growth"], "annual:window")
    assert (annual.low, annual.high, annual.unit) == (pytest.approx(0.047), pytest.approx(0.053), "1/year")
    assert bounds_in_memory(by_id["nm_new_land_2025"]).high == pytest.approx(426.6667, rel=1e-6)
    assert bounds_in_memory(by_id["cap.water_use_total.ORDOS.2025"]).high == pytest.approx(1919.0)
    with pytest.raises(ValueError, match="no variable of the model"):
        bounds_in_memory(by_id["hbew_rail"])


@pytest.mark.parametrize(
    ("name", "quantity"),
    [
        ("nm_urb_2025", "share"),
        ("hbew_gdp_growth", "growth rate per year"),
        ("hbew_urban_pop_growth", "growth over a period"),
        ("hbew_urban_pop_2025", "level"),
        ("target.water_per_gdp_change.YULIN.2025", "growth over a period"),
        ("nm_urb_change", "share"),
    ],
)
def test_class_of_a_quantity(by_id, name, quantity):
    assert quantity_class(by_id[name]) == quantity
