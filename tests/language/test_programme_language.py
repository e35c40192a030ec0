"""What the programme may call: equations that stay linear when only what is decided or computed is a variable."""

from __future__ import annotations

import pyomo.environ as pyo
from pyomo.core.expr.visitor import identify_variables

from regmodel.vocabulary.equation import Equation
from regmodel.vocabulary.glossary import term

DECIDED = ("variable", "lever", "indicator")
"""Kinds that the programme has variables for; assumptions, parameters and targets are numbers to it."""


def test_an_equation_of_the_programme_is_linear_in_its_variables(entry: Equation) -> None:
    """Called with Pyomo variables it gives an expression of degree one with a term in each of them."""
    if entry.projection_only:
        return
    model = pyo.ConcreteModel()
    decided = [name for name in entry.arguments if term(name).kind in DECIDED]
    model.x = pyo.Var(decided)
    numbers = {name: 0.4 for name in entry.arguments if name not in decided}
    result = entry.function(**numbers, **{name: model.x[name] for name in decided})
    if not decided:
        assert isinstance(result, float)
        return
    assert result.polynomial_degree() == 1
    found = {variable.index() for variable in identify_variables(result)}
    assert found == set(decided)
