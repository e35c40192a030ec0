"""The parameter book: every number the model knows, looked up by name and never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from regmodel.params.amounts import read_amount
from regmodel.params.records import (
    Change,
    Correction,
    Figure,
    MissingFigure,
    MissingRecord,
    Record,
    Sector,
    Source,
    SourceKind,
    WaterSource,
)
from regmodel.params.tables import bare
from regmodel.params.units import conversion_factor
from regmodel.vocabulary.problems import Problems, did_you_mean, nearest
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text, same

PUBLISHED = ("A", "B")


@dataclass(frozen=True)
class ParameterBook:
    """Records, figures, sources and regions as read; changed only by making another book."""

    records: Mapping[str, Record]
    figures: tuple[Figure, ...]
    sources: Mapping[str, Source]
    regions: RegionSets
    corrections: tuple[Correction, ...]
    sectors: tuple[Sector, ...] = ()
    water_sources: tuple[WaterSource, ...] = ()
    source_kinds: Mapping[str, SourceKind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_key = {(figure.variable, figure.region, figure.year): figure for figure in self.figures}
        object.__setattr__(self, "_by_key", by_key)

    def record(self, key: str, region: str | None = None) -> Record:
        """The record of a key for a region: its own, else the one for the others, else the general one.

        Raises MissingRecord with the nearest key.
        """
        for name in self._names(key, region):
            if name in self.records:
                return self.records[name]
        place = f" for {region}" if region else ""
        near = nearest(key, self.records)
        hint = f'; the nearest is "{near}"' if near else ""
        raise MissingRecord(f'there is no record "{key}"{place}{hint}')

    def has(self, key: str, region: str | None = None) -> bool:
        """Whether the key resolves for the region."""
        return any(name in self.records for name in self._names(key, region))

    def value(self, key: str, region: str | None = None, *, end: str = "value") -> float:
        """Value of a record in its memory unit at ``end``: value, low or high; raises MissingRecord."""
        return self.record(key, region).at(end)

    def find_figure(self, variable: str, region: str, year: int) -> Figure | None:
        """The figure of a variable, region and year, or None where none is printed."""
        found: Figure | None = self._by_key.get((variable, region, year))  # type: ignore[attr-defined]
        return found

    def figure(self, variable: str, region: str, year: int) -> float:
        """Value of a figure in its memory unit; raises MissingFigure."""
        found = self.find_figure(variable, region, year)
        if found is None:
            raise MissingFigure(f"no figure {variable} of {region} in {year}")
        return found.value

    def with_values(self, changes: Mapping[str, Change]) -> ParameterBook:
        """Another book with other numbers, given in printed units; raises InputProblems with every problem.

        A new region suffix of a record makes a copy for that region. ``baseline.<variable>.<REGION>.<year>``
        changes a figure. A value beyond low or high moves that end along, so that easy and hard ends enclose it; a
        record that becomes published (A or B) leaves the range of the assumption that it was behind.
        """
        problems = Problems()
        records, sources = dict(self.records), dict(self.sources)
        figures = {figure.key: figure for figure in self.figures}
        for key, change in changes.items():
            if change.source is not None and change.source not in sources:
                sources[change.source] = _own_source(change)
            if key in figures:
                figure = _changed_figure(figures[key], change, problems)
                figures[key] = figure if figure is not None else figures[key]
                continue
            base = self._base_of(key, problems)
            record = None if base is None else _changed_record(replace(base, key=key), change, problems)
            if record is not None:
                records[key] = record
        problems.raise_if_any()
        return replace(self, records=records, figures=tuple(figures.values()), sources=sources)

    def with_numbers(self, numbers: Mapping[str, Any], letters: Mapping[str, str]) -> ParameterBook:
        """Another book with other numbers in printed units, each one number or one for each of many scenarios.

        The keys are those of ``with_values``; ranges and sources stay, and so does the letter of what ``letters`` does
        not name. Raises InputProblems for an unknown key.
        """
        problems = Problems()
        records, figures = dict(self.records), {figure.key: figure for figure in self.figures}
        for key, number in numbers.items():
            base = None if key in figures else self._base_of(key, problems)
            if key in figures:
                figure = figures[key]
                value = number * conversion_factor(figure.printed_unit, figure.unit)
                figures[key] = replace(figure, value=value, confidence=letters.get(key, figure.confidence))
            elif base is not None:
                value = number * conversion_factor(base.printed_unit, base.unit)
                letter = letters.get(key, base.confidence)
                records[key] = replace(base, key=key, value=value, confidence=letter, changed_because="")
        problems.raise_if_any()
        return replace(self, records=records, figures=tuple(figures.values()))

    def _names(self, key: str, region: str | None) -> list[str]:
        if region is None:
            return [key]
        general = ["other"] if region in self.regions.ids() else ["region", "other"]
        return [f"{key}.{suffix}" for suffix in (region, *general)] + [key]

    def _base_of(self, key: str, problems: Problems) -> Record | None:
        """The record that a changed key stands for: itself, or the one that it refines for a region."""
        if key in self.records:
            return self.records[key]
        stem, _, suffix = key.rpartition(".")
        if stem and self.regions.is_known(suffix) and self.has(stem, suffix):
            return self.record(stem, suffix)
        names = [*self.records, *(figure.key for figure in self.figures)]
        if stem and suffix.isupper() and self.has(stem):
            problems.add(
                "P-12",
                key,
                bare(suffix),
                Text("a region or a set", "地区或地区集合"),
                did_you_mean(suffix, self.regions.known_names()),
            )
        else:
            problems.add(
                "P-18", key, bare(key), Text("a record of params/", "params/ 中的记录"), did_you_mean(key, names)
            )
        return None


def _own_source(change: Change) -> Source:
    title, best = str(change.source), change.confidence or "B"
    return Source(title, same(title), None, None, None, None, best == "A", best, "cited by the user of this run")


def _changed_record(record: Record, change: Change, problems: Problems) -> Record | None:
    printed = change.printed if isinstance(change.printed, str) else repr(float(change.printed))
    value = read_amount(record.key, printed, record.printed_unit, record.unit, None, problems)
    if value is None:
        return None
    changed = replace(
        record,
        printed=printed,
        value=value,
        source=change.source or record.source,
        where=(change.where or "") if change.source else record.where,
        confidence=change.confidence or record.confidence,
        changed_because=change.reason or "",
        derived_from=() if change.source else record.derived_from,
    )
    if record.confidence not in PUBLISHED and changed.confidence in PUBLISHED:
        return replace(changed, low=None, high=None, low_value=None, high_value=None, harder=None, assumed_range=False)
    low_moves = record.low_value is not None and value < record.low_value
    high_moves = record.high_value is not None and value > record.high_value
    return replace(
        changed,
        low=printed if low_moves else record.low,
        high=printed if high_moves else record.high,
        low_value=value if low_moves else record.low_value,
        high_value=value if high_moves else record.high_value,
    )


def _changed_figure(figure: Figure, change: Change, problems: Problems) -> Figure | None:
    printed = change.printed if isinstance(change.printed, str) else repr(float(change.printed))
    value = read_amount(figure.key, printed, figure.printed_unit, figure.unit, None, problems)
    if value is None:
        return None
    return replace(
        figure,
        printed=printed,
        value=value,
        source=change.source or figure.source,
        where=(change.where or "") if change.source else figure.where,
        confidence=change.confidence or figure.confidence,
    )
