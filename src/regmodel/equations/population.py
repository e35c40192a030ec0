"""People: the balance method with town and country apart, and the bounded logistic of the urban share."""

from __future__ import annotations

import numpy as np

from regmodel.vocabulary.equation import equation
from regmodel.vocabulary.units import Rate, Ratio, Share, WanPerson, WanPersonPerYear, Years


@equation(
    "population.natural_growth_rate",
    formula="regional_natural_growth_rate + age_slope * (elderly_share - regional_elderly_share)",
    source="balance method; spread over regions by the share aged 60 and over of the 2020 census",
    source_zh="平衡法；按2020年普查60岁及以上人口占比分摊到各地区",
)
def natural_growth_rate(
    *, regional_natural_growth_rate: Rate, age_slope: Rate, elderly_share: Share, regional_elderly_share: Share
) -> Rate:
    """Births less deaths over residents; older regions stand below the regional rate."""
    return regional_natural_growth_rate + age_slope * (elderly_share - regional_elderly_share)


@equation(
    "population.natural_increase",
    formula="opening_population * natural_growth_rate",
    source="balance method",
    source_zh="平衡法",
)
def natural_increase(*, opening_population: WanPerson, natural_growth_rate: Rate) -> WanPersonPerYear:
    """Births less deaths in a year."""
    return opening_population * natural_growth_rate


@equation(
    "population.closing_urban_population",
    formula=(
        "opening_urban_population + step * (opening_urban_population * natural_growth_rate + rural_to_urban_moves"
        " + arrivals - urban_departures + urban_external_migration)"
    ),
    source="balance method; moves inside a region come first, then moves between regions",
    source_zh="平衡法；先计地区内迁移，再计地区间迁移",
)
def closing_urban_population(
    *,
    opening_urban_population: WanPerson,
    natural_growth_rate: Rate,
    rural_to_urban_moves: WanPersonPerYear,
    arrivals: WanPersonPerYear,
    urban_departures: WanPersonPerYear,
    urban_external_migration: WanPersonPerYear,
    step: Years,
) -> WanPerson:
    """Town residents at the end of a year; whoever arrives from another region arrives in its towns."""
    increase = natural_increase(opening_population=opening_urban_population, natural_growth_rate=natural_growth_rate)
    moves = rural_to_urban_moves + arrivals - urban_departures + urban_external_migration
    return opening_urban_population + step * (increase + moves)


@equation(
    "population.closing_rural_population",
    formula=(
        "opening_rural_population + step * (opening_rural_population * natural_growth_rate - rural_to_urban_moves"
        " - rural_departures + rural_external_migration)"
    ),
    source="balance method",
    source_zh="平衡法",
)
def closing_rural_population(
    *,
    opening_rural_population: WanPerson,
    natural_growth_rate: Rate,
    rural_to_urban_moves: WanPersonPerYear,
    rural_departures: WanPersonPerYear,
    rural_external_migration: WanPersonPerYear,
    step: Years,
) -> WanPerson:
    """Country residents at the end of a year."""
    increase = natural_increase(opening_population=opening_rural_population, natural_growth_rate=natural_growth_rate)
    moves = rural_to_urban_moves + rural_departures - rural_external_migration
    return opening_rural_population + step * (increase - moves)


@equation(
    "population.population",
    formula="urban_population + rural_population",
    source="definition: residents are counted in town or in the country",
    source_zh="定义：常住人口计入城镇或乡村",
)
def population(*, urban_population: WanPerson, rural_population: WanPerson) -> WanPerson:
    """Residents of a region."""
    return urban_population + rural_population


@equation(
    "population.urbanisation_rate",
    formula="urban_population / population",
    source="definition of the census",
    source_zh="普查口径定义",
    projection_only=True,
)
def urbanisation_rate(*, urban_population: WanPerson, population: WanPerson) -> Share:
    """Share of residents who live in towns; the programme uses ``urban_excess`` instead, which is linear."""
    return urban_population / population


@equation(
    "population.urban_excess",
    formula="urban_population - urban_share * population",
    source="the urbanisation rate against a share, cleared of the quotient so that it is linear",
    source_zh="城镇化率与某一比例之比较，去分母化为线性",
)
def urban_excess(*, urban_population: WanPerson, population: WanPerson, urban_share: Share) -> WanPerson:
    """Town residents above what a given share of all residents would be; never negative where a floor holds."""
    return urban_population - urban_share * population


@equation(
    "population.move_limit",
    formula="opening_population * move_limit_rate",
    source="assumption: the share of residents that can move in a year is bounded",
    source_zh="假设：一年内可迁移的人口比例有限",
)
def move_limit(*, opening_population: WanPerson, move_limit_rate: Rate) -> WanPersonPerYear:
    """The most people who can make a given kind of move in a year."""
    return opening_population * move_limit_rate


@equation(
    "population.rural_departures",
    formula="opening_rural_population * rural_departure_rate",
    source="assumption used where no earlier census gives a migration pattern",
    source_zh="假设：无更早普查提供迁移格局时采用",
    projection_only=True,
)
def rural_departures(*, opening_rural_population: WanPerson, rural_departure_rate: Rate) -> WanPersonPerYear:
    """Country people who leave for the towns of other regions in a year."""
    return opening_rural_population * rural_departure_rate


@equation(
    "population.population_path",
    formula="base_population * (1 + growth_rate * step) ** elapsed_steps",
    source="census trend 2010-2020 of the region carried on, or another named path",
    source_zh="延续地区2010—2020年普查趋势，或另一指定路径",
    projection_only=True,
)
def population_path(*, base_population: WanPerson, growth_rate: Rate, step: Years, elapsed_steps: Ratio) -> WanPerson:
    """Residents on a path of constant yearly growth."""
    return base_population * (1 + growth_rate * step) ** elapsed_steps


@equation(
    "population.logistic_pace",
    formula="log((later_share / (urban_ceiling - later_share)) / (earlier_share / (urban_ceiling - earlier_share)))"
    " / elapsed",
    source="urban-rural growth difference of the United Nations method, with a ceiling (Bocquier 2005)",
    source_zh="联合国城乡人口增长率差法，设上限（Bocquier，2005）",
    projection_only=True,
    valid="both shares lie above 0 and below the ceiling",
)
def logistic_pace(*, earlier_share: Share, later_share: Share, urban_ceiling: Share, elapsed: Years) -> Rate:
    """Yearly pace of the bounded logistic through two observed urban shares."""
    later = later_share / (urban_ceiling - later_share)
    earlier = earlier_share / (urban_ceiling - earlier_share)
    return np.log(later / earlier) / elapsed


@equation(
    "population.logistic_urban_share",
    formula="urban_ceiling / (1 + exp(-(log(base_share / (urban_ceiling - base_share)) + pace * elapsed)))",
    source="urban-rural growth difference of the United Nations method, with a ceiling (Bocquier 2005)",
    source_zh="联合国城乡人口增长率差法，设上限（Bocquier，2005）",
    projection_only=True,
    valid="the base share lies above 0 and below the ceiling",
)
def logistic_urban_share(*, base_share: Share, urban_ceiling: Share, pace: Rate, elapsed: Years) -> Share:
    """Urban share on the bounded logistic, which approaches its ceiling and never passes it."""
    start = np.log(base_share / (urban_ceiling - base_share))
    return urban_ceiling / (1 + np.exp(-(start + pace * elapsed)))
