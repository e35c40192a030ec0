"""What a proof reads: coefficients, kinds of clause rows, and the assumed numbers behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.allowance import Allowance
from regmodel.feasibility.assumed_moves import Move, after, directed_moves, mixed_moves
from regmodel.feasibility.break_even import Gauge
from regmodel.feasibility.certificate import LinearSystem, check_float, clip
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.engine import Engine, Word
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.questions import Questions
from regmodel.feasibility.trials import Filled, numbers_of
from regmodel.projection.origins import ORIGINS, origins
from regmodel.vocabulary.problems import InputProblems

Array = NDArray[np.float64]
NOTHING = 1e-9
KEPT = 6
_OF_CLAUSES = ("row_low", "row_high", "row_factor", "row_low_slope", "row_high_slope")


@dataclass(frozen=True)
class AssumedBehind:
    """Assumed records and figures behind a proof, by key in alphabetical order.

    ``read`` are those whose move within range changes a number that the proof uses; ``needed`` are those of them
    without which the conflict is not shown: after their move to the easier end (to either, where there is none) the
    same clauses can hold together, or nothing is certified. ``not_asked`` are
    those for which what was allowed did not suffice.
    """

    read: tuple[str, ...]
    needed: tuple[str, ...]
    not_asked: tuple[str, ...] = ()


class AssumedReader:
    """Looks behind the proofs of one case; the numbers after each move are made once for all of them.

    Where a proof does not stand after a move, its clauses are asked about again, as long as something is left of
    ``allowed``. The engine is left with the numbers of the last question; ``close`` mends it.
    """

    def __init__(self, case: Case, engine: Engine, allowed: Allowance) -> None:
        self.case = case
        self.engine = engine
        self.compiled = engine.compiled
        self.allowed = allowed
        self.questions = Questions(case, engine, KEPT)
        self.bounds = engine.system()
        self.here = numbers_of(engine.compiled, case.values)
        self.moves = [
            move
            for move in (*directed_moves(case.scenario, "easy"), *mixed_moves(case.scenario))
            if move.parts[0].kind != "clause"
        ]
        # A record that stands at its easy end is read all the same: it can still move to the other.
        at_end = {move.name for move in self.moves}
        self.moves += [
            move
            for move in directed_moves(case.scenario, "hard")
            if move.parts[0].kind != "clause" and move.name not in at_end
        ]
        self._numbers: dict[Move, Filled | None] = {}

    def behind(self, multipliers: Array) -> AssumedBehind:
        """The assumed numbers behind one proof (a multiplier for each row, as in a certificate)."""
        weights = np.where(np.abs(multipliers) > NOTHING * np.abs(multipliers).max(initial=0.0), multipliers, 0.0)
        gauge = Gauge(self.compiled, weights)
        stems = stems_behind(self.case, self.compiled, weights)
        groups = {name for name, rows in self.engine.groups.items() if weights[rows].any()}
        read: set[str] = set()
        needed: set[str] = set()
        not_asked: set[str] = set()
        for move in self.moves:
            if not reaches(move, stems):
                continue
            filled = self._after(move)
            if filled is None or not gauge.reads(self.here, filled):
                continue
            keys = {part.key for part in move.parts}
            read |= keys
            if self._proves(multipliers, filled):
                continue
            verdict = self._asked(filled, groups)
            if verdict == "feasible":
                needed |= keys
            elif verdict == "undecided":
                not_asked |= keys
        return AssumedBehind(tuple(sorted(read)), tuple(sorted(needed)), tuple(sorted(not_asked - needed)))

    def _after(self, move: Move) -> Filled | None:
        if move not in self._numbers:
            try:
                moved = self.questions.values(after(self.case.scenario, [move]))
                self._numbers[move] = numbers_of(self.compiled, moved)
            except InputProblems:
                self._numbers[move] = None
        return self._numbers[move]

    def close(self) -> None:
        """Leave the engine filled with the case, at the basis that it had."""
        self.engine.fill(self.case)
        self.questions.restart()

    def _asked(self, filled: Filled, groups: set[str]) -> Word:
        """Whether the clauses of a proof can hold together in other numbers; undecided when nothing is left."""
        if self.allowed.over:
            return "undecided"
        return self.questions.ask(filled.values, groups).verdict

    def _proves(self, multipliers: Array, filled: Filled) -> bool:
        rows: LinearSystem = replace(self.bounds, matrix=filled.matrix, low=filled.low, high=filled.high)
        return check_float(clip(multipliers, rows), rows).proved


def stems_behind(case: Case, compiled: Compiled, multipliers: Array) -> frozenset[str] | None:
    """Stems of the records and figures behind the rows with a multiplier; None where the table of origins is silent."""
    names = coefficients_read(compiled, np.flatnonzero(multipliers))
    if any(name not in ORIGINS and name not in _OF_CLAUSES for name in names):
        return None
    positions = clause_positions(compiled)
    rows = [row for row, at in zip(case.shape.rows, positions.tolist(), strict=True) if multipliers[at] != 0]
    records = {case.scenario.clause(row.clause).clause.record for row in rows}
    found = origins(names, {row.body for row in rows})
    return frozenset(found) | {record for record in records if record is not None}


def coefficients_read(compiled: Compiled, rows: NDArray[np.int64]) -> set[str]:
    """Names of the parameters that stand in some rows, in the matrix or in a bound."""
    chosen = np.zeros(len(compiled.rows), dtype=bool)
    chosen[rows] = True
    owner = np.repeat(np.arange(len(compiled.rows)), np.diff(compiled.row_start))
    ends = np.cumsum([length for _, length in compiled.parameters])
    positions = [
        entries.parameter[chosen[owners[entries.entry]]]
        for entries, owners in (
            (compiled.matrix, owner),
            (compiled.low, np.arange(len(compiled.rows))),
            (compiled.high, np.arange(len(compiled.rows))),
        )
    ]
    numbers = np.unique(np.searchsorted(ends, np.concatenate(positions), side="right"))
    return {compiled.parameters[number][0] for number in numbers.tolist()}


def reaches(move: Move, stems: Collection[str] | None) -> bool:
    """Whether a move may change what some stems name; without stems, any may."""
    return stems is None or any(_stem_of(part.kind, part.key, stems) for part in move.parts)


def _stem_of(kind: str, key: str, stems: Collection[str]) -> bool:
    if kind == "figure":
        return f"figure:{key.split('.')[1]}" in stems
    return any(key == stem or key.startswith(f"{stem}.") for stem in stems)
