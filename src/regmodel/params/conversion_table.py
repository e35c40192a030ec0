"""Writes params/conversions.csv anew: ``python -m regmodel.params.conversion_table``."""

from __future__ import annotations

import csv
from pathlib import Path

from regmodel.params.folder import shipped_folder
from regmodel.params.reading import read_book
from regmodel.params.units import computed_factor

CLAUSE_PAIRS = (
    ("10^4 persons", "wan_person"),
    ("10^8 CNY", "yi_yuan"),
    ("10^8 CNY", "yi_yuan/year"),
    ("10^8 m3", "hm3"),
    ("10^8 m3", "hm3/year"),
    ("10^4 m3", "hm3/year"),
    ("10^4 mu", "km2"),
    ("10^4 km2", "km2"),
    ("km2", "km2"),
    ("m2/person", "km2/wan_person"),
    ("%", "dimensionless"),
    ("%", "1/year"),
    ("%/yr", "1/year"),
    ("% of land area", "dimensionless"),
    ("percentage points", "dimensionless"),
    ("ratio", "dimensionless"),
    ("10^4 m3 per percentage point", "hm3/point"),
    ("10^4 t per percentage point", "wan_tonne/point"),
    ("L/person/day", "hm3/wan_person/year"),
    ("m3/10^4 CNY", "hm3/yi_yuan"),
    ("CNY/m3", "yuan/m3"),
    ("CNY/m3", "yi_yuan/hm3"),
    ("CNY/mu", "yi_yuan/km2"),
    ("CNY/person", "yi_yuan/wan_person"),
    ("CNY/CNY", "dimensionless"),
)
"""Units of clauses and of report tables, beside those of the records."""


def pairs_in_use() -> list[tuple[str, str]]:
    """Every pair of printed and memory unit of the shipped records, figures and clauses."""
    book = read_book()
    pairs = {(record.printed_unit, record.unit) for record in book.records.values()}
    pairs |= {(figure.printed_unit, figure.unit) for figure in book.figures}
    return sorted(pairs | set(CLAUSE_PAIRS))


def write_conversions(path: Path) -> None:
    """One row for each pair in use, computed by Pint."""
    rows = [(printed_unit, unit, repr(computed_factor(printed_unit, unit))) for printed_unit, unit in pairs_in_use()]
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(["printed_unit", "unit", "factor"])
        table.writerows(rows)


if __name__ == "__main__":
    write_conversions(shipped_folder() / "conversions.csv")
