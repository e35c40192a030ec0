"""What a run tells ends by work and not by the clock: however long it took, the same inputs give the same numbers."""

from __future__ import annotations

import time

from regmodel.feasibility.allowance import Clock, Work
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.prices import shadow_prices


def test_work_is_the_same_each_time_and_grows_with_each_solve(pair_case):
    """Two engines that are asked the same count the same work, whatever the time that it took."""
    counted = []
    for wait in (0.0, 0.05):
        engine = engine_for(pair_case)
        engine.decide(preferred=True)
        first = engine.solver.work
        time.sleep(wait)
        engine.shortfall()
        counted.append((first, engine.solver.work))
        assert 0 < first < engine.solver.work
    assert counted[0] == counted[1]


def test_work_is_used_up_by_solves_and_not_by_waiting(pair_case):
    engine = engine_for(pair_case)
    allowed = Work(engine.solver, 1.0)
    half = allowed.share(0.5)
    time.sleep(0.01)
    assert not allowed.over
    engine.decide(preferred=True)
    assert allowed.over
    assert half.over
    assert allowed.share(0.5).over


def test_a_clock_is_used_up_by_waiting():
    assert Clock(0.0).over
    assert not Clock(1000.0).over
    assert Clock(1000.0).share(0.5).end < Clock(1000.0).end


def test_prices_do_not_depend_on_where_the_engine_stood(pair_case):
    """One engine comes from the plan that is preferred, the other from the plan that misses least."""
    told = []
    for asked in ("preferred", "shortfall"):
        engine = engine_for(pair_case)
        if asked == "preferred":
            engine.decide(preferred=True)
        else:
            engine.shortfall()
        told.append(shadow_prices(pair_case, engine))
    assert told[0]
    assert told[0] == told[1]
