"""Which clauses of infeasible scenarios can hold by themselves, all other clauses dropped.

Many are asked for at once, without one of each conflict: where they hold together, each holds alone. The one left out
is asked for with all the others but another of its conflict, which is near to what is known, and then by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.many_numbers import Parameters
from regmodel.feasibility.many_verdicts import Known, Told
from regmodel.feasibility.numbers import Case

Integers = NDArray[np.int64]
Alone = dict[str, bool | None]


class _Search:
    """Where the search for one scenario stands."""

    def __init__(self, number: int, asked: set[str], conflict: set[str]) -> None:
        self.number, self.together = number, set(asked)
        self.asked = frozenset(asked)
        self.left_out: list[tuple[str, str]] = []
        self.singly: list[str] = []
        self.told: Alone = {}
        self.drop(sorted(conflict) if conflict <= asked else ())

    def drop(self, conflict: Sequence[str]) -> None:
        """Leave out one clause of a conflict: it does not hold alone where there is no other in it."""
        if not conflict:
            return
        if len(conflict) == 1:
            self.told[conflict[0]] = False
        else:
            self.left_out.append((conflict[0], conflict[1]))
        self.together.discard(conflict[0])


def held_alone(
    known: Known,
    case: Case,
    parameters: Parameters,
    scenarios: Integers,
    asked: Sequence[set[str]],
    conflicts: Sequence[set[str]],
) -> list[Alone]:
    """For each of some infeasible scenarios, which clauses asked for can hold alone; None where that stays open."""
    searches = [_Search(*one) for one in zip(scenarios.tolist(), asked, conflicts, strict=True)]
    open_ones = searches
    while open_ones := [search for search in open_ones if search.together]:
        groups = [search.together for search in open_ones]
        for search, told in zip(open_ones, _decided(known, case, parameters, open_ones, groups), strict=True):
            _learn(search, told, known, parameters)
    _ask_beside(known, case, parameters, searches)
    single = [(search, clause) for search in searches for clause in search.singly]
    groups = [{clause} for _, clause in single]
    found = _decided(known, case, parameters, [search for search, _ in single], groups)
    for (search, clause), told in zip(single, found, strict=True):
        search.told[clause] = None if told.verdict == "undecided" else told.verdict == "feasible"
    return [search.told for search in searches]


def _ask_beside(known: Known, case: Case, parameters: Parameters, searches: Sequence[_Search]) -> None:
    """What was left out of a conflict, with all that is not known to fail but another member of the conflict."""
    pairs = [(search, clause, other) for search in searches for clause, other in search.left_out]
    groups = []
    for search, clause, other in pairs:
        aside = {other, *(left for left, _ in search.left_out if left != clause)}
        groups.append(set(search.asked) - aside - {name for name, holds in search.told.items() if not holds})
    found = _decided(known, case, parameters, [search for search, _, _ in pairs], groups)
    for (search, clause, _), told in zip(pairs, found, strict=True):
        if told.verdict == "feasible":
            search.told[clause] = True
        else:
            search.singly.append(clause)


def _decided(
    known: Known, case: Case, parameters: Parameters, searches: Sequence[_Search], groups: Sequence[set[str]]
) -> list[Told]:
    numbers = np.array([search.number for search in searches], dtype=np.int64)
    return known.decided(case, numbers, parameters.only(numbers), groups)


def _learn(search: _Search, told: Told, known: Known, parameters: Parameters) -> None:
    if told.verdict == "feasible":
        search.told |= dict.fromkeys(search.together, True)
        search.together = set()
        return
    members: tuple[str, ...] = ()
    if told.support is not None:
        members = told.support.clauses
    elif told.verdict == "infeasible" and told.answer is not None:
        members = known.screen.shrunk(parameters.of(search.number), told.answer.multipliers)
    if not members:
        search.singly += sorted(search.together)
        search.together = set()
        return
    search.drop(members)
