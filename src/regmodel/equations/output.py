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
)
def value_added_bound(*, opening_value_added: YiYuanPerYear, sector_growth_rate: Rate, step: Years) -> YiYuanPerYear:
    """Value added after one year of growth (or, with a negative rate, decline) at a given pace."""
    return opening_value_added * (1 + sector_growth_rate * step)


@equation(
    "output.sector_share_gap",
    formula="value_added - sector_share * gdp",
    source="a sector's share of output against a bound, cleared of the quotient so that it is linear",
)
def sector_share_gap(*, value_added: YiYuanPerYear, sector_share: Share, gdp: YiYuanPerYear) -> YiYuanPerYear:
    """Value added above what a given share of output would be."""
    return value_added - sector_share * gdp


@equation(
    "output.investment_ceiling",
    formula="gdp * investment_share_limit",
    source="assumption: the part of output that can be invested is bounded",
)
def investment_ceiling(*, gdp: YiYuanPerYear, investment_share_limit: Share) -> YiYuanPerYear:
    """The most that a region can invest in a year."""
    return gdp * investment_share_limit


@equation(
    "output.output_increase",
    formula="investment * output_per_investment",
    source="Harrod form: one unit of new output needs a fixed number of units of investment",
)
def output_increase(*, investment: YiYuanPerYear, output_per_investment: Ratio) -> YiYuanPerYear:
    """Growth of yearly output that a year's investment allows."""
    return investment * output_per_investment


@equation(
    "output.required_investment",
    formula="(gdp - opening_gdp) * icor",
    source="Harrod form, turned round",
)
def required_investment(*, gdp: YiYuanPerYear, opening_gdp: YiYuanPerYear, icor: Ratio) -> YiYuanPerYear:
    """Investment that a year's growth of output needs."""
    return (gdp - opening_gdp) * icor


@equation(
    "output.job_capacity",
    formula="urban_population * output_per_urban_resident",
    source="assumption: jobs outside farming are filled by town residents at a rising productivity",
)
def job_capacity(*, urban_population: WanPerson, output_per_urban_resident: YiYuanYearPerWanPerson) -> YiYuanPerYear:
    """The most value added outside farming that the town residents can produce."""
    return urban_population * output_per_urban_resident


@equation(
    "output.farm_output_ceiling",
    formula="irrigated_area * farm_output_per_area",
    source="assumption: farming's value added is bounded by yield times irrigated area",
)
def farm_output_ceiling(*, irrigated_area: Km2, farm_output_per_area: YiYuanYearPerKm2) -> YiYuanPerYear:
    """The most value added of farming that the irrigated land can carry, so that fallowing is not free."""
    return irrigated_area * farm_output_per_area


@equation(
    "output.grown_level",
    formula="base_level * (1 + growth_rate * step) ** elapsed_steps",
    source="a mean yearly growth rate is a geometric mean: one level at the end of the period",
    projection_only=True,
)
def grown_level(*, base_level: YiYuanPerYear, growth_rate: Rate, step: Years, elapsed_steps: Ratio) -> YiYuanPerYear:
    """A level after some years of constant growth."""
    return base_level * (1 + growth_rate * step) ** elapsed_steps
