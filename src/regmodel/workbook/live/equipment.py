"""What a workbook needs to be run from inside Excel: buttons and macros, or the settings that the add-in reads."""

from __future__ import annotations

import sys
import sysconfig
from io import BytesIO
from pathlib import Path
from typing import Literal

from regmodel.vocabulary.texts import Text
from regmodel.workbook.layout import sentence, word
from regmodel.workbook.live.project import macro_project
from regmodel.workbook.pen import Pen

Equipment = Literal["macro", "addin"]
CONF_SHEET = "xlwings.conf"
LIMIT_NAME = "rm_time_limit"
LIMIT_SECONDS = 1800.0
LEAST_SECONDS, MOST_SECONDS = 5.0, 86400.0
LAUNCHER = "regmodel-excel"
RESULT_ROLES = ("results", "control")

_BUTTONS = (
    ("RegmodelRun", Text("Run", "运行")),
    ("RegmodelValidate", Text("Validate", "检查")),
    ("RegmodelReport", Text("Report", "报告")),
)
_BUTTON_WIDTH, _BUTTON_HEIGHT, _BUTTON_GAP = 150, 32, 12
_LIMIT = Text("Longest time of a run, in seconds", "运行的最长时间（秒）")
_LIMIT_SAID = Text(
    "A run from inside Excel is stopped after this time; nothing of it is written.",
    "从 Excel 内启动的运行超过此时间即停止，不写入任何结果。",
)
_LIMIT_RULE = Text("Seconds, from 5 to 86 400.", "秒数，5 至 86400。")
_CONF_NOTE = Text(
    "Settings of xlwings. They say which Python is started: change them only if Python has moved.",
    "xlwings 的设置，指定所启动的 Python；仅在 Python 位置改变时修改。",
)


def launcher() -> Path | None:
    """The program that the add-in's Run main starts in place of Python, or None where it is not installed."""
    name = LAUNCHER + (".exe" if sys.platform == "win32" else "")
    found = Path(sysconfig.get_path("scripts")) / name
    return found if found.is_file() else None


def settings(equipment: Equipment) -> tuple[tuple[str, str], ...]:
    """The rows of the sheet xlwings.conf.

    A key that stands on the sheet is not looked for in a file beside the workbook or in the user's folder: everything
    that could start another program or lengthen Python's path is therefore set here, to nothing if need be.
    """
    python = Path(sys.executable)
    if python.stem.lower() == "pythonw":
        python = python.with_name("python" + python.suffix)
    program = str(python if equipment == "macro" else launcher() or python)
    return (
        ("INTERPRETER_WIN", "" if sys.platform == "darwin" else program),
        ("INTERPRETER_MAC", "" if sys.platform == "win32" else program),
        ("INTERPRETER", program),
        ("PYTHONPATH", ""),
        ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
        ("CONDA PATH", ""),
        ("CONDA ENV", ""),
        ("USE UDF SERVER", "False"),
        ("SHOW CONSOLE", "False"),
        ("SHOW_ERROR_POPUPS", "False"),
    )


def equip(pen: Pen, equipment: Equipment) -> None:
    """Give a workbook that is being written its buttons or settings, and the time limit on the front page."""
    _write_settings(pen, equipment)
    if equipment == "macro":
        pen.book.add_vba_project(BytesIO(macro_project()), is_stream=True)
        _write_buttons(pen)


def _write_settings(pen: Pen, equipment: Equipment) -> None:
    sheet = pen.book.add_worksheet(CONF_SHEET)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 70)
    sheet.set_column(3, 3, 60)
    for row, (key, value) in enumerate(settings(equipment)):
        sheet.write_string(row, 0, key)
        if value:
            sheet.write_string(row, 1, value)
    sheet.write_string(0, 3, sentence(_CONF_NOTE, pen.language), pen.styles["text"])
    sheet.hide()


def _write_buttons(pen: Pen) -> None:
    sheet = pen.sheets["start"]
    sheet.set_row(2, _BUTTON_HEIGHT + 6)
    for at, (macro, caption) in enumerate(_BUTTONS):
        place = {"x_offset": at * (_BUTTON_WIDTH + _BUTTON_GAP), "y_offset": 5}
        size = {"width": _BUTTON_WIDTH, "height": _BUTTON_HEIGHT}
        words = word(caption, pen.language)
        sheet.insert_button(2, 1, {"macro": macro, "caption": words, "description": words, **place, **size})


def write_limit(pen: Pen, line: int) -> int:
    """The time limit as a yellow cell on the front page; returns the line after it."""
    pen.put("start", line, 1, sentence(_LIMIT, pen.language), "text")
    pen.put("start", line, 2, LIMIT_SECONDS, "entry_choice")
    pen.put("start", line, 3, sentence(_LIMIT_SAID, pen.language), "text")
    rule = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": LEAST_SECONDS,
        "maximum": MOST_SECONDS,
        "input_message": sentence(_LIMIT_RULE, pen.language),
    }
    pen.sheets["start"].data_validation(line, 2, line, 2, rule)
    pen.book.define_name(LIMIT_NAME, f"={pen.quoted('start')}!$C${line + 1}")
    return line + 1
