"""Each lost decimal: the evidence is done again on the records, and the figure as found would not pass it."""

from __future__ import annotations

import pytest

from regmodel.plans import recompute_evidence

LOST = {
    "hbey_area": ("175", "17.5"),
    "hbey_pop_2016": ("11384", "1138.4"),
    "hbey_gdp_2016": ("142302", "14230.2"),
    "hbey_share_area": ("18", "1.8"),
    "hbey_share_pop": ("08", "0.8"),
    "hbey_share_gdp": ("19", "1.9"),
    "hbey_urb_2016": ("693", "69.3"),
}


def test_every_lost_decimal_is_listed(book):
    assert {c.row: (c.found, c.read_as) for c in book.corrections} == LOST


@pytest.mark.parametrize("row", LOST)
def test_the_evidence_of_a_correction(row, book, clauses):
    correction = next(c for c in book.corrections if c.row == row)
    evidence = recompute_evidence(correction, clauses, book)
    assert evidence.agrees
    assert not evidence.found_agrees


def test_the_clause_carries_the_figure_as_read_and_shows_it_as_printed(book, by_id):
    for correction in book.corrections:
        clause = by_id[correction.row]
        assert clause.value == float(correction.read_as)
        assert clause.as_printed.startswith(correction.found)
        assert clause.confidence == "B"
        assert "restored" in clause.note


def test_the_evidence_by_hand(book, clauses):
    # 17.5 / 960 = 1.823 %; 1138.4 / 138271 = 0.823 %; 14230.2 / 744127 = 1.912 %
    # (68.2 x 308.87 + 83.0 x 285.8 + 73.5 x 205.53 + 56.3 x 338.2) / 1138.4 = 69.34 %
    by_row = {c.row: recompute_evidence(c, clauses, book).computed for c in book.corrections}
    assert by_row["hbey_area"] == pytest.approx(1.823, abs=5e-4)
    assert by_row["hbey_pop_2016"] == pytest.approx(0.823, abs=5e-4)
    assert by_row["hbey_gdp_2016"] == pytest.approx(1.912, abs=5e-4)
    assert by_row["hbey_urb_2016"] == pytest.approx(69.34, abs=5e-3)


def test_evidence_fails_when_the_figure_is_another(book, clauses):
    from dataclasses import replace

    correction = next(c for c in book.corrections if c.row == "hbey_area")
    figures = tuple(
        replace(f, value=f.value * 2) if (f.variable, f.region) == ("land_area", "CHINA") else f for f in book.figures
    )
    assert not recompute_evidence(correction, clauses, replace(book, figures=figures)).agrees
