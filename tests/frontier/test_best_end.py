"""The best value of one end: it holds when it is asked for, and a little beyond nothing does."""

from __future__ import annotations

import pytest

from regmodel.feasibility.asked_ends import AskedEnds
from regmodel.feasibility.best_end import best_end, best_or_verdict, inwards, step_of
from regmodel.feasibility.easing import eased_case
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare

ENDS = [
    ("urb_2025", "low"),  # a share of people who are variables themselves
    ("towns_2025", "low"),  # a number of people
    ("towns_growth", "low"),  # a window
    ("output_growth", "low"),  # a rate that bends the level
    ("new_land_2025", "high"),  # its figure is read by other clauses too
    ("land_per_head", "high"),  # a coefficient that vanishes at the best value
    ("cap.water_use_total.PAIR.2025", "high"),  # alike in many years
    ("path.population.PAIR", "low"),  # a rate over many years
    ("path.gdp_growth_2026_2035.PAIR", "low"),  # growth since a year that is a variable itself
    ("target.water_per_gdp_change.PAIR.2025", "high"),
    ("target.reclaimed_water_rate.PAIR.2025", "low"),
]


@pytest.fixture(scope="module")
def fresh(pair_case):
    """An engine that nothing was asked before."""
    return engine_for(pair_case)


def verdict_at(case, engine, clause, side, value):
    """The verdict with the end at a value, by a case and a search of its own."""
    asked = AskedEnds(case, engine, ((clause, side),))
    start = asked.value((clause, side), 0.0)
    asked.leave()
    ease = start - value if side == "low" else value - start
    other = "high" if side == "low" else "low"
    there = eased_case(case, {(clause, side): ease, (clause, other): 10 * abs(ease)})
    engine.solver.safe_only = False
    engine.fill(there, afresh=True)
    engine.witnesses.clear()
    engine.proofs.clear()
    try:
        return engine.decide().verdict
    finally:
        engine.solver.safe_only = True
        engine.fill(case)


@pytest.mark.parametrize(("clause", "side"), ENDS)
def test_the_best_value_holds_and_nothing_beyond_does(clause, side, pair_case, fresh):
    best = best_end(pair_case, fresh, clause, side)
    assert best is not None
    assert best.certified
    assert best.value >= best.asked if side == "low" else best.value <= best.asked
    assert verdict_at(pair_case, fresh, clause, side, best.value) == "feasible"
    assert verdict_at(pair_case, fresh, clause, side, best.beyond) == "infeasible"


@pytest.mark.parametrize("clause", ["urb_2025", "towns_2025", "output_growth", "cap.water_use_total.PAIR.2025"])
def test_its_override_asks_for_just_that(clause, pair, pair_case, fresh):
    side = "high" if clause.startswith("cap") else "low"
    best = best_end(pair_case, fresh, clause, side)
    there = prepare(pair(dict(best.override)))
    asked = AskedEnds(there, fresh, ((clause, side),))
    assert asked.value((clause, side), 0.0) == pytest.approx(best.value, rel=1e-9)
    asked.leave()
    assert fresh.decide().verdict == "feasible"


def test_a_figure_that_other_clauses_read_gives_no_override(pair_case, fresh):
    """The quota of land is printed once; later periods take a share of it."""
    assert best_end(pair_case, fresh, "new_land_2025", "high").override == {}


def test_a_cap_that_cannot_hold_says_how_far_it_has_to_give_way(pair, fresh):
    case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": 13.0}))
    verdict, best = best_or_verdict(case, fresh, "cap.water_use_total.PAIR.2025", "high")
    assert verdict == "feasible"
    assert best.value > best.asked == 13.0
    assert best.override == {"clause.cap.water_use_total.PAIR.2025.ease_high": pytest.approx(best.value - 13.0)}
    assert [year for year, _, _ in best.by_year] == list(range(2025, 2036))


def test_where_the_other_clauses_cannot_hold_there_is_none(pair, fresh):
    case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": 13.0}))
    assert best_or_verdict(case, fresh, "urb_2025", "low") == ("infeasible", None)


def test_the_engine_is_left_as_it_was(pair_case, fresh):
    best_end(pair_case, fresh, "land_per_head", "high")
    assert fresh.solver.safe_only
    assert fresh.decide().verdict == "feasible"
    assert (fresh.solver.column_high[[give.column for give in fresh.gives]] == 0).all()


@pytest.mark.parametrize(
    ("value", "side", "rounded", "beyond"),
    [
        (73.75464, "low", 73.7546, 73.7548),
        (13.16416, "high", 13.1642, 13.164),
        (-0.1763666, "high", -0.176366, -0.176368),
    ],
)
def test_values_are_rounded_to_the_side_on_which_plans_are(value, side, rounded, beyond):
    step = step_of(value, 1.0)
    assert inwards(value, step, side) == pytest.approx(rounded, abs=step / 100)
    assert inwards(value, step, side, -2.0) == pytest.approx(beyond, abs=step / 100)
