"""Each coefficient is made of the records and figures that the table of origins names for it, and of no others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from regmodel.feasibility.numbers import printed_totals
from regmodel.feasibility.row_numbers import RowReader
from regmodel.params import base_year
from regmodel.projection.coefficients import AXES, coefficients
from regmodel.projection.origins import ORIGINS, ROW_ORIGINS, origins
from regmodel.vocabulary.problems import InputProblems

STEP = 1 + 1e-6  # small enough that printed totals still hold
NOTICED = 1e-10
# Printed figures that must add up can only move together.
TOGETHER = {
    **dict.fromkeys(("gdp", "va_primary", "va_secondary", "va_tertiary"), "gdp"),
    **dict.fromkeys(
        (
            "water_use_total",
            "water_use_domestic",
            "water_use_industry",
            "water_use_agriculture",
            "water_use_ecological",
        ),
        "water_use_total",
    ),
}
# Behind these stands a record that says nothing as the plan has it: no dry year, every lever free.
WHERE_IT_SPEAKS = {"record.water.dry_years": 1.0, "lever.reclaimed.limit": 0.5}


def first_of_its_kind(stem):
    name = stem.removeprefix("figure:")
    return f"figure:{TOGETHER[name]}" if name in TOGETHER else stem


def named_for(table, name, *further):
    return {first_of_its_kind(stem) for stem in (*table.get(name, ()), *further)}


def stem_of(key, stems):
    """The longest of some stems that a record's key begins with, or the key itself."""
    fitting = [stem for stem in stems if key == stem or key.startswith(f"{stem}.")]
    return max(fitting, key=len) if fitting else key


def moved_books(book, keys=None):
    """Books with one thing moved a little: a record, or the figures of a kind in one region, or everywhere."""
    for key, record in book.records.items():
        if keys is None or key in keys:
            moved = replace(record, value=record.value * STEP if record.value else STEP - 1)
            yield key, replace(book, records={**book.records, key: moved})
    if keys is not None:
        return

    def kind(figure):
        return TOGETHER.get(figure.variable, figure.variable)

    places = {(kind(figure), figure.region, figure.year) for figure in book.figures}
    for wanted in sorted(places, key=str) + [(name, None, None) for name in sorted({place[0] for place in places})]:
        figures = tuple(
            replace(figure, value=figure.value * STEP)
            if kind(figure) == wanted[0] and wanted[1:] in ((figure.region, figure.year), (None, None))
            else figure
            for figure in book.figures
        )
        yield f"figure:{wanted[0]}", replace(book, figures=figures)


def numbers(scenario, shape):
    base = base_year(scenario.book, printed_totals(scenario))
    paths = coefficients(scenario, base)
    reader = RowReader(scenario, paths)
    rows = [reader.read(row) for row in shape.rows]
    return paths.values, [(row.low, row.high, row.factor) for row in rows]


def same(one, other):
    return np.allclose(one, other, rtol=NOTICED, atol=1e-14, equal_nan=True)


def followers(scenario, shape, keys=None):
    """Coefficients, and bodies of clause rows with their clauses, that moved with each record or kind of figure."""
    values, bounds = numbers(scenario, shape)
    arrays, rows = defaultdict(set), defaultdict(set)
    for key, book in moved_books(scenario.book, keys):
        try:
            new_values, new_bounds = numbers(replace(scenario, book=book), shape)
        except InputProblems as refused:
            if {problem.code for problem in refused.problems} != {"P-14"}:
                raise
            continue  # a total of parts that are all printed: it cannot move alone
        arrays[key] |= {name for name in AXES if not same(values[name], new_values[name])}
        moved = zip(shape.rows, bounds, new_bounds, strict=True)
        rows[key] |= {(row.body, row.clause) for row, old, new in moved if not same(old, new)}
    return arrays, rows


@pytest.fixture(scope="module")
def shipped(plan_case):
    return followers(plan_case.scenario, plan_case.shape)


@pytest.fixture(scope="module")
def speaking(plan_case):
    """The same of the few records that say nothing as the plan has them."""
    from regmodel.scenario import build
    from regmodel.vocabulary.texts import same as alike

    scenario = build("speaking", alike("-"), alike("-"), "plan", (), WHERE_IT_SPEAKS)
    return followers(scenario, plan_case.shape, {"water.dry_year_factor", "water.reclaimed_rate_2020"})


def test_the_table_names_every_coefficient():
    assert set(AXES) <= set(ORIGINS)


@pytest.mark.parametrize("name", AXES)
def test_a_coefficient_moves_with_its_origins_and_nothing_else(name, shipped, speaking):
    named = named_for(ORIGINS, name)
    moving = {stem_of(key, named) for arrays in (shipped[0], speaking[0]) for key in arrays if name in arrays[key]}
    assert moving == named


@pytest.mark.slow
def test_the_table_holds_for_other_regions_too(pair_case):
    """Whatever the pair's own records show, the table has it."""
    arrays, _ = followers(pair_case.scenario, pair_case.shape)
    surprises = {
        (key, name)
        for key, names in arrays.items()
        for name in names
        if stem_of(key, named_for(ORIGINS, name)) not in named_for(ORIGINS, name)
    }
    assert surprises == set()


def test_a_clause_row_moves_with_nothing_but_its_origins(shipped, speaking, plan_case):
    """And each origin of a kind of row moves at least one such row."""
    moving = defaultdict(set)
    for _, rows in (shipped, speaking):
        for key, moved in rows.items():
            for body, clause in moved:
                record = plan_case.scenario.clause(clause).clause.record
                own = named_for(ROW_ORIGINS, body, *([record] if record else []))
                stem = stem_of(key, own)
                assert stem in own, f"{body} ({clause}) moves with {key}"
                moving[body].add(stem)
    for body in {row.body for row in plan_case.shape.rows}:
        silent = named_for(ROW_ORIGINS, body) - moving[body]
        assert silent == set(), f"{body} moves with none of {silent}"


def test_every_origin_names_a_record_or_a_figure(plan_case):
    """A stem of no record and no figure would count nothing."""
    book = plan_case.scenario.book
    figures = {f"figure:{figure.variable}" for figure in book.figures}
    lost = [
        stem
        for stem in origins(ORIGINS, ROW_ORIGINS)
        if stem not in figures and not any(key == stem or key.startswith(f"{stem}.") for key in book.records)
    ]
    assert lost == []
