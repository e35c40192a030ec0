"""A difference is split so that the parts sum to it exactly, by hand examples and for any game."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regmodel.runs.shapley import orders_for, split


def product(made: frozenset[int]) -> dict[str, float]:
    """2 x 3 with the first factor as 4 or the second as 5 where they are changed."""
    return {"area": (4.0 if 0 in made else 2.0) * (5.0 if 1 in made else 3.0)}


def test_a_product_of_two_is_split_as_by_hand():
    """From 6 to 20. First factor alone: 12 - 6 = 6, after the other: 20 - 10 = 10, on average 8; second: 4 and 8, 6."""
    found = split(2, product)["area"]
    assert (found.start, found.end, found.total) == (6.0, 20.0, 14)
    assert found.parts == (8, 6)
    assert found.exact
    assert found.orders == 2
    assert found.errors == (0.0, 0.0)


def test_three_players_of_a_majority_share_alike():
    """Two of three carry a vote: every one has a third."""
    found = split(3, lambda made: {"vote": float(len(made) >= 2)})["vote"]
    assert found.parts == (Fraction(1, 3),) * 3


def test_a_change_that_does_nothing_has_no_part():
    found = split(3, lambda made: {"x": 2.0 * (0 in made) + 3.0 * (2 in made)})["x"]
    assert found.parts == (2, 0, 3)


worths = st.dictionaries(
    st.integers(0, 2**8 - 1), st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False), max_size=40
)


@given(players=st.integers(1, 8), table=worths)
def test_parts_sum_to_the_difference_to_the_last_bit(players, table):
    """Counted or drawn, whatever the game: the sum of the fractions is the difference of the two numbers."""

    def worth(made: frozenset[int]) -> dict[str, float]:
        return {"x": table.get(sum(2**player for player in made), 0.1)}

    found = split(players, worth)["x"]
    assert found.exact == (players <= 6)
    assert sum(found.parts) == found.total == Fraction(found.end) - Fraction(found.start)


def test_drawn_orders_are_the_same_every_time_and_show_their_error():
    """Eight factors of 2: each has an eighth of 255; drawn, the parts are near it, within a few of their errors."""

    def worth(made: frozenset[int]) -> dict[str, float]:
        return {"x": float(2 ** len(made) + 50 * (0 in made and 1 in made))}

    found, again = split(8, worth)["x"], split(8, worth)["x"]
    assert found == again
    assert not found.exact
    assert found.orders == orders_for(8) == 50
    right = [255 / 8 + 25] * 2 + [255 / 8] * 6
    for part, error, expected in zip(found.parts, found.errors, right, strict=True):
        assert error is not None
        assert float(part) == pytest.approx(expected, abs=5 * error)


def test_drawn_orders_agree_with_all_orders():
    """Six players both ways: what is drawn lies within four of its standard errors of what is counted."""

    def worth(made: frozenset[int]) -> dict[str, float]:
        return {"x": float(sum(player + 1 for player in made) ** 2)}

    counted, drawn = split(6, worth)["x"], split(6, worth, orders=200)["x"]
    for exact, part, error in zip(counted.parts, drawn.parts, drawn.errors, strict=True):
        assert float(part) == pytest.approx(float(exact), abs=max(4 * (error or 0.0), 1e-9))


def test_changes_that_add_up_have_no_error():
    """Without interplay every order says the same."""
    found = split(9, lambda made: {"x": float(sum(2**player for player in made))})["x"]
    assert found.parts == tuple(2**player for player in range(9))
    assert set(found.errors) == {0.0}
