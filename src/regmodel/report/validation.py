"""The back-cast: how far the projection missed what was observed, beside benchmarks that anybody could have used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.content import Block, Bullets, Column, Line, Paragraph, Row, Section, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import spoken, variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

BENCHMARKS = ("constant_share", "last_value", "constant_rate")
_NAMES = {
    "projected": Text("regmodel", "regmodel"),
    "constant_share": Text("Constant share", "比重不变"),
    "last_value": Text("Last value", "沿用上值"),
    "constant_rate": Text("Constant rate", "增速不变"),
}
_TITLE = Text("How good is the projection? A look back", "推演有多准：回溯检验")
_WHAT = Text(
    "The projection was started earlier, fed with nothing later than its start but observed totals, and compared with "
    "what was observed. Nothing is fitted on the years it is scored on; the score is shown, good or bad.",
    "将推演提前起步，除已观测的总量外不使用起点以后的任何数据，再与观测值比较。检验年份不参与任何拟合；结果好坏均如实列出。",
)
_SCORE = Text(
    "{variable}: mean error {own} %, constant share {other} % ({word})",
    "{variable}：平均误差{own}%，比重不变{other}%（{word}）",
)
_ALONE = Text("{variable}: mean error {own} %", "{variable}：平均误差{own}%")
_WORSE_SCORE = Text(
    "{variable}: mean error {own} %, worse than {benchmark} ({other} %)",
    "{variable}：平均误差{own}%，差于{benchmark}（{other}%）",
)
_BETTER = Text("better", "更优")
_WORSE = Text("no better", "并不更优")
_SUMMARY = Text("Mean absolute error, % of the observed value", "平均绝对误差，占观测值的百分比（%）")
_DETAIL = Text("Observed and projected, in the unit of the row", "观测值与推演值，单位见各行")
_HEADS = {
    "variable": Text("Variable", "变量"),
    "n": Text("Values scored", "检验个数"),
    "bias": Text("Bias, %", "偏差，%"),
    "region": Text("Region", "地区"),
    "year": Text("Year", "年份"),
    "unit": Text("Unit", "单位"),
    "observed": Text("Observed", "观测"),
    "low": Text("Low", "下限"),
    "high": Text("High", "上限"),
}


def _summary_of(figures: Figures) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = figures.run.backcast.get("summary") or {}
    return found


def backcast_summary(figures: Figures, language: Language) -> Line:
    """For the first page: the first variable against constant share, and every score worse than a benchmark."""
    parts: list[Line] = []
    for position, (variable, entry) in enumerate(_summary_of(figures).items()):
        key = f"backcast/summary/{variable}"
        name = variable_label(variable, language)
        own = figures.number(f"{key}/mape", decimals=1)
        if position == 0 and not figures.has(f"{key}/mape_constant_share"):
            parts.append(say(_ALONE, language, variable=name, own=own))
        elif position == 0:
            other = figures.number(f"{key}/mape_constant_share", decimals=1)
            word = Words((_BETTER if entry.get("better_than_constant_share") else _WORSE).read(language), "strong")
            parts.append(say(_SCORE, language, variable=name, own=own, other=other, word=word))
        for benchmark in entry.get("worse_than") or ():
            worse = Words(_NAMES[benchmark].read(language).lower(), "strong")
            other = figures.number(f"{key}/mape_{benchmark}", decimals=1)
            parts.append(say(_WORSE_SCORE, language, variable=name, own=own, benchmark=worse, other=other))
    between = "；" if language == "zh" else "; "
    return tuple(span for number, part in enumerate(parts) for span in ((between, *part) if number else part))


def validation_section(figures: Figures, language: Language) -> Section | None:
    """Scores by variable, what a reader must know to trust or distrust them, then every value."""
    told = figures.run.backcast
    if not _summary_of(figures):
        return None
    blocks: list[Block] = [Paragraph(say(_WHAT, language), "lead")]
    if told.get("sentence"):
        blocks.append(Paragraph((spoken(told["sentence"], language),)))
    blocks.append(_summary(figures, language))
    notes = told.get("notes") or []
    if notes:
        blocks.append(Bullets(tuple((spoken(note, language),) for note in notes)))
    if told.get("scores"):
        blocks.append(_detail(figures, language))
    return Section("validation", _TITLE.read(language), tuple(blocks))


def _cell(figures: Figures, key: str, unit: str = "", decimals: int | None = None, *, signed: bool = False) -> Line:
    return (figures.number(key, unit=unit, decimals=decimals, signed=signed),) if figures.has(key) else ("–",)


def _summary(figures: Figures, language: Language) -> Table:
    rows = []
    for variable in _summary_of(figures):
        key = f"backcast/summary/{variable}"
        errors = [_cell(figures, f"{key}/mape_{name}", decimals=1) for name in BENCHMARKS]
        rows.append(
            Row(
                (
                    (variable_label(variable, language),),
                    _cell(figures, f"{key}/n", decimals=0),
                    _cell(figures, f"{key}/mape", decimals=1),
                    *errors,
                    _cell(figures, f"{key}/bias", decimals=1, signed=True),
                )
            )
        )
    names = [_HEADS["n"], _NAMES["projected"], *(_NAMES[name] for name in BENCHMARKS), _HEADS["bias"]]
    heads = [Column(_HEADS["variable"].read(language))] + [Column(name.read(language), True) for name in names]
    return Table("backcast-summary", (_SUMMARY.read(language),), tuple(heads), tuple(rows))


def _detail(figures: Figures, language: Language) -> Table:
    regions = figures.run.scenario.book.regions
    columns = ("observed", "projected", "low", "high", *BENCHMARKS)
    rows = []
    for position, score in enumerate(figures.run.backcast["scores"]):
        unit = str(score["unit"])
        numbers = [_cell(figures, f"backcast/scores/{position}/{name}", unit) for name in columns]
        rows.append(
            Row(
                (
                    (variable_label(str(score["variable"]), language),),
                    (regions.name(str(score["region"])).read(language),),
                    (figures.year(score["year"]),),
                    (unit_label(unit, language),),
                    *numbers,
                )
            )
        )
    heads = [Column(_HEADS[name].read(language), name == "year") for name in ("variable", "region", "year", "unit")]
    heads += [Column((_HEADS.get(name) or _NAMES[name]).read(language), True) for name in columns]
    return Table("backcast-detail", (_DETAIL.read(language),), tuple(heads), tuple(rows), folded=True)
