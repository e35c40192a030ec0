"""Which moves of what is assumed, each by itself, leave the verdict as it is: foreseen for all of them at once.

Where the scenario holds, plans that are carried over to the moved numbers say so; where it does not, the rows of its
proof do. Either is checked on each scenario's own numbers. What they leave open has to be asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.assumed_moves import Move, after_each
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.many_verdicts import Known
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.priming import Priming
from regmodel.feasibility.screening import Screen
from regmodel.feasibility.side_by_side import side_by_side
from regmodel.feasibility.support import Support, used_rows
from regmodel.scenario import Scenario

Integers = NDArray[np.int64]


def unturned(case: Case, engine: Engine, start: Answer, moves: Sequence[Move]) -> frozenset[Move]:
    """Those of the moves after which the verdict is certified to be that of ``start``, the answer on the case itself.

    No question is put to the engine, and its numbers stay. It takes one plan in the middle, or the few rows of one
    proof, however many moves there are: work of other solvers than the engine's, which is not counted there.
    """
    asked = [move for move in moves if not _with_a_window(case.scenario, move)]
    if not asked or start.verdict == "undecided":
        return frozenset()
    screen = Screen(case, engine)
    screen.stand(start)
    made = side_by_side(
        np.arange(len(asked)),
        lambda these: after_each(case.scenario, [asked[number] for number in these.tolist()]),
        lambda scenario: prepare(scenario, slopes=False),
    )
    parts = [(these, moved) for these, moved, _ in made if moved is not None and moved.shape == case.shape]
    if not parts:
        return frozenset()
    known = _known(screen, start, *max(parts, key=lambda part: len(part[0])))
    found: set[Move] = set()
    for these, moved in parts:
        told = known.of(moved, np.arange(len(these)), screen.parameters(moved, len(these)))
        found |= {
            asked[number]
            for number, one in zip(these.tolist(), told, strict=True)
            if one is not None and one.verdict == start.verdict
        }
    return frozenset(found)


def _with_a_window(scenario: Scenario, move: Move) -> bool:
    """Whether a clause that moves has a printed window, which another figure replaces: side by side all lose it."""
    clauses = [scenario.clause(part.key).clause for part in move.parts if part.kind == "clause"]
    return any(clause.low is not None or clause.high is not None for clause in clauses)


def _known(screen: Screen, start: Answer, these: Integers, moved: Case) -> Known:
    """What the answer on the case itself teaches: a plan in the middle and its own, or the rows of its proof."""
    if start.verdict == "feasible":
        priming = Priming(screen, moved, 0, len(these))
        priming.start_from(start.columns)
        return Known(screen, [*priming.witnesses, screen.witness(start.columns)], ())
    here = screen.compiled.vector(screen.case.values)
    clauses = screen.clauses_of(start.multipliers)
    return Known(screen, (), [Support(screen.compiled, used_rows(start.multipliers), clauses, here)])
