"""A diagnosis as a machine reads it: the fields of verdict.json, with names of groups for clauses."""

from __future__ import annotations

from typing import Any

from regmodel.diagnosis.diagnose import Diagnosis, ProvedConflict
from regmodel.diagnosis.proof import Proof
from regmodel.diagnosis.ways_out import WayOut
from regmodel.diagnosis.words import sentence

_KIND = {"soft": "clause", "hard": "balance", "bound": "bound"}


def as_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """The object that ``regmodel diagnose --json`` prints."""
    return {
        "model": diagnosis.model.name,
        "rows": len(diagnosis.model.rows),
        "columns": len(diagnosis.model.columns),
        "hard": [row for row in diagnosis.model.rows if row in diagnosis.grouping.hard],
        "groups": {name: list(rows) for name, rows in diagnosis.grouping.groups.items()},
        "notes": [note.en for note in diagnosis.model.notes],
        "verdict": diagnosis.verdict,
        "conflicts": [_conflict(conflict) for conflict in diagnosis.conflicts],
        "conflicts_complete": diagnosis.complete,
        "left_open": list(diagnosis.left_open),
        "corrections": [list(groups) for groups in diagnosis.corrections],
        "repairs": [_way(way) for way in diagnosis.ways_out],
        "certificate": _certificate(diagnosis),
    }


def _conflict(conflict: ProvedConflict) -> dict[str, Any]:
    words = sentence(conflict)
    return {
        "clauses": list(conflict.groups),
        "sentence": words.en,
        "sentence_zh": words.zh,
        "proved": conflict.proved,
        "working": None if conflict.proof is None else _working(conflict.proof),
    }


def _working(proof: Proof) -> dict[str, Any]:
    return {
        "lines": [
            {
                "kind": _KIND[line.kind],
                "name": line.name,
                "side": line.side,
                "rows": 1,
                "region": None,
                "year": None,
                "weight": float(line.weight),
                "weight_exact": str(line.weight),
                "amount": float(line.amount),
                "contribution": float(line.contribution),
                "unit": "",
            }
            for line in proof.lines
        ],
        "needed": float(proof.needed),
        "most": float(proof.most),
        "gap": float(proof.gap),
        "limits": bool(proof.limits),
    }


def _way(way: WayOut) -> dict[str, Any]:
    return {
        "kind": way.kind,
        "changes": [
            {
                "clause": change.group,
                "row": change.row,
                "side": change.side,
                "from": change.start,
                "to": change.end,
                "unit": "",
            }
            for change in way.changes
        ],
        "cost": None,
        "cost_unit": None,
        "applied": way.applied,
        "changed": way.changed,
        "ties": way.ties,
    }


def _certificate(diagnosis: Diagnosis) -> dict[str, Any]:
    if diagnosis.verdict == "feasible":
        return {"kind": "primal", "checked": True, "residual": diagnosis.residual, "working": None}
    if diagnosis.verdict == "infeasible" and diagnosis.proof is not None:
        proof = diagnosis.proof
        return {"kind": "farkas", "checked": True, "residual": diagnosis.residual, "working": _working(proof)}
    return {"kind": None, "checked": False, "residual": None, "working": None}
