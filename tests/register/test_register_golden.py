"""The numbers of the register's arithmetic, each by hand in a comment from the figures as printed."""

from __future__ import annotations

import pytest

from regmodel.plans.arithmetic.register import Register
from regmodel.plans.arithmetic.urban_outlook import trend_share


def near(expected, digits=1):
    return pytest.approx(expected, abs=0.5 * 10**-digits + 1e-9)


@pytest.fixture(scope="module")
def register(clauses, book):
    return Register.of(clauses, book)


def test_the_twelve_leagues_add_up_to_the_region(register):
    # 272.7517 + 233.4393 + 166.7962 + 101.8617 + 214.3486 + 143.7489 + 92.2952 + 53.0877 + 21.5188
    # + 165.6914 + 75.4183 + 81.7897 = 1622.7475
    assert register.total("urban_population", "INNER_MONGOLIA", 2020) == near(1622.75, 2)
    assert register.total("population", "INNER_MONGOLIA", 2020) == near(2404.9155, 4)
    # 830.91 x 0.8099 = 672.96 beside the census count 672.9872 of the three cities
    three = register.total("population", "HBE", 2020) * register.value("hbe_urb_2020")
    assert three == near(672.96, 1)


def test_eight_million_against_five_percent(findings):
    # 272.7517 + 233.4393 + 166.7962 + 101.8617 = 774.8489; 800 / 774.8489 = 1.03246
    # 774.8489 x 1.05 = 813.591; x 1.05^5 = 774.8489 x 1.2762816 = 988.925
    cumulative = findings["urban_headcount.cumulative.window"]
    assert cumulative.amount == near(813.591 - 800, 2)
    assert "+3.25 %" in cumulative.sentence.en
    assert "813.6" in cumulative.sentence.en
    assert cumulative.status == "compatible"
    annual = findings["urban_headcount.annual.window"]
    assert annual.amount == near(188.925, 2)
    assert annual.status == "contradiction"
    assert annual.readings == {"hbew_urban_pop_2025": "window", "hbew_urban_pop_growth": "annual:window"}
    # 988.925 / 1001.5444 = 98.74 %
    assert "98.7 %" in annual.sentence.en
    assert findings["urban_headcount.annual.floor"].status == "tension"


def test_what_the_targets_leave_to_the_rest(findings):
    # rest 2020 = 1622.7475 - 774.8489 = 847.8986; 0.69 x 2404.9155 = 1659.3917; - 800 - 847.8986 = +11.49
    # 2404.9155 x 0.9973^5 = 2372.623; x 0.69 = 1637.110; - 813.591 - 847.8986 = -24.38
    rest = findings["urban_headcount.rest_of_the_region"]
    assert rest.amount == near(-24.38, 2)
    assert "-24.4 to +11.5" in rest.sentence.en
    assert rest.status == "tension"


def test_close_to_a_million_against_the_urban_share(findings):
    # 1659.3917 - 1622.7475 = 36.644; 1637.110 - 1622.7475 = 14.363; (1622.7475 + 100) / 0.69 = 2496.74
    # 0.695 x 2404.9155 - 1622.7475 = 48.669; 90 - 48.669 = 41.331
    # (i) 1712.7475 / 2404.9155 = 71.22 %; (iii) 1712.7475 / 0.695 = 2464.385, 59.5 more than there are
    flat = findings["moves_to_town.flat"]
    assert flat.status == "contradiction"
    assert flat.amount == near(41.331, 2)
    for number in ("+36.6", "+48.7", "71.2 to 71.6", "2,464.4", "+59.5", "2,496.7", "2.7 times"):
        assert number in flat.sentence.en, number
    # 0.695 x 2372.623 - 1622.7475 = 26.226; 1712.7475 / 2372.623 = 72.19 %
    census = findings["moves_to_town.census_path"]
    assert census.amount == near(90 - 26.226, 2)
    for number in ("2,372.6", "+14.4", "+26.2", "72.2 to 72.6", "7.0 times"):
        assert number in census.sentence.en, number
    assert census.readings == {"nm_urb_2025": "window", "path.population.INNER_MONGOLIA": "census_path"}
    # read as a floor nothing is excluded: 71.22 - 68.5 = 2.72 points above it
    assert findings["moves_to_town.flat.floor"].status == "compatible"
    assert findings["moves_to_town.flat.floor"].amount == near(2.72, 2)
    # close to 100 over close to 30
    assert "3.3 times" in findings["moves_to_town.history"].sentence.en


def test_six_percent_against_four_and_a_half(findings):
    # 9948.6 x 1.06^5 = 9948.6 x 1.3382256 = 13313.47; x 1.045^5 = 9948.6 x 1.2461819 = 12397.77; 915.7; 7.39 %
    # ICOR 6 x 6 % = 36 %; 6 x 4.5 % = 27 %
    stretch = findings["output_growth.stretch"]
    assert stretch.amount == near(915.7)
    for number in ("13,313.5", "12,397.8", "7.4 %", "36.0 %", "27.0 %"):
        assert number in stretch.sentence.en, number
    assert stretch.status == "tension"


def test_the_sixty_percent_statement(findings):
    # (774.8489 + 214.3486 + 143.7489) / 1622.7475 = 1132.9464 / 1622.7475 = 69.82 %
    whole = findings["key_regions.whole_cities"]
    assert whole.amount == near(9.82, 2)
    assert "69.8 %" in whole.sentence.en
    # 800 + 150 + 100 = 1050; / 1659.3917 = 63.28 %; / 1637.110 = 64.14 %; 1050 / 0.60 = 1750; / 0.69 = 2536.2
    assert findings["key_regions.central_areas.flat"].amount == near(3.28, 2)
    assert findings["key_regions.central_areas.census_path"].amount == near(4.14, 2)
    for number in ("1,050", "63.3 %", "1,750", "2,536"):
        assert number in findings["key_regions.central_areas.flat"].sentence.en, number
    assert findings["key_regions.central_areas.flat"].status == "contradiction"


def test_printed_shares(findings):
    # 18.62 / 118.3 = 15.740 %; 1001.5 / 2404.9155 = 41.644 %; 9948.6 / 17360 = 57.308 %, printed 57.5
    assert findings["printed_shares.hbew_share_area"].amount == near(0.040, 3)
    assert findings["printed_shares.hbew_share_pop"].amount == near(0.044, 3)
    assert findings["printed_shares.hbew_share_area"].status == "check"
    share = findings["printed_shares.hbew_share_gdp"]
    assert share.amount == near(-0.192, 3)
    assert share.status == "tension"
    # 9948.6 / 57.5 % = 17301.9
    assert "17,301.9" in share.working[1].en
    # 1001.5444 / 2404.9155 = 41.6457 %; 960.1224 / 2470.6293 = 38.8614 %: 2.784, printed 2.77
    assert findings["printed_shares.hbew_pop_share_change"].amount == near(0.014, 3)
    # 80.99 - 67.48 = 13.51
    assert findings["printed_shares.nm_hbe_above"].amount == near(0.0, 6)
    # 13211.4 over 14230.2 in years of growth
    assert findings["printed_shares.hbey_gdp_2016.series"].amount == near(-7.16, 2)


def test_growth_against_water_efficiency(findings):
    # 1.06^5 x 0.87 = 1.3382256 x 0.87 = 1.16426; 1 - 1 / 1.3382256 = 0.25274; 0.74726^(1/5) - 1 = -5.66 %
    region = findings["water_efficiency.industry.INNER_MONGOLIA"]
    assert region.amount == near(16.426, 3)
    for number in ("+16.4 %", "-25.27 %", "-5.66 %", "2.20 x 10^8"):  # 13.4 x 0.16426 = 2.201
        assert number in region.sentence.en, number
    # 1.3382256 x 0.90 = 1.20440
    assert findings["water_efficiency.industry.ORDOS"].amount == near(20.440, 3)
    # 1.3382256 x 0.88 = 1.17764; 196.3 / 194.4 = 1.00977: the cap binds
    output = findings["water_efficiency.output.INNER_MONGOLIA"]
    assert output.amount == near(117.764 - 100.977, 2)
    assert "+17.8 %" in output.sentence.en
    assert "the cap binds first" in output.sentence.en
    assert "water_efficiency.industry.YULIN" not in findings  # the growth target is not Yulin's


def test_independent_demand_of_ordos(findings):
    # 18.3336 / (1 - 0.0546) = 19.3924; - 19.19 = 0.2024; 19.3924 / 19.19 = 1.0105; 18.3336 / 19.19 = 0.9554
    first = findings["city_water.ORDOS.2025"]
    assert first.amount == near(0.2024, 3)
    for number in ("19.39", "1.011", "0.955"):
        assert number in first.sentence.en, number
    # 19.6344 / (1 - 0.0567) = 20.8146; / 19.19 = 1.0847
    assert "1.085" in findings["city_water.ORDOS.2030"].sentence.en


def test_the_land_quota(findings):
    # 64 x 10^4 mu / 15 = 4.26667 x 10^4 ha = 426.67 km2; / 115 m2 = 371.01 x 10^4; / 150 = 284.44
    # 426.667 / 36.644 = 11.644 km2 for 10^4 people = 1164 m2; / 14.363 = 2971
    # (1.30 x 1622.7475 + 426.667) / 1659.3917 = 152.8 m2; / 1637.110 = 154.9
    flat = findings["land_quota.people.flat"]
    assert flat.amount == near(371.01 - 36.644, 1)
    for number in ("426.67", "371.0", "284.4", "1,164", "152.8"):
        assert number in flat.sentence.en, number
    for number in ("2,971", "154.9"):
        assert number in findings["land_quota.people.census_path"].sentence.en, number
    # all urban land: 1.30 x 1622.7475 = 2109.57; 0.72 x 2309.309 = 1662.70; x 1.15 = 1912.11; 197.5 too much
    all_land = findings["land_quota.standard.all_urban_land.census_path"]
    assert all_land.amount == near(197.4)
    assert all_land.status == "contradiction"
    assert findings["land_quota.standard.residential_part.census_path"].status == "compatible"


def test_the_last_year_on_the_trend(findings):
    # 2404.9155 x 0.9973^15 = 2309.31; x 0.72 = 1662.70; - 1622.7475 = +39.96
    last = findings["urban_outlook.headcount.census_path"]
    assert last.amount == near(39.97, 1)
    assert "2,309.3" in last.sentence.en


def test_the_trend_passes_the_targets(findings, register):
    # K 0.80: ln((0.6748 / 0.1252) / (0.6209 / 0.1791)) = ln(5.38978 / 3.46678) = 0.44126 for five years
    # 2025: 0.80 / (1 + e^-(1.68451 + 0.44126)) = 71.47 %; 2035: 0.80 / (1 + e^-(1.68451 + 3 x 0.44126)) = 76.24 %
    assert trend_share(register, 2025) == near(0.7147, 4)
    assert trend_share(register, 2035) == near(0.7624, 4)
    # K 0.76: ln((0.6748 / 0.0852) / (0.6209 / 0.1391)) = 0.57345: 70.95 % and 74.32 %
    assert trend_share(register, 2025, "low") == near(0.7095, 4)
    assert trend_share(register, 2035, "low") == near(0.7432, 4)
    for year in (2025, 2035):
        assert findings[f"urban_outlook.trend.{year}.window"].status == "tension"
        assert findings[f"urban_outlook.trend.{year}.floor"].status == "compatible"


def test_targets_that_the_base_year_met(findings):
    # 99.1 against 99; 94.7 against 95; 36 against 36.5
    assert findings["base_year_targets.nm_water_coverage"].status == "already_met"
    assert findings["base_year_targets.nm_water_coverage"].amount == near(0.1, 6)
    assert findings["base_year_targets.nm_gas_coverage"].status == "check"
    assert findings["base_year_targets.nm_green_rate"].amount == near(-0.5, 6)
    # (272.7517 + 233.4393 + 166.7962 + 223.2798) / (344.61 + 270.9378 + 215.3638 + 362.475) = 896.267 / 1193.3866
    assert findings["base_year_targets.hbey_urb_2035"].amount == near(75.10 - 69.3, 2)
