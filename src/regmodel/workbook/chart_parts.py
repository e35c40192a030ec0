"""What the native charts share: lines of the data sheet as series, looks, and paths over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regmodel.vocabulary.texts import Text
from regmodel.workbook.data_rows import LAND_OF_PERIOD, LIMIT, PROGRAMME, TREND, YEARS, DataRow
from regmodel.workbook.layout import word
from regmodel.workbook.pen import Pen
from regmodel.workbook.styles import FAINT, INK, QUIET, SERIES, font_of

FIRST_YEAR_COLUMN = 5
CHART_WIDTH, CHART_HEIGHT = 700, 400
SECOND_CHART_COLUMN, SECOND_CHART_SHIFT = 6, 30
LOOKS = {TREND: (SERIES[0], "solid"), PROGRAMME: (SERIES[1], "dash"), LIMIT: ("#C23B22", "square_dot")}


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


def place_chart(sheet: Any, chart: Any, line: int, *, second: bool) -> None:
    """Put a chart on its sheet, on the left or beside another."""
    column, shift = (SECOND_CHART_COLUMN, SECOND_CHART_SHIFT) if second else (0, 0)
    sheet.insert_chart(line, column, chart, {"object_position": 2, "x_offset": shift})


def _axis_font(pen: Pen) -> dict[str, Any]:
    return {"name": font_of(pen.language), "size": 8, "color": QUIET}


def dress(pen: Pen, chart: Any, title: Text, unit_name: str = "") -> Any:
    """Title, axes and legend in the look of the house."""
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


def unit_of(place: Place, variable: str) -> str:
    """The unit of a variable as the data sheet prints it, in the workbook's language."""
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


def _line(series: dict[str, Any], path: str) -> dict[str, Any]:
    colour, dash = LOOKS[path]
    return series | {"line": {"color": colour, "width": 2.25, "dash_type": dash}, "marker": {"type": "none"}}


def over_years(pen: Pen, variable: str, series: Mapping[str, dict[str, Any]]) -> Any:
    """Paths over the years as lines; what starts again from nothing with each period as columns under its limit.

    A line would be drawn through the restart, as if land had been given back.
    """
    if variable != LAND_OF_PERIOD:
        chart = pen.line_chart()
        for path, one in series.items():
            chart.add_series(_line(one, path))
        return chart
    columns, limits = pen.book.add_chart({"type": "column"}), pen.line_chart()
    for path, one in series.items():
        colour = LOOKS[path][0]
        if path == LIMIT:
            dash = {"type": "long_dash", "size": 11, "fill": {"color": colour}, "border": {"color": colour}}
            limits.add_series(one | {"line": {"none": True}, "marker": dash})
        else:
            columns.add_series(one | {"fill": {"color": colour}, "border": {"none": True}, "gap": 60})
    columns.combine(limits)
    return columns
