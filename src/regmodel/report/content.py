"""The content model of a report: what is said, in which order, free of HTML, Word or PDF.

A number never stands in a string: it is a ``Number`` that carries the key under which the run holds it, so that every
form of the report can link it and a test can trace it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from regmodel.vocabulary.texts import Language, Text


@dataclass(frozen=True)
class Number:
    """One figure as shown: ``key`` finds it in the run, ``value`` is as stored, ``scale`` turns it into ``text``.

    ``anchor`` is the row or chapter that says where it comes from, ``explain`` what would explain it:
    ``variable/region/year``, or ``record/name``.
    """

    key: str
    value: float
    text: str
    scale: float = 1.0
    anchor: str | None = None
    explain: str | None = None


@dataclass(frozen=True)
class Words:
    """Words with a role (strong, quiet, code, assumed, status) and, where there is a place to go, an anchor."""

    text: str
    role: str = ""
    anchor: str | None = None


NO_BREAK = "\N{NO-BREAK SPACE}"
"""Stands between a number and its sign or unit, so that no line breaks there."""

Span = str | Number | Words
Line = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``role`` is lead, note, warning or working."""

    line: Line
    role: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of lines, in the order in which they matter."""

    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Column:
    """One column of a table; numbers stand to the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table; ``anchor`` is where numbers elsewhere lead to, ``status`` one of the words of the ledger."""

    cells: tuple[Line, ...]
    anchor: str | None = None
    status: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption, which states the unit once where all numbers share it."""

    id: str
    caption: Line
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Line = ()
    filters: tuple[tuple[str, str], ...] = ()
    folded: bool = False


@dataclass(frozen=True)
class Chart:
    """One chart: its Vega-Lite definition (drawn by every form from the same one), caption and words for the blind."""

    id: str
    caption: Line
    spec: Mapping[str, Any]
    described: str
    note: Line = ()


@dataclass(frozen=True)
class Step:
    """One step of what the verdict rests on: its question, its answer and what the answer means."""

    title: str
    question: str
    answer: str
    word: str
    main: bool = False


@dataclass(frozen=True)
class Steps:
    """The steps from the plans' own arithmetic to the hard end of the assumptions."""

    items: tuple[Step, ...]


@dataclass(frozen=True)
class Card:
    """The verdict: a word with a mark, and the sentences that stand beside it."""

    answer: str
    word: str
    title: Line
    sentences: tuple[Line, ...]
    facts: tuple[tuple[str, Line], ...] = ()


Block = Paragraph | Bullets | Table | Chart | Steps | Card


@dataclass(frozen=True)
class Section:
    """One chapter of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A whole report in one language."""

    language: Language
    title: str
    subtitle: str
    facts: tuple[tuple[str, Line], ...]
    sections: tuple[Section, ...]


def say(text: Text, language: Language, **places: Span | Line) -> Line:
    """A sentence in one language with its named places filled by numbers, words or whole lines."""
    line: list[Span] = []
    for literal, name, _, _ in Formatter().parse(text.read(language)):
        if literal:
            line.append(literal)
        if name is not None:
            place = places[name]
            line.extend(place if isinstance(place, tuple) else (place,))
    return tuple(line)


def join(lines: list[Line], language: Language) -> Line:
    """Lines in a row as a person would say them."""
    line: list[Span] = []
    for position, part in enumerate(lines):
        if position:
            last = position == len(lines) - 1
            line.append("、" if language == "zh" else (" and " if last else ", "))
        line.extend(part)
    return tuple(line)


def plain(line: Line) -> str:
    """A line without its roles, for places that take a string only."""
    return "".join(span if isinstance(span, str) else span.text for span in line).replace(NO_BREAK, " ")
