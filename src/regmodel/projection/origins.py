"""Which records and figures each coefficient is made of; a test moves every record and sees which arrays follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_PEOPLE = ("figure:population", "figure:urban_population")
_SECTORS = (
    "figure:gdp",
    "figure:va_primary",
    "figure:va_secondary",
    "figure:va_tertiary",
    "output.gdp_base",
    "output.primary_share_base",
    "output.secondary_share_base",
)
_INDUSTRY = (*_SECTORS, "output.construction_share_of_secondary")
_OUTPUT = (*_INDUSTRY, "output.energy_chemical_share_of_industry")
_PRINTED_USE = (
    "figure:water_use_total",
    "figure:water_use_domestic",
    "figure:water_use_industry",
    "figure:water_use_agriculture",
    "figure:water_use_ecological",
)
_HOMES = ("figure:domestic_norm_with_urban_public", "water.rural_domestic_norm", *_PRINTED_USE, *_PEOPLE)
# One intensity holds for all industry of the base year, so that its water follows output and nothing else.
_INTENSITY = (
    "figure:gdp",
    "figure:va_primary",
    "figure:va_secondary",
    "figure:va_tertiary",
    "output.construction_share_of_secondary",
    "water.industrial_intensity_base",
    *_PRINTED_USE,
)
# Fields get what the other uses leave, so that they depend on all of them.
_FIELDS = (
    "water.use_base",
    "water.ecological_share_base",
    "water.industrial_intensity_base",
    *_HOMES,
    *_INDUSTRY,
)
_AREA = ("figure:irrigated_cropland", "figure:irrigation_gross_norm", *_FIELDS)
# Water per area is the mean norm wherever no area was surveyed; it moves where one was.
_WATER_PER_AREA = (
    "figure:irrigated_cropland",
    "figure:irrigation_gross_norm",
    "figure:gdp",
    "figure:va_primary",
    "figure:va_secondary",
    "figure:va_tertiary",
    "water.use_base",
    *_HOMES,
)
_SPLIT = ("water.irrigation_technology_split",)
_TAKEN = (
    "water.groundwater_share_rest",
    "water.yellow_river_share_irrigation",
    "water.reclaimed_rate_2020",
    "water.sewage_collection",
    "water.sewage_return_share",
    "water.industrial_discharge",
    *_FIELDS,
)

ORIGINS: Mapping[str, tuple[str, ...]] = {
    "base_urban_population": ("figure:urban_population",),
    "base_rural_population": _PEOPLE,
    "natural_growth_rate": (
        "population.natural_rate_2021",
        "population.natural_rate_yearly_change",
        "population.natural_rate_age_slope",
        "figure:age_share_60plus",
        "figure:population",
    ),
    "rural_to_urban_limit_rate": ("population.rural_to_urban_limit",),
    "between_region_limit_rate": ("population.between_city_flow_limit",),
    "external_migration_limit_rate": ("population.net_migration_band",),
    "base_value_added": _OUTPUT,
    "sector_growth_limit_rate": ("output.sector_growth_limit",),
    "sector_decline_limit_rate": ("output.sector_decline_limit",),
    "sector_share_low": ("output.sector_share_band", *_OUTPUT),
    "sector_share_high": ("output.sector_share_band", *_OUTPUT),
    "investment_share_limit": ("output.investment_share_limit",),
    "output_per_investment": ("output.icor",),
    "output_per_urban_resident": (
        "output.job_slack",
        "output.labour_productivity_growth",
        "figure:urban_population",
        *_SECTORS,
    ),
    "farm_output_per_area": ("output.farm_yield_growth", *_AREA),
    "base_irrigated_area": (*_SPLIT, *_AREA),
    "irrigation_norm": ("water.irrigation_quota", *_SPLIT, *_WATER_PER_AREA),
    "base_irrigation_norm": _WATER_PER_AREA,
    "irrigated_area_floor": ("water.irrigated_area_floor", *_AREA),
    "lining_limit": ("water.conversion_limit", *_AREA),
    "piping_limit": ("water.conversion_limit", *_AREA),
    "conversion_limit": ("water.conversion_limit", *_AREA),
    "energy_chemicals_water_intensity": ("water.industrial_intensity_decline", *_INTENSITY),
    "other_industry_water_intensity": ("water.industrial_intensity_decline", *_INTENSITY),
    "industrial_saving_limit": (
        "water.industrial_saving_capacity",
        "water.industrial_saving_lead_time",
        "water.industrial_intensity_base",
        *_PRINTED_USE,
        *_INDUSTRY,
    ),
    "urban_water_norm": _HOMES,
    "rural_water_norm": _HOMES,
    "ecological_floor": ("water.ecological_floor", "water.ecological_share_base", "water.use_base", *_PRINTED_USE),
    "consumption_ratio": (
        "figure:consumption_ratio_domestic",
        "figure:consumption_ratio_industry",
        "figure:consumption_ratio_agriculture",
        "water.consumption_ratio_ecology",
    ),
    "yellow_river_quota": ("water.yellow_river_quota",),
    "river_flow_ratio": ("water.dry_years", "water.dry_year_factor"),
    "groundwater_limit": ("water.groundwater_glide", *_TAKEN),
    "local_surface_limit": ("water.other_surface_headroom", "water.conveyance_lead_time", *_TAKEN),
    "domestic_sewage_share": ("water.sewage_collection", "water.sewage_return_share"),
    "industrial_sewage_share": ("water.industrial_discharge",),
    "reclaimed_ceiling_share": ("water.reclaimed_rate_2020", "water.reclaimed_lead_time"),
    "mine_water_limit": (
        "water.mine_water",
        "water.mine_water_lead_time",
        "output.energy_chemical_share_of_industry",
        *_SECTORS,
    ),
    "transferable_consumption_share": ("water.transfer_of_saving", "figure:consumption_ratio_agriculture"),
    "base_urban_land": ("land.urban_land_per_head_2020", "figure:urban_population"),
    "residential_land_norm": ("land.urban_land_per_head_2020", "land.residential_part"),
    "land_per_output": (
        "land.urban_land_per_head_2020",
        "land.residential_part",
        "land.output_density_growth",
        "figure:urban_population",
        *_SECTORS,
    ),
    "reused_land_limit": ("land.reuse_limit", "land.urban_land_per_head_2020", "figure:urban_population"),
    "rural_release_norm": ("land.rural_release_limit",),
    "swap_ratio": ("lever.land_swap.ratio",),
    "swap_limit": ("lever.land_swap.limit",),
}

# Bodies of clause rows: what stands behind their bounds and factors besides the clause's own number and record.
ROW_ORIGINS: Mapping[str, tuple[str, ...]] = {
    "urban_share": _PEOPLE,
    "urban_level": ("figure:urban_population",),
    "output_growth": ("figure:gdp", "figure:va_primary", "figure:va_secondary", "figure:va_tertiary"),
    "land_residential_part": ("figure:urban_construction_land_per_capita_max",),
    "land_all_urban_land": ("figure:urban_construction_land_per_capita_max",),
    "water_total": ("water.cap_after_2025", "water.use_base", *_PRINTED_USE),
    "water_per_gdp": ("figure:gdp", "water.use_base", *_PRINTED_USE),
    "water_per_industry": _INTENSITY,
    "river": ("water.dry_years", "water.dry_year_factor"),
    "wells": ("water.groundwater_glide", *_TAKEN),
    "permits": (
        "figure:consumption_ratio_agriculture",
        "water.yellow_river_share_irrigation",
        "water.use_base",
        *_HOMES,
        *_SECTORS,
    ),
    "residents": ("population.region_path_growth", "figure:population"),
}


def origins(coefficients: Iterable[str], bodies: Iterable[str] = ()) -> tuple[str, ...]:
    """Stems of the records and figures behind coefficients and bodies of clause rows, each once, in order."""
    stems = {stem for name in coefficients for stem in ORIGINS.get(name, ())}
    stems |= {stem for body in bodies for stem in ROW_ORIGINS.get(body, ())}
    return tuple(sorted(stems))
