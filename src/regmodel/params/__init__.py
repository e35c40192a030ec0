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
    SourceKind,
    WaterSource,
)
from regmodel.params.source_kinds import letter_from
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
    "SourceKind",
    "WaterSource",
    "base_year",
    "convert",
    "letter_from",
    "read_book",
    "shipped_folder",
]
