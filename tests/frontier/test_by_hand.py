"""A trade-off that can be worked out by hand: sectors that share one cap on water.

Output from 1 of water: a makes 1, with 4 of water at most; b makes 2/3, with 15 at most; d makes 1/2, with 0.5 at least
and 6 at most. Output is to be as large as the water allows, so a goes first, then b, then the rest of d.
"""

from __future__ import annotations

import numpy as np
import pytest

from regmodel.feasibility.affine import AffineMap, Compiled
from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.asked_ends import AskedEnds
from regmodel.feasibility.engine import Give, engine_of
from regmodel.feasibility.frontier_corners import Corners

CAP, OUTPUT = ("cap", "high"), ("output", "low")


def fixed(numbers):
    nothing = np.empty(0, dtype=np.int64)
    return AffineMap(np.array(numbers, dtype=float), nothing, nothing, np.empty(0))


@pytest.fixture
def two_clauses():
    """Columns a, b, d (water of each sector) and the two ends; rows: water within the cap, output, and d's least."""
    rows = {
        "cap": ([1, 1, 1, -1, 0], -np.inf, 0),  # a + b + d - give <= 0
        "output": ([1, 2 / 3, 1 / 2, 0, 1], 0, np.inf),  # a + 2/3 b + 1/2 d + give >= 0
        "least of d": ([0, 0, 1, 0, 0], 0.5, np.inf),
    }
    cells = [(at, value) for coefficients, _, _ in rows.values() for at, value in enumerate(coefficients) if value]
    starts = np.cumsum([0, *(sum(1 for value in coefficients if value) for coefficients, _, _ in rows.values())])
    compiled = Compiled(
        parameters=(),
        rows=tuple(rows),
        columns=("a", "b", "d", "give_cap", "give_output"),
        row_start=starts.astype(np.int64),
        column=np.array([at for at, _ in cells], dtype=np.int64),
        matrix=fixed([value for _, value in cells]),
        low=fixed([low for _, low, _ in rows.values()]),
        high=fixed([high for _, _, high in rows.values()]),
        cost=fixed([0] * 5),
        column_low=np.array([0.0, 0, 0, 0, 0]),
        column_high=np.array([4.0, 15, 6, 0, 0]),
    )
    gives = (Give("cap", "high", 3, 1.0), Give("output", "low", 4, 1.0))
    engine = engine_of(compiled, {"cap": np.array([0]), "output": np.array([1])}, gives)
    return ByHand(engine)


class ByHand(AskedEnds):
    """Ends of a linear model without clauses: an end gives way by what its column says."""

    def __init__(self, engine):
        self.engine = engine
        self.ends = (CAP, OUTPUT)
        self.gives = {(give.clause, give.side): give for give in engine.gives}

    def fill(self, eases):
        return None

    def standing(self, here, end, columns):
        return float(columns[self.gives[end].column])

    def value(self, end, ease, year=None):
        return ease if end == CAP else -ease

    def level(self, end, ease):
        return self.value(end, ease)


def test_the_corners_are_those_found_by_hand(two_clauses):
    marks, exact, complete = Corners(two_clauses, CAP, OUTPUT, Clock(60)).trace()
    assert exact
    assert complete
    by_hand = [
        (0.5, 0.25),  # the least of d: 0.5 of water makes 0.25 of output
        (4.5, 4.25),  # then a: 4 of water, 4 of output
        (19.5, 14.25),  # then b: 15 of water, 10 of output
        (25.0, 17.0),  # then the rest of d: 5.5 of water, 2.75 of output
    ]
    assert [(mark.point.x, mark.point.y) for mark in marks] == [pytest.approx(pair, abs=1e-6) for pair in by_hand]
    assert all(mark.point.proved for mark in marks)
    slopes = np.diff([pair[1] for pair in by_hand]) / np.diff([pair[0] for pair in by_hand])
    assert slopes == pytest.approx([1.0, 2 / 3, 1 / 2])


def test_points_inside_a_piece_are_left_out(two_clauses):
    """However the search came by its points, none lies on the line between its neighbours."""
    marks, _, _ = Corners(two_clauses, CAP, OUTPUT, Clock(60)).trace()
    for before, here, after in zip(marks, marks[1:], marks[2:], strict=False):
        share = (here.u - before.u) / (after.u - before.u)
        assert before.v + share * (after.v - before.v) - here.v > 1e-3
