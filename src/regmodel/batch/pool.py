"""What the first samples of a design taught, as it travels to workers."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.feasibility.priming import Conflicting
from regmodel.feasibility.screening import Witness


@dataclass(frozen=True)
class Primed:
    """Plans to carry over and minimal conflicts to look for, each in a fixed order; the same for all workers."""

    witnesses: tuple[Witness, ...] = ()
    conflicts: tuple[Conflicting, ...] = ()
