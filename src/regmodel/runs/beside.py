"""Runs of several scenarios side by side, earlier ones that still hold among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from regmodel.feasibility.clause_groups import Grouping
from regmodel.runs.comparing import Comparison, compare
from regmodel.runs.manifest import run_id
from regmodel.runs.model import Run
from regmodel.runs.stored import stored
from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.texts import Text


def beside(
    scenarios: Sequence[Scenario],
    finished: Sequence[Run],
    folders: Sequence[Path],
    tell: Callable[[Text], None],
    by: Grouping = "clause",
) -> Comparison | None:
    """The runs of the scenarios, each compared with the first; None unless the first and another one were run.

    A run that was made before, into one of the folders, counts as long as its inputs, its code and its options are
    still the same: that is what its id says.
    """
    made: Mapping[str, Run] = {str(run.verdict.get("run_id")): run for run in finished}
    found: list[Run | Path] = []
    for one in scenarios:
        key = run_id(one, by)
        run = made.get(key) or _earlier(key, folders)
        if run is not None:
            found.append(run)
        elif one is scenarios[0]:
            return None
    return compare(*found, tell=tell, with_share=True) if len(found) > 1 else None


def _earlier(run_id: str, folders: Sequence[Path]) -> Path | None:
    """The folder of an earlier run of this id, or None; one that cannot be read whole, as of a broken run, is none."""
    for folder in (each for place in folders for each in sorted(place.glob(f"*-{run_id[:8]}"))):
        try:
            found = stored(folder)
        except (InputProblems, OSError, ValueError):
            continue
        if found.verdict.get("run_id") == run_id:
            return folder
    return None
