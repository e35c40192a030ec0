"""Each coefficient is made of the records and figures that the table of origins names for it, and of no others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from regmodel.feasibility.numbers import prepare
from regmodel.projection.coefficients import AXES
from regmodel.projection.origins import ORIGINS, ROW_ORIGINS, origins

STEP = 1.01


def stem_of(key, stems):
    """The longest name of the table that a record's key begins with."""
    fitting = [stem for stem in stems if key == stem or key.startswith(f"{stem}.")]
    return max(fitting, key=len) if fitting else None


def moved_books(book):
    """The book with each record, and each variable of figures, moved by a hundredth; by the name of the table."""
    for key, record in book.records.items():
        moved = replace(record, value=record.value * STEP)
        yield key, replace(book, records={**book.records, key: moved})
    for variable in dict.fromkeys(figure.variable for figure in book.figures):
        for year in sorted({figure.year for figure in book.figures if figure.variable == variable}):
            for region in sorted({figure.region for figure in book.figures if figure.variable == variable}):
                figures = tuple(
                    replace(figure, value=figure.value * STEP)
                    if (figure.variable, figure.year, figure.region) == (variable, year, region)
                    else figure
                    for figure in book.figures
                )
                if figures != book.figures:
                    yield f"figure:{variable}", replace(book, figures=figures)


def differing(one, other):
    return {name for name in one if not np.array_equal(one[name], other[name], equal_nan=True)}


@pytest.fixture(scope="module")
def found(pair_case):
    """What moved with what: coefficients by record or figure, and bodies of clause rows likewise."""
    arrays, rows = defaultdict(set), defaultdict(set)
    for key, book in moved_books(pair_case.scenario.book):
        try:
            case = prepare(replace(pair_case.scenario, book=book))
        except Exception as refused:  # totals that no longer add up
            assert "P-" in str(refused), key
            continue
        arrays[key] |= differing(pair_case.paths.values, case.paths.values)
        rows[key] |= {
            (shape.body, shape.clause)
            for shape, old, new in zip(pair_case.shape.rows, pair_case.rows, case.rows, strict=True)
            if (old.low, old.high, old.factor) != (new.low, new.high, new.factor)
        }
    return arrays, rows


def test_the_table_names_every_coefficient():
    assert set(AXES) <= set(ORIGINS)


def test_a_coefficient_moves_with_nothing_but_its_origins(found):
    arrays, _ = found
    wrong = []
    for key, names in arrays.items():
        for name in sorted(names):
            stem = key if key.startswith("figure:") else stem_of(key, ORIGINS[name])
            if stem not in ORIGINS[name]:
                wrong.append(f"{name} moves with {key}")
    assert wrong == []


def test_every_origin_moves_its_coefficient(found):
    """In the pair, where a record or figure of that name is there to be moved."""
    arrays, _ = found
    wrong = []
    for name, stems in ORIGINS.items():
        if name not in AXES:
            continue
        for stem in stems:
            there = [key for key in arrays if key == stem or key.startswith(f"{stem}.")]
            if there and not any(name in arrays[key] for key in there):
                wrong.append(f"{name} never moves with {stem}")
    assert wrong == []


def test_a_clause_row_moves_with_nothing_but_its_origins(found, pair_case):
    _, rows = found
    wrong = []
    for key, moved in rows.items():
        for body, clause in sorted(moved):
            record = pair_case.scenario.clause(clause).clause.record
            named = {*ROW_ORIGINS.get(body, ()), *([record] if record else [])}
            stem = key if key.startswith("figure:") else stem_of(key, named)
            if stem not in named:
                wrong.append(f"{body} ({clause}) moves with {key}")
    assert wrong == []


def test_every_origin_of_a_shipped_coefficient_is_there(plan_case):
    """A stem that names no record and no figure would count nothing."""
    book = plan_case.scenario.book
    figures = {f"figure:{figure.variable}" for figure in book.figures}
    lost = [
        stem
        for stem in origins(ORIGINS, ROW_ORIGINS)
        if stem not in figures and not any(key == stem or key.startswith(f"{stem}.") for key in book.records)
    ]
    assert lost == []
