"""Better numbers as records: what an analyst typed with its source, in the form in which params/ can take it over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from regmodel.params import Figure, ParameterBook, Record, Source, read_book
from regmodel.params.reading import cited_elsewhere
from regmodel.params.record_text import put_figures, put_record, put_source, read_plain, without_source
from regmodel.scenario.better import stands_for
from regmodel.scenario.model import Override, Scenario
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text, same

ORIGINALS = ("A",)
_CITED = "Cited by an analyst"
_REPLACES = "{reason}Replaces {printed} {unit} ({source}, confidence {letter})."


@dataclass(frozen=True)
class Shared:
    """Records, figures and the sources that they cite; ``left_out`` are settings that are no better numbers."""

    records: tuple[Record, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    left_out: tuple[Override, ...]


def better_records(
    scenario: Scenario, today: date, cells: Mapping[str, str] | None = None, target: ParameterBook | None = None
) -> Shared:
    """Every number of the scenario's own that cites a document; raises InputProblems where one cannot be shared.

    ``today`` is the day on which they are still valid, ``cells`` where each setting stands in a workbook, ``target``
    the records that they are put among: sources that stand there are cited as they are.
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
    known = (shipped if target is None else target).sources
    sources = _sources(numbers, scenario.book, known)
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
    fresh = tuple({source.key: source for source in sources.values() if known.get(source.key) != source}.values())
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


def _sources(numbers: list[Override], book: ParameterBook, known: Mapping[str, Source]) -> dict[str, Source]:
    """The sources cited, by the words that cite them; a new one gets a key and the best letter that it was given."""
    found: dict[str, Source] = {}
    for one in numbers:
        words, letter = str(one.source), _letter(one, book)
        if words in known:
            found[words] = known[words]
            continue
        before = found.get(words) or _entitled(words, letter, known)
        if before is not None and before.best_confidence <= letter:
            found[words] = before
            continue
        kind = "" if one.kind is None else book.source_kinds[one.kind].title.en
        taken = {*known, *(each.key for each in found.values())}
        key = _free_key(words, taken) if before is None else before.key
        note = f"{_CITED}{f' as {kind}' if kind else ''}."
        found[words] = Source(key, same(words), None, None, None, None, letter in ORIGINALS, letter, note)
    return found


def _entitled(words: str, letter: str, known: Mapping[str, Source]) -> Source | None:
    """A source of this title that may be cited with this letter, or that an analyst's better letter may replace."""
    return next(
        (
            source
            for source in known.values()
            if source.title.en == words and (source.best_confidence <= letter or source.note.startswith(_CITED))
        ),
        None,
    )


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


def put_into(shared: Shared, folder: Path, target: ParameterBook) -> list[Path]:
    """Put records, figures and sources into a folder of records, each in its file; returns the files that changed.

    ``target`` is what the folder holds. A source that nothing cites any more goes with the number that cited it.
    """
    changed: dict[Path, str] = {}
    for record in shared.records:
        path = folder / record.file
        changed[path] = put_record(changed.get(path, read_plain(path)), record)
    if shared.figures:
        path = folder / "baseline.csv"
        changed[path] = put_figures(read_plain(path), list(shared.figures))
    uncited = _uncited(shared, target) - cited_elsewhere(folder)
    if shared.sources or uncited:
        path = folder / "sources.toml"
        text = read_plain(path)
        for source in shared.sources:
            text = put_source(text, source)
        for key in sorted(uncited):
            text = without_source(text, key)
        changed[path] = text
    for path, text in changed.items():
        draft = path.with_name(f".{path.name}.draft")
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    return sorted(changed)


def _uncited(shared: Shared, target: ParameterBook) -> set[str]:
    """The sources that only the numbers cited which are replaced."""
    there: list[Record | Figure] = [*target.records.values(), *target.figures]
    fresh: list[Record | Figure] = [*shared.records, *shared.figures]
    before = {one.key: one.source for one in there}
    after = before | {one.key: one.source for one in fresh}
    return set(before.values()) - set(after.values())
