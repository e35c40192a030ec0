"""The smallest change of one clause that lets an infeasible scenario hold, for the scenarios that are asked."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

from regmodel.batch.blocks import open_design
from regmodel.batch.judging import Judge
from regmodel.batch.mending import columns
from regmodel.batch.pool import Primed
from regmodel.batch.samples import Samples
from regmodel.feasibility import many_repairs
from regmodel.feasibility.allowance import Work
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.many_repairs import Asked, Mended, smallest_changes
from regmodel.feasibility.many_verdicts import Known
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.repairs import find_repairs
from regmodel.feasibility.support import Support, used_rows
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


def mended(judge, samples, number, clauses):
    """What is told of one sample whose conflict is said to have these clauses; its proof is the solver's own."""
    case = prepare(judge.scenario(samples, number))
    parameters = judge.screen.parameters(case, 1)
    multipliers = judge.screen.solved(parameters, 0).multipliers
    proof = Support(judge.screen.compiled, used_rows(multipliers), clauses, parameters.of(0))
    (found,) = smallest_changes(Known(judge.screen, (), ()), (), case, parameters, [Asked(0, case, proof)])
    return found


def test_no_way_out_of_a_single_run_by_one_clause_is_smaller(judge, samples):
    """The ways out of a single run, each clause alone, beside the change told: the same clause and end.

    Both round outwards by a thousandth of the move, and one is found to a quarter of that.
    """
    case = prepare(judge.scenario(samples, 1))
    engine = engine_for(case)
    conflicts = find_conflicts(engine, Work(engine.solver, 1e9))
    ways = [one for one in find_repairs(case, engine, conflicts, Work(engine.solver, 1e9)) if one.kind == "alone"]
    least = min((one for one in ways if one.applied), key=lambda one: one.change).changes[0]
    names = {name for conflict in conflicts.found for name in conflict.clauses}
    told = mended(judge, samples, 1, names).change
    assert (told.clause, told.side, told.start, told.unit) == (least.clause, least.side, least.start, least.unit)
    assert told.ease == pytest.approx(least.ease, rel=1.3e-3)


def test_none_is_told_only_where_it_is_shown(judge, samples, monkeypatch):
    """Growth let go leaves the sample infeasible. That no end is found shows nothing: without the cap it holds."""
    assert mended(judge, samples, 1, ["output_growth"]) == Mended(None, hopeless=True)
    monkeypatch.setattr(many_repairs._Search, "_gone_from", lambda *_: None)
    assert mended(judge, samples, 1, [CLAUSE]) == Mended(None, hopeless=False)
    assert columns(Mended(None, hopeless=True)) == {"repair": "none"}
    assert columns(Mended(None)) == {}


KEPT = (CLAUSE, "path.population.PAIR", "path.water_needs", "towns_2025", "urb_2025")
TOWNS = {
    "clause.towns_2025.value": 90.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
    "record.population.net_migration_band": 1.0,
}


@pytest.fixture(scope="module")
def crowded(pair):
    """More people in towns than the share allows; with a cap of 13 there is too little water besides."""
    off = {
        f"clause.{active.clause.id}.enabled": False
        for active in pair().clauses
        if active.clause.bounding and active.clause.id not in KEPT
    }
    judge = Judge(pair({**off, **TOWNS}), (CAP,))
    some = Samples(("dry", "wet"), (CAP,), np.array([[13.0], [40.0]]))
    return judge, some, judge.judge(some, judge.prime(some, 0), detailed=()).to_pylist()


def test_two_conflicts_apart_are_mended_by_none(crowded):
    """Towns and water clash for themselves: whichever one clause is let go, the other conflict stays."""
    judge, some, (dry, _) = crowded
    assert (dry["verdict"], dry["repair"], dry["repair_clause"]) == ("infeasible", "none", None)
    engine = engine_for(prepare(judge.scenario(some, 0)))
    for clause in engine.groups:
        engine.hold(set(engine.groups) - {clause})
        assert engine.decide().verdict == "infeasible"


def test_a_share_or_a_head_count_gives_way_as_in_a_single_run(crowded):
    judge, some, (_, wet) = crowded
    case = prepare(judge.scenario(some, 1))
    engine = engine_for(case)
    conflicts = find_conflicts(engine, Work(engine.solver, 1e9))
    ways = find_repairs(case, engine, conflicts, Work(engine.solver, 1e9))
    least = min((one for one in ways if one.kind == "alone" and one.applied), key=lambda one: one.change).changes[0]
    assert (wet["repair_clause"], wet["repair_from"]) == (least.clause, least.start)
    assert wet["repair_clause"] in ("towns_2025", "urb_2025")
    assert abs(wet["repair_to"] - wet["repair_from"]) == pytest.approx(least.ease, rel=1.3e-3)


def test_what_a_scenario_lets_an_end_give_way_already_is_added(pair, samples):
    """A cap of 12.2 that may be passed by 0.5 is passed by less than 0.5 more; what is set is both together."""
    judge = Judge(change(pair(), {f"clause.{CLAUSE}.ease_high": 0.5}), (CAP,))
    (row,) = judge.judge(samples[:1], Primed(), detailed=()).to_pylist()
    key, _, ease = row["repair"].partition(" = ")
    assert key == f"clause.{CLAUSE}.ease_high"
    assert row["repair_from"] == pytest.approx(12.7)
    assert float(ease) == pytest.approx(0.5 + row["repair_to"] - row["repair_from"])
    scenario = judge.scenario(samples, 0)
    for value, verdict in ((float(ease), "feasible"), (float(ease) - 0.01, "infeasible")):
        assert engine_for(prepare(change(scenario, {key: value}))).decide().verdict == verdict


def test_nothing_is_told_where_the_questions_did_not_suffice(judge, samples, monkeypatch):
    monkeypatch.setattr(many_repairs, "PROOFS", 0)
    assert mended(judge, samples, 1, [CLAUSE]) == Mended(None, hopeless=False)


def test_a_change_that_does_not_suffice_is_followed_by_a_larger_one(judge, samples, monkeypatch):
    """A conflict that says nothing lets the search begin too near: the whole answers, and it ends the same."""
    whole = mended(judge, samples, 1, [CLAUSE])
    first = []

    def deaf(self, end, support, known=many_repairs._Search._gone_from):
        first.append(end)
        return 1e-3 if len(first) == 1 else known(self, end, support)

    monkeypatch.setattr(many_repairs._Search, "_gone_from", deaf)
    assert mended(judge, samples, 1, [CLAUSE]).change.ease == pytest.approx(whole.change.ease, rel=1.3e-3)
    assert len(first) > 1


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


def test_all_are_mended_unless_the_design_asks_some(design_of):
    """Without a word on it those that are told in full are asked for their repair; with 0 none."""
    count = "count = 50\nseed = 1"
    assert len(open_design(design_of(CASES.three("random", count))).mended_places) == 50
    some = open_design(design_of(CASES.three("random", f"{count}\ndetails = 5")))
    assert some.mended_places.tolist() == some.detailed_places.tolist() == [0, 12, 24, 36, 49]
    none = open_design(design_of(CASES.three("random", f"{count}\nrepairs = 0")))
    assert (len(none.mended_places), len(none.detailed_places)) == (0, 50)
