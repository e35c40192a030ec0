"""The documents that clauses come from: plans, regulations, studies and the model's own assumptions."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from regmodel.vocabulary.texts import Text

PLAN_FILE = "plans.csv"
REGULATION_FILE = "regulations.csv"
_DIGITS = {digit: str(number) for number, digit in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True)
class Document:
    """A plan or another document; ``short`` is the name used inside a sentence."""

    id: str
    title: Text
    short: Text
    issuer: str
    issued: str
    plan: bool
    url: str


def read_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Columns and rows of a CSV in UTF-8 (with or without a mark) or GBK, as text and stripped of blanks."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    reader = csv.DictReader(io.StringIO(text), restkey="")
    rows = [
        {key: value.strip() if isinstance(value, str) else "" for key, value in row.items() if isinstance(key, str)}
        for row in reader
    ]
    return list(reader.fieldnames or []), rows


def read_documents(folder: Path) -> dict[str, Document]:
    """All documents that a clause may name, by id."""
    found: dict[str, Document] = {}
    for name, plan in ((PLAN_FILE, True), (REGULATION_FILE, False)):
        _, rows = read_rows(folder / name)
        for row in rows:
            found[row["plan_id"]] = Document(
                id=row["plan_id"],
                title=Text(row["title_en"], row["title_zh"]),
                short=Text(row["short_en"], row["short_zh"]),
                issuer=row["issuer"],
                issued=row["issued"],
                plan=plan,
                url=row.get("url", ""),
            )
    return found


def section_words(section: str) -> Text | None:
    """A section mark in both languages; marks without an English form are kept as printed."""
    if not section:
        return None
    if section == "前言":
        return Text("preface", section)
    chapter = re.fullmatch(r"第([一二三四五六七八九十])章(?:第([一二三四五六七八九十])节|专栏(\d+))", section)
    if chapter is None:
        return Text(f"part {section}", section)
    place = f"section {_DIGITS[chapter[2]]}" if chapter[2] else f"box {chapter[3]}"
    return Text(f"chapter {_DIGITS[chapter[1]]}, {place}", section)
