"""The run folder: everything of a run as files that repeat it; each is written beside and renamed, never half."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from regmodel.runs.model import Run
from regmodel.runs.spreadsheet_text import spreadsheet_safe
from regmodel.scenario import dump_whole

_WHOLE = ("year", "rank")


def open_folder(out: Path) -> None:
    """Make the folder that run folders are kept in, before hours are spent; raises OSError where that cannot be."""
    out.mkdir(parents=True, exist_ok=True)
    if not os.access(out, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(out))


def folder_name(run: Run) -> str:
    """Name of the folder: day, scenario and the head of the run id."""
    safe = re.sub(r"[^\w-]+", "_", run.scenario.name)[:60] or "scenario"
    return f"{datetime.now(UTC).date().isoformat()}-{safe}-{run.verdict['run_id'][:8]}"


def write_folder(run: Run, out: Path) -> Path:
    """Write the run folder under ``out`` and return it; the same run writes the same files again."""
    folder = out / folder_name(run)
    folder.mkdir(parents=True, exist_ok=True)
    words = {
        "scenario.toml": dump_whole(run.scenario),
        "verdict.json": json.dumps(run.verdict, ensure_ascii=False, indent=1, allow_nan=False) + "\n",
        "certificate.json": json.dumps(certificate(run), allow_nan=False) + "\n",
        "trajectory.csv": _csv(run.trajectory),
        "clauses.csv": _csv(run.clauses),
    }
    if run.warning is not None:
        words["early_warning.csv"] = _csv(run.warning.frame())
    for name, text in words.items():
        write_text(folder / name, text)
    told = {**run.manifest, "files": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in words.items()}}
    write_text(folder / "manifest.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    write_text(folder / "log.txt", _log(run))
    return folder


def write_text(path: Path, words: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(words, encoding="utf-8", newline="\n")
    draft.replace(path)


def _csv(frame: Any) -> str:
    """A frame as CSV with a byte-order mark, so that Chinese Excel reads it; typed text is never a formula."""
    safe = frame.copy()
    for column in safe.columns:
        if column in _WHOLE:
            safe[column] = safe[column].astype("Int64")
        if safe[column].dtype == object or str(safe[column].dtype) in ("str", "string"):
            safe[column] = safe[column].map(spreadsheet_safe)
    return "\ufeff" + str(safe.to_csv(index=False, lineterminator="\n"))


def certificate(run: Run) -> dict[str, Any]:
    """What certifies the verdict, as stored: multipliers by row name, or the plan's values by column name."""
    study = run.study
    rows, columns = study.engine.compiled.rows, study.engine.compiled.columns
    told: dict[str, Any] = {"verdict": study.answer.verdict, "kind": run.verdict["certificate"]["kind"]}
    if told["kind"] == "farkas":
        used = np.flatnonzero(study.answer.multipliers)
        told["multipliers"] = {rows[int(row)]: float(study.answer.multipliers[row]).hex() for row in used}
        told["conflicts"] = [
            {
                "groups": list(conflict.clauses),
                "multipliers": {
                    rows[int(row)]: float(proof.multipliers[row]).hex() for row in np.flatnonzero(proof.multipliers)
                },
            }
            for conflict, proof in zip(study.conflicts.found, study.proofs, strict=True)
            if proof is not None
        ]
    elif told["kind"] == "primal":
        used = np.flatnonzero(study.answer.columns)
        told["values"] = {columns[int(column)]: float(study.answer.columns[column]).hex() for column in used}
    return told


def _log(run: Run) -> str:
    lines = [f"scenario {run.scenario.name}, verdict {run.verdict['verdict']}, run {run.verdict['run_id']}"]
    lines += [f"{name}: {taken} s" for name, taken in run.manifest["seconds"].items()]
    lines.append(f"solves {run.study.engine.solver.solves}, answers from earlier proofs {run.study.engine.from_pool}")
    return "\n".join(lines) + "\n"
