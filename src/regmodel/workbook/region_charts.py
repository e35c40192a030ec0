"""The charts of one region that the user chooses, with its numbers by formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regmodel.params import ParameterBook
from regmodel.vocabulary.texts import Text
from regmodel.workbook.chart_parts import (
    CHART_WIDTH,
    FIRST_YEAR_COLUMN,
    Place,
    dress,
    over_years,
    place_chart,
    unit_of,
)
from regmodel.workbook.contents import variable_text
from regmodel.workbook.data_rows import LAND_OF_PERIOD, LIMIT, PATH_WORDS, PROGRAMME, TREND, YEARS, DataRow
from regmodel.workbook.layout import word
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import Cell

SMALL_HEIGHT, SMALL_ROWS = 290, 15
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
_OF_REGION = Text("{variable} of the region chosen", "所选地区的{variable}")
_CHOOSE = Text("Region shown below (choose from the list)", "下方显示的地区（从列表中选择）")
_NUMBERS = Text("Numbers of the region chosen", "所选地区的数据")
_NO_LIMIT = Text("no limit is set here", "该地区未设上限")


def write_region_part(
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
        if path == LIMIT:
            trend = line + 3 + SHOWN_FOR_REGION.index((variable, TREND))
            held = [numbers[place.rows.index(DataRow(variable, one, region))] for one in (LIMIT, TREND)]
            _limit_name(pen, row, trend, [any(cell is not None for cell in one[FIRST_YEAR_COLUMN:]) for one in held])
        _region_line(place, row, line + 1, DataRow(variable, path, region), lists, numbers)
    below = line + 3 + len(SHOWN_FOR_REGION) + 1
    for at, variable in enumerate(("population", "gdp", "water_use_total", LAND_OF_PERIOD)):
        chart = _of_region(place, variable, line)
        chart.set_size({"width": CHART_WIDTH, "height": SMALL_HEIGHT})
        place_chart(pen.sheets["charts"], chart, below + SMALL_ROWS * (at // 2), second=bool(at % 2))


def _limit_name(pen: Pen, row: int, trend: int, held: list[bool]) -> None:
    """The name of a limit's line, which the legend shows; where the region chosen has no limit it says so.

    ``held`` is whether the limit and the trend have numbers for the region that is shown first.
    """
    from xlsxwriter.utility import xl_range

    counts = [f"COUNT({xl_range(line, 3, line, 2 + len(YEARS))})" for line in (row, trend)]
    here, none = (word(text, pen.language) for text in (PATH_WORDS[LIMIT], _NO_LIMIT))
    formula = f'=IF(AND({counts[0]}=0,{counts[1]}>0),"{none}","{here}")'
    pen.sheets["charts"].write_formula(row, 1, formula, pen.styles["text"], none if held == [False, True] else here)


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
    title = place.pen.title_of("charts")
    rows = {path: line + 3 + at for at, (name, path) in enumerate(SHOWN_FOR_REGION) if name == variable}
    series = {
        path: {
            "name": [title, row, 1],
            "categories": [title, line + 2, 3, line + 2, 2 + len(YEARS)],
            "values": [title, row, 3, row, 2 + len(YEARS)],
        }
        for path, row in rows.items()
    }
    chart = over_years(place.pen, variable, series)
    name_text = variable_text(variable)
    text = Text(_OF_REGION.en.format(variable=name_text.en), _OF_REGION.zh.format(variable=name_text.zh))
    return dress(place.pen, chart, text, unit_of(place, variable))
