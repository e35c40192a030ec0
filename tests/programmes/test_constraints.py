"""Every constraint of the programme beside the same sentence written by hand, at plans drawn at random.

The hand sentence is 'left side less right side' for an upper limit and for a balance; signs, units, years and the
base year all have to agree for the numbers to be the same. A constraint without a sentence here fails the last test.
"""

from __future__ import annotations

import numpy as np
import pyomo.environ as pyo
import pytest

from regmodel.feasibility.programme import build, set_parameters
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.sets import SECTORS, TECHNOLOGIES, USES, WATER_SOURCES

FIRST = YEARS[0]
NOT_FARMING = tuple(sector for sector in SECTORS if sector != "agriculture")
SENTENCES = {}


class Plan:
    """A plan drawn at random and the coefficients of the pair, both by name."""

    def __init__(self, case, model):
        self.case, self.model = case, model
        self.ids = case.paths.regions.ids()

    def __getattr__(self, name):
        return lambda *index: pyo.value(getattr(self.model, name)[index if len(index) != 1 else index[0]])

    def number(self, name, *index):
        """A coefficient by region (and year, or position on a further axis)."""
        array = self.case.values[name]
        place = tuple(
            self.ids.index(part) if part in self.ids else YEARS.index(part) if part in YEARS else part for part in index
        )
        return float(array[place])

    def opening(self, kind, region, year):
        if year == FIRST:
            return self.number(f"base_{kind}_population", region)
        return getattr(self, f"{kind}_population")(region, year - 1)

    def before(self, name, base, *index):
        """A variable in the year before, or the base-year number where that is the base year."""
        *where, year = index
        return base if year == FIRST else getattr(self, name)(*where, year - 1)

    def taken(self, region, year, source=None, use=None):
        """What is supplied, by source, by use, or in all."""
        total = 0.0
        for one in WATER_SOURCES if source is None else (source,):
            for other in USES if use is None else (use,):
                if (region, one, other) in self.model.SUPPLY:
                    total += self.supply(region, one, other, year)
        return total

    def moved(self, origin, destination, year, kinds=("urban", "rural")):
        return sum(self.moves(origin, destination, kind, year) for kind in kinds)


def sentence(function):
    """A hand sentence under the name of the constraint that it repeats."""
    SENTENCES[function.__name__] = function
    return function


def other_of(plan, region):
    return plan.ids[1 - plan.ids.index(region)]


@sentence
def people_start_at_the_census(p, kind, region):
    return p.first_population(kind, region) - p.number(f"base_{kind}_population", region)


@sentence
def town_residents_balance(p, region, year):
    other, opened = other_of(p, region), p.opening("urban", region, year)
    grown = opened * (1 + p.number("natural_growth_rate", region, year))
    came = (
        p.rural_to_urban_moves(region, year) + p.moved(other, region, year) + p.urban_external_migration(region, year)
    )
    return p.urban_population(region, year) - (grown + came - p.moved(region, other, year, ("urban",)))


@sentence
def country_residents_balance(p, region, year):
    other, opened = other_of(p, region), p.opening("rural", region, year)
    grown = opened * (1 + p.number("natural_growth_rate", region, year)) + p.rural_external_migration(region, year)
    left = p.rural_to_urban_moves(region, year) + p.moved(region, other, year, ("rural",))
    return p.rural_population(region, year) - (grown - left)


@sentence
def moves_to_town_are_bounded(p, region, year):
    limit = p.number("rural_to_urban_limit_rate", region) * p.opening("rural", region, year)
    return p.rural_to_urban_moves(region, year) - limit


@sentence
def faster_moves_need_support(p, region, year):
    return p.rural_to_urban_moves(region, year) - p.number("supported_moves_limit", region, year)


@sentence
def moves_between_regions_are_bounded(p, origin, destination, year):
    people = p.opening("urban", origin, year) + p.opening("rural", origin, year)
    return p.moved(origin, destination, year) - p.number("between_region_limit_rate", origin) * people


@sentence
def external_migration_is_bounded(p, region, kind, side, year):
    away = getattr(p, f"{kind}_external_migration")(region, year)
    away -= p.number(f"trend_{kind}_external_migration", region, year)
    return side * away - p.number("external_migration_limit_rate", region) * p.opening(kind, region, year)


@sentence
def output_starts_at_the_accounts(p, region, sector):
    return p.first_value_added(region, sector) - p.number("base_value_added", region, SECTORS.index(sector))


@sentence
def sectors_add_up(p, region, year):
    return p.gdp(region, year) - sum(p.value_added(region, sector, year) for sector in SECTORS)


def earlier_output(p, region, sector, year):
    return p.before("value_added", p.number("base_value_added", region, SECTORS.index(sector)), region, sector, year)


@sentence
def sectors_grow_no_faster(p, region, sector, year):
    pace = 1 + p.number("sector_growth_limit_rate", region)
    return p.value_added(region, sector, year) - pace * earlier_output(p, region, sector, year)


@sentence
def sectors_shrink_no_faster(p, region, sector, year):
    pace = 1 + p.number("sector_decline_limit_rate", region)
    assert pace < 1
    return pace * earlier_output(p, region, sector, year) - p.value_added(region, sector, year)


@sentence
def structure_changes_slowly(p, region, sector, side, year):
    share = p.number(f"sector_share_{side}", region, SECTORS.index(sector))
    away = p.value_added(region, sector, year) - share * p.gdp(region, year)
    return away if side == "high" else -away


def earlier_gdp(p, region, year):
    return p.before("gdp", float(p.case.values["base_value_added"][p.ids.index(region)].sum()), region, year)


@sentence
def investment_is_bounded(p, region, year):
    return p.investment(region, year) - p.number("investment_share_limit", region) * earlier_gdp(p, region, year)


@sentence
def growth_needs_investment(p, region, year):
    icor = p.case.scenario.book.value("output.icor", region)
    return p.gdp(region, year) - earlier_gdp(p, region, year) - p.investment(region, year) / icor


@sentence
def jobs_are_filled(p, region, year):
    made = sum(p.value_added(region, sector, year) for sector in NOT_FARMING)
    return made - p.urban_population(region, year) * p.number("output_per_urban_resident", region, year)


@sentence
def farming_needs_land(p, region, year):
    watered = sum(p.irrigated_area(region, technology, year) for technology in TECHNOLOGIES)
    return p.value_added(region, "agriculture", year) - watered * p.number("farm_output_per_area", region, year)


@sentence
def fields_change_hands(p, region, technology, year):
    place = TECHNOLOGIES.index(technology)
    opened = p.before("irrigated_area", p.number("base_irrigated_area", region, place), region, technology, year)
    lined, piped, dripped = (getattr(p, name)(region, year) for name in ("lining", "piping", "dripping"))
    gained = {
        "canal_unlined": -lined,
        "canal_lined": lined - piped - dripped,
        "pipe_sprinkler": piped,
        "drip": dripped,
    }[technology]
    base = p.case.values["base_irrigated_area"][p.ids.index(region)]
    fallowed = p.fallowing(region, year) * base[place] / base.sum()
    return p.irrigated_area(region, technology, year) - (opened + gained - fallowed)


@sentence
def grain_keeps_its_land(p, region, year):
    watered = sum(p.irrigated_area(region, technology, year) for technology in TECHNOLOGIES)
    return p.number("irrigated_area_floor", region) - watered


@sentence
def works_take_time(p, region, what, year):
    parts = {"lining": ("lining",), "piping": ("piping", "dripping"), "conversion": ("lining", "piping", "dripping")}
    return sum(getattr(p, name)(region, year) for name in parts[what]) - p.number(f"{what}_limit", region)


@sentence
def towns_drink(p, region, year):
    needed = p.urban_population(region, year) * p.number("urban_water_norm", region)
    return p.urban_domestic_use(region, year) - needed


@sentence
def villages_drink(p, region, year):
    needed = p.rural_population(region, year) * p.number("rural_water_norm", region)
    return p.rural_domestic_use(region, year) - needed


@sentence
def industry_takes(p, region, year):
    needed = sum(
        p.value_added(region, sector, year) * p.number(f"{sector}_water_intensity", region, year)
        for sector in ("energy_chemicals", "other_industry")
    )
    return p.industrial_use(region, year) - (needed - p.industrial_saving(region, year))


@sentence
def industry_saves_no_more(p, region, year):
    return p.industrial_saving(region, year) - p.number("industrial_saving_limit", region, year)


def on_fields(p, region, year):
    return sum(
        p.irrigated_area(region, technology, year) * p.number("irrigation_norm", region, place)
        for place, technology in enumerate(TECHNOLOGIES)
    )


@sentence
def fields_take(p, region, year):
    return p.irrigation_use(region, year) - on_fields(p, region, year)


@sentence
def saving_is_verified(p, region, year):
    watered = sum(p.irrigated_area(region, technology, year) for technology in TECHNOLOGIES)
    would = watered * p.number("base_irrigation_norm", region)
    return p.verified_saving(region, year) - (would - p.irrigation_use(region, year))


@sentence
def nature_keeps_its_water(p, region, year):
    return p.number("ecological_floor", region) - p.ecological_use(region, year)


@sentence
def uses_are_supplied(p, region, use, year):
    needed = {
        "domestic": ("urban_domestic_use", "rural_domestic_use"),
        "industry": ("industrial_use",),
        "irrigation": ("irrigation_use",),
        "ecology": ("ecological_use",),
    }[use]
    short = 0.0 if use == "domestic" else p.shortage(region, use, year)
    return p.taken(region, year, use=use) + short - sum(getattr(p, name)(region, year) for name in needed)


@sentence
def sewage_is_collected(p, region, year):
    from_towns = p.urban_domestic_use(region, year) * p.number("domestic_sewage_share", region)
    from_plants = p.industrial_use(region, year) * p.number("industrial_sewage_share", region)
    return p.collected_sewage(region, year) - from_towns - from_plants


@sentence
def reclaimed_was_sewage(p, region, year):
    most = p.number("reclaimed_ceiling_share", region, year) * p.collected_sewage(region, year)
    return p.taken(region, year, source="reclaimed") - most


@sentence
def mines_give_no_more(p, region, year):
    return p.taken(region, year, source="mine_water") - p.number("mine_water_limit", region, year)


@sentence
def streams_give_no_more(p, region, year):
    return p.taken(region, year, source="local_surface") - p.number("local_surface_limit", region, year)


@sentence
def conveyance_is_beyond_the_base(p, region, year):
    base = p.case.paths.base_supply[p.ids.index(region), WATER_SOURCES.index("local_surface")].sum()
    return p.taken(region, year, source="local_surface") - base - p.conveyed(region, year)


@sentence
def rights_come_from_saving(p, region, year):
    """Rights are counted in consumption: 80 % of what irrigation's saving would have consumed."""
    share = p.case.scenario.book.value("water.transfer_of_saving", region) * p.number("consumption_ratio", 2)
    return p.rights(region, other_of(p, region), year) - share * p.verified_saving(region, year)


@sentence
def land_is_only_added(p, region, year):
    opened = p.before("urban_land", p.number("base_urban_land", region), region, year)
    return p.urban_land(region, year) - opened - p.new_urban_land(region, year)


@sentence
def people_and_production_fit(p, region, year):
    homes = p.urban_population(region, year) * p.number("residential_land_norm", region)
    plants = sum(p.value_added(region, sector, year) for sector in NOT_FARMING)
    plants *= p.number("land_per_output", region, year)
    return homes + plants - p.urban_land(region, year) - p.reused_land(region, year)


@sentence
def reuse_is_bounded(p, region, year):
    return p.reused_land(region, year) - p.number("reused_land_limit", region, year)


@sentence
def release_follows_people(p, region, year):
    given_back = p.rural_land_released(region, year) - p.before("rural_land_released", 0.0, region, year)
    return given_back - p.number("rural_release_norm", region) * p.rural_to_urban_moves(region, year)


@sentence
def swaps_are_bounded(p, year):
    """A fifth of 3 x 10^4 mu (20 km2) in each five years: 4 km2 of new land, at nine tenths for what is given back."""
    given_back = 0.0
    for region in p.ids:
        given_back += p.rural_land_released(region, year)
        given_back -= p.rural_land_released(region, year - 5) if year > 2025 else 0.0
    return 0.9 * given_back - 0.2 * 20.0


@sentence
def works_stay(p, what, region, year):
    return getattr(p, what)(region, year - 1) - getattr(p, what)(region, year)


@sentence
def distance_is_measured(p, what, region, year):
    """Sectors, residents of town and country, ecological use, three sources and urban land, each beside its trend."""
    if what.startswith("va_"):
        level = p.value_added(region, what[3:], year)
    elif what.startswith("water_supply_"):
        level = p.taken(region, year, source=what[13:])
    else:
        names = {"water_use_ecological": "ecological_use", "urban_construction_land": "urban_land"}
        level = getattr(p, names.get(what, what))(region, year)
    trend = p.case.projection.values[what][p.ids.index(region), YEARS.index(year) + 1]
    return level - trend - p.above(what, region, year) + p.below(what, region, year)


@pytest.fixture(scope="module")
def model(pair_case):
    built = build(pair_case.shape)
    set_parameters(built, pair_case.values)
    source = np.random.default_rng(20)
    for variable in built.component_data_objects(pyo.Var):
        variable.set_value(float(source.uniform(1, 100)), skip_validation=True)
    for (kind, region), variable in built.first_population.items():
        variable.set_value(pyo.value(getattr(built, f"base_{kind}_population")[region]))
    for index, variable in built.first_value_added.items():
        variable.set_value(pyo.value(built.base_value_added[index]))
    return built


def breach(row):
    """How far a row is passed: body less its upper end, or lower end less its body."""
    body = pyo.value(row.body)
    return pyo.value(row.lower) - body if row.upper is None else body - pyo.value(row.upper)


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_constraint_says_what_it_says_by_hand(name, pair_case, model):
    plan = Plan(pair_case, model)
    constraint = getattr(model, name)
    assert len(constraint) > 0
    for index in constraint:
        row = constraint[index]
        by_hand = SENTENCES[name](plan, *(index if isinstance(index, tuple) else (index,)))
        if row.equality:
            assert abs(breach(row)) == pytest.approx(abs(by_hand), rel=1e-9, abs=1e-9), index
        else:
            assert row.lower is None or row.upper is None
            assert breach(row) == pytest.approx(by_hand, rel=1e-9, abs=1e-9), index


@pytest.mark.parametrize("name", ["people_start_at_the_census", "output_starts_at_the_accounts"])
def test_the_base_year_is_data_and_not_chosen(name, model):
    """One more than the data in any place is a breach of one."""
    variables = model.first_population if name.startswith("people") else model.first_value_added
    for index, row in getattr(model, name).items():
        kept = pyo.value(variables[index])
        variables[index].set_value(kept + 1)
        assert abs(breach(row)) == pytest.approx(1.0)
        variables[index].set_value(kept)


def test_no_constraint_goes_without_a_sentence_by_hand(model):
    """Clause rows have a file of their own, ``test_clause_rows.py``."""
    named = {constraint.local_name for constraint in model.component_objects(pyo.Constraint)}
    assert named - {"clause"} == set(SENTENCES)
