"""The records and figures behind a coefficient, with the documents that they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regmodel.params import Figure, Record
from regmodel.scenario import Scenario
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.sets import BASE_YEAR
from regmodel.vocabulary.texts import Text, same

FIGURE = "figure:"
MOST = 12


@dataclass(frozen=True)
class Source:
    """One number behind another: as printed, with its document, the place in it and its confidence."""

    key: str
    title: Text
    printed: str
    unit: str
    document: Text
    where: str
    confidence: str
    changed_because: str | None = None


def sources_of(scenario: Scenario, stems: Iterable[str], region: str) -> tuple[Source, ...]:
    """What the stems of ``projection.origins`` come to for one region, in the order of the stems."""
    found: dict[str, Source] = {}
    for stem in stems:
        if stem.startswith(FIGURE):
            figures = _figures(scenario, stem.removeprefix(FIGURE), region)
            found.update({figure.key: _of_figure(scenario, figure) for figure in figures})
        else:
            found.update({record.key: _of_record(scenario, record) for record in _records(scenario, stem, region)})
    return tuple(found.values())


def _figures(scenario: Scenario, variable: str, region: str) -> list[Figure]:
    """The figure of the region in the base year, else those of the sets that it belongs to."""
    book = scenario.book
    own = book.find_figure(variable, region, BASE_YEAR)
    if own is not None:
        return [own]
    around = [name for name in book.regions.sets if region in book.regions.members(name)]
    return [
        figure
        for figure in book.figures
        if figure.variable == variable and figure.region in (*around, region) and figure.year <= BASE_YEAR
    ][:MOST]


def _records(scenario: Scenario, stem: str, region: str) -> list[Record]:
    book = scenario.book
    if book.has(stem, region):
        return [book.record(stem, region)]
    ids = book.regions.ids()
    # Records of other regions say nothing of this one.
    inner = [key for key in book.records if key.startswith(f"{stem}.") and key.rpartition(".")[2] not in ids]
    return [book.records[key] for key in inner][:MOST]


def _of_record(scenario: Scenario, record: Record) -> Source:
    document = scenario.book.sources.get(record.source)
    return Source(
        record.key,
        record.title,
        record.printed,
        record.printed_unit,
        same(record.source) if document is None else document.title,
        record.where,
        record.confidence,
        record.changed_because,
    )


def _of_figure(scenario: Scenario, figure: Figure) -> Source:
    document = scenario.book.sources.get(figure.source)
    terms = read_glossary()
    return Source(
        figure.key,
        terms[figure.variable].title if figure.variable in terms else same(figure.variable),
        figure.printed,
        figure.printed_unit,
        same(figure.source) if document is None else document.title,
        figure.where,
        figure.confidence,
    )
