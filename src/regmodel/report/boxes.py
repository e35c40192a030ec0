"""A box in sentences: where the plans hold and where they do not, how surely, and how much of it the box takes in."""

from __future__ import annotations

from regmodel.batch.answers import Box, Limit
from regmodel.report.amounts import printed
from regmodel.report.shares import share_words
from regmodel.vocabulary.texts import Language, Text

DIGITS = 4
_WHERE = {
    "feasible": Text("Where the plans hold: the scenarios in which", "规划成立的范围：同时满足下列条件的情景"),
    "infeasible": Text(
        "Where the plans do not hold: the scenarios in which", "规划不成立的范围：同时满足下列条件的情景"
    ),
}
_LEAST = Text("  {title} is at least {low}", "  {title}不低于 {low}")
_MOST = Text("  {title} is at most {high}", "  {title}不高于 {high}")
_BOTH = Text("  {title} lies between {low} and {high}", "  {title}介于 {low} 与 {high} 之间")
_AGAIN = Text(" (found again in {again} % of searches over halves)", "（取半数情景重复搜索，再次出现的比例：{again}%）")
_NOWHERE = {
    "feasible": Text(
        "Where the plans hold: no number bounds it better than chance would.", "规划成立的范围：未发现优于偶然的界限。"
    ),
    "infeasible": Text(
        "Where the plans do not hold: no number bounds it better than chance would.",
        "规划不成立的范围：未发现优于偶然的界限。",
    ),
}
_DENSITY = {
    "feasible": Text(
        "  Of the scenarios inside they hold in {share} (density).", "  盒内情景中成立的占 {share}（密度）。"
    ),
    "infeasible": Text(
        "  Of the scenarios inside they do not hold in {share} (density).", "  盒内情景中不成立的占 {share}（密度）。"
    ),
}
_COVERAGE = {
    "feasible": Text(
        "  Of all scenarios in which they hold, {share} lie inside (coverage): the others hold elsewhere.",
        "  在全部成立的情景中，盒内占 {share}（覆盖率）；其余在盒外成立。",
    ),
    "infeasible": Text(
        "  Of all scenarios in which they do not hold, {share} lie inside (coverage).",
        "  在全部不成立的情景中，盒内占 {share}（覆盖率）。",
    ),
}
_HELD_OUT = Text(
    "  Counted on {held_out} scenarios that took no part in the search. On the {searched} that did, density was "
    "{density} % and coverage {coverage} %: numbers that flatter the box, since it was fitted to them.",
    "  以上按未参与搜索的 {held_out} 个情景统计。参与搜索的 {searched} 个情景中密度为 {density}%、"
    "覆盖率为 {coverage}%：区间盒由其拟合而来，故偏于乐观。",
)
_NEVER = Text(
    "Each line is what the search found to matter; the verdict of one scenario is never read off a box.",
    "各条件为搜索所得的主要因素；单个情景的结论不能据此判断。",
)


def lines(found: dict[str, Box], language: Language) -> list[str]:
    """The boxes in lines; nothing without any."""
    said = [line for one in found.values() for line in (*_box(one, language), "")]
    return [*said, _NEVER.read(language)] if any(one.limits for one in found.values()) else said[:-1]


def _box(found: Box, language: Language) -> list[str]:
    if not found.limits:
        return [_NOWHERE[found.verdict].read(language)]
    return [
        _WHERE[found.verdict].read(language),
        *(_limit(one, language) for one in found.limits),
        _DENSITY[found.verdict].read(language).format(share=share_words(found.density, language)),
        _COVERAGE[found.verdict].read(language).format(share=share_words(found.coverage, language)),
        _HELD_OUT.read(language).format(
            held_out=found.held_out,
            searched=found.searched,
            density=f"{100 * found.found_density:.1f}",
            coverage=f"{100 * found.found_coverage:.1f}",
        ),
    ]


def _limit(found: Limit, language: Language) -> str:
    text = _BOTH if found.low is not None and found.high is not None else _MOST if found.low is None else _LEAST
    ends = {
        name: "" if value is None else printed(value, found.unit, language, DIGITS)
        for name, value in (("low", found.low), ("high", found.high))
    }
    again = _AGAIN.read(language).format(again=f"{100 * found.again:.0f}")
    return text.read(language).format(title=found.title.read(language), **ends) + again
