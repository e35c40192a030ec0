"""The numbers behind the charts: lines of the data sheet over the years, from a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.params import ParameterBook
from regmodel.report.chart_data import SWAP_RATIO, WATER, ChartData, Limit
from regmodel.report.figures import Figures
from regmodel.report.units import SHOWN_AS, unit_label
from regmodel.vocabulary.sets import BASE_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import variable_text
from regmodel.workbook.data_rows import (
    LAND_OF_PERIOD,
    LAND_SINCE_BASE,
    LIMIT,
    LIMITED_VARIABLES,
    PATH_WORDS,
    PERIOD_LENGTH,
    PROGRAMME,
    YEARS,
    DataRow,
    data_rows,
)
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import Cell

if TYPE_CHECKING:
    from regmodel.runs import Run


_RELEASED = "rural_land_released"
_SINCE_BASE = Text("New urban construction land since {year}", "{year}年以来新增城镇建设用地").fill(year=BASE_YEAR)


def data_lines(book: ParameterBook, language: BookLanguage, run: Run | None) -> list[list[Cell]]:
    """Rows of the data sheet; without a run only their names."""
    source = None if run is None else _Source(run)
    return [_line(row, book, language, source) for row in data_rows(book)]


def _line(row: DataRow, book: ParameterBook, language: BookLanguage, source: _Source | None) -> list[Cell]:
    unit = None if source is None else source.unit(row, language)
    numbers: list[Cell] = [None if source is None else source.value(row, year) for year in YEARS]
    return [
        row.key,
        word(_SINCE_BASE if row.variable == LAND_SINCE_BASE else variable_text(row.variable), language),
        word(PATH_WORDS[row.path], language),
        word(book.regions.name(row.region), language),
        unit,
        *numbers,
    ]


class _Source:
    """Looks the lines up in one run, each variable's limits once."""

    def __init__(self, run: Run) -> None:
        self._data = ChartData(Figures(run), "en")
        self._paths = {"trend": self._data.figures.projection, PROGRAMME: self._data.figures.programme}
        names = {name: LAND_SINCE_BASE if name == LAND_OF_PERIOD else name for name in LIMITED_VARIABLES}
        self._limits = {
            name: [limit for limit in self._data.limits(held) if limit.high is not None] for name, held in names.items()
        }

    def unit(self, row: DataRow, language: BookLanguage) -> str | None:
        """Unit of a line as planners print it."""
        held = self._data.unit(LAND_SINCE_BASE if row.variable == LAND_OF_PERIOD else row.variable)
        if held is None:
            return None
        name = SHOWN_AS.get(held, held)
        return word(Text(unit_label(name, "en") or "-", unit_label(name, "zh") or "-"), language)

    def value(self, row: DataRow, year: int) -> float | None:
        """One number of a line, None where the run has none."""
        if row.path == LIMIT:
            return self._limit(row, year)
        path = self._paths[row.path]
        if path is None:
            return None
        if row.variable == LAND_OF_PERIOD:
            return self._land_of_period(path, row.region, year)
        return self._data.value(path, row.region, row.variable, year)

    def _limit(self, row: DataRow, year: int) -> float | None:
        """The limit of a region in a year: of the period that the year lies in, or the last one that holds on."""
        if row.variable == LAND_OF_PERIOD:
            period = self._period(row.region, year)
            return None if period is None else period.high
        if row.variable == WATER:
            return self._data.water_cap(row.region, year)
        begun = [limit for limit in self._limits[row.variable] if limit.region == row.region and limit.year <= year]
        return begun[-1].high if begun else None

    def _period(self, region: str, year: int) -> Limit | None:
        for limit in self._limits[LAND_OF_PERIOD]:
            if limit.region == region and limit.year_from is not None and limit.year_from <= year <= limit.year:
                return limit
        return None

    def _land_of_period(self, path: str, region: str, year: int) -> float | None:
        """Urban land taken since the plan period of a year began, less what swaps of rural land pay for.

        The run adds both up from the base year on: the period's own part is the difference to its opening year.
        """
        if year == BASE_YEAR:
            return None
        opening = BASE_YEAR + (year - BASE_YEAR - 1) // PERIOD_LENGTH * PERIOD_LENGTH
        before, reached = (self._taken(path, region, each) for each in (opening, year))
        return None if before is None or reached is None else reached - before

    def _taken(self, path: str, region: str, year: int) -> float | None:
        """Urban land taken since the base year less land swapped; a set is the sum of its regions."""
        book = self._data.figures.run.scenario.book
        taken = 0.0
        for place in book.regions.members(region):
            new = self._data.value(path, place, LAND_SINCE_BASE, year)
            if new is None:
                return None
            released = self._data.value(path, place, _RELEASED, year)
            ratio = book.value(SWAP_RATIO, place) if released and book.has(SWAP_RATIO, place) else 0.0
            taken += new - ratio * (released or 0.0)
        return taken
