"""A better number carries the letter of its source, and what was only assumed is then no longer moved as assumed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from regmodel.feasibility.assumed_ends import at_end, mixed_records
from regmodel.params import base_year
from regmodel.scenario import Override, Scenario, load

KEY = "water.use_base.ORDOS"
Made = Callable[..., Scenario]


def _typed(value: float, source: str | None = None, kind: str | None = None, key: str = f"record.{KEY}") -> Override:
    return Override(key, value, None, "case", source, "table 3" if source else None, kind)


def test_a_bulletin_turns_an_assumption_into_a_published_figure(made: Made) -> None:
    """D with a range before; B, without the range of the guess, after. Ordos then stands in the base year as typed."""
    before = load("plan").book.records[KEY]
    assert (before.confidence, before.low, before.high) == ("D", "14.0", "17.0")
    scenario = made({f"record.{KEY}": _typed(16.2, "Ordos water bulletin 2020", "bulletin")})
    after = scenario.book.records[KEY]
    assert (after.confidence, after.low, after.high, after.harder) == ("B", None, None, None)
    assert (after.source, after.where) == ("Ordos water bulletin 2020", "table 3")
    base = base_year(scenario.book)
    assert base.total_water_use[scenario.book.regions.ids().index("ORDOS")] == pytest.approx(1620.0, rel=1e-12)
    assert KEY in mixed_records(load("plan").book)
    assert KEY not in mixed_records(scenario.book)


def test_a_figure_from_a_document_stays_where_assumptions_move(made: Made) -> None:
    """industrial_intensity_decline: hard means low; typed from a yearbook it stays at both ends."""
    key = "water.industrial_intensity_decline"
    guess = made({f"record.{key}": 3.0})
    known = made({f"record.{key}": _typed(3.0, "Yearbook 2020", "yearbook", f"record.{key}")})
    assert at_end(guess, "hard").book.value(key) == pytest.approx(0.015)
    assert at_end(known, "hard").book.value(key) == at_end(known, "easy").book.value(key) == pytest.approx(0.03)


def test_a_paper_keeps_the_range_and_is_not_moved(made: Made) -> None:
    record = made({f"record.{KEY}": _typed(16.2, "A paper", "paper")}).book.records[KEY]
    assert (record.confidence, record.low, record.high) == ("C", "14.0", "17.0")


def test_a_number_without_a_source_is_an_assumption(made: Made) -> None:
    """A published figure that somebody types over without a document is a seed again, and totals win over it."""
    key = "baseline.gdp.HOHHOT.2020"
    published = load("plan").book
    assert published.find_figure("gdp", "HOHHOT", 2020).confidence == "B"  # type: ignore[union-attr]
    changed = made({f"record.{key}": 4000.0}).book.find_figure("gdp", "HOHHOT", 2020)
    assert changed is not None
    assert changed.confidence == "D"


def test_a_reason_alone_beside_the_same_number_leaves_its_letter(made: Made) -> None:
    key = "record.baseline.gdp.HOHHOT.2020"
    same = float(load("plan").book.find_figure("gdp", "HOHHOT", 2020).printed)  # type: ignore[union-attr]
    scenario = made({key: Override(key, same, "looked up again", "case")})
    assert scenario.book.find_figure("gdp", "HOHHOT", 2020).confidence == "B"  # type: ignore[union-attr]


def test_a_cap_from_a_document_is_no_longer_recalled(made: Made) -> None:
    plan = load("plan")
    recalled = next(
        one.clause
        for one in plan.clauses
        if one.clause.kind == "cap" and one.clause.confidence == "D" and one.clause.value
    )
    key = f"clause.{recalled.id}.value"
    typed = made({key: _typed(recalled.value, "Order of the bureau", "statute", key)}).clause(recalled.id).clause
    assert (typed.confidence, typed.assumed, typed.source) == ("A", False, "Order of the bureau")
    chosen = made({key: recalled.value}).clause(recalled.id).clause
    assert chosen.confidence == "D"
