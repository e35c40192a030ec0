"""Whatever is decided, the accounts lose nothing: not a person, not a cubic metre, not a square kilometre."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regmodel.projection.accounts import account
from regmodel.projection.coefficients import YEARS
from regmodel.projection.decisions import Decisions
from regmodel.vocabulary.sets import SECTORS, TECHNOLOGIES, USES, WATER_SOURCES

FEW = settings(max_examples=15)
REGIONS = 2
SIGNED = ("urban_external_migration", "rural_external_migration")
INNER = {
    "value_added": (len(SECTORS),),
    "irrigated_area": (len(TECHNOLOGIES),),
    "supply": (len(WATER_SOURCES), len(USES)),
}


@st.composite
def decisions(draw, scenarios=()):
    """Decisions of any size, with moves between the regions that leave one and arrive in the other."""
    source = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.sampled_from([0.01, 1.0, 300.0]))
    drawn = {}
    for field in fields(Decisions):
        shape = (REGIONS, *INNER.get(field.name, ()), len(YEARS), *scenarios)
        low = -size if field.name in SIGNED else 0.0
        drawn[field.name] = source.uniform(low, size, size=shape)
    drawn["arrivals"] = (drawn["urban_departures"] + drawn["rural_departures"])[::-1]
    drawn["rights_bought"] = drawn["rights_sold"][::-1]
    return Decisions(**drawn)


def close(one, other):
    assert np.allclose(one, other, rtol=1e-9, atol=1e-9), float(np.max(np.abs(one - other)))


@FEW
@given(chosen=decisions())
def test_people_are_conserved(pair_case, chosen):
    """All that close a year are all that opened it, the natural increase and those from outside; moves add nothing."""
    told = account(pair_case.paths, chosen)
    people = told["population"].sum(axis=0)
    outside = (chosen.urban_external_migration + chosen.rural_external_migration).sum(axis=0)
    close(people[1:], people[:-1] + told["natural_increase"].sum(axis=0) + outside)
    close(told["population"], told["urban_population"] + told["rural_population"])


@FEW
@given(chosen=decisions())
def test_what_is_supplied_and_what_is_short_is_what_is_needed(pair_case, chosen):
    told = account(pair_case.paths, chosen)
    close(told["water_use_total"] + told["water_shortage"], told["water_needed"])
    uses = ("domestic", "industry", "agriculture", "ecological")
    close(told["water_shortage"], sum(told[f"water_shortage_{use}"] for use in uses))


@FEW
@given(chosen=decisions())
def test_water_by_use_is_water_by_source(pair_case, chosen):
    told = account(pair_case.paths, chosen)
    uses = ("domestic", "industry", "agriculture", "ecological")
    close(told["water_use_total"], sum(told[f"water_use_{use}"] for use in uses))
    close(told["water_use_total"], sum(told[f"water_supply_{source}"] for source in WATER_SOURCES))


@FEW
@given(chosen=decisions())
def test_rights_move_and_are_not_made(pair_case, chosen):
    """What the regions may consume together is the quota of the year, however rights are traded."""
    told = account(pair_case.paths, chosen)
    quota = pair_case.values["yellow_river_quota"].sum() * pair_case.values["river_flow_ratio"]
    close(told["yellow_river_allowance"][:, 1:].sum(axis=0), quota)


@FEW
@given(chosen=decisions())
def test_sectors_add_up_to_output_in_five_and_in_three(pair_case, chosen):
    told = account(pair_case.paths, chosen)
    close(told["gdp"], sum(told[f"va_{sector}"] for sector in SECTORS))
    close(told["gdp"], told["va_primary"] + told["va_secondary"] + told["va_tertiary"])


@FEW
@given(chosen=decisions())
def test_land_is_what_there_was_and_what_was_added(pair_case, chosen):
    told = account(pair_case.paths, chosen)
    base = pair_case.values["base_urban_land"][:, None]
    close(told["urban_construction_land"], base + told["new_urban_construction_land"])
    close(told["new_urban_construction_land"][:, 1:], np.cumsum(chosen.new_urban_land, axis=1))


@FEW
@given(chosen=decisions())
def test_every_variable_starts_in_the_base_year(pair_case, chosen):
    told, base = account(pair_case.paths, chosen), pair_case.base
    close(told["urban_population"][:, 0], base.urban_population)
    close(told["population"][:, 0], base.population)
    close(told["gdp"][:, 0], base.gdp)
    close(told["water_use_total"][:, 0], base.total_water_use)
    close(told["water_use_agriculture"][:, 0], base.water_use[:, USES.index("irrigation")])


@settings(max_examples=5)
@given(chosen=decisions(scenarios=(3,)))
def test_many_scenarios_at_once_are_the_same_as_one_by_one(pair_case, chosen):
    """A trailing scenario axis changes nothing."""
    together = account(pair_case.paths, chosen)
    for number in range(3):
        alone = account(
            pair_case.paths,
            Decisions(**{field.name: getattr(chosen, field.name)[..., number] for field in fields(Decisions)}),
        )
        for name, values in alone.items():
            if name != "yellow_river_allowance" or together[name].ndim == 3:
                close(together[name][..., number], values)


@pytest.mark.parametrize("name", ["pair_case", "plan_case"])
def test_sets_are_the_sum_of_their_regions(name, request):
    case = request.getfixturevalue(name)
    trajectory, regions = case.projection, case.paths.regions
    for place in regions.sets:
        members = [regions.ids().index(member) for member in regions.members(place)]
        for variable in ("population", "urban_population", "gdp", "water_use_total", "urban_construction_land"):
            close(trajectory.total(variable, place), trajectory.values[variable][members].sum(axis=0))
    close(
        trajectory.share_in_towns(regions.home),
        trajectory.total("urban_population", regions.home) / trajectory.total("population", regions.home),
    )
