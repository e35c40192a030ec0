"""Scores and benchmarks on numbers small enough to check by hand, and the way from a file to the scores."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from regmodel.params import ParameterBook
from regmodel.runs.backcast import backcast_file
from regmodel.runs.scoring import benchmarks, census_past, score, summarise, with_interval
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


def test_what_is_told_goes_through_json(later: Path) -> None:
    plain = json.loads(json.dumps(backcast_file(later, 2010).as_json(), allow_nan=False))
    needed = {
        "region", "variable", "year", "unit", "observed", "projected", "low", "high", "constant_rate", "constant_share",
        "last_value",
    }  # fmt: skip
    assert needed <= set(plain["scores"][0])
    assert set(plain["sentence"]) == {"en", "zh"}
