"""What binds: one row for each constraint of a region, with its years, its least slack and its highest price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.row_labels import family_label, family_of
from regmodel.workbook.rows import CellRow
from regmodel.workbook.speaker import Speaker


def binding_rows(speaker: Speaker) -> list[CellRow]:
    """One row for each constraint of a region: the years in which it binds, its least slack and its highest price."""
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for entry in speaker.verdict.get("binding") or []:
        grouped.setdefault((str(entry.get("region") or ""), str(entry["constraint"])), []).append(entry)
    rows: list[CellRow] = []
    clauses = {name: active.clause for name, active in speaker.figures.clauses.items()}
    families = {name: family_of(name, clauses) for _, name in grouped}
    # What a plan asks for comes before what nature and work allow, and what binds in many years before the rest.
    order = sorted(grouped.items(), key=lambda item: (not families[item[0][1]].startswith("clause:"), -len(item[1])))
    for (region, name), entries in order:
        unit, price_unit = entries[0].get("unit"), entries[0].get("shadow_price_unit")
        slacks = [entry["slack"] for entry in entries if isinstance(entry.get("slack"), int | float)]
        prices = [entry["shadow_price"] for entry in entries if isinstance(entry.get("shadow_price"), int | float)]
        rows.append(
            [
                speaker.region(region),
                speaker.short(lambda tongue, name=name: family_label(families[name], tongue)),  # type: ignore[misc]
                years_in_words([int(entry["year"]) for entry in entries if entry.get("year") is not None]),
                speaker.number(min(slacks, default=None), unit),
                speaker.unit(unit),
                speaker.number(max(prices, default=None, key=abs), price_unit),
                speaker.unit(price_unit),
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
