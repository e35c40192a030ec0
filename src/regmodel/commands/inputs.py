"""What INPUT may be: a workbook, a scenario file, or the name of a shipped scenario; and what limits a search."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regmodel.scenario import Scenario

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

    return load(name)


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
