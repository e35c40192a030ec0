"""An invented run over the shipped records and clauses, so that the report can be tested in every verdict."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pandas as pd

from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.numbers import Case, prepare
from regmodel.plans import contradictions
from regmodel.projection.trajectory import exchange_frame
from regmodel.runs.backcast import backcast
from regmodel.runs.manifest import DECLARED_BOUNDS
from regmodel.scenario import Override, build
from regmodel.vocabulary.texts import Text

COEFFICIENTS = {"coef_sewage": 4075.0}
PLAN = ":programme"


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
            "valid_from": 18.9,
            "valid_to": 19.4,
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
    conflict = ["path.population.INNER_MONGOLIA", "nm_urb_2025", "nm_to_town_2025"]
    infeasible = word == "infeasible"
    return {
        "verdict": word,
        "scenario": "plan",
        "run_id": "3f9a1c20",
        "attainability": {"feasible": 1.0, "infeasible": 0.63, "undecided": None}[word],
        "clauses": entries,
        "contradictions": [],
        "conflicts": [
            {
                "clauses": conflict,
                "proved": True,
                "sentence": "These cannot hold together.",
                "sentence_zh": "以下各条不能同时成立。",
            }
        ]
        if infeasible
        else [],
        "conflicts_complete": infeasible,
        "repairs": [
            {"kind": "smallest", "cost": 0.024, "cost_unit": "ratio",
             "changes": [{"clause": "nm_urb_2025", "from": 69.5, "to": 71.2, "unit": "%"}]},
            {"kind": "alone", "cost": 41.4, "cost_unit": "10^4 persons",
             "changes": [{"clause": "nm_to_town_2025", "from": 90.0, "to": 48.6, "unit": "10^4 persons"}]},
            {"kind": "alone", "cost": None, "cost_unit": None,
             "changes": [{"clause": "nm_new_land_2025", "from": 64.0, "to": None, "unit": "10^4 mu"}]},
        ] if infeasible else [],
        "binding": [] if infeasible else binding,
        "certificate": {"kind": "farkas" if infeasible else "primal", "checked": True, "residual": 1.2e-9},
        "confidence": {"A": 0.12, "B": 0.21, "C": 0.06, "D": 0.61, "E": 0.0},
        "rests_on": {
            "on_paper": "infeasible",
            "easy": "infeasible" if infeasible else "feasible",
            "central": word,
            "hard": "infeasible",
            "grade": "whatever" if infeasible else "depends",
            "deciding": [] if infeasible else [
                {"record": "water.use_base.ORDOS", "from": 15.5, "to": 17.0, "break_even": 16.2, "unit": "10^8 m3"},
                {"record": "water.industrial_intensity_decline", "from": 2.75, "to": 1.5, "break_even": 2.1,
                 "unit": "%/yr"},
            ],
            "readings": [
                {"choices": {"nm_urb_2025": reading, "hbew_urban_pop_growth": other},
                 "verdict": "infeasible" if infeasible or other.startswith("annual") else "feasible"}
                for reading in ("window", "floor") for other in ("cumulative:window", "annual:window")
            ],
        },
    }  # fmt: skip
