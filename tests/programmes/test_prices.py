"""Shadow prices: the textbook's by hand, and every price of a real programme beside two solves of its own."""

from __future__ import annotations

import numpy as np
import pyomo.environ as pyo
import pytest

from regmodel.feasibility.affine import compile_programme
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.prices import (
    costs_only,
    prices_of,
    row_sizes,
    shadow_prices,
    told_rows,
)
from regmodel.feasibility.row_units import LAND, MONEY, PEOPLE, WATER, price_unit
from regmodel.feasibility.solver import Solver
from regmodel.params import convert
from regmodel.runs.binding import binding

INTENSITY = 13.65
LEVER_COST = 2.0
TARGET = 900.0
SPARE = 10.0
SECONDS = 60.0
SCARCE = {"clause.cap.water_use_total.PAIR.2025.value": 13.7}


def yuan(price):
    return None if price is None else price / convert(1.0, "CNY/m3", "yi_yuan/hm3")


def city(cap, saving_limit, most_lost=1e6):
    """What the cap of one city is worth (yuan/m3): output is asked for, may be lost at its own price, or water saved.

    Industry only, 13.65 m3 for 10^4 yuan; output of 900 x 10^8 yuan takes 122.85 hm3. Memory units.
    """
    intensity = convert(INTENSITY, "m3/10^4 CNY", "hm3/yi_yuan")
    model = pyo.ConcreteModel()
    model.output = pyo.Var(bounds=(0, 1e6))
    model.lost = pyo.Var(bounds=(0, most_lost))
    model.saving = pyo.Var(bounds=(0, saving_limit))
    model.cap = pyo.Constraint(expr=intensity * model.output - model.saving <= cap)
    model.growth = pyo.Constraint(expr=model.output + model.lost >= TARGET)
    model.cost = pyo.Objective(expr=model.lost + convert(LEVER_COST, "CNY/m3", "yi_yuan/hm3") * model.saving)
    compiled = compile_programme(model)
    solver = Solver(compiled, np.zeros(0))
    return prices_of(solver, solver.solve(), [0])[0]


def test_without_a_lever_water_is_worth_the_output_that_it_makes():
    worth = city(cap=100, saving_limit=0)
    assert yuan(worth.price) == pytest.approx(10_000 / INTENSITY)
    assert yuan(worth.price) == pytest.approx(732.6, abs=0.05)
    assert (worth.valid_from, worth.valid_to) == pytest.approx((0, TARGET * INTENSITY / 100))
    assert worth.note is None


def test_with_a_lever_to_spare_water_is_worth_what_the_lever_costs():
    worth = city(cap=100, saving_limit=1e6)
    assert yuan(worth.price) == pytest.approx(LEVER_COST)
    assert (worth.valid_from, worth.valid_to) == pytest.approx((0, TARGET * INTENSITY / 100))


def test_where_the_lever_is_used_up_the_price_changes_at_the_point_found_by_hand():
    """The target takes 122.85 hm3; saving 10 leaves 112.85, below which output is lost."""
    needed = TARGET * INTENSITY / 100
    scarce, ample = city(cap=100, saving_limit=SPARE), city(cap=120, saving_limit=SPARE)
    assert yuan(scarce.price) == pytest.approx(10_000 / INTENSITY)
    assert scarce.valid_to == pytest.approx(needed - SPARE) == pytest.approx(112.85)
    assert yuan(ample.price) == pytest.approx(LEVER_COST)
    assert (ample.valid_from, ample.valid_to) == pytest.approx((needed - SPARE, needed))


def test_at_the_point_itself_the_price_is_degenerate_and_is_that_of_more_room():
    worth = city(cap=TARGET * INTENSITY / 100 - SPARE, saving_limit=SPARE)
    assert worth.note == "degenerate"
    assert (yuan(worth.left), yuan(worth.right)) == pytest.approx((10_000 / INTENSITY, LEVER_COST))
    assert worth.price == worth.right
    assert worth.valid_from == worth.bound


def test_where_no_plan_is_left_on_one_side_any_higher_price_would_do():
    worth = city(cap=TARGET * INTENSITY / 100 - SPARE, saving_limit=SPARE, most_lost=0)
    assert (worth.note, worth.left) == ("not_unique", None)
    assert yuan(worth.price) == pytest.approx(LEVER_COST)


@pytest.mark.parametrize(
    ("unit", "printed", "size"),
    [
        (WATER, "CNY/m3", 100),  # 10^8 CNY / 10^6 m3
        (LAND, "CNY/mu", 1e8 / 1500),  # a km2 is 1500 mu
        (PEOPLE, "CNY/person", 1e4),  # 10^8 CNY / 10^4 persons
        (MONEY, "CNY/CNY", 1),
    ],
)
def test_a_price_is_printed_in_yuan(unit, printed, size):
    name, memory = price_unit(unit)
    assert (name, 1 / memory) == (printed, pytest.approx(size))


@pytest.fixture(scope="module")
def scarce(pair):
    """The pair with little water: case, engine, answer and prices."""
    case = prepare(pair(SCARCE))
    engine = engine_for(case)
    answer = engine.decide(preferred=True)
    assert answer.verdict == "feasible"
    return case, engine, answer, shadow_prices(case, engine, looks=None)


def of_clause(scarce, clause, year):
    case, engine, _, prices = scarce
    rows = zip(clause_positions(engine.compiled).tolist(), case.shape.rows, strict=True)
    (row,) = [position for position, shape in rows if (shape.clause, shape.year) == (clause, year)]
    return next((price for price in prices if price.row == row), None)


def test_a_cap_on_water_is_worth_what_the_marginal_lever_costs(scarce):
    """In 2025 reclaimed water is to spare and the dearest in use; its cost is the record's."""
    price = of_clause(scarce, "cap.water_use_total.PAIR.2025", 2025)
    book = scarce[0].scenario.book
    costs = {
        key: book.value(key) for key in book.records if key.startswith("lever.") and key.endswith((".cost", ".price"))
    }
    assert (price.price_unit, price.unit) == ("CNY/m3", "10^8 m3")
    assert price.price == pytest.approx(costs["lever.industrial_saving.cost"], rel=1e-6)
    assert price.valid_from < 13.7 < price.valid_to


def test_every_price_is_what_two_solves_of_their_own_say(scarce):
    """Least costs a little to either side of each bound and at the ends of its range, on an engine without prices."""
    case, _, _, prices = scarce
    assert len(prices) > 20
    assert all(price.price is not None for price in prices)
    engine = engine_for(case)
    units = told_rows(case, engine)
    with costs_only(case, engine) as solver:
        start = solver.solve_by_interior_point()
        sizes = row_sizes(solver, start)
        for price in prices:
            _, size, _, money = units[price.row]
            side = "low" if start.multipliers[price.row] > 0 else "high"
            bound = float((solver.low if side == "low" else solver.high)[price.row])
            for sign, told, end in ((-1, price.left, price.valid_from), (1, price.right, price.valid_to)):
                room, whole = abs(end * size - bound), sizes[price.row]
                steps = [room / 2, room] if room > 1e-5 * whole else [(3e-5 if price.note else 1e-3) * whole]
                for step in steps:
                    slope = slope_to(solver, start, price.row, side, bound + sign * step)
                    if told is None:
                        assert slope is None
                    else:
                        assert slope / money == pytest.approx(told, rel=2e-3, abs=1e-4 / money / whole), price


def slope_to(solver, start, row, side, moved):
    """The change of the least cost for one unit of a bound that is moved; None where no plan is left."""
    low, high = float(solver.low[row]), float(solver.high[row])
    ends = (moved, max(high, moved)) if side == "low" else (min(low, moved), moved)
    solver.set_rows(np.array([row]), np.array([ends[0]]), np.array([ends[1]]))
    found = solver.solve()
    solver.set_rows(np.array([row]), np.array([low]), np.array([high]))
    if found.status != "optimal":
        assert found.status == "infeasible"
        return None
    return abs(found.objective - start.objective) / abs(moved - (low if side == "low" else high))


def test_output_is_never_worth_more_than_itself(scarce):
    case, engine, _, prices = scarce
    growth = {
        position
        for position, row in zip(clause_positions(engine.compiled).tolist(), case.shape.rows, strict=True)
        if row.body == "output_growth"
    }
    found = [price.price for price in prices if price.row in growth]
    assert found
    assert all(0 <= price <= 1 for price in found)


def test_the_engine_is_left_as_it_was(scarce):
    case, engine, answer, _ = scarce
    lost = [number for number, name in enumerate(engine.compiled.columns) if name.startswith("output_lost[")]
    before = (engine.solver.low.copy(), engine.solver.high.copy(), engine.solver.cost.copy())
    shadow_prices(case, engine)
    after = (engine.solver.low, engine.solver.high, engine.solver.cost)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    assert not engine.solver.column_high[lost].any()
    again = engine.decide(preferred=True)
    assert again.solution.objective == pytest.approx(answer.solution.objective, rel=1e-9)


def test_binding_rows_carry_their_prices(scarce):
    case, engine, answer, prices = scarce
    rows = binding(case, engine, answer, prices)
    told = {(row["constraint"], row["region"], row["year"]): row for row in rows}
    cap = told["cap.water_use_total.PAIR.2025", "PAIR", 2025]
    price = of_clause(scarce, "cap.water_use_total.PAIR.2025", 2025)
    assert (cap["shadow_price"], cap["shadow_price_unit"]) == (price.price, "CNY/m3")
    assert cap["valid_from"] <= 13.7 <= cap["valid_to"]
    assert cap["unit"] == "10^8 m3"
    positive = [price for price in prices if price.price]
    assert sum(row["shadow_price"] is not None and row["shadow_price"] > 0 for row in rows) == len(positive)
    assert all(row["shadow_price"] is not None for row in rows)


def test_an_infeasible_or_undecided_scenario_has_no_prices(pair):
    case = prepare(pair({"clause.cap.water_use_total.PAIR.2025.value": 12.0}))
    engine = engine_for(case)
    answer = engine.decide(preferred=True)
    assert answer.verdict == "infeasible"
    rows = binding(case, engine, answer)
    assert rows
    assert all(row["shadow_price"] is None and row["shadow_price_unit"] is None for row in rows)


def test_rows_that_are_not_looked_at_are_listed_without_a_price(scarce):
    case, engine, _, prices = scarce
    short = shadow_prices(case, engine, looks=0)
    assert {price.row for price in short} == {price.row for price in prices}
    assert any(price.price is None for price in short)
