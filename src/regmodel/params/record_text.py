"""Records, sources and figures as the text of their files, and that text put into a folder of records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from regmodel.params.figure_file import COLUMNS
from regmodel.params.records import Figure, Record, Source

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def quoted(words: str) -> str:
    """Words between quotes, as TOML has them."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(sign if ord(sign) >= 32 and ord(sign) != 127 else f"\\u{ord(sign):04x}" for sign in escaped) + '"'
    )


def record_text(record: Record) -> str:
    """One record as its file holds it, header first."""
    lines = [f"[{record.key}]"]
    fields = {
        "title": record.title.en,
        "title_zh": record.title.zh,
        "printed": record.printed,
        "printed_unit": record.printed_unit,
        "unit": record.unit,
        "low": record.low,
        "high": record.high,
        "source": record.source,
        "where": record.where,
        "confidence": record.confidence,
        "harder": record.harder,
        "note": record.note,
    }
    lines += [f"{name} = {quoted(words)}" for name, words in fields.items() if words is not None]
    for name, scope in (("describes", record.describes), ("used_for", record.used_for)):
        place, _, period = scope.partition(", ")
        lines.append(f"{name} = {{ place = {quoted(place)}, period = {quoted(period)} }}")
    lines.append(f"still_valid_on = {record.still_valid_on.isoformat()}")
    return "\n".join(lines) + "\n"


def source_text(source: Source) -> str:
    """One source as sources.toml holds it."""
    lines = [f"[{source.key}]", f"title = {quoted(source.title.en)}"]
    if source.title.zh != source.title.en:
        lines.append(f"title_zh = {quoted(source.title.zh)}")
    lines.append(f"original = {'true' if source.original else 'false'}")
    lines.append(f"best_confidence = {quoted(source.best_confidence)}")
    lines.append(f"note = {quoted(source.note)}")
    return "\n".join(lines) + "\n"


def figure_cells(figure: Figure) -> dict[str, str]:
    """One figure as a row of baseline.csv."""
    return {
        "region": figure.region,
        "year": str(figure.year),
        "target_year": "" if figure.target_year is None else str(figure.target_year),
        "variable": figure.variable,
        "printed": figure.printed,
        "printed_unit": figure.printed_unit,
        "unit": figure.unit,
        "source": figure.source,
        "where": figure.where,
        "confidence": figure.confidence,
        "note": figure.note,
    }


def figures_text(rows: list[Mapping[str, str]]) -> str:
    """Rows of baseline.csv with its header; a byte-order mark stands before it, for Chinese Excel."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()


def put_record(text: str, record: Record) -> str:
    """The text of a record file with a record in place of the one of its key, or after all others."""
    return _put(text, record.key, record_text(record))


def put_source(text: str, source: Source) -> str:
    """The text of sources.toml with a source in place of the one of its key, or after all others."""
    return _put(text, source.key, source_text(source))


def without_source(text: str, key: str) -> str:
    """The text of sources.toml without a source."""
    return _put(text, key, "")


def _put(text: str, key: str, entry: str) -> str:
    lines = text.rstrip().splitlines()
    head = next((at for at, line in enumerate(lines) if line.strip() == f"[{key}]"), None)
    fresh = entry.rstrip("\n").splitlines()
    if head is None:
        return "\n".join([*lines, "", *fresh]) + "\n"
    end = next((at for at in range(head + 1, len(lines)) if lines[at].startswith("[")), len(lines))
    while end > head + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return "\n".join([*lines[:head], *fresh, *lines[end:]]).rstrip() + "\n"


def put_figures(text: str, figures: list[Figure]) -> str:
    """The text of baseline.csv with figures in place of the rows of the same region, years and variable."""
    rows: list[Mapping[str, str]] = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    fresh = {_key(cells): cells for cells in map(figure_cells, figures)}
    kept = [fresh.pop(_key(row), row) for row in rows]
    return figures_text([*kept, *fresh.values()])


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name].strip() for name in ("region", "year", "target_year", "variable"))


def read_plain(path: Path) -> str:
    """The text of a file of records, or nothing where there is none."""
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""
