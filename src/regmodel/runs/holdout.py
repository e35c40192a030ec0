"""The projection of people started in 2010, told nothing later but the observed totals of 2020."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.equations.population import logistic_pace, population_path
from regmodel.params import ParameterBook
from regmodel.projection.migration import census_deviation, pool_name, pools
from regmodel.projection.trend import (
    ABOVE_OBSERVED,
    Moves,
    TownTrend,
    census_people,
    regional_control,
    structural_pattern,
    trend_moves,
)
from regmodel.runs.scoring import Key, people_values
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text

Array = NDArray[np.float64]
EARLIER, START, END = 2000, 2010, 2020
YEARS = END - START
FROM_CENSUSES = Text(
    "Who gains and who loses people follows the censuses of 2000 and 2010, as the projection from 2020 follows those "
    "of 2010 and 2020, with the same persistence.",
    "各地人口增减格局取自2000年与2010年普查，与自2020年起的推演取自2010年与2020年普查的做法一致，延续率相同。",
)
FROM_STRUCTURE = Text(
    "The records hold no census before 2010 for every region, so who gains and who loses people follows from the "
    "structure alone: country people leave at an assumed rate for the towns of other regions.",
    "记录中没有2010年以前覆盖全部地区的普查，各地人口增减格局仅由城乡结构推出：农村人口按假设的比率迁往其他地区的城镇。",
)


@dataclass(frozen=True)
class Inputs:
    """What the hold-out may know, in memory units: the censuses of 2000 and 2010, assumptions, totals of 2020."""

    regions: RegionSets
    people: Array
    urban: Array
    earlier_people: Array | None
    earlier_urban_share: float
    totals: Mapping[str, float]
    persistence: float
    departure_rate: float
    region_ceiling: float
    city_ceiling: float

    @property
    def pattern_said(self) -> Text:
        """Where the pattern of migration comes from."""
        return FROM_STRUCTURE if self.earlier_people is None else FROM_CENSUSES


def read_inputs(book: ParameterBook) -> Inputs:
    """The figures and records that the hold-out reads; raises MissingFigure or MissingRecord where one is absent.

    Of 2020 it reads the totals of the pools and nothing else. Ceilings of single cities were judged with 2020 in
    sight, so the general one holds for all of them.
    """
    regions = book.regions
    people, urban = census_people(book, regions, START)
    earlier = [book.find_figure("population", region, EARLIER) for region in regions.ids()]
    needed = [index for pool in pools(regions) for index in pool if len(pool) > 1]
    complete = all(earlier[index] is not None for index in needed)
    before = np.array([np.nan if figure is None else figure.value for figure in earlier])
    return Inputs(
        regions=regions,
        people=people,
        urban=urban,
        earlier_people=before if complete else None,
        earlier_urban_share=book.figure("urbanisation_rate", regions.home, EARLIER),
        totals={
            name: book.figure("population", name, END) for name in (pool_name(regions, pool) for pool in pools(regions))
        },
        persistence=book.value("population.migration_persistence"),
        departure_rate=book.value("population.rural_departure_rate"),
        region_ceiling=book.value("population.urban_ceiling.region"),
        city_ceiling=book.value("population.urban_ceiling.other"),
    )


def pattern(inputs: Inputs) -> Array:
    """Net migration deviation by region in the first year (share of residents a year).

    Births and deaths are taken alike everywhere: against an imposed total, only differences between regions count,
    and the records have none of 2010.
    """
    if inputs.earlier_people is None:
        return structural_pattern(inputs.regions, inputs.urban, inputs.people - inputs.urban, inputs.departure_rate)
    deviation = np.zeros(len(inputs.people))
    for pool in pools(inputs.regions):
        if len(pool) > 1:
            deviation[pool] = census_deviation(
                inputs.earlier_people[pool], inputs.people[pool], np.zeros(len(pool)), float(START - EARLIER)
            )
    return deviation


def towns(inputs: Inputs) -> TownTrend:
    """The bounded logistic with the region's pace between 2000 and 2010 for all, the region's sum controlled."""
    share = inputs.urban / inputs.people
    home = inputs.regions.indices(inputs.regions.home)
    later = float(inputs.urban[home].sum() / inputs.people[home].sum())
    elapsed = float(START - EARLIER)
    pace = logistic_pace(
        earlier_share=inputs.earlier_urban_share,
        later_share=later,
        urban_ceiling=inputs.region_ceiling,
        elapsed=elapsed,
    )
    return TownTrend(
        share,
        np.minimum(np.maximum(inputs.city_ceiling, share + ABOVE_OBSERVED), 1.0),
        np.full(len(share), pace),
        regional_control(
            inputs.regions,
            inputs.people,
            inputs.urban,
            inputs.region_ceiling,
            inputs.earlier_urban_share,
            later,
            elapsed,
        ),
    )


def project(inputs: Inputs) -> Moves:
    """Flows and residents (region, year from 2011), 10^4 persons; the regions of a pool add up to its path."""
    totals = []
    for pool in pools(inputs.regions):
        base = float(inputs.people[pool].sum())
        growth = (inputs.totals[pool_name(inputs.regions, pool)] / base) ** (1 / YEARS) - 1
        elapsed = np.arange(1, YEARS + 1, dtype=float)
        totals.append(population_path(base_population=base, growth_rate=growth, step=1.0, elapsed_steps=elapsed))
    return trend_moves(
        inputs.regions,
        inputs.urban,
        inputs.people - inputs.urban,
        np.zeros((len(inputs.people), YEARS)),
        totals,
        pattern(inputs)[:, None] * inputs.persistence ** np.arange(YEARS),
        towns(inputs),
    )


def projected_values(inputs: Inputs) -> dict[Key, float]:
    """The hold-out in exchange units, for regions and for sets."""
    moves = project(inputs)
    return people_values(inputs.regions, moves.urban_population, moves.rural_population, START + 1)


def moved_inputs(book: ParameterBook, inputs: Inputs) -> list[tuple[Inputs, Inputs]]:
    """The inputs with each assumed record or figure that they rest on at its low and at its high end, one at a time."""
    moving = "rural_departure_rate" if inputs.earlier_people is None else "migration_persistence"
    field = "departure_rate" if inputs.earlier_people is None else "persistence"
    records = {
        field: book.record(f"population.{moving}"),
        "region_ceiling": book.record("population.urban_ceiling.region"),
        "city_ceiling": book.record("population.urban_ceiling.other"),
    }
    ends = {name: (record.at("low"), record.at("high")) for name, record in records.items()}
    figure = book.find_figure("urbanisation_rate", inputs.regions.home, EARLIER)
    if figure is not None and figure.low_value is not None and figure.high_value is not None:
        ends["earlier_urban_share"] = (figure.low_value, figure.high_value)
    return [(_at(inputs, name, low), _at(inputs, name, high)) for name, (low, high) in ends.items()]


def _at(inputs: Inputs, name: str, value: float) -> Inputs:
    changed: dict[str, Any] = {name: value}
    return replace(inputs, **changed)
