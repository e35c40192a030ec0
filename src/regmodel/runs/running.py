"""One function runs one scenario; the command line, the workbook and Python all call it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from regmodel.feasibility.clause_groups import Grouping
from regmodel.feasibility.study import study
from regmodel.plans import contradictions
from regmodel.projection.trajectory import LOADS, PUBLIC_WATER, Trajectory, exchange_frame
from regmodel.runs.backcast import backcast
from regmodel.runs.folder import open_folder, write_folder
from regmodel.runs.manifest import manifest, run_id
from regmodel.runs.model import Run
from regmodel.runs.verdict import assemble
from regmodel.runs.warning import early_warning
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text

_SCORING = Text("scoring the projection against the census", "用普查数据检验预测")

_WARNING = Text("measuring how loaded water and land are", "测算水、土负荷")


def run(
    scenario: Scenario,
    out: Path | str | None = None,
    tell: Callable[[Text], None] = lambda stage: None,
    by: Grouping = "clause",
) -> Run:
    """Run a scenario from records to verdict; with ``out``, write a run folder there.

    ``by`` refines conflicts to the parts of clauses in each year or region. ``tell`` hears of each stage in words.
    Raises InputProblems where the scenario cannot be used, and OSError where nothing can be written to ``out``: before
    anything is solved.
    """
    import pandas as pd

    folder = None if out is None else Path(out)
    if folder is not None:
        open_folder(folder)
    seconds: dict[str, float] = {}
    start = time.perf_counter()
    found = study(scenario, tell, by=by)
    seconds["programme"] = time.perf_counter() - start
    tell(_SCORING)
    paper = tuple(contradictions([active.clause for active in scenario.clauses], scenario.book))
    scored = backcast(scenario.book).as_dict()
    tell(_WARNING)
    warning = early_warning(scenario)
    verdict = assemble(found, paper, run_id(scenario, by))
    coefficients = {
        name: scenario.clause(name).clause.value or 0.0
        for name in (*LOADS.values(), *PUBLIC_WATER.values())
        if any(active.clause.id == name and active.clause.value is not None for active in scenario.clauses)
    }
    told: list[Trajectory] = [found.case.projection]
    if found.plan is not None:
        told.append(found.plan)
    frame = pd.concat([exchange_frame(path, scenario.book, coefficients) for path in told], ignore_index=True)
    seconds["all"] = time.perf_counter() - start
    finished = Run(
        scenario=scenario,
        study=found,
        verdict=verdict,
        trajectory=frame,
        clauses=pd.DataFrame(verdict["clauses"]),
        base=found.case.base,
        contradictions=paper,
        backcast=scored,
        manifest=manifest(scenario, seconds, by),
        warning=warning,
    )
    if folder is None:
        return finished
    return replace(finished, folder=write_folder(finished, folder))
