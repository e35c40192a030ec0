"""Everything that a finished store answers, as one content: the command line prints it, a report draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from regmodel.batch.answers.bars import REGRESSED, Tornado, tornado
from regmodel.batch.answers.basis import PROBABILITIES, Basis
from regmodel.batch.answers.boxes import FEASIBLE, INFEASIBLE, Box, box
from regmodel.batch.answers.frequencies import Holding, holding
from regmodel.batch.answers.outputs import OUTPUTS
from regmodel.batch.answers.salib_indices import Indices, indices
from regmodel.batch.answers.ways_out import WaysOut, ways_out
from regmodel.batch.answers.whole import Finished, finished
from regmodel.batch.answers.wilson import LEVEL
from regmodel.batch.design import MORRIS, ONE_AT_A_TIME, SOBOL
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    from regmodel.batch.model import Batch

Found = TypeVar("Found")


@dataclass(frozen=True)
class Answers:
    """What a store answers.

    ``ways_out`` says what would have to give; absent where no infeasible scenario was asked for it.
    ``tornadoes`` and ``indices`` are by output, attainability and worst_margin; absent where the design gives none.
    ``boxes`` are by verdict, feasible and infeasible: where the plans hold and where not; absent where all or none do.
    ``refused`` says why something that this kind of design is made for could not be told. ``clause_titles`` are what a
    person calls the clauses, by id.
    """

    holding: Holding
    ways_out: WaysOut | None
    tornadoes: Mapping[str, Tornado]
    indices: Mapping[str, Indices]
    boxes: Mapping[str, Box]
    refused: tuple[Problem, ...]
    clause_titles: Mapping[str, Text]

    @property
    def basis(self) -> Basis:
        """What everything rests on."""
        return self.holding.basis

    def as_dict(self) -> dict[str, Any]:
        """As plain values; `regmodel answers --json` prints it."""
        return {
            "basis": self.basis.as_dict(),
            "holding": self.holding.as_dict(),
            "ways_out": None if self.ways_out is None else self.ways_out.as_dict(),
            "tornadoes": {name: one.as_dict() for name, one in self.tornadoes.items()},
            "indices": {name: one.as_dict() for name, one in self.indices.items()},
            "boxes": {name: one.as_dict() for name, one in self.boxes.items()},
            "clauses": {name: {"en": title.en, "zh": title.zh} for name, title in self.clause_titles.items()},
            "refused": [{"code": one.code, "found": one.found.en, "expected": one.expected.en} for one in self.refused],
        }


def answers_of(given: Finished | Batch | str | Path, level: float = LEVEL) -> Answers:
    """What a finished batch, or the folder of its store, answers; ``level`` is that of all intervals.

    Raises InputProblems where the store is none, not whole, or not that of the design beside it.
    """
    store = finished(given)
    refused: list[Problem] = []
    tornadoes: dict[str, Tornado] = {}
    found: dict[str, Indices] = {}
    for output in OUTPUTS:
        if store.kind in (ONE_AT_A_TIME, *REGRESSED):
            _note(tornadoes, output, tornado, store, level, refused)
        if store.kind in (SOBOL, MORRIS):
            _note(found, output, indices, store, level, refused)
    boxes: dict[str, Box | None] = {}
    if store.kind in PROBABILITIES:
        for verdict in (FEASIBLE, INFEASIBLE):
            _note(boxes, verdict, box, store, level, refused)
    told = {name: one for name, one in boxes.items() if one is not None}
    unlike = tuple({(one.code, one.found.en): one for one in refused}.values())
    titles = store.read.clause_titles
    return Answers(holding(store, level), ways_out(store, level), tornadoes, found, told, unlike, titles)


def _note(
    into: dict[str, Found],
    output: str,
    ask: Callable[[Finished, str, float], Found],
    store: Finished,
    level: float,
    refused: list[Problem],
) -> None:
    """Ask and keep the answer, or why there is none."""
    try:
        into[output] = ask(store, output, level)
    except InputProblems as problems:
        refused += problems.problems.found
