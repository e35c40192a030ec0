"""The base year adds up to what is printed, keeps what is known and says what it moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from regmodel.params import Change, ParameterBook, read_book
from regmodel.params.base_year import BaseYear, PrintedTotal, base_year
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.sets import INDUSTRY, SECTORS, USES

REGION = "INNER_MONGOLIA"


def test_people_are_those_of_the_census(base: BaseYear) -> None:
    members = base.regions.indices(REGION)
    assert base.population[members].sum() == pytest.approx(2404.9155, rel=1e-12)
    assert base.urban_population[members].sum() == pytest.approx(1622.7475, rel=1e-12)
    assert base.urban_population[base.regions.indices("HBEW")].sum() == pytest.approx(774.849, abs=5e-4)
    assert (base.rural_population > 0).all()


def test_output_adds_up_both_ways(base: BaseYear) -> None:
    members = base.regions.indices(REGION)
    sectors = base.value_added[members].sum(axis=0)
    assert base.gdp[members].sum() == pytest.approx(17360.0, rel=1e-10)
    assert base.gdp[base.regions.indices("HBEW")].sum() == pytest.approx(9948.6, rel=1e-10)
    assert sectors[SECTORS.index("agriculture")] == pytest.approx(2025.0, rel=1e-10)
    assert sectors[1:4].sum() == pytest.approx(6868.0, rel=1e-10)
    assert sectors[SECTORS.index("services")] == pytest.approx(8467.0, rel=1e-10)


def test_water_adds_up_both_ways(base: BaseYear) -> None:
    members = base.regions.indices(REGION)
    uses = base.water_use[members].sum(axis=0)
    printed = {"domestic": 1150.0, "industry": 1340.0, "irrigation": 14000.0, "ecology": 2950.0}
    assert uses == pytest.approx([printed[use] for use in USES], rel=1e-10)
    assert base.total_water_use[members].sum() == pytest.approx(19440.0, rel=1e-10)
    assert (base.water_use > 0).all()


def test_published_cells_are_untouched(base: BaseYear) -> None:
    """Communiques of Baotou (2787.4 = 105.2 + 1153.0 + 1529.2), Bayannur and Alxa."""
    ids = base.regions.ids()
    for region, gdp, primary in (("BAOTOU", 2787.4, 105.2), ("BAYANNUR", 874.0, 221.5), ("ALXA", 304.8, 17.7)):
        row = base.value_added[ids.index(region)]
        assert row.sum() == pytest.approx(gdp, rel=1e-12)
        assert row[0] == pytest.approx(primary, rel=1e-12)
    moved = {(a.quantity, a.region) for a in base.adjustments}
    assert ("gdp", "BAOTOU") not in moved
    assert ("value_added", "BAOTOU") not in moved
    assert ("population", "HOHHOT") not in moved


def test_yulin_lies_outside_the_totals_of_the_region(base: BaseYear) -> None:
    place = base.regions.ids().index("YULIN")
    assert base.gdp[place] == pytest.approx(4089.66, rel=1e-12)
    assert base.total_water_use[place] == pytest.approx(1050.0, rel=1e-12)


def test_industrial_intensity_is_one_for_the_region(base: BaseYear) -> None:
    """13.4 x 10^8 m3 over 84 % of 6,868 x 10^8 yuan is 23.2 m3 per 10^4 yuan."""
    members = base.regions.indices(REGION)
    industry = base.value_added[:, [SECTORS.index(sector) for sector in INDUSTRY]].sum(axis=1)
    intensity = base.water_use[members, USES.index("industry")] / industry[members]
    assert 100 * intensity == pytest.approx(np.full(len(members), 23.227), abs=1e-3)


def test_domestic_use_is_people_times_norms_scaled(book: ParameterBook, base: BaseYear) -> None:
    """Norms alone give 964 of the 1150 x 10^6 m3 that the region prints: every league is raised by 19.3 %."""
    norm = book.figure("domestic_norm_with_urban_public", REGION, 2022)
    rural = book.value("water.rural_domestic_norm")
    by_norm = base.urban_population * norm + base.rural_population * rural
    ratio = base.water_use[:, USES.index("domestic")] / by_norm
    assert ratio[base.regions.indices(REGION)] == pytest.approx(np.full(12, 1.1931), abs=1e-4)
    assert ratio[base.regions.ids().index("YULIN")] == pytest.approx(1.0)


def test_every_adjustment_is_reported(base: BaseYear) -> None:
    for adjustment in base.adjustments:
        assert adjustment.value == pytest.approx(adjustment.seed * (1 + adjustment.relative))
    assert base.unseeded == ()
    largest = base.largest_adjustments(12)
    assert {a.part for a in largest} == {"domestic"}
    assert all(abs(a.relative) < 0.02 for a in base.adjustments if a.part != "domestic")


def test_the_base_year_knows_what_it_was_made_from(base: BaseYear) -> None:
    assert "output.gdp_base.XILINGOL" in base.inputs
    assert "baseline.water_use_total.INNER_MONGOLIA.2020" in base.inputs
    assert "output.icor" not in base.inputs


def test_without_the_plan_s_total_the_region_still_holds(book: ParameterBook) -> None:
    alone = base_year(book)
    assert alone.gdp[alone.regions.indices(REGION)].sum() == pytest.approx(17360.0, rel=1e-10)


def test_another_number_moves_the_base_year(book: ParameterBook, base: BaseYear) -> None:
    """A published figure for one city, once it is known, is kept, and the others share the rest."""
    ids = book.regions.ids()
    better = book.with_values({"water.use_base.ORDOS": Change("16.2", "bulletin", "city bulletin", "B")})
    found = base_year(better)
    assert found.total_water_use[ids.index("ORDOS")] == pytest.approx(1620.0, rel=1e-12)
    assert found.total_water_use[ids.index("HOHHOT")] < base.total_water_use[ids.index("HOHHOT")]
    assert found.total_water_use[book.regions.indices(REGION)].sum() == pytest.approx(19440.0, rel=1e-10)


def test_a_plan_that_prints_another_total_is_refused(book: ParameterBook) -> None:
    with pytest.raises(InputProblems) as caught:
        base_year(book, [PrintedTotal("population", "HBEW", 1010.0, "misprint", 0.05)])
    assert [problem.code for problem in caught.value.problems] == ["P-14"]


def test_two_invented_regions_by_hand(small_folder: Path) -> None:
    """West takes the 100 that East leaves of 400; of the sectors 20, 50 and 30.

    Water: totals 600 and 500 are raked to 1000. Homes 16.425 and 9.125 to 20; industry of 120 and 40 shares 100 as
    75 and 25; ecology a tenth of each total; fields the rest.
    """
    found = base_year(read_book(small_folder))
    assert found.gdp == pytest.approx([300.0, 100.0])
    # East: industry 120 of which energy and chemicals 80 %; West: industry 40 of which 60 %
    assert found.value_added == pytest.approx(
        np.array([[30.0, 96.0, 24.0, 30.0, 120.0], [20.0, 24.0, 16.0, 10.0, 30.0]])
    )
    east, west = 6000 / 11, 5000 / 11
    assert found.total_water_use == pytest.approx([east, west])
    assert found.water_use[0] == pytest.approx([90 / 7, 75.0, east * 0.9 - 75 - 90 / 7, east / 10])
    assert found.water_use[1] == pytest.approx([50 / 7, 25.0, west * 0.9 - 25 - 50 / 7, west / 10])


def test_regions_are_data(changed: Callable[[str, str, str], Path]) -> None:
    """A third region needs rows and records only."""
    changed("regions.csv", "", "NORTH,North,北市,ELSEWHERE,unlisted\n")
    changed(
        "baseline.csv",
        "",
        "NORTH,2020,,population,10,10^4 persons,wan_person,survey,page 9,A,\n"
        "NORTH,2020,,urban_population,5,10^4 persons,wan_person,survey,page 9,A,\n"
        "NORTH,2020,,gdp,50,10^8 CNY,yi_yuan/year,survey,page 9,A,\n"
        "NORTH,2020,,va_primary,10,10^8 CNY,yi_yuan/year,survey,page 9,A,\n"
        "NORTH,2020,,va_secondary,20,10^8 CNY,yi_yuan/year,survey,page 9,A,\n"
        "NORTH,2020,,va_tertiary,20,10^8 CNY,yi_yuan/year,survey,page 9,A,\n",
    )
    template = """[{key}]
title = "Title"
title_zh = "名称"
printed = "{printed}"
printed_unit = "{unit}"
unit = "{memory}"
source = "judgement"
where = "no document"
describes = {{ place = "NORTH", period = "2020" }}
used_for = {{ place = "NORTH", period = "2020" }}
confidence = "D"
note = "Because."
still_valid_on = 2026-11-21

"""
    use = template.format(key="water.use_base.NORTH", printed="1", unit="10^8 m3", memory="hm3/year")
    intensity = template.format(
        key="water.industrial_intensity_base.NORTH", printed="20", unit="m3/10^4 CNY", memory="hm3/yi_yuan"
    )
    folder = changed("water.toml", "", use + intensity)
    book = read_book(folder)
    found = base_year(book)
    assert book.regions.ids() == ("EAST", "WEST", "NORTH")
    assert found.gdp == pytest.approx([300.0, 100.0, 50.0])
    assert found.total_water_use[2] == pytest.approx(100.0)
    # industry is 80 % of 20 at 20 m3 per 10^4 yuan: 3.2
    assert found.water_use[2, USES.index("industry")] == pytest.approx(3.2)


def test_an_assumption_without_a_range_gets_five_percent_and_says_so(
    changed: Callable[[str, str, str], Path],
) -> None:
    record = read_book(changed("water.toml", 'low = "5"\nhigh = "7"\n', "")).records["water.use_base.EAST"]
    assert record.assumed_range
    assert (record.low_value, record.high_value) == pytest.approx((570.0, 630.0))
