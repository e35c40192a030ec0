"""Scores and benchmarks on numbers small enough to check by hand, and the way from a file to the scores."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from regmodel.cli import main
from regmodel.params import ParameterBook
from regmodel.runs.backcast import Backcast, backcast_file
from regmodel.runs.score_summary import summarise
from regmodel.runs.scored_errors import deviations, typical_errors
from regmodel.runs.scoring import benchmarks, census_past, score, with_interval
from regmodel.scenario import load
from regmodel.vocabulary.regions import Region, RegionSets
from regmodel.vocabulary.texts import Text, same

PLACE = Text("land", "地区")
LAND = RegionSets(
    tuple(Region(name, same(name), "LAND", "stable") for name in ("EAST", "WEST")),
    {"LAND": ("EAST", "WEST")},
    {"LAND": PLACE},
)
PAST = {
    ("population", "EAST", 2000): 50.0,
    ("population", "EAST", 2010): 60.0,
    ("population", "LAND", 2010): 100.0,
    ("urban_population", "EAST", 2010): 30.0,
    ("urbanisation_rate", "EAST", 2010): 50.0,
}


def rows(*cells: tuple[str, str, int, float], unit: str = "10^4 persons") -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["variable", "region", "year", "value"])
    return frame.assign(unit=unit, basis="census")


def test_benchmarks_are_what_a_pencil_gives() -> None:
    """Rate: 60 * 60/50 = 72. Share: 60 of 100, now of 110, is 66. Last: 60."""
    found = benchmarks(("population", "EAST", 2020), {("population", "LAND", 2020): 110.0}, PAST, 2010, LAND)
    assert found == {
        "constant_rate": pytest.approx(72.0),
        "constant_share": pytest.approx(66.0),
        "last_value": 60.0,
    }


def test_townspeople_keep_their_share_of_all_people() -> None:
    """30 of 100 in 2010 is 33 of 110; an urban share that stays is the last one; without an earlier year no rate."""
    projected = {("population", "LAND", 2020): 110.0}
    town = benchmarks(("urban_population", "EAST", 2020), projected, PAST, 2010, LAND)
    share = benchmarks(("urbanisation_rate", "EAST", 2020), projected, PAST, 2010, LAND)
    assert (town["constant_share"], town["constant_rate"]) == (pytest.approx(33.0), None)
    assert (share["constant_share"], share["last_value"]) == (50.0, 50.0)


def test_a_place_that_the_past_does_not_know_has_no_benchmark() -> None:
    found = benchmarks(("population", "WEST", 2020), {("population", "LAND", 2020): 110.0}, PAST, 2010, LAND)
    assert set(found.values()) == {None}


def test_error_and_bias_by_hand() -> None:
    """66 against 60 is +10 %, 45 against 50 is -10 %: mean size 10 %, bias nothing."""
    projected = rows(("population", "EAST", 2020, 66.0), ("population", "WEST", 2020, 45.0))
    observed = rows(("population", "EAST", 2020, 60.0), ("population", "WEST", 2020, 50.0))
    scores = score(projected, observed, {}, 2010, LAND)
    entry = summarise(scores, LAND)["population"]
    assert (entry["n"], entry["mape"], entry["bias"]) == (2, pytest.approx(10.0), pytest.approx(0.0, abs=1e-12))
    assert entry["better_than_constant_share"] is None
    assert entry["inside_interval"] is None


def test_only_what_is_in_both_is_scored() -> None:
    """Nothing of the base year or before, and nothing that was not projected."""
    projected = rows(("population", "EAST", 2010, 60.0), ("population", "EAST", 2011, 61.0))
    observed = rows(("population", "EAST", 2010, 60.0), ("population", "EAST", 2011, 60.5), ("gdp", "EAST", 2011, 9.0))
    assert [row["year"] for row in score(projected, observed, PAST, 2010, LAND)] == [2011]


def test_a_set_is_scored_but_not_averaged_with_its_members() -> None:
    projected = rows(("population", "EAST", 2020, 66.0), ("population", "LAND", 2020, 150.0))
    observed = rows(("population", "EAST", 2020, 60.0), ("population", "LAND", 2020, 100.0))
    scores = score(projected, observed, PAST, 2010, LAND)
    assert len(scores) == 2
    assert summarise(scores, LAND)["population"]["mape"] == pytest.approx(10.0)


def test_an_observed_zero_has_no_relative_error() -> None:
    scores = score(
        rows(("water_shortage", "EAST", 2021, 1.0)), rows(("water_shortage", "EAST", 2021, 0.0)), {}, 2020, LAND
    )
    assert len(scores) == 1
    assert summarise(scores, LAND) == {}


def test_the_interval_adds_records_in_quadrature() -> None:
    """One record moves 60 by -3 and +3, another by -4 and nothing: from 60 - 5 to 60 + 3."""
    central = rows(("population", "EAST", 2020, 60.0))
    key = ("population", "EAST", 2020)
    found = with_interval(central, [({key: 57.0}, {key: 63.0}), ({key: 56.0}, {key: 60.0})])
    assert (found["low"].item(), found["high"].item()) == pytest.approx((55.0, 63.0))


def test_coverage_needs_three_years() -> None:
    years = (2021, 2022, 2023)
    projected = rows(*(("population", "EAST", year, 60.0) for year in years)).assign(low=59.0, high=61.0)
    observed = rows(*(("population", "EAST", year, 60.0 + 0.8 * n) for n, year in enumerate(years)))
    three = summarise(score(projected, observed, {}, 2020, LAND), LAND)["population"]
    two = summarise(score(projected, observed.head(2), {}, 2020, LAND), LAND)["population"]
    assert (three["inside_interval"], three["coverage"]) == (2, pytest.approx(2 / 3))
    assert (two["inside_interval"], two["coverage"]) == (2, None)


def test_the_past_of_a_census_ends_with_it(book: ParameterBook) -> None:
    past = census_past(book, 2010)
    assert {year for (_, _, year) in past} == {2000, 2010}
    assert past["population", "INNER_MONGOLIA", 2010] == pytest.approx(2470.6295)
    assert past["urbanisation_rate", "INNER_MONGOLIA", 2000] == pytest.approx(42.68)
    assert ("population", "INNER_MONGOLIA", 2000) in past
    assert ("population", "YULIN", 2000) not in past


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented values of later years: people of a city and a set, water in another unit, and a row of the past."""
    path = tmp_path_factory.mktemp("observed") / "later.csv"
    path.write_text(
        "region,year,variable,value,unit,basis\n"
        "HOHHOT,2022,population,355,10^4 persons,year_end\n"
        "INNER_MONGOLIA,2021,urbanisation_rate,0.68,dimensionless,\n"
        "INNER_MONGOLIA,2023,water_use_total,20000,10^6 m3,\n"
        "HOHHOT,2019,population,313,10^4 persons,year_end\n",
        encoding="utf-8",
    )
    return path


def test_a_file_of_later_years_is_scored_against_the_baseline(later: Path) -> None:
    told = backcast_file(later, 2020)
    found = {(row["variable"], row["region"]): row for row in told.scores}
    assert (told.base_year, told.scenario, len(told.scores)) == (2020, "baseline", 3)
    assert found["water_use_total", "INNER_MONGOLIA"]["observed"] == pytest.approx(200.0)
    assert found["urbanisation_rate", "INNER_MONGOLIA"]["observed"] == pytest.approx(68.0)
    city = found["population", "HOHHOT"]
    assert city["low"] < city["projected"] < city["high"]
    assert city["last_value"] == 344.61
    # By hand: 344.61 * (344.61 / 286.6615) ^ 0.2 = 357.536.
    assert city["constant_rate"] == pytest.approx(357.536, abs=0.001)
    assert [row["reason"].en for row in told.not_scored] == ["not later than the base year"]
    assert any(note.en.startswith("2 rows without a basis are read as year end") for note in told.notes)


def test_the_scores_of_the_baseline_are_those_of_its_trajectory(later: Path) -> None:
    """The regional path by hand: 2404.9155 people less 0.27 % a year, summed over the leagues."""
    later_total = later.with_name("total.csv")
    later_total.write_text(
        "region,year,variable,value,unit\nINNER_MONGOLIA,2022,population,2400,10^4 persons\n", encoding="utf-8"
    )
    told = backcast_file(later_total, 2020, load("baseline"))
    assert told.scores[0]["projected"] == pytest.approx(2404.9155 * 0.9973**2, rel=1e-9)


def test_from_2010_only_people_until_2020_are_scored(later: Path) -> None:
    told = backcast_file(later, 2010)
    assert [(row["region"], row["year"]) for row in told.scores] == [("HOHHOT", 2019)]
    assert len(told.not_scored) == 3


def test_a_file_with_nothing_to_score_is_told_in_full(later: Path, capsys: pytest.CaptureFixture) -> None:
    """The census itself from the base of 2020: every row is told with its reason, places together, and the way on.

    Three variables of 13 places and two years; of the 39 values of 2020 one is a total that is imposed from 2010.
    """
    assert main(["backcast", "--base", "2020", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"scores": [], "summary": {}}
    lines = [line for line in printed.err.splitlines() if "not later than the base year" in line]
    assert len(lines) == 6
    assert all(line.count(", ") + 1 == 13 for line in lines)
    assert "Not scored: residents of Hohhot, Baotou" in printed.err
    assert printed.err.startswith("Nothing was scored")
    assert "With --base 2010 the projection" in printed.err
    assert "values up to 2020; in this file: 38." in printed.err
    assert main(["backcast", "--base", "2020", "--json", "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert "未评分：呼和浩特、包头" in said
    assert "加上 --base 2010" in said
    assert "本文件中有 38 个" in said


def test_json_has_the_fields_of_the_contract_and_no_others(later: Path) -> None:
    plain = json.loads(json.dumps(backcast_file(later, 2010).as_json(), allow_nan=False))
    assert set(plain) == {"scores", "summary"}
    assert list(plain["scores"][0]) == [
        "region", "variable", "year", "unit", "observed", "projected", "low", "high", "constant_rate",
        "constant_share", "last_value",
    ]  # fmt: skip


def test_the_command_prints_the_contract_and_says_the_rest_aside(later: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["backcast", "--actuals", str(later), "--base", "2010", "--json"]) == 0
    printed = capsys.readouterr()
    assert set(json.loads(printed.out)) == {"scores", "summary"}
    assert "Not scored: residents of Inner Mongolia" not in printed.err
    assert "Not scored: total water use of Inner Mongolia, 2023: later than 2020" in printed.err
    assert "(n = 1, which says little)" in printed.err


def test_errors_stand_by_region_too() -> None:
    """66 against 60 is +10 % in the east; 45 against 50 is -10 % in the west, where 50 was the last value."""
    projected = rows(("population", "EAST", 2020, 66.0), ("population", "WEST", 2020, 45.0))
    observed = rows(("population", "EAST", 2020, 60.0), ("population", "WEST", 2020, 50.0))
    past = {("population", "EAST", 2010): 40.0, ("population", "WEST", 2010): 50.0}
    entry = summarise(score(projected, observed, past, 2010, LAND), LAND)["population"]
    found = {place: (told["mape"], told["bias"], told["mape_last_value"]) for place, told in entry["by_region"].items()}
    assert found["EAST"] == pytest.approx((10.0, 10.0, 100 * (1 - 40 / 60)))
    assert found["WEST"] == pytest.approx((10.0, -10.0, 0.0))
    assert entry["worse_than"] == []


def test_a_benchmark_that_does_better_is_named() -> None:
    """66 against 60 misses by 10 %, the last value of 59 by 1.7 %."""
    projected = rows(("population", "EAST", 2020, 66.0))
    past = {("population", "EAST", 2010): 59.0}
    entry = summarise(score(projected, rows(("population", "EAST", 2020, 60.0)), past, 2010, LAND), LAND)["population"]
    assert entry["worse_than"] == ["last_value"]


def test_scored_errors_widen_the_interval_with_the_years() -> None:
    """Misses of +10 % and -10 % are 10 % after ten years: 3 of 60 after five, beside 4 of a record it makes 5."""
    scores = [
        {"region": "EAST", "variable": "population", "observed": 50.0, "projected": 55.0},
        {"region": "WEST", "variable": "population", "observed": 50.0, "projected": 45.0},
    ]
    errors = typical_errors(scores, LAND)
    assert errors == {"population": pytest.approx(0.1)}
    key = ("population", "EAST", 2025)
    missed = deviations([key], {key: 60.0}, errors, LAND, 2020)
    assert missed[key] == pytest.approx(3.0)
    found = with_interval(rows(("population", "EAST", 2025, 60.0)), [({key: 56.0}, {key: 64.0})], missed)
    assert (found["low"].item(), found["high"].item()) == pytest.approx((55.0, 65.0))


def test_an_imposed_total_takes_no_error_from_the_regions() -> None:
    """The errors of two regions of one total cancel: it was told to the back-cast that they come from."""
    values = {("population", place, 2030): 60.0 for place in ("EAST", "WEST")}
    key = ("population", "LAND", 2030)
    assert deviations([key], values, {"population": 0.1}, LAND, 2020) == {key: 0.0}


def test_the_urban_share_of_a_set_misses_by_less_than_its_regions() -> None:
    """Two regions of equal size that each miss 50 % by 5 points: sqrt(5^2 + 5^2) / 2 = 3.54 points."""
    values = {("urbanisation_rate", place, 2030): 50.0 for place in ("EAST", "WEST")}
    values |= {("population", place, 2030): 60.0 for place in ("EAST", "WEST")}
    key = ("urbanisation_rate", "LAND", 2030)
    assert deviations([key], values, {"urbanisation_rate": 0.1}, LAND, 2020)[key] == pytest.approx(5 / 2**0.5)


@pytest.fixture(scope="module")
def many_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented values of three years and many variables, in another order of places and columns."""
    path = tmp_path_factory.mktemp("observed") / "many.csv"
    lines = ["value,variable,year,unit,region"]
    for year in (2023, 2021, 2022):
        for place in ("YULIN", "WUHAI", "HBEW", "HOHHOT"):
            lines += [f"{10000 + year},gdp,{year},10^8 CNY,{place}", f"90,population,{year},10^4 persons,{place}"]
            lines += [f"9,water_use_total,{year},10^8 m3,{place}", f"300,urban_construction_land,{year},km2,{place}"]
    lines.append("3,urban_sewage_increase,2022,10^4 t,WUHAI")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def told_of_many(many_years: Path) -> Backcast:
    return backcast_file(many_years, 2020)


def test_every_variable_is_scored_with_an_interval_of_its_own(told_of_many: Backcast) -> None:
    """Rows in are rows scored and rows reported: 48 scored, one of a city where only the region is projected."""
    assert len(told_of_many.scores) == 48
    assert [row["reason"].en for row in told_of_many.not_scored] == ["not projected for this place"]
    for row in told_of_many.scores:
        assert row["low"] < row["projected"] < row["high"]
    assert list(told_of_many.summary) == ["gdp", "population", "water_use_total", "urban_construction_land"]


def test_coverage_is_reported_once_three_years_are_scored(told_of_many: Backcast) -> None:
    for entry in told_of_many.summary.values():
        assert entry["coverage"] == entry["inside_interval"] / 9
    assert not any("not assessable" in note.en for note in told_of_many.notes)


def test_output_has_a_constant_rate_where_a_real_growth_rate_is_published(told_of_many: Backcast) -> None:
    """By hand: 2800.68 at +0.2 % a year over two years; Wuhai has no published rate for 2020."""
    found = {(row["region"], row["year"]): row for row in told_of_many.scores if row["variable"] == "gdp"}
    hohhot = found["HOHHOT", 2022]
    assert hohhot["constant_rate"] == pytest.approx(hohhot["last_value"] * 1.002**2, rel=1e-12)
    assert found["WUHAI", 2022]["constant_rate"] is None


def test_what_was_worse_is_said(told_of_many: Backcast) -> None:
    """Invented values of nine times the output: any rule that grows faster misses by less, and is named."""
    worse = {variable: entry["worse_than"] for variable, entry in told_of_many.summary.items()}
    assert any(worse.values())
    for variable, names in worse.items():
        entry = told_of_many.summary[variable]
        rows_of = [row for row in told_of_many.scores if row["variable"] == variable and row["region"] != "HBEW"]
        for name in ("constant_share", "last_value"):
            both = [row for row in rows_of if row[name] is not None]
            own = sum(abs(row["projected"] / row["observed"] - 1) for row in both)
            assert (own > sum(abs(row[name] / row["observed"] - 1) for row in both)) == (name in names)
        assert entry["n"] == 9
