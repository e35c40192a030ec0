"""Rows of what the programme finds: conflicts with their sums, ways out, what decides, stages, attainability."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.conflicts import member_line, member_sentence
from regmodel.report.content import join, plain
from regmodel.report.deciding import assumption_name
from regmodel.report.labels import ASSUMED, spoken, typeset
from regmodel.report.repairs import change_line, incomplete, incomplete_line
from regmodel.report.sentences import clause_name
from regmodel.report.stages import HOLDS, UNDECIDED, plan_name, stage_name
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.layout import sentence, word
from regmodel.workbook.rows import Cell, CellRow
from regmodel.workbook.speaker import Speaker, marked

_PROVED = {True: Text("proved", "已证明"), False: Text("not proved", "未证明")}
_KINDS = {
    "cheapest": Text("The cheapest way out", "费用最低的办法"),
    "smallest": Text("The smallest change", "改动最小的办法"),
    "fewest": Text("The fewest clauses", "涉及条款最少的办法"),
    "alone": Text("This clause alone", "仅改此条"),
}
_SIDES = {"low": Text("lower end", "下端"), "high": Text("upper end", "上端")}
_APPLIED = {True: Text("✓ solved again: feasible", "✓ 已重新求解：可行"), False: Text("not confirmed", "未确认")}
_TOGETHER = Text("{kind}: these {count} changes together", "{kind}：以下{count}项改动一并采用")
_NEVER = Text("no value of this clause suffices", "仅调整该条款无法化解")
_NO_VALUE = Text("{clause}: no value of this clause suffices", "{clause}：仅调整该条款无法化解")
_WITH_SIDE = Text("{change} ({side})", "{change}（{side}）")
_CONFLICT = Text("Conflict {number}: {sentence}", "冲突{number}：{sentence}")
_MEMBER = "· "
_ALONE = {True: Text("alone", "单独即可"), False: Text("with the others only", "须与其他假设一并变动")}
_SEMICOLON = {"en": "; ", "zh": "；", "both": "; "}
_PLAN, _YEAR = Text("plan", "规划"), Text("up to the year", "截至年份")


def conflict_rows(speaker: Speaker) -> list[CellRow]:
    """Every conflict with its sentence, the sums of its proof and whether it is proved; below it its clauses."""
    rows: list[CellRow] = []
    for position, entry in enumerate(speaker.verdict.get("conflicts") or []):
        said = _conflict_said(speaker, position, entry)
        working: Mapping[str, Any] = entry.get("working") or {}
        unit = _unit_of_sums(working)
        sums = [speaker.number(working.get(name), unit) for name in ("needed", "most", "gap")]
        proof = word(_PROVED[bool(entry.get("proved"))], speaker.language)
        if entry.get("assumed") or entry.get("rests_on_assumed"):
            proof = f"{proof}{_SEMICOLON[speaker.language]}{word(ASSUMED, speaker.language)}"
        number = str(position + 1)
        head = Text(
            _CONFLICT.en.format(number=number, sentence=said.en), _CONFLICT.zh.format(number=number, sentence=said.zh)
        )
        rows.append([sentence(head, speaker.language), *sums, speaker.unit(unit), proof, None])
        for clause, member in _members(entry):
            told = speaker.lines(lambda tongue, member=member: member_line(speaker.figures, member, tongue))  # type: ignore[misc]
            rows.append([_listed(told), None, None, None, None, None, clause])
    return rows


def _members(entry: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """The clauses of a conflict with where they stand and which of their ends clashes, as far as the run says."""
    told = {str(member["clause"]): member for member in entry.get("members") or []}
    return [(str(clause), told.get(str(clause), {"clause": clause, "side": "both"})) for clause in entry["clauses"]]


def _listed(words: str) -> str:
    """Words as an item below a head, each language on its line."""
    return "\n".join(_MEMBER + line for line in words.split("\n"))


def _conflict_said(speaker: Speaker, position: int, entry: Mapping[str, Any]) -> Text:
    """The sentence of the verdict; of a conflict that is not proved the report's own, which claims nothing."""
    if not entry.get("proved"):
        figures = speaker.figures
        return speaker.both(lambda tongue: plain(member_sentence(figures, position, tongue)))
    chinese = str(entry.get("sentence_zh") or "") or spoken(entry.get("sentence"), "zh")
    english = spoken(entry.get("sentence"), "en")
    return Text(typeset(english or "-"), typeset(chinese or "-"))


def _unit_of_sums(working: Mapping[str, Any]) -> str | None:
    """The unit of the first clause of a proof, in which its sums stand."""
    return next((line.get("unit") for line in working.get("lines") or [] if line["kind"] == "clause"), None)


def repair_rows(speaker: Speaker) -> list[CellRow]:
    """Every way out with its cost, below it its changes as sentences; first, that some may be missing."""
    rows: list[CellRow] = []
    if incomplete(speaker.figures):
        rows.append([speaker.lines(incomplete_line)])
    repairs = speaker.verdict.get("repairs") or []
    kinds = list(_KINDS)
    order = sorted(
        range(len(repairs)), key=lambda at: kinds.index(repairs[at]["kind"]) if repairs[at]["kind"] in kinds else 9
    )
    for position in order:
        rows += _way_out(speaker, position, repairs[position])
    return rows


def _way_out(speaker: Speaker, position: int, repair: Mapping[str, Any]) -> list[CellRow]:
    """The head of one way out with its cost and whether it was applied, then a row a change."""
    changes = repair["changes"]
    kind = _KINDS.get(str(repair["kind"]), Text(str(repair["kind"]), str(repair["kind"])))
    if len(changes) > 1:
        count = len(changes)
        kind = Text(_TOGETHER.en.format(kind=kind.en, count=count), _TOGETHER.zh.format(kind=kind.zh, count=count))
    applied: Cell = None
    if "applied" in repair and all(change.get("to") is not None for change in changes):
        applied = word(_APPLIED[bool(repair["applied"])], speaker.language)
    cost = speaker.number(repair.get("cost"), repair.get("cost_unit"))
    unit = None if cost is None else speaker.unit(repair.get("cost_unit"))
    rows: list[CellRow] = [[sentence(kind, speaker.language), None, None, cost, unit, applied, None]]
    for place, change in enumerate(changes):
        held, to = change.get("unit"), speaker.number(change.get("to"), change.get("unit"))
        rows.append(
            [
                _listed(sentence(_change_said(speaker, f"verdict/repairs/{position}/changes/{place}", change),
                                 speaker.language)),
                speaker.number(change.get("from"), held),
                word(_NEVER, speaker.language) if to is None else to,
                None,
                speaker.unit(held),
                None,
                str(change["clause"]),
            ]
        )  # fmt: skip
    return rows


def _change_said(speaker: Speaker, key: str, change: Mapping[str, Any]) -> Text:
    """One change in words: the clause, before and after, and which of its ends gives way."""
    figures = speaker.figures
    if change.get("from") is None or change.get("to") is None:
        clause = speaker.both(lambda tongue: plain(clause_name(figures, str(change["clause"]), tongue)))
        return Text(_NO_VALUE.en.format(clause=clause.en), _NO_VALUE.zh.format(clause=clause.zh))
    said = speaker.both(lambda tongue: plain(change_line(figures, key, change, tongue)))
    side = _SIDES.get(str(change.get("side")))
    if side is None:
        return said
    return Text(_WITH_SIDE.en.format(change=said.en, side=side.en), _WITH_SIDE.zh.format(change=said.zh, side=side.zh))


def correction_rows(speaker: Speaker) -> list[CellRow]:
    """Every smallest set of clauses whose loss cures all conflicts."""
    sets = speaker.verdict.get("corrections") or []
    return [[_names(speaker, clauses), ", ".join(clauses)] for clauses in sets]


def _names(speaker: Speaker, clauses: list[str]) -> str:
    def said(tongue: Language) -> str:
        return plain(join([clause_name(speaker.figures, str(clause), tongue) for clause in clauses], tongue))

    return sentence(speaker.both(said), speaker.language)


def deciding_rows(speaker: Speaker) -> list[CellRow]:
    """The assumptions that decide with their range, their break-even, and whether each does alone."""
    rows: list[CellRow] = []
    for entry in (speaker.verdict.get("rests_on") or {}).get("deciding") or []:
        key, unit = str(entry["record"]), entry.get("unit")
        numbers = [speaker.number(entry.get(name), unit) for name in ("from", "to", "break_even")]
        name = speaker.lines(lambda tongue, key=key: assumption_name(speaker.figures, key, tongue))  # type: ignore[misc]
        alone = word(_ALONE[bool(entry["alone"])], speaker.language) if "alone" in entry else None
        rows.append([name, *numbers, speaker.unit(unit), alone, key])
    return rows


def stage_rows(speaker: Speaker) -> list[CellRow]:
    """Every stage with what it misses, by weight and at worst, in per cent."""
    rows: list[CellRow] = []
    for entry in speaker.verdict.get("stages") or []:
        name = f"{entry['stage']}: {speaker.short(lambda tongue, entry=entry: stage_name(entry, tongue))}"  # type: ignore[misc]
        misses = [speaker.number(entry.get(kind), "dimensionless") for kind in ("miss", "worst")]
        missed = entry.get("missed") or []
        told = HOLDS[entry.get("holds")][1]
        holds = marked(lambda _, tongue, told=told: told.read(tongue), "", speaker.language)  # type: ignore[misc]
        rows.append([name, _names(speaker, missed) if missed else None, *misses, speaker.unit("%"), holds])
    return rows


def attainable_rows(speaker: Speaker) -> list[CellRow]:
    """The share of every target's way that one plan can go, by plan and up to each year."""
    by = speaker.verdict.get("attainability_by") or {}
    rows: list[CellRow] = []
    for plan, share in (by.get("plans") or {}).items():
        name = speaker.short(lambda tongue, plan=plan: plan_name(speaker.figures, plan, tongue))  # type: ignore[misc]
        rows.append([word(_PLAN, speaker.language), name, _share(speaker, share)])
    for year, share in (by.get("years") or {}).items():
        rows.append([word(_YEAR, speaker.language), str(year), _share(speaker, share)])
    return rows


def _share(speaker: Speaker, share: float | None) -> Cell:
    return word(UNDECIDED, speaker.language) if share is None else share
