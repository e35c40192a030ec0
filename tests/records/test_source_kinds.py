"""Confidence follows from the source that is given, by the rule of source_kinds.csv."""

from __future__ import annotations

from pathlib import Path

import pytest

from regmodel.params import ParameterBook, letter_from, read_book
from regmodel.vocabulary.problems import InputProblems


@pytest.mark.parametrize(
    ("source", "kind", "letter"),
    [
        ("Water law", "statute", "A"),
        ("Census of 2020", "census", "A"),
        ("Yearbook 2021", "yearbook", "B"),
        ("Ordos water bulletin 2020", "bulletin", "B"),
        ("Ordos water bulletin 2020, as quoted", "mirror", "B"),
        ("A paper", "paper", "C"),
        ("Something without more", None, "C"),
        ("What an expert said", "none", "D"),
        (None, None, "D"),
    ],
)
def test_the_letter_follows_from_the_source(
    book: ParameterBook, source: str | None, kind: str | None, letter: str
) -> None:
    assert letter_from(source, kind, book.sources, book.source_kinds) == letter


def test_a_known_source_allows_no_better_letter_than_its_own(book: ParameterBook) -> None:
    """The census panel is a mirror: B at best, whatever it is called; a recalled figure stays D."""
    assert book.sources["census_panel"].best_confidence == "B"
    assert letter_from("census_panel", "census", book.sources, book.source_kinds) == "B"
    assert letter_from("census_panel", "paper", book.sources, book.source_kinds) == "C"
    assert letter_from("recalled", None, book.sources, book.source_kinds) == "D"


def test_a_rule_without_its_last_resort_is_refused(small_folder: Path) -> None:
    path = small_folder / "source_kinds.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    kept = [line.replace(",C,", ",Z,") for line in lines if not line.startswith("none,")]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_book(small_folder)
    found = {(problem.code, problem.where) for problem in caught.value.problems}
    assert found == {
        ("P-16", "params/source_kinds.csv   row 8, paper"),
        ("P-16", "params/source_kinds.csv   row 9, other"),
        ("P-03", "params/source_kinds.csv"),
    }
