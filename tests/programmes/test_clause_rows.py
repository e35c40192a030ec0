"""Every kind of clause row beside the sentence of the plan that it stands for, at plans drawn at random.

What the row leaves (its distance to its end, in memory units) is compared with the clause's own arithmetic: shares
over people, intensities over those of the base year, growth over the level of an earlier year.
"""

from __future__ import annotations

import numpy as np
import pyomo.environ as pyo
import pytest

from regmodel.feasibility.clause_bodies import BODIES
from regmodel.feasibility.clause_rows import MAKERS
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.programme import build, set_parameters
from regmodel.vocabulary.sets import INDUSTRY, USES, WATER_SOURCES

BOTH = ("UPLAND", "RIVERSIDE")
ON = {
    "clause.key_share.enabled": True,
    "clause.to_town.enabled": True,
    "clause.urb_2025.reading": "window",
    "clause.towns_2025.reading": "window",
    "clause.output_growth.reading": "window",
}
OTHER = {
    **ON,
    "clause.key_share.reading": "central_areas",
    "clause.land_per_head.reading": "all_urban_land",
    "clause.towns_growth.reading": "annual:window",
    "clause.cap.water_use_total.PAIR.2025.reading": "not_counted",
    "clause.output_growth.reading": "stretch",
    "record.water.dry_years": 100.0,
    "record.water.cap_after_2025": 95.0,
}


def drawn(case, seed=7):
    """The programme of a case with every variable drawn at random."""
    model = build(case.shape)
    set_parameters(model, case.values)
    source = np.random.default_rng(seed)
    for variable in model.component_data_objects(pyo.Var):
        variable.set_value(float(source.uniform(1, 100)), skip_validation=True)
    for variable in (*model.give.values(), *model.output_lost.values()):
        variable.set_value(0.0)
    return model


@pytest.fixture(scope="module")
def cases(pair):
    return {name: prepare(pair(overrides)) for name, overrides in (("first", ON), ("other", OTHER))}


@pytest.fixture(scope="module")
def models(cases):
    return {name: drawn(case) for name, case in cases.items()}


class Drawn:
    """Sums over regions of what was drawn."""

    def __init__(self, model):
        self.model = model

    def sum(self, name, places, year, *inner):
        return sum(pyo.value(getattr(self.model, name)[(place, *inner, year)]) for place in places)

    def towns(self, places, year):
        return self.sum("urban_population", places, year)

    def people(self, places, year):
        return self.towns(places, year) + self.sum("rural_population", places, year)

    def taken(self, places, year, sources=WATER_SOURCES):
        return sum(
            pyo.value(self.model.supply[place, source, use, year])
            for place in places
            for source in sources
            for use in USES
            if (place, source, use) in self.model.SUPPLY
        )

    def left(self, name):
        """Distance of a row's body to each of its ends that there is: (above the lower one, below the upper one)."""
        row = self.model.clause[name]
        body, low, high = (pyo.value(part) for part in (row.body, row.lower, row.upper))
        return body - low, high - body


def check(found, low=None, high=None):
    """Compare both distances; an end that is not asked for is infinitely far."""
    for one, wanted in zip(found, (low, high), strict=True):
        if wanted is None:
            assert one == np.inf
        else:
            assert one == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.fixture
def first(models):
    return Drawn(models["first"])


@pytest.fixture
def other(models):
    return Drawn(models["other"])


def test_an_urban_share_is_held_from_both_sides(first):
    """65 % about: 64.5 to 65.5 of all residents of both regions."""
    towns, people = first.towns(BOTH, 2025), first.people(BOTH, 2025)
    check(first.left("urb_2025/low/2025"), low=towns - 0.645 * people)
    check(first.left("urb_2025/high/2025"), high=0.655 * people - towns)


def test_a_share_that_may_not_fall_is_held_at_its_base(first):
    """70 % of Upland's residents lived in towns: 77 of 110."""
    towns, people = first.towns(("UPLAND",), 2035), first.people(("UPLAND",), 2035)
    check(first.left("urb_2035/low/2035"), low=towns - 0.7 * people)
    check(first.left("urb_2035/high/2035"))


def test_a_head_count_has_a_window_of_two_percent(first):
    towns = first.towns(("UPLAND",), 2025)
    check(first.left("towns_2025/2025"), low=towns - 86 * 0.98, high=86 * 1.02 - towns)


def test_growth_of_town_residents_is_over_the_period_or_per_year(first, other):
    """7 % about over five years is 6 to 8 % (floor: 6) on 122; a year it is 6.7 to 7.3 %, five times over."""
    check(first.left("towns_growth/2025"), low=first.towns(BOTH, 2025) - 122 * 1.06)
    towns = other.towns(BOTH, 2025)
    check(other.left("towns_growth/2025"), low=towns - 122 * 1.067**5, high=122 * 1.073**5 - towns)


def test_people_moving_to_towns_is_the_gain_of_town_residents(first):
    """Close to 20: from 18 to 20 more than 122."""
    towns = first.towns(BOTH, 2025)
    check(first.left("to_town/2025"), low=towns - 140, high=142 - towns)


def test_a_share_of_town_residents_is_over_all_towns_and_counts_central_areas(first, other):
    """Whole cities: both over both. Central areas: Upland and the 20 that the plan gives to Riverside's centre."""
    whole = first.towns(BOTH, 2025)
    check(first.left("key_share/whole_cities-low/2025"), low=whole - 0.795 * whole)
    check(first.left("key_share/whole_cities-high/2025"), high=0.805 * whole - whole)
    check(first.left("key_share/central_areas-low/2025"))
    part, whole = other.towns(("UPLAND",), 2025) + 20, other.towns(BOTH, 2025)
    check(other.left("key_share/central_areas-low/2025"), low=part - 0.795 * whole)
    check(other.left("key_share/central_areas-high/2025"), high=0.805 * whole - part)
    check(other.left("key_share/whole_cities-low/2025"))


def test_mean_growth_over_five_years_is_one_level(first, other):
    """4.5 % about: 4.2 to 4.8 % a year on 1200 of 2020; the stretch is 4.5 itself."""
    output = first.sum("gdp", BOTH, 2025)
    check(first.left("output_growth/low/2025"), low=output - 1200 * 1.042**5)
    check(first.left("output_growth/high/2025"), high=1200 * 1.048**5 - output)
    check(other.left("output_growth/low/2025"), low=other.sum("gdp", BOTH, 2025) - 1200 * 1.045**5)
    check(other.left("output_growth/high/2025"))


def test_growth_after_the_first_period_starts_from_its_own_end(first):
    """3 % a year for ten years over what 2025 had, whatever that was."""
    output = first.sum("gdp", BOTH, 2035) - first.sum("gdp", BOTH, 2025) * 1.03**10
    check(first.left("path.gdp_growth_2026_2035.PAIR/low/2035"), low=output)


@pytest.mark.parametrize(
    ("name", "years", "quota"),
    [
        ("new_land_2025/2025", range(2021, 2026), 20.0),
        ("path.new_urban_land.PAIR.2030/2030", range(2026, 2031), 16.0),
        ("path.new_urban_land.PAIR.2035/2035", range(2031, 2036), 16.0),
    ],
)
def test_new_land_of_five_years_is_within_quota_and_swaps(first, name, years, quota):
    """3 x 10^4 mu are 20 km2, later periods have four fifths; each swap adds nine tenths of what it gives back."""
    taken = sum(first.sum("new_urban_land", BOTH, year) for year in years)
    given_back = first.sum("rural_land_released", BOTH, years[-1])
    if years[0] > 2021:
        given_back -= first.sum("rural_land_released", BOTH, years[0] - 1)
    check(first.left(name), high=quota + 0.9 * given_back - taken)


def test_land_per_head_is_of_the_residential_part_or_of_all(first, other):
    """115 m2 are 1.15 km2 for 10^4 people; the residential norm is 65 % of 130 m2."""
    towns = first.towns(BOTH, 2035)
    check(first.left("land_per_head/residential_part/2035"), high=(1.15 - 0.65 * 1.30) * towns)
    check(first.left("land_per_head/all_urban_land/2035"))
    held = other.sum("urban_land", BOTH, 2035)
    check(other.left("land_per_head/all_urban_land/2035"), high=1.15 * other.towns(BOTH, 2035) - held)
    check(other.left("land_per_head/residential_part/2035"))


@pytest.mark.parametrize(("year", "later"), [(2025, 1.0), (2026, 0.95), (2035, 0.95)])
def test_a_cap_on_use_stands_from_its_year_and_counts_or_not(first, other, year, later):
    """14.6 x 10^8 m3 from 2025; afterwards as the record says; one reading leaves unconventional water out."""
    name = f"cap.water_use_total.PAIR.2025/{year}"
    check(first.left(name), high=1460 - first.taken(BOTH, year))
    counted = other.taken(BOTH, year) - other.taken(BOTH, year, ("reclaimed", "mine_water"))
    check(other.left(name), high=1460 * later - counted)


def test_a_cap_on_use_says_nothing_before_its_year(first):
    for year in range(2021, 2025):
        check(first.left(f"cap.water_use_total.PAIR.2025/{year}"))


def test_a_cap_without_a_number_follows_base_use(first):
    """102 % of the 10.05 x 10^8 m3 that Riverside took."""
    left = 1.02 * 1005 - first.taken(("RIVERSIDE",), 2025)
    check(first.left("cap.water_use_total.RIVERSIDE.2025/2025"), high=left)


def test_water_per_output_falls_against_the_base_year(first):
    """12 % less than 1457 hm3 over 1200; industry 13 % less than 105 hm3 over its 84 % of 520."""
    use, output = first.taken(BOTH, 2025), first.sum("gdp", BOTH, 2025)
    check(first.left("target.water_per_gdp_change.PAIR.2025/2025"), high=0.88 * 1457 / 1200 * output - use)
    use = first.sum("industrial_use", BOTH, 2025)
    output = sum(first.sum("value_added", BOTH, 2025, sector) for sector in INDUSTRY)
    allowed = 0.87 * 105 / (0.84 * 520) * output
    check(first.left("target.water_per_industrial_va_change.PAIR.2025/2025"), high=allowed - use)


def test_reclaimed_and_unconventional_water_have_floors(first):
    sewage = first.sum("collected_sewage", BOTH, 2025)
    left = first.taken(BOTH, 2025, ("reclaimed",)) - 0.4 * sewage
    check(first.left("target.reclaimed_water_rate.PAIR.2025/2025"), low=left)
    left = first.taken(BOTH, 2025, ("reclaimed", "mine_water")) - 30
    check(first.left("target.unconventional_water.PAIR.2025/2025"), low=left)


def consumed(drawn, place, year):
    """What does not come back of river water: homes 0.7, industry 0.6, fields 0.65, nature 0.8."""
    ratios = {"domestic": 0.7, "industry": 0.6, "irrigation": 0.65, "ecology": 0.8}
    return sum(ratio * pyo.value(drawn.model.supply[place, "yellow_river", use, year]) for use, ratio in ratios.items())


@pytest.mark.parametrize(("which", "flow"), [("first", 1.0), ("other", 0.85)])
def test_the_river_account_is_in_consumption_and_moves_with_rights(models, which, flow):
    """Riverside may consume 3.7 x 10^8 m3 less what it sells and more what it buys; both together exactly 5.0."""
    drawn = Drawn(models[which])
    sold = pyo.value(drawn.model.rights["RIVERSIDE", "UPLAND", 2030])
    bought = pyo.value(drawn.model.rights["UPLAND", "RIVERSIDE", 2030])
    own = consumed(drawn, "RIVERSIDE", 2030)
    check(drawn.left("cap.yellow_river_consumption.RIVERSIDE/2030"), high=370 * flow + bought - sold - own)
    both = own + consumed(drawn, "UPLAND", 2030)
    check(drawn.left("cap.yellow_river_consumption.PAIR/2030"), high=500 * flow - both)


def test_a_pause_of_permits_holds_river_water_outside_homes_at_the_base_year(first, cases):
    """What fields took in 2020, times the share that does not come back; bought rights come on top, homes are free."""
    taken = cases["first"].paths.base_supply[1, WATER_SOURCES.index("yellow_river")]
    ratios = {"domestic": 0.0, "industry": 0.6, "irrigation": 0.65, "ecology": 0.8}
    limit = sum(ratio * taken[USES.index(use)] for use, ratio in ratios.items())
    drawn = [pyo.value(first.model.supply["RIVERSIDE", "yellow_river", use, 2030]) for use in ratios]
    own = sum(ratio * value for ratio, value in zip(ratios.values(), drawn, strict=True))
    bought = pyo.value(first.model.rights["UPLAND", "RIVERSIDE", 2030])
    check(first.left("cap.permit_freeze.RIVERSIDE/2030"), high=limit + bought - own)


def test_wells_glide_down_from_what_the_base_year_took(first, cases):
    taken = cases["first"].paths.base_supply[0, WATER_SOURCES.index("groundwater")].sum()
    left = taken * 0.995**10 - first.taken(("UPLAND",), 2030, ("groundwater",))
    check(first.left("cap.groundwater.UPLAND/2030"), high=left)


def test_the_population_path_is_met_every_year(first):
    """No growth: 200 in each year."""
    for year in (2021, 2035):
        left = first.people(BOTH, year) - 200
        check(first.left(f"path.population.PAIR/low/{year}"), low=left)
        check(first.left(f"path.population.PAIR/high/{year}"), high=-left)


def test_what_is_needed_may_not_be_short_in_any_region_or_year(first):
    short = sum(pyo.value(first.model.shortage["UPLAND", use, 2030]) for use in ("industry", "irrigation", "ecology"))
    check(first.left("path.water_needs/UPLAND/2030"), high=-short)


def test_a_clause_that_gives_way_fills_a_floor_and_empties_a_cap(first):
    """In the clause's own unit: 3 x 10^4 people in towns, and 2 x 10^8 m3 of water, which are 200 hm3."""
    for clause, side, row, given, room in (
        ("towns_2025", "low", "towns_2025/2025", 3.0, 3.0),
        ("cap.water_use_total.PAIR.2025", "high", "cap.water_use_total.PAIR.2025/2030", 2.0, 200.0),
    ):
        before = first.left(row)
        first.model.give[clause, side].set_value(given, skip_validation=True)
        end = ("low", "high").index(side)
        assert first.left(row)[end] == pytest.approx(before[end] + room)
        first.model.give[clause, side].set_value(0.0)


def test_a_clause_that_is_off_asks_for_nothing(pair):
    model = drawn(prepare(pair({"clause.towns_2025.enabled": False})))
    check(Drawn(model).left("towns_2025/2025"))


def test_every_kind_of_row_occurs_in_the_pair(pair_case):
    """So that none of the sentences above is about a kind that this file does not know."""
    assert {row.body for row in pair_case.shape.rows} == set(BODIES)
    kinds = {(active.clause.kind, active.clause.variable) for active in pair_case.scenario.clauses}
    assert set(MAKERS) <= kinds
