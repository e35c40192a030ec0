"""Many scenarios side by side: every number is that of the scenario by itself, and they part where they have to."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.batch.preparing import prepared
from regmodel.batch.projecting import parse, project
from regmodel.batch.samples import Samples
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import changed
from regmodel.vocabulary.many import Disagree, Many, blank, each_of, stacked

COUNT = 9


@pytest.fixture(scope="module")
def keys(pair):
    """Every assumed record of the pair with a range."""
    records = pair().book.records.values()
    return tuple(sorted(f"record.{one.key}" for one in records if one.confidence == "D" and one.low and one.high))


@pytest.fixture(scope="module")
def samples(pair, keys):
    book, draw = pair().book, np.random.default_rng(5).random((COUNT, len(keys)))
    records = [book.records[key.removeprefix("record.")] for key in keys]
    low, high = (np.array([float(getattr(one, end)) for one in records]) for end in ("low", "high"))
    return Samples(tuple(map(str, range(COUNT))), keys, low + draw * (high - low))


@pytest.fixture(scope="module")
def singly(pair, samples):
    return [prepare(changed(pair(), samples.override(row)), slopes=False) for row in range(COUNT)]


def test_numbers_of_the_programme_are_those_of_each_scenario(pair, samples, singly):
    """Records, base year, coefficients, trend and rows: each to 1e-12 of the largest number of its kind."""
    for part in prepared(pair(), samples):
        assert part.case is not None
        for name, values in part.case.values.items():
            together = each_of(values, len(part.numbers))
            for place, number in enumerate(part.numbers.tolist()):
                alone = np.asarray(singly[number].values[name])
                size = np.abs(alone[np.isfinite(alone)]).max(initial=1e-9)
                assert together[..., place] == pytest.approx(alone, rel=1e-12, abs=1e-12 * size), name


def test_a_projection_is_that_of_each_scenario(pair, samples, singly):
    """Ten variables over the years, to 1e-12."""
    trajectory = singly[0].projection
    names = ("gdp", "population", "urban_population", "water_use_total", "urban_construction_land")
    asked = [parse(f"{name}.PAIR.{year}", trajectory) for name in names for year in (2021, 2035)]
    found = np.full((len(asked), COUNT), np.nan)
    for place, values in project(pair(), samples, asked):
        found[:, place] = values
    for number, case in enumerate(singly):
        for one, value in zip(asked, found[:, number], strict=True):
            alone = case.projection.total(one.variable, one.place)[one.year - 2020]
            factor = 0.01 if one.variable.startswith("water") else 1.0
            assert value == pytest.approx(factor * float(alone), rel=1e-12)


def test_scenarios_part_where_a_condition_divides_them():
    """1 and 3 are below 4, 5 is not: no one answer holds for all."""
    with pytest.raises(Disagree) as parting:
        bool(Many(np.array([1.0, 5.0, 3.0])) < 4.0)
    assert parting.value.fulfilled.tolist() == [True, False, True]


def test_a_condition_that_all_fulfil_is_one():
    """All three are below 6."""
    assert bool(Many(np.array([1.0, 5.0, 3.0])) < 6.0)


def test_numbers_of_many_never_become_those_of_one():
    """A silent first scenario in place of all would be a wrong number."""
    many = Many(np.array([1.0, 2.0]))
    for attempt in (lambda: float(many), lambda: np.asarray(many), lambda: np.array([many, 1.0])):
        with pytest.raises(TypeError):
            attempt()


def test_shapes_and_sums_do_not_see_the_scenarios():
    """Two regions and three years in four scenarios: 0 + 1 + 2 + ... as for one, times the scenario's factor."""
    factors = np.array([1.0, 2.0, 3.0, 4.0])
    one = np.arange(6.0).reshape(2, 3)
    many = Many(one[..., None] * factors)
    assert many.shape == (2, 3)
    assert many.sum(axis=1).each.tolist() == [[3.0, 6.0, 9.0, 12.0], [12.0, 24.0, 36.0, 48.0]]
    assert (many[:, 1] + one[:, 1]).each[:, 0].tolist() == [2.0, 8.0]
    assert stacked([Many(factors), 7.0]).each.tolist() == [factors.tolist(), [7.0] * 4]
    assert blank((2,), many).shape == (2,)
