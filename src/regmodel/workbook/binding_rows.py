"""What binds: one row for each constraint of a region, with its years and least slack; and its highest price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.content import plain
from regmodel.report.prices import NOTES, price_range, priced
from regmodel.report.row_labels import family_label, family_of, rows_that_bind
from regmodel.workbook.layout import word
from regmodel.workbook.rows import CellRow
from regmodel.workbook.speaker import Speaker


def binding_rows(speaker: Speaker) -> list[CellRow]:
    """One row for each constraint of a region: the years in which it binds and its least slack."""
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for entry in rows_that_bind(speaker.verdict):
        grouped.setdefault((str(entry.get("region") or ""), str(entry["constraint"])), []).append(entry)
    rows: list[CellRow] = []
    clauses = {name: active.clause for name, active in speaker.figures.clauses.items()}
    families = {name: family_of(name, clauses) for _, name in grouped}
    # What a plan asks for comes before what nature and work allow, and what binds in many years before the rest.
    order = sorted(grouped.items(), key=lambda item: (not families[item[0][1]].startswith("clause:"), -len(item[1])))
    for (region, name), entries in order:
        unit = entries[0].get("unit")
        slacks = [entry["slack"] for entry in entries if isinstance(entry.get("slack"), int | float)]
        rows.append(
            [
                speaker.region(region),
                speaker.short(lambda tongue, name=name: family_label(families[name], tongue)),  # type: ignore[misc]
                years_in_words([int(entry["year"]) for entry in entries if entry.get("year") is not None]),
                speaker.number(min(slacks, default=None), unit),
                speaker.unit(unit),
            ]
        )
    return rows


def price_rows(speaker: Speaker) -> list[CellRow]:
    """The highest price of each constraint of a region with its year, its range and its doubts; of feasible runs."""
    figures = speaker.figures
    clauses = {name: active.clause for name, active in figures.clauses.items()}
    rows: list[CellRow] = []
    for position in priced(figures, lambda entry: family_of(str(entry["constraint"]), clauses)):
        entry: Mapping[str, Any] = speaker.verdict["binding"][position]
        family = family_of(str(entry["constraint"]), clauses)
        key, unit, price_unit = f"verdict/binding/{position}", str(entry.get("unit") or ""), entry["shadow_price_unit"]
        limit = speaker.short(lambda tongue, family=family: family_label(family, tongue))  # type: ignore[misc]
        holds = speaker.short(
            lambda tongue, key=key, unit=unit: plain(price_range(figures, key, unit, tongue))  # type: ignore[misc]
        )
        names = ("shadow_price", "shadow_price_left", "shadow_price_right")
        note = NOTES.get(str(entry.get("price_note")))
        rows.append(
            [
                speaker.region(entry.get("region")),
                f"{limit}, {entry['year']}: {holds}",
                *(speaker.number(entry.get(name), price_unit) for name in names),
                speaker.unit(price_unit),
                None if note is None else word(note, speaker.language),
            ]
        )
    return rows


def years_in_words(years: list[int]) -> str:
    """Years as people write them: 2025–2030, 2033."""
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
