"""Commands as calls from Python, where what the command asks for is put together from more than one piece."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from regmodel.commands.inputs import load

if TYPE_CHECKING:
    from regmodel.feasibility.frontier import Frontier
    from regmodel.runs import Run
    from regmodel.runs.explaining import Explanation
    from regmodel.runs.verify import Verified
    from regmodel.scenario import Scenario

Side = Literal["low", "high"]
SECONDS = 120.0
SECONDS_FOR_A_SOLVE = 300.0
LAST = 2035


def explain(
    variable: str,
    region: str | None = None,
    year: int = LAST,
    *,
    of: Scenario | Run | str | Path = "plan",
    path: Literal["projection", "programme"] = "projection",
) -> Explanation:
    """From one number to its equation, its inputs and their sources, as ``regmodel explain`` does; nothing is solved.

    ``of`` is a scenario, its name or file, or a run with a folder (or that folder); ``path`` "programme" needs a run.
    Raises InputProblems.
    """
    from regmodel.runs import Run
    from regmodel.runs.explained_paths import paths_of, stored_paths
    from regmodel.runs.explaining import Explainer

    folder = of.folder if isinstance(of, Run) else Path(of) if isinstance(of, str | Path) else None
    if folder is not None and (folder / "manifest.json").is_file():
        paths = stored_paths(folder, path)
    elif isinstance(of, Run):
        paths = paths_of(of.scenario, path)
    else:
        paths = paths_of(load(of) if isinstance(of, str | Path) else of, path)
    return Explainer(paths, path).explain(variable, region or paths.case.paths.regions.home, year)


def frontier(
    scenario: Scenario | str | Path,
    x: str,
    y: str,
    *,
    x_side: Side | None = None,
    y_side: Side | None = None,
    seconds: float = SECONDS,
) -> Frontier:
    """What two clauses cost each other, as ``regmodel frontier INPUT --x --y`` asks it; raises InputProblems."""
    from regmodel.feasibility.end_choice import Asked, check_names
    from regmodel.feasibility.engine import engine_for
    from regmodel.feasibility.frontier import frontier as between
    from regmodel.feasibility.numbers import prepare
    from regmodel.vocabulary.problems import Problems

    case, problems = prepare(load(scenario) if isinstance(scenario, str | Path) else scenario), Problems()
    ends = check_names(case, [Asked("--x", x, x_side), Asked("--y", y, y_side)], problems)
    problems.raise_if_any()
    return between(case, engine_for(case, SECONDS_FOR_A_SOLVE), ends[0], ends[1], seconds)


def verify(run: Run | str | Path) -> Verified:
    """Check the verdict of a run folder again, exactly and without a solver; raises InputProblems."""
    from regmodel.runs import Run
    from regmodel.runs.verify import verify as verified

    if isinstance(run, Run):
        if run.folder is None:
            raise ValueError("this run has no folder: give run(scenario, out) a folder to verify it")
        return verified(run.folder)
    return verified(Path(run))
