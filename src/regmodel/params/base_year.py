"""The base year, in which parts add up to printed totals (docs/decisions/0002-records-and-base-year.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regmodel.params.base_cells import Adjustment, Cell, Cells, Gathering, PrintedTotal, rounding_of
from regmodel.params.base_water import water_of
from regmodel.params.book import ParameterBook
from regmodel.params.reconciliation import Margin
from regmodel.vocabulary.many import at_least_nothing, stacked
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, SECTORS, USES
from regmodel.vocabulary.texts import Text

__all__ = ["Adjustment", "BaseYear", "PrintedTotal", "base_year"]

METHOD = Text(
    "iterative proportional fitting of the residual: published cells stay, and what is left of each printed total is "
    "spread over the assumed and recalled cells in proportion to their seeds until every total holds to 1e-10",
    "残差迭代比例拟合：已公布的单元不变，各总数的余额按初值比例分配给假设或凭记忆引用的单元，直至全部总数的相对误差不超过1e-10",
)
_PRINTED = ("primary", "secondary", "tertiary")


@dataclass(frozen=True)
class BaseYear:
    """Reconciled stocks and flows; arrays follow the order of ``regions.regions``, SECTORS and USES.

    Units: wan_person, yi_yuan/year and hm3/year. ``inputs`` are the keys of every record and figure read.
    """

    year: int
    regions: RegionSets
    population: NDArray[np.float64]
    urban_population: NDArray[np.float64]
    value_added: NDArray[np.float64]
    water_use: NDArray[np.float64]
    adjustments: tuple[Adjustment, ...]
    unseeded: tuple[str, ...]
    method: Text
    inputs: tuple[str, ...] = ()

    @property
    def rural_population(self) -> NDArray[np.float64]:
        """Residents outside towns, wan_person."""
        return self.population - self.urban_population

    @property
    def gdp(self) -> NDArray[np.float64]:
        """Output of each region, yi_yuan/year."""
        total: NDArray[np.float64] = self.value_added.sum(axis=1)
        return total

    @property
    def total_water_use(self) -> NDArray[np.float64]:
        """Water use of each region, hm3/year."""
        total: NDArray[np.float64] = self.water_use.sum(axis=1)
        return total

    def largest_adjustments(self, count: int = 10) -> list[Adjustment]:
        """Those that moved a cell most, relative to its seed; equal ones by region and part."""
        return sorted(self.adjustments, key=lambda a: (-round(abs(a.relative), 12), a.quantity, a.region, a.part))[
            :count
        ]


def base_year(book: ParameterBook, printed_totals: Sequence[PrintedTotal] = ()) -> BaseYear:
    """The reconciled base year; raises InputProblems for a cell without a seed and for totals that cannot hold.

    ``printed_totals`` are totals of plans, in memory units, beside those of baseline.csv.
    """
    gathering = Gathering(book, BASE_YEAR, printed_totals)
    people = _headcount(gathering, "population", "population.base")
    urban = _headcount(gathering, "urban_population", "population.urban_base")
    gdp = _gdp(gathering)
    gathering.problems.raise_if_any()
    sectors = _three_sectors(gathering, gdp)
    gathering.problems.raise_if_any()
    ids = book.regions.ids()
    value_added = stacked([stacked(_five_sectors(gathering, region, sectors)) for region in ids])
    water = water_of(gathering, people, urban, value_added)
    gathering.problems.raise_if_any()
    return BaseYear(
        year=BASE_YEAR,
        regions=book.regions,
        population=stacked([people[region] for region in ids]),
        urban_population=stacked([urban[region] for region in ids]),
        value_added=value_added,
        water_use=stacked([stacked([water[region, use] for use in USES]) for region in ids]),
        adjustments=tuple(gathering.adjustments),
        unseeded=tuple(gathering.unseeded),
        method=METHOD,
        inputs=tuple(gathering.inputs),
    )


def _headcount(gathering: Gathering, variable: str, seed_record: str) -> dict[str, float]:
    cells = Cells(variable, "wan_person")
    for region in gathering.book.regions.ids():
        _from_figure_or_record(gathering, cells, variable, region, seed_record)
    if gathering.unseeded:
        return {}
    return {region: value for (region, _), value in gathering.fit(cells, gathering.margins(variable)).items()}


def _gdp(gathering: Gathering) -> dict[str, float]:
    cells = Cells("gdp", "yi_yuan/year")
    for region in gathering.book.regions.ids():
        _from_figure_or_record(gathering, cells, "gdp", region, "output.gdp_base")
    if gathering.unseeded:
        return {}
    return {region: value for (region, _), value in gathering.fit(cells, gathering.margins("gdp")).items()}


def _from_figure_or_record(gathering: Gathering, cells: Cells, variable: str, region: str, seed_record: str) -> None:
    figure = gathering.figure(variable, region)
    record = None if figure is not None else gathering.record(seed_record, region)
    if figure is not None:
        cells.put((region, variable), figure.value, figure.confidence, rounding_of(figure))
    elif record is not None:
        cells.put((region, variable), record.value, record.confidence)
    else:
        name = gathering.book.regions.name(region)
        gathering.miss(
            f"{seed_record}.{region}",
            Text(f"{variable} of {name.en} in {gathering.year}", f"{name.zh}{gathering.year}年的 {variable}"),
        )


def _three_sectors(gathering: Gathering, gdp: Mapping[str, float]) -> dict[Cell, float]:
    """Primary, secondary and tertiary value added of every region, adding up both ways."""
    cells = Cells("value_added", "yi_yuan/year")
    margins: list[Margin[Cell]] = []
    for region in gathering.book.regions.ids():
        row = tuple((region, f"va_{part}") for part in _PRINTED)
        _sector_row(gathering, cells, region, gdp[region])
        margins.append(Margin(f"gdp of {region} in {gathering.year}", row, gdp[region]))
    for part in _PRINTED:
        margins.extend(gathering.margins(f"va_{part}"))
    if gathering.problems.errors:
        return {}
    return gathering.fit(cells, margins)


def _sector_row(gathering: Gathering, cells: Cells, region: str, gdp: float) -> None:
    """Printed sectors where there are any, else shares of GDP; a third one is what the other two leave."""
    missing = []
    for part in _PRINTED:
        figure = gathering.figure(f"va_{part}", region)
        if figure is None:
            missing.append(part)
        else:
            cells.put((region, f"va_{part}"), figure.value, figure.confidence, rounding_of(figure))
    for part in [part for part in missing if part != "tertiary"]:
        record = gathering.record(f"output.{part}_share_base", region)
        if record is not None:
            cells.put((region, f"va_{part}"), record.value * gdp, record.confidence)
            continue
        name = gathering.book.regions.name(region)
        gathering.miss(
            f"output.{part}_share_base.{region}",
            Text(f"share of the {part} sector in the GDP of {name.en}", f"{name.zh}{part}产业占地区生产总值的比重"),
        )
    if "tertiary" in missing and not gathering.problems.errors:
        rest = gdp - sum(cells.seed_of((region, f"va_{part}")) for part in ("primary", "secondary"))
        cells.put((region, "va_tertiary"), at_least_nothing(rest), "D")


def _five_sectors(gathering: Gathering, region: str, sectors: Mapping[Cell, float]) -> list[float]:
    """Agriculture, energy and chemicals, other industry, construction, services, in the order of SECTORS."""
    construction_share = gathering.record("output.construction_share_of_secondary", region)
    energy_share = gathering.record("output.energy_chemical_share_of_industry", region)
    for key, record in (
        ("output.construction_share_of_secondary", construction_share),
        ("output.energy_chemical_share_of_industry", energy_share),
    ):
        if record is None:
            gathering.miss(f"{key}.{region}", Text("a share to split the secondary sector", "拆分第二产业所需的比重"))
    if construction_share is None or energy_share is None:
        return [0.0] * len(SECTORS)
    secondary = sectors[region, "va_secondary"]
    construction = secondary * construction_share.value
    industry = secondary - construction
    energy_chemicals = industry * energy_share.value
    parts = {
        "agriculture": sectors[region, "va_primary"],
        "energy_chemicals": energy_chemicals,
        "other_industry": industry - energy_chemicals,
        "construction": construction,
        "services": sectors[region, "va_tertiary"],
    }
    return [parts[sector] for sector in SECTORS]
