"""The accounts: from decisions to everything that follows, one equation a line. Read from top to bottom.

Rules of behaviour and the programme's plan go through the same accounts, so that the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.land import (
    closing_urban_land,
    production_land,
    residential_land,
    urban_land_reserve,
)
from regmodel.equations.output import gdp, required_investment, secondary_value_added
from regmodel.equations.population import (
    closing_rural_population,
    closing_urban_population,
    natural_increase,
    population,
)
from regmodel.equations.water import (
    collected_sewage,
    consumption_allowance,
    domestic_use,
    industrial_use,
    irrigation_use,
    rural_domestic_use,
    total_use,
    urban_domestic_use,
    use_shortage,
    verified_saving,
    yellow_river_consumption,
)
from regmodel.projection.coefficients import Coefficients
from regmodel.projection.decisions import Decisions
from regmodel.vocabulary.many import blank
from regmodel.vocabulary.sets import SECTORS, TECHNOLOGIES, USES, WATER_SOURCES

Array = NDArray[np.float64]
STEP = 1.0
_OF_PEOPLE = ("base_urban_population", "base_rural_population", "natural_growth_rate")


def spread(values: Array, like: Array) -> Array:
    """A coefficient by region (and year) shaped so that it multiplies an array with further axes."""
    shape = values.shape + (1,) * (like.ndim - values.ndim)
    return values.reshape(shape)


def account(paths: Coefficients, chosen: Decisions) -> dict[str, Array]:
    """Every variable by region and year; the year axis runs from the base year for stocks and levels alike.

    Shapes: (region, year) plus a trailing scenario axis where the decisions have one; memory units.
    """
    told = people(paths, chosen)
    told |= production(paths, chosen)
    told |= water(paths, chosen, told)
    told |= land(paths, chosen, told)
    return told


def with_base(base: Array, later: Array) -> Array:
    """The base year in front of the years that follow; the year axis is the second of ``later``."""
    first = np.broadcast_to(spread(base, later[:, 0])[:, None], (later.shape[0], 1, *later.shape[2:]))
    return np.concatenate([first, later], axis=1)


def people(paths: Coefficients, chosen: Decisions) -> dict[str, Array]:
    """Residents in town and country by the balance method."""
    years = chosen.rural_to_urban_moves.shape[1]
    shape = chosen.rural_to_urban_moves.shape
    moved = (*vars(chosen).values(), *(paths[name] for name in _OF_PEOPLE))
    urban = blank((shape[0], years + 1, *shape[2:]), *moved)
    rural = urban.copy()
    urban[:, 0] = spread(paths["base_urban_population"], urban[:, 0])
    rural[:, 0] = spread(paths["base_rural_population"], rural[:, 0])
    for year in range(years):
        rate = spread(paths["natural_growth_rate"][:, year], urban[:, 0])
        urban[:, year + 1] = closing_urban_population(
            opening_urban_population=urban[:, year],
            natural_growth_rate=rate,
            rural_to_urban_moves=chosen.rural_to_urban_moves[:, year],
            arrivals=chosen.arrivals[:, year],
            urban_departures=chosen.urban_departures[:, year],
            urban_external_migration=chosen.urban_external_migration[:, year],
            step=STEP,
        )
        rural[:, year + 1] = closing_rural_population(
            opening_rural_population=rural[:, year],
            natural_growth_rate=rate,
            rural_to_urban_moves=chosen.rural_to_urban_moves[:, year],
            rural_departures=chosen.rural_departures[:, year],
            rural_external_migration=chosen.rural_external_migration[:, year],
            step=STEP,
        )
    total = population(urban_population=urban, rural_population=rural)
    grown = natural_increase(
        opening_population=total[:, :-1],
        natural_growth_rate=spread(paths["natural_growth_rate"], total[:, :-1]),
    )
    return {"urban_population": urban, "rural_population": rural, "population": total, "natural_increase": grown}


def production(paths: Coefficients, chosen: Decisions) -> dict[str, Array]:
    """Value added by sector, output, and the investment that its growth needs."""
    later = np.moveaxis(chosen.value_added, 2, 1)
    value_added = with_base(paths["base_value_added"], later)
    sectors = {f"{name}_value_added": value_added[:, :, index] for index, name in enumerate(SECTORS)}
    output = gdp(**sectors)
    needed = required_investment(
        gdp=output[:, 1:],
        opening_gdp=output[:, :-1],
        icor=spread(1 / paths["output_per_investment"], output[:, 1:]),
    )
    secondary = secondary_value_added(
        energy_chemicals_value_added=sectors["energy_chemicals_value_added"],
        other_industry_value_added=sectors["other_industry_value_added"],
        construction_value_added=sectors["construction_value_added"],
    )
    named = {f"va_{name}": value_added[:, :, index] for index, name in enumerate(SECTORS)}
    named |= {"va_primary": named["va_agriculture"], "va_secondary": secondary, "va_tertiary": named["va_services"]}
    return {"gdp": output, "required_investment": needed, **named}


def water_needs(paths: Coefficients, chosen: Decisions, told: Mapping[str, Array]) -> dict[str, Array]:
    """What the four uses need in each later year, before any source is asked."""
    urban, rural = told["urban_population"][:, 1:], told["rural_population"][:, 1:]
    urban_use = urban_domestic_use(urban_population=urban, urban_water_norm=spread(paths["urban_water_norm"], urban))
    rural_use = rural_domestic_use(rural_population=rural, rural_water_norm=spread(paths["rural_water_norm"], rural))
    energy, other = told["va_energy_chemicals"][:, 1:], told["va_other_industry"][:, 1:]
    industry = industrial_use(
        energy_chemicals_value_added=energy,
        energy_chemicals_water_intensity=spread(paths["energy_chemicals_water_intensity"], energy),
        other_industry_value_added=other,
        other_industry_water_intensity=spread(paths["other_industry_water_intensity"], other),
        industrial_saving=chosen.industrial_saving,
    )
    fields = {}
    for index, name in enumerate(TECHNOLOGIES):
        fields[f"{name}_area"] = chosen.irrigated_area[:, index]
        fields[f"{name}_norm"] = spread(paths["irrigation_norm"][:, index], chosen.irrigated_area[:, index])
    irrigation = irrigation_use(**fields)
    saving = verified_saving(
        **{key: area for key, area in fields.items() if key.endswith("_area")},
        base_irrigation_norm=spread(paths["base_irrigation_norm"], irrigation),
        irrigation_use=irrigation,
    )
    domestic = domestic_use(urban_domestic_use=urban_use, rural_domestic_use=rural_use)
    return {
        "urban_domestic_use": urban_use,
        "domestic": domestic,
        "industry": industry,
        "irrigation": irrigation,
        "ecology": chosen.ecological_use,
        "verified_saving": saving,
        "needed": total_use(
            domestic_use=domestic,
            industrial_use=industry,
            irrigation_use=irrigation,
            ecological_use=chosen.ecological_use,
        ),
    }


def water(paths: Coefficients, chosen: Decisions, told: Mapping[str, Array]) -> dict[str, Array]:
    """Use by sector (what is really taken), supply by source, shortage, and the account of consumption."""
    needs = water_needs(paths, chosen, told)
    base, taken = paths.base_supply, chosen.supply
    result: dict[str, Array] = {}
    names = {"domestic": "domestic", "industry": "industry", "irrigation": "agriculture", "ecology": "ecological"}
    short = np.zeros_like(needs["domestic"])
    for index, use in enumerate(USES):
        supplied = taken[:, :, index].sum(axis=1)
        result[f"water_use_{names[use]}"] = with_base(base[:, :, index].sum(axis=1), supplied)
        missing = use_shortage(use=needs[use], supplied=supplied)
        result[f"water_shortage_{names[use]}"] = with_base(np.zeros(len(base)), missing)
        short = short + missing
    for index, source in enumerate(WATER_SOURCES):
        result[f"water_supply_{source}"] = with_base(base[:, index].sum(axis=1), taken[:, index].sum(axis=1))
    total = [result[f"water_use_{name}"] for name in names.values()]
    result["water_use_total"] = total[0] + total[1] + total[2] + total[3]
    result["water_shortage"] = with_base(np.zeros(len(base)), short)
    result["water_needed"] = with_base(base.sum(axis=(1, 2)), needs["needed"])
    result["verified_saving"] = with_base(np.zeros(len(base)), needs["verified_saving"])
    river = np.concatenate(
        [np.broadcast_to(spread(base[:, 0], taken[:, 0, :, 0])[:, :, None], taken[:, 0, :, :1].shape), taken[:, 0]],
        axis=2,
    )
    result["yellow_river_consumption"] = river_consumption(paths, river)
    result["yellow_river_consumption_outside_homes"] = river_consumption(paths, outside_homes(river))
    result["collected_sewage"] = with_base(
        collected_sewage(
            urban_domestic_use=paths["urban_water_norm"] * paths["base_urban_population"],
            domestic_sewage_share=paths["domestic_sewage_share"],
            industrial_use=base[:, :, USES.index("industry")].sum(axis=1),
            industrial_sewage_share=paths["industrial_sewage_share"],
        ),
        collected_sewage(
            urban_domestic_use=needs["urban_domestic_use"],
            domestic_sewage_share=spread(paths["domestic_sewage_share"], short),
            industrial_use=needs["industry"],
            industrial_sewage_share=spread(paths["industrial_sewage_share"], short),
        ),
    )
    allowance = consumption_allowance(
        yellow_river_quota=spread(paths["yellow_river_quota"], short),
        river_flow_ratio=spread(paths["river_flow_ratio"][None, :], short),
        rights_bought=chosen.rights_bought,
        rights_sold=chosen.rights_sold,
    )
    result["rights_bought"] = with_base(np.zeros(len(base)), chosen.rights_bought)
    result["yellow_river_allowance"] = with_base(paths["yellow_river_quota"], allowance)
    return result


def outside_homes(river: Array) -> Array:
    """River water by region, use and year without what homes take."""
    kept = river.copy()
    kept[:, USES.index("domestic")] = 0.0
    return kept


def river_consumption(paths: Coefficients, river: Array) -> Array:
    """Yellow River consumption by region and year from what each use takes of it (region, use, year)."""
    supplies = {f"{use}_supply": river[:, index] for index, use in enumerate(USES)}
    ratios = {f"{use}_consumption_ratio": paths["consumption_ratio"][index] for index, use in enumerate(USES)}
    consumed: Array = yellow_river_consumption(**supplies, **ratios)
    return consumed


def land(paths: Coefficients, chosen: Decisions, told: Mapping[str, Array]) -> dict[str, Array]:
    """The stock of urban construction land, what it must hold and what is left."""
    years = chosen.new_urban_land.shape[1]
    shape = (chosen.new_urban_land.shape[0], years + 1, *chosen.new_urban_land.shape[2:])
    stock = blank(shape, chosen.new_urban_land, paths["base_urban_land"])
    stock[:, 0] = spread(paths["base_urban_land"], stock[:, 0])
    for year in range(years):
        stock[:, year + 1] = closing_urban_land(
            opening_urban_land=stock[:, year], new_urban_land=chosen.new_urban_land[:, year], step=STEP
        )
    produced = (told["gdp"] - told["va_agriculture"])[:, 1:]
    reserve = urban_land_reserve(
        urban_land=stock[:, 1:],
        reused_land=chosen.reused_land,
        residential_land=residential_land(
            urban_population=told["urban_population"][:, 1:],
            residential_land_norm=spread(paths["residential_land_norm"], produced),
        ),
        production_land=production_land(
            value_added=produced, land_per_output=spread(paths["land_per_output"], produced)
        ),
    )
    nothing = np.zeros(len(stock))
    return {
        "urban_construction_land": stock,
        "new_urban_construction_land": with_base(nothing, np.cumsum(chosen.new_urban_land, axis=1)),
        "reused_urban_land": with_base(nothing, chosen.reused_land),
        "rural_land_released": with_base(nothing, chosen.rural_land_released),
        "urban_land_reserve": with_base(nothing, reserve),
    }
