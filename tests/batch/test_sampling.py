"""What designs give: strata, levels, ids that repeat, correlations as asked, and the numbers of a distribution."""

from __future__ import annotations

import math

import numpy as np
import pytest

from regmodel.batch.blocks import open_design
from regmodel.batch.correlation import Correlation
from regmodel.batch.design import Design, Listed, Vary
from regmodel.batch.design_file import dump_design, read_design
from regmodel.batch.distributions import Distribution
from regmodel.batch.random_access import fractions, shuffled, stream
from regmodel.vocabulary.problems import Problems

FLOOR, DRY = "record.water.ecological_floor", "record.water.dry_year_factor"
TWO = {FLOOR: Vary(), DRY: Vary()}


@pytest.fixture(scope="module")
def base(pair):
    return pair()


@pytest.fixture
def opened(base):
    """A design over the pair, from what differs from a Latin hypercube of two records."""

    def make(**entries):
        usual = {"kind": "latin_hypercube", "count": 20, "seed": 7, "assumptions": (), "vary": TWO}
        return open_design(Design("case", base, **{**usual, **entries}))

    return make


def values(read):
    """All values of a design of one block."""
    (block,) = read.blocks
    return block.samples(0, len(block)).values


def test_a_latin_hypercube_has_one_scenario_in_each_stratum(opened):
    found = values(opened(count=37))
    for column, (low, high) in enumerate([(0.8, 0.9), (80.0, 100.0)]):
        strata = np.floor((found[:, column] - low) / (high - low) * 37)
        assert sorted(strata.astype(int)) == list(range(37))


def test_a_shuffle_is_a_permutation_of_any_size():
    for size in (1, 2, 3, 8, 100, 1000):
        found = shuffled(stream(3, "x"), np.arange(size, dtype=np.uint64), size)
        assert sorted(found.tolist()) == list(range(size))


def test_columns_drawn_do_not_follow_each_other():
    """Of 40 columns of 2000 no two correlate by more than what chance allows (five standard errors)."""
    places = np.arange(2000, dtype=np.uint64)
    columns = np.column_stack([shuffled(stream(1, f"{one}"), places, 2000) for one in range(40)]).astype(float)
    uniform = np.column_stack([fractions(stream(1, f"{one}"), places) for one in range(40)])
    for found in (columns, uniform):
        worst = np.abs(np.corrcoef(found.T) - np.eye(40)).max()
        assert worst < 5 / math.sqrt(2000)
    assert abs(uniform.mean() - 0.5) < 5 * math.sqrt(1 / 12 / uniform.size)


def test_the_same_design_gives_the_same_ids_and_a_part_gives_the_part(opened):
    whole, again = opened().blocks[0], opened().blocks[0]
    assert whole.samples(0, 20).ids == again.samples(0, 20).ids
    part = again.samples(5, 9)
    assert part.ids == whole.samples(0, 20).ids[5:9]
    assert np.array_equal(part.values, whole.samples(0, 20).values[5:9])
    assert len(set(whole.samples(0, 20).ids)) == 20
    assert again.at(np.array([3, 17])).ids == (whole.samples(3, 4).ids[0], whole.samples(17, 18).ids[0])
    assert opened(seed=8).blocks[0].samples(0, 1).ids != part.ids


def test_what_varies_beside_it_does_not_move_a_number(opened):
    """A stream belongs to the key: another record that varies too leaves the column as it was."""
    more = opened(vary={**TWO, "record.water.sewage_collection": Vary()})
    alone = opened()
    assert np.array_equal(values(more)[:, more.keys.index(FLOOR)], values(alone)[:, alone.keys.index(FLOOR)])


def test_a_longer_random_design_begins_with_the_shorter(opened):
    short, long = opened(kind="random"), opened(kind="random", count=50)
    assert np.array_equal(values(short), values(long)[:20])
    assert short.blocks[0].samples(0, 20).ids == long.blocks[0].samples(0, 20).ids


def test_a_factorial_has_every_combination_once(opened):
    found = values(opened(kind="factorial", count=None, seed=None, vary={FLOOR: Vary(levels=3), DRY: Vary()}))
    assert [tuple(row) for row in found] == [
        (0.8, 80.0), (0.8, 90.0), (0.8, 100.0), (0.9, 80.0), (0.9, 90.0), (0.9, 100.0),
    ]  # fmt: skip


def test_one_at_a_time_begins_with_the_scenario_and_moves_one(opened):
    read = opened(kind="one_at_a_time", count=None, seed=None)
    assert values(read).tolist() == [[0.85, 100.0], [0.8, 100.0], [0.9, 100.0], [0.85, 80.0], [0.85, 100.0]]
    assert values(read)[3:5].tolist() == read.blocks[0].samples(3, 5).values.tolist()


@pytest.mark.parametrize(("kind", "size"), [("sobol", 8 * (2 + 2)), ("morris", 8 * (2 + 1))])
def test_sobol_and_morris_are_salibs_in_its_order(opened, kind, size):
    """Its indices are computed from the results as they stand, so no row may move."""
    read = opened(kind=kind, count=8)
    (block,) = read.blocks
    shares = block.source.shares(np.arange(size))
    problem = {"num_vars": 2, "names": [DRY, FLOOR], "bounds": [[0, 1], [0, 1]]}
    if kind == "sobol":
        from SALib.sample import sobol

        expected = sobol.sample(problem, 8, calc_second_order=False, seed=7)
    else:
        from SALib.sample import morris

        expected = morris.sample(problem, 8, num_levels=4, seed=7)
    assert len(read) == size
    assert np.array_equal(shares, expected)
    assert values(read)[:, 0] == pytest.approx(0.8 + 0.1 * expected[:, 0])


def test_only_assumptions_vary_by_default(opened, base):
    """Every record of confidence C or D that has a range, and nothing published."""
    read, book = opened(vary={}, assumptions=("C", "D")), base.book
    named = {key.removeprefix("record.") for key in read.keys if key.startswith("record.")}
    records = {name: record for name, record in book.records.items() if name in named}
    assert {record.confidence for record in records.values()} == {"D"}
    expected = {
        name for name, record in book.records.items() if record.confidence in "CD" and record.low != record.high
    }
    assert set(records) == expected
    left = opened(vary={}, assumptions=("C", "D"), leave_out=("record.lever.*",))
    assert set(read.keys) - set(left.keys) == {f"record.{name}" for name in expected if name.startswith("lever.")}


def test_what_moves_together_moves_by_the_same_share(opened):
    read = opened(vary={FLOOR: Vary(), DRY: Vary(like=FLOOR)})
    found, keys = values(read), read.keys
    share = (found[:, keys.index(FLOOR)] - 80) / 20
    assert (found[:, keys.index(DRY)] - 0.8) / 0.1 == pytest.approx(share)
    assert len(read.factors) == 1


def test_ranks_correlate_as_asked(opened):
    matrix = ((1.0, 0.7), (0.7, 1.0))
    read = opened(count=4000, correlations=(Correlation((FLOOR, DRY), matrix),))
    ranks = np.argsort(np.argsort(values(read), axis=0), axis=0)
    assert np.corrcoef(ranks.T)[0, 1] == pytest.approx(0.7, abs=0.03)
    assert values(read)[:, 1].mean() == pytest.approx(90, abs=0.3)


def test_a_switch_varies_as_one_or_zero(opened):
    read = opened(kind="factorial", count=None, seed=None, vary={"lever.reclaimed.enabled": Vary()})
    assert values(read).tolist() == [[0.0], [1.0]]


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        # a quarter of the way from 10 to 40
        ("uniform", {}, 17.5),
        # 10 * (40/10)^(1/4) = 10 * 1.41421
        ("loguniform", {}, 14.1421356),
        # rising part holds (20-10)/30 = 1/3 of the mass; 10 + sqrt(0.25 * 30 * 10) = 10 + 8.66025
        ("triangular", {"mode": 20.0}, 18.6602540),
        # symmetric about 25 and cut at two sd on both sides: a quarter of what is left lies below the point whose
        # cumulative share is 0.02275 + 0.25 * 0.95450 = 0.261375, which is 0.63911 sd below: 25 - 0.63911 * 7.5
        ("normal", {"mean": 25.0, "sd": 7.5}, 20.20667),
    ],
)
def test_a_quartile_by_hand(name, shape, expected):
    found = Distribution(name, 10.0, 40.0, **shape).at(np.array([0.25]))
    assert found[0] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", ["uniform", "loguniform", "triangular", "normal", "lognormal"])
def test_no_distribution_leaves_its_ends_and_all_rise(name):
    found = Distribution(name, 1.0, 4.0, mode=2.0, mean=2.0, sd=0.7).at(np.linspace(0, 1, 101))
    assert found[0] == pytest.approx(1.0)
    assert found[-1] == pytest.approx(4.0)
    assert (np.diff(found) >= 0).all()


def test_a_list_shares_blocks_and_keeps_its_ids(base):
    listed = (
        Listed("usual"),
        Listed("less", {"clause.cap.water_use_total.PAIR.2025.value": 14.0}),
        Listed("least", {"clause.cap.water_use_total.PAIR.2025.value": 13.0}),
        Listed("off", {"lever.reclaimed.enabled": False, "clause.cap.water_use_total.PAIR.2025.reading": "counted"}),
    )
    read = open_design(Design("case", base, "list", scenarios=listed))
    assert [block.samples(0, len(block)).ids for block in read.blocks] == [("usual",), ("less", "least"), ("off",)]
    assert [(chunk.block, chunk.start, chunk.stop) for chunk in read.chunks()] == [(0, 0, 1), (1, 0, 2), (2, 0, 1)]
    assert not read.blocks[2].base.lever("reclaimed").enabled


def test_chunks_hold_every_scenario_once_whoever_asks(opened):
    read = opened(count=103, chunk=10)
    cut = list(read.chunks())
    assert [chunk.number for chunk in cut] == list(range(11))
    assert [chunk.stop - chunk.start for chunk in cut] == [10] * 10 + [3]
    assert [opened(count=count).chunk_size for count in (10, 10_000, 100_000)] == [10, 250, 500]


def test_a_design_written_and_read_again_is_the_same(tmp_path):
    design = Design(
        "case",
        "plan",
        "random",
        count=5,
        seed=3,
        leave_out=("record.lever.*",),
        vary={FLOOR: Vary("normal", 80, 100, sd=3.0, reason="seen in two counties"), DRY: Vary(values=(0.8, 0.9))},
        correlations=(Correlation((FLOOR, DRY), ((1.0, 0.5), (0.5, 1.0))),),
        indicators=("population.HBEW.2035",),
        title="A case",
        title_zh="示例",
    )
    path = tmp_path / "case.toml"
    path.write_text(dump_design(design), encoding="utf-8")
    assert read_design(path, Problems()) == design
    listed = Design("case", "plan", "list", scenarios=(Listed("a", {"lever.reclaimed.enabled": False}, "baseline"),))
    path.write_text(dump_design(listed), encoding="utf-8")
    assert read_design(path, Problems()) == listed
