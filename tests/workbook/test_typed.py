"""What a message says is expected of a cell reads as each language sets a number and its unit."""

from __future__ import annotations

import pytest

from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import unit_text
from regmodel.workbook.typed import Place

WORDS = Text("between {low:g} and {high:g} {unit}", "{low:g} 至 {high:g} {unit}")


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        ("% of output", "between 33 and 50 % of output", "占产出 33 至 50 %"),
        ("%", "between 33 and 50 %", "33 至 50 %"),
        ("10^6 m3", "between 33 and 50 10⁶ m³", "33 至 50 百万 m³"),
        ("ratio", "between 33 and 50", "33 至 50"),
        (None, "between 33 and 50", "33 至 50"),
    ],
)
def test_a_range_is_said_with_its_unit_in_the_order_of_the_language(unit, en, zh):
    """Chinese says before the number what a per cent is of, and a bare ratio has no unit to say."""
    place = Place("A1", Text("x", "x"), None if unit is None else unit_text(unit))
    said = place.in_unit(WORDS).fill(low=33.0, high=50.0)
    assert (said.en, said.zh) == (en, zh)
