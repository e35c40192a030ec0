"""Moves that are foreseen to leave the verdict as it is, beside each of them asked by itself."""

from __future__ import annotations

import pytest

from regmodel.feasibility import foreseen as rooms
from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.assumed_moves import after, after_each, directed_moves, mixed_moves
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.foreseen import unturned
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.trials import Trials
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
