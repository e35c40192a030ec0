"""Water: worked examples by hand, in hm3 (10^6 m3) a year; 100 hm3 are 10^8 m3. Norms are converted in the comments."""

from __future__ import annotations

import pytest

from regmodel.equations.water import (
    collected_sewage,
    consumption_allowance,
    domestic_use,
    industrial_use,
    intensity_excess,
    irrigation_use,
    rural_domestic_use,
    total_use,
    transferable_consumption,
    urban_domestic_use,
    use_shortage,
    verified_saving,
    yellow_river_consumption,
)

# 1 km2 = 1 500 mu: 330 m3 per mu = 495 000 m3 per km2 = 0.495 hm3; 260: 0.390; 190: 0.285; 150: 0.225
UNLINED, LINED, PIPED, DRIP = 0.495, 0.390, 0.285, 0.225


def test_irrigation_takes_its_norm_on_each_technology() -> None:
    # 250 * 0.495 + 450 * 0.390 + 180 * 0.285 + 120 * 0.225 = 123.75 + 175.5 + 51.3 + 27 = 377.55
    taken = irrigation_use(
        canal_unlined_area=250.0,
        canal_unlined_norm=UNLINED,
        canal_lined_area=450.0,
        canal_lined_norm=LINED,
        pipe_sprinkler_area=180.0,
        pipe_sprinkler_norm=PIPED,
        drip_area=120.0,
        drip_norm=DRIP,
    )
    assert taken == pytest.approx(377.55)


def test_industry_takes_its_intensity_less_its_saving() -> None:
    # 23.2 m3 per 10^4 yuan = 0.232 hm3 per 10^8 yuan; 1 600 * 0.232 + 400 * 0.15 - 31.2 = 371.2 + 60 - 31.2 = 400
    taken = industrial_use(
        energy_chemicals_value_added=1600.0,
        energy_chemicals_water_intensity=0.232,
        other_industry_value_added=400.0,
        other_industry_water_intensity=0.15,
        industrial_saving=31.2,
    )
    assert taken == pytest.approx(400.0)


def test_six_percent_growth_and_13_percent_less_per_output_need_16_percent_more() -> None:
    # 1.06^5 * 0.87 = 1.3382256 * 0.87 = 1.1642563: from 100 hm3 to 116.43
    taken = industrial_use(
        energy_chemicals_value_added=100.0 * 1.06**5,
        energy_chemicals_water_intensity=1.0 * 0.87,
        other_industry_value_added=0.0,
        other_industry_water_intensity=0.15,
        industrial_saving=0.0,
    )
    assert taken == pytest.approx(116.42563, abs=1e-5)


def test_a_quarter_of_a_million_town_residents_take_twelve_hm3() -> None:
    # 129 L a day * 365 = 47.085 m3 a year, 0.47085 hm3 per 10^4 persons; 25.5 * 0.47085 = 12.006675 = 0.120 * 10^8 m3
    assert urban_domestic_use(urban_population=25.5, urban_water_norm=0.47085) == pytest.approx(12.006675)


def test_country_residents_take_less() -> None:
    # 60 L a day * 365 = 21.9 m3 a year, 0.219 hm3 per 10^4 persons; 782 * 0.219 = 171.258
    assert rural_domestic_use(rural_population=782.0, rural_water_norm=0.219) == pytest.approx(171.258)


def test_domestic_use_is_of_town_and_country() -> None:
    # 764.0 + 171.3 = 935.3
    assert domestic_use(urban_domestic_use=764.0, rural_domestic_use=171.3) == pytest.approx(935.3)


def test_total_use_is_the_sum_of_four_uses() -> None:
    # 1 150 + 1 340 + 14 000 + 2 950 = 19 440: 194.4 * 10^8 m3
    total = total_use(domestic_use=1150.0, industrial_use=1340.0, irrigation_use=14000.0, ecological_use=2950.0)
    assert total == pytest.approx(19440.0)


def test_what_is_not_supplied_is_short() -> None:
    # 1 939 - 1 833 = 106
    assert use_shortage(use=1939.0, supplied=1833.0) == pytest.approx(106.0)


def test_consumption_is_what_does_not_come_back_from_each_use() -> None:
    # 100 * 0.69 + 200 * 0.62 + 4 000 * 0.63 + 50 * 0.80 = 69 + 124 + 2 520 + 40 = 2 753
    consumed = yellow_river_consumption(
        domestic_supply=100.0,
        domestic_consumption_ratio=0.69,
        industry_supply=200.0,
        industry_consumption_ratio=0.62,
        irrigation_supply=4000.0,
        irrigation_consumption_ratio=0.63,
        ecology_supply=50.0,
        ecology_consumption_ratio=0.80,
    )
    assert consumed == pytest.approx(2753.0)


def test_a_dry_year_shrinks_the_quota_and_not_the_rights() -> None:
    # 700 * 0.85 + 40 - 15 = 595 + 25 = 620
    allowed = consumption_allowance(
        yellow_river_quota=700.0, river_flow_ratio=0.85, rights_bought=40.0, rights_sold=15.0
    )
    assert allowed == pytest.approx(620.0)


def test_saving_is_measured_on_the_fields_that_are_still_watered() -> None:
    # (200 + 450 + 200 + 120) * 0.40 - 360 = 970 * 0.40 - 360 = 388 - 360 = 28
    saved = verified_saving(
        canal_unlined_area=200.0,
        canal_lined_area=450.0,
        pipe_sprinkler_area=200.0,
        drip_area=120.0,
        base_irrigation_norm=0.40,
        irrigation_use=360.0,
    )
    assert saved == pytest.approx(28.0)


def test_fallowing_is_no_saving() -> None:
    # half of the fields at the base norm take half: 500 * 0.40 - 200 = 0
    saved = verified_saving(
        canal_unlined_area=125.0,
        canal_lined_area=225.0,
        pipe_sprinkler_area=90.0,
        drip_area=60.0,
        base_irrigation_norm=0.40,
        irrigation_use=200.0,
    )
    assert saved == pytest.approx(0.0)


def test_rights_to_sell_are_counted_in_consumption() -> None:
    # 80 % of the saving at a consumption ratio of 0.63: 0.8 * 0.63 = 0.504; 28 * 0.504 = 14.112
    sold = transferable_consumption(verified_saving=28.0, transferable_consumption_share=0.504)
    assert sold == pytest.approx(14.112)


def test_sewage_comes_from_towns_and_from_industry() -> None:
    # 120 * 0.72 + 400 * 0.15 = 86.4 + 60 = 146.4
    collected = collected_sewage(
        urban_domestic_use=120.0, domestic_sewage_share=0.72, industrial_use=400.0, industrial_sewage_share=0.15
    )
    assert collected == pytest.approx(146.4)


def test_industry_above_its_target_shows_an_excess() -> None:
    # target 0.232 * 0.87 = 0.20184 hm3 per 10^8 yuan; 1 400 - 0.20184 * 6 868 = 1 400 - 1 386.23712 = 13.76288
    excess = intensity_excess(use=1400.0, intensity_limit=0.20184, value_added=6868.0)
    assert excess == pytest.approx(13.76288)
