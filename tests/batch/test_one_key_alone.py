"""One assumption that varies by itself: two samples side by side have the numbers that each has alone."""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.batch.preparing import prepared
from regmodel.batch.ranges import assumed_keys, range_of
from regmodel.batch.samples import Samples
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import changed, load
from regmodel.scenario.better import printed_number
from regmodel.vocabulary.many import each_of, stacked

NEAR = (0.05, 0.95)
ROW_NUMBERS = ("low", "high", "factor", "scale")


def _near_the_ends(base, keys):
    ends = [range_of(base, key) for key in keys]
    values = np.array([[one.low + part * (one.high - one.low) for one in ends] for part in NEAR])
    return Samples(("low", "high"), keys, values)


def _unlike(base, keys):
    """Where the numbers of two samples side by side are not those of each by itself, to 1e-12 of their kind."""
    samples = _near_the_ends(base, keys)
    parts = list(prepared(base, samples))
    assert sorted(number for part in parts for number in part.numbers.tolist()) == [0, 1]
    return _other_than_alone(base, samples, parts)


def _other_than_alone(base, samples, parts):
    found = []
    for part in parts:
        assert part.problem is None, (samples.keys, part.problem)
        for place, number in enumerate(part.numbers.tolist()):
            alone = prepare(changed(base, samples.override(number)), slopes=False)
            assert part.case.shape == alone.shape
            pairs = [(name, part.case.values[name], value) for name, value in alone.values.items()]
            pairs += [(name, _of_rows(part.case, name), _of_rows(alone, name)) for name in ROW_NUMBERS]
            for name, together, value in pairs:
                if not _same(each_of(together, len(part.numbers))[..., place], np.asarray(value, dtype=float)):
                    found.append((samples.keys, number, name))
    return found


def _of_rows(case, name):
    return stacked([getattr(row, name) for row in case.rows])


def _same(together, alone):
    size = np.abs(alone[np.isfinite(alone)]).max(initial=1e-9)
    return np.allclose(together, alone, rtol=1e-12, atol=1e-12 * size, equal_nan=True)


def test_a_published_figure_that_varies_is_as_free_in_the_fit_as_in_a_single_run(pair):
    """A number without a source is an assumption, side by side as by itself: the fit may move it. One of two samples
    that has the number printed keeps its letter, so that the two come apart.
    """
    base, compared = pair(), 0
    for figure in [one for one in base.book.figures if one.confidence in "AB" and one.year == 2020]:
        stands = printed_number(figure, base.book)
        for values in ([[0.98 * stands], [1.02 * stands]], [[stands], [1.02 * stands]]):
            samples = Samples(("a", "b"), (f"record.{figure.key}",), np.array(values))
            parts = list(prepared(base, samples))
            usable = [part for part in parts if part.problem is None]
            assert _other_than_alone(base, samples, usable) == []
            if len(usable) == len(parts):
                assert len(parts) == (1 if values[0][0] != stands else 2)
                compared += 1
    assert compared > 5


def test_a_key_of_the_pair_alone(pair):
    """Every group of keys that a design over C and D varies by itself; one of them is the path of the whole region."""
    base = pair()
    groups = assumed_keys(base, ("C", "D"))
    assert ("record.population.region_path_growth",) in groups
    assert [unlike for keys in groups for unlike in _unlike(base, keys)] == []


@pytest.mark.slow
def test_a_key_of_the_plan_alone():
    """The same for the shipped plan: records, figures of the base year and recalled caps."""
    base = load("plan")
    groups = assumed_keys(base, ("C", "D"))
    kinds = {key.partition(".")[0] for keys in groups for key in keys}
    assert kinds == {"record", "clause"}
    assert any(len(keys) > 1 for keys in groups)  # printed uses of water in one place
    assert len(groups) >= 119
    assert [unlike for keys in groups for unlike in _unlike(base, keys)] == []
