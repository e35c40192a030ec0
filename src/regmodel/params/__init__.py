"""Reads params/, checks every record, converts printed figures, reconciles the base year."""

from regmodel.params.base_year import Adjustment, BaseYear, PrintedTotal, base_year
from regmodel.params.book import ParameterBook
from regmodel.params.folder import shipped_folder
from regmodel.params.reading import read_book
from regmodel.params.records import (
    Change,
    Correction,
    Figure,
    MissingFigure,
    MissingRecord,
    Record,
    Sector,
    Source,
    WaterSource,
)
from regmodel.params.units import convert

__all__ = [
    "Adjustment",
    "BaseYear",
    "Change",
    "Correction",
    "Figure",
    "MissingFigure",
    "MissingRecord",
    "ParameterBook",
    "PrintedTotal",
    "Record",
    "Sector",
    "Source",
    "WaterSource",
    "base_year",
    "convert",
    "read_book",
    "shipped_folder",
]
