"""Numbers come into the report by their keys only, and no sentence of the house holds a digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

from regmodel.report.content import plain, say
from regmodel.report.figures import Figures, NotInTheRun, show
from regmodel.report.labels import typeset
from regmodel.vocabulary.texts import Text

ROOMS = (
    "sentences",
    "front",
    "steps",
    "repairs",
    "ledger",
    "clashes",
    "conflicts",
    "proof_table",
    "ways_out",
    "stages",
    "prices",
    "readings_table",
    "deciding",
    "changes",
    "evidence",
    "method",
    "validation",
    "outline",
    "uses",
    "charts_limits",
)


def texts(thing: Any) -> Iterator[Text]:
    """All texts inside a constant."""
    if isinstance(thing, Text):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, tuple):
        for value in thing:
            yield from texts(value)


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_of_the_house_holds_a_digit(room):
    """A number in a template would be a number that is not the run's."""
    module = import_module(f"regmodel.report.{room}")
    found = [text for value in vars(module).values() for text in texts(value)]
    assert found
    assert [text for text in found if re.search(r"\d", text.en + text.zh)] == []


def test_a_number_that_the_run_does_not_hold_is_refused(runs):
    """An unknown key is a mistake of the report and is said, not printed as nothing."""
    figures = Figures(runs["feasible"])
    for key in ("verdict/clauses/9999/margin", "verdict/nothing", "weather/tomorrow", "trajectory/plan/X/gdp/2025"):
        assert not figures.has(key)
        with pytest.raises(NotInTheRun):
            figures.number(key)


def test_a_number_keeps_its_key_and_its_stored_value(runs):
    """What is shown is the stored value in the planners' unit."""
    figures = Figures(runs["feasible"])
    number = figures.number("record/water.use_base.ORDOS/value", unit="hm3/year")
    assert number.value == 1550.0
    assert number.text == "15.5"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(13313.5, "13,314"), (813.6, "813.6"), (800.0, "800"), (-1.4651, "−1.47"), (0.0, "0"), (0.36131, "0.361")],
)
def test_numbers_are_shown_with_about_four_figures(value, expected):
    """Enough to recognise a printed figure, not more."""
    assert show(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.04, "0.04"), (0.0036, "0.004"), (-0.0004, "−0.0004"), (0.05, "0.1"), (0.0, "0.0"), (1e-12, "0.0")],
)
def test_what_is_not_nothing_is_not_shown_as_nothing(value, expected):
    """A share of 0.04 % is not 0.0 %; what is below any record's last digit is the rounding of a difference."""
    assert show(value, 1) == expected


def test_a_sentence_takes_numbers_and_words_in_its_places(runs):
    """Places are filled by spans that keep their keys."""
    figures = Figures(runs["feasible"])
    line = say(Text("{count} of them", "其中{count}条"), "zh", count=figures.count("things", [1, 2]))
    assert plain(line) == "其中2条"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("100 x 10^4 persons", "100 × 10⁴ persons"),
        ("7.68 10^8 m3", "7.68 10⁸ m³"),
        ("69.0 % x 2,372.6 - 1,622.75 = +14.4", "69.0 % × 2,372.6 − 1,622.75 = +14.4"),
        ("90.0 -> 26.2", "90.0 → 26.2"),
        ("2021-2025", "2021-2025"),
    ],
)
def test_powers_and_signs_are_typeset(typed, printed):
    """What was written on a keyboard reads as print; years stay years."""
    assert typeset(typed) == printed
