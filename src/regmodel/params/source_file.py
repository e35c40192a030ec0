"""sources.toml: one entry for each document that a record or a figure cites."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from regmodel.params.records import CONFIDENCE, Source
from regmodel.params.tables import bare, read_text
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

_REQUIRED = ("title", "original")
_OPTIONAL = (
    "title_zh", "publisher", "url", "published", "retrieved", "sha256", "best_confidence", "note", "number_format"
)  # fmt: skip


def parse_toml(path: Path, problems: Problems) -> dict[str, Any]:
    """The tables of a TOML file; an unreadable one is a problem and gives none."""
    text = read_text(path, problems)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(
            "P-01",
            f"params/{path.name}",
            Text(f"not TOML: {error}", f"不是有效的 TOML：{error}"),
            Text("a file in TOML", "TOML 格式的文件"),
            Text("mend the line named above", "请修改上述一行"),
        )
        return {}


def read_sources(folder: Path, problems: Problems) -> dict[str, Source]:
    """Sources by key."""
    sources: dict[str, Source] = {}
    for key, entry in parse_toml(folder / "sources.toml", problems).items():
        where = f"params/sources.toml   {key}"
        if not isinstance(entry, dict):
            problems.add(
                "P-02",
                where,
                bare(str(entry)),
                Text("a table of one source", "一个来源的表"),
                Text(f"write [{key}] and its fields below it", f"请写 [{key}] 并在其下列出各项"),
            )
            continue
        sound = check_fields(where, entry, _REQUIRED, _OPTIONAL, problems)
        if sound:
            sources[key] = _source(key, entry, where, problems)
    return sources


def check_fields(
    where: str, entry: Mapping[str, Any], required: tuple[str, ...], optional: tuple[str, ...], problems: Problems
) -> bool:
    """Whether all required fields are there; unknown and missing ones are noted."""
    known = [*required, *optional]
    for name in entry:
        if name not in known:
            problems.add(
                "P-02", where, bare(name), Text("a field of this record", "该记录的字段"), did_you_mean(name, known)
            )
    missing = [name for name in required if entry.get(name) in (None, "")]
    for name in missing:
        problems.add(
            "P-03",
            where,
            Text(f'no "{name}"', f"缺少“{name}”"),
            Text("this field in every record", "每条记录都要有该字段"),
            Text(f"add {name} = …", f"请补上 {name} = …"),
        )
    return not missing


def _source(key: str, entry: Mapping[str, Any], where: str, problems: Problems) -> Source:
    original = entry["original"]
    if not isinstance(original, bool):
        problems.add(
            "P-16",
            where,
            bare(str(original)),
            Text("true or false", "true 或 false"),
            Text("say whether the document itself was seen, or a mirror", "请注明所见为原件还是转载"),
        )
        original = False
    best = entry.get("best_confidence", "A" if original else "B")
    if best not in CONFIDENCE:
        problems.add(
            "P-16",
            where,
            bare(str(best)),
            Text("a letter from A to E", "A 至 E 的一个字母"),
            did_you_mean(str(best), CONFIDENCE),
        )
        best = "E"
    if not original and best == "A":
        problems.add(
            "P-09",
            where,
            Text("confidence A for a mirror", "转载的可信度为 A"),
            Text("B at best when the original was not seen", "未见原件时最高为 B"),
            Text('write best_confidence = "B"', '请写 best_confidence = "B"'),
        )
    retrieved = entry.get("retrieved")
    published = entry.get("published")
    return Source(
        key=key,
        title=Text(entry["title"], entry.get("title_zh") or entry["title"]),
        publisher=entry.get("publisher"),
        url=entry.get("url") or None,
        published=None if published is None else str(published),
        retrieved=retrieved if isinstance(retrieved, date) else None,
        original=original,
        best_confidence=best,
        note=entry.get("note", ""),
        number_format=entry.get("number_format"),
    )
