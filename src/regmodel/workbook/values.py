"""From a run to the rows of the result blocks: words first, every number in the unit that planners print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from regmodel.plans import Contradiction
from regmodel.report.content import Line, Step
from regmodel.report.deciding import rests_lines
from regmodel.report.labels import (
    answer_label,
    reading_label,
    typeset,
)
from regmodel.report.prices import NONE as NO_PRICES
from regmodel.report.steps import paper, steps
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.binding_rows import binding_rows, price_rows
from regmodel.workbook.block import Block
from regmodel.workbook.blocks import (
    ATTAINABLE,
    BINDING,
    CHANGES,
    CONFLICTS,
    CONTRADICTIONS,
    CORRECTIONS,
    DECIDING,
    PRICES,
    READINGS,
    REPAIRS,
    RESTS,
    STAGES,
    VERDICT,
)
from regmodel.workbook.changes import Changes
from regmodel.workbook.finding_rows import (
    attainable_rows,
    conflict_rows,
    correction_rows,
    deciding_rows,
    repair_rows,
    stage_rows,
)
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import CellRow
from regmodel.workbook.speaker import Speaker, marked
from regmodel.workbook.verdict_rows import verdict_rows

if TYPE_CHECKING:
    from regmodel.runs import Run

_FINDINGS = {
    "contradiction": Text("contradiction", "矛盾"),
    "tension": Text("tension", "偏紧"),
    "already_met": Text("met already", "基年已达到"),
    "compatible": Text("compatible", "相容"),
    "check": Text("check", "核对"),
}
_ON_ASSUMED = Text("{kind}, takes an assumed number", "{kind}（用到假设数值）")
_KINDS_OF_FINDING = list(_FINDINGS)
_LEFT_TO_THE_REPORT = ("compatible", "check")
_MORE = Text("… and {count} more in the folder of the run", "……另有 {count} 项，见运行文件夹")
_NONE = Text("none found", "未发现")
_NOT_FOUND = Text("which they are was not found in this run", "本次运行未找出是哪些假设")
_WHATEVER = Text("none: the answer is the same whatever is assumed", "无：无论如何假设，结论不变")


def result_rows(block: Block, run: Run, language: BookLanguage) -> list[CellRow]:
    """The rows of one block of the Results sheet, no more than it has room for; what is left out is said."""
    rows = _BUILDERS[block.code](Speaker(run, language))
    if not rows and block.headed:
        rows = [_beside_links(block, word(_none_of(block, run), language))]
    return fitted(rows, block, language)


def _none_of(block: Block, run: Run) -> Text:
    """What an empty block says: nothing was found, nobody looked, or there is nothing of the kind."""
    if block.code == PRICES.code:
        return NO_PRICES.get(str(run.verdict["verdict"]), _NONE)
    if block.code != DECIDING.code:
        return _NONE
    rests = run.verdict.get("rests_on") or {}
    return _WHATEVER if rests.get("grade") == "whatever" else _NOT_FOUND


def fitted(rows: list[CellRow], block: Block, language: BookLanguage) -> list[CellRow]:
    """Rows cut to the room of a block, with a last line that says how many are missing."""
    width = len(block.headings)
    if len(rows) > block.rows:
        left = len(rows) - block.rows + 1
        rows = [*rows[: block.rows - 1], _beside_links(block, word(_MORE.fill(count=left), language))]
    return [(row + [None] * width)[:width] for row in rows]


def _beside_links(block: Block, words: str) -> CellRow:
    """A row of words alone, in the wide column of the sheet."""
    return [words] if block.left else [None, words]


def _rests(speaker: Speaker) -> list[CellRow]:
    tongues: tuple[Language, Language] = ("en", "zh")
    english, chinese = (steps(dict(speaker.verdict), language) for language in tongues)
    rows: list[CellRow] = [
        [
            word(Text(one.title, other.title), speaker.language),
            sentence(Text(one.question, other.question), speaker.language),
            marked(_words_of_step(one, other), "", speaker.language),
        ]
        for one, other in zip(english, chinese, strict=True)
    ]
    figures = speaker.figures
    graded = [speaker.lines(lambda tongue: _run_on(rests_lines(figures, tongue)))]
    graded.append(speaker.lines(lambda tongue: paper(figures, tongue)))
    return rows + [[None, words] for words in graded]


def _words_of_step(english: Step, chinese: Step) -> Callable[[str, Language], str]:
    return lambda _, language: (english if language == "en" else chinese).word


def _run_on(lines: list[Line]) -> Line:
    return tuple(span for line in lines for span in (*line, " "))


def _readings(speaker: Speaker) -> list[CellRow]:
    rows: list[CellRow] = []
    clauses = speaker.figures.clauses
    for entry in (speaker.verdict.get("rests_on") or {}).get("readings") or []:
        chosen = []
        for clause, reading in (entry.get("choices") or {}).items():
            active = clauses.get(clause)
            row = active.clause if active is not None else None
            label = speaker.short(lambda tongue, row=row, reading=reading: reading_label(row, str(reading), tongue))  # type: ignore[misc]
            chosen.append(f"{clause} = {label}")
        answer = marked(answer_label, str(entry["verdict"]), speaker.language)
        rows.append([answer, "; ".join(chosen)])
    usual = marked(answer_label, str(speaker.verdict["verdict"]), speaker.language)
    return sorted(rows, key=lambda row: row[0] == usual)


def _contradictions(speaker: Speaker) -> list[CellRow]:
    rows: list[CellRow] = []
    for found in sorted(speaker.run.contradictions, key=lambda one: _KINDS_OF_FINDING.index(one.status)):
        if found.status in _LEFT_TO_THE_REPORT:
            continue
        unit = found.unit
        rows.append(
            [
                sentence(_set(found.sentence), speaker.language),
                speaker.number(found.amount, unit),
                speaker.unit(unit),
                speaker.region(found.region),
                None if found.year is None else float(found.year),
                word(_kind(found), speaker.language),
                ", ".join(found.clauses),
            ]
        )
    return rows


def _kind(found: Contradiction) -> Text:
    """What kind of finding it is, and whether it takes more than printed figures."""
    kind = _FINDINGS[found.status]
    if not found.assumed:
        return kind
    return Text(_ON_ASSUMED.en.format(kind=kind.en), _ON_ASSUMED.zh.format(kind=kind.zh))


def _set(text: Text) -> Text:
    """A sentence of the model with its powers and signs as print has them."""
    return Text(typeset(text.en), typeset(text.zh))


_BUILDERS: Mapping[str, Callable[[Speaker], list[CellRow]]] = {
    VERDICT.code: verdict_rows,
    CHANGES.code: lambda speaker: Changes(speaker.run.scenario, speaker.language).rows(),
    RESTS.code: _rests,
    DECIDING.code: deciding_rows,
    READINGS.code: _readings,
    CONTRADICTIONS.code: _contradictions,
    CONFLICTS.code: conflict_rows,
    REPAIRS.code: repair_rows,
    CORRECTIONS.code: correction_rows,
    STAGES.code: stage_rows,
    ATTAINABLE.code: attainable_rows,
    BINDING.code: binding_rows,
    PRICES.code: price_rows,
}
