"""A stored verdict checked again without a solver, in exact rationals, from the scenario and the certificate alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from regmodel.feasibility.certificate import TOLERANCE, check_exact, residual, system
from regmodel.feasibility.compiled_store import compiled_for
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import load
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text


@dataclass(frozen=True)
class Verified:
    """Whether the stored verdict holds, and the check in a sentence."""

    verdict: str
    holds: bool
    sentence: Text


def verify(folder: Path) -> Verified:
    """Check a run folder's verdict; raises InputProblems where the folder is not whole."""
    stored = _read(folder)
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
    kind = stored.get("kind")
    if kind == "farkas":
        position = {name: number for number, name in enumerate(compiled.rows)}
        if not set(stored["multipliers"]) <= set(position):
            return _failed("infeasible")
        told = {position[name]: Fraction(float.fromhex(value)) for name, value in stored["multipliers"].items()}
        checked = check_exact(told, rows)
        if not checked.proved:
            return _failed("infeasible")
        words = Text(
            "infeasible holds: {count} rows, weighted as stored, need {needed:.6g}; at most {most:.6g} is possible",
            "“不可行”成立：{count} 行按所存权重相加，需要 {needed:.6g}，而至多只能达到 {most:.6g}",
        ).fill(count=len(told), needed=checked.needed, most=checked.most)
        return Verified("infeasible", True, words)
    if kind == "primal":
        position = {name: number for number, name in enumerate(compiled.columns)}
        if not set(stored["values"]) <= set(position):
            return _failed("feasible")
        values = np.zeros(len(compiled.columns))
        for name, value in stored["values"].items():
            values[position[name]] = float.fromhex(value)
        worst = residual(values, rows)
        words = Text(
            "feasible holds: the stored plan keeps every row to {worst:.2g} of its own scale",
            "“可行”成立：所存方案满足每一行，偏差不超过该行量级的 {worst:.2g}",
        ).fill(worst=worst)
        return Verified("feasible", True, words) if worst <= TOLERANCE else _failed("feasible")
    return Verified(
        "undecided",
        True,
        Text("the run was undecided: there is nothing to verify", "该次运行未作判定，无可核验"),
    )


def _failed(verdict: str) -> Verified:
    return Verified(
        verdict,
        False,
        Text(
            f"the certificate does not prove {verdict}: it was changed, or records or code are not those of the run",
            f"证书不能证明“{'可行' if verdict == 'feasible' else '不可行'}”：证书已被改动，或记录、程序与运行时不同",
        ),
    )


def _read(folder: Path) -> dict[str, Any]:
    problems = Problems()
    for name in ("scenario.toml", "certificate.json", "verdict.json"):
        if not (folder / name).is_file():
            problems.add(
                "X-01",
                str(folder),
                Text(f"no {name}", f"缺少 {name}"),
                Text("a run folder, as regmodel run writes it", "regmodel run 写出的运行文件夹"),
                Text("give the path of a run folder", "请给出运行文件夹的路径"),
            )
    problems.raise_if_any()
    found: dict[str, Any] = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    return found
