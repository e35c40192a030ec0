"""Load of water and land by region and year: what the trend takes as a share of what may be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regmodel.feasibility.caps import CAP_YEAR, Caps
from regmodel.feasibility.numbers import printed_totals
from regmodel.params import BaseYear, base_year, convert
from regmodel.projection.trajectory import Trajectory
from regmodel.scenario import ActiveClause, Scenario
from regmodel.vocabulary.many import stacked
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

YEARS = tuple(range(BASE_YEAR, LAST_YEAR + 1))
USE, NEED, LAND = "water_use", "water_need", "land"
ELEMENTS = {USE: "water", NEED: "water", LAND: "land"}
_UNCONVENTIONAL = ("water_supply_reclaimed", "water_supply_mine_water")


@dataclass(frozen=True)
class Load:
    """Load of one region by year from the base year on; ``assumed`` where no document prints the limit.

    ``measure`` is water_use (what is taken), water_need (what would be taken if nothing ran short) or land;
    ``limits`` are in memory units, by year.
    """

    measure: str
    region: str
    shares: Any
    limits: Any
    assumed: bool


def loads(scenario: Scenario, path: Trajectory) -> list[Load]:
    """Every load that has a limit; a region without one has none."""
    base = base_year(scenario.book, printed_totals(scenario))
    by_id = {active.clause.id: active for active in scenario.clauses if active.enabled}
    caps = Caps(scenario, base, by_id)
    regions = scenario.book.regions
    places = [regions.home, *(region for region in regions.ids() if region != regions.home)]
    found: list[Load] = []
    for place in places:
        found += _water(caps, path, place)
    for place in places:
        found += _land(by_id, base, path, place)
    return found


def _water(caps: Caps, path: Trajectory, place: str) -> list[Load]:
    """Use and need against the cap; before the cap stands, against its first figure."""
    stem = f"cap.water_use_total.{place}"
    standing = [caps.by_id[name] for name in (f"{stem}.{CAP_YEAR}", f"{stem}.2030") if name in caps.by_id]
    if not standing:
        return []
    limits = [_limit(caps, standing, max(year, CAP_YEAR)) for year in YEARS]
    if any(limit is None for limit in limits):
        return []
    limit = stacked(limits)
    outside = _outside(caps, standing[0], path, place)
    assumed = standing[0].clause.assumed
    return [
        Load(measure, place, (path.total(variable, place) - outside) / limit, limit, assumed)
        for measure, variable in ((USE, "water_use_total"), (NEED, "water_needed"))
    ]


def _limit(caps: Caps, standing: list[ActiveClause], year: int) -> Any:
    """The cap that holds in a year; None where none does."""
    known = [cap for cap in (caps.cap(active, year) for active in standing) if cap is not None]
    return known[-1] if known else None


def _outside(caps: Caps, active: ActiveClause, path: Trajectory, place: str) -> Any:
    """Water that does not count against the cap, as the cap is read."""
    if caps.counting(active) != "not_counted":
        return 0.0
    return sum(path.total(variable, place) for variable in _UNCONVENTIONAL)


def _land(by_id: dict[str, ActiveClause], base: BaseYear, path: Trajectory, place: str) -> list[Load]:
    """Urban construction land against the urban boundary: its area, or a multiple of the stock of the base year.

    A league without a figure of its own is measured against the region's multiple, which is then assumed.
    """
    stock = path.total("urban_construction_land", place)
    area = by_id.get(f"cap.urban_boundary_area.{place}.{LAST_YEAR}")
    home = base.regions.home
    inside = set(base.regions.members(place)) <= set(base.regions.members(home))
    own = by_id.get(f"cap.urban_boundary_expansion.{place}.{LAST_YEAR}")
    borrowed = by_id.get(f"cap.urban_boundary_expansion.{home}.{LAST_YEAR}") if inside else None
    if area is not None and area.clause.value is not None:
        limit: Any = convert(area.clause.value + area.ease_high, area.clause.unit, "km2")
    else:
        multiple = own or borrowed
        if multiple is None or multiple.clause.value is None:
            return []
        limit = (multiple.clause.value + multiple.ease_high) * stock[0]
    limits = stacked([limit] * len(YEARS))
    return [Load(LAND, place, stock / limits, limits, area is None and own is None)]


def class_of(share: Any, starts: list[float]) -> Any:
    """Position of the class that a load belongs to."""
    return np.searchsorted(np.array(starts), share, side="right") - 1
