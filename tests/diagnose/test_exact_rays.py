"""Proofs made exact: what a solver leaves over by a rounding is made to cancel, or nothing is claimed."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import numpy as np

from regmodel.feasibility.certificate import LinearSystem, check_exact
from regmodel.feasibility.exact_rays import exact_multipliers, rounded_multipliers


def rows_of(cells, low, high, columns):
    """A system from rows of coefficients over columns that have no end where none is given."""
    count = len(columns)
    matrix = np.array(cells, dtype=float)
    return LinearSystem(
        rows=tuple(f"r{number}" for number in range(len(cells))),
        columns=tuple(f"x{number}" for number in range(count)),
        row_start=np.arange(0, len(cells) * count + 1, count),
        column=np.tile(np.arange(count), len(cells)),
        matrix=matrix.reshape(-1),
        low=np.array(low, dtype=float),
        high=np.array(high, dtype=float),
        column_low=np.array([ends[0] for ends in columns], dtype=float),
        column_high=np.array([ends[1] for ends in columns], dtype=float),
    )


FREE = (-inf, inf)


def test_thirds_and_sevenths_are_found_from_floats():
    """3 x + 7 y >= 1 and 7 y + 3 x <= 0 over free columns, the second row divided by 21: weights 1 and -21."""
    rows = rows_of([[3, 7], [0.125, 7 / 24]], [1, -inf], [inf, 0], [FREE, FREE])
    # 7 / 24 is no dyadic number: exactly, the two rows are not parallel, and nothing may be claimed.
    assert exact_multipliers(np.array([1.0, -24.0]), rows) is None
    rows = rows_of([[3, 7], [0.375, 0.875]], [1, -inf], [inf, 0], [FREE, FREE])
    found = exact_multipliers(np.array([1.0, -8.0]) * (1 + 1e-11), rows)
    assert found is not None
    assert found[1] / found[0] == -8
    assert check_exact(found, rows).proved


def test_a_chain_of_equations_is_solved_in_rationals():
    """x1 = 3 x0, x2 = 3 x1, x2 <= 8, x0 >= 1 over free columns: 27 is not in it, 9 > 8 is; weights 9, 3, 1, 1."""
    cells = [[3, -1, 0], [0, 3, -1], [0, 0, 1], [1, 0, 0]]
    rows = rows_of(cells, [0, 0, -inf, 1], [0, 0, 8, inf], [FREE] * 3)
    exact = np.array([-3.0, -1.0, -1.0, 9.0])
    chance = np.random.default_rng(5)
    for _ in range(20):
        found = exact_multipliers(exact * (1 + 1e-12 * chance.standard_normal(4)), rows)
        assert found is not None
        checked = check_exact(found, rows)
        assert checked.proved
        assert {row: value / found[3] * 9 for row, value in found.items()} == {0: -3, 1: -1, 2: -1, 3: 9}


def test_roundings_of_rows_that_take_no_part_are_dropped():
    rows = rows_of([[1, 0], [1, 0], [1, 3]], [2, -inf, 0], [inf, 1, inf], [FREE, FREE])
    found = exact_multipliers(np.array([1.0, -1.0, 1e-14]), rows)
    assert found == {0: Fraction(1), 1: Fraction(-1)}


def test_the_other_sign_convention_is_understood():
    rows = rows_of([[1], [1]], [2, -inf], [inf, 1], [FREE])
    found = exact_multipliers(np.array([-1.0, 1.0]), rows)
    assert found is not None
    assert found[0] > 0 > found[1]


def test_rows_that_can_hold_have_no_proof():
    rows = rows_of([[1], [1]], [1, -inf], [inf, 2], [FREE])
    assert exact_multipliers(np.array([1.0, -1.0]), rows) is None
    assert rounded_multipliers(np.array([1.0, -1.0]), rows, 1e9) is None


def test_no_time_makes_no_claim():
    rows = rows_of([[3, 7], [0.375, 0.875]], [1, -inf], [inf, 0], [FREE, FREE])
    assert exact_multipliers(np.array([1.0, -8.0]), rows, seconds=-1.0) is None


def test_rows_whose_coefficients_were_rounded_are_proved_within_far_ends_only():
    """0.1 x + 0.7 y >= 1 against x + 7 y <= 9: parallel as typed, and not quite as the computer keeps them."""
    rows = rows_of([[0.1, 0.7], [1, 7]], [1, -inf], [inf, 9], [FREE, FREE])
    told = np.array([10.0, -1.0])
    assert exact_multipliers(told, rows) is None
    found = rounded_multipliers(told, rows, 1e9)
    assert found is not None
    assert check_exact(found[0], found[1]).proved
    assert not check_exact(found[0], rows).proved


def test_a_remainder_that_is_no_rounding_is_never_taken_for_one():
    """x + 1e-10 y <= 0 and x >= 1 hold at y = -1e10: far away, and yet a plan."""
    rows = rows_of([[1, 1e-10], [1, 0]], [-inf, 1], [0, inf], [FREE, FREE])
    told = np.array([-1.0, 1.0])
    assert exact_multipliers(told, rows) is None
    assert rounded_multipliers(told, rows, 1e9) is None
