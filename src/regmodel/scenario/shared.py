"""Better numbers as records: what an analyst typed with its source, in the form in which params/ can take it over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from regmodel.params import Figure, ParameterBook, Record, Source, read_book
from regmodel.params.record_text import put_figures, put_record, read_plain, source_text
from regmodel.scenario.better import stands_for
from regmodel.scenario.model import Override, Scenario
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text, same

ORIGINALS = ("A",)
_REPLACES = "{reason}Replaces {printed} {unit} ({source}, confidence {letter})."


@dataclass(frozen=True)
class Shared:
    """Records, figures and the sources that they cite; ``left_out`` are settings that are no better numbers."""

    records: tuple[Record, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    left_out: tuple[Override, ...]


def better_records(scenario: Scenario, today: date, cells: Mapping[str, str] | None = None) -> Shared:
    """Every number of the scenario's own that cites a document; raises InputProblems where one cannot be shared.

    ``today`` is the day on which they are still valid, ``cells`` where each setting stands in a workbook.
    """
    problems = Problems()
    numbers = [one for one in scenario.own if one.key.startswith("record.") and one.source]
    for one in numbers:
        if not one.where:
            problems.add(
                "S-14",
                (cells or {}).get(one.key, f"{one.owner}   {one.key}"),
                Text("a source without the place in it", "来源未注明出处"),
                Text("the page, table or paragraph, so that others find the figure", "页码、表号或段落，便于他人查找"),
                Text('fill in "place in it" (where = "…")', "请填写“出处”（where = “…”）"),
            )
    problems.raise_if_any()
    shipped = read_book()
    sources = _sources(numbers, scenario.book, shipped)
    records, figures = [], []
    for one in numbers:
        key = one.key.removeprefix("record.")
        name = sources[one.source or ""].key
        before = stands_for(key, shipped)
        assert before is not None
        if key in scenario.book.records:
            records.append(_record(scenario.book.records[key], before, one, name, today))
        else:
            figure = next(figure for figure in scenario.book.figures if figure.key == key)
            figures.append(replace(figure, source=name, note=_note(one, before)))
    fresh = tuple(source for source in sources.values() if source.key not in shipped.sources)
    left = tuple(one for one in scenario.own if one not in numbers)
    return Shared(tuple(records), tuple(figures), fresh, left)


def _record(record: Record, before: Record | Figure, one: Override, source: str, today: date) -> Record:
    region = record.key.rpartition(".")[2] if record.key != before.key else None
    scope = record.used_for if region is None else f"{region}, {record.used_for.partition(', ')[2]}"
    return replace(
        record, source=source, note=_note(one, before), describes=scope, used_for=scope, still_valid_on=today
    )


def _note(one: Override, before: Record | Figure) -> str:
    reason = f"{one.reason.rstrip('. ')}. " if one.reason else ""
    return _REPLACES.format(
        reason=reason,
        printed=before.printed,
        unit=before.printed_unit,
        source=before.source,
        letter=before.confidence,
    )


def _sources(numbers: list[Override], book: ParameterBook, shipped: ParameterBook) -> dict[str, Source]:
    """The sources cited, by the words that cite them; a new one gets a key and the best letter that it was given."""
    known = shipped.sources
    found: dict[str, Source] = {}
    for one in numbers:
        words, letter = str(one.source), _letter(one, book)
        if words in known:
            found[words] = known[words]
            continue
        best = min(letter, found[words].best_confidence) if words in found else letter
        kind = "" if one.kind is None else book.source_kinds[one.kind].title.en
        key = found[words].key if words in found else _free_key(words, {*known, *(each.key for each in found.values())})
        note = f"Cited by an analyst{f' as {kind}' if kind else ''}."
        original = best in ORIGINALS
        found[words] = Source(key, same(words), None, None, None, None, original, best, note)
    return found


def _letter(one: Override, book: ParameterBook) -> str:
    found = stands_for(one.key.removeprefix("record."), book)
    assert found is not None
    return found.confidence


def _free_key(words: str, taken: set[str]) -> str:
    """A short key from the words of a source, or from their hash where they have no Latin letters."""
    plain = "_".join(re.findall(r"[a-z0-9]+", words.lower()))[:40].strip("_")
    key = plain if re.match(r"[a-z]", plain) else f"source_{hashlib.sha256(words.encode()).hexdigest()[:8]}"
    while key in taken:
        key = f"{key}_2"
    return key


def put_into(shared: Shared, folder: Path) -> list[Path]:
    """Put records, figures and sources into a folder of records, each in its file; returns the files that changed."""
    changed: dict[Path, str] = {}
    for record in shared.records:
        path = folder / record.file
        changed[path] = put_record(changed.get(path, read_plain(path)), record)
    if shared.figures:
        path = folder / "baseline.csv"
        changed[path] = put_figures(read_plain(path), list(shared.figures))
    if shared.sources:
        path = folder / "sources.toml"
        entries = "\n".join(source_text(source) for source in shared.sources)
        changed[path] = f"{read_plain(path).rstrip()}\n\n{entries}"
    for path, text in changed.items():
        draft = path.with_name(f".{path.name}.draft")
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    return sorted(changed)
