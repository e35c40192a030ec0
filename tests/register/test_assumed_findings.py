"""A finding of arithmetic says whether it takes a number that no document prints: by what it reads, not by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regmodel.plans import contradictions
from regmodel.plans.arithmetic.register import Register

PATH = "path.population.INNER_MONGOLIA"
PRINTED_ONLY = {
    # plan against plan on the census; the ceilings are asked only where the two do not exclude each other
    "urban_headcount.annual.window",
    "moves_to_town.history",
    "moves_to_town.event_count",
    "key_regions.whole_cities",
    # water of industry: the growth, the intensity and the published use
    "water_efficiency.industry.ORDOS",
    "base_year_targets.hbey_urb_2035",
    "printed_shares.nm_urb_2020",
    "printed_shares.hbew_share_pop",
    "printed_shares.hbew_pop_share_change",
    "printed_shares.nm_hbe_above",
}
TAKE_ASSUMED = {
    # the ceilings of the urban shares
    "urban_headcount.annual.floor",
    "urban_headcount.cumulative.window",
    "urban_outlook.trend.2025.window",
    # the path of the region's people, a clause that is assumed, on either reading
    "urban_headcount.rest_of_the_region",
    "moves_to_town.census_path",
    "moves_to_town.flat",
    "moves_to_town.flat.floor",
    "key_regions.central_areas.census_path",
    "key_regions.central_areas.flat",
    "land_quota.people.flat",
    "land_quota.standard.residential_part.flat",
    "urban_outlook.headcount.flat",
    # investment for new output and its ceiling
    "output_growth.floor",
    # use of the base year where no bulletin gives it
    "water_efficiency.output.ORDOS",
    # recalled areas and outputs, no document seen
    "land_quota.red_line",
    "printed_shares.hbey_gdp_2016",
}


@pytest.mark.parametrize("name", sorted(PRINTED_ONLY))
def test_a_finding_from_printed_figures_only(findings, name):
    assert findings[name].assumed is False


@pytest.mark.parametrize("name", sorted(TAKE_ASSUMED))
def test_a_finding_that_takes_an_assumed_number(findings, name):
    assert findings[name].assumed is True


def test_whatever_names_an_assumed_clause_is_assumed(findings, by_id):
    """The path of the region's people is among the clauses of a dozen findings; none of them stands on paper."""
    naming = [one for one in findings.values() if any(by_id[clause].assumed for clause in one.clauses)]
    assert len(naming) >= 12
    assert [one.id for one in naming if not one.assumed] == []


def test_a_record_that_becomes_published_is_no_assumption_any_more(clauses, book):
    """Growth takes two records of confidence D; with documents behind both, all of it is printed."""
    keys = ("output.icor", "output.investment_share_limit")

    def found(published):
        records = {**book.records, **{key: replace(book.records[key], confidence="B") for key in published}}
        return {one.id: one for one in contradictions(clauses, replace(book, records=records))}["output_growth.floor"]

    assert [found(keys[:count]).assumed for count in (0, 1, 2)] == [True, True, False]


def test_a_census_figure_put_in_without_a_source_is_assumed(clauses, book):
    """The share of the key regions on another number of Hohhot's town residents, which nobody prints."""
    figures = tuple(
        replace(one, confidence="D")
        if (one.variable, one.region, one.year) == ("urban_population", "HOHHOT", 2020)
        else one
        for one in book.figures
    )
    found = {one.id: one for one in contradictions(clauses, replace(book, figures=figures))}
    assert found["key_regions.whole_cities"].assumed is True
    assert found["printed_shares.hbew_share_pop"].assumed is False


def test_the_register_notes_what_it_hands_out(clauses, book):
    """Two printed figures, then a recalled one: only from then on something taken is in no document."""
    register = Register.of(clauses, book)
    register.value("nm_urb_2025")
    register.total("urban_population", "HBEW", 2020)
    assert register.assumed is False
    register.people(PATH, 2025, "flat")
    assert register.unprinted == {PATH}
    register.people(PATH, 2025, "census_path")
    assert register.unprinted == {PATH, "population.region_path_growth"}
    assert register.afresh().assumed is False
