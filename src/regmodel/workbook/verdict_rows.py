"""The verdict in plain words, every clause with its status and margin, and the words that stand for each status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.report import sentences
from regmodel.report.conflict_sentences import conflict_sentence
from regmodel.report.content import Line
from regmodel.report.front import by_margin
from regmodel.report.labels import ANSWERS, STATUSES, answer_label, status_label
from regmodel.report.tested import is_tested
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import VERDICT
from regmodel.workbook.contents import clause_title
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import CellRow
from regmodel.workbook.speaker import Speaker, marked

if TYPE_CHECKING:
    from regmodel.runs import Run

_STATUS_ORDER = ("missed", "met", "exceeded", "already_met", "not_decidable", "reported", "not_modelled", "disabled")
_NOT_RUN = Text("Not run yet", "尚未运行")
_HOW = {
    "": Text("Save this workbook, then: regmodel run {name}", "保存本工作簿，然后运行：regmodel run {name}"),
    "macro": Text("Press Run on the sheet Start.", "请在“开始”表按“运行”。"),
    "addin": Text("Press Run main in the ribbon of the xlwings add-in.", "请在 xlwings 加载项的功能区按 Run main。"),
}
_LABELS = {
    "verdict": Text("Can the targets hold together?", "各项目标能否同时实现？"),
    "short": Text("In short", "简言之"),
    "words": Text("What was tested", "检验内容"),
    "plan": Text("In the plan shown", "所示方案中"),
    "conflict": Text("What clashes", "冲突所在"),
    "confidence": Text("How sure the numbers are", "数据可靠程度"),
    "attainability": Text("Attainability (1 = every target met)", "目标实现程度（1 为全部实现）"),
    "run": Text("Run", "运行编号"),
    "scenario": Text("Scenario", "情景"),
}
_SHORT = {
    "feasible": Text(
        "Yes: there is a plan that meets every target tested, within the water and the land that are recorded. ",
        "能：在已记录的水资源和土地条件下，存在满足全部受检目标的方案。",
    ),
    "infeasible": Text(
        "No: no plan meets every target tested within the water and the land that are recorded. Some must give way; "
        "the conflicts and the ways out stand below. ",
        "不能：在已记录的水资源和土地条件下，没有任何方案能满足全部受检目标，其中一些必须放宽；冲突与可行的调整见下文。",
    ),
    "undecided": Text(
        "Not known: neither a plan nor a proof that there is none was found. Read neither yes nor no into it. ",
        "未知：既未找到方案，也未证明方案不存在。请勿据此认为能或不能。",
    ),
}


def waiting_rows(block: Block, name: str, language: BookLanguage, equipment: str = "") -> list[CellRow]:
    """What a block shows before the first run; ``equipment`` says whether the workbook runs inside Excel."""
    if block.code != VERDICT.code:
        return []
    return [
        [word(_LABELS["verdict"], language), word(_NOT_RUN, language)],
        [word(_LABELS["short"], language), sentence(_HOW[equipment].fill(name=name), language)],
    ]


def verdict_rows(speaker: Speaker) -> list[CellRow]:
    """The verdict, first as one word, then in a plain sentence, then what was tested and what is nearest or clashes."""
    language, verdict = speaker.language, speaker.verdict
    label = {name: word(text, language) for name, text in _LABELS.items()}
    rows: list[CellRow] = [
        [label["verdict"], marked(answer_label, str(verdict["verdict"]), language)],
        [label["short"], speaker.lines(lambda tongue: _short(speaker, tongue))],
    ]
    rows += [[label[name], words] for name, words in _told(speaker)]
    rows += [[None, None]] * (5 - len(rows))
    attained = speaker.number(verdict.get("attainability"))
    rows.append([label["attainability"], None if attained is None else f"{attained:.3g}"])
    rows.append([label["scenario"], f"{verdict.get('scenario', '')}: {sentence(speaker.run.scenario.title, language)}"])
    rows.append([label["run"], str(verdict.get("run_id") or "")])
    return rows


def _short(speaker: Speaker, tongue: Language) -> Line:
    """Yes, no or not known, and whether that stands whatever is assumed."""
    line: Line = (_SHORT[str(speaker.verdict["verdict"])].read(tongue),)
    for graded in sentences.grade(speaker.figures, tongue):
        line = (*line, *graded)
    return line


def _told(speaker: Speaker) -> list[tuple[str, str]]:
    """What was tested, what clashes or what is nearest, and how much is only assumed; each under its label."""
    figures, verdict = speaker.figures, speaker.verdict
    tested = [entry for entry in verdict.get("clauses", []) if is_tested(entry)]
    count = figures.count("tested clauses", tested)
    said = [("words", speaker.lines(lambda tongue: sentences.verdict_sentence(figures, tongue, count)))]
    order = by_margin(figures)
    if verdict["verdict"] == "infeasible" and verdict.get("conflicts"):
        said.append(("conflict", speaker.lines(lambda tongue: conflict_sentence(figures, tongue))))
    elif order:
        first = verdict["clauses"][order[0]]

        def nearest(tongue: Language) -> Line:
            name = sentences.clause_name(figures, str(first["id"]), tongue)
            return sentences.margin_sentence(figures, tongue, order[0], name, short=float(first["margin"]) < 0)

        said.append(("plan", speaker.lines(nearest)))
    if verdict.get("confidence") or verdict.get("conflicts"):
        said.append(("confidence", speaker.lines(lambda tongue: sentences.confidence_sentence(figures, tongue))))
    return said


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
