"""A back-cast worse than a rule of thumb stands on the first page, in both languages."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from regmodel.report.content import Card, plain
from regmodel.report.figures import Figures
from regmodel.report.front import front_page
from regmodel.report.validation import backcast_summary


def scored(run, **worse):
    """The run with the rules of thumb that did better, by variable."""
    told = run.backcast
    summary = {name: {**entry, "worse_than": worse.get(name, [])} for name, entry in told["summary"].items()}
    return SimpleNamespace(**{**vars(run), "backcast": {**told, "summary": summary}})


def first_page(run, language):
    """The facts of the first page as a reader sees them."""
    cards = [block for block in front_page(Figures(run), language).blocks if isinstance(block, Card)]
    return "\n".join(plain(line) for card in cards for _, line in card.facts)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "worse than last value"), ("zh", "差于沿用上值")], ids=["en", "zh"]
)
def test_a_score_worse_than_a_benchmark_is_on_the_first_page(runs, language, said):
    run = scored(runs["feasible"], urbanisation_rate=["last_value"])
    assert said in first_page(run, language)
    assert said not in first_page(scored(runs["feasible"]), language)


def test_every_worse_score_is_named_with_both_errors(runs):
    run = scored(runs["feasible"], population=["constant_share"], urban_population=["constant_share", "last_value"])
    words = plain(backcast_summary(Figures(run), "en"))
    assert words.count("worse than") == 3
    entry = run.backcast["summary"]["urban_population"]
    assert f"worse than last value ({entry['mape_last_value']:.1f} %)" in words
