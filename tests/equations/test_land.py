"""Land: worked examples by hand, in km2. 10^4 mu are 6.667 km2; 100 m2 per person are 1 km2 per 10^4 persons."""

from __future__ import annotations

import pytest

from regmodel.equations.land import (
    closing_urban_land,
    land_excess,
    production_land,
    quota_with_swaps,
    residential_land,
    urban_land_reserve,
)

# 64 * 10^4 mu / 1 500 mu per km2 = 426.667 km2
QUOTA = 640000 / 1500


def test_urban_land_grows_by_what_is_added() -> None:
    # 350 + 1 * 12 = 362; over a step of two years 350 + 2 * 12 = 374
    assert closing_urban_land(opening_urban_land=350.0, new_urban_land=12.0, step=1.0) == pytest.approx(362.0)
    assert closing_urban_land(opening_urban_land=350.0, new_urban_land=12.0, step=2.0) == pytest.approx(374.0)


def test_residents_need_their_norm_of_land() -> None:
    # 65 % of 130 m2 = 84.5 m2 per person = 0.845 km2 per 10^4 persons; 200 * 0.845 = 169
    assert residential_land(urban_population=200.0, residential_land_norm=0.845) == pytest.approx(169.0)


def test_production_needs_land_per_output() -> None:
    # 0.04 km2 per 10^8 yuan (25 * 10^8 yuan per km2); 3 400 * 0.04 = 136
    assert production_land(value_added=3400.0, land_per_output=0.04) == pytest.approx(136.0)


def test_the_reserve_is_what_is_there_less_what_is_needed() -> None:
    # 300 + 5 - 169 - 136 = 0: the towns are full
    reserve = urban_land_reserve(urban_land=300.0, reused_land=5.0, residential_land=169.0, production_land=136.0)
    assert reserve == pytest.approx(0.0, abs=1e-12)


def test_people_who_do_not_fit_make_the_reserve_negative() -> None:
    # 290 + 5 - 170 - 136 = -11
    reserve = urban_land_reserve(urban_land=290.0, reused_land=5.0, residential_land=170.0, production_land=136.0)
    assert reserve == pytest.approx(-11.0)


def test_rural_land_given_back_enlarges_the_quota() -> None:
    # 426.667 + 0.8 * 50 = 466.667
    assert quota_with_swaps(land_quota=QUOTA, swap_ratio=0.8, rural_land_released=50.0) == pytest.approx(466.6666667)


def test_the_quota_houses_371_ten_thousands_at_the_standard() -> None:
    # 115 m2 per person = 1.15 km2 per 10^4 persons; 426.667 / 1.15 = 371.0: the excess is nought at 371.014
    excess = land_excess(urban_land=QUOTA, urban_population=371.01449, land_standard=1.15)
    assert excess == pytest.approx(0.0, abs=1e-4)


def test_130_m2_per_resident_are_above_a_standard_of_115() -> None:
    # 1.30 * 200 = 260 km2; 260 - 200 * 1.15 = 260 - 230 = 30
    assert land_excess(urban_land=260.0, urban_population=200.0, land_standard=1.15) == pytest.approx(30.0)
