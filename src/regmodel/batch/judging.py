"""Verdicts for many samples of one scenario: one row a sample, every verdict certified or marked unproven.

What is judged depends on nothing but the samples of the chunk and what was primed: the same numbers on one worker or
many, in whatever order the chunks come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.batch.samples import Samples
from regmodel.feasibility.attainability import attainability
from regmodel.feasibility.conflicts import active_groups
from regmodel.feasibility.engine import Engine, engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.scenario import Override, Scenario, changed
from regmodel.scenario.changes import check, is_switch, present
from regmodel.vocabulary.problems import InputProblems

if TYPE_CHECKING:
    import pyarrow as pa

Array = NDArray[np.float64]
WORDS = ("sample", "verdict", "how", "problem", "worst_margin_clause", "conflict", "repair", "repair_clause")
NUMBERS = ("attainability", "worst_margin", "repair_from", "repair_to")
ALONE = "alone."


@dataclass(frozen=True)
class Primed:
    """What the first samples taught: plans (witness, column) and proofs (proof, row), in a fixed order."""

    witnesses: Array
    proofs: Array


class Judge:
    """Judges samples of one scenario; ``keys`` are the override keys that samples set.

    ``indicators`` are columns of the trend that are asked for, as ``variable.REGION.year`` in printed units.
    Raises InputProblems for a key that names nothing.
    """

    def __init__(self, base: Scenario, keys: Sequence[str], indicators: Sequence[str] = ()) -> None:
        self.base = base
        self.keys = tuple(keys)
        self.indicators = tuple(indicators)
        check(base, [Override(key, True if is_switch(key) else 1.0, None, base.name) for key in self.keys])
        prepare(changed(base, {key: present(base, key) for key in self.keys if key.startswith("record.")}))
        self.case = prepare(base)
        self._engine: Engine | None = None
        self.clauses = tuple(dict.fromkeys(row.clause for row in self.case.shape.rows))

    @property
    def schema(self) -> pa.Schema:
        """Columns of the table and their types; every part of a store has the same."""
        import pyarrow as pa

        text, number = pa.string(), pa.float64()
        columns: list[tuple[str, Any]] = [
            ("sample", text),
            ("verdict", text),
            ("proved", pa.bool_()),
            ("how", text),
            ("problem", text),
            ("attainability", number),
            ("worst_margin", number),
            ("worst_margin_clause", text),
            ("conflict", text),
            ("repair", text),
            ("repair_clause", text),
            ("repair_from", number),
            ("repair_to", number),
            ("repair_unit", text),
            *((f"{ALONE}{clause}", pa.bool_()) for clause in self.clauses),
            *((name, number) for name in self.indicators),
        ]
        return pa.schema(columns)

    def prime(self, samples: Samples) -> Primed:
        """Plans and proofs from the first samples of a design."""
        return Primed(np.empty((0, 0)), np.empty((0, 0)))

    def judge(self, samples: Samples, primed: Primed) -> pa.Table:
        """One row a sample, in the order of the samples; columns as in ``schema``."""
        import pyarrow as pa

        return pa.Table.from_pylist([self._row(samples, number) for number in range(len(samples))], self.schema)

    def scenario(self, samples: Samples, number: int) -> Scenario:
        """One sample as a scenario, such as a single run takes it."""
        values = {
            key: bool(value) if is_switch(key) else value
            for key, value in zip(samples.keys, samples.values[number].tolist(), strict=True)
        }
        return changed(self.base, values)

    def _row(self, samples: Samples, number: int) -> dict[str, Any]:
        row: dict[str, Any] = {"sample": samples.ids[number], "verdict": "undecided", "proved": False, "how": "none"}
        try:
            case = prepare(self.scenario(samples, number))
        except InputProblems as problems:
            return row | {"problem": next(iter(problems.problems)).code}
        if self._engine is None:
            self._engine = engine_for(self.case)
            self._engine.solver.safe_only = False
        engine = self._engine
        engine.solver.forget()
        engine.witnesses, engine.proofs = [], []
        engine.fill(case)
        answer = engine.decide()
        row |= {"verdict": answer.verdict, "proved": answer.certified, "how": "solve" if answer.certified else "none"}
        if answer.verdict == "feasible":
            row |= {f"{ALONE}{name}": True for name in active_groups(engine)} | {"attainability": 1.0}
        elif answer.verdict == "infeasible":
            row["attainability"] = attainability(case, engine)
        return row
