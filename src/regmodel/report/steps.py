"""What the verdict rests on: on paper, whatever is assumed, as assumed, and under each reading of ambiguous wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.content import Line, Span, Step, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.labels import ANSWERS, answer_label, reading_label
from regmodel.report.sentences import clause_name, word_of
from regmodel.runs.verdict import on_paper
from regmodel.vocabulary.texts import Language, Text

TURNING_SHOWN = 4
_TITLES = {
    "on_paper": Text("On paper", "仅看文本"),
    "easy": Text("At the easy end", "最宽松一端"),
    "central": Text("As assumed", "按现行假设"),
    "hard": Text("At the hard end", "最严格一端"),
}
_QUESTIONS = {
    "on_paper": Text(
        "What the plans' own figures and the census say by arithmetic alone, with no model",
        "不用模型，只用规划自身数字与人口普查数据做算术",
    ),
    "easy": Text("Every assumption at the end of its range that makes life easier", "每项假设都取其范围内最有利的一端"),
    "central": Text("Every assumption as recorded, or as you set it", "每项假设都取所记录的数值，或您设定的数值"),
    "hard": Text("Every assumption at the end of its range that makes life harder", "每项假设都取其范围内最不利的一端"),
}
# Arithmetic can show a contradiction; it cannot show that plans hold together.
_ON_PAPER: Mapping[str, tuple[str, Text]] = {
    "infeasible": ("infeasible", Text("✕ Contradiction", "✕ 有矛盾")),
    "undecided": ("nothing", Text("– none among the clauses in force as read", "– 在用条款按所取理解未发现矛盾")),
}
_PAPER_CLEAR = Text(
    "Arithmetic alone finds no contradiction among the clauses that are in force.",
    "仅凭算术，生效的条款之间没有发现矛盾。",
)
_PAPER_FOUND = Text(
    "Arithmetic alone finds {count}, {live} of them from printed figures only and between clauses that are in force "
    "here as they are read here; the working is in the report's {chapter}.",
    "仅凭算术即发现{count}，其中{live}处只用所印数字，且涉及本情景中生效且按此理解的条款；演算见报告的{chapter}。",
)
_PAPER_ELSEWHERE = Text(
    "Arithmetic alone finds {count} in the plans as printed, none of them among the clauses that are in force here as "
    "they are read here: each takes a clause that is left out, another reading or an assumed number. The working is in "
    "the report's {chapter}.",
    "仅凭算术即在规划文本中发现{count}，但均不在本情景生效且按此理解的条款之间：或涉及未启用的条款，或须取另一种理解，或用到假设的数值。"
    "演算见报告的{chapter}。",
)
_CHAPTER = Text("chapter on arithmetic", "“仅凭算术”一章")
_CONTRADICTIONS = Text("{number} contradictions", "{number}处矛盾")
_CONTRADICTION = Text("{number} contradiction", "{number}处矛盾")
_READINGS_SAME = Text(
    "Ambiguous wording changes nothing: under all {count} {what} the answer is {answer}.",
    "条文的不同理解不影响结论：{count}{what}下结论均为“{answer}”。",
)
_READINGS_DIFFER = Text(
    "Wording matters: of {count} {what} the answer is feasible under {feasible}, not feasible under {infeasible} "
    "and undecided under {undecided}.",
    "条文的理解影响结论：{count}{what}中，可行{feasible}种、不可行{infeasible}种、未能判定{undecided}种。",
)
_COMBINED = Text("combinations of readings", "种理解组合")
_SINGLY = Text("readings, tried one at a time,", "种理解（逐条尝试）")
_TURNING = Text("What turns the answer: {choices}.", "使结论改变的理解：{choices}。")


def steps(verdict: Mapping[str, Any], language: Language) -> tuple[Step, ...]:
    """The steps one after the other; a step that the run did not take is left out."""
    rests = verdict.get("rests_on") or {}
    found = []
    for name in _TITLES:
        answer = str(rests.get(name) or "")
        if name == "on_paper" and answer in _ON_PAPER:
            look, word = _ON_PAPER[answer][0], _ON_PAPER[answer][1].read(language)
        elif answer in ANSWERS:
            look, word = answer, answer_label(answer, language)
        else:
            continue
        title, question = _TITLES[name].read(language), _QUESTIONS[name].read(language)
        found.append(Step(title, question, look, word, main=name == "central"))
    return tuple(found)


def paper(figures: Figures, language: Language) -> Line:
    """How many contradictions arithmetic alone finds, and how many of them touch this scenario."""
    found = [finding for finding in figures.run.contradictions if finding.status == "contradiction"]
    if not found:
        return say(_PAPER_CLEAR, language)
    number = figures.count("contradictions", found)
    words = say(_CONTRADICTION if len(found) == 1 else _CONTRADICTIONS, language, number=number)
    live = [finding for finding in found if on_paper(figures.run.scenario, (finding,)) == "infeasible"]
    chapter = Words(_CHAPTER.read(language), "", "contradictions")
    if not live:
        return say(_PAPER_ELSEWHERE, language, count=words, chapter=chapter)
    return say(
        _PAPER_FOUND, language, count=words, live=figures.count("contradictions in force", live), chapter=chapter
    )


def readings(figures: Figures, language: Language) -> list[Line]:
    """Whether the wording of ambiguous clauses changes the answer, and which reading turns it."""
    rests = figures.run.verdict.get("rests_on") or {}
    found = rests.get("readings") or []
    if not found:
        return []
    by_answer: dict[str, list[Any]] = {answer: [] for answer in ANSWERS}
    for entry in found:
        by_answer.setdefault(str(entry["verdict"]), []).append(entry)
    count = figures.count("verdict/rests_on/readings", found)
    what = (_COMBINED if rests.get("every_combination", True) else _SINGLY).read(language)
    reached = [answer for answer, entries in by_answer.items() if entries]
    if len(reached) == 1:
        return [say(_READINGS_SAME, language, count=count, what=what, answer=word_of(reached[0], language))]
    counts: dict[str, Span] = {
        answer: figures.count(f"verdict/rests_on/readings/{answer}", entries) for answer, entries in by_answer.items()
    }
    lines = [say(_READINGS_DIFFER, language, count=count, what=what, **counts)]
    turning = _turning(figures, found, language)
    return [*lines, say(_TURNING, language, choices=turning)] if turning else lines


def _turning(figures: Figures, found: list[Any], language: Language) -> Line:
    """The single choices that always go with another answer than the scenario's own.

    Clauses that share a question are chosen together; the first speaks for them.
    """
    usual = figures.run.verdict["verdict"]
    where: dict[tuple[str, str], list[int]] = {}
    for position, entry in enumerate(found):
        for clause, reading in (entry.get("choices") or {}).items():
            where.setdefault((str(clause), str(reading)), []).append(position)
    told: dict[tuple[str, tuple[int, ...]], str] = {}
    for (clause, reading), positions in where.items():
        if clause in figures.clauses and all(found[position]["verdict"] != usual for position in positions):
            told.setdefault((reading, tuple(positions)), clause)
    names: list[Line] = []
    for (reading, _), clause in list(told.items())[:TURNING_SHOWN]:
        words: Span = Words(reading_label(figures.clauses[clause].clause, reading, language), "strong")
        brackets = ("（", "）") if language == "zh" else (" (", ")")
        names.append((*clause_name(figures, clause, language), brackets[0], words, brackets[1]))
    return join(names, language)
