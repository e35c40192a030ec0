"""Plans near the best: ranges hold the plan shown, widen with the loss, and are reached by plans within it."""

from __future__ import annotations

import pytest

from regmodel.feasibility.alternatives import QUANTITIES, TARGET_YEARS, alternatives
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.replay import replay
from regmodel.vocabulary.sets import BASE_YEAR


@pytest.fixture(scope="module")
def engine(pair_case):
    return engine_for(pair_case)


@pytest.fixture(scope="module")
def found(pair_case, engine):
    return {loss: alternatives(pair_case, engine, loss) for loss in (0.0, 0.01, 0.05)}


def test_every_region_variable_and_year_is_there_and_proved(found, pair_case):
    regions = pair_case.paths.regions.ids()
    for answer in found.values():
        assert answer.verdict == "feasible"
        assert answer.complete
        assert len(answer.ranges) == len(regions) * len(QUANTITIES) * len(TARGET_YEARS)
        assert all(one.proved for one in answer.ranges)


def test_ranges_hold_the_plan_shown(found):
    for answer in found.values():
        for one in answer.ranges:
            assert one.low <= one.shown <= one.high


def test_the_plan_shown_is_that_of_the_accounts(found, pair_case, engine):
    engine.fill(pair_case)
    engine.solver.forget()
    plan = replay(pair_case, engine.compiled, engine.decide(preferred=True).columns)
    for one in found[0.0].ranges:
        told = float(plan.total(one.variable, one.region)[one.year - BASE_YEAR])
        assert one.shown == pytest.approx(told, rel=1e-2)


def test_more_loss_leaves_more_room(found):
    for tight, middle, wide in zip(*(answer.ranges for answer in found.values()), strict=True):
        room = 1e-3 * abs(tight.shown)
        assert wide.low - room <= middle.low <= tight.low + room
        assert tight.high - room <= middle.high <= wide.high + room


def test_without_loss_much_is_the_same_and_with_it_less(found):
    same = [sum(one.same for one in answer.ranges) for answer in found.values()]
    assert same[0] > same[1] >= same[2]


def test_without_time_nothing_is_called_the_same(pair_case, engine):
    answer = alternatives(pair_case, engine, 0.0, seconds=0.0)
    assert answer.verdict == "feasible"
    assert not answer.complete
    assert not any(one.same or one.proved or one.finished for one in answer.ranges)


def test_the_row_of_the_loss_is_taken_out_again(found, pair_case, engine):
    assert engine.solver.highs.getNumRow() == len(engine.compiled.rows)
    engine.fill(pair_case)
    assert engine.decide().verdict == "feasible"


def test_where_no_plan_holds_there_are_no_others(pair, engine):
    case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": 13.0}))
    answer = alternatives(case, engine)
    assert answer.verdict == "infeasible"
    assert answer.ranges == ()
