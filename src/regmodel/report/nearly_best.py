"""What plans near the best have in common, in sentences, as fields and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regmodel.report.labels import variable_label
from regmodel.report.tradeoffs import REST, UNPROVED, Told, show
from regmodel.report.units import SHOWN_AS, scale_of, unit_label
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.feasibility.alternatives import Alternatives, Range
    from regmodel.feasibility.numbers import Case

_LOSS = Text(
    "All plans of {scenario} whose preference is at most {loss} % worse than that of the plan shown:",
    "情景 {scenario} 中，偏好值不比所示方案差 {loss} % 以上的全部方案：",
)
_SAME = Text("The same in all of them (to a thousandth):", "全部相同（千分之一以内）：")
_FREE = Text("Free, with the smallest and the largest value:", "可变，最小值与最大值：")
_LATE = Text(
    "Not finished in time; plans that were found reach at least from … to:",
    "限定时间内未完成；已得方案所及范围至少为：",
)
_NONE = Text("none", "无")
_ONE = Text("{name}, {region}, {year}: {shown} {unit}", "{region}{year}年{name}：{shown} {unit}")
_RANGE = Text(
    "{name}, {region}, {year}: {low} to {high} {unit} (shown: {shown})",
    "{region}{year}年{name}：{low} 至 {high} {unit}（所示方案 {shown}）",
)


def of_alternatives(case: Case, found: Alternatives) -> Told:
    """What is the same in all plans near the best, and what is free; numbers in the units that planners print."""
    ranges = [_range(one) for one in found.ranges]
    fields: dict[str, Any] = {
        "question": "alternatives",
        "scenario": case.scenario.name,
        "verdict": found.verdict,
        "loss": found.loss,
        "best": found.best,
        "limit": found.limit,
        "complete": found.complete,
        "ranges": ranges,
    }
    return Told(found.verdict, fields, lambda language: _alternative_lines(case, found, language), ranges)


def _range(found: Range) -> dict[str, Any]:
    scale = scale_of(found.unit)
    return {
        "variable": found.variable,
        "region": found.region,
        "year": found.year,
        "unit": SHOWN_AS.get(found.unit, found.unit),
        "shown": found.shown * scale,
        "low": found.low * scale,
        "high": found.high * scale,
        "same": found.same,
        "finished": found.finished,
        "proved": found.proved,
    }


def _alternative_lines(case: Case, found: Alternatives, language: Language) -> list[str]:
    name = case.scenario.name
    if found.verdict != "feasible":
        return [REST[found.verdict].fill(scenario=name).read(language)]
    lines = [_LOSS.fill(scenario=name, loss=f"{100 * found.loss:g}").read(language)]
    groups = (
        (_SAME, _ONE, [one for one in found.ranges if one.same]),
        (_FREE, _RANGE, [one for one in found.ranges if one.finished and not one.same]),
        (_LATE, _RANGE, [one for one in found.ranges if not one.finished]),
    )
    for head, words, members in groups:
        if not members and head is _LATE:
            continue
        lines += ["", head.read(language)]
        lines += ["  " + _told(case, one, words, language) for one in members] or ["  " + _NONE.read(language)]
    return lines


def _told(case: Case, found: Range, words: Text, language: Language) -> str:
    scale = scale_of(found.unit)
    mark = "" if found.proved or not found.finished else UNPROVED.read(language)
    return (
        words.read(language).format(
            name=variable_label(found.variable, language),
            region=case.paths.regions.name(found.region).read(language),
            year=found.year,
            unit=unit_label(found.unit, language),
            shown=show(found.shown * scale),
            low=show(found.low * scale),
            high=show(found.high * scale),
        )
        + mark
    )
