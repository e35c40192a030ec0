"""One number: how far the furthest plan goes on the way from the base year to all its targets at once."""

from __future__ import annotations

import pytest

from regmodel.feasibility.attainability import PRECISION, BaseLevels, asked_at, attainability
from regmodel.feasibility.numbers import prepare

ALONE = {"clause.target.unconventional_water.PAIR.2025.enabled": False}


def reach(pair, engine, overrides):
    return attainability(prepare(pair(overrides)), engine)


def test_a_feasible_scenario_attains_everything(pair, pair_engine):
    assert reach(pair, pair_engine, {}) == 1.0


def test_a_target_beside_a_limit_attains_what_the_limit_leaves(pair, pair_engine):
    """30 % of sewage is reclaimed; a tenth of the lever allows 37 %: a fifth of the way to 65 %."""
    overrides = {
        **ALONE,
        "clause.target.reclaimed_water_rate.PAIR.2025.value": 65.0,
        "lever.reclaimed.limit": 0.1,
    }
    assert reach(pair, pair_engine, overrides) == pytest.approx(0.2, abs=2 * PRECISION)


def test_a_target_that_cannot_be_moved_at_all_attains_nothing(pair, pair_engine):
    overrides = {
        **ALONE,
        "clause.target.reclaimed_water_rate.PAIR.2025.value": 65.0,
        "lever.reclaimed.enabled": False,
    }
    assert reach(pair, pair_engine, overrides) == pytest.approx(0.0, abs=2 * PRECISION)


def test_a_cap_counts_cap_over_use(pair, pair_engine):
    """The pair can bring its use down to some 13.2; what it attains of a cap tells how far, whatever the cap is."""
    caps = (13.0, 12.5)
    needs = [cap / reach(pair, pair_engine, {"clause.cap.water_use_total.PAIR.2025.value": cap}) for cap in caps]
    assert needs[0] == pytest.approx(needs[1], rel=3 * PRECISION)


def test_a_target_attains_the_share_of_its_distance(pair, pair_engine):
    """What can be reached is the same number of people, however far beyond it the target stands."""
    reached = []
    for target in (100.0, 110.0):
        share = reach(pair, pair_engine, {"clause.towns_2025.value": target})
        reached.append(77 + share * (0.98 * target - 77))
    assert reached[0] == pytest.approx(reached[1], abs=0.1)


def test_asking_less_never_attains_less(pair, pair_engine):
    found = [
        reach(pair, pair_engine, {"clause.target.water_per_industrial_va_change.PAIR.2025.value": change})
        for change in (-40.0, -35.0, -30.0)
    ]
    assert found == sorted(found)


def test_at_the_whole_way_a_row_asks_what_it_asks_and_at_none_what_the_base_year_has(pair):
    case = prepare(pair({"clause.to_town.enabled": True, "clause.key_share.enabled": True}))
    base = BaseLevels(case)
    for row, numbers in zip(case.shape.rows, case.rows, strict=True):
        assert asked_at(1.0, row, numbers, base) == numbers
    at_start = {
        row.name: asked_at(0.0, row, numbers, base)
        for row, numbers in zip(case.shape.rows, case.rows, strict=True)
        if "cap" not in row.name and "land" not in row.name
    }
    assert at_start["towns_2025/2025"].low == pytest.approx(77)
    assert at_start["urb_2025/low/2025"].factor == pytest.approx(0.61)
    assert at_start["output_growth/low/2025"].low == pytest.approx(1200)
    assert at_start["to_town/2025"].low == pytest.approx(122)
    assert at_start["target.water_per_gdp_change.PAIR.2025/2025"].factor == pytest.approx(1457 / 1200)
    assert at_start["target.reclaimed_water_rate.PAIR.2025/2025"].factor == pytest.approx(0.30)


def test_the_engine_is_left_as_it_was(pair, pair_case, pair_engine):
    pair_engine.fill(pair_case)
    before = pair_engine.decide(preferred=True).solution.objective
    reach(pair, pair_engine, {"clause.cap.water_use_total.PAIR.2025.value": 13.0})
    pair_engine.fill(pair_case)
    assert pair_engine.decide(preferred=True).solution.objective == pytest.approx(before)
