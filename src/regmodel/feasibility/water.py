"""Water in the programme: what is needed, from which source it comes, what technology saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regmodel.equations.water import (
    collected_sewage,
    industrial_use,
    irrigation_use,
    rural_domestic_use,
    transferable_consumption,
    urban_domestic_use,
    verified_saving,
    yellow_river_consumption,
)
from regmodel.feasibility.frame import before
from regmodel.vocabulary.sets import TECHNOLOGIES, USES, WATER_SOURCES

WATER = 100_000.0
AREA = 100_000.0


def add_water(model: Any) -> None:
    """Variables and rows of water (hm3 a year) and irrigated land (km2), by region and year."""
    import pyomo.environ as pyo

    for name in (
        "urban_domestic_use",
        "rural_domestic_use",
        "industrial_use",
        "industrial_saving",
        "irrigation_use",
        "ecological_use",
        "collected_sewage",
    ):
        setattr(model, name, pyo.Var(model.REGION, model.YEAR, bounds=(0, WATER)))
    model.verified_saving = pyo.Var(model.REGION, model.YEAR, bounds=(-WATER, WATER))
    model.supply = pyo.Var(model.SUPPLY, model.YEAR, bounds=(0, WATER))
    model.shortage = pyo.Var(model.REGION, model.SHORT, model.YEAR, bounds=(0, WATER))
    model.rights = pyo.Var(model.RIGHTS, model.YEAR, bounds=(0, WATER))
    add_fields(model)
    add_needs(model)
    add_sources(model)


def add_fields(model: Any) -> None:
    """Irrigated land by technology: it moves up the ladder slowly and never below its floor."""
    import pyomo.environ as pyo

    model.irrigated_area = pyo.Var(model.REGION, model.TECHNOLOGY, model.YEAR, bounds=(0, AREA))
    for name in ("lining", "piping", "dripping", "fallowing"):
        setattr(model, name, pyo.Var(model.REGION, model.YEAR, bounds=(0, AREA)))
    model.technology_share = pyo.Param(model.REGION, model.TECHNOLOGY, mutable=True, initialize=0.0, within=pyo.Any)

    @model.Constraint(model.REGION, model.TECHNOLOGY, model.YEAR, doc="stock and flow of irrigated land")
    def fields_change_hands(model: Any, region: str, technology: str, year: int) -> Any:
        """Land leaves one technology for a better one, or is fallowed over all of them alike."""
        earlier = before(year)
        if earlier is None:
            opened = model.base_irrigated_area[region, technology]
        else:
            opened = model.irrigated_area[region, technology, earlier]
        lining, piping, dripping = (getattr(model, name)[region, year] for name in ("lining", "piping", "dripping"))
        gained = {
            "canal_unlined": -lining,
            "canal_lined": lining - piping - dripping,
            "pipe_sprinkler": piping,
            "drip": dripping,
        }[technology]
        fallowed = model.technology_share[region, technology] * model.fallowing[region, year]
        return model.irrigated_area[region, technology, year] == opened + gained - fallowed

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: grain floor")
    def grain_keeps_its_land(model: Any, region: str, year: int) -> Any:
        """Irrigated land does not fall below its floor."""
        watered = sum(model.irrigated_area[region, technology, year] for technology in model.TECHNOLOGY)
        return watered >= model.irrigated_area_floor[region]

    @model.Constraint(model.REGION, ("lining", "piping", "conversion"), model.YEAR, doc="assumption: pace of works")
    def works_take_time(model: Any, region: str, what: str, year: int) -> Any:
        """Only so much land can be refitted in a year, by each lever and by all together."""
        lined, piped = model.lining[region, year], model.piping[region, year] + model.dripping[region, year]
        done = {"lining": lined, "piping": piped, "conversion": lined + piped}[what]
        return done <= getattr(model, f"{what}_limit")[region]


def add_needs(model: Any) -> None:
    """What each use needs, and that it is supplied or short."""

    @model.Constraint(model.REGION, model.YEAR, doc="water.urban_domestic_use")
    def towns_drink(model: Any, region: str, year: int) -> Any:
        """Town residents take what the norm says."""
        return model.urban_domestic_use[region, year] == urban_domestic_use(
            urban_population=model.urban_population[region, year], urban_water_norm=model.urban_water_norm[region]
        )

    @model.Constraint(model.REGION, model.YEAR, doc="water.rural_domestic_use")
    def villages_drink(model: Any, region: str, year: int) -> Any:
        """Country residents take what the norm says."""
        return model.rural_domestic_use[region, year] == rural_domestic_use(
            rural_population=model.rural_population[region, year], rural_water_norm=model.rural_water_norm[region]
        )

    @model.Constraint(model.REGION, model.YEAR, doc="water.industrial_use")
    def industry_takes(model: Any, region: str, year: int) -> Any:
        """Industry takes its intensity times its output, less what it saves."""
        return model.industrial_use[region, year] == industrial_use(
            energy_chemicals_value_added=model.value_added[region, "energy_chemicals", year],
            energy_chemicals_water_intensity=model.energy_chemicals_water_intensity[region, year],
            other_industry_value_added=model.value_added[region, "other_industry", year],
            other_industry_water_intensity=model.other_industry_water_intensity[region, year],
            industrial_saving=model.industrial_saving[region, year],
        )

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: saving takes time")
    def industry_saves_no_more(model: Any, region: str, year: int) -> Any:
        """Industry saves no more than its blocks allow by then."""
        return model.industrial_saving[region, year] <= model.industrial_saving_limit[region, year]

    add_field_needs(model)


def add_field_needs(model: Any) -> None:
    """What fields and nature take, what is saved on the fields, and that every use is supplied or short."""

    @model.Constraint(model.REGION, model.YEAR, doc="water.irrigation_use")
    def fields_take(model: Any, region: str, year: int) -> Any:
        """Irrigation takes the norm of each technology times its land."""
        return model.irrigation_use[region, year] == irrigation_use(**fields(model, region, year))

    @model.Constraint(model.REGION, model.YEAR, doc="water.verified_saving")
    def saving_is_verified(model: Any, region: str, year: int) -> Any:
        """Saving is counted against the base year's technology on the same land."""
        areas = {key: value for key, value in fields(model, region, year).items() if key.endswith("_area")}
        return model.verified_saving[region, year] == verified_saving(
            **areas,
            base_irrigation_norm=model.base_irrigation_norm[region],
            irrigation_use=model.irrigation_use[region, year],
        )

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: ecological floor")
    def nature_keeps_its_water(model: Any, region: str, year: int) -> Any:
        """Ecological use does not fall below its floor."""
        return model.ecological_use[region, year] >= model.ecological_floor[region]

    @model.Constraint(model.REGION, model.USE, model.YEAR, doc="water.use_shortage")
    def uses_are_supplied(model: Any, region: str, use: str, year: int) -> Any:
        """What a use needs is supplied or short; drinking water is never short."""
        needed = {
            "domestic": model.urban_domestic_use[region, year] + model.rural_domestic_use[region, year],
            "industry": model.industrial_use[region, year],
            "irrigation": model.irrigation_use[region, year],
            "ecology": model.ecological_use[region, year],
        }[use]
        missing = model.shortage[region, use, year] if use in model.SHORT else 0
        return supplied(model, region, use, year) + missing == needed


def add_sources(model: Any) -> None:
    """What each source can give; wells and the river are bounded by clauses, see clause_rows."""
    import pyomo.environ as pyo

    model.conveyed = pyo.Var(model.REGION, model.YEAR, bounds=(0, WATER))
    model.base_local_surface = pyo.Param(model.REGION, mutable=True, initialize=0.0, within=pyo.Any)

    @model.Constraint(model.REGION, model.YEAR, doc="water.collected_sewage")
    def sewage_is_collected(model: Any, region: str, year: int) -> Any:
        """Sewage follows from what towns and industry take."""
        return model.collected_sewage[region, year] == collected_sewage(
            urban_domestic_use=model.urban_domestic_use[region, year],
            domestic_sewage_share=model.domestic_sewage_share[region],
            industrial_use=model.industrial_use[region, year],
            industrial_sewage_share=model.industrial_sewage_share[region],
        )

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: reclaimed water is bounded by sewage")
    def reclaimed_was_sewage(model: Any, region: str, year: int) -> Any:
        """No more is reclaimed than the share of collected sewage that plants can treat by then."""
        ceiling = model.reclaimed_ceiling_share[region, year] * model.collected_sewage[region, year]
        return from_source(model, region, "reclaimed", year) <= ceiling

    @model.Constraint(model.REGION, model.YEAR, doc="given volume of mine water")
    def mines_give_no_more(model: Any, region: str, year: int) -> Any:
        """Mine water is a given volume, as far as works to use it stand."""
        return from_source(model, region, "mine_water", year) <= model.mine_water_limit[region, year]

    @model.Constraint(model.REGION, model.YEAR, doc="assumption: headroom of local surface water")
    def streams_give_no_more(model: Any, region: str, year: int) -> Any:
        """Local surface water above the base take is bounded by what can be conveyed by then."""
        return from_source(model, region, "local_surface", year) <= model.local_surface_limit[region, year]

    @model.Constraint(model.REGION, model.YEAR, doc="accounting: what is conveyed, which has a price")
    def conveyance_is_beyond_the_base(model: Any, region: str, year: int) -> Any:
        """Local surface water beyond the base year's take has to be conveyed."""
        beyond = from_source(model, region, "local_surface", year) - model.base_local_surface[region]
        return model.conveyed[region, year] >= beyond

    @model.Constraint(model.shape.yellow_river, model.YEAR, doc="water.transferable_consumption")
    def rights_come_from_saving(model: Any, region: str, year: int) -> Any:
        """Rights are sold only out of verified savings."""
        return rights_sold(model, region, year) <= transferable_consumption(
            verified_saving=model.verified_saving[region, year],
            transferable_consumption_share=model.transferable_consumption_share[region],
        )


def fields(model: Any, region: str, year: int) -> dict[str, Any]:
    """Areas and norms of every technology, as the irrigation equations take them."""
    found: dict[str, Any] = {}
    for name in TECHNOLOGIES:
        found[f"{name}_area"] = model.irrigated_area[region, name, year]
        found[f"{name}_norm"] = model.irrigation_norm[region, name]
    return found


def supplied(model: Any, region: str, use: str, year: int) -> Any:
    """What a use gets from all its sources."""
    return sum(model.supply[region, source, use, year] for source in model.shape.sources(region, use))


def from_source(model: Any, region: str, source: str, year: int) -> Any:
    """What all uses take from one source."""
    return sum(model.supply[region, source, use, year] for use in USES if source in model.shape.sources(region, use))


def all_supply(model: Any, region: str, year: int) -> Any:
    """What a region takes from all its sources."""
    return sum(from_source(model, region, source, year) for source in WATER_SOURCES)


def rights_sold(model: Any, region: str, year: int) -> Any:
    """Consumption rights that a region sells."""
    return sum(model.rights[region, other, year] for other in model.shape.buyers(region))


def rights_bought(model: Any, region: str, year: int) -> Any:
    """Consumption rights that a region buys."""
    return sum(model.rights[other, region, year] for other in model.shape.buyers(region))


def river_consumption(model: Any, region: str, year: int, uses: Sequence[str] = USES) -> Any:
    """Yellow River water that a region consumes, by all uses or by some."""
    taken = {}
    for use in USES:
        river = use in uses and "yellow_river" in model.shape.sources(region, use)
        taken[f"{use}_supply"] = model.supply[region, "yellow_river", use, year] if river else 0
        taken[f"{use}_consumption_ratio"] = model.consumption_ratio[use]
    return yellow_river_consumption(**taken)
