"""Coefficients that make a solver unreliable are refused before it runs, in the six parts of every problem."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.safe_numbers import SMALLEST, WIDEST, refuse_unsafe
from regmodel.feasibility.solver import Solver
from regmodel.vocabulary.problems import InputProblems

REFUSED = """\
programme   towns_drink[UPLAND,2021]  [F-01]
  found      a coefficient of 1e-09 at urban_population[UPLAND,2021]; the largest is 1
  expected   coefficients of at least 1e-07, within a range of 1e+08; beyond it solvers err
  to do      check the unit of the record behind this row, it is probably off by a power of ten: urban_population \
is counted in 10^4 persons"""


@pytest.fixture(scope="module")
def compiled(pair_case):
    return compiled_for(pair_case.shape)


def row_entries(compiled, name):
    row = compiled.rows.index(name)
    return {
        compiled.columns[compiled.column[entry]]: entry
        for entry in range(compiled.row_start[row], compiled.row_start[row + 1])
    }


def test_the_pair_is_safe(compiled, pair_case):
    refuse_unsafe(compiled, compiled.matrix.fill(compiled.vector(pair_case.values)))


def test_a_coefficient_that_is_too_small_is_refused_by_row_and_variable(compiled):
    matrix = np.ones(len(compiled.column))
    matrix[row_entries(compiled, "towns_drink[UPLAND,2021]")["urban_population[UPLAND,2021]"]] = 1e-9
    with pytest.raises(InputProblems) as refused:
        refuse_unsafe(compiled, matrix)
    (problem,) = refused.value.problems
    assert str(problem.code) == "F-01"
    assert REFUSED in str(refused.value)
    assert "urban_population[UPLAND,2021] 的系数为 1e-09" in problem.found.zh


def test_a_range_that_is_too_wide_is_refused(compiled):
    """The smallest is well above the least allowed, yet the largest is more than the allowed range away."""
    matrix = np.full(len(compiled.column), 1.0)
    matrix[0], matrix[-1] = 2 * SMALLEST, 2 * SMALLEST * WIDEST * 1.01
    with pytest.raises(InputProblems):
        refuse_unsafe(compiled, matrix)
    matrix[-1] = 2 * SMALLEST * WIDEST * 0.99
    refuse_unsafe(compiled, matrix)


def test_a_coefficient_of_nothing_is_no_small_coefficient(compiled):
    matrix = np.ones(len(compiled.column))
    matrix[3] = 0.0
    refuse_unsafe(compiled, matrix)
    refuse_unsafe(compiled, np.zeros(len(compiled.column)))


def test_a_solver_refuses_when_it_is_filled_and_when_it_is_refilled(compiled, pair_case):
    spoilt = {**pair_case.values, "urban_water_norm": pair_case.values["urban_water_norm"] * 1e-9}
    with pytest.raises(InputProblems, match="towns_drink"):
        Solver(compiled, compiled.vector(spoilt))
    solver = Solver(compiled, compiled.vector(pair_case.values))
    with pytest.raises(InputProblems, match="towns_drink"):
        solver.refill(compiled.vector(spoilt))
