"""Conflicts in a sentence each: the first with how many there are, and those after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.amounts import asked_in_unit
from regmodel.report.content import Line, join, say
from regmodel.report.figures import Figures
from regmodel.report.sentences import marked_name
from regmodel.vocabulary.texts import Language, Text

_CONFLICT = Text(
    "These cannot hold together, whatever the levers do: {clauses}. Within this conflict, drop any one of them and "
    "the others can.",
    "以下各条无论采取何种措施都不能同时成立：{clauses}。仅就这组冲突而言，去掉其中任一条，其余各条即可同时成立。",
)
BY_ITSELF = Text(
    "This clause cannot hold by itself, whatever the levers do: {clauses}.",
    "仅此一条，无论采取何种措施都不能成立：{clauses}。",
)
BY_ITSELF_UNPROVED = Text(
    "The search found that this clause does not hold by itself, but that is not proved: {clauses}.",
    "搜索发现仅此一条即不能成立，但未得到证明：{clauses}。",
)
_CONFLICT_UNPROVED = Text(
    "The search found that these do not hold together, but that is not proved: {clauses}.",
    "搜索发现以下各条不能同时成立，但未得到证明：{clauses}。",
)
_NOR = Text("Nor can these hold together: {clauses}.", "以下各条也不能同时成立：{clauses}。")
_NOR_UNPROVED = Text(
    "Nor were these found to hold together, but that they cannot is not proved: {clauses}.",
    "搜索还发现以下各条不能同时成立，但未得到证明：{clauses}。",
)
_NOR_BY_ITSELF = Text("Nor can this hold by itself: {clauses}.", "以下一条单独也不能成立：{clauses}。")
_NOR_BY_ITSELF_UNPROVED = Text(
    "Nor was this found to hold by itself, but that it cannot is not proved: {clauses}.",
    "搜索还发现以下一条单独也不能成立，但未得到证明：{clauses}。",
)
_FIRST = {
    (True, True): BY_ITSELF,
    (True, False): _CONFLICT,
    (False, True): BY_ITSELF_UNPROVED,
    (False, False): _CONFLICT_UNPROVED,
}
_NEXT = {
    (True, True): _NOR_BY_ITSELF,
    (True, False): _NOR,
    (False, True): _NOR_BY_ITSELF_UNPROVED,
    (False, False): _NOR_UNPROVED,
}
_IN_REPORT = Text("{count} more conflicts are in the report.", "另有{count}组冲突，见报告。")
_IN_REPORT_ONE = Text("{count} more conflict is in the report.", "另有{count}组冲突，见报告。")
_MORE_CONFLICTS = Text(
    " There are {count} conflicts in all, and each of them has to be resolved.", "此类冲突共{count}组，须逐一化解。"
)
_CONFLICTS_FOUND = Text(
    " {count} conflicts were found, and there may be more: each of them has to be resolved.",
    "已找到此类冲突{count}组，可能还有其他冲突，须逐一化解。",
)
_CONFLICT_ALONE = Text(" There is no other conflict.", "没有其他冲突。")
_CONFLICT_FIRST = Text(" There may be other conflicts.", "可能还有其他冲突。")


def conflict_sentence(figures: Figures, language: Language) -> Line:
    """The second sentence of an infeasible verdict: the first conflict by its clauses, and how many there are."""
    conflicts = figures.run.verdict["conflicts"]
    line = say(_FIRST[_kind(conflicts[0])], language, clauses=conflict_line(figures, conflicts[0]["clauses"], language))
    complete = bool(figures.run.verdict.get("conflicts_complete"))
    if len(conflicts) == 1:
        return (*line, *say(_CONFLICT_ALONE if complete else _CONFLICT_FIRST, language))
    count = figures.count("verdict/conflicts", conflicts)
    return (*line, *say(_MORE_CONFLICTS if complete else _CONFLICTS_FOUND, language, count=count))


def _kind(conflict: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether a conflict is proved, and whether it is one clause by itself."""
    return bool(conflict.get("proved")), len(conflict["clauses"]) == 1


def next_conflicts(figures: Figures, language: Language, shown: int) -> list[Line]:
    """The conflicts after the first, one line each up to ``shown`` in all, and how many more there are."""
    conflicts = figures.run.verdict.get("conflicts") or []
    lines = []
    for conflict in conflicts[1:shown]:
        lines.append(
            say(_NEXT[_kind(conflict)], language, clauses=conflict_line(figures, conflict["clauses"], language))
        )
    left = conflicts[shown:]
    if left:
        template = _IN_REPORT_ONE if len(left) == 1 else _IN_REPORT
        lines.append(say(template, language, count=figures.count("conflicts that are not told", left)))
    return lines


def conflict_line(figures: Figures, clauses: list[str], language: Language) -> Line:
    """The clauses of a conflict by name with what each asks."""
    names = []
    for clause in clauses:
        asked = asked_in_unit(figures, clause, language)
        brackets = ("（", "）") if language == "zh" else (" (", ")")
        name = marked_name(figures, clause, language)
        names.append((*name, brackets[0], *asked, brackets[1]) if asked else name)
    return join(names, language)
