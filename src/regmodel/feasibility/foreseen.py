"""Which moves of what is assumed, each by itself, leave the verdict as it is: foreseen for all of them at once.

Where the scenario holds, plans that are carried over to the moved numbers say so; where it does not, the rows of its
proof do. Either is checked on each scenario's own numbers. What they leave open has to be asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regmodel.feasibility.assumed_moves import Move, after_each
from regmodel.feasibility.engine import Answer, Engine
from regmodel.feasibility.many_verdicts import Known
from regmodel.feasibility.numbers import Case, prepare
from regmodel.feasibility.priming import Priming
from regmodel.feasibility.screening import Screen
from regmodel.feasibility.side_by_side import side_by_side
from regmodel.feasibility.support import Support, used_rows


def unturned(case: Case, engine: Engine, start: Answer, moves: Sequence[Move]) -> frozenset[Move]:
    """Those of the moves after which the verdict is certified to be that of ``start``, the answer on the case itself.

    No question is put to the engine, and its numbers stay.
    """
    screen = Screen(case, engine)
    screen.stand(start)
    found: set[Move] = set()
    parts = side_by_side(
        np.arange(len(moves)),
        lambda these: after_each(case.scenario, [moves[number] for number in these.tolist()]),
        lambda scenario: prepare(scenario, slopes=False),
    )
    for these, moved, _ in parts:
        if moved is None or moved.shape != case.shape:
            continue
        parameters = screen.parameters(moved, len(these))
        told = _known(screen, start, moved).of(moved, np.arange(len(these)), parameters)
        found |= {
            moves[number]
            for number, one in zip(these.tolist(), told, strict=True)
            if one is not None and one.verdict == start.verdict
        }
    return frozenset(found)


def _known(screen: Screen, start: Answer, moved: Case) -> Known:
    """What the answer on the case itself teaches: a plan in the middle and its own, or the rows of its proof."""
    if start.verdict == "feasible":
        priming = Priming(screen, moved, 0)
        priming.start_from(start.columns)
        return Known(screen, [*priming.witnesses, screen.witness(start.columns)], ())
    if start.verdict == "infeasible":
        here = screen.compiled.vector(screen.case.values)
        clauses = screen.clauses_of(start.multipliers)
        return Known(screen, (), [Support(screen.compiled, used_rows(start.multipliers), clauses, here)])
    return Known(screen, (), ())
