"""Output in the programme: levels with ramps, investment and people as ceilings."""

from __future__ import annotations

from typing import Any

from regmodel.equations.output import (
    farm_output_ceiling,
    gdp,
    investment_ceiling,
    job_capacity,
    output_increase,
    sector_share_gap,
    value_added_bound,
)
from regmodel.feasibility.frame import before
from regmodel.projection.accounts import STEP
from regmodel.vocabulary.sets import SECTORS

OUTPUT = 1_000_000.0


def add_output(model: Any) -> None:
    """Variables and rows of output (10^8 CNY of 2020 a year), by region, sector and year."""
    import pyomo.environ as pyo

    model.value_added = pyo.Var(model.REGION, model.SECTOR, model.YEAR, bounds=(0, OUTPUT))
    model.gdp = pyo.Var(model.REGION, model.YEAR, bounds=(0, OUTPUT))
    model.investment = pyo.Var(model.REGION, model.YEAR, bounds=(0, OUTPUT))
    model.first_value_added = pyo.Var(model.REGION, model.SECTOR, bounds=(0, OUTPUT))
    # Output that growth clauses take for made although it is lost: none, unless prices are asked for.
    model.output_lost = pyo.Var(model.REGION, model.YEAR, bounds=(0, 0))

    @model.Constraint(model.REGION, model.SECTOR, doc="base year")
    def output_starts_at_the_accounts(model: Any, region: str, sector: str) -> Any:
        """Output of the base year is data; as a variable it may meet the rates, which are parameters too."""
        return model.first_value_added[region, sector] == model.base_value_added[region, sector]

    @model.Constraint(model.REGION, model.YEAR, doc="output.gdp")
    def sectors_add_up(model: Any, region: str, year: int) -> Any:
        """Output is the sum of its sectors."""
        sectors = {f"{name}_value_added": model.value_added[region, name, year] for name in SECTORS}
        return model.gdp[region, year] == gdp(**sectors)

    @model.Constraint(model.REGION, model.SECTOR, model.YEAR, doc="output.value_added_bound")
    def sectors_grow_no_faster(model: Any, region: str, sector: str, year: int) -> Any:
        """No sector grows faster than its ramp."""
        return model.value_added[region, sector, year] <= value_added_bound(
            opening_value_added=opening_value_added(model, region, sector, year),
            sector_growth_rate=model.sector_growth_limit_rate[region],
            step=STEP,
        )

    @model.Constraint(model.REGION, model.SECTOR, model.YEAR, doc="output.value_added_bound")
    def sectors_shrink_no_faster(model: Any, region: str, sector: str, year: int) -> Any:
        """No sector shrinks faster than its ramp."""
        return model.value_added[region, sector, year] >= value_added_bound(
            opening_value_added=opening_value_added(model, region, sector, year),
            sector_growth_rate=model.sector_decline_limit_rate[region],
            step=STEP,
        )

    @model.Constraint(model.REGION, model.SECTOR, ("low", "high"), model.YEAR, doc="output.sector_share_gap")
    def structure_changes_slowly(model: Any, region: str, sector: str, side: str, year: int) -> Any:
        """A sector's share of output stays within its band around the base year."""
        gap = sector_share_gap(
            value_added=model.value_added[region, sector, year],
            sector_share=getattr(model, f"sector_share_{side}")[region, sector],
            gdp=model.gdp[region, year],
        )
        return gap >= 0 if side == "low" else gap <= 0


def add_ceilings(model: Any) -> None:
    """What investment, town residents and irrigated land allow."""

    @model.Constraint(model.REGION, model.YEAR, doc="output.investment_ceiling")
    def investment_is_bounded(model: Any, region: str, year: int) -> Any:
        """A region invests no more than its share of the output that it has."""
        return model.investment[region, year] <= investment_ceiling(
            gdp=opening_gdp(model, region, year), investment_share_limit=model.investment_share_limit[region]
        )

    @model.Constraint(model.REGION, model.YEAR, doc="output.output_increase")
    def growth_needs_investment(model: Any, region: str, year: int) -> Any:
        """Output grows no more than last year's investment allows."""
        grown = model.gdp[region, year] - opening_gdp(model, region, year)
        return grown <= output_increase(
            investment=model.investment[region, year], output_per_investment=model.output_per_investment[region]
        )

    @model.Constraint(model.REGION, model.YEAR, doc="output.job_capacity")
    def jobs_are_filled(model: Any, region: str, year: int) -> Any:
        """Output outside farming needs town residents to produce it."""
        return outside_farming(model, region, year) <= job_capacity(
            urban_population=model.urban_population[region, year],
            output_per_urban_resident=model.output_per_urban_resident[region, year],
        )

    @model.Constraint(model.REGION, model.YEAR, doc="output.farm_output_ceiling")
    def farming_needs_land(model: Any, region: str, year: int) -> Any:
        """Farming produces no more than its irrigated land can carry."""
        return model.value_added[region, "agriculture", year] <= farm_output_ceiling(
            irrigated_area=sum(model.irrigated_area[region, technology, year] for technology in model.TECHNOLOGY),
            farm_output_per_area=model.farm_output_per_area[region, year],
        )


def outside_farming(model: Any, region: str, year: int) -> Any:
    """Value added of all sectors but farming."""
    return sum(model.value_added[region, sector, year] for sector in SECTORS if sector != "agriculture")


def opening_value_added(model: Any, region: str, sector: str, year: int) -> Any:
    """Value added of the year before."""
    earlier = before(year)
    if earlier is None:
        return model.first_value_added[region, sector]
    return model.value_added[region, sector, earlier]


def opening_gdp(model: Any, region: str, year: int) -> Any:
    """Output of the year before."""
    earlier = before(year)
    if earlier is None:
        return sum(model.first_value_added[region, sector] for sector in SECTORS)
    return model.gdp[region, earlier]
