"""Ends of ways out as they are printed: never less than is needed, and hardly more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regmodel.feasibility.clause_changes import outwards


@given(
    start=st.floats(min_value=-1e4, max_value=1e4),
    ease=st.floats(min_value=1e-4, max_value=1e5),
    side=st.sampled_from(("low", "high")),
)
def test_an_end_is_rounded_outwards_by_a_thousandth_of_its_move_at_most(start, ease, side):
    moved = outwards(start, ease, side)
    given = moved - start if side == "high" else start - moved
    rounding = 1e-9 * ease + 1e-11
    assert ease - rounding <= given <= 1.001 * ease + rounding


def test_rounding_outwards_by_hand():
    assert outwards(69.5, 1.6512, "high") == 71.152
    assert outwards(90.0, 24.9999, "low") == 65.0
    assert outwards(13.0, 0.25, "high") == 13.25
    assert outwards(13.0, 0.0, "low") == 13.0
