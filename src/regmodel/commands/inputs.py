"""What options may be: an INPUT, the limit of a search, the forms of a report."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regmodel.scenario import Scenario

FORMS = ("html", "docx", "pdf")
WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods")


def is_workbook(name: str) -> bool:
    """Whether a name ends like a workbook's."""
    return Path(name).suffix.lower() in WORKBOOKS


def scenario_of(name: str) -> Scenario:
    """The scenario of a workbook, a file or a name; raises InputProblems."""
    if is_workbook(name):
        from regmodel.workbook.read import read_workbook

        return read_workbook(Path(name))
    from regmodel.scenario import load

    return load(name, workbooks=True)


def load(name: str | Path) -> Scenario:
    """A shipped scenario by its name, or the scenario of a file (.toml) or of a workbook by its path.

    Raises InputProblems with every problem that the file has.
    """
    return scenario_of(str(name))


def seconds_of(text: str) -> float:
    """The seconds of a --seconds; raises ArgumentTypeError in both languages, the option --lang not being read yet."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError(f'"{text}": must be a number above 0 / 须为大于 0 的数')
    return seconds


def forms_of(text: str) -> tuple[str, ...]:
    """The forms of a --report in their own order; raises ArgumentTypeError in both languages."""
    asked = [name.strip().lower() for name in text.split(",")]
    unknown = [name for name in asked if name not in FORMS]
    if unknown:
        names = ", ".join(FORMS)
        raise argparse.ArgumentTypeError(f'"{unknown[0]}": must be of {names} / 须为 {names} 之一')
    return tuple(form for form in FORMS if form in asked)
