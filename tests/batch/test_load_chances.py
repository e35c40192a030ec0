"""The chance of each class of load over a batch, beside the trend of each scenario by itself."""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from regmodel import cli
from regmodel.batch.answers import load_chances, wilson
from regmodel.report.load_chances import lines
from regmodel.runs.load_classes import read_load_classes
from regmodel.runs.loads import ELEMENTS, USE, YEARS, class_of, loads
from regmodel.runs.trends import trend

CASES = sys.modules["batch_cases"]
EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
DESIGN = CASES.three("random", "count = 12\nseed = 3\nchunk = 5")


@pytest.fixture
def batch(planted):
    return planted(DESIGN, lambda *_: {})


def test_many_at_once_are_the_same_as_each_by_itself(batch):
    """Every class, place and year: counted over the trends of the scenarios run one by one."""
    classes = read_load_classes()
    times = Counter()
    reached = Counter()
    for sample in batch.results(["sample"])["sample"]:
        scenario = batch.scenario(sample)
        for load in loads(scenario, trend(scenario)):
            kinds = classes[ELEMENTS[load.measure]]
            worst = 0
            for year, rank in zip(YEARS, class_of(load.shares, [one.from_load for one in kinds]), strict=True):
                worst = max(worst, int(rank))
                times[load.measure, load.region, year, kinds[int(rank)].name] += 1
                for one in kinds[: worst + 1]:
                    reached[load.measure, load.region, year, one.name] += 1
    found = load_chances(batch)
    assert {len(found.chances)} == {len(found.places(USE)) * 2 * len(YEARS) * len(classes["water"])}
    for one in found.chances:
        key = (one.measure, one.region, one.year, one.name)
        assert (one.in_class.holds, one.in_class.of, one.reached.holds) == (times[key], 12, reached[key])


def test_the_classes_of_a_year_add_up_and_what_was_reached_stays(batch):
    found = load_chances(batch)
    frame = found.frame()
    assert frame.groupby(["measure", "region", "year"])["in_class_low"].sum().round(9).eq(1.0).all()
    for _, part in frame.groupby(["measure", "region", "class"]):
        assert part["reached_low"].is_monotonic_increasing
    one = found.of(USE, "PAIR", "overloaded")[-1].reached
    assert (one.error_low, one.error_high) == (wilson(one.holds, 12)[0], wilson(one.holds, 12)[1])
    half = found.half_by(USE, "PAIR", "overloaded")
    assert half is None or found.of(USE, "PAIR", "overloaded")[half - YEARS[0]].reached.low >= 0.5


def test_a_store_is_asked_by_the_same_verb(batch, tmp_path, capsys):
    store, place = str(batch.folder), tmp_path / "loads.csv"
    assert cli.main(["warning", store, "--out", str(place)]) == 0
    english = capsys.readouterr().out
    assert "the trends of 12 scenarios of three" in english
    assert "overloaded, chance %" in english
    assert len(place.read_text(encoding="utf-8-sig").splitlines()) == 1 + len(load_chances(batch).chances)
    assert cli.main(["warning", store, "--lang", "zh"]) == 0
    assert "超载概率，%" in capsys.readouterr().out
    assert cli.main(["warning", store, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["basis"]["counted"] == 12
    assert {"measure", "region", "year", "class", "reached_low", "reached_error_high"} <= set(told["chances"][0])


def test_a_grid_has_shares_and_no_chance(planted):
    batch = planted(CASES.three("factorial"), lambda *_: {})
    found = load_chances(batch)
    assert found.frame()["reached_error_low"].isna().all()
    assert any("overloaded, share %" in line for line in lines(found, batch.read.scenario, "en"))


def test_an_assumed_limit_is_marked_and_what_stands_still_is_said(batch, monkeypatch):
    """As in the early warning of a single scenario: without it a chance of 100 % looks as if nothing were assumed."""
    scenario = batch.read.scenario
    name = scenario.book.regions.name
    marked = [replace(load, assumed=load.measure == USE) for load in loads(scenario, trend(scenario))]
    for assumed in (True, False):
        monkeypatch.setattr("regmodel.report.load_chances.loads", lambda *_, told=assumed: marked if told else [])
        for language, note, stands in (
            ("en", "* The limit is assumed", "stand as assumed"),
            ("zh", "* 上限为假设", "均保持不变"),
        ):
            said = lines(load_chances(batch), scenario, language)
            for load in marked:
                starred = [line for line in said if line.startswith(f"{name(load.region).read(language)} *")]
                assert len(starred) == (assumed and load.measure == USE) or load.measure != USE
            assert any(line.startswith(note) for line in said) == assumed
            assert any(stands in line for line in said)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_drawn_from_a_store(language, batch, capsys):
    assert cli.main(["warning", str(batch.folder), "--samples", "10", "--lang", language]) == 1
    assert capsys.readouterr().err.strip("\n") == EXPECTED["B-47 samples of a store"][language].strip("\n")
