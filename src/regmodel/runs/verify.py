"""A stored verdict checked again without a solver, in exact rationals, from the scenario and the certificate alone."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.certificate import TOLERANCE, LinearSystem, check_exact, residual, system
from regmodel.feasibility.clause_groups import GROUPINGS, clause_of, clause_positions, grouped
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.frame import Shape
from regmodel.feasibility.numbers import prepare
from regmodel.runs.stored import refuse
from regmodel.scenario import load
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text, same

FILES = ("scenario.toml", "certificate.json", "verdict.json", "manifest.json")
CERTIFIES = {"farkas": "infeasible", "primal": "feasible"}
_WORDS = {
    "feasible": Text("feasible", "可行"),
    "infeasible": Text("infeasible", "不可行"),
    "undecided": Text("undecided", "未定"),
}


@dataclass(frozen=True)
class Verified:
    """Whether the stored verdict holds, and the check in a sentence."""

    verdict: str
    holds: bool
    sentence: Text


def verify(folder: Path) -> Verified:
    """Check a run folder's verdict; raises InputProblems where the folder is not whole.

    The certificate has to prove the verdict, and every file has to be the one that was written: a proof may stand a
    change of one of its multipliers, and what the verdict says of ways out and prices stands in no certificate.
    """
    found = _proved_again(folder)
    altered = _altered(folder) if found.holds else []
    if not altered:
        return found
    if "certificate.json" in altered and found.verdict in CERTIFIES.values():
        return _failed(found.verdict)
    words = Text(
        "not as the run wrote it: {files}; run it again to have what these say vouched for",
        "与运行时写出的不同：{files}；请重新运行，以确认其内容",
    )
    return Verified(found.verdict, False, words.fill(files=", ".join(altered)))


def _altered(folder: Path) -> list[str]:
    """The files that are not, or no longer, those whose digests the manifest holds."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        digests = dict(manifest["files"])
    except (ValueError, TypeError, KeyError):
        return ["manifest.json"]
    unnamed = [name for name in FILES if name != "manifest.json" and name not in digests]
    return unnamed + [name for name, digest in digests.items() if _digest(folder / name) != digest]


def _digest(path: Path) -> str | None:
    """Digest of a file; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _proved_again(folder: Path) -> Verified:
    whole, stored = _read(folder)
    verdict = str(whole.get("verdict"))
    kind = str(stored.get("kind"))
    if CERTIFIES.get(kind, "undecided") != verdict:
        return _failed(verdict)
    if kind not in CERTIFIES:
        words = Text("the run was undecided: there is nothing to verify", "该次运行未作判定，无可核验")
        return Verified(verdict, True, words)
    case = prepare(load(folder / "scenario.toml"))
    compiled = compiled_for(case.shape)
    vector = compiled.vector(case.values)
    rows = system(
        compiled,
        compiled.matrix.fill(vector),
        compiled.low.fill(vector),
        compiled.high.fill(vector),
        compiled.column_low,
        compiled.column_high,
    )
    names, field = (rows.rows, "multipliers") if kind == "farkas" else (rows.columns, "values")
    told = _numbers(stored.get(field), names)
    if told is None:
        return _failed(verdict)
    if kind == "primal":
        return _plan(told, rows)
    claimed = [entry for entry in whole.get("conflicts", ()) if entry.get("proved")]
    for entry in claimed:
        groups = tuple(entry.get("groups", ()))
        as_told = entry.get("clauses") == list(dict.fromkeys(clause_of(name) for name in groups))
        if not as_told or not _conflict_holds(groups, stored.get("conflicts", ()), rows, case.shape, compiled):
            return _conflict_failed(groups)
    return _proof(told, rows, len(claimed))


def _proof(told: Mapping[int, float], rows: LinearSystem, conflicts: int) -> Verified:
    checked = check_exact({row: Fraction(number) for row, number in told.items()}, rows)
    if not checked.proved:
        return _failed("infeasible")
    words = Text(
        "infeasible holds: {count} rows, weighted as stored, need {needed:.6g}; at most {most:.6g} is possible. "
        "Conflicts whose clauses alone were shown to be too many: {conflicts}",
        "“不可行”成立：{count} 行按所存权重相加，需要 {needed:.6g}，而至多只能达到 {most:.6g}。"
        "仅凭自身条款即证明不可行的冲突：{conflicts} 组",
    )
    filled = words.fill(count=len(told), needed=checked.needed, most=checked.most, conflicts=conflicts)
    return Verified("infeasible", True, filled)


def _conflict_holds(
    clauses: tuple[str, ...], stored: Sequence[Mapping[str, Any]], rows: LinearSystem, shape: Shape, compiled: Compiled
) -> bool:
    """Whether a stored proof shows that these groups of rows alone cannot hold, with no other clause in it."""
    told = next((entry.get("multipliers") for entry in stored if tuple(entry.get("groups", ())) == clauses), None)
    found = _numbers(told, rows.rows)
    if not found:
        return False
    own: set[int] = set()
    for by in GROUPINGS:
        groups = grouped(shape, compiled, by)
        own |= {int(row) for name in clauses for row in groups.get(name, ())}
    others = set(clause_positions(compiled).tolist()) - own
    if others & {row for row, number in found.items() if number}:
        return False
    return check_exact({row: Fraction(number) for row, number in found.items()}, rows).proved


def _conflict_failed(clauses: tuple[str, ...]) -> Verified:
    words = Text(
        "the certificate does not prove that these clauses clash: {clauses}",
        "证书不能证明以下条款相互冲突：{clauses}",
    )
    return Verified("infeasible", False, words.fill(clauses=", ".join(clauses)))


def _plan(told: Mapping[int, float], rows: LinearSystem) -> Verified:
    values = np.zeros(len(rows.columns))
    for column, number in told.items():
        values[column] = number
    worst = residual(values, rows)
    if not worst <= TOLERANCE:
        return _failed("feasible")
    words = Text(
        "feasible holds: the stored plan keeps every row to {worst:.2g} of its own scale",
        "“可行”成立：所存方案满足每一行，偏差不超过该行量级的 {worst:.2g}",
    )
    return Verified("feasible", True, words.fill(worst=worst))


def _numbers(stored: Any, names: Sequence[str]) -> dict[int, float] | None:
    """Stored numbers by position; None where a name is unknown or a number is none."""
    position = {name: number for number, name in enumerate(names)}
    if not isinstance(stored, dict) or not set(stored) <= set(position):
        return None
    try:
        found = {position[name]: float.fromhex(value) for name, value in stored.items()}
    except (ValueError, TypeError, OverflowError):
        return None
    return found if all(math.isfinite(number) for number in found.values()) else None


def _failed(verdict: str) -> Verified:
    word = _WORDS.get(verdict, same(verdict))
    return Verified(
        verdict,
        False,
        Text(
            f"the certificate does not prove {word.en}: it was changed, or records or code are not those of the run",
            f"证书不能证明“{word.zh}”：证书已被改动，或记录、程序与运行时不同",
        ),
    )


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The stored verdict and its certificate."""
    problems = Problems()
    if not folder.is_dir():
        refuse(problems, folder, Text("no such folder", "没有该文件夹"))
    problems.raise_if_any()
    for name in FILES:
        if not (folder / name).is_file():
            refuse(problems, folder, Text(f"no {name}", f"缺少 {name}"))
    problems.raise_if_any()
    found: dict[str, dict[str, Any]] = {}
    for name in ("verdict.json", "certificate.json"):
        try:
            content = json.loads((folder / name).read_text(encoding="utf-8"))
        except ValueError:
            content = None
        if isinstance(content, dict):
            found[name] = content
        else:
            refuse(problems, folder, Text(f"{name} is not the JSON that was written", f"{name} 已不是写出时的 JSON"))
    problems.raise_if_any()
    return found["verdict.json"], found["certificate.json"]
