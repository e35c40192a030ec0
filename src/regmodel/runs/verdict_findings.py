"""Conflicts with their proofs, ways out and stages, as verdict.json holds them."""

from __future__ import annotations

from typing import Any

from regmodel.feasibility.clause_changes import Change
from regmodel.feasibility.clause_groups import clause_of
from regmodel.feasibility.proof_lines import Member, Working
from regmodel.feasibility.side_effects import Moved, Moves
from regmodel.feasibility.stages import Stage
from regmodel.feasibility.study import Study
from regmodel.projection.trajectory import PRINTED
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Language, Text, list_words, same

_CONFLICT = Text(
    "These cannot hold together, whatever the levers in use do; dropping any one cures this conflict: {clauses}.",
    "以下各条无论所用措施如何都不能同时成立，去掉其中任一条即可化解本组冲突：{clauses}。",
)
_ALONE = Text(
    "This cannot hold by itself, whatever the levers in use do: {clauses}.",
    "仅此一条，无论所用措施如何都不能成立：{clauses}。",
)
_ALONE_UNPROVED = Text(
    "This seems not to hold by itself, which could not be proved: {clauses}.",
    "仅此一条似不能成立，但未能证明：{clauses}。",
)
_UNPROVED = Text(
    "These seem to clash, which could not be proved: {clauses}.", "以下各条似有冲突，但未能证明：{clauses}。"
)
_RESTS = Text(
    " The proof needs {count} numbers that are only assumed, among them {records}.",
    "该证明用到 {count} 个仅为假设的数值，其中有：{records}。",
)
_RESTS_FEW = Text(" The proof needs numbers that are only assumed: {records}.", "该证明用到仅为假设的数值：{records}。")
FEW = 3
_ASSUMED = Text(" (assumed)", "（假设）")
_UPPER = Text(" (the upper side of its window counts here)", "（此处起作用的是区间上端）")


def conflicts(study: Study) -> list[dict[str, Any]]:
    """Every conflict: its clauses, the sentence, the proof line by line, and what is assumed in it."""
    told = []
    for conflict, proof in zip(study.conflicts.found, study.proofs, strict=True):
        scenario = study.case.scenario
        clauses = list(dict.fromkeys(clause_of(name) for name in conflict.clauses))
        members = proof.members if proof is not None else ()
        rests = proof.assumed.needed if proof is not None else ()
        said = conflict_sentence(scenario, clauses, members, rests, proved=conflict.proved)
        assumed = any(scenario.clause(clause).clause.assumed for clause in clauses)
        told.append(
            {
                "clauses": clauses,
                "groups": list(conflict.clauses),
                "sentence": said.en,
                "sentence_zh": said.zh,
                "proved": conflict.proved,
                "assumed": assumed or bool(rests) or bool(proof is not None and proof.assumed.not_asked),
                "rests_on_assumed": list(rests),
                "members": _members(scenario, clauses, members),
                "working": None if proof is None or not conflict.proved else _working(proof.working),
            }
        )
    return told


def conflict_sentence(
    scenario: Scenario,
    clauses: list[str],
    members: tuple[Member, ...] = (),
    rests: tuple[str, ...] = (),
    *,
    proved: bool = True,
) -> Text:
    """A conflict in the plans' own terms: each clause with its plan, section, figure, and what is assumed in it."""
    by_clause = {member.clause: member for member in members}
    words: dict[str, list[str]] = {"en": [], "zh": []}
    for name in clauses:
        active = scenario.clause(name)
        words_said, clause, member = active.clause.said(), active.clause, by_clause.get(name)
        place = scenario.book.regions.name(clause.region)
        asked = active.bounds
        window = asked is not None and asked.low is not None and asked.high is not None and clause.kind != "path"
        upper = window and member is not None and member.side == "high"
        for language in ("en", "zh"):
            years = f" {_years(clause.year_to, member)}".rstrip()
            notes = (_ASSUMED if clause.assumed else None, _UPPER if upper else None)
            text = f"{place.read(language)}{years}, {clause.id} ({words_said.read(language)})"
            words[language].append(text + "".join(note.read(language) for note in notes if note is not None))
    told_proved, told_unproved = (_ALONE, _ALONE_UNPROVED) if len(clauses) == 1 else (_CONFLICT, _UNPROVED)
    sentence = told_proved if proved else told_unproved
    told = Text(
        sentence.en.format(clauses=list_words(words["en"], "en")),
        sentence.zh.format(clauses="；".join(words["zh"])),
    )
    if not rests or not proved:
        return told
    titles = [_title(scenario, key) for key in rests[:FEW]]
    more = _RESTS_FEW if len(rests) <= FEW else _RESTS

    def said(language: Language) -> str:
        records = list_words([title.read(language) for title in titles], language)
        return told.read(language) + more.read(language).format(count=len(rests), records=records)

    return Text(said("en"), said("zh"))


def _title(scenario: Scenario, key: str) -> Text:
    """A record by its title, a figure or a clause by its key."""
    record = scenario.book.records.get(key)
    return record.title if record is not None else same(key)


def _years(last: int | None, member: Member | None) -> str:
    """The years whose rows the proof uses, else the clause's own."""
    if member is None or not member.years:
        return str(last) if last else ""
    first, end = member.years[0], member.years[-1]
    return str(first) if first == end else f"{first}-{end}"


def _members(scenario: Scenario, clauses: list[str], members: tuple[Member, ...]) -> list[dict[str, Any]]:
    by_clause = {member.clause: member for member in members}
    told = []
    for name in clauses:
        clause, member = scenario.clause(name).clause, by_clause.get(name)
        told.append(
            {
                "clause": name,
                "plan": clause.plan,
                "section": clause.section,
                "region": clause.region,
                "years": list(member.years) if member is not None else [],
                "side": member.side if member is not None else "both",
                "assumed": clause.assumed,
            }
        )
    return told


def _working(found: Working) -> dict[str, Any]:
    return {
        "lines": [vars(line) for line in found.lines],
        "needed": found.needed,
        "most": found.most,
        "gap": found.gap,
    }


def repairs(study: Study) -> list[dict[str, Any]]:
    """Every way out with its changes in the clauses' own units, and what else moves with it."""
    moves: tuple[Moves | None, ...] = study.moves or (None,) * len(study.repairs)
    return [
        {
            "kind": repair.kind,
            "changes": [_change(change) for change in repair.changes],
            "cost": repair.cost,
            "cost_unit": repair.cost_unit,
            "applied": repair.applied,
            "changed": repair.change,
            "moves": None if moved is None else [_moved(one) for one in moved],
        }
        for repair, moved in zip(study.repairs, moves, strict=True)
        if repair.changes
    ]


def _moved(one: Moved) -> dict[str, Any]:
    unit, factor = PRINTED[one.variable]
    return {
        "variable": one.variable,
        "region": one.region,
        "year": one.year,
        "trend": one.trend * factor,
        "value": one.value * factor,
        "unit": unit,
        "change": one.change,
    }


def repairs_complete(study: Study) -> bool:
    """Whether every kind of way out was looked for to the end and holds; true where none is needed."""
    if study.answer.verdict != "infeasible":
        return study.answer.certified
    told = {repair.kind for repair in study.repairs if repair.applied}
    alone = {change.clause for repair in study.repairs if repair.kind == "alone" for change in repair.changes}
    members = {clause_of(name) for conflict in study.conflicts.found for name in conflict.clauses}
    return study.conflicts.complete and {"fewest", "smallest", "cheapest"} <= told and members <= alone


def _change(change: Change) -> dict[str, Any]:
    return {
        "clause": change.clause,
        "side": change.side if change.end is not None else None,
        "from": change.start,
        "to": change.end,
        "unit": change.unit,
        "override": change.override,
    }


def stages(found: tuple[Stage, ...]) -> list[dict[str, Any]]:
    """Physics, legal caps and goals by rank."""
    return [
        {
            "stage": stage.number,
            "rank": stage.rank,
            "name": stage.name.en,
            "name_zh": stage.name.zh,
            "holds": stage.holds,
            "miss": stage.miss,
            "worst": stage.worst,
            "missed": list(stage.missed),
        }
        for stage in found
    ]
