"""The map of sets of clauses: those not yet known to be fine or in conflict, the largest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import highspy
import numpy as np


class ChartOfSets:
    """A small yes-or-no programme with one variable a clause; every answer found so far is a row of it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.number = {name: index for index, name in enumerate(self.names)}
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("random_seed", 0)
        count = len(self.names)
        for _ in range(count):
            self.highs.addVar(0.0, 1.0)
        columns = np.arange(count, dtype=np.int32)
        whole = np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self.highs.changeColsIntegrality(count, columns, whole)
        self.highs.changeColsCost(count, columns, -np.ones(count))

    def unknown(self) -> set[str] | None:
        """The largest set that no answer covers yet, or None when all are covered."""
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the map of sets ended with {status}")
        chosen = np.array(self.highs.getSolution().col_value) > 0.5
        return {name for name, taken in zip(self.names, chosen.tolist(), strict=True) if taken}

    def cover_above(self, conflict: Iterable[str]) -> None:
        """Every set that holds this conflict is known to be infeasible."""
        members = self._columns(conflict)
        self.highs.addRow(-highspy.kHighsInf, len(members) - 1.0, len(members), members, np.ones(len(members)))

    def cover_below(self, missing: Iterable[str]) -> None:
        """Every set that lacks all of these is known to be feasible."""
        members = self._columns(missing)
        self.highs.addRow(1.0, highspy.kHighsInf, len(members), members, np.ones(len(members)))

    def _columns(self, names: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.array(sorted(self.number[name] for name in names), dtype=np.int32)
