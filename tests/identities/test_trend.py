"""What the trend keeps: paths of whole groups, moves that add up to nothing, the region's own logistic."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.projection.coefficients import YEARS
from regmodel.projection.migration import path_growth, pool_name, pools
from regmodel.vocabulary.sets import USES

BOTH = pytest.mark.parametrize("name", ["pair_case", "plan_case"])


@pytest.fixture
def case(name, request):
    return request.getfixturevalue(name)


@BOTH
def test_residents_of_a_group_follow_its_path(case):
    """The regions under one parent add up to its named path, whatever each of them does."""
    people = case.projection.values["population"]
    for pool in pools(case.paths.regions):
        growth = path_growth(case.scenario.book, pool_name(case.paths.regions, pool))
        path = people[pool, 0].sum() * (1 + growth) ** np.arange(len(YEARS) + 1)
        assert np.allclose(people[pool].sum(axis=0), path, rtol=1e-10)


@BOTH
def test_moves_between_regions_of_a_group_sum_to_nothing(case):
    trend = case.trend
    net = trend.arrivals - trend.urban_departures - trend.rural_departures
    for pool in pools(case.paths.regions):
        assert np.abs(net[pool].sum(axis=0)).max() < 1e-9


@BOTH
def test_nobody_is_a_negative_number(case):
    for name in ("urban_population", "rural_population"):
        assert (case.projection.values[name] > 0).all()
    for name in ("rural_to_urban_moves", "arrivals", "urban_departures", "rural_departures"):
        assert (getattr(case.trend, name) >= 0).all(), name


def test_controlled_urban_shares_add_to_the_logistic_of_the_pair(pair_case):
    """By hand: 50 % in 2010 and 61 % in 2020 under a ceiling of 85 %, then 11 points more slowly each ten years."""
    low, high = 0.50 / 0.35, 0.61 / 0.24
    pace = np.log(high / low) / 10
    elapsed = np.arange(len(YEARS) + 1)
    share = 0.85 / (1 + np.exp(-(np.log(high) + pace * elapsed)))
    assert np.allclose(pair_case.projection.share_in_towns("PAIR"), share, rtol=1e-9)


def test_controlled_urban_shares_add_to_the_logistic_of_the_plan(plan_case):
    """67.48 % printed, 5.39 points above 2015, ceiling 80 %, from the census share: 71.5 % in 2025, 76 % in 2035.

    Nobody moves back to the country: where a region's own part of the sum would fall, a millionth is left over.
    """
    pace = np.log((0.6748 / (0.80 - 0.6748)) / (0.6209 / (0.80 - 0.6209))) / 5
    start = 1622.7475 / 2404.9155
    elapsed = np.arange(len(YEARS) + 1)
    share = 0.80 / (1 + np.exp(-(np.log(start / (0.80 - start)) + pace * elapsed)))
    found = plan_case.projection.share_in_towns("INNER_MONGOLIA")
    assert np.allclose(found[:11], share[:11], rtol=1e-9)
    assert np.allclose(found, share, rtol=1e-5)
    assert found[5] == pytest.approx(0.715, abs=0.001)
    assert found[15] == pytest.approx(0.76, abs=0.003)


@BOTH
def test_no_region_passes_its_ceiling(case):
    """The ceiling as recorded, or three points above the last observation where that is more."""
    values, book = case.projection.values, case.scenario.book
    share = values["urban_population"] / values["population"]
    for place, region in enumerate(case.paths.regions.ids()):
        ceiling = max(book.value("population.urban_ceiling", region), share[place, 0] + 0.03)
        assert share[place].max() <= min(ceiling, 1.0) + 1e-9, region


@BOTH
def test_the_trend_takes_no_more_from_a_source_than_it_gives(case):
    values, limits = case.projection.values, case.values
    for source, limit in (("groundwater", "groundwater_limit"), ("local_surface", "local_surface_limit")):
        most = limits[limit] if limits[limit].ndim == 2 else limits[limit][:, None]
        assert (values[f"water_supply_{source}"][:, 1:] <= most + 1e-9).all(), source
    assert (values["water_supply_reclaimed"] <= values["collected_sewage"] + 1e-9).all()
    allowed = limits["yellow_river_quota"][:, None] * limits["river_flow_ratio"]
    holders = [case.paths.regions.ids().index(region) for region in case.paths.yellow_river]
    assert (values["yellow_river_consumption"][holders, 1:] <= allowed[holders] + 1e-9).all()


@BOTH
def test_people_drink_before_fields_are_watered(case):
    """Where anything is short on the trend, homes are not."""
    assert np.abs(case.projection.values["water_shortage_domestic"]).max() < 1e-9


@BOTH
def test_the_base_year_is_what_the_sources_gave(case):
    """What the base year took of each source adds up to what each use took."""
    taken = case.paths.base_supply
    assert (taken >= 0).all()
    assert np.allclose(taken.sum(axis=1), case.base.water_use)
    sewage = case.projection.values["collected_sewage"][:, 0]
    assert (taken[:, 3].sum(axis=1) <= sewage + 1e-9).all()


@BOTH
def test_norms_give_back_the_base_year(case):
    """Norms, intensities and areas are calibrated: at base levels they need what the base year took."""
    base, values = case.base, case.values
    homes = base.urban_population * values["urban_water_norm"] + base.rural_population * values["rural_water_norm"]
    assert np.allclose(homes, base.water_use[:, USES.index("domestic")])
    fields = (values["base_irrigated_area"] * values["irrigation_norm"]).sum(axis=1)
    assert np.allclose(fields, base.water_use[:, USES.index("irrigation")])
    decline = np.array(
        [
            1 - case.scenario.book.value("water.industrial_intensity_decline", region)
            for region in case.paths.regions.ids()
        ]
    )
    industry = values["energy_chemicals_water_intensity"][:, 0] / decline * base.value_added[:, 1:3].sum(axis=1)
    assert np.allclose(industry, base.water_use[:, USES.index("industry")])
