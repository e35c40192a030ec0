"""The assumptions that decide: which they are, where each turns the answer, and the answer without assumed limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report import sentences
from regmodel.report.amounts import in_unit
from regmodel.report.content import Column, Line, Paragraph, Row, Section, Table, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.labels import variable_label
from regmodel.report.places import place_name
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

_ONE = Text("One assumption decides: {names}.", "起决定作用的假设有一项：{names}。")
_EACH = Text(
    "{count} assumptions decide, each of them alone: {names}.", "有{count}项假设各自单独即可使结论翻转：{names}。"
)
_TOGETHER = Text(
    "{count} assumptions decide together, none of them alone: {names}.",
    "{count}项假设须一并变动才使结论翻转，单独变动均不足：{names}。",
)
_NOT_SMALLEST = Text(" That no smaller set decides is not shown.", "是否有更少的假设即可使结论翻转，未经证明。")
_TURNS = Text("{name} (turns the answer at {value})", "{name}（临界值{value}）")
_NOT_FOUND = Text("Which assumptions decide was not found in this run.", "本次运行未找出起决定作用的假设。")
_WITHOUT = Text(
    "Without the limits that are only assumed the answer is {answer}.", "去掉仅属假设的上限后，结论为“{answer}”。"
)
_WITHOUT_SAME = Text(
    "Without the limits that are only assumed the answer is the same: {answer}.",
    "去掉仅属假设的上限，结论不变，仍为“{answer}”。",
)
_DECIDING = Text(
    "The assumptions that decide, and the value at which each alone turns the answer",
    "起决定作用的假设，以及各自单独使结论翻转的临界值",
)
_NOT_ALONE = Text("not alone", "单独不足")
_SOMEWHERE = Text("on the way; where was not found", "区间之内，具体数值未求出")
_TITLE = Text("What would have to be found out to be sure", "要得出确定结论，须查明什么")
_FIND_OUT = Text(
    "These assumptions turn the verdict inside their own range: better numbers for them are worth more than for any "
    "other.",
    "以下假设在其自身范围内变动即可使结论翻转：查明这些数值，比查明其他任何数值都更有价值。",
)
_HEADS = {
    "record": Text("Assumption", "假设"),
    "from": Text("From", "由"),
    "to": Text("To", "至"),
    "alone": Text("Turns alone at", "单独翻转于"),
    "unit": Text("Unit", "单位"),
}
_NUMERIC = ("from", "to", "alone")


def rests_lines(figures: Figures, language: Language) -> list[Line]:
    """Whether the answer stands whatever is assumed, which assumptions decide, and the answer without assumed caps."""
    lines = [*sentences.grade(figures, language), deciding_line(figures, language), caps_line(figures, language)]
    return [line for line in lines if line]


def deciding_section(figures: Figures, language: Language) -> Section | None:
    """What would have to be found out to be sure: the deciding assumptions with their values; none without any."""
    table = deciding_table(figures, language)
    if table is None:
        return None
    return Section(
        "deciding-assumptions", _TITLE.read(language), (Paragraph((_FIND_OUT.read(language),), "lead"), table)
    )


def deciding_line(figures: Figures, language: Language) -> Line:
    """The deciding assumptions in one sentence; empty where the answer depends on none."""
    rests = figures.run.verdict.get("rests_on") or {}
    deciding = rests.get("deciding") or []
    if not deciding:
        return say(_NOT_FOUND, language) if rests.get("grade") == "depends" else ()
    names = join([_name(figures, at, entry, language) for at, entry in enumerate(deciding)], language)
    each = all(entry.get("alone") for entry in deciding)
    template = _ONE if len(deciding) == 1 else _EACH if each else _TOGETHER
    line = say(template, language, names=names, count=figures.count("verdict/rests_on/deciding", deciding))
    return (*line, *say(_NOT_SMALLEST, language)) if rests.get("deciding_proved") is False else line


def caps_line(figures: Figures, language: Language) -> Line:
    """The answer when the limits that no document prints are left out; empty where the run does not say."""
    verdict = figures.run.verdict
    answer = (verdict.get("rests_on") or {}).get("without_assumed_caps")
    if answer is None:
        return ()
    word = Words(sentences.word_of(answer, language), "strong")
    return say(_WITHOUT_SAME if answer == verdict["verdict"] else _WITHOUT, language, answer=word)


def deciding_table(figures: Figures, language: Language) -> Table | None:
    """The deciding assumptions with their values; None where none is known."""
    rests = figures.run.verdict.get("rests_on") or {}
    rows = []
    for position, entry in enumerate(rests.get("deciding") or []):
        key, unit = f"verdict/rests_on/deciding/{position}", str(entry.get("unit") or "")
        ends = [_cell(figures, f"{key}/{name}", unit) or ("–",) for name in ("from", "to")]
        without = _SOMEWHERE if entry.get("alone") else _NOT_ALONE
        turns = _cell(figures, f"{key}/break_even", unit) or (without.read(language),)
        name = assumption_name(figures, str(entry["record"]), language)
        rows.append(Row((name, *ends, turns, (unit_label(unit, language),))))
    if not rows:
        return None
    heads = tuple(Column(title.read(language), name in _NUMERIC) for name, title in _HEADS.items())
    return Table("deciding", (_DECIDING.read(language),), heads, tuple(rows))


def assumption_name(figures: Figures, key: str, language: Language) -> Line:
    """An assumed number by name: a record, a published figure of the base year, or a limit of the register."""
    if key in figures.clauses:
        return sentences.clause_name(figures, key, language)
    book = figures.run.scenario.book
    found = next((figure for figure in book.figures if figure.key == key), None)
    if found is None:
        return sentences.record_name(figures, key, language)
    about, place = variable_label(found.variable, language), place_name(figures, found.region, language)
    year = figures.year(found.year)
    return (year, "年", f"{place}{about}") if language == "zh" else (f"{about}, {place} ", year)


def _cell(figures: Figures, key: str, unit: str) -> Line:
    return (figures.number(key, unit=unit),) if figures.has(key) else ()


def _name(figures: Figures, position: int, entry: Mapping[str, Any], language: Language) -> Line:
    name = assumption_name(figures, str(entry["record"]), language)
    unit = str(entry.get("unit") or "")
    key = f"verdict/rests_on/deciding/{position}/break_even"
    if not figures.has(key):
        return name
    return say(_TURNS, language, name=name, value=in_unit(figures.number(key, unit=unit), unit, language))
