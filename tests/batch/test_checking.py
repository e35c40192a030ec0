"""Whether carried plans hold, beside the rows and the ends of columns written out for every scenario by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from regmodel.batch.judging import Judge
from regmodel.batch.preparing import prepared
from regmodel.batch.samples import Samples
from regmodel.feasibility.affine import AffineMap, alike
from regmodel.feasibility.checking import Block
from regmodel.feasibility.policies import Order
from regmodel.vocabulary.problems import RegmodelBug

CAP = "clause.cap.water_use_total.PAIR.2025.value"
RECORDS = ("water.ecological_floor", "output.trend_growth_2021_2025")
KEYS = (CAP, *(f"record.{name}" for name in RECORDS))
COUNT = 6


@pytest.fixture(scope="module")
def judge(pair):
    found = Judge(pair(), KEYS)
    found._stand()
    return found


@pytest.fixture(scope="module")
def many(judge):
    """Samples as a block and their parameters, with plans that follow that of the base: some hold and some do not."""
    draw = np.random.default_rng(5).random((COUNT, len(KEYS)))
    records = [judge.base.book.records[name] for name in RECORDS]
    low, high = np.array([(12.5, 24.0), *((float(one.low), float(one.high)) for one in records)]).T
    samples = Samples(tuple(f"s{number}" for number in range(COUNT)), KEYS, low + draw * (high - low))
    (part,) = prepared(judge.base, samples)
    parameters = judge.screen.parameters(part.case, COUNT)
    ((_, block),) = judge.screen.blocks(part.case, parameters)
    (witness,) = judge.prime(samples, 0).witnesses[:1]
    return block, parameters, judge.screen.followed(block, witness)


def written_out(compiled, parameters, plan):
    """By how much a plan misses each row and each column's ends, from the numbers of one scenario."""
    matrix = csr_array(
        (compiled.matrix.fill(parameters), compiled.column, compiled.row_start),
        shape=(len(compiled.rows), len(compiled.columns)),
    )
    taken = matrix @ plan
    rows = np.maximum(compiled.low.fill(parameters) - taken, taken - compiled.high.fill(parameters))
    return rows, np.maximum(compiled.column_low - plan, plan - compiled.column_high)


def worst(compiled, parameters, plan, free=()):
    rows, columns = written_out(compiled, parameters, plan)
    rows[list(free)] = -np.inf
    return max(rows.max(), columns.max(), 0.0)


def test_plans_are_as_far_from_holding_as_all_rows_and_columns_say(judge, many):
    """With their distances from the trend worked out; those that hold and those that do not both occur."""
    block, parameters, plans = many
    found = judge.screen.check.breaches(block, plans)
    measured = judge.screen.measured(block, plans.copy())
    expected = [worst(judge.screen.compiled, parameters.of(n), measured[:, n]) for n in range(COUNT)]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert min(found) < 1e-9 < 1e-3 < max(found)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.sampled_from([1e-3, 1.0, 1e3]))
def test_so_they_are_wherever_a_plan_is_changed(judge, many, seed, size):
    """A few columns moved by any amount, those of distances too: what these are worked out to be counts."""
    block, parameters, plans = many
    source = np.random.default_rng(seed)
    moved = plans.copy()
    some = source.choice(len(moved), 5, replace=False)
    moved[some] += size * source.normal(size=(5, COUNT))
    found = judge.screen.check.breaches(block, moved)
    measured = judge.screen.measured(block, moved)
    expected = [worst(judge.screen.compiled, parameters.of(n), measured[:, n]) for n in range(COUNT)]
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_every_row_but_those_of_distances_is_looked_at_once_by_the_ends_it_has(judge, many):
    """One end or two, the same or not: what is left out of the comparison is an end that is infinite."""
    block, parameters, plans = many
    check, compiled = judge.screen.check, judge.screen.compiled
    seen = []
    for kind, rows, part in check._parts_of(block.numbers):
        beyond = check._beyond_ends(kind, rows, block.numbers.sum(part, plans), block.numbers)
        for number in range(COUNT):
            expected, _ = written_out(compiled, parameters.of(number), plans[:, number])
            assert beyond[:, number] == pytest.approx(expected[rows], rel=1e-9, abs=1e-9)
        seen += rows.tolist()
    assert sorted([*seen, *judge.screen.order.distance.tolist()]) == list(range(len(compiled.rows)))
    assert {kind for kind, _, _ in check._parts_of(block.numbers)} == {"equal", "low", "high", "both"}


def test_free_rows_do_not_count(judge, many):
    """Without the cap's rows the worst is that of all others; who has nothing free is judged by all."""
    block, parameters, plans = many
    free = judge.screen.groups["cap.water_use_total.PAIR.2025"]
    loose = Block(block.numbers, block.decided_on, [free, None] * (COUNT // 2))
    found = judge.screen.check.breaches(loose, plans)
    measured = judge.screen.measured(block, plans.copy())
    for number in range(COUNT):
        without = free.tolist() if number % 2 == 0 else ()
        expected = worst(judge.screen.compiled, parameters.of(number), measured[:, number], without)
        assert found[number] == pytest.approx(expected, rel=1e-9, abs=1e-9)
    rows = judge.screen.check.row_breaches(loose, measured)
    assert np.isneginf(rows[free][:, ::2]).all()
    assert np.isfinite(rows[free][:, 1::2]).any(axis=0).all()


@pytest.mark.parametrize("what", [np.nan, np.inf, -np.inf])
def test_a_plan_with_what_is_no_number_is_infinitely_far(judge, many, what):
    block, _, plans = many
    for column in (0, len(plans) // 2, int(judge.screen.compiled.column[0])):
        wrong = plans.copy()
        wrong[column, 1] = what
        found = judge.screen.check.breaches(block, wrong)
        assert np.isposinf(found[1])
        assert np.isfinite(np.delete(found, 1)).all()


def otherwise(judge, what):
    """The programme with one thing of its distances changed."""
    compiled, order = judge.screen.compiled, judge.screen.order
    matrix = {name: np.array(getattr(compiled.matrix, name)) for name in ("constant", "entry")}
    column, low = compiled.column.copy(), compiled.column_low.copy()
    ends = compiled.low.constant.copy()
    if what == "sign":
        matrix["constant"][order.gap_entries[0]] = -2.0
    elif what == "varies":
        matrix["entry"][0] = order.gap_entries[0]
    elif what == "read elsewhere":
        row = next(number for number, name in enumerate(compiled.rows) if name.startswith("jobs_are_filled"))
        column[compiled.row_start[row]] = order.above[0]
    elif what == "below nothing":
        low[order.below[0]] = -1.0
    else:
        ends[order.distance[0]] -= 1.0
    return replace(
        compiled,
        matrix=replace(compiled.matrix, **matrix),
        column=column,
        column_low=low,
        low=replace(compiled.low, constant=ends),
    )


@pytest.mark.parametrize("what", ["sign", "varies", "read elsewhere", "below nothing", "two ends"])
def test_distances_that_are_counted_in_another_way_are_not_taken_on_trust(judge, what):
    """Their rows are left out of the check because of what they say: a programme that says otherwise is refused."""
    Order(judge.screen.compiled, judge.case.shape)
    with pytest.raises(RegmodelBug, match="distance from the trend"):
        Order(otherwise(judge, what), judge.case.shape)


def test_each_row_of_a_step_reads_one_column_that_the_step_settles(judge):
    """So that it does not matter whether the others were settled before or stand as they were carried over."""
    order, compiled = judge.screen.order, judge.screen.compiled
    for step in (*order.first, *order.people, *order.starts, *order.steps, *order.land, *order.last):
        settled = set(step.columns.tolist())
        for row in step.rows.tolist():
            read = compiled.column[compiled.row_start[row] : compiled.row_start[row + 1]]
            assert len(settled & set(read.tolist())) == 1, compiled.rows[row]


def test_maps_are_alike_where_they_have_the_same_terms():
    """Another constant, coefficient or parameter, a term more; not the terms in another order; a term twice."""
    one = AffineMap(np.arange(6.0), np.array([0, 1, 2, 3, 4, 4, 5, 5]), np.arange(8), np.ones(8))
    constant = np.array([9.0, 1, 2, 3, 4, 5])
    entry, parameter = np.array([0, 1, 2, 3, 3, 4, 4, 5, 5]), np.array([0, 1, 9, 3, 3, 5, 4, 6, 6])
    coefficient = np.array([1.0, 2, 1, 1, 1, 1, 1, 1, 1])
    other = AffineMap(constant, entry, parameter, coefficient)
    assert alike(one, one).all()
    assert alike(one, other).tolist() == alike(other, one).tolist() == [False, False, False, False, True, False]
