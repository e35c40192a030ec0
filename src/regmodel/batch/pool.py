"""What the first samples of a design taught, as it travels to workers and lies beside the store."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import numpy as np

from regmodel.feasibility.priming import Conflicting
from regmodel.feasibility.screening import Witness


@dataclass(frozen=True)
class Primed:
    """Plans to carry over and minimal conflicts to look for, each in a fixed order; the same for all workers."""

    witnesses: tuple[Witness, ...] = ()
    conflicts: tuple[Conflicting, ...] = ()

    def to_bytes(self) -> bytes:
        """As a file holds it."""
        arrays: dict[str, np.ndarray] = {}
        for number, witness in enumerate(self.witnesses):
            arrays |= {f"witness_{number}_{name}": value for name, value in vars(witness).items()}
        for number, conflict in enumerate(self.conflicts):
            arrays |= {f"conflict_{number}_rows": conflict.rows, f"conflict_{number}_at": conflict.parameters}
        names = {"witnesses": len(self.witnesses), "conflicts": [list(one.clauses) for one in self.conflicts]}
        stream = io.BytesIO()
        arrays["names"] = np.array(json.dumps(names))
        np.savez_compressed(stream, allow_pickle=False, **arrays)
        return stream.getvalue()

    @staticmethod
    def from_bytes(content: bytes) -> Primed:
        """As it was."""
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            names = json.loads(str(stored["names"]))
            witnesses = tuple(
                Witness(*(stored[f"witness_{number}_{part}"] for part in ("plan", "size", "shift")))
                for number in range(names["witnesses"])
            )
            conflicts = tuple(
                Conflicting(tuple(clauses), stored[f"conflict_{number}_rows"], stored[f"conflict_{number}_at"])
                for number, clauses in enumerate(names["conflicts"])
            )
        return Primed(witnesses, conflicts)
