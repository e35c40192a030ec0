"""A trajectory: every variable of the accounts by region and set, year and unit, in the exchange shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.environment import load_increase, public_water_increase
from regmodel.equations.population import urbanisation_rate
from regmodel.params import ParameterBook
from regmodel.projection.accounts import account
from regmodel.projection.coefficients import Coefficients
from regmodel.projection.decisions import Decisions
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
COLUMNS = ("scenario", "region", "variable", "unit", "year", "value")
LOADS = {
    "urban_sewage_increase": "coef_sewage",
    "urban_so2_increase": "coef_so2",
    "industrial_solid_waste_increase": "coef_solid_waste",
}
PUBLIC_WATER = {"urban_public_water_increase": "coef_public_water"}

# Exchange variable, its printed unit, and the factor from memory to that unit.
PRINTED: Mapping[str, tuple[str, float]] = {
    "population": ("10^4 persons", 1.0),
    "urban_population": ("10^4 persons", 1.0),
    "rural_population": ("10^4 persons", 1.0),
    "natural_increase": ("10^4 persons", 1.0),
    "gdp": ("10^8 CNY", 1.0),
    "required_investment": ("10^8 CNY", 1.0),
    "va_agriculture": ("10^8 CNY", 1.0),
    "va_energy_chemicals": ("10^8 CNY", 1.0),
    "va_other_industry": ("10^8 CNY", 1.0),
    "va_construction": ("10^8 CNY", 1.0),
    "va_services": ("10^8 CNY", 1.0),
    "va_primary": ("10^8 CNY", 1.0),
    "va_secondary": ("10^8 CNY", 1.0),
    "va_tertiary": ("10^8 CNY", 1.0),
    "water_use_total": ("10^8 m3", 0.01),
    "water_use_domestic": ("10^8 m3", 0.01),
    "water_use_industry": ("10^8 m3", 0.01),
    "water_use_agriculture": ("10^8 m3", 0.01),
    "water_use_ecological": ("10^8 m3", 0.01),
    "water_needed": ("10^8 m3", 0.01),
    "water_shortage": ("10^8 m3", 0.01),
    "water_shortage_domestic": ("10^8 m3", 0.01),
    "water_shortage_industry": ("10^8 m3", 0.01),
    "water_shortage_agriculture": ("10^8 m3", 0.01),
    "water_shortage_ecological": ("10^8 m3", 0.01),
    "water_supply_yellow_river": ("10^8 m3", 0.01),
    "water_supply_local_surface": ("10^8 m3", 0.01),
    "water_supply_groundwater": ("10^8 m3", 0.01),
    "water_supply_reclaimed": ("10^8 m3", 0.01),
    "water_supply_mine_water": ("10^8 m3", 0.01),
    "verified_saving": ("10^8 m3", 0.01),
    "collected_sewage": ("10^8 m3", 0.01),
    "yellow_river_consumption": ("10^8 m3", 0.01),
    "yellow_river_consumption_outside_homes": ("10^8 m3", 0.01),
    "yellow_river_allowance": ("10^8 m3", 0.01),
    "urban_construction_land": ("km2", 1.0),
    "new_urban_construction_land": ("km2", 1.0),
    "reused_urban_land": ("km2", 1.0),
    "rural_land_released": ("km2", 1.0),
    "urban_land_reserve": ("km2", 1.0),
}


@dataclass(frozen=True)
class Trajectory:
    """All variables by name, (region, year from 2020) in memory units, with the sets that they are summed over."""

    scenario: str
    regions: RegionSets
    values: Mapping[str, Array]

    def total(self, variable: str, place: str) -> Array:
        """A variable summed over a region or a set of regions, one value a year (memory units)."""
        summed: Array = self.values[variable][self.regions.indices(place)].sum(axis=0)
        return summed

    def share_in_towns(self, place: str) -> Array:
        """Urban share (0 to 1) of a region or a set, one value a year."""
        share: Array = urbanisation_rate(
            urban_population=self.total("urban_population", place), population=self.total("population", place)
        )
        return share


def trace(scenario: str, paths: Coefficients, chosen: Decisions) -> Trajectory:
    """The trajectory that follows from decisions through the accounts."""
    return Trajectory(scenario, paths.regions, account(paths, chosen))


def indicators(
    trajectory: Trajectory, book: ParameterBook, coefficients: Mapping[str, float]
) -> dict[str, tuple[str, Array]]:
    """The plan's own environmental coefficients applied to the path's urban share: indicator, printed unit, values.

    ``coefficients`` holds the clause values by clause id, per percentage point, as printed.
    """
    share = trajectory.share_in_towns(trajectory.regions.home)
    points = {"urbanisation_rate": 100 * share, "base_urbanisation_rate": 100 * share[0]}
    found = {}
    for name, clause in LOADS.items():
        if clause in coefficients:
            value = load_increase(load_per_urbanisation_point=coefficients[clause], **points)
            found[name] = ("10^4 t", value)
    for name, clause in PUBLIC_WATER.items():
        if clause in coefficients:
            value = public_water_increase(public_water_per_urbanisation_point=coefficients[clause], **points)
            found[name] = ("10^4 m3", value)
    return found


def exchange_frame(trajectory: Trajectory, book: ParameterBook, coefficients: Mapping[str, float]) -> pd.DataFrame:
    """The trajectory as a long frame with the columns of ``COLUMNS``, printed units, regions and sets."""
    import pandas as pd

    years = np.arange(BASE_YEAR, LAST_YEAR + 1)
    series: list[tuple[str, str, str, Array]] = []
    for place in (*trajectory.regions.ids(), *trajectory.regions.sets):
        for variable, (unit, factor) in PRINTED.items():
            series.append((place, variable, unit, factor * trajectory.total(variable, place)))
        series.append((place, "urbanisation_rate", "%", 100 * trajectory.share_in_towns(place)))
    for name, (unit, values) in indicators(trajectory, book, coefficients).items():
        series.append((trajectory.regions.home, name, unit, values))
    # Flows begin a year after the base year: they have one value less.
    lengths = [len(values) for *_, values in series]
    columns: dict[str, Any] = {
        name: np.repeat(np.array([one[place] for one in series], dtype=object), lengths)
        for place, name in enumerate(("region", "variable", "unit"))
    }
    columns["scenario"] = trajectory.scenario
    columns["year"] = np.concatenate([years[-length:] for length in lengths])
    columns["value"] = np.concatenate([values for *_, values in series])
    return pd.DataFrame({name: columns[name] for name in COLUMNS})
