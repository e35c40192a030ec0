"""A printed figure with its unit into memory, with the problems that this can have."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.params.numbers import Unreadable, read_number
from regmodel.params.records import CONFIDENCE, Source
from regmodel.params.tables import bare
from regmodel.params.units import NotConvertible, UnknownUnit, conversion_factor
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text


def read_amount(
    where: str, printed: str, printed_unit: str, unit: str, source: Source | None, problems: Problems
) -> float | None:
    """The printed figure in ``unit``; None with a problem where figure or units cannot be read."""
    number = read_printed(where, printed, printed_unit, source, problems)
    factor = read_factor(where, printed_unit, unit, problems)
    return None if number is None or factor is None else number * factor


def read_printed(
    where: str, printed: str, printed_unit: str, source: Source | None, problems: Problems
) -> float | None:
    """The printed figure as a number of its printed unit; None with a problem where it cannot be read."""
    try:
        return read_number(printed, printed_unit, None if source is None else source.number_format)
    except Unreadable as reason:
        problems.add("P-04", where, bare(printed), reason.expected, reason.to_do)
        return None


def read_factor(where: str, printed_unit: str, unit: str, problems: Problems) -> float | None:
    """How many of ``unit`` a printed unit is; None with a problem where one is unknown or they are of two kinds."""
    try:
        return conversion_factor(printed_unit, unit)
    except UnknownUnit as unknown:
        problems.add(
            "P-05",
            where,
            Text(f'unit "{unknown}"', f"单位“{unknown}”"),
            Text("a unit of params/units.txt", "params/units.txt 中的单位"),
            Text("use a unit of another record, or add it to units.txt", "请用其他记录已有的单位，或加入 units.txt"),
        )
    except NotConvertible:
        problems.add(
            "P-11",
            where,
            Text(f'printed_unit "{printed_unit}" cannot become "{unit}"', f"单位“{printed_unit}”不能换算为“{unit}”"),
            Text("two units of the same kind", "同类单位"),
            Text(
                "look at the page again: per person, per day or per year may be missing",
                "请核对原文：是否漏写了每人、每日或每年",
            ),
        )
    return None


def check_confidence(
    where: str, confidence: str, source_key: str, sources: Mapping[str, Source], problems: Problems
) -> Source | None:
    """The source, after checking that it exists and that the letter is no better than it allows."""
    if confidence not in CONFIDENCE:
        problems.add(
            "P-16",
            where,
            bare(confidence),
            Text("a letter from A to E", "A 至 E 的一个字母"),
            did_you_mean(confidence, CONFIDENCE),
        )
    if source_key not in sources:
        problems.add(
            "P-07",
            where,
            bare(source_key),
            Text("a source of sources.toml", "sources.toml 中的来源"),
            did_you_mean(source_key, sources),
        )
        return None
    source = sources[source_key]
    if confidence in CONFIDENCE and CONFIDENCE.index(confidence) < CONFIDENCE.index(source.best_confidence):
        problems.add(
            "P-09",
            where,
            Text(f"confidence {confidence}", f"可信度 {confidence}"),
            Text(
                f'{source.best_confidence} at best from "{source_key}"',
                f"来源“{source_key}”最高为 {source.best_confidence}",
            ),
            Text(
                f"write {source.best_confidence}, or cite a better document",
                f"请写 {source.best_confidence}，或引用更好的文件",
            ),
        )
    return source
