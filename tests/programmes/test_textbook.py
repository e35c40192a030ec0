"""One city under one cap: the price of water is one over its intensity, which a reader can check by hand.

The intensity of 2022, 13.65 m3 for 10^4 yuan in prices of that year, serves here and nowhere else (model decision 9).
One m3 more makes 10 000 / 13.65 = 732.6 yuan of output possible; a saving of 3 yuan per m3 brings the price to 3.
"""

from __future__ import annotations

import numpy as np
import pyomo.environ as pyo
import pytest

from regmodel.equations.water import intensity_excess
from regmodel.feasibility.affine import compile_programme
from regmodel.feasibility.solver import Solver
from regmodel.params import convert

INTENSITY = 13.65


def city(saving_limit):
    """Output less the cost of saving, as much as 100 hm3 allow; memory units."""
    model = pyo.ConcreteModel()
    model.intensity = pyo.Param(mutable=True, initialize=0.0)
    model.cost = pyo.Param(mutable=True, initialize=0.0)
    model.output = pyo.Var(bounds=(0, 1e6))
    model.saving = pyo.Var(bounds=(0, saving_limit))
    used = intensity_excess(use=0, intensity_limit=-model.intensity, value_added=model.output)
    model.cap = pyo.Constraint(expr=used - model.saving <= 100)
    model.gain = pyo.Objective(expr=model.cost * model.saving - model.output)
    compiled = compile_programme(model)
    values = {
        "intensity": np.array([convert(INTENSITY, "m3/10^4 CNY", "hm3/yi_yuan")]),
        "cost": np.array([convert(3.0, "CNY/m3", "yi_yuan/hm3")]),
    }
    return Solver(compiled, compiled.vector(values)).solve()


def price_in_yuan(solution):
    """The shadow price of the cap, from 10^8 yuan for an hm3 to yuan for an m3."""
    return -solution.multipliers[0] / convert(1.0, "CNY/m3", "yi_yuan/hm3")


def test_the_price_under_a_cap_is_one_over_the_intensity():
    solution = city(saving_limit=0.0)
    assert solution.columns[0] == pytest.approx(100 / (INTENSITY / 100))
    assert price_in_yuan(solution) == pytest.approx(10_000 / INTENSITY)
    assert price_in_yuan(solution) == pytest.approx(732.6, abs=0.05)


def test_a_saving_that_is_used_up_leaves_the_price_where_it_was():
    solution = city(saving_limit=10.0)
    assert solution.columns[0] == pytest.approx(110 / (INTENSITY / 100))
    assert price_in_yuan(solution) == pytest.approx(10_000 / INTENSITY)


def test_a_saving_without_a_limit_sets_the_price_at_its_cost():
    """Output reaches its bound and water is worth what saving it costs: 3 yuan for an m3."""
    solution = city(saving_limit=1e6)
    assert solution.columns[0] == pytest.approx(1e6)
    assert price_in_yuan(solution) == pytest.approx(3.0)
