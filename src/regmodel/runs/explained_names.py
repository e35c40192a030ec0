"""Which equation gives a variable, and which coefficient or variable an argument of an equation is."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.vocabulary.equation import CATALOGUE
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.sets import SECTORS, TECHNOLOGIES, USES, WATER_SOURCES

OF_USE = {"domestic": "domestic", "industry": "industry", "irrigation": "agriculture", "ecology": "ecological"}

# Variables that are sums of others, as the accounts add them up.
SUMS: Mapping[str, tuple[str, ...]] = {
    "water_use_total": tuple(f"water_use_{name}" for name in OF_USE.values()),
    "water_shortage": tuple(f"water_shortage_{name}" for name in OF_USE.values()),
    "va_primary": ("va_agriculture",),
    "va_tertiary": ("va_services",),
}
# Variables that are sums over what each source gives each use; the axis of (source, use) that is held, and its place.
SUPPLIES: Mapping[str, tuple[str, int]] = {
    **{f"water_supply_{source}": ("source", place) for place, source in enumerate(WATER_SOURCES)},
    **{f"water_use_{OF_USE[use]}": ("use", place) for place, use in enumerate(USES)},
}
# One equation is asked for each use in turn: which of its calls is meant.
TURN: Mapping[str, int] = {f"water_shortage_{OF_USE[use]}": place for place, use in enumerate(USES)}
# Variables that are decided, by rules or by the programme, and the decision that they show.
DECIDED: Mapping[str, str] = {
    **{f"va_{sector}": "value_added" for sector in SECTORS},
    "new_urban_construction_land": "new_urban_land",
    "reused_urban_land": "reused_land",
    "rural_land_released": "rural_land_released",
}
# What a variable is in the base year: the coefficients that hold it, whose records are its sources.
BASE: Mapping[str, tuple[str, ...]] = {
    "urban_population": ("base_urban_population",),
    "rural_population": ("base_rural_population",),
    "population": ("base_urban_population", "base_rural_population"),
    "gdp": ("base_value_added",),
    **{f"va_{sector}": ("base_value_added",) for sector in (*SECTORS, "primary", "secondary", "tertiary")},
    "urban_construction_land": ("base_urban_land",),
    "yellow_river_allowance": ("yellow_river_quota",),
}
# The same quantity under the name that an equation's argument has.
COEFFICIENT_OF: Mapping[str, str] = {
    "icor": "output_per_investment",
    **{f"{name}_norm": "irrigation_norm" for name in TECHNOLOGIES},
    **{f"{use}_consumption_ratio": "consumption_ratio" for use in USES},
}
VARIABLE_OF: Mapping[str, str] = {
    **{f"{sector}_value_added": f"va_{sector}" for sector in SECTORS},
    "urban_land": "urban_construction_land",
    "opening_gdp": "gdp",
    "opening_population": "population",
    "opening_urban_population": "urban_population",
    "opening_rural_population": "rural_population",
    "opening_urban_land": "urban_construction_land",
}
DECISION_OF: Mapping[str, str] = {
    **{f"{name}_area": "irrigated_area" for name in TECHNOLOGIES},
    **{f"{use}_supply": "supply" for use in USES},
    "supplied": "supply",
}


def equation_of(name: str) -> str | None:
    """The entry of the catalogue that gives a variable or an argument; None where it is no equation's result."""
    terms = read_glossary()
    told = terms[name].equation if name in terms else None
    if told is not None and name not in SUMS and name not in SUPPLIES:
        return told
    return next((entry for entry in CATALOGUE if entry.partition(".")[2] == name), None)
