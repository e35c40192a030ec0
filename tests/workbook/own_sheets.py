"""An analyst's own sheets in a workbook of ours: charts, comments, names, formats and formulas that read results."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

NOTES, ELSEWHERE, PLAIN = "My notes 笔记", "Else where", "Plain"
ODD_PART = "customXml/item77.xml"
ODD_BYTES = "<mine>of another program: 其他程序</mine>".encode()


def add_own_sheets(book: Any, reads: str) -> None:
    """Three sheets of the analyst: one reads a result by ``reads``, one reads that one, one reads nothing of ours."""
    notes, elsewhere, plain = (book.create_sheet(title) for title in (NOTES, ELSEWHERE, PLAIN))
    notes["A1"] = f"={reads}"
    notes["A2"] = "water per head 人均用水"
    notes["A2"].font = Font(bold=True, color="00AA3377", name="SimSun")
    notes["A2"].fill = PatternFill("solid", fgColor="0012AB34")
    notes["A2"].comment = Comment("ask the bureau 问水务局", "an analyst")
    notes.column_dimensions["B"].width = 31
    notes.conditional_formatting.add(
        "A1:A9", CellIsRule(operator="greaterThan", formula=["5"], fill=PatternFill("solid", bgColor="00FF9900"))
    )
    book.defined_names["my_total"] = DefinedName("my_total", attr_text=f"'{NOTES}'!$A$1")
    elsewhere["A1"] = "=my_total*2"
    for row, value in enumerate((3, 1, 4, 1, 5), start=1):
        plain.cell(row, 1, value)
        plain.cell(row, 2, f"=A{row}*2")
    plain["D1"] = "dry"
    choice = DataValidation(type="list", formula1='"dry,wet"')
    plain.add_data_validation(choice)
    choice.add("D1")
    chart = LineChart()
    chart.title = "my chart 我的图"
    chart.add_data(Reference(plain, min_col=1, min_row=1, max_row=5))
    plain.add_chart(chart, "F2")


def add_odd_part(path: Path) -> None:
    """A part that no program of ours knows, as other programs leave them."""
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(ODD_PART, ODD_BYTES)


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part of a package."""
    with zipfile.ZipFile(path) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}
