"""From the words of a printed unit to the units of memory: one parser over Pint with params/units.txt.

Pint is slow to import. The factors that the shipped records need are kept in params/conversions.csv, which a test
recomputes; Pint is asked only for a pair that is not there.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from regmodel.params.folder import shipped_folder

if TYPE_CHECKING:
    import pint

NAMES = {
    "%": "percent",
    "percentage points": "percentage_point",
    "percentage point": "percentage_point",
    "points": "point",
    "persons": "person",
    "ratio": "dimensionless",
    "homes": "count",
    "piles": "count",
    "company": "count",
    "household": "count",
}
YEARLY = frozenset(
    {
        "percent", "permille", "permille/point", "permille/year", "10^4 person", "10^8 yuan", "10^8 m3", "10^6 m3",
        "10^4 m3", "10^4 tonne", "m3/mu", "yi_yuan", "hm3", "wan_person",
    }
)  # fmt: skip
"""Printed amounts and rates of a calendar year, which statistics print without "per year"."""
STOCK_OVER_FLOW = ("dimensionless", "year")
"""Investment a year over added output a year per year has the unit of a year and is printed as a bare ratio."""

_SHARE = re.compile(r"(%|points|percentage points) of .+?( per year)?")
_POWER = re.compile(r"10\^(\d+) (.+)")
_SHORT = {"CNY": "yuan", "t": "tonne", "yr": "year", "h": "hour", "L": "liter", "GW": "gigawatt", "d": "day"}


class UnknownUnit(ValueError):
    """The words of a unit that params/units.txt does not know."""


class NotConvertible(ValueError):
    """Two units of different kinds."""


def plain_unit(text: str) -> str:
    """A printed unit without the words that say of what: ``% of population per year`` is ``percent/year``."""
    words = text.strip().removesuffix(" gross")
    share = _SHARE.fullmatch(words)
    if share:
        words = share[1] + ("/year" if share[2] else "")
    words = re.sub(r" per (percentage )?point of .+", r" per \1point", words)
    return "/".join(_plain_part(part) for part in words.replace(" per ", "/").split("/"))


def _plain_part(part: str) -> str:
    words = part.strip()
    power = _POWER.fullmatch(words)
    scale, name = (f"10^{power[1]} ", power[2]) if power else ("", words)
    name = NAMES.get(name, name)
    return scale + _SHORT.get(name, name)


@cache
def registry(*, exact: bool = False) -> pint.UnitRegistry[Any]:
    """Pint with the units of this model and no others; ``exact`` computes in fractions, which Pint cannot print."""
    import pint

    return pint.UnitRegistry(str(shipped_folder() / "units.txt"), non_int_type=Fraction if exact else float)


def parse_unit(text: str, *, exact: bool = False) -> pint.Quantity[Any]:
    """A printed or a memory unit as a Pint quantity of size one; raises UnknownUnit."""
    known = registry(exact=exact)
    quantity: pint.Quantity[Any] = known.Quantity(1)
    for place, part in enumerate(plain_unit(text).split("/")):
        factor = known.Quantity(1)
        for piece in part.split("*"):
            factor = factor * _parse_part(piece, text, known)
        quantity = quantity * factor if place == 0 else quantity / factor
    return quantity


def _parse_part(part: str, text: str, known: pint.UnitRegistry[Any]) -> pint.Quantity[Any]:
    power = _POWER.fullmatch(part)
    scale, name = (10 ** int(power[1]), power[2]) if power else (1, part)
    if name in ("1", "dimensionless"):
        whole: pint.Quantity[Any] = known.Quantity(scale)
        return whole
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise UnknownUnit(text)
    try:
        quantity: pint.Quantity[Any] = known.Quantity(scale, known.parse_units(name, case_sensitive=True))
    except AttributeError as error:  # the kind of Pint's UndefinedUnitError
        raise UnknownUnit(text) from error
    return quantity


@cache
def _kept_factors() -> dict[tuple[str, str], float]:
    path = shipped_folder() / "conversions.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {(row["printed_unit"], row["unit"]): float(row["factor"]) for row in csv.DictReader(lines)}


@cache
def conversion_factor(printed_unit: str, unit: str) -> float:
    """How many of ``unit`` one ``printed_unit`` is; raises UnknownUnit or NotConvertible."""
    if printed_unit == unit:
        return 1.0
    kept = _kept_factors()
    if (printed_unit, unit) in kept:
        return kept[printed_unit, unit]
    if (unit, printed_unit) in kept:
        return 1.0 / kept[unit, printed_unit]
    return computed_factor(printed_unit, unit)


def computed_factor(printed_unit: str, unit: str) -> float:
    """The same by Pint, whatever is kept in the table."""
    forward = _one_way(printed_unit, unit)
    if forward is not None:
        return forward
    backward = _one_way(unit, printed_unit)
    if backward is not None:
        return 1.0 / backward
    raise NotConvertible(f"{printed_unit} cannot become {unit}")


def _one_way(printed_unit: str, unit: str) -> float | None:
    found, wanted = parse_unit(printed_unit, exact=True), parse_unit(unit, exact=True)
    if (plain_unit(printed_unit), plain_unit(unit)) == STOCK_OVER_FLOW:
        return 1.0
    if found.dimensionality != wanted.dimensionality and plain_unit(printed_unit) in YEARLY:
        found = found / registry(exact=True).Quantity(1, "year")
    if found.dimensionality != wanted.dimensionality:
        return None
    return float((found / wanted).to_base_units().magnitude)


def convert(number: float, printed_unit: str, unit: str) -> float:
    """A number of ``printed_unit`` in ``unit``, either way; raises UnknownUnit or NotConvertible.

    A printed amount of a calendar year becomes a yearly flow, as statistics leave "per year" away.
    """
    return number * conversion_factor(printed_unit, unit)
