"""A number that somebody typed over a recorded one: the letter that it carries follows from the source given for it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from regmodel.params import Change, Figure, ParameterBook, Record, letter_from
from regmodel.params.numbers import read_number
from regmodel.plans import Clause
from regmodel.scenario.model import Override
from regmodel.vocabulary.many import Disagree, Many

ASSUMED = ("D", "E")
_SAME = 1e-12


def stands_for(key: str, book: ParameterBook) -> Record | Figure | None:
    """The record or figure of ``params/`` that an override of ``record.<key>`` stands in place of."""
    if key in book.records:
        return book.records[key]
    stem, _, last = key.rpartition(".")
    if last in book.regions.ids() and book.has(stem, last):
        return book.record(stem, last)
    return next((figure for figure in book.figures if figure.key == key), None)


def printed_number(found: Record | Figure, book: ParameterBook) -> float:
    """The printed figure as a number of its printed unit."""
    source = book.sources.get(found.source)
    return read_number(found.printed, found.printed_unit, source.number_format if source else None)


def change_of(key: str, override: Override, book: ParameterBook) -> Change:
    """What an override makes of a record or figure of ``book``.

    A number that stands there already, without a source beside it, keeps its letter.
    """
    value, letter = float(override.value), None
    found = stands_for(key, book)
    same = found is not None and math.isclose(value, printed_number(found, book), rel_tol=_SAME)
    if override.source is not None or override.kind is not None or not same:
        letter = letter_from(override.source, override.kind, book.sources, book.source_kinds)
    return Change(value, override.reason, override.source, letter, override.where)


def letter_of_each(key: str, number: Many | float, book: ParameterBook) -> str | None:
    """The letter that numbers without a source give to a record or figure; None where it keeps its own, as above.

    Raises Disagree where some of many scenarios have the number that stands there already and others have not.
    """
    found = stands_for(key, book)
    if found is None:
        return letter_from(None, None, book.sources, book.source_kinds)
    each = np.atleast_1d(np.asarray(number.each if isinstance(number, Many) else number, dtype=np.float64))
    printed = printed_number(found, book)
    same = np.abs(each - printed) <= _SAME * np.maximum(np.abs(each), abs(printed))
    if same.all():
        return None
    if same.any():
        raise Disagree(same)
    return letter_from(None, None, book.sources, book.source_kinds)


def cited(clause: Clause, override: Override, book: ParameterBook) -> Clause:
    """A clause whose figure cites another document: its letter follows. Without one it is a choice, no claim."""
    if override.source is None:
        return clause
    letter = letter_from(override.source, override.kind, book.sources, book.source_kinds)
    return replace(clause, source=override.source, confidence=letter, assumed=clause.assumed and letter in ASSUMED)
