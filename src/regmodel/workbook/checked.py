"""The checks of the last run, for the Checks sheet: what was read, what was changed, how the base year was closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regmodel.report.units import scale_of, unit_label
from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import CHECKED
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import Cell, CellRow
from regmodel.workbook.values import fitted

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.workbook.read import Reading

_OK, _LOOK = Text("OK", "正常"), Text("look at this", "请查看")
_ROWS = Text("Rows read", "读取的行")
_ROWS_SAID = Text("rows in = rows used + rows reported", "读入行数 = 使用行数 + 报告行数")
_WARNING = Text("Noticed while reading", "读取时注意到")
_CHANGED = Text("Changed in this scenario", "本情景的改动")
_CERTIFICATE = Text("Proof of the verdict", "结论的证明")
_CERTIFICATE_SAID = Text("checked outside the solver; the value is its residual", "已在求解器之外复核；数值为残差")
_ADJUSTED = Text("Base year adjusted", "基年平衡调整")
_ADJUSTED_SAID = Text(
    "{quantity}, {region}, {part}: from {seed:.5g} to {value:.5g} {unit}",
    "{quantity}，{region}，{part}：由 {seed:.5g} 调为 {value:.5g} {unit}",
)
_UNSEEDED = Text("No figure and no assumption", "既无数据也无假设")
_BACKCAST = Text("Back-cast", "回溯检验")
_LARGEST = 12


def checked_rows(run: Run, language: BookLanguage, reading: Reading | None) -> list[CellRow]:
    """Rows of the block of checks for a run, and for what was read before it where that is known."""
    rows: list[CellRow] = []
    if reading is not None:
        rows += _read(reading, language)
    rows += _certificate(run, language)
    rows += _changes(run, language)
    rows += _base_year(run, language)
    rows += _backcast(run, language)
    return fitted(rows, CHECKED, language)


def _read(reading: Reading, language: BookLanguage) -> list[CellRow]:
    count = reading.count
    closed = count.rows_in == count.used + count.reported
    said = f"{sentence(_ROWS_SAID, language)}: {count.rows_in} = {count.used} + {count.reported}"
    rows: list[CellRow] = [
        [word(_ROWS, language), said, float(count.rows_in), None, word(_OK if closed else _LOOK, language)]
    ]
    for problem in reading.warnings:
        text = Text(
            f"{problem.where} [{problem.code}] {problem.found.en}: {problem.to_do.en}",
            f"{problem.where} [{problem.code}] {problem.found.zh}：{problem.to_do.zh}",
        )
        rows.append([word(_WARNING, language), sentence(text, language), None, None, word(_LOOK, language)])
    return rows


def _certificate(run: Run, language: BookLanguage) -> list[CellRow]:
    certificate: Mapping[str, object] = run.verdict.get("certificate") or {}
    if not certificate:
        return []
    residual = certificate.get("residual")
    number: Cell = float(residual) if isinstance(residual, int | float) else None
    state = _OK if certificate.get("checked") else _LOOK
    return [[word(_CERTIFICATE, language), sentence(_CERTIFICATE_SAID, language), number, None, word(state, language)]]


def _changes(run: Run, language: BookLanguage) -> list[CellRow]:
    rows: list[CellRow] = []
    for own in run.scenario.own:
        said = "; ".join(part for part in (own.key, own.reason, own.source) if part)
        value: Cell = own.value if not isinstance(own.value, bool) else str(own.value).lower()
        rows.append([word(_CHANGED, language), said, value, None, None])
    return rows


def _base_year(run: Run, language: BookLanguage) -> list[CellRow]:
    largest = sorted(run.base.adjustments, key=lambda one: -abs(one.relative))[:_LARGEST]
    rows: list[CellRow] = []
    for one in largest:
        scale = scale_of(one.unit)
        unit = Text(unit_label(one.unit, "en") or "-", unit_label(one.unit, "zh") or "-")
        texts = (
            template.format(
                quantity=one.quantity,
                region=one.region,
                part=one.part,
                seed=one.seed * scale,
                value=one.value * scale,
                unit=unit_words,
            )
            for template, unit_words in ((_ADJUSTED_SAID.en, unit.en), (_ADJUSTED_SAID.zh, unit.zh))
        )
        rows.append([word(_ADJUSTED, language), sentence(Text(*texts), language), one.relative * 100, "%", None])
    for name in run.base.unseeded:
        rows.append([word(_UNSEEDED, language), name, None, None, word(_LOOK, language)])
    return rows


def _backcast(run: Run, language: BookLanguage) -> list[CellRow]:
    summary = (run.backcast or {}).get("summary") or {}
    rows: list[CellRow] = []
    for variable, scores in summary.items():
        if isinstance(scores, Mapping):
            told = "; ".join(f"{name} {score:.4g}" for name, score in scores.items() if isinstance(score, int | float))
            rows.append([word(_BACKCAST, language), f"{variable}: {told}"])
    return rows
