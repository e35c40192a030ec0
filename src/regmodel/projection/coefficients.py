"""Every coefficient of the equations by region and year, from the records, the base year and the levers.

The projection reads these arrays and the programme has one parameter for each of them: the same numbers, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.params import BaseYear
from regmodel.projection.farming import farm_coefficients
from regmodel.projection.people import people_coefficients
from regmodel.projection.production import production_coefficients
from regmodel.projection.settlement import land_coefficients
from regmodel.projection.supply import supply_coefficients
from regmodel.scenario import Scenario
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

Array = NDArray[np.float64]
YEARS = tuple(range(BASE_YEAR + 1, LAST_YEAR + 1))

AXES: Mapping[str, tuple[str, ...]] = {
    "base_urban_population": ("REGION",),
    "base_rural_population": ("REGION",),
    "natural_growth_rate": ("REGION", "YEAR"),
    "rural_to_urban_limit_rate": ("REGION",),
    "between_region_limit_rate": ("REGION",),
    "external_migration_limit_rate": ("REGION",),
    "base_value_added": ("REGION", "SECTOR"),
    "sector_growth_limit_rate": ("REGION",),
    "sector_decline_limit_rate": ("REGION",),
    "sector_share_low": ("REGION", "SECTOR"),
    "sector_share_high": ("REGION", "SECTOR"),
    "investment_share_limit": ("REGION",),
    "output_per_investment": ("REGION",),
    "output_per_urban_resident": ("REGION", "YEAR"),
    "farm_output_per_area": ("REGION", "YEAR"),
    "base_irrigated_area": ("REGION", "TECHNOLOGY"),
    "irrigation_norm": ("REGION", "TECHNOLOGY"),
    "base_irrigation_norm": ("REGION",),
    "irrigated_area_floor": ("REGION",),
    "lining_limit": ("REGION",),
    "piping_limit": ("REGION",),
    "conversion_limit": ("REGION",),
    "energy_chemicals_water_intensity": ("REGION", "YEAR"),
    "other_industry_water_intensity": ("REGION", "YEAR"),
    "industrial_saving_limit": ("REGION", "YEAR"),
    "urban_water_norm": ("REGION",),
    "rural_water_norm": ("REGION",),
    "ecological_floor": ("REGION",),
    "consumption_ratio": ("USE",),
    "yellow_river_quota": ("REGION",),
    "river_flow_ratio": ("YEAR",),
    "groundwater_limit": ("REGION", "YEAR"),
    "local_surface_limit": ("REGION", "YEAR"),
    "domestic_sewage_share": ("REGION",),
    "industrial_sewage_share": ("REGION",),
    "reclaimed_ceiling_share": ("REGION", "YEAR"),
    "mine_water_limit": ("REGION", "YEAR"),
    "transferable_consumption_share": ("REGION",),
    "base_urban_land": ("REGION",),
    "residential_land_norm": ("REGION",),
    "land_per_output": ("REGION", "YEAR"),
    "reused_land_limit": ("REGION", "YEAR"),
    "rural_release_norm": ("REGION",),
    "swap_ratio": ("REGION",),
}


@dataclass(frozen=True)
class Coefficients:
    """Arrays by name; axes as in ``AXES``, in memory units.

    ``yellow_river`` names the regions that hold a quota; ``base_supply`` (region, source, use) is what the base year
    took, hm3 a year.
    """

    regions: RegionSets
    base: BaseYear
    values: Mapping[str, Array]
    yellow_river: tuple[str, ...]
    base_supply: Array

    def __getitem__(self, name: str) -> Array:
        return self.values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)


def coefficients(scenario: Scenario, base: BaseYear) -> Coefficients:
    """All coefficients of a scenario; raises InputProblems where a record that is needed is missing."""
    usable = {lever.id: lever.usable_share for lever in scenario.levers}
    values: dict[str, Array] = {}
    for part in (people_coefficients, production_coefficients, farm_coefficients):
        values.update(part(scenario.book, base, usable))
    supplied, holders, taken = supply_coefficients(scenario, base, usable)
    values.update(supplied)
    values.update(land_coefficients(scenario.book, base, usable))
    missing = set(AXES) ^ set(values)
    if missing:
        raise AssertionError(f"coefficients and their axes disagree: {sorted(missing)}")
    return Coefficients(base.regions, base, values, holders, taken)
