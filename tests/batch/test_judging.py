"""Verdicts of samples beside those of single runs of the same numbers, on the invented pair."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.batch import judging
from regmodel.batch.judging import ALONE, Judge, Wanted
from regmodel.batch.samples import Samples
from regmodel.feasibility.allowance import Work
from regmodel.feasibility.attainability import PRECISION, attainability
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.repairs import find_repairs
from regmodel.scenario.change import change
from regmodel.vocabulary.problems import InputProblems

CAP = "clause.cap.water_use_total.PAIR.2025.value"
COUNT = 12


@pytest.fixture(scope="module")
def keys(pair):
    """The cap, and every assumed record of the pair with a range."""
    records = pair().book.records.values()
    return (CAP, *sorted(f"record.{one.key}" for one in records if one.confidence == "D" and one.low and one.high))


@pytest.fixture(scope="module")
def judge(pair, keys):
    return Judge(pair(), keys, ("gdp.PAIR.2035", "urbanisation_rate.PAIR.2030"))


@pytest.fixture(scope="module")
def samples(pair, keys):
    """Numbers drawn over the ranges; the cap from below what the pair needs to far above it."""
    draw, book = np.random.default_rng(3).random((COUNT, len(keys))), pair().book
    ends = [(12.0, 24.0)]
    ends += [
        (float(book.records[key.removeprefix("record.")].low), float(book.records[key.removeprefix("record.")].high))
        for key in keys[1:]
    ]
    low, high = np.array(ends).T
    return Samples(tuple(f"s{number}" for number in range(COUNT)), keys, low + draw * (high - low))


@pytest.fixture(scope="module")
def primed(judge, samples):
    return judge.prime(samples[:6])


@pytest.fixture(scope="module")
def table(judge, samples, primed):
    return judge.judge(samples, primed)


@pytest.fixture(scope="module")
def alone(judge, samples):
    """Each sample by itself: its case and the engine of a single run filled with it."""
    engine = engine_for(judge.case)
    engine.solver.safe_only = False
    return [(prepare(judge.scenario(samples, number)), engine) for number in range(COUNT)]


def test_a_sample_has_the_verdict_of_a_single_run(table, alone):
    """The engine of a single run, afresh and without a pool, says the same of every sample; both verdicts occur."""
    told = []
    for case, engine in alone:
        engine.witnesses, engine.proofs = [], []
        engine.fill(case, afresh=True)
        told.append(engine.decide().verdict)
    assert table.column("verdict").to_pylist() == told
    assert set(told) == {"feasible", "infeasible"}


def test_every_verdict_says_whether_it_is_proved_and_how(table):
    """A verdict without a certificate would be undecided; plans and proofs of other samples decide some."""
    assert all(table.column("proved").to_pylist())
    assert {"witness", "proof"} <= set(table.column("how").to_pylist()) <= {"witness", "regions", "proof", "solve"}


def test_samples_are_told_the_same_in_any_company(judge, samples, primed, table):
    """Chunks of other sizes and in another order tell the same of every sample."""
    parts = [judge.judge(samples[start : start + 5], primed).to_pylist() for start in (10, 5, 0)]
    assert sorted((row for part in parts for row in part), key=str) == sorted(table.to_pylist(), key=str)


def test_nothing_that_was_asked_before_shows(pair):
    """Caps alone move, so that the solver keeps its programme: forwards, and backwards after it, the rows are equal."""
    caps = np.linspace(12.9, 13.4, 8)[:, None]
    some = Samples(tuple(f"s{number}" for number in range(8)), (CAP,), caps)
    judge = Judge(pair(), (CAP,))
    primed = judge.prime(some[6:], 0)
    forwards = judge.judge(some, primed, (), ()).to_pylist()
    back = Samples(some.ids[::-1], some.keys, some.values[::-1])
    assert judge.judge(back, primed, (), ()).to_pylist()[::-1] == forwards
    assert {"solve"} <= {row["how"] for row in forwards}


def test_only_who_is_asked_is_told_more_than_the_verdict(judge, samples, primed, table):
    """Every other sample is asked: of these all is told as before, of the others neither reach nor repair."""
    told = judge.judge(samples, primed, set(samples.ids[::2]), set(samples.ids[::2])).to_pylist()
    assert told[::2] == table.to_pylist()[::2]
    for row, whole in zip(told[1::2], table.to_pylist()[1::2], strict=True):
        assert row == {
            name: None if name == "attainability" or name.startswith((ALONE, "repair")) else value
            for name, value in whole.items()
        }


def test_every_change_told_lets_its_sample_hold_and_is_that_of_a_single_run(judge, samples, table, alone):
    """Set as told in the sample, decided by the engine of a single run; of two the ways out of such a run are sought.

    Both round by a thousandth of the move; a batch finds it to a quarter of that. Where none is told there is none.
    """
    infeasible = [(number, row) for number, row in enumerate(table.to_pylist()) if row["verdict"] == "infeasible"]
    rows = [(number, row) for number, row in infeasible if row["repair"] != "none"]
    assert len(rows) > 3
    for number, row in infeasible:
        case, engine = alone[number]
        engine.witnesses, engine.proofs = [], []
        engine.fill(case, afresh=True)
        for clause in row["conflict"].split(" + ") if row["repair"] == "none" else ():
            engine.hold(set(engine.groups) - {clause})
            assert engine.decide().verdict == "infeasible"
    for number, row in rows:
        key, _, ease = row["repair"].partition(" = ")
        assert key.startswith(f"clause.{row['repair_clause']}.ease_")
        there = change(judge.scenario(samples, number), {key: float(ease)})
        assert engine_for(prepare(there)).decide().verdict == "feasible"
    for number, row in rows[:2]:
        case, engine = alone[number]
        engine.witnesses, engine.proofs = [], []
        engine.fill(case, afresh=True)
        conflicts = find_conflicts(engine, Work(engine.solver, 1e9))
        ways = find_repairs(case, engine, conflicts, Work(engine.solver, 1e9))
        least = min((one for one in ways if one.kind == "alone" and one.applied), key=lambda one: one.change).changes[0]
        assert (row["repair_clause"], row["repair_unit"]) == (least.clause, least.unit)
        assert abs(row["repair_to"] - row["repair_from"]) == pytest.approx(least.ease, rel=1.3e-3)


def test_repairs_are_told_the_same_a_few_at_a_time(judge, samples, primed, table, monkeypatch):
    monkeypatch.setattr(judging, "TOGETHER", 2)
    assert judge.judge(samples, primed).to_pylist() == table.to_pylist()


def test_a_sample_with_a_programme_of_its_own_is_told_in_full(judge, samples, table):
    """Where rows are others than the base's, nothing is carried over: the verdict, its numbers and indicators stay."""
    number, row = next((n, row) for n, row in enumerate(table.to_pylist()) if row["verdict"] == "infeasible")
    alone = judge._by_itself(samples, number, Wanted(details=True, repair=False))
    assert (alone["verdict"], alone["proved"], alone["how"]) == ("infeasible", True, "solve")
    assert alone["conflict"]
    for name in ("attainability", "worst_margin", *judge.indicators):
        assert alone[name] == pytest.approx(row[name], abs=2 * PRECISION, rel=1e-11)


def test_an_infeasible_sample_costs_few_solves(judge, samples, primed, table):
    """Counted, not timed: fewer than the ten that halving the share down to a thousandth would take by itself."""
    proved = [number for number, row in enumerate(table.to_pylist()) if row["how"] == "proof"][:4]
    some = Samples(tuple(samples.ids[n] for n in proved), samples.keys, samples.values[proved])
    before = judge.screen.engine.solver.solves
    judge.judge(some, primed, ())
    assert judge.screen.engine.solver.solves - before < 10 * len(proved)


def test_conflicts_are_infeasible_and_minimal(judge, samples, table, alone):
    """The clauses of a conflict cannot hold together by the engine; without any one of them those that are left can."""
    for number, row in enumerate(table.to_pylist()):
        if row["verdict"] != "infeasible" or number > 4:
            continue
        case, engine = alone[number]
        members = set(row["conflict"].split(" + "))
        engine.fill(case)
        engine.hold(members)
        assert engine.decide().verdict == "infeasible"
        for name in members:
            engine.hold(members - {name})
            assert engine.decide().verdict == "feasible"


def test_attainability_is_that_of_a_single_run(table, alone):
    """The same question as for one scenario, answered to the same precision."""
    rows = table.to_pylist()
    infeasible = [number for number, row in enumerate(rows) if row["verdict"] == "infeasible"][:3]
    for number in infeasible:
        case, engine = alone[number]
        assert rows[number]["attainability"] == pytest.approx(attainability(case, engine), abs=2 * PRECISION)
    assert all(row["attainability"] == 1.0 for row in rows if row["verdict"] == "feasible")


def test_a_clause_that_holds_alone_does_so_by_itself(table, alone):
    """What is told of each clause alone is what the engine says when only that clause is held."""
    number, row = next((n, row) for n, row in enumerate(table.to_pylist()) if row["verdict"] == "infeasible")
    case, engine = alone[number]
    engine.fill(case)
    for name, held in row.items():
        if name.startswith(ALONE) and held is not None:
            engine.hold({name.removeprefix(ALONE)})
            assert (engine.decide().verdict == "feasible") == held


def test_the_worst_margin_is_that_of_the_trend(table, alone):
    """By hand: what the trend reclaims and takes from mines, less the floor of the clause, over the row's size."""
    row = table.to_pylist()[0]
    case, _ = alone[0]
    assert row["worst_margin_clause"] == "target.unconventional_water.PAIR.2025"
    numbers = next(
        numbers
        for shape, numbers in zip(case.shape.rows, case.rows, strict=True)
        if shape.clause == row["worst_margin_clause"]
    )
    trend = case.projection
    taken = sum(float(trend.total(f"water_supply_{name}", "PAIR")[5]) for name in ("reclaimed", "mine_water"))
    assert row["worst_margin"] == pytest.approx((taken - numbers.low) / numbers.scale, abs=1e-9)


def test_indicators_are_those_of_the_trend(table, alone):
    """Output of the pair and its urban share, in printed units, as a single projection has them."""
    for row, (case, _) in list(zip(table.to_pylist(), alone, strict=True))[:6]:
        assert row["gdp.PAIR.2035"] == pytest.approx(float(case.projection.total("gdp", "PAIR")[15]), rel=1e-11)
        share = 100 * float(case.projection.share_in_towns("PAIR")[10])
        assert row["urbanisation_rate.PAIR.2030"] == pytest.approx(share, rel=1e-11)


def test_the_table_has_the_columns_that_the_judge_declares(judge, table):
    """Every part of a store has the same columns, whatever its samples are."""
    assert table.schema == judge.schema


def test_a_sample_that_cannot_be_used_is_told_with_its_problem(judge, samples, primed):
    """Not a number is no number: the sample is undecided, and the others are told as ever."""
    values = samples.values[:2].copy()
    values[0, 0] = np.nan
    rows = judge.judge(Samples(samples.ids[:2], samples.keys, values), primed).to_pylist()
    assert (rows[0]["verdict"], rows[0]["problem"], rows[0]["proved"]) == ("undecided", "S-08", False)
    assert rows[1]["problem"] is None


def test_an_unknown_key_is_refused(pair):
    """A key that names nothing would be a column without effect."""
    with pytest.raises(InputProblems):
        Judge(pair(), ["record.water.glacier_melt"])
