"""Coefficients of water supply by source: what each source can give, and what the base year took of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.water import collected_sewage
from regmodel.params import BaseYear, ParameterBook, convert
from regmodel.projection.people import by_region
from regmodel.projection.production import ELAPSED, ready
from regmodel.scenario import Scenario
from regmodel.vocabulary.many import blank, stacked
from regmodel.vocabulary.sets import BASE_YEAR, SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
_NORM_YEAR = 2022
_RATIOS = {
    "domestic": "consumption_ratio_domestic",
    "industry": "consumption_ratio_industry",
    "irrigation": "consumption_ratio_agriculture",
}
_SOURCE = {name: index for index, name in enumerate(WATER_SOURCES)}
_USE = {name: index for index, name in enumerate(USES)}


def quotas(scenario: Scenario) -> dict[str, float]:
    """Yellow River quota (consumption, hm3 a year) of each region that holds one, from the clauses that cap it."""
    held = {}
    for active in scenario.clauses:
        clause = active.clause
        if clause.variable != "yellow_river_consumption" or clause.region not in scenario.book.regions.ids():
            continue
        if clause.value is not None and clause.value > 0:
            held[clause.region] = convert(clause.value, clause.unit, "hm3/year")
        elif clause.value is None and clause.record is not None:
            held[clause.region] = scenario.book.value(clause.record)
    return held


def norms(book: ParameterBook, base: BaseYear) -> tuple[Array, Array]:
    """Urban and rural domestic norms by region, scaled so that base residents take the base domestic use.

    The printed norm is gross: losses in the pipes are inside it and are not counted again.
    """
    urban = book.figure("domestic_norm_with_urban_public", base.regions.home, _NORM_YEAR)
    rural = book.value("water.rural_domestic_norm")
    people = base.urban_population * urban + (base.population - base.urban_population) * rural
    scale = base.water_use[:, _USE["domestic"]] / people
    return scale * urban, scale * rural


def supply_coefficients(
    scenario: Scenario, base: BaseYear, usable: Mapping[str, float]
) -> tuple[dict[str, Array], tuple[str, ...], Array]:
    """Limits by source (hm3 a year), consumption ratios by use, sewage shares; quota holders; the base year's supply.

    The last is by region, source and use.
    """
    book, held = scenario.book, quotas(scenario)
    urban_norm, rural_norm = norms(book, base)
    ratios = [book.figure(name, base.regions.home, BASE_YEAR) for name in _RATIOS.values()]
    ratios.append(book.value("water.consumption_ratio_ecology"))
    collection = by_region(book, base, "water.sewage_collection")
    domestic_sewage = collection * by_region(book, base, "water.sewage_return_share")
    industrial_sewage = by_region(book, base, "water.industrial_discharge")
    rate = by_region(book, base, "water.reclaimed_rate_2020")
    dry = book.value("water.dry_years")
    flow = 1 - dry * (1 - book.value("water.dry_year_factor"))
    saving_share = by_region(book, base, "water.transfer_of_saving") * ratios[_USE["irrigation"]]
    values: dict[str, Array] = {
        "urban_water_norm": urban_norm,
        "rural_water_norm": rural_norm,
        "ecological_floor": by_region(book, base, "water.ecological_floor") * base.water_use[:, _USE["ecology"]],
        "consumption_ratio": stacked(ratios),
        "yellow_river_quota": stacked([held.get(region, 0.0) for region in base.regions.ids()]),
        "river_flow_ratio": stacked([flow] * len(ELAPSED)),
        "domestic_sewage_share": domestic_sewage,
        "industrial_sewage_share": industrial_sewage,
        "reclaimed_ceiling_share": rate[:, None]
        + usable["reclaimed"] * (1 - rate)[:, None] * ready(book, "water.reclaimed_lead_time"),
        "mine_water_limit": usable["mine_water"]
        * mine_water(book, base)[:, None]
        * ready(book, "water.mine_water_lead_time"),
        "transferable_consumption_share": saving_share * usable["water_rights"],
    }
    taken = base_supply(book, base, values, rate, held)
    ground = taken[:, _SOURCE["groundwater"], :].sum(axis=1)
    surface = taken[:, _SOURCE["local_surface"], :].sum(axis=1)
    glide = 1 + by_region(book, base, "water.groundwater_glide")[:, None]
    headroom = by_region(book, base, "water.other_surface_headroom") * usable["conveyance"]
    values["groundwater_limit"] = ground[:, None] * glide**ELAPSED
    values["local_surface_limit"] = surface[:, None] * (
        1 + headroom[:, None] * ready(book, "water.conveyance_lead_time")
    )
    return values, tuple(held), taken


def mine_water(book: ParameterBook, base: BaseYear) -> Array:
    """Mine water by region (hm3 a year): as recorded, the rest of the regional volume by energy and chemicals output.

    A region outside Inner Mongolia without a record of its own has none modelled.
    """
    ids = base.regions.ids()
    own = {
        region: book.value(f"water.mine_water.{region}")
        for region in ids
        if f"water.mine_water.{region}" in book.records
    }
    home = [ids[index] for index in base.regions.indices(base.regions.home)]
    rest = book.value(f"water.mine_water.{base.regions.home}") - sum(own.get(region, 0.0) for region in home)
    weight = base.value_added[:, SECTORS.index("energy_chemicals")]
    others = [index for index, region in enumerate(ids) if region in home and region not in own]
    volumes = blank((len(ids),), rest, weight, *own.values())
    volumes[others] = np.maximum(rest, 0.0) * weight[others] / weight[others].sum()
    for region, volume in own.items():
        volumes[ids.index(region)] = volume
    return volumes


def base_supply(
    book: ParameterBook, base: BaseYear, values: Mapping[str, Array], rate: Array, held: Mapping[str, float]
) -> Array:
    """Base-year supply by region, source and use.

    River water goes to fields, reclaimed water to industry and ecology, the rest comes from wells and local surface
    water by one recorded share.
    """
    ids = base.regions.ids()
    urban_use = values["urban_water_norm"] * base.urban_population
    sewage = collected_sewage(
        urban_domestic_use=urban_use,
        domestic_sewage_share=values["domestic_sewage_share"],
        industrial_use=base.water_use[:, _USE["industry"]],
        industrial_sewage_share=values["industrial_sewage_share"],
    )
    taking = base.water_use[:, [_USE["industry"], _USE["ecology"]]]
    reclaimed = np.minimum(rate * sewage, taking.sum(axis=1))
    portions = taking / taking.sum(axis=1, keepdims=True)
    share = stacked(
        [book.value("water.yellow_river_share_irrigation", region) if region in held else 0.0 for region in ids]
    )
    wells = by_region(book, base, "water.groundwater_share_rest")[:, None]
    supply = blank((len(ids), len(WATER_SOURCES), len(USES)), reclaimed, share, wells, base.water_use)
    supply[:, _SOURCE["reclaimed"], _USE["industry"]] = reclaimed * portions[:, 0]
    supply[:, _SOURCE["reclaimed"], _USE["ecology"]] = reclaimed * portions[:, 1]
    supply[:, _SOURCE["yellow_river"], _USE["irrigation"]] = share * base.water_use[:, _USE["irrigation"]]
    rest = base.water_use - supply.sum(axis=1)
    supply[:, _SOURCE["groundwater"], :] = wells * rest
    supply[:, _SOURCE["local_surface"], :] = (1 - wells) * rest
    return supply
