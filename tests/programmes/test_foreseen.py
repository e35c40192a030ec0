"""Moves that are foreseen to leave the verdict as it is, beside each of them asked by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regmodel.feasibility import foreseen as rooms
from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.assumed_moves import Move, Part, after, after_each, directed_moves, mixed_moves
from regmodel.feasibility.engine import UNDECIDED, engine_for
from regmodel.feasibility.foreseen import unturned
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.trials import Trials
from regmodel.scenario import load
from regmodel.vocabulary.many import each_of

CAP = "clause.cap.water_use_total.PAIR.2025.value"


def moves_of(scenario, end):
    return (*directed_moves(scenario, end), *mixed_moves(scenario))


@pytest.mark.parametrize(("cap", "end", "verdict"), [(15.5, "hard", "feasible"), (12.6, "easy", "infeasible")])
def test_what_is_foreseen_is_what_is_found_when_asked(pair, cap, end, verdict):
    """The cap lies near where the verdict turns: most moves are foreseen, and none that turns it is."""
    scenario = pair({CAP: cap})
    case = prepare(scenario)
    engine = engine_for(case)
    moves = moves_of(scenario, end)
    trials = Trials(case, engine, Clock(1e6))
    assert trials.start.verdict == verdict
    found = unturned(case, engine, trials.start, moves)
    asked = {move: trials.turned([move]) for move in moves}
    assert {move for move in found if asked[move] is not False} == set()
    assert len(found) > len(moves) / 2
    assert any(asked.values())
    assert [filled for filled in (trials.numbers([]),) if filled is not None and filled.same_rows(trials.here)]


def test_moves_side_by_side_have_the_numbers_that_each_has_by_itself(pair):
    """Every parameter of every move, but for the order in which sums are added up."""
    scenario = pair()
    moves = moves_of(scenario, "hard")
    together = prepare(after_each(scenario, moves), slopes=False)
    for number, move in enumerate(moves):
        alone = prepare(after(scenario, [move]), slopes=False)
        for name, values in alone.values.items():
            each = each_of(together.values[name], len(moves))[..., number]
            assert each == pytest.approx(values, rel=1e-12, abs=1e-12), (move.name, name)


def test_what_is_foreseen_is_not_asked_and_changes_no_answer(pair, monkeypatch):
    """With nothing foreseen every move is asked: the same turn the verdict."""
    scenario = pair({CAP: 15.5})
    case = prepare(scenario)
    engine = engine_for(case)
    moves = moves_of(scenario, "hard")
    told, questions = [], []
    for known in (unturned, lambda *_: frozenset()):
        monkeypatch.setattr("regmodel.feasibility.trials.unturned", known)
        engine.witnesses, engine.proofs = [], []
        trials = Trials(case, engine, Clock(1e6))
        trials.foresee(moves)
        told.append([trials.turned([move]) for move in moves])
        questions.append(len(trials._answers))
    assert told[0] == told[1]
    assert questions[0] < questions[1] / 2


def test_where_nothing_is_left_nothing_is_foreseen(pair, monkeypatch):
    """Who gives no time is told of no move: it would take some."""
    scenario = pair()
    case = prepare(scenario)
    trials = Trials(case, engine_for(case), Clock(0.0))
    monkeypatch.setattr(rooms, "Screen", None)
    trials.foresee(moves_of(scenario, "hard"))
    assert trials._unturned == frozenset()


def test_moves_that_nothing_reads_are_foreseen(pair):
    """Two moves of records that no equation reads: their scenarios differ in nothing, and hold as it does."""
    scenario = pair({CAP: 15.5})
    case = prepare(scenario)
    engine = engine_for(case)
    idle = [move for move in moves_of(scenario, "hard") if not read(scenario, case, move)]
    start = engine.decide(preferred=True)
    assert len(idle) > 1
    assert unturned(case, engine, start, idle[:2]) == frozenset(idle[:2])
    assert unturned(case, engine, start, idle[:1]) == frozenset(idle[:1])


def read(scenario, case, move):
    """Whether a move changes any parameter of the programme."""
    moved = prepare(after(scenario, [move]), slopes=False).values
    names = [name for name in moved if not name.endswith("_slope")]
    return any((moved[name] != case.values[name]).any() for name in names)


def test_of_no_moves_and_of_no_verdict_nothing_is_foreseen(pair, monkeypatch):
    scenario = pair()
    case = prepare(scenario)
    engine = engine_for(case)
    start = engine.decide(preferred=True)
    monkeypatch.setattr(rooms, "Screen", None)
    assert unturned(case, engine, start, ()) == frozenset()
    assert unturned(case, engine, UNDECIDED, moves_of(scenario, "hard")) == frozenset()


def test_a_clause_with_a_printed_window_is_asked_by_itself(pair):
    """Another figure replaces the window, which side by side it would in every scenario."""
    scenario = pair({CAP: 15.5})
    (name,) = [active.clause.id for active in scenario.clauses if active.clause.id == CAP.split(".", 1)[1][:-6]]
    clauses = tuple(
        active.asking(replace(active.clause, low=1.0, high=15.5)) if active.clause.id == name else active
        for active in scenario.clauses
    )
    windowed = replace(scenario, clauses=clauses)
    part = Part(name, "clause", 15.5, 16.0, "10^8 m3", 1.0)
    move = Move(name, (part,))
    case = prepare(windowed)
    engine = engine_for(case)
    start = engine.decide(preferred=True)
    assert unturned(case, engine, start, [move]) == frozenset()
    plain = prepare(scenario)
    engine.fill(plain)
    assert unturned(plain, engine, engine.decide(preferred=True), [move]) == frozenset([move])


@pytest.fixture(scope="module")
def shipped():
    """The scenario `plan` as it is shipped, whose recalled figures of the base year move several at a time."""
    return load("plan")


@pytest.mark.slow
def test_figures_of_the_base_year_move_side_by_side_as_alone(shipped):
    """All moves of figures and of recalled caps, and every ninth record: totals are fitted again in each."""
    every = moves_of(shipped, "hard")
    others = [move for move in every if move.parts[0].kind != "record"]
    assert {len(move.parts) for move in others} > {1}
    moves = (*others, *[move for move in every if move.parts[0].kind == "record"][::9])
    together = prepare(after_each(shipped, moves), slopes=False)
    for number, move in enumerate(moves):
        alone = prepare(after(shipped, [move]), slopes=False)
        for name, values in alone.values.items():
            each = each_of(together.values[name], len(moves))[..., number]
            assert each == pytest.approx(values, rel=1e-9, abs=1e-9), (move.name, name)
