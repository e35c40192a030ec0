"""Coefficients of output: how fast sectors may move, what investment and people carry, what industry takes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.params import BaseYear, ParameterBook
from regmodel.projection.people import by_region
from regmodel.vocabulary.sets import BASE_YEAR, INDUSTRY, LAST_YEAR, SECTORS, USES

Array = NDArray[np.float64]
ELAPSED = np.arange(1, LAST_YEAR - BASE_YEAR + 1, dtype=float)
_AGRICULTURE = SECTORS.index("agriculture")
_INDUSTRY = [SECTORS.index(sector) for sector in INDUSTRY]


def outside_farming(value_added: Array) -> Array:
    """Value added of all sectors but agriculture; the sector axis is the second."""
    total: Array = value_added.sum(axis=1) - value_added[:, _AGRICULTURE]
    return total


def production_coefficients(book: ParameterBook, base: BaseYear, usable: Mapping[str, float]) -> dict[str, Array]:
    """Ramps, share bands, investment and job ceilings, industrial water intensities and saving limits."""
    shares = base.value_added / base.value_added.sum(axis=1, keepdims=True)
    band = by_region(book, base, "output.sector_share_band")[:, None]
    per_resident = outside_farming(base.value_added) / base.urban_population
    productivity = 1 + by_region(book, base, "output.labour_productivity_growth")[:, None]
    slack = by_region(book, base, "output.job_slack")
    industry_use = base.water_use[:, USES.index("industry")]
    intensity = industry_use / base.value_added[:, _INDUSTRY].sum(axis=1)
    decline = 1 - by_region(book, base, "water.industrial_intensity_decline")[:, None]
    intensities = intensity[:, None] * decline**ELAPSED
    saving = by_region(book, base, "water.industrial_saving_capacity") * industry_use * usable["industrial_saving"]
    return {
        "base_value_added": base.value_added,
        "sector_growth_limit_rate": by_region(book, base, "output.sector_growth_limit"),
        "sector_decline_limit_rate": -by_region(book, base, "output.sector_decline_limit"),
        "sector_share_low": np.clip(shares - band, 0.0, None),
        "sector_share_high": np.clip(shares + band, None, 1.0),
        "investment_share_limit": by_region(book, base, "output.investment_share_limit"),
        "output_per_investment": 1 / by_region(book, base, "output.icor"),
        "output_per_urban_resident": (slack * per_resident)[:, None] * productivity**ELAPSED,
        "energy_chemicals_water_intensity": intensities,
        "other_industry_water_intensity": intensities,
        "industrial_saving_limit": saving[:, None] * ready(book, "water.industrial_saving_lead_time"),
    }


def ready(book: ParameterBook, lead_time: str) -> Array:
    """The part of a lever's capacity that stands in each year: equal steps until its lead time (years) is over."""
    built: Array = np.clip(ELAPSED / book.value(lead_time), None, 1.0)
    return built
