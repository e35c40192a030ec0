"""Units in which rows are told: what a clause sums, what a limit of the model bounds, and the money for one of it."""

from __future__ import annotations

import re

from regmodel.feasibility.clause_rows import RowShape
from regmodel.params import convert

PEOPLE, MONEY, LAND, WATER = "10^4 persons", "10^8 CNY", "km2", "10^6 m3"
_MEMORY = {PEOPLE: "wan_person", MONEY: "yi_yuan/year", LAND: "km2", WATER: "hm3/year"}
_ALIKE = {
    PEOPLE: ("10^4 persons",),
    MONEY: ("10^8 CNY",),
    LAND: ("km2", "10^4 mu", "10^4 km2"),
    WATER: ("10^8 m3", "10^6 m3", "10^4 m3"),
}
_PRICES = {
    PEOPLE: ("CNY/person", "yi_yuan/wan_person"),
    MONEY: ("CNY/CNY", "dimensionless"),
    LAND: ("CNY/mu", "yi_yuan/km2"),
    WATER: ("CNY/m3", "yi_yuan/hm3"),
}
LIMITS = {
    "moves_to_town_are_bounded": PEOPLE,
    "faster_moves_need_support": PEOPLE,
    "moves_between_regions_are_bounded": PEOPLE,
    "external_migration_is_bounded": PEOPLE,
    "investment_is_bounded": MONEY,
    "growth_needs_investment": MONEY,
    "jobs_are_filled": MONEY,
    "farming_needs_land": MONEY,
    "sectors_grow_no_faster": MONEY,
    "grain_keeps_its_land": LAND,
    "works_take_time": LAND,
    "industry_saves_no_more": WATER,
    "nature_keeps_its_water": WATER,
    "reclaimed_was_sewage": WATER,
    "mines_give_no_more": WATER,
    "streams_give_no_more": WATER,
    "rights_come_from_saving": WATER,
    "people_and_production_fit": LAND,
    "reuse_is_bounded": LAND,
    "release_follows_people": LAND,
    "swaps_are_bounded": LAND,
}
"""Limits of the model that a reader knows by name, with the unit of their rows."""
_BODIES = {
    "urban_share": PEOPLE,
    "urban_level": PEOPLE,
    "urban_part": PEOPLE,
    "residents": PEOPLE,
    "output_growth": MONEY,
    "new_land": LAND,
    "land_residential_part": LAND,
    "land_all_urban_land": LAND,
}
_INDEXED = re.compile(r"^(?P<name>\w+)\[(?P<index>.*)\]$")


def limit_of(name: str, home: str) -> tuple[str, str, int] | None:
    """A limit of the model by the name of its row: which, where, when; None for balances and definitions."""
    match = _INDEXED.match(name)
    if match is None or match["name"] not in LIMITS:
        return None
    words = match["index"].split(",")
    region = next((word for word in words if word.isupper() and not word.isdigit()), home)
    return match["name"], region, int(words[-1])


def body_unit(row: RowShape) -> str:
    """The unit of what a clause's row sums: one unit of the programme's memory, as it is printed."""
    return _BODIES.get(row.body, WATER)


def told_unit(row: RowShape, clause_unit: str) -> tuple[str, float]:
    """The unit in which a clause's row is told, and how much of the programme's memory one of it is.

    The clause's own where it measures the same; that of the row where the clause states a share, a rate or a norm.
    """
    unit = body_unit(row)
    return (clause_unit, convert(1.0, clause_unit, _MEMORY[unit])) if clause_unit in _ALIKE[unit] else (unit, 1.0)


def price_unit(unit: str) -> tuple[str, float]:
    """The unit of a price for rows of a unit, and how much of the programme's money (10^8 CNY a unit) one of it is."""
    printed, memory = _PRICES[unit]
    return printed, convert(1.0, printed, memory)
