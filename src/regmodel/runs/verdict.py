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
from regmodel.runs.verdict_findings import conflicts, repairs, repairs_complete, stages
from regmodel.scenario import Scenario

CONFIDENCE = ("A", "B", "C", "D", "E")


def assemble(study: Study, contradictions: tuple[Contradiction, ...], run_id: str) -> dict[str, Any]:
    """The verdict object of a study."""
    case, answer = study.case, study.answer
    told: dict[str, Any] = clean(
        {
            "verdict": answer.verdict,
            "scenario": case.scenario.name,
            "run_id": run_id,
            "attainability": study.attainability,
            "attainability_by": {
                "plans": dict(study.attainability_by.plans),
                "years": {str(year): share for year, share in study.attainability_by.years.items()},
            },
            "clauses": clause_rows(case, study.plan, study.by_itself),
            "contradictions": [_contradiction(found) for found in contradictions],
            "conflicts": conflicts(study),
            "conflicts_complete": study.conflicts.complete,
            "corrections": [list(names) for names in study.conflicts.corrections],
            "repairs": repairs(study),
            "repairs_complete": repairs_complete(study),
            "stages": stages(study.stages),
            "binding": binding(case, study.engine, answer, study.prices),
            "certificate": _certificate(study),
            "confidence": confidence(study),
            "rests_on": _rests_on(study, contradictions),
        }
    )
    return told


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
        "assumed": found.assumed,
        "sentence": found.sentence.en,
        "sentence_zh": found.sentence.zh,
        "working": [line.en for line in found.working],
        "working_zh": [line.zh for line in found.working],
    }


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
        "deciding": [
            {
                "record": found.record,
                "from": found.start,
                "to": found.to,
                "break_even": found.break_even,
                "unit": found.unit,
                "alone": found.alone,
            }
            for found in rests.deciding
        ],
        "deciding_proved": rests.deciding_proved,
        "untried": list(rests.untried),
        "without_assumed_caps": rests.without_assumed_caps,
        "readings": [{"choices": found.choices, "verdict": found.verdict} for found in rests.readings],
        "every_combination": rests.every_combination,
    }


def on_paper(scenario: Scenario, contradictions: tuple[Contradiction, ...]) -> str:
    """What arithmetic alone says of the clauses in force as read: infeasible, or undecided where it finds nothing.

    What takes an assumed number does not stand on paper.
    """
    for found in contradictions:
        if found.status != "contradiction" or found.assumed:
            continue
        members = [scenario.clause(clause) for clause in found.clauses]
        bounding = [member for member in members if member.clause.bounding]
        in_force = all(member.enabled and not (member.ease_low or member.ease_high) for member in bounding)
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
