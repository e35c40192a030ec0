"""Which assumptions decide, against hand arithmetic and against every subset; what the verdict rests on besides.

One demand on growth is left in force. A region grows by what it invests, at most its share of output, over the
investment that new output needs: 40 % over 6 gives 6.67 % a year, whatever else happens.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product

import pytest

from regmodel.feasibility import deciding as deciding_rooms
from regmodel.feasibility import rests_on as rests_rooms
from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.assumed_ends import at_end, mixed_records, mixed_samples
from regmodel.feasibility.assumed_moves import after, directed_moves, mixed_moves, sampled_moves
from regmodel.feasibility.certificate import check_float, clip
from regmodel.feasibility.deciding import Turned, deciding
from regmodel.feasibility.engine import UNDECIDED, engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.proof_reads import AssumedReader
from regmodel.feasibility.questions import Questions
from regmodel.feasibility.rests_on import rests_on, with_readings, without_assumed_caps
from regmodel.plans import bounds

GROWTH = "output_growth"
NEED, SHARE = "output.icor", "output.investment_share_limit"
PATH = "path.gdp_growth_2021_2025.PAIR"
TREND = "output.trend_growth_2021_2025"
PRECISION = 1e-3
FEW = {NEED, SHARE, "output.job_slack", "output.sector_decline_limit", "water.conversion_limit", "land.reuse_limit"}


@pytest.fixture(scope="module")
def growing(pair):
    """The pair with nothing asked but growth of at least so much, as printed, and overrides."""
    others = {
        f"clause.{active.clause.id}.enabled": False
        for active in pair().clauses
        if active.enabled and active.clause.bounding and active.clause.id != GROWTH
    }

    def make(value, overrides=None, also=()):
        kept = {key: on for key, on in others.items() if key.split(".", 1)[1].removesuffix(".enabled") not in also}
        own = {f"clause.{GROWTH}.value": value, f"clause.{GROWTH}.reading": "floor"}
        return pair({**kept, **own, **(overrides or {})})

    return make


@pytest.fixture(scope="module")
def engine(growing):
    """One engine for all; whoever uses it fills it first."""
    return engine_for(prepare(growing(5.0)))


def floor(scenario):
    """The share of output by which the demand asks to grow in a year."""
    asked = scenario.clause(GROWTH)
    return bounds(asked.clause, asked.reading).low / 100


def few(scenario):
    """Some of the moves to the hard end, the two that matter among them."""
    return tuple(move for move in directed_moves(scenario, "hard") if move.name in FEW)


def verdict(engine, scenario):
    """By a fresh pool, through the engine's own way."""
    engine.witnesses, engine.proofs = [], []
    engine.fill(prepare(scenario))
    return engine.decide().verdict


def decided(engine, scenario, *, end="hard", moves=None, seconds=120.0, mixed=False, monkeypatch=None):
    """What decides, given that everything moved to an end turns the verdict."""
    moves = directed_moves(scenario, end) if moves is None else moves
    engine.fill(prepare(after(scenario, moves)))
    turned = Turned(moves, engine.decide(), directed=True)
    if monkeypatch is not None and not mixed:
        monkeypatch.setattr(deciding_rooms, "mixed_moves", lambda scenario: ())
    return deciding(prepare(scenario), engine, turned, Clock(seconds))


def test_the_ends_are_all_directed_moves_together(pair):
    scenario = pair()
    for end in ("easy", "hard"):
        there, moved = at_end(scenario, end), after(scenario, directed_moves(scenario, end))
        assert (there.book.records, there.book.figures) == (moved.book.records, moved.book.figures)
        assert there.clauses == moved.clauses
    sample = mixed_samples(scenario.book)[0]
    there = at_end(scenario, "hard", sample)
    moved = after(scenario, (*directed_moves(scenario, "hard"), *sampled_moves(scenario, sample)))
    assert there.book.records == moved.book.records


def test_one_record_decides_where_its_ratio_meets_the_demand(growing, engine, monkeypatch):
    """New output needs 5 at first: 8 %. Alone, the share of 30 % leaves 6 %; a need of 8 leaves 5 %: too little."""
    scenario = growing(5.5, {f"record.{NEED}": 5.0})
    assert 0.40 / 8 < floor(scenario) < 0.30 / 5
    found = decided(engine, scenario, monkeypatch=monkeypatch)
    assert [(row.record, row.start, row.to, row.unit, row.alone) for row in found.deciding] == [
        (NEED, 5.0, 8.0, "ratio", True)
    ]
    assert found.deciding[0].break_even == pytest.approx(0.40 / floor(scenario), abs=3 * PRECISION)
    assert found.proved_smallest
    assert found.untried == ()


def test_where_the_plans_fail_the_easier_end_is_tried(growing, engine, monkeypatch):
    """More than 40 over 6 is asked: either record can give it, the share from less of its way, so it stands first."""
    scenario = growing(7.2)
    asked = floor(scenario)
    found = decided(engine, scenario, end="easy", monkeypatch=monkeypatch)
    assert [row.record for row in found.deciding] == [SHARE, NEED]
    assert found.deciding[0].break_even == pytest.approx(100 * asked * 6, abs=10 * PRECISION)
    assert found.deciding[1].break_even == pytest.approx(0.40 / asked, abs=PRECISION)


def test_two_records_decide_together_and_no_smaller_set_does(growing, engine, monkeypatch):
    """40 over 8 and 30 over 6 are both 5 %, enough for what is asked; 30 over 8 is not. Shown by every subset."""
    scenario = growing(4.5)
    assert 0.30 / 8 < floor(scenario) < 0.05
    moves = few(scenario)
    turning = [
        {move.name for move in some}
        for size in (0, 1, 2)
        for some in combinations(moves, size)
        if verdict(engine, after(scenario, some)) == "infeasible"
    ]
    assert turning == [{NEED, SHARE}]
    for offered in (moves, directed_moves(scenario, "hard")):
        found = decided(engine, scenario, moves=offered, monkeypatch=monkeypatch)
        assert {row.record for row in found.deciding} == {NEED, SHARE}
        assert all(row.break_even is None and not row.alone for row in found.deciding)
        assert found.proved_smallest


def test_what_decides_turns_the_verdict_when_a_user_sets_it(growing, engine, monkeypatch):
    """Written down as overrides, in printed units: a set together, single ones alone and from the break-even on."""
    together = decided(engine, growing(4.5), moves=few(growing(4.5)), monkeypatch=monkeypatch).deciding
    assert verdict(engine, growing(4.5)) == "feasible"
    assert verdict(engine, growing(4.5, {f"record.{row.record}": row.to for row in together})) == "infeasible"
    for row in decided(engine, growing(6.0), moves=few(growing(6.0)), monkeypatch=monkeypatch).deciding:
        assert row.alone
        for value, expected in ((row.to, "infeasible"), (row.break_even, "infeasible"), (row.start, "feasible")):
            assert verdict(engine, growing(6.0, {f"record.{row.record}": value})) == expected
        before = row.break_even - 2 * PRECISION * (row.to - row.start)
        assert verdict(engine, growing(6.0, {f"record.{row.record}": before})) == "feasible"


def test_a_number_without_a_direction_is_tried_at_both_ends(growing, engine, monkeypatch):
    """36 over 8 is 4.5 %; the path asks for its trend, 4 % in a range from 3 to 5: it fails from 4.5 on, and not below.

    The share decides too: at 32 it leaves the 4 % that the path asks for.
    """
    scenario = growing(1.0, {f"record.{NEED}": 8.0, f"record.{SHARE}": 36.0}, also=(PATH,))
    assert scenario.book.records[TREND].harder == "mixed"
    few = tuple(move for move in mixed_moves(scenario) if move.name in (TREND, "population.region_path_growth"))
    monkeypatch.setattr(deciding_rooms, "mixed_moves", lambda scenario: few)
    found = decided(engine, scenario, mixed=True)
    rows = {row.record: row for row in found.deciding}
    assert set(rows) == {TREND, SHARE}
    assert all(row.alone for row in found.deciding)
    assert (rows[TREND].start, rows[TREND].to, rows[TREND].unit) == (4.0, 5.0, "%/yr")
    assert rows[TREND].break_even == pytest.approx(36 / 8, abs=2 * PRECISION)
    assert rows[SHARE].break_even == pytest.approx(4.0 * 8, abs=20 * PRECISION)
    assert found.untried == ()


def test_nothing_decides_where_the_verdict_stands_whatever_is_assumed(growing, engine):
    scenario = growing(1.0)
    engine.fill(prepare(scenario))
    rests = rests_on(prepare(scenario), engine, engine.decide(preferred=True).verdict)
    assert (rests.easy, rests.central, rests.hard, rests.grade) == ("feasible", "feasible", "feasible", "whatever")
    assert (rests.deciding, rests.deciding_proved, rests.untried) == ((), True, ())
    assert rests.samples == len(mixed_samples(scenario.book))


def test_the_whole_answer_names_what_decides(growing, engine):
    """By the road that a run takes."""
    scenario = growing(4.5)
    engine.fill(prepare(scenario))
    rests = rests_on(prepare(scenario), engine, engine.decide(preferred=True).verdict)
    assert (rests.easy, rests.central, rests.hard, rests.grade) == ("feasible", "feasible", "infeasible", "depends")
    assert {row.record for row in rests.deciding} >= {NEED, SHARE} or all(row.alone for row in rests.deciding)
    assert rests.deciding_proved
    assert verdict(engine, scenario) == "feasible"


def test_a_value_of_the_user_keeps_its_place_where_it_has_no_direction(growing):
    """Where there is one, it moves to the ends of its range, which reach at least to what the user set."""
    mixed = mixed_records(growing(4.5).book)[0]
    record = growing(4.5).book.records[mixed]
    scenario = growing(4.5, {f"record.{mixed}": float(record.low), f"record.{NEED}": 9.0, f"record.{SHARE}": 35.0})
    assert mixed in {move.name for move in mixed_moves(growing(4.5))}
    assert mixed not in {move.name for move in mixed_moves(scenario)}
    moves = {move.name: move.parts[0] for move in directed_moves(scenario, "hard")}
    assert NEED not in moves
    assert (moves[SHARE].printed(0.0), moves[SHARE].printed(1.0)) == (35.0, 30.0)
    easy = {move.name: move.parts[0] for move in directed_moves(scenario, "easy")}
    assert (easy[NEED].printed(0.0), easy[NEED].printed(1.0)) == (9.0, 5.0)


def test_the_order_of_the_records_changes_nothing(growing, engine, monkeypatch):
    answers = []
    for shuffle in (False, True):
        scenario = growing(4.5)
        if shuffle:
            keys = list(scenario.book.records)
            random.Random(1).shuffle(keys)
            shuffled = {key: scenario.book.records[key] for key in keys}
            scenario = replace(scenario, book=replace(scenario.book, records=shuffled))
        engine.witnesses, engine.proofs = [], []
        answers.append(decided(engine, scenario, monkeypatch=monkeypatch))
    assert answers[0] == answers[1]


def test_an_answer_that_nothing_certifies_is_neither(growing, engine, monkeypatch):
    scenario = growing(6.0)
    moves = few(scenario)
    monkeypatch.setattr(Questions, "ask", lambda self, values: UNDECIDED)
    found = decided(engine, scenario, moves=moves, monkeypatch=monkeypatch)
    assert found.deciding == ()
    assert not found.proved_smallest
    assert set(found.untried) <= {move.name for move in moves}
    assert NEED in found.untried


def test_what_the_time_did_not_allow_is_named(growing, engine):
    scenario = growing(6.0)
    found = decided(engine, scenario, seconds=0.0)
    assert found.deciding == ()
    assert not found.proved_smallest
    offered = (*directed_moves(scenario, "hard"), *mixed_moves(scenario))
    assert found.untried == tuple(sorted({move.name for move in offered}))


def test_an_assumed_cap_left_out_is_no_reason_to_fail(pair, pair_engine):
    """A cap that stands by a record alone, at a third of the use: without it the plans hold; a printed one stays."""
    for overrides, expected in (
        ({"record.water.cap_where_none_printed": 30.0}, "feasible"),
        ({"record.water.cap_after_2025": 30.0}, "feasible"),
        ({"clause.cap.water_use_total.PAIR.2025.value": 10.0}, "infeasible"),
    ):
        scenario = pair(overrides)
        assert verdict(pair_engine, scenario) == "infeasible", overrides
        assert verdict(pair_engine, without_assumed_caps(scenario)) == expected, overrides


def test_a_proof_says_which_assumptions_it_reads_and_needs(growing, engine):
    """Whatever it does not read may move, and the same multipliers prove the same; what it needs ends the conflict."""
    scenario = growing(4.5, {f"record.{NEED}": 8.0, f"record.{SHARE}": 30.0})
    case = prepare(scenario)
    engine.witnesses, engine.proofs = [], []
    engine.fill(case)
    answer = engine.decide()
    assert answer.verdict == "infeasible"
    reader = AssumedReader(case, engine, Clock(20))
    behind = reader.behind(answer.multipliers)
    reader.close()
    assert {NEED, SHARE} <= set(behind.needed) <= set(behind.read)
    assert not {key for key in behind.read if key.startswith(("water.", "land.", "population."))}
    for move in directed_moves(scenario, "easy"):
        if move.name in behind.needed:
            assert verdict(engine, after(scenario, [move])) == "feasible"
    for move in (*directed_moves(scenario, "easy"), *mixed_moves(scenario)):
        if move.name not in behind.needed:
            engine.fill(prepare(after(scenario, [move])))
            rows = engine.system()
            proved = check_float(clip(answer.multipliers, rows), rows).proved
            assert proved or move.name in behind.read, move.name
            assert proved or engine.decide().verdict == "infeasible", move.name
    engine.fill(case)


def test_every_combination_of_readings_is_asked_and_agrees_with_a_fresh_engine(growing, engine):
    scenario = growing(4.5, also=("urb_2025", "towns_2025"))
    case = prepare(scenario)
    engine.fill(case)
    found, every = rests_rooms._readings(Questions(case, engine, 8), case)
    options = {clause: scenario.clause(clause).clause.readings for clause in (GROWTH, "urb_2025", "towns_2025")}
    assert every
    asked = sorted(sorted(entry.choices.items()) for entry in found)
    assert asked == sorted(sorted(zip(options, chosen, strict=True)) for chosen in product(*options.values()))
    for entry in found[::5]:
        assert verdict(engine, with_readings(scenario, entry.choices)) == entry.verdict


def test_too_many_combinations_are_asked_one_at_a_time_and_it_is_said(growing, engine, monkeypatch):
    scenario = growing(4.5, also=("urb_2025", "towns_2025"))
    engine.fill(prepare(scenario))
    monkeypatch.setattr(rests_rooms, "MOST_COMBINATIONS", 11)
    found, every = rests_rooms._readings(Questions(prepare(scenario), engine, 8), prepare(scenario))
    assert not every
    clauses = [scenario.clause(clause).clause for clause in (GROWTH, "urb_2025", "towns_2025")]
    asked = sorted(tuple(entry.choices.items()) for entry in found)
    assert asked == sorted(((clause.id, reading),) for clause in clauses for reading in clause.readings)
