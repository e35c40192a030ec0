"""What can be decided, by rules of behaviour or by the programme; everything else follows from the accounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Decisions:
    """Arrays over region and year (2021 to 2035), with axes named where there are more; memory units.

    A trailing scenario axis may follow every array: the accounts never look beyond the axes named here.
    """

    rural_to_urban_moves: Array
    arrivals: Array
    urban_departures: Array
    rural_departures: Array
    urban_external_migration: Array
    rural_external_migration: Array
    value_added: Array  # region, sector, year
    irrigated_area: Array  # region, technology, year
    industrial_saving: Array
    ecological_use: Array
    supply: Array  # region, source, use, year
    rights_bought: Array
    rights_sold: Array
    new_urban_land: Array
    reused_land: Array  # standing total, not a yearly flow
    rural_land_released: Array  # standing total, not a yearly flow
