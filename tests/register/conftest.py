"""The shipped register and book, read once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from regmodel.params import ParameterBook, read_book, shipped_folder
from regmodel.plans import Clause, Contradiction, contradictions, read_clauses


@pytest.fixture(scope="session")
def book() -> ParameterBook:
    return read_book()


@pytest.fixture(scope="session")
def clauses(book) -> tuple[Clause, ...]:
    return read_clauses(shipped_folder(), book.regions)


@pytest.fixture(scope="session")
def by_id(clauses) -> dict[str, Clause]:
    return {clause.id: clause for clause in clauses}


@pytest.fixture(scope="session")
def findings(clauses, book) -> dict[str, Contradiction]:
    return {finding.id: finding for finding in contradictions(clauses, book)}


@pytest.fixture
def with_clause(clauses, book) -> Callable[[str, float], dict[str, Contradiction]]:
    """The findings when one printed figure is another."""

    def findings_with(name: str, value: float) -> dict[str, Contradiction]:
        changed = tuple(clause.with_value(value) if clause.id == name else clause for clause in clauses)
        return {finding.id: finding for finding in contradictions(changed, book)}

    return findings_with


@pytest.fixture
def with_figure(clauses, book) -> Callable[[str, str, int, float], dict[str, Contradiction]]:
    """The findings when one published figure is another, in its unit of memory."""

    def findings_with(variable: str, region: str, year: int, value: float) -> dict[str, Contradiction]:
        figures = tuple(
            replace(figure, value=value)
            if (figure.variable, figure.region, figure.year) == (variable, region, year)
            else figure
            for figure in book.figures
        )
        assert figures != book.figures
        return {finding.id: finding for finding in contradictions(clauses, replace(book, figures=figures))}

    return findings_with


@pytest.fixture
def with_record(clauses, book) -> Callable[[str, float], dict[str, Contradiction]]:
    """The findings when one record is another, in its unit of memory."""

    def findings_with(key: str, value: float) -> dict[str, Contradiction]:
        records = {**book.records, key: replace(book.records[key], value=value)}
        return {finding.id: finding for finding in contradictions(clauses, replace(book, records=records))}

    return findings_with


@pytest.fixture
def params_copy(tmp_path) -> Path:
    """A copy of params/ that a test may spoil."""
    return Path(shutil.copytree(shipped_folder(), tmp_path / "params"))
