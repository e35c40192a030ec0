"""The unit beside a number is the unit of that number: scaled with its scale, as printed where it stands as printed."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from importlib import import_module

import pytest

import regmodel.equations
from regmodel.params import convert
from regmodel.report import assemble
from regmodel.report.content import Table, plain
from regmodel.report.units import SHOWN_AS, printed_label, scale_of, unit_label
from regmodel.vocabulary.equation import CATALOGUE
from regmodel.vocabulary.glossary import read_glossary

VOLUME = "10^6 m3"


@pytest.mark.parametrize("unit", sorted(SHOWN_AS))
def test_a_scale_goes_with_the_label_of_the_planners_unit_and_no_other(unit):
    """What one of the unit is in the planners' unit is the scale; where that is not one, the labels differ."""
    shown = SHOWN_AS[unit]
    assert scale_of(unit) == pytest.approx(convert(1.0, unit, shown))
    assert unit_label(unit, "en") == printed_label(shown, "en")
    if scale_of(unit) != 1.0:
        assert unit_label(unit, "en") != printed_label(unit, "en")


@pytest.mark.parametrize(("language", "printed", "scaled"), [("en", "10⁶ m³", "10⁸ m³"), ("zh", "百万 m³", "亿 m³")])
def test_a_million_cubic_metres_as_printed_is_not_called_a_hundred_million(language, printed, scaled):
    """250 x 10^6 m3 are 250 beside the one label, and 2.5 beside the other."""
    assert printed_label(VOLUME, language) == printed
    assert unit_label(VOLUME, language) == scaled
    assert 250 * scale_of(VOLUME) == pytest.approx(2.5)


@pytest.mark.parametrize(("language", "label"), [("en", "10⁶ m³"), ("zh", "百万 m³")])
def test_a_user_s_record_keeps_the_unit_that_it_is_printed_in(runs, language, label):
    """A record that is typed as 1550 in 10^6 m3 stands in the report as 1550 in 10^6 m3."""
    run = runs["feasible"]
    book = run.scenario.book
    own = replace(book.records["water.use_base.ORDOS"], printed="1550", printed_unit=VOLUME)
    mine = replace(book, records={**book.records, own.key: own})
    told = type(run)(**{**vars(run), "scenario": replace(run.scenario, book=mine)})
    tables = [block for part in assemble(told, language).sections for block in part.blocks if isinstance(block, Table)]
    (row,) = [row for table in tables for row in table.rows if row.anchor == f"record-{own.key}"]
    assert (plain(row.cells[1]), plain(row.cells[4])) == ("1550", label)


def test_every_unit_of_an_equation_or_of_the_glossary_has_words_in_both_languages():
    for module in pkgutil.iter_modules(regmodel.equations.__path__):
        import_module(f"regmodel.equations.{module.name}")
    units = {one.unit for one in CATALOGUE.values()} | {one.unit for one in read_glossary().values() if one.unit}
    assert "hm3/year/wan_person" in units
    for unit in sorted(units):
        for language in ("en", "zh"):
            label = printed_label(unit, language)
            assert not any(raw in label for raw in ("hm3", "wan_", "yi_", "dimensionless", "_", "*", "^")), unit
