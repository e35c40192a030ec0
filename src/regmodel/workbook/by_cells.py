"""Whether the scenarios of a workbook can be run, all looked at before any is; what is wrong is told by its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from regmodel.vocabulary.problems import InputProblems, Problem, Problems

if TYPE_CHECKING:
    from regmodel.scenario import Scenario
    from regmodel.workbook.read import Reading


def check_scenarios(
    reading: Reading, scenarios: Iterable[Scenario], also: Callable[[Scenario], object] = lambda one: None
) -> None:
    """Raise InputProblems with what keeps any of these scenarios of the workbook from being run; solves nothing.

    ``also`` is what else must be in order for each of them.
    """
    from regmodel.feasibility.numbers import prepare

    problems = Problems()
    for one in scenarios:
        for look in (prepare, also):
            try:
                with told_by_cells(reading, one):
                    look(one)
            except InputProblems as refused:
                problems.found += [each for each in refused.problems if each not in problems.found]
    problems.raise_if_any()


@contextmanager
def told_by_cells(reading: Reading, scenario: Scenario) -> Iterator[None]:
    """Problems that come up with a scenario of a workbook name the cells that its settings were typed in."""
    try:
        yield
    except InputProblems as refused:
        cells = {**reading.cells, **reading.cells_beside.get(scenario.name, {})}
        raise InputProblems([_by_cell(each, cells) for each in refused.problems]) from refused


def _by_cell(problem: Problem, cells: dict[str, str]) -> Problem:
    for word in problem.where.split():
        for key in (word, f"record.{word}"):
            if "." in key and key in cells:
                return replace(problem, where=f"{cells[key]}   {key}")
    return problem
