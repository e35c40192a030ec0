"""Invented conflicts with their proofs, repairs, stages and deciding assumptions for the invented run."""

from __future__ import annotations

from typing import Any

PATH, URBAN, TO_TOWN = "path.population.INNER_MONGOLIA", "nm_urb_2025", "nm_to_town_2025"
CAP, FLOOR, LAND = "cap.water_use_total.ORDOS.2025", "cap.yellow_river_consumption.BAYANNUR", "nm_new_land_2025"
PEOPLE, WATER, REGION = "10^4 persons", "10^6 m3", "INNER_MONGOLIA"
CORRECTIONS = [[URBAN], [TO_TOWN, CAP], [PATH, FLOOR]]
DECIDING = [
    {"record": "water.use_base.ORDOS", "from": 15.5, "to": 17.0, "break_even": 16.2, "unit": "10^8 m3", "alone": True},
    {"record": "water.industrial_intensity_decline", "from": 2.75, "to": 1.5, "break_even": 2.1, "unit": "%/yr",
     "alone": True},
]  # fmt: skip


def _line(kind: str, name: str, rows: int, weight: float | None, amount: float, unit: str | None) -> dict[str, Any]:
    """One line of a proof; without a weight ``amount`` is what its rows add up to."""
    return {
        "kind": kind,
        "name": name,
        "rows": rows,
        "region": REGION if rows == 1 else None,
        "year": 2025 if rows == 1 else None,
        "weight": weight,
        "amount": None if weight is None else amount,
        "contribution": amount if weight is None else weight * amount,
        "unit": unit,
    }


def _working(lines: list[dict[str, Any]]) -> dict[str, Any]:
    needed, most = (
        sum(line["contribution"] for line in lines if (line["kind"] == "bound") is bound) for bound in (False, True)
    )
    return {"lines": lines, "needed": needed, "most": most, "gap": needed - most}


def _member(clause: str, plan: str, section: str, years: list[int], side: str) -> dict[str, Any]:
    region = {CAP: "ORDOS", FLOOR: "BAYANNUR"}.get(clause, REGION)
    assumed = clause == PATH
    return {"clause": clause, "plan": plan, "section": section, "region": region, "years": years, "side": side,
            "assumed": assumed}  # fmt: skip


CONFLICTS = [
    {
        "clauses": [PATH, URBAN, TO_TOWN],
        "groups": [PATH, URBAN, TO_TOWN],
        "proved": True,
        "sentence": "These cannot hold together.",
        "sentence_zh": "以下各条不能同时成立。",
        "assumed": True,
        "rests_on_assumed": ["population.region_path_growth"],
        "members": [
            _member(PATH, "scenario_path", "", [2021, 2022, 2023, 2024, 2025], "high"),
            _member(URBAN, "nmurban2021", "第二章第三节", [2025], "low"),
            _member(TO_TOWN, "nmurban2021", "第八章第二节", [2025], "both"),
        ],
        "working": _working(
            [
                _line("clause", URBAN, 1, 1.0, 1607.5, PEOPLE),
                _line("clause", PATH, 5, None, -20.1, None),
                _line("clause", TO_TOWN, 1, 0.667, 90.0, PEOPLE),
                _line("balance", "town_residents_balance", 60, None, -1590.2, None),
                _line("bound", "urban_external_migration", 60, None, 36.0, None),
                _line("bound", "urban_population", 1, -0.000123, 4000.0, PEOPLE),
            ]
        ),
    },
    {
        "clauses": [CAP, FLOOR],
        "groups": [CAP, FLOOR],
        "proved": True,
        "sentence": "These cannot hold together.",
        "sentence_zh": "以下各条不能同时成立。",
        "assumed": False,
        "rests_on_assumed": [],
        "members": [
            _member(CAP, "ordos_four_waters_2025", "", [2025], "high"),
            _member(FLOOR, "nm_yellow_river_split", "", [2021, 2023, 2024], "high"),
        ],
        "working": _working(
            [
                _line("clause", CAP, 1, 1.0, -1919.0, WATER),
                _line("clause", FLOOR, 3, None, 700.5, None),
                _line("balance", "industry_takes", 1, -13.65, -90.4, "10^8 CNY"),
                *(_line("bound", name, 12, None, -1.5, None)
                  for name in ("supply", "industrial_use", "irrigation_use", "lining", "rights", "shortage")),
                *(_line("bound", name, 12, None, 0.25, None)
                  for name in ("irrigated_area", "gdp", "moves", "conveyed", "collected_sewage", "fallowing")),
            ]
        ),
    },
]  # fmt: skip


def _change(clause: str, side: str, before: float, after: float | None, unit: str) -> dict[str, Any]:
    override = {} if after is None else {f"clause.{clause}.ease_{side}": abs(after - before)}
    return {"clause": clause, "side": side, "from": before, "to": after, "unit": unit, "override": override}


MOVES = [
    {"variable": name, "region": region, "year": year, "trend": trend, "value": value, "unit": unit,
     "change": value / trend - 1.0}
    for name, region, year, trend, value, unit in (
        ("population", "ULANQAB", 2035, 128.5, 85.2, PEOPLE),
        ("population", "ALXA", 2025, 27.6, 30.4, PEOPLE),
        ("gdp", "CHIFENG", 2025, 2150.4, 1614.8, "10^8 CNY"),
        ("water_use_agriculture", "BAYANNUR", 2030, 44.1, 40.3, "10^8 m3"),
    )
]  # fmt: skip


def _repair(kind: str, cost: float | None, changed: float | None, *changes: dict[str, Any]) -> dict[str, Any]:
    unit = None if cost is None else "10^8 CNY"
    applied = all(change["to"] is not None for change in changes)
    return {"kind": kind, "changes": list(changes), "cost": cost, "cost_unit": unit, "applied": applied,
            "changed": changed, "moves": [dict(move) for move in MOVES] if applied else None}  # fmt: skip


REPAIRS = [
    _repair("fewest", None, 0.026, _change(URBAN, "low", 67.75, 65.98, "%")),
    _repair("smallest", None, 0.024, _change(URBAN, "low", 67.75, 66.2, "%")),
    _repair("cheapest", 12.4, 0.071, _change(TO_TOWN, "high", 90.0, 96.4, PEOPLE),
            _change(CAP, "high", 19.19, 19.3, "10^8 m3")),
    _repair("alone", None, 0.026, _change(URBAN, "low", 67.75, 65.98, "%")),
    _repair("alone", None, 0.46, _change(TO_TOWN, "high", 90.0, 131.4, PEOPLE)),
    _repair("alone", None, None, _change(LAND, "high", 64.0, None, "10^4 mu")),
]  # fmt: skip


def stages(word: str) -> list[dict[str, Any]]:
    """The stages of a verdict: all hold, one goal is missed, or nothing is known."""
    names = (
        (0, None, "Physics and accounting", "自然与核算条件"),
        (1, None, "Legal caps", "法定上限"),
        (2, 4, "Goals expected of the region", "自治区预期性目标"),
        (3, 7, "Statements", "表述"),
    )
    found = []
    for number, rank, name, name_zh in names:
        missed = [URBAN, TO_TOWN] if word == "infeasible" and rank == 4 else []
        known = word != "undecided"
        found.append(
            {
                "stage": number,
                "rank": rank,
                "name": name,
                "name_zh": name_zh,
                "holds": not missed if known else None,
                "miss": (0.031 if missed else 0.0) if known else None,
                "worst": (0.0196 if missed else 0.0) if known else None,
                "missed": missed,
            }
        )
    return found
