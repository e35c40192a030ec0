"""Output: worked examples by hand, in 10^8 yuan a year of 2020 prices."""

from __future__ import annotations

import pytest

from regmodel.equations.output import (
    farm_output_ceiling,
    gdp,
    grown_level,
    investment_ceiling,
    job_capacity,
    output_increase,
    required_investment,
    secondary_value_added,
    sector_share_gap,
    value_added_bound,
)


def test_output_is_the_sum_of_five_sectors() -> None:
    # 120 + 1 600 + 400 + 150 + 1 263.7 = 3 533.7
    total = gdp(
        agriculture_value_added=120.0,
        energy_chemicals_value_added=1600.0,
        other_industry_value_added=400.0,
        construction_value_added=150.0,
        services_value_added=1263.7,
    )
    assert total == pytest.approx(3533.7)


def test_the_secondary_industry_is_industry_and_construction() -> None:
    # 1 600 + 400 + 150 = 2 150
    total = secondary_value_added(
        energy_chemicals_value_added=1600.0, other_industry_value_added=400.0, construction_value_added=150.0
    )
    assert total == pytest.approx(2150.0)


def test_a_sector_grows_at_most_by_nine_percent_a_year() -> None:
    # 500 * (1 + 0.09 * 1) = 545
    bound = value_added_bound(opening_value_added=500.0, sector_growth_rate=0.09, step=1.0)
    assert bound == pytest.approx(545.0)


def test_a_sector_shrinks_at_most_by_three_percent_a_year() -> None:
    # 500 * (1 - 0.03 * 2) = 470 over a step of two years
    bound = value_added_bound(opening_value_added=500.0, sector_growth_rate=-0.03, step=2.0)
    assert bound == pytest.approx(470.0)


def test_a_sector_above_its_share_shows_a_gap() -> None:
    # 1 900 - 0.5 * 3 500 = 1 900 - 1 750 = 150
    assert sector_share_gap(value_added=1900.0, sector_share=0.5, gdp=3500.0) == pytest.approx(150.0)


def test_42_percent_of_output_can_be_invested() -> None:
    # 9 948.6 * 0.42 = 4 178.412
    assert investment_ceiling(gdp=9948.6, investment_share_limit=0.42) == pytest.approx(4178.412)


def test_six_units_of_investment_bring_one_of_output() -> None:
    # 3 600 / 6 = 600
    assert output_increase(investment=3600.0, output_per_investment=1 / 6) == pytest.approx(600.0)


def test_six_percent_growth_needs_36_percent_of_output() -> None:
    # (1 060 - 1 000) * 6 = 360: 36 % of 1 000
    assert required_investment(gdp=1060.0, opening_gdp=1000.0, icor=6.0) == pytest.approx(360.0)


def test_town_residents_can_produce_so_much_outside_farming() -> None:
    # 215 * 10^4 persons at 15 * 10^4 yuan each = 15 * 10^8 yuan per 10^4 persons: 215 * 15 = 3 225
    assert job_capacity(urban_population=215.0, output_per_urban_resident=15.0) == pytest.approx(3225.0)


def test_farm_output_is_bounded_by_the_irrigated_area() -> None:
    # 8 772 km2 at 0.025 * 10^8 yuan per km2 (1 667 yuan per mu) = 219.3
    assert farm_output_ceiling(irrigated_area=8772.0, farm_output_per_area=0.025) == pytest.approx(219.3)


@pytest.mark.parametrize(
    ("growth", "level"),
    [
        # 1.06^5 = 1.3382255776; 9 948.6 * 1.3382255776 = 13 313.47
        (0.06, 13313.47),
        # 1.045^5 = 1.2461819377; 9 948.6 * 1.2461819377 = 12 397.77; the gap to the line above is 915.7
        (0.045, 12397.77),
    ],
)
def test_a_mean_yearly_growth_is_geometric(growth: float, level: float) -> None:
    found = grown_level(base_level=9948.6, growth_rate=growth, step=1.0, elapsed_steps=5)
    assert found == pytest.approx(level, abs=0.01)


def test_a_level_in_steps_of_two_years_grows_by_two_years_a_step() -> None:
    # 100 * (1 + 0.05 * 2)^2 = 121
    assert grown_level(base_level=100.0, growth_rate=0.05, step=2.0, elapsed_steps=2) == pytest.approx(121.0)
