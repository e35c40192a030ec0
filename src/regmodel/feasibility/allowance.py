"""How far a search may go: so much work of the solver, which does not depend on how fast a machine is, or so long.

What a run tells ends by work, so that the same inputs, code and versions end at the same place. Seconds are for
searches that a person waits for and has given a limit.
"""

from __future__ import annotations

import time
from typing import Protocol

from regmodel.feasibility.solver import Solver


class Allowance(Protocol):
    """Something that is used up."""

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        ...

    def share(self, part: float) -> Allowance:
        """A part of what is left, counted from now."""
        ...


class Clock:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self.end

    def share(self, part: float) -> Clock:
        """A part of the time that is left."""
        return Clock(part * (self.end - time.monotonic()))


class Work:
    """So much work of one solver from now, as ``Solver.work`` counts it."""

    def __init__(self, solver: Solver, most: float) -> None:
        self.solver = solver
        self.end = solver.work + most

    @property
    def over(self) -> bool:
        """Whether the work is done."""
        return self.solver.work >= self.end

    def share(self, part: float) -> Work:
        """A part of the work that is left."""
        return Work(self.solver, part * (self.end - self.solver.work))
