"""The numbers that the clauses of a run are about, each explained once, with what their equations take in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regmodel.feasibility.replay import Plan
from regmodel.runs.explained_paths import Path, Paths, paths_of
from regmodel.runs.explaining import VARIABLES, Explainer, Explanation
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from regmodel.runs.model import Run

# What a clause about a ratio or a growth rate is read from, where it names no variable of the trajectory itself.
READ_FROM: Mapping[str, tuple[str, ...]] = {
    "gdp_growth_real": ("gdp",),
    "urban_population_growth": ("urban_population",),
    "urban_construction_land_per_capita": ("urban_construction_land", "urban_population"),
    "urban_boundary_area": ("urban_construction_land",),
    "urban_boundary_expansion": ("urban_construction_land",),
    "water_per_gdp_change": ("water_use_total", "gdp"),
    "water_per_industrial_va_change": ("water_use_industry", "va_secondary"),
    "reclaimed_water_rate": ("water_supply_reclaimed", "collected_sewage"),
    "unconventional_water": ("water_supply_reclaimed", "water_supply_mine_water"),
}
Asked = tuple[str, str, int]


@dataclass(frozen=True)
class Told:
    """An explanation and the clauses that it stands behind; none for what only stands behind another number."""

    explanation: Explanation
    clauses: tuple[str, ...] = ()


def told_of(run: Run, most: int) -> tuple[Told, ...]:
    """Every number that a clause in force is about, at its year, then what they are made of, as far as ``most``.

    Of a sum over regions the largest is gone into. The numbers are those of the plan shown, or of the projection where
    no plan holds every clause.
    """
    paths, path = run_paths(run)
    explainer = Explainer(paths, path)
    asked = _of_clauses(run, explainer)
    told: dict[Asked, Told] = {}
    waiting: list[Asked] = list(asked)
    while waiting and len(told) < max(most, len(asked)):
        one = waiting.pop(0)
        if one in told:
            continue
        try:
            explanation = explainer.explain(*one)
        except InputProblems:
            continue  # a variable that is told from a later year on
        told[one] = Told(explanation, tuple(asked.get(one, ())))
        waiting += [(part.name, one[1], one[2]) for part in explanation.parts if part.name in VARIABLES]
        if one[1] in explainer.regions.sets and explanation.parts:
            largest = max(explanation.parts, key=lambda part: abs(part.value))
            waiting.append((one[0], largest.name, one[2]))
        waiting += [
            (each.variable, one[1], each.year)
            for each in explanation.inputs
            if each.variable is not None and each.year is not None and BASE_YEAR <= each.year <= LAST_YEAR
        ]
    return tuple(told.values())


def run_paths(run: Run) -> tuple[Paths, Path]:
    """The path whose numbers a run shows: its plan where one holds every clause, else the projection."""
    study = getattr(run, "study", None)
    if study is None:
        return paths_of(run.scenario), "projection"
    if study.plan is None or run.verdict["verdict"] != "feasible" or study.answer.columns is None:
        return Paths(study.case, {"projection": study.case.trend}), "projection"
    plan = Plan(study.case, study.engine.compiled, study.answer.columns)
    return Paths(study.case, {"programme": plan.decisions()}), "programme"


def _of_clauses(run: Run, explainer: Explainer) -> dict[Asked, list[str]]:
    regions = explainer.regions
    places = {*regions.ids(), *regions.sets}
    found: dict[Asked, list[str]] = {}
    for active in run.scenario.clauses:
        clause = active.clause
        year = clause.year_to
        if not (clause.bounding and active.enabled) or year is None or clause.region not in places:
            continue
        for variable in (clause.variable,) if clause.variable in VARIABLES else READ_FROM.get(clause.variable, ()):
            if BASE_YEAR <= year <= LAST_YEAR:
                found.setdefault((variable, clause.region, year), []).append(clause.id)
    return found
