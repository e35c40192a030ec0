"""Water: what is taken (use), from which source, and what does not come back (consumption): two accounts, two caps."""

from __future__ import annotations

from regmodel.vocabulary.equation import equation
from regmodel.vocabulary.units import (
    Hm3PerYear,
    Hm3PerYiYuan,
    Hm3YearPerKm2,
    Hm3YearPerWanPerson,
    Km2,
    Ratio,
    Share,
    WanPerson,
    YiYuanPerYear,
)


@equation(
    "water.irrigation_use",
    formula=(
        "canal_unlined_area * canal_unlined_norm + canal_lined_area * canal_lined_norm"
        " + pipe_sprinkler_area * pipe_sprinkler_norm + drip_area * drip_norm"
    ),
    source="gross norms by technology class, scaled to the base year's farm use",
    source_zh="分灌溉方式的毛灌溉定额，按基年农业用水校准",
)
def irrigation_use(
    *,
    canal_unlined_area: Km2,
    canal_unlined_norm: Hm3YearPerKm2,
    canal_lined_area: Km2,
    canal_lined_norm: Hm3YearPerKm2,
    pipe_sprinkler_area: Km2,
    pipe_sprinkler_norm: Hm3YearPerKm2,
    drip_area: Km2,
    drip_norm: Hm3YearPerKm2,
) -> Hm3PerYear:
    """Water that irrigation takes; how it is applied decides how much."""
    canals = canal_unlined_area * canal_unlined_norm + canal_lined_area * canal_lined_norm
    return canals + pipe_sprinkler_area * pipe_sprinkler_norm + drip_area * drip_norm


@equation(
    "water.industrial_use",
    formula=(
        "energy_chemicals_value_added * energy_chemicals_water_intensity"
        " + other_industry_value_added * other_industry_water_intensity - industrial_saving"
    ),
    source="intensity of the base year (use over value added in prices of 2020), declining; saving as priced blocks",
    source_zh="基年用水强度（用水量与2020年价增加值之比）逐年下降；节水按分级成本计",
)
def industrial_use(
    *,
    energy_chemicals_value_added: YiYuanPerYear,
    energy_chemicals_water_intensity: Hm3PerYiYuan,
    other_industry_value_added: YiYuanPerYear,
    other_industry_water_intensity: Hm3PerYiYuan,
    industrial_saving: Hm3PerYear,
) -> Hm3PerYear:
    """Water that industry takes, less what it saves beyond the trend."""
    energy = energy_chemicals_value_added * energy_chemicals_water_intensity
    return energy + other_industry_value_added * other_industry_water_intensity - industrial_saving


@equation(
    "water.urban_domestic_use",
    formula="urban_population * urban_water_norm",
    source="gross norm of the regional bulletin, public services in towns included; losses are inside it",
    source_zh="自治区水资源公报的毛用水定额，含城镇公共用水，损失计在内",
)
def urban_domestic_use(*, urban_population: WanPerson, urban_water_norm: Hm3YearPerWanPerson) -> Hm3PerYear:
    """Water taken for town residents and public services."""
    return urban_population * urban_water_norm


@equation(
    "water.rural_domestic_use",
    formula="rural_population * rural_water_norm",
    source="norm by assumption, scaled to the regional domestic total",
    source_zh="定额为假设，按全区生活用水总量校准",
)
def rural_domestic_use(*, rural_population: WanPerson, rural_water_norm: Hm3YearPerWanPerson) -> Hm3PerYear:
    """Water taken for country residents."""
    return rural_population * rural_water_norm


@equation(
    "water.domestic_use",
    formula="urban_domestic_use + rural_domestic_use",
    source="definition of the water bulletin",
    source_zh="水资源公报口径定义",
)
def domestic_use(*, urban_domestic_use: Hm3PerYear, rural_domestic_use: Hm3PerYear) -> Hm3PerYear:
    """Water taken for living, in town and country."""
    return urban_domestic_use + rural_domestic_use


@equation(
    "water.total_use",
    formula="domestic_use + industrial_use + irrigation_use + ecological_use",
    source="definition of the water bulletin: the four uses",
    source_zh="水资源公报口径定义：四类用水",
)
def total_use(
    *,
    domestic_use: Hm3PerYear,
    industrial_use: Hm3PerYear,
    irrigation_use: Hm3PerYear,
    ecological_use: Hm3PerYear,
) -> Hm3PerYear:
    """Water that a region needs for its four uses."""
    return domestic_use + industrial_use + irrigation_use + ecological_use


@equation(
    "water.use_shortage",
    formula="use - supplied",
    source="water needed is supplied or short: nothing is lost between",
    source_zh="需水或得到供给，或为缺水，其间无遗漏",
)
def use_shortage(*, use: Hm3PerYear, supplied: Hm3PerYear) -> Hm3PerYear:
    """What a use needs and does not get."""
    return use - supplied


@equation(
    "water.yellow_river_consumption",
    formula=(
        "domestic_supply * domestic_consumption_ratio + industry_supply * industry_consumption_ratio"
        " + irrigation_supply * irrigation_consumption_ratio + ecology_supply * ecology_consumption_ratio"
    ),
    source="consumption over use by the water bulletin; the 1987 scheme divides consumption, not use",
    source_zh="按水资源公报的耗水率；1987年分水方案分配的是耗水量，不是用水量",
)
def yellow_river_consumption(
    *,
    domestic_supply: Hm3PerYear,
    domestic_consumption_ratio: Ratio,
    industry_supply: Hm3PerYear,
    industry_consumption_ratio: Ratio,
    irrigation_supply: Hm3PerYear,
    irrigation_consumption_ratio: Ratio,
    ecology_supply: Hm3PerYear,
    ecology_consumption_ratio: Ratio,
) -> Hm3PerYear:
    """Yellow River water that does not come back, from what each use takes of the river."""
    people = domestic_supply * domestic_consumption_ratio + industry_supply * industry_consumption_ratio
    land = irrigation_supply * irrigation_consumption_ratio + ecology_supply * ecology_consumption_ratio
    return people + land


@equation(
    "water.consumption_allowance",
    formula="yellow_river_quota * river_flow_ratio + rights_bought - rights_sold",
    source="quota of the 1987 scheme, scaled in dry years, with transfers of rights (in consumption)",
    source_zh="1987年分水方案指标，枯水年按比例核减，计入水权转让（按耗水量）",
)
def consumption_allowance(
    *, yellow_river_quota: Hm3PerYear, river_flow_ratio: Ratio, rights_bought: Hm3PerYear, rights_sold: Hm3PerYear
) -> Hm3PerYear:
    """Yellow River water that a region may consume in a year."""
    return yellow_river_quota * river_flow_ratio + rights_bought - rights_sold


@equation(
    "water.verified_saving",
    formula=(
        "(canal_unlined_area + canal_lined_area + pipe_sprinkler_area + drip_area) * base_irrigation_norm"
        " - irrigation_use"
    ),
    source="saving is what the same fields would have taken with the base year's technology, less what they take",
    source_zh="节水量为同样的农田按基年灌溉方式的用水量减去实际用水量",
)
def verified_saving(
    *,
    canal_unlined_area: Km2,
    canal_lined_area: Km2,
    pipe_sprinkler_area: Km2,
    drip_area: Km2,
    base_irrigation_norm: Hm3YearPerKm2,
    irrigation_use: Hm3PerYear,
) -> Hm3PerYear:
    """Farm water saved by better technology on the fields that are still watered; fallowing does not count."""
    area = canal_unlined_area + canal_lined_area + pipe_sprinkler_area + drip_area
    return area * base_irrigation_norm - irrigation_use


@equation(
    "water.transferable_consumption",
    formula="verified_saving * transferable_consumption_share",
    source="rights may be transferred up to a share of the verified saving, counted in consumption",
    source_zh="可转让水权不超过核定节水量的一定比例，按耗水量计",
)
def transferable_consumption(*, verified_saving: Hm3PerYear, transferable_consumption_share: Ratio) -> Hm3PerYear:
    """Consumption rights that a region may sell."""
    return verified_saving * transferable_consumption_share


@equation(
    "water.collected_sewage",
    formula="urban_domestic_use * domestic_sewage_share + industrial_use * industrial_sewage_share",
    source="sewage that reaches treatment plants from towns and from industry",
    source_zh="进入污水处理厂的城镇与工业污水",
)
def collected_sewage(
    *,
    urban_domestic_use: Hm3PerYear,
    domestic_sewage_share: Share,
    industrial_use: Hm3PerYear,
    industrial_sewage_share: Share,
) -> Hm3PerYear:
    """Sewage collected in a year: the most that can be reclaimed."""
    return urban_domestic_use * domestic_sewage_share + industrial_use * industrial_sewage_share


@equation(
    "water.intensity_excess",
    formula="use - intensity_limit * value_added",
    source="use per output against a limit, cleared of the quotient so that it is linear",
    source_zh="单位产出用水与上限之比较，去分母化为线性",
)
def intensity_excess(*, use: Hm3PerYear, intensity_limit: Hm3PerYiYuan, value_added: YiYuanPerYear) -> Hm3PerYear:
    """Water use above what a given intensity would allow; never positive where the target is kept."""
    return use - intensity_limit * value_added
