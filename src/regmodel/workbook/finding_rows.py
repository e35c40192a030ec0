"""Rows of what the programme finds: conflicts with their sums, ways out, what decides, stages, attainability."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.conflicts import member_sentence
from regmodel.report.content import join, plain
from regmodel.report.deciding import assumption_name
from regmodel.report.labels import ASSUMED, spoken, typeset
from regmodel.report.repairs import incomplete, incomplete_line
from regmodel.report.sentences import clause_name
from regmodel.report.stages import HOLDS, UNDECIDED, plan_name, stage_name
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.layout import sentence, word
from regmodel.workbook.rows import Cell, CellRow
from regmodel.workbook.speaker import Speaker, marked

_PROVED = {True: Text("proved", "已证明"), False: Text("not proved", "未证明")}
_KINDS = {
    "fewest": Text("fewest clauses", "条款最少"),
    "smallest": Text("smallest change", "幅度最小"),
    "cheapest": Text("cheapest", "成本最低"),
    "alone": Text("this clause alone", "仅调整该条款"),
}
_SIDES = {"low": Text("lower end", "下端"), "high": Text("upper end", "上端")}
_APPLIED = {True: Text("solved again: feasible", "已重新求解：可行"), False: Text("not confirmed", "未确认")}
_NEVER = Text("no value of this clause suffices", "仅调整该条款无法化解")
_ALONE = {True: Text("alone", "单独即可"), False: Text("with the others only", "须与其他假设一并变动")}
_SEMICOLON = {"en": "; ", "zh": "；", "both": "; "}
_PLAN, _YEAR = Text("plan", "规划"), Text("up to the year", "截至年份")


def conflict_rows(speaker: Speaker) -> list[CellRow]:
    """Every conflict with its sentence, the sums of its proof, and whether it is proved and assumed."""
    rows: list[CellRow] = []
    for position, entry in enumerate(speaker.verdict.get("conflicts") or []):
        said = _conflict_said(speaker, position, entry)
        working: Mapping[str, Any] = entry.get("working") or {}
        unit = _unit_of_sums(working)
        sums = [speaker.number(working.get(name), unit) for name in ("needed", "most", "gap")]
        proof = word(_PROVED[bool(entry.get("proved"))], speaker.language)
        if entry.get("assumed") or entry.get("rests_on_assumed"):
            proof = f"{proof}{_SEMICOLON[speaker.language]}{word(ASSUMED, speaker.language)}"
        clauses = ", ".join(entry["clauses"])
        rows.append([clauses, sentence(said, speaker.language), *sums, speaker.unit(unit), proof])
    return rows


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
    """Every way out with its changes, before and after in the clause's own unit; first, that some may be missing."""
    rows: list[CellRow] = []
    if incomplete(speaker.figures):
        rows.append([None, speaker.lines(incomplete_line)])
    for repair in speaker.verdict.get("repairs") or []:
        kind = word(_KINDS.get(str(repair["kind"]), Text(str(repair["kind"]), str(repair["kind"]))), speaker.language)
        if "applied" in repair and all(change.get("to") is not None for change in repair["changes"]):
            kind = f"{kind}\n{word(_APPLIED[bool(repair['applied'])], speaker.language)}"
        for at, change in enumerate(repair["changes"]):
            unit = change.get("unit")
            to = speaker.number(change.get("to"), unit)
            cost = None if at else speaker.number(repair.get("cost"), repair.get("cost_unit"))
            side = _SIDES.get(str(change.get("side")))
            end = "" if side is None else f", {word(side, speaker.language)}"
            rows.append(
                [
                    None if at else kind,
                    f"{speaker.clause(str(change['clause']))} ({change['clause']}){end}",
                    speaker.number(change.get("from"), unit),
                    word(_NEVER, speaker.language) if to is None else to,
                    speaker.unit(unit),
                    cost,
                    None if cost is None else speaker.unit(repair.get("cost_unit")),
                ]
            )
    return rows


def correction_rows(speaker: Speaker) -> list[CellRow]:
    """Every smallest set of clauses whose loss cures all conflicts."""
    sets = speaker.verdict.get("corrections") or []
    return [[", ".join(clauses), _names(speaker, clauses)] for clauses in sets]


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
        rows.append([key, name, *numbers, speaker.unit(unit), alone])
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
