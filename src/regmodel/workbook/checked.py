"""The checks of the last run, for the Checks sheet: what was read, what was changed, how the base year was closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from regmodel.report.labels import variable_label
from regmodel.report.units import scale_of, unit_label
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.blocks import CHECKED
from regmodel.workbook.changes import Changes
from regmodel.workbook.contents import variable_text
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
    "{quantity}, {region}, {part}: from {seed:.3g} to {value:.3g} {unit}",
    "{quantity}，{region}，{part}：由 {seed:.3g} 调为 {value:.3g} {unit}",
)
_UNSEEDED = Text("No figure and no assumption", "既无数据也无假设")
_BACKCAST = Text("Back-cast", "回溯检验")
_MISSED = Text(
    "{variable}: mean error {own} % over {n} observed values, {bias} % on balance",
    "{variable}：{n} 个观测值的平均误差为 {own}%，平均偏差 {bias}%",
)
_COMPARED = Text(
    "{variable}: mean error {own} % over {n} observed values, {bias} % on balance; "
    "shares held constant would have missed by {other} %",
    "{variable}：{n} 个观测值的平均误差为 {own}%，平均偏差 {bias}%；若比重不变，误差为 {other}%",
)
_BETTER, _NO_BETTER = Text("better than constant shares", "优于比重不变"), Text("no better", "不优于比重不变")
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
    for _, what, before, now, unit, reason, source in Changes(run.scenario, language).own_rows():
        said = f"{what}\n{_plain(before)} → {_plain(now)}; {reason}; {source}"
        rows.append([word(_CHANGED, language), said, now, unit, None])
    return rows


def _plain(cell: Cell) -> str:
    return f"{cell:.6g}" if isinstance(cell, float | int) and not isinstance(cell, bool) else str(cell)


def _base_year(run: Run, language: BookLanguage) -> list[CellRow]:
    largest = sorted(run.base.adjustments, key=lambda one: -abs(one.relative))[:_LARGEST]
    regions = run.scenario.book.regions
    said: tuple[tuple[str, Language], ...] = ((_ADJUSTED_SAID.en, "en"), (_ADJUSTED_SAID.zh, "zh"))
    rows: list[CellRow] = []
    for one in largest:
        scale = scale_of(one.unit)
        texts = (
            template.format(
                quantity=variable_label(one.quantity, tongue),
                region=regions.name(one.region).read(tongue) if one.region else "–",
                part=variable_label(one.part, tongue),
                seed=one.seed * scale,
                value=one.value * scale,
                unit=unit_label(one.unit, tongue) or "-",
            )
            for template, tongue in said
        )
        rows.append(
            [word(_ADJUSTED, language), sentence(Text(*texts), language), round(one.relative * 100, 1), "%", None]
        )
    for name in run.base.unseeded:
        rows.append([word(_UNSEEDED, language), name, None, None, word(_LOOK, language)])
    return rows


def _backcast(run: Run, language: BookLanguage) -> list[CellRow]:
    """For each variable scored: its mean error and bias in words, beside what constant shares would have missed."""
    backcast = run.backcast or {}
    rows: list[CellRow] = []
    for variable, scores in (backcast.get("summary") or {}).items():
        own = scores.get("mape")
        if not isinstance(own, int | float):
            continue
        name, other = variable_text(str(variable)), scores.get("mape_constant_share")
        words = {"n": scores["n"], "own": f"{own:.1f}", "bias": f"{scores.get('bias') or 0.0:+.1f}"}
        better = scores.get("better_than_constant_share")
        said = _MISSED if other is None else _COMPARED
        if other is not None:
            words["other"] = f"{other:.1f}"
        text = Text(said.en.format(variable=name.en, **words), said.zh.format(variable=name.zh, **words))
        state = None if better is None else word(_BETTER if better else _NO_BETTER, language)
        rows.append([word(_BACKCAST, language), sentence(text, language), round(float(own), 1), "%", state])
    return rows
