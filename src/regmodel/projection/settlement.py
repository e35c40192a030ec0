"""Coefficients of land: the stock of urban construction land, norms, density, reuse and swaps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.params import BaseYear, ParameterBook
from regmodel.projection.people import by_region
from regmodel.projection.production import ELAPSED, outside_farming

Array = NDArray[np.float64]


def land_coefficients(book: ParameterBook, base: BaseYear, usable: Mapping[str, float]) -> dict[str, Array]:
    """Base stock (km2), norm of the residential part (km2 per 10^4 persons), land per output, limits (km2)."""
    per_head = by_region(book, base, "land.urban_land_per_head_2020")
    residential = by_region(book, base, "land.residential_part")
    stock = per_head * base.urban_population
    per_output = (1 - residential) * stock / outside_farming(base.value_added)
    density = 1 + by_region(book, base, "land.output_density_growth")[:, None]
    reuse = by_region(book, base, "land.reuse_limit") * stock * usable["redevelopment"]
    release = by_region(book, base, "land.rural_release_limit") * usable["land_swap"]
    return {
        "base_urban_land": stock,
        "residential_land_norm": residential * per_head,
        "land_per_output": per_output[:, None] / density**ELAPSED,
        "reused_land_limit": reuse[:, None] * ELAPSED,
        "rural_release_norm": release,
        "swap_ratio": by_region(book, base, "lever.land_swap.ratio"),
    }
