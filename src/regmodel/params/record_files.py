"""The TOML records: population, output, water, land, environment, levers, and any further file beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from regmodel.params.amounts import check_confidence, read_factor, read_printed
from regmodel.params.records import ASSUMED_RANGE, Figure, Record, Source
from regmodel.params.source_file import check_fields, parse_toml
from regmodel.params.tables import bare, read_text
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text

RECORD_FILES = ("population.toml", "output.toml", "water.toml", "land.toml", "environment.toml", "levers.toml")
_NO_RECORDS = ("sources.toml",)
HARDER = ("up", "down", "mixed")
_REQUIRED = (
    "title", "title_zh", "printed", "printed_unit", "unit", "source", "where", "describes", "used_for", "confidence",
    "note", "still_valid_on",
)  # fmt: skip
_OPTIONAL = ("low", "high", "harder", "derived_from")
_HEADER = re.compile(r"^\s*\[\s*([A-Za-z0-9_.\-]+)\s*\]", re.MULTILINE)


def read_records(
    folder: Path, sources: Mapping[str, Source], regions: RegionSets, problems: Problems
) -> dict[str, Record]:
    """All records by key; problems are noted with file and record."""
    records: dict[str, Record] = {}
    others = sorted({path.name for path in folder.glob("*.toml")} - {*RECORD_FILES, *_NO_RECORDS})
    for name in (*RECORD_FILES, *others):
        for key, entry in _entries(folder / name, problems):
            where = f"params/{name}   {key}"
            if key in records:
                _twice(where, problems)
            record = _record(key, entry, name, sources, regions, problems)
            if record is not None:
                records[key] = record
    return records


def _entries(path: Path, problems: Problems) -> Iterator[tuple[str, Mapping[str, Any]]]:
    text = read_text(path, problems)
    if text is None:
        return
    twice = [key for key, times in Counter(_HEADER.findall(text)).items() if times > 1]
    for key in twice:
        _twice(f"params/{path.name}   {key}", problems)
    if not twice:
        yield from _leaves("", parse_toml(path, problems), path.name, problems)


def _leaves(
    prefix: str, table: Mapping[str, Any], file: str, problems: Problems
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tables that are records: those that hold a field; tables may nest below one another."""
    inner = {name: value for name, value in table.items() if isinstance(value, dict) and name not in _TABLE_FIELDS}
    fields = {name: value for name, value in table.items() if name not in inner}
    if fields and not prefix:
        for name in fields:
            problems.add(
                "P-02",
                f"params/{file}",
                bare(name),
                Text("a record in brackets", "方括号内的记录名"),
                Text("put the field below the record that it belongs to", "请将该字段放在所属记录之下"),
            )
    elif fields:
        yield prefix, fields
    for name, value in inner.items():
        yield from _leaves(f"{prefix}.{name}" if prefix else name, value, file, problems)


_TABLE_FIELDS = ("describes", "used_for")


def _twice(where: str, problems: Problems) -> None:
    problems.add(
        "P-10",
        where,
        Text("this record a second time", "该记录重复出现"),
        Text("each record once", "每条记录只出现一次"),
        Text("delete one of the two", "请删除其中一条"),
    )


def _record(
    key: str,
    entry: Mapping[str, Any],
    file: str,
    sources: Mapping[str, Source],
    regions: RegionSets,
    problems: Problems,
) -> Record | None:
    where = f"params/{file}   {key}"
    suffix = key.rsplit(".", 1)[-1]
    if suffix.isupper() and not regions.is_known(suffix):
        problems.add(
            "P-12",
            where,
            bare(suffix),
            Text("a region or a set", "地区或地区集合"),
            did_you_mean(suffix, regions.known_names()),
        )
    if not check_fields(where, entry, _REQUIRED, _OPTIONAL, problems) or not _right_types(where, entry, problems):
        return None
    source = check_confidence(where, entry["confidence"], entry["source"], sources, problems)
    printed_unit, unit = entry["printed_unit"], entry["unit"]
    factor = read_factor(where, printed_unit, unit, problems)
    before = len(problems)
    value = read_printed(where, entry["printed"], printed_unit, source, problems)
    ends = {
        end: read_printed(f"{where}, {end}", entry[end], printed_unit, source, problems) if end in entry else None
        for end in ("low", "high")
    }
    if value is None or factor is None or len(problems) > before:
        return None
    value = value * factor
    ends = {end: None if number is None else number * factor for end, number in ends.items()}
    _check_range(where, entry, value, ends, problems)
    assumed = entry["confidence"] in ("D", "E") and ends["low"] is None and ends["high"] is None
    slack = abs(value) * ASSUMED_RANGE
    return Record(
        key=key,
        title=Text(entry["title"], entry["title_zh"]),
        printed=entry["printed"],
        printed_unit=printed_unit,
        unit=unit,
        source=entry["source"],
        where=entry["where"],
        low=entry.get("low"),
        high=entry.get("high"),
        confidence=entry["confidence"],
        harder=entry.get("harder"),
        describes=_scope(entry["describes"]),
        used_for=_scope(entry["used_for"]),
        note=entry["note"],
        still_valid_on=entry["still_valid_on"],
        value=value,
        low_value=value - slack if assumed else ends["low"],
        high_value=value + slack if assumed else ends["high"],
        assumed_range=assumed,
        transferred=_transferred(where, entry, regions, problems),
        file=file,
        derived_from=tuple(entry.get("derived_from", ())),
    )


def _right_types(where: str, entry: Mapping[str, Any], problems: Problems) -> bool:
    """Figures are texts, as printed; scopes are tables; the date is a date."""
    before = len(problems)
    for name, value in entry.items():
        if name not in (*_REQUIRED, *_OPTIONAL):
            continue
        if name in _TABLE_FIELDS:
            sound = isinstance(value, dict) and set(value) == {"place", "period"}
            expected = Text('{ place = "…", period = "…" }', '{ place = "…", period = "…" }')
        elif name == "still_valid_on":
            sound = isinstance(value, date)
            expected = Text("a date such as 2026-11-21", "日期，例如 2026-11-21")
        elif name == "derived_from":
            sound = isinstance(value, list) and all(isinstance(part, str) for part in value)
            expected = Text("a list of keys", "记录名列表")
        else:
            sound = isinstance(value, str)
            expected = Text("text between quotes; figures too, exactly as printed", "带引号的文字；数字也按原文加引号")
        if not sound:
            problems.add(
                "P-16",
                where,
                f"{name} = {value}",
                expected,
                Text(f"write {name} in this way", f"请按此格式填写 {name}"),
            )
    if entry.get("harder", "mixed") not in HARDER:
        problems.add(
            "P-16",
            where,
            bare(str(entry["harder"])),
            Text("up, down or mixed", "up、down 或 mixed"),
            did_you_mean(str(entry["harder"]), HARDER),
        )
    return len(problems) == before


def _check_range(
    where: str, entry: Mapping[str, Any], value: float, ends: Mapping[str, float | None], problems: Problems
) -> None:
    low, high = ends["low"], ends["high"]
    if (low is not None and low > value) or (high is not None and high < value):
        problems.add(
            "P-06",
            where,
            f"{entry.get('low', '…')} – {entry['printed']} – {entry.get('high', '…')}",
            Text("low, value and high in this order", "依次为下限、取值、上限"),
            Text("look at the three again", "请核对三个数"),
        )
    has_range = low is not None or high is not None
    if entry["confidence"] == "D" and has_range and "harder" not in entry:
        problems.add(
            "P-13",
            where,
            Text("an assumption with a range and no direction", "有范围而无方向的假设"),
            Text(
                "harder = up, down or mixed: which end makes the targets harder to meet",
                "harder = up、down 或 mixed：哪一端使目标更难实现",
            ),
            Text("add harder", "请补上 harder"),
        )


def _scope(scope: Mapping[str, str]) -> str:
    return f"{scope['place']}, {scope['period']}"


def _transferred(where: str, entry: Mapping[str, Any], regions: RegionSets, problems: Problems) -> bool:
    """Whether a figure is used for a place that it does not describe."""
    places: list[set[str]] = []
    for name in _TABLE_FIELDS:
        covered: set[str] = set()
        for part in str(entry[name]["place"]).split("+"):
            if not regions.is_known(part):
                problems.add(
                    "P-12",
                    f"{where}, {name}",
                    bare(part),
                    Text("a region, a set or a place", "地区、地区集合或地点"),
                    did_you_mean(part, regions.known_names()),
                )
            elif part in regions.places:
                covered.add(part)
            else:
                covered.update(regions.members(part))
        places.append(covered)
    return not places[1] <= places[0]


def check_inputs(records: Mapping[str, Record], figures: Iterable[Figure], problems: Problems) -> None:
    """A derived record is no better than the worst of the records and figures that it is derived from."""
    letters = {record.key: record.confidence for record in records.values()}
    letters.update({figure.key: figure.confidence for figure in figures})
    for record in records.values():
        where = f"params/{record.file}   {record.key}"
        for name in record.derived_from:
            if name not in letters:
                problems.add(
                    "P-18",
                    where,
                    bare(name),
                    Text("a record or a figure that this one is derived from", "本记录所依据的记录或数据"),
                    did_you_mean(name, letters),
                )
            elif letters[name] > record.confidence:
                problems.add(
                    "P-09",
                    where,
                    Text(f"confidence {record.confidence}", f"可信度 {record.confidence}"),
                    Text(f'{letters[name]} at best, as its input "{name}"', f"依据“{name}”，最高为 {letters[name]}"),
                    Text(f"write {letters[name]}", f"请写 {letters[name]}"),
                )
