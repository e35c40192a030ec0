"""An invented run over the shipped records and clauses, so that the report can be tested in every verdict."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd

from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.numbers import Case, prepare
from regmodel.plans import contradictions
from regmodel.projection.trajectory import exchange_frame
from regmodel.runs.backcast import backcast
from regmodel.runs.manifest import DECLARED_BOUNDS
from regmodel.runs.warning import early_warning
from regmodel.scenario import Override, build
from regmodel.vocabulary.texts import Text

COEFFICIENTS = {"coef_sewage": 4075.0}
PLAN = ":programme"


def _beside(name: str) -> ModuleType:
    """A module that stands beside this one; the tests are no package."""
    spec = spec_from_file_location(f"invented_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


findings = _beside("invented_findings")


def invented_run(verdict: str = "feasible", title: Text | None = None) -> Any:
    """A run with the fields of the real one and an invented verdict, which may be any of the three words."""
    case = prepared()
    scenario = replace(
        case.scenario,
        title=title or Text("The plans' targets", "规划目标"),
        overrides=(Override("lever.water_rights.enabled", False, "for the test", "plan"),),
    )
    path = exchange_frame(case.projection, scenario.book, COEFFICIENTS)
    paths = [path, _saving(path)] if verdict == "feasible" else [path]
    return SimpleNamespace(
        scenario=scenario,
        verdict=_verdict(verdict, scenario.clauses, case),
        trajectory=pd.concat(paths, ignore_index=True),
        clauses=pd.DataFrame(),
        base=case.base,
        contradictions=tuple(contradictions([active.clause for active in scenario.clauses], scenario.book)),
        backcast=backcast(scenario.book).as_dict(),
        warning=early_warning(scenario, 16),
        folder=None,
        manifest={
            "made": "2026-11-21T10:00:00Z",
            "seconds": 2.4,
            "solver": {"name": "HiGHS", "version": "1.10"},
            "declared_bounds": dict(DECLARED_BOUNDS),
        },
    )


@cache
def prepared() -> Case:
    """The shipped records and clauses with nothing overridden, projected."""
    return prepare(build("plan", Text("The plans' targets", "规划目标"), Text("All targets", "全部目标"), None, (), {}))


def _saving(path: pd.DataFrame) -> pd.DataFrame:
    """A second path, one that saves water, under the name of the programme's plan."""
    plan = path.copy()
    plan["scenario"] = plan["scenario"] + PLAN
    water = plan["variable"].str.startswith("water_")
    plan.loc[water, "value"] = plan.loc[water, "value"] * 0.99 ** (plan.loc[water, "year"] - 2020)
    return plan


def _verdict(word: str, clauses: Any, case: Case) -> dict[str, Any]:
    entries = []
    measure = Measure(case, case.projection)
    for active in clauses:
        clause, found = active.clause, measure.measure(active)
        if found is not None and active.enabled and found.margin is not None:
            margin = abs(found.margin) if word == "feasible" else found.margin
            status = "missed" if margin < -1e-9 else "met"
            entries.append(
                {
                    "id": clause.id,
                    "status": status,
                    "value": found.value,
                    "target": found.target,
                    "unit": found.unit,
                    "margin": margin,
                    "low": found.low,
                    "high": found.high,
                    "use": "programme",
                    "trend": found.value,
                    "by_itself": (found.low if clause.sense == ">=" else found.high) if status == "missed" else None,
                }
            )
        else:
            status = {"statement": "disabled", "target": "not_modelled", "rule": "not_decidable"}.get(
                clause.kind, "reported"
            )
            entries.append(
                {
                    "id": clause.id,
                    "status": status,
                    "value": None,
                    "target": clause.value,
                    "unit": clause.unit,
                    "margin": None,
                }
            )
    binding = [
        {
            "region": region,
            "year": year,
            "constraint": constraint,
            "slack": 0.0,
            "unit": "10^8 m3",
            "shadow_price": 1.2 + 0.1 * (year - 2021),
            "shadow_price_unit": "CNY/m3",
            "shadow_price_left": 1.2 + 0.1 * (year - 2021),
            "shadow_price_right": 1.1 + 0.1 * (year - 2021),
            "valid_from": 18.9,
            "valid_to": 19.4,
            "price_note": {"ORDOS": "degenerate", "BAYANNUR": "not_unique"}.get(region),
        }
        for region, constraint, start in (
            ("ORDOS", "cap.water_use_total.ORDOS.2025", 2025),
            ("ORDOS", "cap.yellow_river_consumption.BAYANNUR", 2027),
            ("BAYANNUR", "cap.yellow_river_consumption.BAYANNUR", 2021),
            ("HOHHOT", "mines_give_no_more", 2030),
            ("INNER_MONGOLIA", "cap.water_use_total.INNER_MONGOLIA.2030", 2031),
            ("WUHAI", "cap.yellow_river_consumption.BAYANNUR", 2023),
        )
        for year in range(start, 2036)
    ]
    infeasible = word == "infeasible"
    found: dict[str, Any] = {
        "verdict": word,
        "scenario": "plan",
        "run_id": "3f9a1c20",
        "attainability": {"feasible": 1.0, "infeasible": 0.63, "undecided": None}[word],
        "attainability_by": {
            "plans": {"nmurban2021": 0.71 if infeasible else 1.0, "hbew2021": 1.0, "hbyy2013": None},
            "years": {"2025": 0.63 if infeasible else 1.0, "2035": None},
        },
        "clauses": entries,
        "contradictions": [],
        "conflicts": findings.CONFLICTS if infeasible else [],
        "conflicts_complete": infeasible,
        "corrections": findings.CORRECTIONS if infeasible else [],
        "repairs": findings.REPAIRS if infeasible else [],
        "repairs_complete": word != "undecided",
        "stages": findings.stages(word),
        "binding": [] if infeasible else binding,
        "certificate": {"kind": "farkas" if infeasible else "primal", "checked": True, "residual": 1.2e-9},
        "confidence": {"A": 0.12, "B": 0.21, "C": 0.06, "D": 0.61, "E": 0.0},
        "rests_on": {
            "on_paper": "infeasible",
            "easy": "infeasible" if infeasible else "feasible",
            "central": word,
            "hard": "infeasible",
            "grade": "whatever" if infeasible else "depends",
            "deciding": [] if infeasible else findings.DECIDING,
            "deciding_proved": True,
            "without_assumed_caps": word,
            "readings": [
                {"choices": {"nm_urb_2025": reading, "hbew_urban_pop_growth": other},
                 "verdict": "infeasible" if infeasible or other.startswith("annual") else "feasible"}
                for reading in ("window", "floor") for other in ("cumulative:window", "annual:window")
            ],
        },
    }  # fmt: skip
    return deepcopy(found)
