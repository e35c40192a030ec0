"""The cost of water saved by lining canals, redone from the works that its record cites."""

from __future__ import annotations

import pytest

from regmodel.params import ParameterBook


def yearly(cost: float, volume: float, years: int, interest: float) -> float:
    """Cost of one unit of yearly volume: the works' cost spread over their life as equal yearly payments."""
    return cost / volume * interest / (1 - (1 + interest) ** -years)


def test_works_of_six_hundred_million_cost_thirty_six_cents_a_cubic_metre() -> None:
    """6 x 10^8 yuan for 1.3 x 10^8 m3 a year, 25 years, 6 %: 4.615 x 0.07823 = 0.361 yuan/m3."""
    assert yearly(6.0, 1.3, 25, 0.06) == pytest.approx(0.361, abs=5e-4)


def test_the_record_of_canal_lining_stands_between_those_works_at_six_and_at_eight_percent(
    book: ParameterBook,
) -> None:
    """4.615 x 0.07823 = 0.361 and 4.615 x 0.09368 = 0.432: the recorded 0.4 lies between, and its range holds both."""
    record = book.record("lever.canal_lining.cost")
    least, most = yearly(6.0, 1.3, 25, 0.06), yearly(6.0, 1.3, 25, 0.08)
    assert least < record.value < most
    assert record.low_value is not None
    assert record.high_value is not None
    assert record.low_value <= least < most <= record.high_value
