"""What a run is: the scenario with everything that was found for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.feasibility.study import Study
from regmodel.params import BaseYear
from regmodel.plans import Contradiction
from regmodel.runs.warning import Warnings
from regmodel.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Run:
    """A finished run; ``verdict`` is exactly verdict.json, ``trajectory`` has the exchange columns.

    ``trajectory`` holds the projection under the scenario's name and, where one was found, the programme's plan under
    the name with ``:programme``.
    """

    scenario: Scenario
    study: Study
    verdict: Mapping[str, Any]
    trajectory: pd.DataFrame
    clauses: pd.DataFrame
    base: BaseYear
    contradictions: tuple[Contradiction, ...]
    backcast: Mapping[str, Any]
    manifest: Mapping[str, Any]
    folder: Path | None = None
    warning: Warnings | None = None

    def frame(self) -> pd.DataFrame:
        """The trajectory in the exchange shape: scenario, region, variable, unit, year, value."""
        return self.trajectory.copy()
