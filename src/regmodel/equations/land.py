"""Land: the stock of urban construction land, what it must hold, and the quota for new land."""

from __future__ import annotations

from regmodel.vocabulary.equation import equation
from regmodel.vocabulary.units import (
    Km2,
    Km2PerWanPerson,
    Km2PerYear,
    Km2YearPerYiYuan,
    Ratio,
    WanPerson,
    Years,
    YiYuanPerYear,
)


@equation(
    "land.closing_urban_land",
    formula="opening_urban_land + step * new_urban_land",
    source="stock and flow of urban construction land",
    source_zh="城镇建设用地的存量与流量关系",
)
def closing_urban_land(*, opening_urban_land: Km2, new_urban_land: Km2PerYear, step: Years) -> Km2:
    """Urban construction land at the end of a year."""
    return opening_urban_land + step * new_urban_land


@equation(
    "land.residential_land",
    formula="urban_population * residential_land_norm",
    source="the part of urban land that scales with people",
    source_zh="城镇建设用地中随人口变化的部分",
)
def residential_land(*, urban_population: WanPerson, residential_land_norm: Km2PerWanPerson) -> Km2:
    """Urban land that town residents need at the norm per head."""
    return urban_population * residential_land_norm


@equation(
    "land.production_land",
    formula="value_added * land_per_output",
    source="the part of urban land that scales with output outside farming, less each year as density rises",
    source_zh="城镇建设用地中随非农产出变化的部分，随地均产出提高逐年减少",
)
def production_land(*, value_added: YiYuanPerYear, land_per_output: Km2YearPerYiYuan) -> Km2:
    """Urban land that production outside farming needs."""
    return value_added * land_per_output


@equation(
    "land.urban_land_reserve",
    formula="urban_land + reused_land - residential_land - production_land",
    source="what there is and what is brought back into use, less what is needed",
    source_zh="已有与盘活的用地减去所需用地",
)
def urban_land_reserve(*, urban_land: Km2, reused_land: Km2, residential_land: Km2, production_land: Km2) -> Km2:
    """Urban land not needed yet; negative means that people or production do not fit."""
    return urban_land + reused_land - residential_land - production_land


@equation(
    "land.quota_with_swaps",
    formula="land_quota + swap_ratio * rural_land_released",
    source="quota for new urban land, enlarged where rural construction land is given back (增减挂钩)",
    source_zh="新增城镇建设用地指标，农村建设用地复垦后相应增加（增减挂钩）",
)
def quota_with_swaps(*, land_quota: Km2, swap_ratio: Ratio, rural_land_released: Km2) -> Km2:
    """New urban land that may be taken in a plan period."""
    return land_quota + swap_ratio * rural_land_released


@equation(
    "land.land_excess",
    formula="urban_land - urban_population * land_standard",
    source="land per head against a standard, cleared of the quotient so that it is linear",
    source_zh="人均用地与标准之比较，去分母化为线性",
)
def land_excess(*, urban_land: Km2, urban_population: WanPerson, land_standard: Km2PerWanPerson) -> Km2:
    """Urban land above what a standard per head allows; never positive where the standard is kept."""
    return urban_land - urban_population * land_standard
