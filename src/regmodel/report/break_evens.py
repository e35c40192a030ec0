"""A break-even value in sentences: from which value of one number on the plans hold."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.batch.answers import BreakEven
from regmodel.report.amounts import printed
from regmodel.vocabulary.texts import Language, Text

_HEAD = Text("{scenario}{given}: {title}, {key}", "{scenario}{given}：{title}，{key}")
_GIVEN = Text(" with {settings}", "（{settings}）")
_STANDS = {
    "feasible": Text("It stands at {value}: all clauses hold jointly.", "现值为 {value}：各条款同时成立。"),
    "infeasible": Text(
        "It stands at {value}: the clauses do not hold jointly.", "现值为 {value}：各条款不能同时成立。"
    ),
    "undecided": Text(
        "It stands at {value}: nothing is certified there, so no break-even value can be told.",
        "现值为 {value}：该处未能判定，无法给出临界值。",
    ),
}
_AT_LEAST = Text(
    "They hold if it is at least {holds}; at {fails} they do not any more. Both are certified, all else as it is.",
    "只要不低于 {holds} 即成立；取 {fails} 时已不成立。两值均经核验，其余不变。",
)
_AT_MOST = Text(
    "They hold if it is at most {holds}; at {fails} they do not any more. Both are certified, all else as it is.",
    "只要不高于 {holds} 即成立；取 {fails} 时已不成立。两值均经核验，其余不变。",
)
_SAME = Text(
    "At {value} the answer is the same; values in between were not asked.",
    "取 {value} 时结论相同；其间各值未逐一核验。",
)
_OPEN = Text(
    "Towards {value} nothing was certified: whether the answer turns there is not known.",
    "向 {value} 变动时未能核验：结论是否翻转未知。",
)
DIGITS = 9


def lines(found: BreakEven, given: Mapping[str, object], language: Language) -> list[str]:
    """The answer in lines; ``given`` are settings that the user made beside the scenario."""

    def value(number: float) -> str:
        return printed(number, found.unit, language, DIGITS)

    settings = "、" if language == "zh" else ", "
    words = settings.join(f"{key} = {_shown(setting)}" for key, setting in given.items())
    said = [
        _HEAD.read(language).format(
            scenario=found.scenario,
            given=_GIVEN.read(language).format(settings=words) if given else "",
            title=found.title.read(language),
            key=found.key,
        ),
        _STANDS[found.verdict].read(language).format(value=value(found.stands_at)),
    ]
    if found.verdict == "undecided":
        return said
    for edge, text in ((found.at_least, _AT_LEAST), (found.at_most, _AT_MOST)):
        if edge is not None:
            said.append(text.read(language).format(holds=value(edge.holds), fails=value(edge.fails)))
    holds = found.verdict == "feasible"
    turned = {"low": found.at_least if holds else found.at_most, "high": found.at_most if holds else found.at_least}
    for end, at in (("low", found.low), ("high", found.high)):
        if end in found.open:
            said.append(_OPEN.read(language).format(value=value(at)))
        elif turned[end] is None and at != found.stands_at:
            said.append(_SAME.read(language).format(value=value(at)))
    return said


def _shown(setting: object) -> str:
    return (
        str(setting).lower()
        if isinstance(setting, bool)
        else f"{setting:g}"
        if isinstance(setting, float)
        else str(setting)
    )
