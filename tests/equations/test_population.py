"""People: worked examples by hand. Figures are of the size of the real ones; people in 10^4 persons, rates per year."""

from __future__ import annotations

import math

import pytest

from regmodel.equations.population import (
    closing_rural_population,
    closing_urban_population,
    logistic_pace,
    logistic_urban_share,
    move_limit,
    natural_growth_rate,
    natural_increase,
    population,
    population_path,
    rural_departures,
    urban_excess,
    urbanisation_rate,
)


def test_an_older_region_stands_below_the_regional_natural_growth_rate() -> None:
    # -0.25 permille a point is -0.025 for the whole; -0.0010 + -0.025 * (0.25 - 0.20) = -0.00100 - 0.00125 = -0.00225
    rate = natural_growth_rate(
        regional_natural_growth_rate=-0.0010, age_slope=-0.025, elderly_share=0.25, regional_elderly_share=0.20
    )
    assert rate == pytest.approx(-0.00225)


def test_natural_increase_is_a_rate_of_the_opening_population() -> None:
    # 2 400 * -1.5 permille = -3.6
    assert natural_increase(opening_population=2400.0, natural_growth_rate=-0.0015) == pytest.approx(-3.6)


def test_towns_gain_by_moves_within_and_between_regions() -> None:
    # 200 + 1 * (200 * -0.001 + 3 + 2 - 1.5 + 0.3) = 200 + (-0.2 + 3 + 2 - 1.5 + 0.3) = 203.6
    closing = closing_urban_population(
        opening_urban_population=200.0,
        natural_growth_rate=-0.001,
        rural_to_urban_moves=3.0,
        arrivals=2.0,
        urban_departures=1.5,
        urban_external_migration=0.3,
        step=1.0,
    )
    assert closing == pytest.approx(203.6)


def test_two_years_of_the_same_moves_count_twice_in_towns() -> None:
    # 200 + 2 * (200 * 0.005 + 3 + 0 - 1 + 0) = 200 + 2 * 3 = 206
    closing = closing_urban_population(
        opening_urban_population=200.0,
        natural_growth_rate=0.005,
        rural_to_urban_moves=3.0,
        arrivals=0.0,
        urban_departures=1.0,
        urban_external_migration=0.0,
        step=2.0,
    )
    assert closing == pytest.approx(206.0)


def test_the_country_loses_by_moves_to_towns_and_to_other_regions() -> None:
    # 80 + 1 * (80 * -0.002 - 3 - 0.5 + 0.1) = 80 + (-0.16 - 3 - 0.5 + 0.1) = 76.44
    closing = closing_rural_population(
        opening_rural_population=80.0,
        natural_growth_rate=-0.002,
        rural_to_urban_moves=3.0,
        rural_departures=0.5,
        rural_external_migration=0.1,
        step=1.0,
    )
    assert closing == pytest.approx(76.44)


def test_two_years_of_the_same_moves_count_twice_in_the_country() -> None:
    # 80 + 2 * (80 * 0.001 - 3 - 0.5 + 0.4) = 80 + 2 * (0.08 - 3.1) = 80 - 6.04 = 73.96
    closing = closing_rural_population(
        opening_rural_population=80.0,
        natural_growth_rate=0.001,
        rural_to_urban_moves=3.0,
        rural_departures=0.5,
        rural_external_migration=0.4,
        step=2.0,
    )
    assert closing == pytest.approx(73.96)


def test_residents_live_in_town_or_in_the_country() -> None:
    # 1622.75 + 782.1655 = 2404.9155, the census of 2020
    assert population(urban_population=1622.75, rural_population=782.1655) == pytest.approx(2404.9155)


def test_the_urbanisation_rate_of_the_census_is_67_476_percent() -> None:
    # 1622.75 / 2404.9155 = 0.674764; backwards: 0.674764 * 2404.9155 = 1622.75
    share = urbanisation_rate(urban_population=1622.75, population=2404.9155)
    assert share == pytest.approx(0.674764, abs=1e-6)


def test_69_percent_of_a_constant_population_is_36_64_above_the_census() -> None:
    # 0.69 * 2404.9155 = 1659.3917; 1622.75 - 1659.3917 = -36.6417: that many are missing
    excess = urban_excess(urban_population=1622.75, population=2404.9155, urban_share=0.69)
    assert excess == pytest.approx(-36.6417, abs=1e-4)


def test_three_percent_of_the_country_can_move_in_a_year() -> None:
    # 782 * 0.03 = 23.46
    assert move_limit(opening_population=782.0, move_limit_rate=0.03) == pytest.approx(23.46)


def test_departures_are_a_rate_of_the_country() -> None:
    # 250 * 0.012 = 3.0
    assert rural_departures(opening_rural_population=250.0, rural_departure_rate=0.012) == pytest.approx(3.0)


def test_the_census_trend_gives_2372_6_in_five_years() -> None:
    # 0.9973^5: 0.9973^2 = 0.99460729, ^4 = 0.98924366, ^5 = 0.98657270; 2404.9155 * 0.98657270 = 2372.6240
    people = population_path(base_population=2404.9155, growth_rate=-0.0027, step=1.0, elapsed_steps=5)
    assert people == pytest.approx(2372.624, abs=1e-3)


def test_a_path_in_steps_of_two_years_grows_by_two_years_a_step() -> None:
    # 1000 * (1 + 0.01 * 2)^3 = 1000 * 1.061208 = 1061.208
    people = population_path(base_population=1000.0, growth_rate=0.01, step=2.0, elapsed_steps=3)
    assert people == pytest.approx(1061.208)


def test_the_pace_through_the_plans_own_pair() -> None:
    # 2015: 62.09 / 17.91 = 3.466778; 2020: 67.48 / 12.52 = 5.389776; ratio 1.554693; log 0.441278; / 5 = 0.0882556
    pace = logistic_pace(earlier_share=0.6209, later_share=0.6748, urban_ceiling=0.80, elapsed=5.0)
    assert pace == pytest.approx(0.0882556, abs=1e-6)


@pytest.mark.parametrize(
    ("year", "share"),
    [
        # 2025: odds 5.389776 * 1.554693 = 8.379448; 80 * 8.379448 / 9.379448 = 71.4707
        (2025, 0.714707),
        # 2035: odds 5.389776 * 1.554693^3 = 5.389776 * 3.757792 = 20.253657; 80 * 20.253657 / 21.253657 = 76.2359
        (2035, 0.762359),
    ],
)
def test_the_urban_share_carried_on_passes_the_targets_of_69_and_72_percent(year: int, share: float) -> None:
    pace = logistic_pace(earlier_share=0.6209, later_share=0.6748, urban_ceiling=0.80, elapsed=5.0)
    found = logistic_urban_share(base_share=0.6748, urban_ceiling=0.80, pace=pace, elapsed=float(year - 2020))
    assert found == pytest.approx(share, abs=2e-6)


@pytest.mark.parametrize(
    ("year", "share"),
    [
        # ceiling 76 %: odds 62.09 / 13.91 = 4.463695, 67.48 / 8.52 = 7.920188, ratio 1.774357
        # 2025: 7.920188 * 1.774357 = 14.053241; 76 * 14.053241 / 15.053241 = 70.9513
        (2025, 0.709513),
        # 2035: 7.920188 * 1.774357^3 = 7.920188 * 5.586273 = 44.244332; 76 * 44.244332 / 45.244332 = 74.3202
        (2035, 0.743202),
    ],
)
def test_a_lower_ceiling_bends_the_path_earlier(year: int, share: float) -> None:
    pace = logistic_pace(earlier_share=0.6209, later_share=0.6748, urban_ceiling=0.76, elapsed=5.0)
    found = logistic_urban_share(base_share=0.6748, urban_ceiling=0.76, pace=pace, elapsed=float(year - 2020))
    assert found == pytest.approx(share, abs=2e-6)


def test_the_logistic_passes_through_its_base_and_never_through_its_ceiling() -> None:
    # at elapsed 0 the share is the base; after 100 years at 0.1 the distance to the ceiling is below 0.01 %
    assert logistic_urban_share(base_share=0.5, urban_ceiling=0.9, pace=0.1, elapsed=0.0) == pytest.approx(0.5)
    late = logistic_urban_share(base_share=0.5, urban_ceiling=0.9, pace=0.1, elapsed=100.0)
    assert 0.8999 < late < 0.9


def test_the_pace_undoes_the_share() -> None:
    # a share carried on for 7 years at 0.05 gives back 0.05; log odds rise by 0.05 * 7 = 0.35
    later = logistic_urban_share(base_share=0.6, urban_ceiling=0.88, pace=0.05, elapsed=7.0)
    assert math.log(later / (0.88 - later)) - math.log(0.6 / 0.28) == pytest.approx(0.35)
    assert logistic_pace(earlier_share=0.6, later_share=later, urban_ceiling=0.88, elapsed=7.0) == pytest.approx(0.05)
