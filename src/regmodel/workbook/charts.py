"""Native charts over the data sheet: they redraw when a run has put new numbers there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from regmodel.params import ParameterBook
from regmodel.vocabulary.sets import BASE_YEAR
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import variable_text
from regmodel.workbook.data_rows import (
    LAND_OF_PERIOD,
    LIMIT,
    PATH_WORDS,
    PROGRAMME,
    TREND,
    YEARS,
    DataRow,
    data_rows,
)
from regmodel.workbook.layout import word
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell
from regmodel.workbook.styles import FAINT, INK, QUIET, SERIES, font_of

FIRST_YEAR_COLUMN = 5
LABEL_COLUMN = 3
TARGET_YEAR = 2025
CHART_WIDTH, CHART_HEIGHT, CHART_ROWS = 700, 400, 21
SECOND_CHART_COLUMN, SECOND_CHART_SHIFT = 6, 30
GROUP_ROWS = 46  # two rows of charts and a gap: about what a landscape page takes at this width
SMALL_HEIGHT, SMALL_ROWS = 290, 15
CHARTS_WIDTHS = (24, 24, 22, *([8.2] * 17))
SHOWN_FOR_REGION = (
    ("population", TREND),
    ("population", PROGRAMME),
    ("urban_population", TREND),
    ("urban_population", PROGRAMME),
    ("gdp", TREND),
    ("gdp", PROGRAMME),
    ("water_use_total", TREND),
    ("water_use_total", PROGRAMME),
    ("water_use_total", LIMIT),
    (LAND_OF_PERIOD, TREND),
    (LAND_OF_PERIOD, PROGRAMME),
    (LAND_OF_PERIOD, LIMIT),
)
LOOKS = {TREND: (SERIES[0], "solid"), PROGRAMME: (SERIES[1], "dash"), LIMIT: ("#C23B22", "square_dot")}
_BY_REGION = Text("{variable} by region, trend projection", "分地区{variable}（趋势推演）")
_AGAINST = Text("{variable} against the limit, {region}", "{region}{variable}与控制上限")
_IN_YEAR = Text("{variable} against the limit by region, {year}", "{year}年各地区{variable}与控制上限")
_LINES = Text("{variable}", "{variable}")
_OF_REGION = Text("{variable} of the region chosen", "所选地区的{variable}")
_CHOOSE = Text("Region shown below (choose from the list)", "下方显示的地区（从列表中选择）")
_NUMBERS = Text("Numbers of the region chosen", "所选地区的数据")


@dataclass(frozen=True)
class Place:
    """Where the data sheet's lines stand: first row of the block and the order of its lines."""

    pen: Pen
    first: int
    rows: tuple[DataRow, ...]

    def line(self, variable: str, path: str, region: str) -> int:
        """Row of one line of the data sheet."""
        return self.first + self.rows.index(DataRow(variable, path, region))

    def series(self, row: int, name_column: int) -> dict[str, Any]:
        """Name, categories and values of a line over the years."""
        title = self.pen.title_of("data")
        last = FIRST_YEAR_COLUMN + len(YEARS) - 1
        return {
            "name": [title, row, name_column],
            "categories": [title, self.first - 1, FIRST_YEAR_COLUMN, self.first - 1, last],
            "values": [title, row, FIRST_YEAR_COLUMN, row, last],
        }


def write_charts(
    pen: Pen, book: ParameterBook, data_first: int, lists: dict[str, str], numbers: Sequence[Sequence[Cell]]
) -> None:
    """The Charts sheet; ``numbers`` are the lines of the data sheet, for the values that formulas show at once."""
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
        _in_year(place, "water_use_total", book),
        _against(place, LAND_OF_PERIOD, whole, book),
        _lines_of(place, "urbanisation_rate", tuple(book.regions.sets)),
        _stacked(place, "population", book),
        _stacked(place, "gdp", book),
        _stacked(place, "water_use_total", book),
        _in_year(place, LAND_OF_PERIOD, book),
    ]
    for at, chart in enumerate(drawn):
        line = 3 + GROUP_ROWS * (at // 4) + CHART_ROWS * (at // 2 % 2)
        _place_chart(sheet, chart, line, second=bool(at % 2))
    below = 3 + GROUP_ROWS * 2
    sheet.set_h_pagebreaks([3 + GROUP_ROWS - 2, below - 2])
    _region_part(place, book, below, lists, numbers)


def _place_chart(sheet: Any, chart: Any, line: int, *, second: bool) -> None:
    column, shift = (SECOND_CHART_COLUMN, SECOND_CHART_SHIFT) if second else (0, 0)
    sheet.insert_chart(line, column, chart, {"object_position": 2, "x_offset": shift})


def _axis_font(pen: Pen) -> dict[str, Any]:
    return {"name": font_of(pen.language), "size": 8, "color": QUIET}


def _dress(pen: Pen, chart: Any, title: Text, unit_name: str = "") -> Any:
    font = font_of(pen.language)
    title_font = {"name": font, "size": 11, "bold": True, "color": INK}
    chart.set_title({"name": pen.short(title), "overlay": False, "name_font": title_font})
    chart.set_legend({"position": "bottom", "font": {"name": font, "size": 8, "color": INK}})
    chart.set_x_axis({"num_font": _axis_font(pen), "line": {"color": FAINT}, "label_position": "low"})
    chart.set_y_axis(
        {
            "num_font": _axis_font(pen),
            "num_format": "#,##0",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#E4E9EC", "width": 0.75}},
            "name": unit_name,
            "name_font": {"name": font, "size": 8, "bold": False, "color": QUIET},
        }
    )
    chart.set_size({"width": CHART_WIDTH, "height": CHART_HEIGHT})
    chart.set_chartarea({"border": {"color": FAINT}, "fill": {"color": "#FFFFFF"}})
    # A gap would be left to the program to assume, and LibreOffice assumes zero.
    chart.show_blanks_as("span")
    chart.show_na_as_empty_cell()
    return chart


def _unit(place: Place, variable: str) -> str:
    from regmodel.report.units import SHOWN_AS, unit_label

    memory = {
        "population": "wan_person",
        "gdp": "yi_yuan/year",
        "water_use_total": "hm3/year",
        "urban_population": "wan_person",
    }
    unit = memory.get(variable, "km2" if "land" in variable else "dimensionless")
    name = SHOWN_AS.get(unit, unit)
    return word(Text(unit_label(name, "en") or "-", unit_label(name, "zh") or "-"), place.pen.language)


def _stacked(place: Place, variable: str, book: ParameterBook) -> Any:
    chart = place.pen.book.add_chart({"type": "column", "subtype": "stacked"})
    for at, region in enumerate(book.regions.ids()):
        series = place.series(place.line(variable, TREND, region), LABEL_COLUMN)
        chart.add_series(series | {"fill": {"color": SERIES[at % len(SERIES)]}, "border": {"none": True}, "gap": 40})
    name = variable_text(variable)
    title = Text(_BY_REGION.en.format(variable=name.en), _BY_REGION.zh.format(variable=name.zh))
    chart = _dress(place.pen, chart, title, _unit(place, variable))
    chart.set_legend({"position": "right", "font": {"name": font_of(place.pen.language), "size": 8, "color": INK}})
    return chart


def _line(series: dict[str, Any], path: str) -> dict[str, Any]:
    colour, dash = LOOKS[path]
    return series | {"line": {"color": colour, "width": 2.25, "dash_type": dash}, "marker": {"type": "none"}}


def _against(place: Place, variable: str, region: str, book: ParameterBook) -> Any:
    chart = place.pen.line_chart()
    for path in (TREND, PROGRAMME, LIMIT):
        chart.add_series(_line(place.series(place.line(variable, path, region), 2), path))
    name, where = variable_text(variable), book.regions.name(region)
    title = Text(
        _AGAINST.en.format(variable=name.en, region=where.en), _AGAINST.zh.format(variable=name.zh, region=where.zh)
    )
    return _dress(place.pen, chart, title, _unit(place, variable))


def _in_year(place: Place, variable: str, book: ParameterBook) -> Any:
    chart = place.pen.book.add_chart({"type": "column"})
    title_of_data = place.pen.title_of("data")
    column = FIRST_YEAR_COLUMN + TARGET_YEAR - BASE_YEAR
    ids = book.regions.ids()
    for path in (TREND, PROGRAMME, LIMIT):
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
    title = Text(
        _IN_YEAR.en.format(variable=name.en, year=TARGET_YEAR), _IN_YEAR.zh.format(variable=name.zh, year=TARGET_YEAR)
    )
    return _dress(place.pen, chart, title, _unit(place, variable))


def _lines_of(place: Place, variable: str, regions: Sequence[str]) -> Any:
    chart = place.pen.line_chart()
    for at, region in enumerate(regions):
        series = place.series(place.line(variable, TREND, region), LABEL_COLUMN)
        chart.add_series(series | {"line": {"color": SERIES[at], "width": 2}, "marker": {"type": "none"}})
    name = variable_text(variable)
    chart = _dress(place.pen, chart, Text(_LINES.en.format(variable=name.en), _LINES.zh.format(variable=name.zh)), "%")
    chart.y_axis["min"] = 50
    return chart


def _region_part(
    place: Place, book: ParameterBook, line: int, lists: dict[str, str], numbers: Sequence[Sequence[Cell]]
) -> None:
    """A chooser of a region, its numbers by formula, and two charts over them."""
    pen = place.pen
    for at in range(FIRST_YEAR_COLUMN - 2 + len(YEARS)):
        pen.put("charts", line, at, pen.long(_NUMBERS) if at == 0 else None, "section")
    pen.put("charts", line + 1, 0, pen.lines(_CHOOSE), "text")
    region = book.regions.ids()[0]
    pen.put("charts", line + 1, 1, word(book.regions.name(region), pen.language), "entry_choice")
    pen.sheets["charts"].data_validation(
        line + 1, 1, line + 1, 1, {"validate": "list", "source": lists["places"], "input_message": pen.lines(_CHOOSE)}
    )
    heads = (Text("variable", "变量"), Text("path", "路径"), Text("line", "行"))
    for at, head in enumerate(heads):
        pen.put("charts", line + 2, at, pen.short(head), "header")
    for at, year in enumerate(YEARS):
        pen.put("charts", line + 2, 3 + at, str(year), "header")
    for offset, (variable, path) in enumerate(SHOWN_FOR_REGION):
        row = line + 3 + offset
        pen.put("charts", row, 0, word(variable_text(variable), pen.language), "text")
        pen.put("charts", row, 1, word(PATH_WORDS[path], pen.language), "text")
        _region_line(place, row, line + 1, DataRow(variable, path, region), lists, numbers)
    below = line + 3 + len(SHOWN_FOR_REGION) + 1
    for at, variable in enumerate(("population", "gdp", "water_use_total", LAND_OF_PERIOD)):
        chart = _of_region(place, variable, line)
        chart.set_size({"width": CHART_WIDTH, "height": SMALL_HEIGHT})
        _place_chart(pen.sheets["charts"], chart, below + SMALL_ROWS * (at // 2), second=bool(at % 2))


def _region_line(
    place: Place, row: int, chooser: int, shown: DataRow, lists: dict[str, str], numbers: Sequence[Sequence[Cell]]
) -> None:
    """One line of the chosen region: its place on the data sheet, then one look-up a year."""
    from xlsxwriter.utility import xl_col_to_name

    pen, sheet = place.pen, place.pen.sheets["charts"]
    data, top, bottom = pen.quoted("data"), place.first + 1, place.first + len(place.rows)
    at = place.rows.index(shown)
    names, ids = (lists[name].removeprefix("=") for name in ("places", "place_ids"))
    chosen = f"INDEX({ids},MATCH($B${chooser + 1},{names},0))"
    find = f'=MATCH("{shown.variable}|{shown.path}|"&{chosen},{data}!$A${top}:$A${bottom},0)'
    sheet.write_formula(row, 2, find, pen.styles["quiet"], at + 1)
    for offset in range(len(YEARS)):
        column = xl_col_to_name(FIRST_YEAR_COLUMN + offset)
        cell = f"INDEX({data}!{column}${top}:{column}${bottom},$C{row + 1})"
        known = numbers[at][FIRST_YEAR_COLUMN + offset]
        value = "#N/A" if known is None else known
        sheet.write_formula(row, 3 + offset, f'=IF({cell}="",NA(),{cell})', pen.styles["region_number"], value)
    sheet.conditional_format(row, 3, row, 2 + len(YEARS), {"type": "errors", "format": pen.styles["white"]})


def _of_region(place: Place, variable: str, line: int) -> Any:
    chart = place.pen.line_chart()
    title = place.pen.title_of("charts")
    for offset, (name, path) in enumerate(SHOWN_FOR_REGION):
        if name != variable:
            continue
        row = line + 3 + offset
        chart.add_series(
            _line(
                {
                    "name": [title, row, 1],
                    "categories": [title, line + 2, 3, line + 2, 2 + len(YEARS)],
                    "values": [title, row, 3, row, 2 + len(YEARS)],
                },
                path,
            )
        )
    name_text = variable_text(variable)
    text = Text(_OF_REGION.en.format(variable=name_text.en), _OF_REGION.zh.format(variable=name_text.zh))
    return _dress(place.pen, chart, text, _unit(place, variable))
