"""The smallest change of one clause that lets an infeasible scenario hold, for the scenarios that are asked."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from regmodel.batch import mending
from regmodel.batch.blocks import open_design
from regmodel.batch.judging import Judge
from regmodel.batch.pool import Primed
from regmodel.batch.samples import Samples
from regmodel.feasibility import repairs
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.scenario.change import change

CASES = sys.modules["batch_cases"]
CAP = CASES.CAP
CLAUSE = "cap.water_use_total.PAIR.2025"


@pytest.fixture(scope="module")
def judge(pair):
    return Judge(pair(), (CAP,))


@pytest.fixture(scope="module")
def samples():
    """Far too little, too little, and enough."""
    return Samples(("far", "near", "enough"), (CAP,), np.array([[12.2], [12.9], [14.6]]))


@pytest.fixture(scope="module")
def rows(judge, samples):
    return {row["sample"]: row for row in judge.judge(samples, Primed(), {"far", "near", "enough"}, ()).to_pylist()}


def test_the_change_is_enough_and_a_little_less_is_not(judge, samples, rows):
    """Written into the scenario as it is told, by the engine of a single run; nine tenths of it leave it infeasible."""
    row = rows["near"]
    assert row["verdict"] == "infeasible"
    assert (row["repair_clause"], row["repair_from"], row["repair_unit"]) == (CLAUSE, 12.9, "10^8 m3")
    key, _, ease = row["repair"].partition(" = ")
    assert row["repair_to"] == pytest.approx(row["repair_from"] + float(ease))
    scenario = judge.scenario(samples, 1)
    for share, verdict in ((1.0, "feasible"), (0.9, "infeasible")):
        there = change(scenario, {key: share * float(ease)})
        assert engine_for(prepare(there)).decide().verdict == verdict


def test_less_water_needs_a_larger_change(rows):
    far, near = (rows[name]["repair_to"] - rows[name]["repair_from"] for name in ("far", "near"))
    assert far > near > 0


def test_what_holds_needs_no_change_and_what_is_not_asked_is_not_told(judge, samples, rows):
    assert rows["enough"]["repair"] is None
    told = judge.judge(samples, Primed(), {"far"}, ()).to_pylist()
    assert [row["repair"] is not None for row in told] == [True, False, False]


def test_the_change_does_not_depend_on_what_was_asked_before(judge, samples, rows):
    back = Samples(samples.ids[::-1], samples.keys, samples.values[::-1])
    again = {row["sample"]: row for row in judge.judge(back, Primed(), set(samples.ids), ()).to_pylist()}
    for name in samples.ids:
        assert {key: value for key, value in again[name].items() if key.startswith("repair")} == {
            key: value for key, value in rows[name].items() if key.startswith("repair")
        }


@pytest.mark.parametrize(("clause", "told"), [("output_growth", {"repair": "none"}), (CLAUSE, {})])
def test_none_is_told_only_where_it_is_shown(judge, samples, monkeypatch, clause, told):
    """A search that gives nothing shows nothing: the others must fail without the clause, as without the cap not."""
    monkeypatch.setattr(repairs, "least_eases", lambda *_: None)
    assert judge.mender.columns(judge.scenario(samples, 1), [clause]) == told


def test_nothing_is_told_where_the_work_did_not_suffice(judge, samples, monkeypatch):
    monkeypatch.setattr(mending, "WORK", 0.0)
    assert judge.mender.columns(judge.scenario(samples, 1), ["output_growth"]) == {}


def test_so_many_scenarios_are_asked_at_even_distances(serial, design, pair_shipped):
    """Four of twelve, in chunks of two: places 0, 3, 7 and 11; the manifest says so."""
    read = open_design(design)
    assert read.mended_places.tolist() == [0, 3, 7, 11]
    asked = {name for chunk in read.chunks() for name in read.mended(chunk, read.samples(chunk))}
    found = serial.results()
    assert asked == {found["sample"][place] for place in (0, 3, 7, 11)}
    expected = asked & set(found["sample"][found["verdict"] == "infeasible"])
    assert set(found["sample"][found["repair"].notna()]) == expected
    assert json.loads((serial.folder / "manifest.json").read_text(encoding="utf-8"))["repairs_asked"] == 4


def test_all_are_told_in_full_unless_the_design_asks_some(design_of):
    """Without a word on it of all; of 5 of 50 at places 0, 12, 24, 36 and 49; of 0 of none."""
    count = "count = 50\nseed = 1"
    assert open_design(design_of(CASES.three("random", count))).detailed_places.tolist() == list(range(50))
    some = open_design(design_of(CASES.three("random", f"{count}\ndetails = 5")))
    assert some.detailed_places.tolist() == [0, 12, 24, 36, 49]
    asked = [name for chunk in some.chunks() for name in some.detailed(chunk, some.samples(chunk))]
    assert len(asked) == 5
    assert len(open_design(design_of(CASES.three("random", f"{count}\ndetails = 0"))).detailed_places) == 0


def test_twenty_are_asked_where_the_design_says_nothing_and_none_where_it_says_so(design_of):
    assert len(open_design(design_of(CASES.three("random", "count = 50\nseed = 1"))).mended_places) == 20
    assert len(open_design(design_of(CASES.three("random", "count = 50\nseed = 1\nrepairs = 0"))).mended_places) == 0
