"""A figure changes and the finding changes with it, or goes: nothing is typed into the code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regmodel.plans import contradictions, met_at_base
from regmodel.plans.arithmetic.finding import STATUSES
from regmodel.vocabulary.regions import Region, RegionSets
from regmodel.vocabulary.texts import Text


def test_a_larger_level_agrees_with_growth_per_year(with_clause):
    # 988.9 is within 2 % of 980 (960.4 to 999.6), and more than the assumed ceilings hold; 813.6 is far below
    found = with_clause("hbew_urban_pop_2025", 980.0)
    assert found["urban_headcount.annual.window"].status == "tension"
    assert found["urban_headcount.cumulative.window"].status == "contradiction"


def test_a_smaller_statement_is_no_contradiction(with_clause):
    # nine tenths of 40 are 36, which is below the 48.7 of the window's top
    assert with_clause("nm_to_town_2025", 40.0)["moves_to_town.flat"].status == "compatible"


def test_a_larger_share_makes_room_for_the_statement(with_clause):
    # 0.725 x 2404.9155 - 1622.7475 = 120.8, above 90
    assert with_clause("nm_urb_2025", 72.0)["moves_to_town.flat"].status == "compatible"


def test_a_growing_region_makes_room_for_the_statement(with_record):
    # 2404.9155 x 1.006^5 = 2477.9 > 2464.4
    found = with_record("population.region_path_growth", 0.006)
    assert found["moves_to_town.census_path"].status == "compatible"
    assert found["moves_to_town.flat"].status == "contradiction"


def test_a_census_figure_moves_the_findings(with_figure, findings):
    found = with_figure("urban_population", "ORDOS", 2020, 216.7962)
    assert found["urban_headcount.cumulative.window"].amount == pytest.approx(
        findings["urban_headcount.cumulative.window"].amount + 50 * 1.05
    )
    assert found["printed_shares.hbe_urb_2020"].status == "tension"


def test_growth_of_history_is_no_tension(with_clause):
    assert with_clause("hbew_gdp_growth", 4.5)["output_growth.stretch"].status == "compatible"


def test_growth_beyond_the_investment_ceiling_is_a_contradiction(with_clause):
    # 6 x 8 % = 48 % of output, above 42 %
    assert with_clause("hbew_gdp_growth", 8.0)["output_growth.stretch"].status == "contradiction"


def test_a_deeper_fall_of_intensity_holds_industrial_water(with_clause):
    found = with_clause("target.water_per_industrial_va_change.INNER_MONGOLIA.2025", -26.0)
    assert found["water_efficiency.industry.INNER_MONGOLIA"].status == "compatible"


def test_a_wider_cap_hands_the_binding_to_the_intensity(with_clause):
    found = with_clause("cap.water_use_total.INNER_MONGOLIA.2025", 240.0)
    assert found["water_efficiency.output.INNER_MONGOLIA"].status == "compatible"


def test_a_wider_cap_of_ordos_holds_the_demand(with_clause):
    assert with_clause("cap.water_use_total.ORDOS.2025", 21.0)["city_water.ORDOS.2030"].status == "compatible"


def test_a_smaller_stock_leaves_room_under_the_standard(with_record):
    found = with_record("land.urban_land_per_head_2020", 1.1)
    assert found["land_quota.standard.all_urban_land.census_path"].status == "compatible"


def test_a_lower_ceiling_keeps_the_trend_inside(with_record):
    # below 0.69 the trend of 2025 cannot pass 69.5 %
    assert (
        with_record("population.urban_ceiling.region", 0.69)["urban_outlook.trend.2025.window"].status == "compatible"
    )


def test_a_ceiling_that_the_share_has_passed_is_said(with_record):
    found = with_record("population.urban_ceiling.region", 0.60)
    assert "could not be made" in found["not_made.trend_against_targets"].sentence.en


def test_a_printed_base_decides_what_was_met(with_clause):
    assert with_clause("nm_gas_coverage_2020", 95.2)["base_year_targets.nm_gas_coverage"].status == "already_met"


def test_a_share_that_agrees_is_a_check(with_clause):
    assert with_clause("hbew_share_gdp", 57.3)["printed_shares.hbew_share_gdp"].status == "check"


def test_without_its_clauses_a_theme_says_nothing(clauses, book):
    kept = [clause for clause in clauses if clause.id != "nm_to_town_2025"]
    assert not [
        f for f in contradictions(kept, book) if "nm_to_town_2025" in f.clauses or f.id.startswith("moves_to_town.flat")
    ]


def test_without_a_record_the_check_says_that_it_could_not_be_made(clauses, book):
    records = {key: record for key, record in book.records.items() if key != "output.icor"}
    found = {f.id: f for f in contradictions(clauses, replace(book, records=records))}
    assert "output.icor" in found["not_made.growth_against_history"].sentence.en
    assert "urban_headcount.annual.window" in found


def test_an_invented_set_of_regions_needs_no_change_of_code(clauses, book):
    """Two invented cities under the names of the plan's sets: the arithmetic is theirs, and nothing is typed in."""
    # 60 + 40 = 100 town residents; 5 % more are 105, and 800 is out of reach of both readings
    cities = (
        Region("EAST", Text("East", "东市"), "LAND", "stable"),
        Region("WEST", Text("West", "西市"), "LAND", "stable"),
    )
    regions = RegionSets(cities, {"HBEW": ("EAST", "WEST")}, {"HBEW": Text("both", "两市")})
    like = book.find_figure("population", "ORDOS", 2020)
    figures = tuple(
        replace(like, region=region, variable=variable, value=value)
        for region, variable, value in (
            ("EAST", "population", 80.0),
            ("EAST", "urban_population", 60.0),
            ("WEST", "population", 70.0),
            ("WEST", "urban_population", 40.0),
        )
    )
    invented = replace(book, regions=regions, figures=figures)
    kept = [clause for clause in clauses if clause.id in ("hbew_urban_pop_2025", "hbew_urban_pop_growth")]
    found = {finding.id: finding for finding in contradictions(kept, invented)}
    assert found["urban_headcount.cumulative.window"].status == "contradiction"
    assert found["urban_headcount.cumulative.window"].amount == pytest.approx(105 - 800)
    assert "both had 100.00" in found["urban_headcount.cumulative.window"].sentence.en.lower()


def test_findings_are_complete_sentences_in_both_languages(findings, clauses):
    known = {clause.id for clause in clauses}
    for finding in findings.values():
        assert finding.status in STATUSES
        assert finding.sentence.en.endswith(".")
        assert finding.sentence.zh.endswith("。")
        assert "{" not in finding.sentence.en + finding.sentence.zh
        assert finding.working
        assert set(finding.clauses) <= known
        assert set(finding.readings) <= set(finding.clauses)


def test_ids_of_findings_are_unique_and_contradictions_come_first(clauses, book):
    found = contradictions(clauses, book)
    assert len({finding.id for finding in found}) == len(found)
    order = [STATUSES.index(finding.status) for finding in found]
    assert order == sorted(order)


def test_met_at_base_names_where_it_was_seen(clauses, book):
    standing = met_at_base(clauses, book)
    assert standing["nm_water_coverage"].met
    assert standing["nm_water_coverage"].seen_in == "nm_water_coverage_2020"
    assert not standing["nm_gas_coverage"].met
