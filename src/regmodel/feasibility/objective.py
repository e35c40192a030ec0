"""What is preferred among the plans that hold: cheap levers, and nearness to the trend, so that no move is free."""

from __future__ import annotations

from typing import Any

from regmodel.feasibility.land import LAND
from regmodel.feasibility.output import OUTPUT
from regmodel.feasibility.people import PEOPLE
from regmodel.feasibility.water import WATER, from_source
from regmodel.vocabulary.sets import SECTORS

WEIGHTS = ("gdp", "population", "water", "land")
FOLLOWED = {
    **{f"va_{sector}": "gdp" for sector in SECTORS},
    "urban_population": "population",
    "rural_population": "population",
    "water_use_ecological": "water",
    **{f"water_supply_{source}": "water" for source in ("yellow_river", "local_surface", "groundwater")},
    "urban_construction_land": "land",
}
"""Variables of the accounts that a plan stays near to, and the weight that counts for each."""


def add_objective(model: Any) -> None:
    """Yearly cost of the levers in use and of output lost (10^8 CNY), and the distance from the trend."""
    import pyomo.environ as pyo

    for name in ("lining", "piping", "dripping"):
        setattr(
            model, f"{name}_cost", pyo.Param(model.REGION, model.YEAR, mutable=True, initialize=0.0, within=pyo.Any)
        )
    model.source_cost = pyo.Param(
        ("reclaimed", "mine_water", "local_surface"), mutable=True, initialize=0.0, within=pyo.Any
    )
    for name in ("saving_cost", "rights_cost", "reuse_cost", "release_cost", "move_cost", "lost_output_cost"):
        setattr(model, name, pyo.Param(mutable=True, initialize=0.0, within=pyo.Any))
    model.distance_weight = pyo.Param(WEIGHTS, mutable=True, initialize=0.0, within=pyo.Any)
    model.FOLLOWED = pyo.Set(initialize=list(FOLLOWED), ordered=True)
    model.trend = pyo.Param(model.FOLLOWED, model.REGION, model.YEAR, mutable=True, initialize=0.0, within=pyo.Any)
    most = {"gdp": OUTPUT, "population": PEOPLE, "water": WATER, "land": LAND}

    def within(_: Any, what: str, *index: Any) -> tuple[float, float]:
        return 0, most[FOLLOWED[what]]

    for side in ("above", "below"):
        setattr(model, side, pyo.Var(model.FOLLOWED, model.REGION, model.YEAR, bounds=within))

    @model.Constraint(model.FOLLOWED, model.REGION, model.YEAR, doc="distance from the trend")
    def distance_is_measured(model: Any, what: str, region: str, year: int) -> Any:
        """Above the trend less below it is the level less the trend."""
        level = followed_level(model, what, region, year)
        gap = model.above[what, region, year] - model.below[what, region, year]
        return level - gap == model.trend[what, region, year]

    lost = sum(model.lost_output_cost * model.output_lost[where, year] for where in model.REGION for year in model.YEAR)
    model.preference = pyo.Objective(expr=lever_cost(model) + lost + distance(model), sense=pyo.minimize)


def followed_level(model: Any, what: str, region: str, year: int) -> Any:
    """What the programme has for a variable of the accounts."""
    if what.startswith("water_supply_"):
        return from_source(model, region, what.removeprefix("water_supply_"), year)
    if what.startswith("va_"):
        return model.value_added[region, what.removeprefix("va_"), year]
    renamed = {"water_use_ecological": "ecological_use", "urban_construction_land": "urban_land"}
    return getattr(model, renamed.get(what, what))[region, year]


def lever_cost(model: Any) -> Any:
    """Cost of all levers over all years (10^8 CNY)."""
    total: Any = 0
    for region in model.REGION:
        for year in model.YEAR:
            for name in ("lining", "piping", "dripping"):
                total += getattr(model, f"{name}_cost")[region, year] * getattr(model, name)[region, year]
            for source in ("reclaimed", "mine_water"):
                total += model.source_cost[source] * from_source(model, region, source, year)
            total += model.saving_cost * model.industrial_saving[region, year]
            total += model.source_cost["local_surface"] * model.conveyed[region, year]
            total += model.move_cost * model.rural_to_urban_moves[region, year]
        # Works on land are paid for once: their totals stand and never fall, so that the last year holds all of them.
        total += model.reuse_cost * model.reused_land[region, model.YEAR.last()]
        total += model.release_cost * model.rural_land_released[region, model.YEAR.last()]
    for pair in model.RIGHTS:
        for year in model.YEAR:
            total += model.rights_cost * model.rights[pair, year]
    for pair in model.PAIR:
        for year in model.YEAR:
            total += model.move_cost * (model.moves[pair, "urban", year] + model.moves[pair, "rural", year])
    return total


def distance(model: Any) -> Any:
    """Weighted distance of output and residents from the trend."""
    return sum(
        model.distance_weight[weight] * (model.above[what, region, year] + model.below[what, region, year])
        for what, weight in FOLLOWED.items()
        for region in model.REGION
        for year in model.YEAR
    )
