"""Loads, their classes, when each first appears and how likely that is."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from regmodel import cli
from regmodel.params import shipped_folder
from regmodel.report.early_warning import lines
from regmodel.runs.load_classes import read_load_classes
from regmodel.runs.loads import LAND, NEED, USE, YEARS, class_of, loads
from regmodel.runs.trends import at, trend, values_at
from regmodel.runs.warning import COLUMNS, drawn_values, early_warning
from regmodel.scenario import changed, load
from regmodel.vocabulary.problems import InputProblems, Problems
from regmodel.vocabulary.texts import same


@pytest.fixture(scope="module")
def baseline():
    return load("baseline")


@pytest.fixture(scope="module")
def found(baseline):
    return early_warning(baseline, 32)


def by_place(told):
    return {(one.measure, one.region): one for one in told.loads}


@pytest.mark.parametrize(
    ("load_of_ordos", "name"),
    [
        (19.39 / 19.19, "overloaded"),
        (20.81 / 19.19, "overloaded"),
        (18.3336 / 19.19, "critical"),
        (0.8, None),
        (1.2, 4),
    ],
)
def test_the_classes_are_those_of_the_published_forecasts(load_of_ordos, name):
    """Forecast demand of 19.39 and 20.81 over the cap of 19.19 is overloaded, what was allocated of it critical."""
    classes = read_load_classes()["water"]
    starts = [one.from_load for one in classes]
    names = {None: "not_overloaded", 4: "severely_overloaded"}
    assert classes[int(class_of(load_of_ordos, starts))].name == names.get(name, name)


def test_each_class_begins_at_its_own_start():
    """Nine tenths is critical already, the limit itself overloaded, and just below is not."""
    classes = read_load_classes()["water"]
    starts = [one.from_load for one in classes]
    assert starts == [0.0, 0.9, 1.0, 1.2]
    assert [one.title.zh for one in classes] == ["不超载", "临界", "超载", "严重超载"]
    assert class_of(np.array([0.0, 0.8999, 0.9, 0.9999, 1.0, 1.1999, 1.2, 9.0]), starts).tolist() == [
        0, 0, 1, 1, 2, 2, 3, 3,
    ]  # fmt: skip


def test_the_load_of_a_printed_cap_is_use_over_it(baseline, found):
    """Ordos by hand: use of the trend over 19.19 x 10^8 m3, which holds on after 2025."""
    path = trend(baseline)
    load_of = by_place(found)[USE, "ORDOS"]
    for year in (2025, 2035):
        key = ("water_use_total", "ORDOS", year)
        use = values_at(baseline, path, [key])[key]
        assert load_of.shares[YEARS.index(year)] == pytest.approx(use / 19.19, rel=1e-9)
    assert not load_of.assumed
    assert by_place(found)[USE, "CHIFENG"].assumed


def test_need_is_never_less_than_use(found):
    for (measure, region), one in by_place(found).items():
        if measure == USE:
            assert (by_place(found)[NEED, region].shares >= one.shares - 1e-12).all()


def test_the_load_of_land_is_the_stock_over_the_boundary(baseline, found):
    """Ordos may grow to 1.3115 of its stock of 2020: it starts at 1 / 1.3115. Yulin prints no boundary."""
    told = by_place(found)
    assert told[LAND, "ORDOS"].shares[0] == pytest.approx(1 / 1.3115, rel=1e-9)
    assert told[LAND, "CHIFENG"].shares[0] == pytest.approx(1 / 1.3, rel=1e-9)
    assert told[LAND, "CHIFENG"].assumed
    assert (LAND, "YULIN") not in told
    stock = baseline and trend(baseline).total("urban_construction_land", "HOHHOT")
    assert told[LAND, "HOHHOT"].shares == pytest.approx(stock / 600.24, rel=1e-9)


def test_a_cap_that_is_switched_off_loads_nothing(baseline):
    off = changed(baseline, {"clause.cap.water_use_total.ORDOS.2025.enabled": False})
    assert not any(one.region == "ORDOS" and one.measure in (USE, NEED) for one in early_warning(off, 0).loads)


def test_water_that_does_not_count_is_left_out(baseline):
    """Read so that unconventional water is outside the cap, the load is less by what of it is used."""
    key = "clause.cap.water_use_total.ORDOS.2025.reading"
    path = trend(baseline)
    pair = [by_place(early_warning(changed(baseline, {key: reading}), 0))[USE, "ORDOS"] for reading in
            ("counted", "not_counted")]  # fmt: skip
    outside = path.total("water_supply_reclaimed", "ORDOS") + path.total("water_supply_mine_water", "ORDOS")
    assert pair[0].shares - pair[1].shares == pytest.approx(outside / pair[0].limits, rel=1e-9)
    assert (outside > 0).all()


def test_a_smaller_cap_comes_earlier_and_never_later(baseline):
    """Half of the cap: severely overloaded from the base year on."""
    tight = changed(baseline, {"clause.cap.water_use_total.ORDOS.2025.value": 9.5})
    firsts = {
        one.name: one.first_year
        for one in early_warning(tight, 0).firsts
        if (one.measure, one.region) == (USE, "ORDOS")
    }
    assert firsts == {"critical": 2020, "overloaded": 2020, "severely_overloaded": 2020}


def test_the_first_year_is_the_first_in_the_table(found):
    """Every class: the first year in which the load is at its start, and no year before."""
    frame = found.frame()
    for one in found.firsts:
        start = next(
            each.from_load
            for each in found.classes["land" if one.measure == LAND else "water"]
            if each.name == one.name
        )
        rows = frame[(frame["measure"] == one.measure) & (frame["region"] == one.region)]
        years = rows[rows["load"] >= start]["year"]
        assert one.first_year == (None if years.empty else int(years.min()))


def test_heavier_classes_are_rarer_and_later(found):
    for load_of in found.loads:
        firsts = found.firsts_of(load_of)
        for light, heavy in pairwise(firsts):
            assert heavy.probability <= light.probability
            assert heavy.first_year is None or light.first_year <= heavy.first_year


def test_draws_lie_in_their_ranges_and_fill_them(baseline):
    """A Latin hypercube: one draw in each of as many equal parts; what one record draws depends on no other."""
    keys = ["output.trend_growth_2021_2025", "water.cap_after_2025"]
    both, alone = drawn_values(baseline, keys, 50), drawn_values(baseline, keys[1:], 50)
    for key in keys:
        record = baseline.book.records[key]
        places = (both[key] - record.low_value) / (record.high_value - record.low_value)
        assert sorted(int(place * 50) for place in places) == list(range(50))
    assert (both[keys[1]] == alone[keys[1]]).all()


def test_probabilities_are_those_of_single_scenarios(baseline, found):
    """The draws one by one, each through the projection by itself, give the same share at or above the limit."""
    values = drawn_values(baseline, list(found.sampled), found.samples)
    count = {("water_use", "BAOTOU"): 0, ("land", "ORDOS"): 0}
    for row in range(found.samples):
        one = at(baseline, {key: float(drawn[row]) for key, drawn in values.items()})
        for told in loads(one, trend(one)):
            key = (told.measure, told.region)
            if key in count:
                count[key] += bool((told.shares >= 1).any())
    for (measure, region), reached in count.items():
        (first,) = (
            one for one in found.firsts if (one.measure, one.region, one.name) == (measure, region, "overloaded")
        )
        assert first.probability == reached / found.samples
        share = first.probability
        assert first.error == pytest.approx((share * (1 - share) / found.samples) ** 0.5)


def test_the_same_numbers_every_time(baseline, found):
    pd.testing.assert_frame_equal(early_warning(baseline, 32).frame(), found.frame())


def test_without_draws_there_is_no_probability(baseline):
    told = early_warning(baseline, 0)
    assert told.samples == 0
    assert {one.probability for one in told.firsts} == {None}
    assert told.frame()["probability_overloaded"].isna().all()


def test_records_that_do_not_fit_together_cost_the_probabilities_and_not_the_run(baseline, monkeypatch):
    """The loads of the trend stand; where the draws failed is said."""

    def refuse(*_):
        problems = Problems()
        problems.add("P-14", "params/water.toml   water.use_base.ORDOS", "1", same("2"), same("3"))
        problems.raise_if_any()

    monkeypatch.setattr("regmodel.runs.warning.side_by_side", refuse)
    told = early_warning(baseline, 8)
    assert (told.samples, told.unfit) == (0, "params/water.toml   water.use_base.ORDOS")
    assert {one.probability for one in told.firsts} == {None}
    assert "water.use_base.ORDOS" in "\n".join(lines(told, baseline, "en"))
    assert "无概率" in "\n".join(lines(told, baseline, "zh"))


def test_the_table_has_every_region_and_year(found):
    frame = found.frame()
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(found.loads) * 16
    assert set(frame["class"]) <= {"not_overloaded", "critical", "overloaded", "severely_overloaded"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_reads_in_both_languages(baseline, found, language):
    said = "\n".join(lines(found, baseline, language))
    for words in {
        "en": ("Ordos", "First overloaded", "chance by 2035"),
        "zh": ("鄂尔多斯", "首次超载", "至2035年概率"),
    }[language]:
        assert words in said
    assert "{" not in said


def test_the_invented_pair_has_loads_too(pair):
    """Its own caps and names, without those of the shipped regions."""
    told = early_warning(pair(), 8)
    assert {one.region for one in told.loads} <= {"PAIR", "UPLAND", "RIVERSIDE"}
    assert any(one.measure == USE for one in told.loads)


def test_the_verb_writes_a_table_and_never_over_another(tmp_path, capsys):
    place = tmp_path / "loads.csv"
    assert cli.main(["warning", "--samples", "4", "--out", str(place), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["samples"] == 4
    assert place.read_bytes().startswith(b"\xef\xbb\xbfmeasure,region,year,load,class")
    assert cli.main(["warning", "--samples", "4", "--out", str(place)]) == 1
    assert "[E-01]" in capsys.readouterr().err


def test_classes_out_of_order_are_refused(tmp_path):
    text = (shipped_folder() / "load_classes.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "load_classes.csv").write_text(text.replace(",1.2,", ",0.95,"), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_load_classes(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["P-06", "P-06"]


def test_limits_give_way_as_the_clause_does(baseline):
    """One more 10^8 m3 of ease is one more under the load."""
    eased = changed(baseline, {"clause.cap.water_use_total.ORDOS.2025.ease_high": 1.0})
    pair = [by_place(early_warning(one, 0))[USE, "ORDOS"] for one in (baseline, eased)]
    assert pair[1].limits[5] - pair[0].limits[5] == pytest.approx(100.0)
    assert replace(pair[1], shares=None, limits=None) == replace(pair[0], shares=None, limits=None)
