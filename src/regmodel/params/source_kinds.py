"""source_kinds.csv: which letter follows from the kind of document that a person cites."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from regmodel.params.records import CONFIDENCE, Source, SourceKind
from regmodel.params.tables import bare, missing_cells, read_table
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

TABLE = "source_kinds.csv"
UNSAID, NONE = "other", "none"
_NEEDED = ("kind", "title", "title_zh", "confidence", "note", "note_zh")


def read_source_kinds(folder: Path, problems: Problems) -> dict[str, SourceKind]:
    """Kinds of documents by id, in the order of the table; the two that the rule falls back on must be there."""
    kinds: dict[str, SourceKind] = {}
    for row in read_table(folder / TABLE, _NEEDED, problems):
        if missing_cells(row, _NEEDED, row["kind"], problems):
            continue
        if row["confidence"] not in CONFIDENCE:
            problems.add(
                "P-16",
                row.where(row["kind"]),
                bare(row["confidence"]),
                Text("a letter from A to E", "A 至 E 的一个字母"),
                did_you_mean(row["confidence"], CONFIDENCE),
            )
            continue
        title, note = Text(row["title"], row["title_zh"]), Text(row["note"], row["note_zh"])
        kinds[row["kind"]] = SourceKind(row["kind"], title, row["confidence"], note)
    for name in (UNSAID, NONE):
        if name not in kinds:
            problems.add(
                "P-03",
                f"params/{TABLE}",
                Text(f'no row "{name}"', f"缺少“{name}”一行"),
                Text("the kind that a number falls back on", "取值须有兜底的来源类别"),
                Text("add the row", "请补上该行"),
            )
    return kinds


def letter_from(
    source: str | None, kind: str | None, sources: Mapping[str, Source], kinds: Mapping[str, SourceKind]
) -> str:
    """The letter of a number that a person typed: by the kind of its source, and no better than a known source allows.

    Without a source it is an assumption; a source of which nothing more is said counts as any other document.
    """
    if source is None and kind is None:
        return kinds[NONE].confidence
    known = sources.get(source or "")
    if known is not None:
        return known.best_confidence if kind is None else max(known.best_confidence, kinds[kind].confidence)
    return kinds[kind or UNSAID].confidence
