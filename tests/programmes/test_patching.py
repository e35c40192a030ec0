"""A plan of the invented pair that breaks in one region is mended there, and counts only if the whole holds."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.feasibility.certificate import TOLERANCE, residual
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.patching import Patcher, filled
from regmodel.feasibility.policies import index


@pytest.fixture(scope="module")
def solved(pair):
    """The pair with its preferred plan and the numbers that it was made for."""
    case = prepare(pair())
    engine = engine_for(case)
    answer = engine.decide(preferred=True)
    assert answer.verdict == "feasible"
    return engine.compiled, case.shape, answer.columns, engine.compiled.vector(case.values)


@pytest.fixture
def patcher(solved):
    compiled, shape, plan, parameters = solved
    return Patcher(compiled, shape, (plan, parameters))


def of_region(compiled, region):
    return np.array([region in index(name) for name in compiled.columns])


def spoiled(solved, region, factor):
    """The plan with the water supply of a region times a factor: its uses are no longer supplied."""
    compiled, _, plan, _ = solved
    supply = np.array([name.startswith("supply[") for name in compiled.columns])
    other = plan.copy()
    other[supply & of_region(compiled, region)] *= factor
    return other


def test_the_broken_region_is_found(solved, patcher):
    """Half the water of one region missing breaks rows of that region; a row over both regions is of both."""
    compiled, shape, _, parameters = solved
    region = shape.regions.ids()[0]
    rows = filled(compiled, parameters).rows
    plan = spoiled(solved, region, 0.5)
    taken = np.add.reduceat(rows.matrix * plan[rows.column], rows.row_start[:-1])
    broken = (rows.low - taken > TOLERANCE) | (taken - rows.high > TOLERANCE)
    assert broken.any()
    single = broken & (patcher.rows_in.sum(axis=1) == 1)
    assert single.any()
    assert np.flatnonzero(patcher.broken(single[:, None])[:, 0]).tolist() == [0]
    assert patcher.broken(broken[:, None])[0, 0]


def test_a_broken_region_is_mended_and_the_others_stay(solved, patcher):
    """What comes out holds on every row of the whole, and no column of another region has moved."""
    compiled, shape, plan, parameters = solved
    first, second = shape.regions.ids()[:2]
    broken, numbers = spoiled(solved, first, 0.5), filled(compiled, parameters)
    assert residual(broken, numbers.rows) > TOLERANCE
    found = patcher.patched(frozenset([0]), broken, numbers)
    assert found is not None
    mended, worst = found
    assert worst == residual(mended, numbers.rows) <= TOLERANCE
    elsewhere = of_region(compiled, second)
    assert np.array_equal(mended[elsewhere], plan[elsewhere])


def test_the_wrong_region_mends_nothing(solved, patcher):
    """The plan breaks in the first region; solving the second anew leaves it broken, and nothing is said."""
    compiled, shape, _, parameters = solved
    plan, numbers = spoiled(solved, shape.regions.ids()[0], 0.5), filled(compiled, parameters)
    assert patcher.patched(frozenset([1]), plan, numbers) is None


def test_what_was_patched_before_does_not_show(solved):
    """The same plan is mended to the same numbers, whatever was mended before it."""
    compiled, shape, plan, parameters = solved
    numbers, region = filled(compiled, parameters), shape.regions.ids()[0]
    one, other = spoiled(solved, region, 0.5), spoiled(solved, region, 0.8)
    fresh = Patcher(compiled, shape, (plan, parameters)).patched(frozenset([0]), one, numbers)
    used = Patcher(compiled, shape, (plan, parameters))
    used.patched(frozenset([0]), other, numbers)
    again = used.patched(frozenset([0]), one, numbers)
    assert fresh is not None
    assert again is not None
    assert np.array_equal(fresh[0], again[0])


def test_free_rows_are_not_asked(solved, patcher):
    """With the rows that the plan breaks set free it holds as it stands."""
    compiled, shape, _, parameters = solved
    plan = spoiled(solved, shape.regions.ids()[0], 0.5)
    rows = filled(compiled, parameters).rows
    taken = np.add.reduceat(rows.matrix * plan[rows.column], rows.row_start[:-1])
    broken = np.flatnonzero((rows.low - taken > 0) | (taken - rows.high > 0))
    assert residual(plan, filled(compiled, parameters, broken).rows) <= TOLERANCE
