"""The back-cast: how far the projection missed what was observed, beside benchmarks that anybody could have used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regmodel.report.content import Block, Bullets, Column, Line, Number, Paragraph, Row, Section, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

METHODS = ("projected", "constant_share", "last_value", "constant_rate")
_METHODS = {
    "projected": Text("regmodel", "regmodel"),
    "constant_share": Text("constant share", "比重不变"),
    "last_value": Text("last value", "沿用上值"),
    "constant_rate": Text("constant rate", "增速不变"),
}
_TITLE = Text("How good is the projection? A look back", "推演有多准：回溯检验")
_WHAT = Text(
    "The projection was started earlier, fed with nothing later than its start but the observed total, and compared "
    "with what was observed. Nothing is fitted on the years it is scored on; the score is shown, good or bad.",
    "将推演提前起步，除已观测的全区总量外不使用起点以后的任何数据，再与观测值比较。检验年份不参与任何拟合；结果好坏均如实列出。",
)
_SCORE = Text(
    "{variable}: mean error {own} %, {benchmark} {other} % ({word})",
    "{variable}：平均误差 {own}%，{benchmark} {other}%（{word}）",
)
_BETTER = Text("better", "更优")
_WORSE = Text("worse", "较差")
_SUMMARY = Text("Mean absolute error, % of the observed value", "平均绝对误差，占观测值的百分比（%）")
_DETAIL = Text("Observed and projected, in the unit of the row", "观测值与推演值，单位见各行")
_HEADS = {
    "variable": Text("Variable", "变量"),
    "count": Text("Values scored", "检验个数"),
    "region": Text("Region", "地区"),
    "year": Text("Year", "年份"),
    "unit": Text("Unit", "单位"),
    "observed": Text("Observed", "观测"),
}


def _errors(scores: Sequence[dict[str, Any]], variable: str, method: str) -> list[float]:
    return [
        100.0 * abs(float(score[method]) / float(score["observed"]) - 1.0)
        for score in scores
        if score["variable"] == variable and score.get(method) is not None and score.get("observed")
    ]


def mean_error(figures: Figures, variable: str, method: str) -> Number | None:
    """Mean absolute error of a method as per cent of what was observed; None where it made no statement."""
    errors = _errors(figures.run.backcast.get("scores") or [], variable, method)
    if not errors:
        return None
    return figures.found(f"back-cast, mean absolute error, {variable}, {method}", sum(errors) / len(errors), decimals=1)


def _variables(figures: Figures) -> list[str]:
    return list(dict.fromkeys(str(score["variable"]) for score in figures.run.backcast.get("scores") or []))


def backcast_summary(figures: Figures, language: Language) -> Line:
    """The score of the first variable against the best benchmark, for the first page."""
    for variable in _variables(figures):
        own = mean_error(figures, variable, "projected")
        others = [(method, mean_error(figures, variable, method)) for method in METHODS[1:]]
        known = [(number.value, method, number) for method, number in others if number is not None]
        if own is None or not known:
            continue
        best, method, number = min(known, key=lambda item: item[0])
        word = Words((_BETTER if own.value <= best else _WORSE).read(language), "strong")
        return say(
            _SCORE,
            language,
            variable=variable_label(variable, language),
            own=own,
            benchmark=_METHODS[method].read(language),
            other=number,
            word=word,
        )
    return ()


def validation_section(figures: Figures, language: Language) -> Section | None:
    """Scores by variable, then every value."""
    variables = _variables(figures)
    if not variables:
        return None
    scores: list[dict[str, Any]] = figures.run.backcast["scores"]
    methods = [method for method in METHODS if any(score.get(method) is not None for score in scores)]
    blocks: list[Block] = [Paragraph(say(_WHAT, language), "lead"), _summary(figures, variables, methods, language)]
    notes = figures.run.backcast.get("notes") or []
    if notes:
        blocks.append(Bullets(tuple((note.read(language) if isinstance(note, Text) else str(note),) for note in notes)))
    blocks.append(_detail(figures, scores, methods, language))
    return Section("validation", _TITLE.read(language), tuple(blocks))


def _summary(figures: Figures, variables: list[str], methods: list[str], language: Language) -> Table:
    rows = []
    for variable in variables:
        scored = _errors(figures.run.backcast["scores"], variable, "projected")
        errors = [mean_error(figures, variable, method) for method in methods]
        cells = [(number,) if number is not None else ("–",) for number in errors]
        count = figures.count(f"back-cast values of {variable}", scored)
        rows.append(Row(((variable_label(variable, language),), (count,), *cells)))
    heads = [Column(_HEADS["variable"].read(language)), Column(_HEADS["count"].read(language), True)]
    heads += [Column(_METHODS[method].read(language), True) for method in methods]
    return Table("backcast-summary", (_SUMMARY.read(language),), tuple(heads), tuple(rows))


def _detail(figures: Figures, scores: list[dict[str, Any]], methods: list[str], language: Language) -> Table:
    regions = figures.run.scenario.book.regions
    rows = []
    for position, score in enumerate(scores):
        key = f"backcast/scores/{position}"
        cells: list[Line] = [
            (variable_label(str(score["variable"]), language),),
            (regions.name(str(score["region"])).read(language),),
            (figures.year(score["year"]),),
            (unit_label(str(score["unit"]), language),),
        ]
        for name in ("observed", *methods):
            number = f"{key}/{name}"
            cells.append((figures.number(number, unit=str(score["unit"])),) if figures.has(number) else ("–",))
        rows.append(Row(tuple(cells)))
    heads = [Column(_HEADS[name].read(language), name == "year") for name in ("variable", "region", "year", "unit")]
    heads.append(Column(_HEADS["observed"].read(language), True))
    heads += [Column(_METHODS[method].read(language), True) for method in methods]
    return Table("backcast-detail", (_DETAIL.read(language),), tuple(heads), tuple(rows), folded=True)
