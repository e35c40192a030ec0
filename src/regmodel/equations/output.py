"""Output in prices of 2020: five sectors, the investment that growth needs, the jobs that it fills."""

from __future__ import annotations

from regmodel.vocabulary.equation import equation
from regmodel.vocabulary.units import (
    Km2,
    Rate,
    Ratio,
    Share,
    WanPerson,
    Years,
    YiYuanPerYear,
    YiYuanYearPerKm2,
    YiYuanYearPerWanPerson,
)


@equation(
    "output.gdp",
    formula=(
        "agriculture_value_added + energy_chemicals_value_added + other_industry_value_added"
        " + construction_value_added + services_value_added"
    ),
    source="national accounts, production side",
    source_zh="国民经济核算，生产法",
)
def gdp(
    *,
    agriculture_value_added: YiYuanPerYear,
    energy_chemicals_value_added: YiYuanPerYear,
    other_industry_value_added: YiYuanPerYear,
    construction_value_added: YiYuanPerYear,
    services_value_added: YiYuanPerYear,
) -> YiYuanPerYear:
    """Output of a region: the value added of its five sectors."""
    industry = energy_chemicals_value_added + other_industry_value_added
    return agriculture_value_added + industry + construction_value_added + services_value_added


@equation(
    "output.secondary_value_added",
    formula="energy_chemicals_value_added + other_industry_value_added + construction_value_added",
    source="the three printed sectors of the national accounts",
    source_zh="国民经济核算所列三次产业",
)
def secondary_value_added(
    *,
    energy_chemicals_value_added: YiYuanPerYear,
    other_industry_value_added: YiYuanPerYear,
    construction_value_added: YiYuanPerYear,
) -> YiYuanPerYear:
    """Industry and construction together, as the communiqués print them."""
    return energy_chemicals_value_added + other_industry_value_added + construction_value_added


@equation(
    "output.value_added_bound",
    formula="opening_value_added * (1 + sector_growth_rate * step)",
    source="assumption: a sector can only grow or shrink so fast",
    source_zh="假设：行业增减速度有限",
)
def value_added_bound(*, opening_value_added: YiYuanPerYear, sector_growth_rate: Rate, step: Years) -> YiYuanPerYear:
    """Value added after one year of growth (or, with a negative rate, decline) at a given pace."""
    return opening_value_added * (1 + sector_growth_rate * step)


@equation(
    "output.sector_share_gap",
    formula="value_added - sector_share * gdp",
    source="a sector's share of output against a bound, cleared of the quotient so that it is linear",
    source_zh="行业占产出的比重与界限之比较，去分母化为线性",
)
def sector_share_gap(*, value_added: YiYuanPerYear, sector_share: Share, gdp: YiYuanPerYear) -> YiYuanPerYear:
    """Value added above what a given share of output would be."""
    return value_added - sector_share * gdp


@equation(
    "output.investment_ceiling",
    formula="gdp * investment_share_limit",
    source="assumption: the part of output that can be invested is bounded",
    source_zh="假设：产出中可用于投资的份额有限",
)
def investment_ceiling(*, gdp: YiYuanPerYear, investment_share_limit: Share) -> YiYuanPerYear:
    """The most that a region can invest in a year."""
    return gdp * investment_share_limit


@equation(
    "output.output_increase",
    formula="investment * output_per_investment",
    source="Harrod form: one unit of new output needs a fixed number of units of investment",
    source_zh="哈罗德形式：每新增一单位产出需固定数量的投资",
)
def output_increase(*, investment: YiYuanPerYear, output_per_investment: Ratio) -> YiYuanPerYear:
    """Growth of yearly output that a year's investment allows."""
    return investment * output_per_investment


@equation(
    "output.required_investment",
    formula="(gdp - opening_gdp) * icor",
    source="Harrod form, turned round",
    source_zh="哈罗德形式的反算",
)
def required_investment(*, gdp: YiYuanPerYear, opening_gdp: YiYuanPerYear, icor: Ratio) -> YiYuanPerYear:
    """Investment that a year's growth of output needs."""
    return (gdp - opening_gdp) * icor


@equation(
    "output.job_capacity",
    formula="urban_population * output_per_urban_resident",
    source="assumption: jobs outside farming are filled by town residents at a rising productivity",
    source_zh="假设：非农岗位由城镇居民填充，劳动生产率逐年提高",
)
def job_capacity(*, urban_population: WanPerson, output_per_urban_resident: YiYuanYearPerWanPerson) -> YiYuanPerYear:
    """The most value added outside farming that the town residents can produce."""
    return urban_population * output_per_urban_resident


@equation(
    "output.farm_output_ceiling",
    formula="irrigated_area * farm_output_per_area",
    source="assumption: farming's value added is bounded by yield times irrigated area",
    source_zh="假设：农业增加值以单产乘灌溉面积为上限",
)
def farm_output_ceiling(*, irrigated_area: Km2, farm_output_per_area: YiYuanYearPerKm2) -> YiYuanPerYear:
    """The most value added of farming that the irrigated land can carry, so that fallowing is not free."""
    return irrigated_area * farm_output_per_area


@equation(
    "output.grown_level",
    formula="base_level * (1 + growth_rate * step) ** elapsed_steps",
    source="a mean yearly growth rate is a geometric mean: one level at the end of the period",
    source_zh="年均增速为几何平均：只约束期末水平",
    projection_only=True,
)
def grown_level(*, base_level: YiYuanPerYear, growth_rate: Rate, step: Years, elapsed_steps: Ratio) -> YiYuanPerYear:
    """A level after some years of constant growth."""
    return base_level * (1 + growth_rate * step) ** elapsed_steps
