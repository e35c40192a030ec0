"""The formula that people read and the function that computes say the same."""

from __future__ import annotations

import ast
import inspect
import math
import textwrap

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regmodel.vocabulary.equation import Equation
from regmodel.vocabulary.glossary import term

FUNCTIONS = {"log": math.log, "exp": math.exp}
PLAIN = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.Name,
    ast.Constant,
    ast.Load,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Pow,
    ast.USub,
)
"""What a formula is made of, besides calls of log and exp."""


def _names(formula: str) -> set[str]:
    tree = ast.parse(formula, mode="eval")
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - set(FUNCTIONS)


def _evaluate(formula: str, values: dict[str, float]) -> float:
    tree = ast.parse(formula, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            assert node.func.id in FUNCTIONS
        else:
            assert isinstance(node, PLAIN), f"a formula has no {type(node).__name__}"
    return float(eval(compile(tree, "formula", "eval"), {"__builtins__": {}}, {**FUNCTIONS, **values}))


def _range(name: str) -> st.SearchStrategy[float]:
    """Values of sensible size for a name: within its hard bounds, and below a ceiling where there is one."""
    if name == "urban_ceiling":
        return st.floats(0.75, 0.98)
    if name == "elapsed_steps":
        return st.integers(1, 15).map(float)
    bounds = term(name)
    if term(name).unit == "1/year":
        return st.floats(max(-0.2, bounds.lower or -0.2), min(0.2, bounds.upper or 0.2))
    if bounds.unit == "dimensionless" and bounds.upper == 1.0:
        return st.floats(0.02, 0.70)
    return st.floats(0.1, 1000.0)


@given(data=st.data())
def test_the_formula_gives_what_the_function_gives(entry: Equation, data: st.DataObject) -> None:
    """On random inputs in the range of validity, to the last few digits."""
    values = data.draw(st.fixed_dictionaries({name: _range(name) for name in sorted(entry.arguments)}))
    if entry.name == "population.logistic_pace":
        assume(values["earlier_share"] != values["later_share"])
    size = max(abs(value) for value in values.values())
    expected = _evaluate(entry.formula, values)
    assert float(entry.function(**values)) == pytest.approx(expected, rel=1e-9, abs=1e-9 * size)


def test_the_formula_names_every_argument_and_nothing_else(entry: Equation) -> None:
    assert _names(entry.formula) == set(entry.arguments)


def test_no_coefficient_hides_in_an_equation(entry: Equation) -> None:
    """A number other than one would be a coefficient without source, unit and range."""
    source = ast.parse(textwrap.dedent(inspect.getsource(entry.function)))
    formula = ast.parse(entry.formula, mode="eval")
    numbers = {
        node.value
        for tree in (source, formula)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    }
    assert numbers - {1} == set()


def test_only_an_equation_for_the_projection_leaves_plain_arithmetic(entry: Equation) -> None:
    """Logarithms and powers of a variable are beyond a linear programme."""
    nodes = list(ast.walk(ast.parse(entry.formula, mode="eval")))
    plain = not any(isinstance(node, ast.Call | ast.Pow) for node in nodes)
    assert plain or entry.projection_only


def test_a_range_of_validity_is_stated_where_the_formula_can_leave_it(entry: Equation) -> None:
    """A logarithm is not defined everywhere."""
    assert entry.valid or "log(" not in entry.formula
