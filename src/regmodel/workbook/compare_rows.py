"""From a comparison of runs to the rows of the Compare sheet, in words and printed units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from regmodel.report.comparison import assumption_label
from regmodel.report.labels import ANSWERS, answer_label, reading_label, status_label, variable_label
from regmodel.scenario import Scenario, Value
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.block import Block
from regmodel.workbook.compare_blocks import ASSUMED, BECAUSE, CLAUSES, OUTCOMES, RUNS, TOTALS
from regmodel.workbook.contents import clause_title, unit_text
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import Cell, CellRow, switch_word
from regmodel.workbook.said import said_of
from regmodel.workbook.values import fitted

if TYPE_CHECKING:
    from regmodel.runs.comparing import Comparison

NOT_YET = Text("Not compared yet", "尚未对比")
_HOW = Text(
    "on the sheet Side by side choose that a Run runs all, then run; or: regmodel run {name} --scenario all",
    "在“并列情景”表选择运行“全部”，然后运行；或：regmodel run {name} --scenario all",
)
_NAME, _TITLE, _RUN_ID = Text("scenario", "情景"), Text("title", "标题"), Text("run", "运行编号")
_FIELDS = {
    "verdict": Text("verdict", "结论"),
    "grade": Text("rests on what is assumed", "对假设的依赖"),
    "attainability": Text("attainability (1 = every target met)", "目标实现程度（1 为全部实现）"),
    "conflicts": Text("conflicts", "冲突数"),
}
_GRADES = {"whatever": Text("no, whatever is assumed", "否，无论如何假设"), "depends": Text("yes", "是")}
_ALIKE = Text("nothing differs", "没有差别")
_PATHS = {"projection": Text("trend projection", "趋势推演"), "programme": Text("plan of the programme", "优化方案")}
_SHARE = Text("attainability", "目标实现程度")
_NONE = Text("–", "–")
_NOTHING = 1e-9  # of a difference, no more than the rounding of its ends


def compare_rows(block: Block, found: Comparison | None, name: str, language: BookLanguage) -> list[CellRow]:
    """The rows of one block of the Compare sheet; without a comparison it says how to get one."""
    if found is None:
        rows: list[CellRow] = []
        if block is OUTCOMES:
            rows = [[word(NOT_YET, language), *[None] * (RUNS + 1), sentence(_HOW.fill(name=name), language)]]
        return fitted(rows, block, language)
    rows = _BUILDERS[block.code](found, language)
    return fitted(rows or [[word(_ALIKE, language)]], block, language)


def _both(said: Callable[[Language], str], language: BookLanguage) -> str:
    return word(Text(said("en") or "-", said("zh") or "-"), language)


def _across(cells: Sequence[Cell]) -> list[Cell]:
    return [*cells, *[None] * (RUNS - len(cells))][:RUNS]


def _outcomes(found: Comparison, language: BookLanguage) -> list[CellRow]:
    rows: list[CellRow] = [
        [word(_NAME, language), None, *_across([one.scenario.name for one in found.runs])],
        [word(_TITLE, language), None, *_across([sentence(one.scenario.title, language) for one in found.runs])],
    ]
    for name, values in found.outcomes.items():
        cells = [_outcome(name, value, language) for value in values]
        rows.append([word(_FIELDS[name], language), None, *_across(cells)])
    rows.append([word(_RUN_ID, language), None, *_across([_id(one.verdict) for one in found.runs])])
    return rows


def _id(verdict: Any) -> str:
    return str(verdict.get("run_id") or "")[:8]


def _outcome(name: str, value: Any, language: BookLanguage) -> Cell:
    if value is None:
        return word(_NONE, language)
    if name == "verdict" and value in ANSWERS:
        return _both(lambda tongue: answer_label(str(value), tongue), language)
    if name == "grade" and value in _GRADES:
        return word(_GRADES[str(value)], language)
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _because(found: Comparison, language: BookLanguage) -> list[CellRow]:
    first, rows = found.runs[0].scenario, list[CellRow]()
    for one in sorted(found.attributions, key=lambda each: (each.run, each.region is not None)):
        split, share = one.split, one.region is None
        place = None
        if one.region is not None:
            name = first.book.regions.name(one.region)
            place = word(Text(f"{name.en}, {one.year}", f"{name.zh}，{one.year}年"), language)
        of = one.of
        result = word(_SHARE, language) if share else _both(lambda tongue, of=of: variable_label(of, tongue), language)  # type: ignore[misc]
        unit = None if share else word(unit_text(one.unit), language)
        scenario = found.runs[one.run].scenario.name
        order = sorted(range(len(one.keys)), key=lambda at: -abs(split.parts[at]))
        order = [at for at in order if abs(split.parts[at]) > _NOTHING] or order[:1]
        for line, at in enumerate(order):
            head: CellRow = [result, unit, scenario, place, split.start, split.end, float(split.total)]
            error = split.errors[at]
            rows.append(
                [
                    *(head if line == 0 else [None, None, scenario, *[None] * 4]),
                    float(split.parts[at]),
                    None if error is None or split.exact else float(error),
                    _label(first, one.keys[at], language),
                ]
            )
    return rows


def _label(scenario: Scenario, key: str, language: BookLanguage) -> str:
    return _both(lambda tongue: assumption_label(scenario, key, tongue), language)


def _assumed(found: Comparison, language: BookLanguage) -> list[CellRow]:
    first, rows = found.runs[0].scenario, list[CellRow]()
    for one in found.assumptions:
        cells = [_value(first, one.key, value, language) for value in one.values]
        unit = None if one.unit is None else word(unit_text(one.unit), language)
        said: list[str] = []
        for run, setting in zip(found.runs, one.settings, strict=True):
            words = None if setting is None else said_of(setting)
            parts = [] if words is None else [part for part in (words.reason, words.source, words.where) if part]
            if parts:
                said.append(f"{run.scenario.name}: {'; '.join(parts)}")
        rows.append([_label(first, one.key, language), unit, *_across(cells), "\n".join(dict.fromkeys(said)) or None])
    return rows


def _value(scenario: Scenario, key: str, value: Value | None, language: BookLanguage) -> Cell:
    if value is None:
        return word(_NONE, language)
    if isinstance(value, bool):
        return word(switch_word(value), language)
    if isinstance(value, str):
        clause = scenario.clause(key.removeprefix("clause.").removesuffix(".reading")).clause
        return _both(lambda tongue: reading_label(clause, value, tongue), language)
    return value


def _totals(found: Comparison, language: BookLanguage) -> list[CellRow]:
    place = found.runs[0].scenario.book.regions.name(found.place)
    rows: list[CellRow] = []
    for one in found.totals:
        names = {tongue: variable_label(one.variable, tongue) for tongue in ("en", "zh")}
        label = Text(f"{names['en']}, {place.en}, {one.year}", f"{place.zh}{one.year}年{names['zh']}")
        path = word(_PATHS[one.path], language)
        rows.append([word(label, language), word(unit_text(one.unit), language), *_across(one.values), path])
    return rows


def _clauses(found: Comparison, language: BookLanguage) -> list[CellRow]:
    first = found.runs[0].scenario
    known = {active.clause.id: active.clause for active in first.clauses}
    rows: list[CellRow] = []
    for one in found.clauses:
        cells: list[Cell] = []
        for status, margin in zip(one.statuses, one.margins, strict=True):
            said = word(_NONE, language) if status is None else _status(status, language)
            cells.append(said if margin is None else f"{said} {margin:+.4g}")
        title = clause_title(known[one.clause], first.book) if one.clause in known else None
        what = None if title is None else sentence(title, language)
        unit = word(unit_text(one.unit), language) if one.unit else None
        rows.append([one.clause, unit, *_across(cells), what])
    return rows


def _status(status: str, language: BookLanguage) -> str:
    return _both(lambda tongue: status_label(status, tongue), language)


_BUILDERS: dict[str, Callable[[Comparison, BookLanguage], list[CellRow]]] = {
    OUTCOMES.code: _outcomes,
    BECAUSE.code: _because,
    ASSUMED.code: _assumed,
    TOTALS.code: _totals,
    CLAUSES.code: _clauses,
}
