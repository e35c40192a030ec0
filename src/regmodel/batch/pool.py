"""What the first samples of a design taught, as it travels to workers."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.feasibility.decided_on import Witness
from regmodel.feasibility.priming import Conflicting


@dataclass(frozen=True)
class Primed:
    """Plans to carry over and minimal conflicts to look for, each in a fixed order; the same for all workers.

    ``loose`` plans hold where a clause is left out: for what is told of infeasible samples beside the verdict.
    """

    witnesses: tuple[Witness, ...] = ()
    loose: tuple[Witness, ...] = ()
    conflicts: tuple[Conflicting, ...] = ()
