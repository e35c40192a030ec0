"""The compiled programme gives the numbers that Pyomo gives, for any scenario, and refuses what it cannot compile."""

from __future__ import annotations

import math

import numpy as np
import pyomo.environ as pyo
import pytest
from pyomo.repn import generate_standard_repn

from regmodel.feasibility.affine import ProductOfParameters, compile_programme
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.programme import build, mutable_parameters, set_parameters


@pytest.fixture(scope="module")
def model(pair_case):
    return build(pair_case.shape)


def random_scenario(seed, pair):
    """A scenario with a third of all records somewhere in their range, and some figures of clauses moved."""
    source = np.random.default_rng(seed)
    overrides = {}
    for key, record in pair().book.records.items():
        if source.random() < 0.33:
            low, high = float(record.low), float(record.high)
            overrides[f"record.{key}"] = low + source.random() * (high - low)
    overrides["clause.cap.water_use_total.PAIR.2025.value"] = 13.0 + 2 * source.random()
    overrides["clause.urb_2025.reading"] = str(source.choice(["floor", "window"]))
    overrides["clause.to_town.enabled"] = bool(source.random() < 0.5)
    overrides["lever.water_rights.limit"] = float(source.random())
    return pair(overrides)


def evaluated(model):
    """Rows as {variable: coefficient} and their ends, and the cost of every variable, as Pyomo evaluates them."""
    rows = {}
    for row in model.component_data_objects(pyo.Constraint, active=True):
        repn = generate_standard_repn(row.body)
        terms = dict(zip([v.name for v in repn.linear_vars], repn.linear_coefs, strict=True))
        low = -np.inf if row.lower is None else pyo.value(row.lower) - repn.constant
        high = np.inf if row.upper is None else pyo.value(row.upper) - repn.constant
        rows[row.name] = (terms, low, high)
    cost = generate_standard_repn(model.preference.expr)
    return rows, dict(zip([v.name for v in cost.linear_vars], cost.linear_coefs, strict=True))


def close(one, other):
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)


def compare(model, compiled, values):
    set_parameters(model, values)
    rows, cost = evaluated(model)
    numbers = compiled.vector(values)
    matrix, low, high = (part.fill(numbers) for part in (compiled.matrix, compiled.low, compiled.high))
    assert list(compiled.rows) == list(rows)
    for number, name in enumerate(compiled.rows):
        span = range(compiled.row_start[number], compiled.row_start[number + 1])
        found = {compiled.columns[compiled.column[entry]]: matrix[entry] for entry in span}
        terms, lower, upper = rows[name]
        for column in {**found, **terms}:
            assert close(found.get(column, 0.0), terms.get(column, 0.0)), (name, column)
        assert close(low[number], lower), name
        assert close(high[number], upper), name
    filled = dict(zip(compiled.columns, compiled.cost.fill(numbers), strict=True))
    for column, weight in filled.items():
        assert close(weight, cost.get(column, 0.0)), column


@pytest.mark.parametrize("seed", [1, 2])
def test_a_compiled_scenario_equals_a_fresh_pyomo_build(seed, pair, model):
    """Matrix, both ends of every row and the cost, entry by entry, with the parameters that Pyomo evaluates."""
    case = prepare(random_scenario(seed, pair))
    compare(model, compiled_for(case.shape), case.values)


def test_a_compiled_programme_equals_pyomo_for_numbers_that_no_scenario_has(pair_case, model):
    """No parameter is frozen at compilation: all of them random, signs included."""
    source = np.random.default_rng(4)
    values = {name: source.uniform(-2, 2, size=len(parameter)) for name, parameter in mutable_parameters(model).items()}
    compare(model, compiled_for(pair_case.shape), values)


def test_every_parameter_of_the_programme_is_filled_and_nothing_else(pair_case, model):
    assert set(mutable_parameters(model)) == set(pair_case.values)


def test_every_variable_has_declared_finite_bounds(model):
    """Farkas proofs need them; clauses give way by nothing unless that is asked for."""
    for variable in model.component_data_objects(pyo.Var):
        assert variable.lb is not None, variable.name
        assert variable.ub is not None, variable.name
        assert np.isfinite([variable.lb, variable.ub]).all(), variable.name
        if variable.parent_component().local_name == "give":
            assert (variable.lb, variable.ub) == (0, 0)


def toy():
    """One variable, two parameters, one honest row; tests add their own."""
    model = pyo.ConcreteModel()
    model.x = pyo.Var(bounds=(0, 1))
    model.a = pyo.Param(mutable=True, initialize=2.0)
    model.b = pyo.Param(mutable=True, initialize=3.0)
    model.honest = pyo.Constraint(expr=model.a * model.x <= model.b)
    model.cost = pyo.Objective(expr=model.x)
    return model


def test_an_affine_toy_compiles():
    model = toy()
    model.mixed = pyo.Constraint(expr=(2 * model.a - model.b / 4 + 1) * model.x - 3 * model.a >= -model.b)
    compiled = compile_programme(model)
    numbers = compiled.vector({"a": np.array([2.0]), "b": np.array([4.0])})
    assert compiled.rows == ("honest", "mixed")
    assert compiled.matrix.fill(numbers) == pytest.approx([2.0, 2 * 2 - 4 / 4 + 1])
    assert compiled.low.fill(numbers) == pytest.approx([-np.inf, 3 * 2 - 4])
    assert compiled.high.fill(numbers) == pytest.approx([4.0, np.inf])


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        (lambda m: m.a * m.b * m.x <= 1, "planted: multiplies parameters; use a derived parameter instead"),
        (lambda m: m.x <= m.a * m.b, "planted: multiplies parameters; use a derived parameter instead"),
        (lambda m: m.x / m.a <= 1, "planted: divides by a parameter; use a derived parameter instead"),
        (lambda m: m.a**2 * m.x <= 1, "planted: pow of parameters is not affine; use a derived parameter instead"),
        (lambda m: m.x * m.x <= 1, "planted: is not linear in its variables"),
    ],
)
def test_what_is_not_affine_is_refused_by_the_name_of_its_row(planted, words):
    model = toy()
    model.planted = pyo.Constraint(expr=planted(model))
    with pytest.raises(ProductOfParameters) as refused:
        compile_programme(model)
    assert str(refused.value) == words


def test_a_product_planted_in_the_programme_itself_is_refused(pair_case):
    model = build(pair_case.shape)
    region, year = model.REGION.first(), model.YEAR.first()
    model.planted = pyo.Constraint(
        expr=model.swap_ratio[region] * model.rural_release_norm[region] * model.urban_land[region, year] <= 1
    )
    with pytest.raises(ProductOfParameters, match="planted: multiplies parameters"):
        compile_programme(model)


def test_a_missing_or_short_array_is_refused(pair_case):
    compiled = compiled_for(pair_case.shape)
    with pytest.raises(KeyError):
        compiled.vector({name: array for name, array in pair_case.values.items() if name != "swap_ratio"})
    with pytest.raises(ValueError, match="swap_ratio has 1 entries, the programme expects 2"):
        compiled.vector({**pair_case.values, "swap_ratio": np.array([1.0])})
