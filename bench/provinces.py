"""Provinces of an invented folder, and the tables and records that it is written in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regmodel.params import ParameterBook

Row = dict[str, str]
LEVELS = ("10^4 persons", "10^8 CNY", "10^6 m3", "10^8 m3", "km2", "10^4 km2", "10^4 mu")
SUBSET = ("HOHHOT", "BAOTOU", "ORDOS", "ULANQAB", "YULIN")


@dataclass(frozen=True)
class Province:
    """Shipped regions under names with an ending of their own; ``factor`` scales every level."""

    ending: str
    regions: tuple[str, ...]
    factor: float

    def name(self, expression: str) -> str:
        """A region, a set or several joined by ``+``, under the names of this province."""
        return "+".join(f"{part}{self.ending}" for part in expression.split("+"))


def provinces_of(book: ParameterBook, size: int) -> list[Province]:
    """The shipped regions first, then copies of the largest province, the last one cut to the number wanted."""
    shipped = book.regions.ids()
    if size < len(shipped):
        subset = SUBSET[:size]
        return [Province("", tuple(region for region in shipped if region in subset), 1.0)]
    home = book.regions.members(book.regions.home)
    provinces, left = [Province("", shipped, 1.0)], size - len(shipped)
    while left > 0:
        number = len(provinces) + 1
        # No two alike: the factors run through seven steps from 0.85 to 1.15.
        factor = 0.85 + 0.05 * (3 * number % 7)
        provinces.append(Province(f"_{number}", home[:left], round(factor, 2)))
        left -= len(home[:left])
    return provinces


def rows_of(path: Path) -> tuple[list[str], list[Row]]:
    """Columns and rows of a table."""
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return list(reader.fieldnames or ()), list(reader)


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write a table as the shipped ones are written."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text("\ufeff" + text.getvalue(), encoding="utf-8")


def is_whole(book: ParameterBook, province: Province, expression: str) -> bool:
    """Whether every region of an expression is in the province; a place that is no region counts as absent."""
    for part in expression.split("+"):
        known = part in book.regions.ids() or part in book.regions.sets
        if not known or not set(book.regions.members(part)) <= set(province.regions):
            return False
    return True


def blocks_of(path: Path) -> dict[str, str]:
    """The records of a file by key, each as its text."""
    text = path.read_text(encoding="utf-8")
    return {
        found[1]: found[0] for found in re.finditer(r"^\[([^\]]+)\]\n.*?(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    }
