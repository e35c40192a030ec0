"""The shipped records load, say what their pages say, and lie where assumptions must lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from regmodel.params import MissingFigure, MissingRecord, ParameterBook, read_book
from regmodel.report.units import SHOWN_AS

BY_HAND = [
    # key, printed, low, high, printed unit, harder, value in memory by hand
    ("population.net_migration_band", "0.6", "0.2", "1.0", "% of population per year", "down", 0.006),
    ("population.region_path_growth", "-0.27", "-0.5", "0.1", "%/yr", "mixed", -0.0027),
    ("population.natural_rate_yearly_change", "-0.3", "-0.5", "0", "permille per year", "mixed", -0.0003),
    ("population.urban_ceiling.HOHHOT", "90", "85", "95", "%", "mixed", 0.90),
    ("output.gdp_base.XILINGOL", "910", "830", "915", "10^8 CNY", "mixed", 910.0),
    ("output.trend_growth_2026_2035", "4.0", "2.5", "5.0", "%/yr", "up", 0.04),
    ("output.icor", "6", "5", "8", "ratio", "up", 6.0),
    ("output.sector_share_band", "8", "5", "15", "points of output", "down", 0.08),
    ("water.use_base.ORDOS", "15.5", "14.0", "17.0", "10^8 m3", "mixed", 1550.0),
    ("water.irrigation_quota.hetao", "282", "250", "450", "m3/mu gross", "up", 0.423),
    ("water.conversion_limit", "2", "1", "5", "% of area per year", "down", 0.02),
    ("water.groundwater_glide", "-0.5", "-2", "0", "%/yr", "down", -0.005),
    ("water.cap_after_2025", "100", "97", "120.3", "% of the 2025 cap", "down", 1.0),
    ("water.mine_water.ORDOS", "0.8", "0.3", "1.5", "10^8 m3", "down", 80.0),
    ("water.dry_year_factor", "0.85", "0.8", "0.9", "ratio", "down", 0.85),
    ("land.urban_land_per_head_2020", "130", "110", "160", "m2/person", "mixed", 1.3),
    ("land.quota_after_2025", "80", "40", "100", "% of 64x10^4 mu per five years", "down", 0.8),
    ("lever.canal_lining.cost", "0.4", "0.3", "0.6", "CNY/m3", "up", 0.4),
    ("lever.water_rights.price", "1.03", "0.6", "2", "CNY/m3", "up", 1.03),
]  # fmt: skip
LEAGUES = (
    "HOHHOT", "BAOTOU", "ORDOS", "ULANQAB", "BAYANNUR", "WUHAI", "ALXA", "CHIFENG", "TONGLIAO", "HINGGAN",
    "HULUNBUIR", "XILINGOL",
)  # fmt: skip


@pytest.mark.parametrize("row", BY_HAND, ids=[row[0] for row in BY_HAND])
def test_an_assumption_says_what_was_decided(book: ParameterBook, row: tuple[str, ...]) -> None:
    record = book.records[row[0]]
    found = (record.printed, record.low, record.high, record.printed_unit, record.harder)
    assert found == row[1:6]
    assert record.value == pytest.approx(row[6], rel=1e-12)


def test_a_number_is_printed_in_the_unit_that_it_is_shown_in(book: ParameterBook) -> None:
    """A unit of memory is shown as another one: beside a number as printed its label would be wrong by the scale."""
    units = {record.printed_unit for record in book.records.values()} | {one.printed_unit for one in book.figures}
    assert [unit for unit in sorted(units) if SHOWN_AS.get(unit, unit) != unit] == []


def test_every_record_can_be_contested(book: ParameterBook) -> None:
    """Title in both languages, a source, a place on it, a scope and a reason."""
    for record in book.records.values():
        assert record.title.en != record.title.zh, record.key
        assert any("\u4e00" <= letter <= "\u9fff" for letter in record.title.zh), record.key
        assert record.source in book.sources
        assert record.where
        assert len(record.note) > 20, record.key
        assert record.key.startswith(record.subject + ".")


def test_every_assumption_has_a_range_about_its_value(book: ParameterBook) -> None:
    for record in book.records.values():
        assert record.confidence == "D", record.key
        assert record.low_value is not None, record.key
        assert record.high_value is not None, record.key
        assert record.low_value <= record.value <= record.high_value
        assert record.harder is not None, record.key
        assert not record.assumed_range


def test_no_two_records_share_a_title(book: ParameterBook) -> None:
    english = [record.title.en for record in book.records.values()]
    chinese = [record.title.zh for record in book.records.values()]
    assert len(set(english)) == len(english)
    assert len(set(chinese)) == len(chinese)


def test_technology_shares_make_a_whole(book: ParameterBook) -> None:
    names = ("canal_unlined", "canal_lined", "pipe_sprinkler", "drip")
    assert sum(book.value(f"water.irrigation_technology_split.{name}") for name in names) == pytest.approx(1.0)


def test_the_technology_norms_surround_the_regional_one(book: ParameterBook) -> None:
    """25 % of 330, 45 % of 260, 18 % of 190 and 12 % of 150 m3 per mu are 251.7, beside 214 printed for the region."""
    names = ("canal_unlined", "canal_lined", "pipe_sprinkler", "drip")
    mean = sum(
        book.value(f"water.irrigation_technology_split.{name}") * book.value(f"water.irrigation_quota.{name}")
        for name in names
    )
    assert mean == pytest.approx(251.7 * 0.0015)
    assert book.figure("irrigation_gross_norm", "INNER_MONGOLIA", 2022) == pytest.approx(0.321)


def test_seeds_of_water_use_add_up_to_the_region(book: ParameterBook) -> None:
    """41.2 for the four cities and 153.2 for the eight leagues are the 194.4 x 10^8 m3 of the region."""
    seeds = {league: book.value("water.use_base", league) for league in LEAGUES}
    assert sum(seeds[league] for league in ("HOHHOT", "BAOTOU", "ORDOS", "ULANQAB")) == pytest.approx(4120.0)
    assert sum(seeds.values()) == pytest.approx(19440.0)


def test_the_league_with_a_land_survey_has_room_for_its_fields(book: ParameterBook) -> None:
    """8,772 km2 at 282 m3 per mu take 37.1 x 10^8 m3, less than the whole use of the league."""
    fields = book.figure("irrigated_cropland", "BAYANNUR", 2019) * book.value("water.irrigation_quota.hetao")
    assert fields == pytest.approx(3710.6, abs=0.1)
    assert fields < book.value("water.use_base", "BAYANNUR")


def test_trends_between_the_censuses_are_derived_rightly(book: ParameterBook) -> None:
    def trend(region: str) -> float:
        later = sum(book.figure("population", member, 2020) for member in book.regions.members(region))
        earlier = sum(book.figure("population", member, 2010) for member in book.regions.members(region))
        return float((later / earlier) ** 0.1 - 1)

    assert book.value("population.region_path_growth") == pytest.approx(trend("INNER_MONGOLIA"), abs=5e-5)
    assert book.value("population.region_path_growth", "YULIN") == pytest.approx(trend("YULIN"), abs=5e-5)


@pytest.mark.parametrize(
    ("variable", "total"),
    [("population", 2404.9155), ("urban_population", 1622.7475)],
)
def test_leagues_add_up_to_the_census_of_the_region(book: ParameterBook, variable: str, total: float) -> None:
    assert sum(book.figure(variable, league, 2020) for league in LEAGUES) == pytest.approx(total, abs=5e-5)
    assert book.figure(variable, "INNER_MONGOLIA", 2020) == total


def test_urban_shares_agree_with_those_that_were_printed(book: ParameterBook) -> None:
    """Shares of the census panel, typed here from its table."""
    printed = {"HOHHOT": 79.15, "BAOTOU": 86.16, "ORDOS": 77.45, "ULANQAB": 59.7, "YULIN": 61.6, "WUHAI": 95.37}
    for region, share in printed.items():
        found = book.figure("urban_population", region, 2020) / book.figure("population", region, 2020)
        assert 100 * found == pytest.approx(share, abs=0.006)


def test_printed_sectors_and_uses_make_their_totals(book: ParameterBook) -> None:
    """2025 + 6868 + 8467 = 17360, and 140.0 + 13.4 + 11.5 + 29.5 = 194.4."""
    sectors = [book.figure(f"va_{part}", "INNER_MONGOLIA", 2020) for part in ("primary", "secondary", "tertiary")]
    assert sum(sectors) == book.figure("gdp", "INNER_MONGOLIA", 2020) == 17360.0
    names = ("agriculture", "industry", "domestic", "ecological")
    uses = [book.figure(f"water_use_{use}", "INNER_MONGOLIA", 2020) for use in names]
    assert sum(uses) == pytest.approx(book.figure("water_use_total", "INNER_MONGOLIA", 2020)) == 19440.0


def test_the_four_cities_of_2016_make_the_plan_s_printed_totals(book: ParameterBook) -> None:
    """308.87 + 285.8 + 205.53 + 338.2 = 1138.4, and their urban residents are 69.3 % of them."""
    members = book.regions.members("HBEY")
    people = [book.figure("population", city, 2016) for city in members]
    urban = [book.figure("urbanisation_rate", city, 2016) * count for city, count in zip(members, people, strict=True)]
    assert sum(people) == pytest.approx(1138.4)
    assert 100 * sum(urban) / sum(people) == pytest.approx(69.3, abs=0.05)


def test_a_lookup_goes_from_the_region_to_the_others_to_all(book: ParameterBook) -> None:
    assert book.record("population.urban_ceiling", "HOHHOT").key == "population.urban_ceiling.HOHHOT"
    assert book.record("population.urban_ceiling", "CHIFENG").key == "population.urban_ceiling.other"
    assert book.record("population.urban_ceiling", "INNER_MONGOLIA").key == "population.urban_ceiling.region"
    assert book.record("water.industrial_intensity_decline", "CHIFENG").key == "water.industrial_intensity_decline"
    assert book.value("output.icor", end="low") == 5.0
    assert book.value("output.icor", end="high") == 8.0


def test_what_is_missing_is_said_and_not_zero(book: ParameterBook) -> None:
    assert not book.has("output.gdp_base", "HOHHOT")
    with pytest.raises(MissingRecord, match=r'no record "output.gdp_bas"; the nearest is "output.gdp_base.XILINGOL"'):
        book.value("output.gdp_bas")
    assert book.find_figure("gdp", "XILINGOL", 2020) is None
    with pytest.raises(MissingFigure, match="no figure gdp of XILINGOL in 2020"):
        book.figure("gdp", "XILINGOL", 2020)


def test_figures_from_mirrors_are_b_at_best(book: ParameterBook) -> None:
    for figure in book.figures:
        if not book.sources[figure.source].original:
            assert figure.confidence >= "B"


def test_recalled_figures_have_a_range_and_published_ones_none(book: ParameterBook) -> None:
    recalled = book.find_figure("gdp", "ORDOS", 2020)
    published = book.find_figure("gdp", "HOHHOT", 2020)
    assert recalled is not None
    assert published is not None
    assert (recalled.low_value, recalled.high_value) == pytest.approx((0.95 * 3533.66, 1.05 * 3533.66))
    assert (published.low_value, published.high_value) == (None, None)


def test_a_derived_record_names_what_it_is_derived_from(book: ParameterBook) -> None:
    figures = {figure.key for figure in book.figures}
    assert set(book.records["population.region_path_growth.YULIN"].derived_from) <= figures


def test_a_norm_of_another_zone_is_marked_as_transferred(book: ParameterBook) -> None:
    assert book.records["water.irrigation_quota.hetao"].transferred
    assert not book.records["water.use_base.HOHHOT"].transferred


def test_tables_open_in_chinese_excel(root: Path) -> None:
    """A byte-order mark stands before every table of this room."""
    for name in ("baseline", "regions", "region_sets", "sectors", "source_kinds", "water_sources", "conversions"):
        assert (root / "params" / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), name


def test_a_table_saved_by_chinese_excel_reads_the_same(small_folder: Path) -> None:
    before = read_book(small_folder)
    for name in ("regions.csv", "region_sets.csv", "baseline.csv", "sectors.csv", "water_sources.csv"):
        path = small_folder / name
        path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gbk"))
    assert read_book(small_folder) == before
    assert before.regions.name("EAST").zh == "东市"


def test_water_for_drinking_is_not_reclaimed(book: ParameterBook) -> None:
    barred = [source.id for source in book.water_sources if not source.serves["domestic"]]
    assert barred == ["reclaimed", "mine_water"]
