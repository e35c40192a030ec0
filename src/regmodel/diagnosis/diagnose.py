"""Diagnosis of anybody's linear model: can its rows hold together, which cannot, and what would have to give."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from regmodel.diagnosis.groups import Grouping, read_grouping
from regmodel.diagnosis.linear_model import LinearModel
from regmodel.diagnosis.lp_file import read_lp
from regmodel.diagnosis.mps_file import read_mps
from regmodel.diagnosis.prepared import Prepared, prepare_model
from regmodel.diagnosis.proof import Proof, prove
from regmodel.diagnosis.text_file import read_text
from regmodel.diagnosis.ways_out import CLOSELY, WayOut, ways_out
from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.conflicts import Conflict, Conflicts, active_groups, find_conflicts
from regmodel.feasibility.engine import Answer, Engine
from regmodel.vocabulary.problems import InputProblems, Problem, Problems
from regmodel.vocabulary.texts import Text, same

SECONDS = 60.0
_FOR_CONFLICTS = 0.7
_READERS = {".mps": read_mps, ".lp": read_lp}


# Why something was left open: no time, an answer that did not pass its check, numbers that no scale brings together.
Reason = Literal["time", "check", "reach"]
# Beside large numbers the solver tolerates much: what it leaves in doubt is put again, larger by this power of two.
FINER = (0, 20)


@dataclass(frozen=True)
class ProvedConflict:
    """Groups that cannot hold together; ``proved`` when shown exactly, and each member shown to be needed.

    A proof with limits of its own proves nothing of the file's rows.
    """

    groups: tuple[str, ...]
    proof: Proof | None
    proved: bool


@dataclass(frozen=True)
class Diagnosis:
    """What was found; ``residual`` is the largest relative breach of a plan, or the gap of the first proof.

    ``left_open`` says why there may be more conflicts. Undecided, ``proof`` is one within limits, or None.
    """

    model: LinearModel
    grouping: Grouping
    verdict: Literal["feasible", "infeasible", "undecided"]
    conflicts: tuple[ProvedConflict, ...]
    left_open: tuple[Reason, ...]
    corrections: tuple[tuple[str, ...], ...]
    ways_out: tuple[WayOut, ...]
    proof: Proof | None
    residual: float | None

    @property
    def complete(self) -> bool:
        """Whether all conflicts are known, each of them proved."""
        return not self.left_open


def read_model(path: Path) -> LinearModel:
    """The linear model of a file in MPS or LP format; raises InputProblems with every problem of the file."""
    reader = _READERS.get(path.suffix.lower())
    wanted = Text("a linear model: a file that ends in .mps or .lp", "线性模型：以 .mps 或 .lp 结尾的文件")
    if reader is None:
        to_do = Text("unpack it, or write it in one of these two formats", "请解压，或改存为这两种格式之一")
        raise InputProblems([Problem("D-01", str(path), same(f'"{path.suffix}"'), wanted, to_do)])
    problems = Problems()
    text = read_text(path, wanted, problems)
    problems.raise_if_any()
    assert text is not None
    return reader(text, path.name, problems)


def diagnose(path: Path, groups: Path | None = None, hard: Path | None = None, seconds: float = SECONDS) -> Diagnosis:
    """Diagnose a file; raises InputProblems. ``seconds`` limits the search, not each single proof."""
    model = read_model(path)
    return diagnose_model(model, read_grouping(model.rows, groups, hard), seconds)


def diagnose_model(model: LinearModel, grouping: Grouping, seconds: float = SECONDS) -> Diagnosis:
    """Diagnose a model that has been read; every bound of a column always holds."""
    end = time.monotonic() + seconds
    best: Diagnosis | None = None
    for finer in FINER:
        prepared = prepare_model(model, grouping, finer)
        if not prepared.within_reach:
            return best or _undecided(model, grouping, "reach")
        engine = prepared.engine(max(end - time.monotonic(), 1.0))
        answer = engine.decide()
        if answer.verdict == "infeasible":
            found = _infeasible(prepared, engine, answer, max(end - time.monotonic(), seconds / 2))
            if best is None or best.verdict == "undecided" or found.verdict == "infeasible":
                return found
        elif answer.residual is not None:
            plan = Diagnosis(model, grouping, "feasible", (), (), (), (), None, answer.residual)
            if answer.residual <= CLOSELY:
                return plan
            best = plan
        if time.monotonic() > end:
            return best or _undecided(model, grouping, "time")
    return best or _undecided(model, grouping, "check")


def _undecided(model: LinearModel, grouping: Grouping, why: Reason) -> Diagnosis:
    return Diagnosis(model, grouping, "undecided", (), (why,), (), (), None, None)


def _infeasible(prepared: Prepared, engine: Engine, answer: Answer, seconds: float) -> Diagnosis:
    """All conflicts and the ways out, where one proof holds on the file's own numbers; else undecided."""
    model, grouping = prepared.model, prepared.grouping
    begun = time.monotonic()
    found = _conflicts(prepared, engine, answer, seconds * _FOR_CONFLICTS)
    late = time.monotonic() - begun > seconds * _FOR_CONFLICTS
    conflicts = tuple(_proved(prepared, engine, conflict) for conflict in found.found)
    reasons: tuple[tuple[Reason, bool], ...] = (
        ("time", not found.complete and late),
        ("check", not all(conflict.proved for conflict in conflicts) or not (found.complete or late)),
    )
    left_open = tuple(reason for reason, holds in reasons if holds)
    proofs = [conflict.proof for conflict in conflicts if conflict.proof is not None]
    proof = next((proof for proof in proofs if not proof.limits), None)
    if proof is None:
        proof = prove(prepared, engine, tuple(prepared.groups), answer.multipliers)
    if proof is None or proof.limits:
        return Diagnosis(model, grouping, "undecided", conflicts, left_open or ("check",), (), (), proof, None)
    known = Conflicts(
        tuple(replace(one, proved=shown.proved) for one, shown in zip(found.found, conflicts, strict=True)),
        found.corrections,
        complete=not left_open,
    )
    left = max(seconds - (time.monotonic() - begun), seconds * (1 - _FOR_CONFLICTS))
    ways = ways_out(prepared, engine, known, left)
    residual = float(proof.gap)
    return Diagnosis(model, grouping, "infeasible", conflicts, left_open, found.corrections, ways, proof, residual)


def _conflicts(prepared: Prepared, engine: Engine, answer: Answer, seconds: float) -> Conflicts:
    """All conflicts; where no soft row says anything, what always holds is the one conflict."""
    if active_groups(engine):
        return find_conflicts(engine, Clock(seconds))
    return Conflicts((Conflict((), True, answer.multipliers),), (), complete=True)


def _proved(prepared: Prepared, engine: Engine, conflict: Conflict) -> ProvedConflict:
    """A conflict is proved when no plan exists, exactly, and a plan was shown without each single member."""
    proof = prove(prepared, engine, conflict.clauses, conflict.multipliers)
    exact = proof is not None and not proof.limits
    return ProvedConflict(conflict.clauses, proof, conflict.proved and exact)
