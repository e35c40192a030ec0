"""How wide an interval has to be by what the model missed before: the scored errors of the last back-cast."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from regmodel.runs.scoring import HEADCOUNTS, URBAN_SHARE, Key
from regmodel.vocabulary.regions import RegionSets

YEARS_SCORED = 10
_BALANCE = ("population", "urban_population")


def typical_errors(scores: Sequence[Mapping[str, Any]], regions: RegionSets) -> dict[str, float]:
    """Root mean square error by variable, as a share of what was observed, over single regions.

    Country people were not scored: what is wrong about all people and about town residents is wrong about them.
    """
    errors: dict[str, list[float]] = {}
    for row in scores:
        if row["region"] in regions.ids() and row["observed"]:
            errors.setdefault(str(row["variable"]), []).append(row["projected"] / row["observed"] - 1)
    return {variable: math.sqrt(sum(e * e for e in found) / len(found)) for variable, found in errors.items()}


def deviations(
    keys: Iterable[Key], values: Mapping[Key, float], errors: Mapping[str, float], regions: RegionSets, base: int
) -> dict[Key, float]:
    """What each value may miss by, in its own unit: the scored error, in proportion to the years since the base.

    Errors of regions are taken as independent of one another; a set holds the quadrature of its members. The total of
    a whole pool was imposed when the errors were scored: they say nothing about it, and it gets none.
    """
    found = {}
    for key in keys:
        variable, place, year = key
        missed = _missed(variable, place, year, values, errors, regions)
        if missed is not None:
            found[key] = missed * (year - base) / YEARS_SCORED
    return found


def _missed(
    variable: str,
    place: str,
    year: int,
    values: Mapping[Key, float],
    errors: Mapping[str, float],
    regions: RegionSets,
) -> float | None:
    """The miss after the years of the back-cast; None for a variable that it did not score."""
    members = regions.members(place)
    if variable == "rural_population":
        parts = [_missed(name, place, year, values, errors, regions) for name in _BALANCE]
        return None if None in parts else math.hypot(*(part for part in parts if part is not None))
    if variable not in errors or any((variable, member, year) not in values for member in members):
        return None
    own = [errors[variable] * values[variable, member, year] for member in members]
    if variable in HEADCOUNTS:
        return 0.0 if variable == "population" and _is_pool(members, regions) else math.hypot(*own)
    if variable == URBAN_SHARE:
        people = [values["population", member, year] for member in members]
        return math.hypot(*(part * count for part, count in zip(own, people, strict=True))) / sum(people)
    return None


def _is_pool(members: Sequence[str], regions: RegionSets) -> bool:
    parents = {regions.region(member).parent for member in members}
    pool = {region.id for region in regions.regions if region.parent in parents}
    return len(members) > 1 and len(parents) == 1 and pool == set(members)
