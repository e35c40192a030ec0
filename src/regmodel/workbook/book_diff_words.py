"""The differences of two copies of a scenario as a person reads them: cell, name, before, after, who and why."""

from __future__ import annotations

from regmodel.report.labels import reading_label
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.book_diff import Beside, Copy, Difference, Side
from regmodel.workbook.rows import switch_word

_HEAD = Text("A  {place}  (scenario {name})", "A  {place}（情景 {name}）")
_ALIKE = Text("The two say the same.", "两者内容一致。")
_COUNT = Text("{count} differences:", "{count} 处不同：")
_ONE = Text("1 difference:", "1 处不同：")
_NOT_SET = Text("not set", "未设定")
_SHIPPED = Text("as shipped", "随附取值")
_SET_BY = Text("set by {owner}", "由 {owner} 设定")
_SOURCE = Text("source: {source}", "来源：{source}")
_KIND = Text(" ({kind})", "（{kind}）")
_LETTER = Text("confidence {letter}", "可信度 {letter}")
_REASON = Text("reason: {reason}", "理由：{reason}")
_NO_REASON = Text("no reason given", "未注明理由")
_NO_CELL = Text("no cell of its own", "无单独单元格")


_BESIDE = Text("Scenario side by side: {name}", "并列情景：{name}")
_ONLY = Text(
    "Scenario side by side in {letter} alone: {name}, which {does}", "仅 {letter} 中有的并列情景：{name}，{does}"
)
_STANDS = Text("stands on {layers}", "叠加 {layers}")
_SETS = Text("sets {sets}", "设定 {sets}")
_SETS_NOTHING = Text("sets nothing itself", "自身未作设定")


def diff_lines(
    before: Copy, after: Copy, found: tuple[Difference, ...], language: Language, beside: tuple[Beside, ...] = ()
) -> list[str]:
    """Every line that `regmodel compare` prints for two workbooks or scenario files."""
    lines = [
        _HEAD.fill(place=copy.place, name=copy.scenario.name).read(language).replace("A", letter, 1)
        for copy, letter in ((before, "A"), (after, "B"))
    ]
    if not found and not beside:
        return [*lines, "", _ALIKE.read(language)]
    if found:
        lines += _counted(found, before.scenario, after.scenario, language)
    for scenario in beside:
        one, other = scenario.before, scenario.after
        if one is None or other is None:
            letter, copy = ("B", after) if one is None else ("A", before)
            does = _does(scenario, copy, language)
            lines += ["", _ONLY.fill(letter=letter, name=scenario.name, does=does).read(language)]
        else:
            lines += ["", _BESIDE.fill(name=scenario.name).read(language)]
            lines += _counted(scenario.differences, one.scenario, other.scenario, language)
    return lines


def _does(scenario: Beside, copy: Copy, language: Language) -> str:
    """What makes a scenario that only one copy has: the layers that it stands on, and what it sets itself."""
    layers, sets = (", ".join(names) for names in (scenario.layers(copy), scenario.sets))
    stands = [_STANDS.fill(layers=layers).read(language)] if layers else []
    said = [*stands, (_SETS.fill(sets=sets) if sets else _SETS_NOTHING).read(language)]
    return ("，" if language == "zh" else " and ").join(said)


def _counted(found: tuple[Difference, ...], before: Scenario, after: Scenario, language: Language) -> list[str]:
    count = _ONE if len(found) == 1 else _COUNT.fill(count=len(found))
    lines = ["", count.read(language)]
    for one in found:
        lines += ["", *_lines_of(one, before, after, language)]
    return lines


def _lines_of(one: Difference, before: Scenario, after: Scenario, language: Language) -> list[str]:
    cells = list(dict.fromkeys(side.cell for side in (one.before, one.after) if side.cell))
    where = " / ".join(cells) or _NO_CELL.read(language)
    lines = [f"{where}   {one.name.read(language)}   [{one.key}]"]
    unit = "" if one.unit is None else f" {one.unit.read(language)}"
    for letter, side, scenario in (("A", one.before, before), ("B", one.after, after)):
        shown = _value(one.key, side, scenario, language)
        number = isinstance(side.value, float) and not isinstance(side.value, bool)
        lines.append(f"  {letter}  {shown}{unit if number else ''}{_owner(one, side, language)}")
        lines += [f"     {words}" for words in _said(side, scenario, language)]
    return lines


def _owner(one: Difference, side: Side, language: Language) -> str:
    if "." not in one.key:
        return ""
    by = _SHIPPED if side.set_by is None else _SET_BY.fill(owner=side.set_by.owner)
    stop = "；" if language == "zh" else "; "
    letter = "" if side.letter is None else f"{stop}{_LETTER.fill(letter=side.letter).read(language)}"
    return f"   {by.read(language)}{letter}"


def _said(side: Side, scenario: Scenario, language: Language) -> list[str]:
    if side.set_by is None:
        return []
    said, lines = side.said, []
    if said.source:
        known = scenario.book.sources.get(said.source)
        title = said.source if known is None else known.title.read(language)
        words = ", ".join(part for part in (title, said.where) if part)
        if said.kind:
            words += _KIND.fill(kind=scenario.book.source_kinds[said.kind].title.read(language)).read(language)
        lines.append(_SOURCE.fill(source=words).read(language))
    lines.append((_REASON.fill(reason=said.reason) if said.reason else _NO_REASON).read(language))
    return lines


def _value(key: str, side: Side, scenario: Scenario, language: Language) -> str:
    value = side.value
    if value is None:
        return _NOT_SET.read(language)
    if isinstance(value, bool):
        return switch_word(value).read(language)
    if isinstance(value, float):
        return f"{value:.10g}"
    if key.startswith("clause.") and key.endswith(".reading"):
        clause = scenario.clause(key.removeprefix("clause.").removesuffix(".reading")).clause
        return reading_label(clause, value, language) or value
    return value
