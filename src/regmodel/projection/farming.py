"""Coefficients of irrigation: areas and gross norms by technology class, calibrated to the base year's farm use."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.params import BaseYear, ParameterBook
from regmodel.projection.people import by_region
from regmodel.projection.production import ELAPSED
from regmodel.vocabulary.many import plain, stacked
from regmodel.vocabulary.sets import SECTORS, TECHNOLOGIES, USES

Array = NDArray[np.float64]
_AREA_YEAR = 2019
_NORM_YEAR = 2022


def irrigated_areas(book: ParameterBook, base: BaseYear) -> Array:
    """Irrigated area by region (km2): as surveyed where published, else farm use over the mean gross norm."""
    mean_norm = book.figure("irrigation_gross_norm", base.regions.home, _NORM_YEAR)
    areas = base.water_use[:, USES.index("irrigation")] / mean_norm
    for index, region in enumerate(base.regions.ids()):
        surveyed = book.find_figure("irrigated_cropland", region, _AREA_YEAR)
        if surveyed is not None:
            areas[index] = surveyed.value
    return areas


def farm_coefficients(book: ParameterBook, base: BaseYear, usable: Mapping[str, float]) -> dict[str, Array]:
    """Areas (region, technology), norms scaled so that the base mix takes the base use, limits of conversion."""
    areas = irrigated_areas(book, base)
    split = stacked([book.value(f"water.irrigation_technology_split.{name}") for name in TECHNOLOGIES])
    split = split / split.sum()
    norms = stacked([book.value(f"water.irrigation_quota.{name}") for name in TECHNOLOGIES])
    base_norm = base.water_use[:, USES.index("irrigation")] / areas
    scale = base_norm / plain(split @ norms)
    conversion = by_region(book, base, "water.conversion_limit") * areas
    farming = base.value_added[:, SECTORS.index("agriculture")]
    growth = 1 + by_region(book, base, "output.farm_yield_growth")[:, None]
    return {
        "base_irrigated_area": areas[:, None] * split,
        "irrigation_norm": scale[:, None] * norms,
        "base_irrigation_norm": base_norm,
        "irrigated_area_floor": by_region(book, base, "water.irrigated_area_floor") * areas,
        "conversion_limit": conversion,
        "lining_limit": conversion * usable["canal_lining"],
        "piping_limit": conversion * usable["pipe_drip"],
        "farm_output_per_area": (farming / areas)[:, None] * growth**ELAPSED,
    }
