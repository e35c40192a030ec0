"""The verdict as verdict.json holds it: one object, every field of the contract, nothing that was not computed."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from regmodel.feasibility.study import Study
from regmodel.plans import Contradiction
from regmodel.projection.origins import origins
from regmodel.runs.binding import binding, parameters_behind, rows_behind
from regmodel.runs.statuses import clause_rows
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text, list_words

CONFIDENCE = ("A", "B", "C", "D", "E")
_CONFLICT = Text(
    "These cannot hold together, whatever the levers do; dropping any one cures it: {clauses}.",
    "以下各条无论采取何种措施都不能同时成立，去掉任一条即可：{clauses}。",
)
_ASSUMED = Text(" (assumed)", "（假设）")
_UPPER = Text(" (the upper side of its window counts here)", "（此处起作用的是区间上端）")


def assemble(study: Study, contradictions: tuple[Contradiction, ...], run_id: str) -> dict[str, Any]:
    """The verdict object of a study."""
    case, answer = study.case, study.answer
    told: dict[str, Any] = clean(
        {
            "verdict": answer.verdict,
            "scenario": case.scenario.name,
            "run_id": run_id,
            "attainability": study.attainability,
            "clauses": clause_rows(case, study.plan),
            "contradictions": [_contradiction(found) for found in contradictions],
            "conflicts": [
                {
                    "clauses": list(conflict.clauses),
                    "sentence": conflict_sentence(case.scenario, conflict.clauses).en,
                    "sentence_zh": conflict_sentence(case.scenario, conflict.clauses).zh,
                    "proved": conflict.proved,
                }
                for conflict in study.conflicts.found
            ],
            "conflicts_complete": study.conflicts.complete,
            "repairs": _repairs(study),
            "binding": binding(case, study.engine, answer),
            "certificate": _certificate(study),
            "confidence": confidence(study),
            "rests_on": _rests_on(study, contradictions),
        }
    )
    return told


def conflict_sentence(scenario: Scenario, clauses: tuple[str, ...]) -> Text:
    """A conflict in the plans' own terms: each clause with its plan, section, figure, and whether it is assumed."""
    words: dict[str, list[str]] = {"en": [], "zh": []}
    for clause_id in clauses:
        active = scenario.clause(clause_id)
        said, clause = active.clause.said(), active.clause
        place = scenario.book.regions.name(clause.region)
        note = _ASSUMED if clause.assumed else None
        for language in ("en", "zh"):
            years = f" {clause.year_to}" if clause.year_to else ""
            text = f"{place.read(language)}{years}, {clause.id} ({said.read(language)})"
            words[language].append(text + (note.read(language) if note else ""))
    return Text(
        _CONFLICT.en.format(clauses=list_words(words["en"], "en")),
        _CONFLICT.zh.format(clauses="；".join(words["zh"])),
    )


def _contradiction(found: Contradiction) -> dict[str, Any]:
    return {
        "id": found.id,
        "clauses": list(found.clauses),
        "readings": dict(found.readings),
        "region": found.region,
        "year": found.year,
        "amount": found.amount,
        "unit": found.unit,
        "status": found.status,
        "sentence": found.sentence.en,
        "sentence_zh": found.sentence.zh,
        "working": [line.en for line in found.working],
        "working_zh": [line.zh for line in found.working],
    }


def _repairs(study: Study) -> list[dict[str, Any]]:
    """The smallest relative misses: what each clause would have to ask for, for the plan that misses least."""
    if study.answer.verdict != "infeasible" or study.plan is None:
        return []
    changes = []
    for row in clause_rows(study.case, study.plan):
        if row["status"] != "missed":
            continue
        below = row["low"] is not None and row["value"] < row["low"]
        changes.append(
            {
                "clause": row["id"],
                "from": row["low"] if below else row["high"],
                "to": row["value"],
                "unit": row["unit"],
            }
        )
    return [{"kind": "smallest", "changes": changes, "cost": None, "cost_unit": None}] if changes else []


def _certificate(study: Study) -> dict[str, Any]:
    answer = study.answer
    if answer.verdict == "feasible":
        return {"kind": "primal", "checked": True, "residual": answer.residual}
    if answer.verdict == "infeasible" and answer.farkas is not None:
        return {"kind": "farkas", "checked": answer.farkas.proved, "residual": answer.farkas.gap}
    return {"kind": None, "checked": False, "residual": None}


def confidence(study: Study) -> dict[str, float]:
    """Share of each confidence among the numbers read by the rows that bind or prove, by count.

    Numbers are records, figures and the clauses' own. Nothing where no row binds or proves.
    """
    scenario = study.case.scenario
    book = scenario.book
    rows = rows_behind(study.case, study.engine, study.answer)
    clauses = {row.clause: scenario.clause(row.clause).clause for row in rows}
    named = {clause.record for clause in clauses.values() if clause.record is not None}
    coefficients = parameters_behind(study.case, study.engine, study.answer)
    letters: Counter[str] = Counter(clause.confidence for clause in clauses.values() if clause.record is None)
    for stem in sorted({*origins(coefficients, [row.body for row in rows]), *named}):
        if stem.startswith("figure:"):
            name = stem.removeprefix("figure:")
            letters.update(figure.confidence for figure in book.figures if figure.variable == name)
        else:
            letters.update(
                record.confidence for key, record in book.records.items() if key == stem or key.startswith(f"{stem}.")
            )
    total = sum(letters.values())
    return {letter: letters[letter] / total for letter in CONFIDENCE} if total else {}


def _rests_on(study: Study, contradictions: tuple[Contradiction, ...]) -> dict[str, Any]:
    rests = study.rests
    return {
        "on_paper": on_paper(study.case.scenario, contradictions),
        "easy": rests.easy,
        "central": rests.central,
        "hard": rests.hard,
        "grade": rests.grade,
        "samples": rests.samples,
        "deciding": [],
        "readings": [{"choices": found.choices, "verdict": found.verdict} for found in rests.readings],
        "every_combination": rests.every_combination,
    }


def on_paper(scenario: Scenario, contradictions: tuple[Contradiction, ...]) -> str:
    """What arithmetic alone says of the clauses in force as read: infeasible, or undecided where it finds nothing."""
    for found in contradictions:
        if found.status != "contradiction":
            continue
        members = [scenario.clause(clause) for clause in found.clauses]
        bounding = [member for member in members if member.clause.bounding]
        in_force = all(member.enabled for member in bounding)
        as_read = all(scenario.clause(clause).reading == reading for clause, reading in found.readings.items())
        if bounding and in_force and as_read:
            return "infeasible"
    return "undecided"


def clean(value: Any) -> Any:
    """Plain values for JSON: no infinities, no not-a-numbers, no array scalars."""
    if isinstance(value, dict):
        return {key: clean(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [clean(entry) for entry in value]
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    number = float(value)
    return number if math.isfinite(number) else None
