"""Scenarios worked out side by side as far as they go the same way, in as many parts as there are ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from regmodel.scenario import Scenario
from regmodel.vocabulary.many import Disagree
from regmodel.vocabulary.problems import InputProblems

Integers = NDArray[np.int64]
Made = TypeVar("Made")


def side_by_side(
    these: Integers, together: Callable[[Integers], Scenario], work: Callable[[Scenario], Made]
) -> Iterator[tuple[Integers, Made | None, str | None]]:
    """What ``work`` makes of scenarios (by number), or the code of what is wrong with one.

    ``together`` gives one scenario with the numbers of several; they part at a condition, or where some have a problem.
    """
    try:
        yield these, work(together(these)), None
    except Disagree as parting:
        for part in (these[parting.fulfilled], these[np.logical_not(parting.fulfilled)]):
            yield from side_by_side(part, together, work)
    except InputProblems as problems:
        if len(these) == 1:
            yield these, None, next(iter(problems.problems)).code
            return
        half = len(these) // 2
        for part in (these[:half], these[half:]):
            yield from side_by_side(part, together, work)
