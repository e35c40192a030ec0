"""An invented run over the shipped records and clauses, so that the report can be tested in every verdict."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd

from regmodel.params import read_book, shipped_folder
from regmodel.plans.arithmetic.finding import Contradiction
from regmodel.plans.clause_tables import read_clauses
from regmodel.plans.wording import bounds
from regmodel.vocabulary.texts import Text

YEARS = range(2020, 2036)
PROVINCES = {"HOHHOT": 345, "BAOTOU": 271, "ORDOS": 215, "ULANQAB": 171, "YULIN": 362}
SECTORS = {
    "va_agriculture": 0.11,
    "va_energy_chemicals": 0.26,
    "va_other_industry": 0.13,
    "va_construction": 0.07,
    "va_services": 0.43,
}
USES = {
    "water_use_agriculture": 0.73,
    "water_use_industry": 0.07,
    "water_use_domestic": 0.06,
    "water_use_ecological": 0.14,
}
SUPPLIES = {
    "water_supply_yellow_river": 0.42,
    "water_supply_local_surface": 0.12,
    "water_supply_groundwater": 0.40,
    "water_supply_reclaimed": 0.04,
    "water_supply_mine_water": 0.02,
}


def invented_run(verdict: str = "feasible", **changes: Any) -> Any:
    """A run with the fields of the real one; ``verdict`` is any of the three words."""
    book = read_book()
    clauses = tuple(
        SimpleNamespace(
            clause=clause,
            reading=clause.default_reading,
            enabled=clause.enabled or clause.kind in ("target", "cap"),
            bounds=bounds(clause, clause.default_reading) if clause.bounding else None,
        )
        for clause in read_clauses(shipped_folder(), book.regions)
    )
    scenario = SimpleNamespace(
        name="plan",
        title=Text("The plans' targets", "规划目标"),
        description=Text("All targets as printed", "按原文的全部目标"),
        book=book,
        clauses=clauses,
        overrides=(SimpleNamespace(key="lever.water_rights.enabled", value=False, reason="for the test", owner="plan", source=None),),
    )
    names = ["plan", "plan:programme"] if verdict == "feasible" else ["plan"]
    return SimpleNamespace(
        scenario=scenario,
        verdict=_verdict(verdict, clauses),
        trajectory=pd.concat([_path(name, book) for name in names], ignore_index=True),
        clauses=pd.DataFrame(),
        base=_base(book),
        contradictions=_contradictions(),
        backcast=_backcast(),
        folder=None,
        manifest={"made": "2026-11-21T10:00:00Z", "seconds": 2.4, "solver": {"name": "HiGHS", "version": "1.10"}},
        **changes,
    )


def _path(name: str, book: Any) -> pd.DataFrame:
    rows = []
    saving = 0.985 if name.endswith("programme") else 1.004
    members = {region: (region,) for region in book.regions.ids()} | dict(book.regions.sets)
    for place, parts in members.items():
        for year in YEARS:
            step = year - 2020
            values: dict[str, tuple[float, str]] = {}

            def add(variable: str, value: float, unit: str, values: dict[str, tuple[float, str]] = values) -> None:
                values[variable] = (value + values.get(variable, (0.0, ""))[0], unit)

            for part in parts:
                size = PROVINCES.get(part, 176.0)
                people = size * (1.004 if part == "HOHHOT" else 0.9965) ** step
                town = people * min(0.93, 0.62 + 0.006 * step + (0.15 if part in ("BAOTOU", "HOHHOT", "ORDOS") else 0))
                gdp = size * 8 * (1.05 if part == "ORDOS" else 1.044) ** step
                water = size * 0.078 * saving**step
                add("population", people, "10^4 persons")
                add("urban_population", town, "10^4 persons")
                add("gdp", gdp, "10^8 CNY")
                for sector, share in SECTORS.items():
                    add(sector, gdp * share, "10^8 CNY")
                add("water_use_total", water, "10^8 m3")
                for use, share in USES.items():
                    add(use, water * share, "10^8 m3")
                for source, share in SUPPLIES.items():
                    add(source, water * share, "10^8 m3")
                add("urban_construction_land", town * 1.3 * 1.005**step, "km2")
                if step:
                    add("new_urban_construction_land", 6.0 * size / 176, "km2")
            share = 100 * values["urban_population"][0] / values["population"][0]
            values["urbanisation_rate"] = (share, "%")
            rows += [(name, place, variable, unit, year, value) for variable, (value, unit) in values.items()]
    return pd.DataFrame(rows, columns=["scenario", "region", "variable", "unit", "year", "value"])


def _verdict(word: str, clauses: Any) -> dict[str, Any]:
    entries = []
    tested = 0
    for active in clauses:
        clause = active.clause
        if clause.kind in ("target", "cap") and clause.value is not None and clause.rank is not None and clause.domain != "services":
            tested += 1
            gap = (0.002, 0.04, -0.03 if word == "infeasible" else 0.012, 0.11)[tested % 4]
            margin = clause.value * gap
            status = "missed" if margin < 0 else ("met", "exceeded", "already_met")[tested % 3]
            entries.append(
                {"id": clause.id, "status": status, "value": clause.value + margin, "target": clause.value,
                 "unit": clause.unit, "margin": margin}
            )
        else:
            status = {"statement": "disabled", "target": "not_modelled", "rule": "not_decidable"}.get(clause.kind, "reported")
            entries.append({"id": clause.id, "status": status, "value": None, "target": clause.value, "unit": clause.unit, "margin": None})
    binding = [
        {"region": region, "year": year, "constraint": constraint, "slack": 0.0, "unit": "10^8 m3",
         "shadow_price": 1.2 + 0.1 * (year - 2021), "shadow_price_unit": "CNY/m3", "valid_from": 18.9, "valid_to": 19.4}
        for region, constraint, start in (
            ("ORDOS", "water_use_cap", 2025), ("ORDOS", "yellow_river_quota", 2027), ("BAYANNUR", "yellow_river_quota", 2021),
            ("HOHHOT", "groundwater", 2030), ("INNER_MONGOLIA", "water_use_cap", 2031), ("WUHAI", "yellow_river_quota", 2023),
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
        "contradictions": [
            {"clauses": conflict, "readings": {"nm_urb_2025": "window"}, "region": "INNER_MONGOLIA", "year": 2025,
             "amount": 59.6, "unit": "10^4 persons", "sentence": "Three clauses cannot hold together."}
        ],
        "conflicts": [
            {"clauses": conflict, "proved": True,
             "sentence": {"en": "The population path, the urban share of 2025 and the near 100 x 10^4 movers cannot hold together.",
                          "zh": "人口路径、2025年城镇化率与近100万人进城三者不能同时成立。"}}
        ] if infeasible else [],
        "conflicts_complete": infeasible,
        "repairs": [
            {"kind": "smallest", "changes": [{"clause": "nm_urb_2025", "from": 69.5, "to": 71.2, "unit": "%"}], "cost": 0.024, "cost_unit": "ratio"},
            {"kind": "alone", "changes": [{"clause": "nm_to_town_2025", "from": 90.0, "to": 48.6, "unit": "10^4 persons"}], "cost": 41.4, "cost_unit": "10^4 persons"},
            {"kind": "alone", "changes": [{"clause": "nm_new_land_2025", "from": 64.0, "to": None, "unit": "10^4 mu"}], "cost": None, "cost_unit": None},
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
                {"record": "water.industrial_intensity_decline", "from": 2.75, "to": 1.5, "break_even": 2.1, "unit": "%/yr"},
            ],
            "readings": [
                {"choices": {"nm_urb_2025": reading, "hbew_urban_pop_growth": other},
                 "verdict": "infeasible" if infeasible or other.startswith("annual") else "feasible"}
                for reading in ("window", "floor") for other in ("cumulative:window", "annual:window")
            ],
        },
    }  # fmt: skip


def _base(book: Any) -> Any:
    adjustments = tuple(
        SimpleNamespace(quantity="water_use_total", region=region, part=part, seed=500.0 + 7 * n, value=(500.0 + 7 * n) * (1 + 0.004 * n),
                        unit="hm3/year", total="INNER_MONGOLIA", relative=0.004 * n)
        for n, (region, part) in enumerate((r, p) for r in book.regions.ids()[:6] for p in ("water_use_industry", "water_use_agriculture", "water_use_domestic"))
    )  # fmt: skip
    return SimpleNamespace(
        year=2020,
        adjustments=adjustments,
        unseeded=("water_use_industry.HINGGAN",),
        method=Text("Iterative proportional fitting of the residual; known cells are fixed.", "对残差作迭代比例拟合，已知单元固定。"),
    )


def _contradictions() -> tuple[Contradiction, ...]:
    return (
        Contradiction(
            id="moves.constant",
            clauses=("nm_urb_2025", "nm_to_town_2025"),
            readings={"nm_urb_2025": "window"},
            region="INNER_MONGOLIA",
            year=2025,
            amount=59.6,
            unit="10^4 persons",
            sentence=Text("The statement overshoots the target by a factor of 2.7.", "该表述超出目标2.7倍。"),
            working=(Text("69 % x 2,404.9 - 1,622.8 = 36.6", "69% × 2,404.9 − 1,622.8 = 36.6"),),
            status="contradiction",
        ),
        Contradiction(
            id="headcount",
            clauses=("hbew_urban_pop_2025", "hbew_urban_pop_growth"),
            readings={"hbew_urban_pop_growth": "cumulative:window"},
            region="HBEW",
            year=2025,
            amount=13.6,
            unit="10^4 persons",
            sentence=Text("Read over five years the two plans agree.", "按五年累计理解，两规划相符。"),
            working=(),
            status="compatible",
        ),
    )


def _backcast() -> dict[str, Any]:
    observed = {"HOHHOT": 344.61, "BAOTOU": 270.94, "ORDOS": 215.36, "ULANQAB": 170.63}
    scores = [
        {"region": region, "variable": "population", "year": 2020, "unit": "10^4 persons", "observed": value,
         "projected": value * (1.03, 0.97, 1.05, 1.09)[n], "constant_share": value * (0.82, 0.96, 0.89, 1.25)[n],
         "last_value": value * (0.83, 0.98, 0.9, 1.256)[n]}
        for n, (region, value) in enumerate(observed.items())
    ]  # fmt: skip
    return {"scores": scores, "summary": {}, "scored_on": date(2026, 11, 21).isoformat()}
