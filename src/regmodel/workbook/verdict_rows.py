"""Every clause of a run with its status and margin, and the words that stand for each status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.report.labels import ANSWERS, STATUSES, status_label
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import clause_title
from regmodel.workbook.layout import BookLanguage, sentence
from regmodel.workbook.rows import CellRow
from regmodel.workbook.speaker import Speaker, marked

if TYPE_CHECKING:
    from regmodel.runs import Run

_STATUS_ORDER = ("missed", "met", "exceeded", "already_met", "not_decidable", "reported", "not_modelled", "disabled")


def clause_rows(run: Run, language: BookLanguage) -> list[CellRow]:
    """Every clause with its status and margin, the missed ones first."""
    speaker = Speaker(run, language)
    told = {entry["id"]: entry for entry in run.verdict.get("clauses", [])}
    rows: list[tuple[int, CellRow]] = []
    for active in run.scenario.clauses:
        clause = active.clause
        entry = told.get(clause.id, {})
        status, unit = str(entry.get("status", "reported")), entry.get("unit")
        title = clause_title(clause, run.scenario.book)
        plan = clause.document.short if clause.document is not None else Text(clause.plan, clause.plan)
        place = _STATUS_ORDER.index(status) if status in _STATUS_ORDER else len(_STATUS_ORDER)
        numbers = [speaker.number(entry.get(name), unit) for name in ("value", "target", "margin")]
        row: CellRow = [clause.id, title.en, title.zh, sentence(plan, language)]
        row += [marked(status_label, status, language), *numbers, speaker.unit(unit)]
        row.append(None if clause.rank is None else float(clause.rank))
        rows.append((place, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def status_words(language: BookLanguage) -> dict[str, str]:
    """Every status as the Clauses sheet shows it, for its colours."""
    return {status: marked(status_label, status, language) for status in STATUSES}


def answer_marks() -> dict[str, str]:
    """The mark with which each of the three verdicts begins on the Results sheet, for their colours."""
    return {answer: mark for answer, (mark, _) in ANSWERS.items()}
