"""Rows of the Explain sheet for clauses in force behind which no one number stands: what each is about, and why."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from regmodel.plans.uses import ledger
from regmodel.vocabulary.explained_words import told_number
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import clause_title, unit_text
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import CellRow

if TYPE_CHECKING:
    from regmodel.runs import Run

_NO_NUMBER = Text(
    "no number of the model stands behind it: {reason}",
    "模型中没有与之对应的数值：{reason}",
)
_BY_ROWS = Text(
    "judged place by place and year by year, not by one number; value and margin stand on the sheet Clauses",
    "逐地区、逐年判断，并非由某一数值得出；数值与余量见“条款结果”表",
)


def unexplained_rows(run: Run, told: Collection[str], language: BookLanguage) -> list[CellRow]:
    """One row for each clause in force that is not among those ``told``: its value, if any, and why it has no more."""
    results = {str(entry["id"]): entry for entry in run.verdict.get("clauses", ())}
    in_force = [one.clause for one in run.scenario.clauses if one.enabled and one.clause.bounding]
    uses = ledger(in_force)
    rows: list[CellRow] = []
    for clause in in_force:
        if clause.id in told:
            continue
        value = results.get(clause.id, {}).get("value")
        use = uses[clause.id]
        why = Text(_NO_NUMBER.en.format(reason=use.reason.en), _NO_NUMBER.zh.format(reason=use.reason.zh))
        why = _BY_ROWS if use.use == "programme" else why
        title = word(clause_title(clause, run.scenario.book), language)
        number = None if value is None else float(told_number(value))
        unit = word(unit_text(clause.unit), language)
        rows.append([title, number, unit, sentence(why, language), f" {clause.id},", None, f"clause/{clause.id}", None])
    return rows
