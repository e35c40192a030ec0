"""Native charts over the data sheet: they redraw when a run has put new numbers there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regmodel.params import ParameterBook
from regmodel.scenario import Scenario
from regmodel.vocabulary.sets import BASE_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.chart_parts import FIRST_YEAR_COLUMN, LOOKS, Place, dress, over_years, place_chart, unit_of
from regmodel.workbook.contents import variable_text
from regmodel.workbook.data_rows import (
    LAND_OF_PERIOD,
    LAND_SINCE_BASE,
    LIMIT,
    PATH_WORDS,
    PROGRAMME,
    TREND,
    data_rows,
)
from regmodel.workbook.layout import word
from regmodel.workbook.pen import Pen
from regmodel.workbook.region_charts import write_region_part
from regmodel.workbook.rows import Cell
from regmodel.workbook.styles import INK, SERIES, font_of

LABEL_COLUMN = 3
TARGET_YEAR = 2025
GROUP_ROWS = 46  # two rows of charts and a gap: about what a landscape page takes at this width
CHART_ROWS = 21
CHARTS_WIDTHS = (24, 24, 22, *([8.2] * 17))
_BY_REGION = Text("{variable} by region, trend projection", "分地区{variable}（趋势推演）")
_AGAINST = Text("{variable} against the limit, {region}", "{region}{variable}与控制上限")
_IN_YEAR = Text("{variable} against the limit by region, {year}", "{year}年各地区{variable}与控制上限")
_IN_YEAR_ALONE = Text("{variable} by region, {year}", "{year}年各地区{variable}")
_LINES = Text("{variable}", "{variable}")


def write_charts(
    pen: Pen, scenario: Scenario, data_first: int, lists: dict[str, str], numbers: Sequence[Sequence[Cell]]
) -> None:
    """The Charts sheet; ``numbers`` are the lines of the data sheet, for the values that formulas show at once."""
    book = scenario.book
    place = Place(pen, data_first, data_rows(book))
    sheet = pen.sheets["charts"]
    pen.head("charts")
    pen.columns("charts", CHARTS_WIDTHS)
    whole = (
        max(book.regions.sets, key=lambda name: len(book.regions.sets[name]))
        if book.regions.sets
        else book.regions.ids()[0]
    )
    drawn = [
        _against(place, "water_use_total", whole, book),
        _in_year(place, "water_use_total", scenario),
        _against(place, LAND_OF_PERIOD, whole, book),
        _lines_of(place, "urbanisation_rate", tuple(book.regions.sets)),
        _stacked(place, "population", book),
        _stacked(place, "gdp", book),
        _stacked(place, "water_use_total", book),
        _in_year(place, LAND_OF_PERIOD, scenario),
    ]
    for at, chart in enumerate(drawn):
        line = 3 + GROUP_ROWS * (at // 4) + CHART_ROWS * (at // 2 % 2)
        place_chart(sheet, chart, line, second=bool(at % 2))
    below = 3 + GROUP_ROWS * 2
    sheet.set_h_pagebreaks([3 + GROUP_ROWS - 2, below - 2])
    write_region_part(place, book, below, lists, numbers)


def _stacked(place: Place, variable: str, book: ParameterBook) -> Any:
    chart = place.pen.book.add_chart({"type": "column", "subtype": "stacked"})
    for at, region in enumerate(book.regions.ids()):
        series = place.series(place.line(variable, TREND, region), LABEL_COLUMN)
        chart.add_series(series | {"fill": {"color": SERIES[at % len(SERIES)]}, "border": {"none": True}, "gap": 40})
    name = variable_text(variable)
    title = Text(_BY_REGION.en.format(variable=name.en), _BY_REGION.zh.format(variable=name.zh))
    chart = dress(place.pen, chart, title, unit_of(place, variable))
    chart.set_legend({"position": "right", "font": {"name": font_of(place.pen.language), "size": 8, "color": INK}})
    return chart


def _against(place: Place, variable: str, region: str, book: ParameterBook) -> Any:
    paths = (TREND, PROGRAMME, LIMIT)
    chart = over_years(
        place.pen, variable, {path: place.series(place.line(variable, path, region), 2) for path in paths}
    )
    name, where = variable_text(variable), book.regions.name(region)
    title = Text(
        _AGAINST.en.format(variable=name.en, region=where.en), _AGAINST.zh.format(variable=name.zh, region=where.zh)
    )
    return dress(place.pen, chart, title, unit_of(place, variable))


def _in_year(place: Place, variable: str, scenario: Scenario) -> Any:
    """Every region in one year; a legend names the limit only where a clause sets one for a region."""
    chart = place.pen.book.add_chart({"type": "column"})
    title_of_data = place.pen.title_of("data")
    column = FIRST_YEAR_COLUMN + TARGET_YEAR - BASE_YEAR
    ids = scenario.book.regions.ids()
    held = LAND_SINCE_BASE if variable == LAND_OF_PERIOD else variable
    bounds = [one.clause for one in scenario.clauses if one.clause.variable == held and one.clause.sense == "<="]
    limited = any(clause.region in ids for clause in bounds)
    for path in (TREND, PROGRAMME, *((LIMIT,) if limited else ())):
        top = place.line(variable, path, ids[0])
        bottom = top + len(ids) - 1
        chart.add_series(
            {
                "name": word(PATH_WORDS[path], place.pen.language),
                "categories": [title_of_data, top, LABEL_COLUMN, bottom, LABEL_COLUMN],
                "values": [title_of_data, top, column, bottom, column],
                "fill": {"color": LOOKS[path][0]},
                "border": {"none": True},
                "gap": 60,
            }
        )
    name = variable_text(variable)
    said = _IN_YEAR if limited else _IN_YEAR_ALONE
    title = Text(said.en.format(variable=name.en, year=TARGET_YEAR), said.zh.format(variable=name.zh, year=TARGET_YEAR))
    return dress(place.pen, chart, title, unit_of(place, variable))


def _lines_of(place: Place, variable: str, regions: Sequence[str]) -> Any:
    chart = place.pen.line_chart()
    for at, region in enumerate(regions):
        series = place.series(place.line(variable, TREND, region), LABEL_COLUMN)
        chart.add_series(series | {"line": {"color": SERIES[at], "width": 2}, "marker": {"type": "none"}})
    name = variable_text(variable)
    chart = dress(place.pen, chart, Text(_LINES.en.format(variable=name.en), _LINES.zh.format(variable=name.zh)), "%")
    chart.y_axis["min"] = 50
    return chart
