"""Which combinations of readings are consistent: one line each, those under which the clauses hold together first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import ANSWERS, answer_label, reading_label
from regmodel.report.sentences import clause_name
from regmodel.report.steps import readings
from regmodel.vocabulary.texts import Language, Text

FOLDED_FROM = 12
_TITLE = Text("Ambiguous wording: which readings go together", "条文的不同理解：哪些组合可以成立")
_WHAT = Text(
    "Of {count} combinations of readings, {feasible} let all clauses in force hold together.",
    "{count}种理解组合中，有{feasible}种可使全部生效条款同时成立。",
)
_WHAT_SINGLY = Text(
    "There are too many combinations to try all; the readings were tried one at a time, the others as in the scenario. "
    "Of {count} tried, {feasible} let all clauses in force hold together.",
    "组合过多，未逐一尝试；各条理解逐条改变，其余按情景设定。所试{count}种中，有{feasible}种可使全部生效条款同时成立。",
)
_TABLE = Text("Readings and the verdict under each", "各种理解及其结论")
_OWN = Text("as in the scenario", "情景所取")
_HEADS = {"answer": Text("Verdict", "结论"), "readings": Text("Readings", "理解")}
_ORDER = tuple(ANSWERS)


def readings_section(figures: Figures, language: Language) -> Section | None:
    """The table of readings; none for a run without ambiguous clauses."""
    rests = figures.run.verdict.get("rests_on") or {}
    found: Sequence[Mapping[str, Any]] = rests.get("readings") or []
    if not found:
        return None
    consistent = [entry for entry in found if entry["verdict"] == "feasible"]
    line = say(
        _WHAT if rests.get("every_combination", True) else _WHAT_SINGLY,
        language,
        count=figures.count("verdict/rests_on/readings", found),
        feasible=figures.count("verdict/rests_on/readings/feasible", consistent),
    )
    speakers = spoken_for(found)
    rows = []
    for entry in sorted(found, key=lambda entry: _ORDER.index(str(entry["verdict"]))):
        answer = Words(answer_label(str(entry["verdict"]), language), "status")
        rows.append(Row(((answer,), _chosen(figures, entry["choices"], speakers, language))))
    heads = tuple(Column(title.read(language)) for title in _HEADS.values())
    caption = (_TABLE.read(language),)
    table = Table("readings-table", caption, heads, tuple(rows), folded=len(rows) > FOLDED_FROM)
    turning = [Paragraph(said) for said in readings(figures, language)[1:]]
    blocks: tuple[Block, ...] = (Paragraph(line, "lead"), *turning, table)
    return Section("readings", _TITLE.read(language), blocks)


def spoken_for(found: Sequence[Mapping[str, Any]]) -> set[str]:
    """Of clauses that are always read alike, because they share a question, the first; it speaks for the others."""
    seen: dict[tuple[str | None, ...], str] = {}
    clauses = dict.fromkeys(str(clause) for entry in found for clause in entry["choices"])
    for clause in clauses:
        seen.setdefault(tuple(entry["choices"].get(clause) for entry in found), clause)
    return set(seen.values())


def _chosen(figures: Figures, choices: Mapping[str, str], speakers: set[str], language: Language) -> Line:
    line: Line = ()
    for clause, reading in choices.items():
        if clause not in speakers:
            continue
        active = figures.clauses.get(clause)
        words = reading_label(None if active is None else active.clause, str(reading), language)
        brackets = ("（", "）") if language == "zh" else (" (", ")")
        comma = () if not line else ("；" if language == "zh" else "; ",)
        line = (*line, *comma, *clause_name(figures, clause, language), brackets[0], Words(words, "strong"))
        if active is not None and active.reading == reading:
            line = (*line, "，" if language == "zh" else ", ", _OWN.read(language))
        line = (*line, brackets[1])
    return line
