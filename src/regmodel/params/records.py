"""What a record, a figure, a source and a correction are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from regmodel.vocabulary.texts import Text

CONFIDENCE = ("A", "B", "C", "D", "E")
ASSUMED_RANGE = 0.05


@dataclass(frozen=True)
class Source:
    """A document that figures are cited from; ``best_confidence`` is the best letter its figures may carry."""

    key: str
    title: Text
    publisher: str | None
    url: str | None
    published: str | None
    retrieved: date | None
    original: bool
    best_confidence: str
    note: str
    number_format: str | None = None


@dataclass(frozen=True)
class SourceKind:
    """A kind of document that a person may cite, and the letter that a number from it carries."""

    id: str
    title: Text
    confidence: str
    note: Text


@dataclass(frozen=True)
class Record:
    """One coefficient. ``value``, ``low_value`` and ``high_value`` are in ``unit``; the other figures as printed."""

    key: str
    title: Text
    printed: str
    printed_unit: str
    unit: str
    source: str
    where: str
    low: str | None
    high: str | None
    confidence: str
    harder: str | None
    describes: str
    used_for: str
    note: str
    still_valid_on: date
    value: float
    low_value: float | None
    high_value: float | None
    assumed_range: bool = False
    transferred: bool = False
    file: str = ""
    derived_from: tuple[str, ...] = ()
    changed_because: str | None = None

    @property
    def subject(self) -> str:
        """First part of the key: population, output, water, land, environment or lever."""
        return self.key.split(".", 1)[0]

    def at(self, end: str) -> float:
        """The value at ``value``, ``low`` or ``high``; a record without that end stays at its value."""
        if end == "low":
            return self.value if self.low_value is None else self.low_value
        if end == "high":
            return self.value if self.high_value is None else self.high_value
        if end != "value":
            raise ValueError(f"{end!r} is none of value, low, high")
        return self.value


@dataclass(frozen=True)
class Figure:
    """One row of baseline.csv; ``value`` is in ``unit``. An assumed or recalled one has a range of 5 % about it."""

    region: str
    year: int
    target_year: int | None
    variable: str
    printed: str
    printed_unit: str
    value: float
    unit: str
    source: str
    where: str
    confidence: str
    note: str

    @property
    def key(self) -> str:
        """Name of the figure in overrides: ``baseline.<variable>.<REGION>.<year>``."""
        return f"baseline.{self.variable}.{self.region}.{self.year}"

    @property
    def assumed_range(self) -> bool:
        """Whether low and high are the house's 5 % and no statement of a document."""
        return self.confidence in ("D", "E")

    @property
    def low_value(self) -> float | None:
        """Lower end in ``unit``, or None for a published figure."""
        return self.value - abs(self.value) * ASSUMED_RANGE if self.assumed_range else None

    @property
    def high_value(self) -> float | None:
        """Upper end in ``unit``, or None for a published figure."""
        return self.value + abs(self.value) * ASSUMED_RANGE if self.assumed_range else None


@dataclass(frozen=True)
class Correction:
    """A lost decimal or another slip of the stored text: as found, as read, and the evidence for reading it so."""

    row: str
    table: str
    found: str
    read_as: str
    unit: str
    evidence: Text
    numerator: str
    denominator: str
    agrees_with: str


@dataclass(frozen=True)
class Sector:
    """A sector of value added and the printed one of three that it belongs to."""

    id: str
    name: Text
    printed_sector: str


@dataclass(frozen=True)
class WaterSource:
    """Where water comes from; ``serves`` maps each use to whether its quality allows it."""

    id: str
    name: Text
    serves: Mapping[str, bool]
    note: str


@dataclass(frozen=True)
class Change:
    """Another number for a record, in its printed unit, with why, from where and how sure.

    Without a letter (``confidence``) it keeps that of the record.
    """

    printed: str | float
    reason: str | None = None
    source: str | None = None
    confidence: str | None = None
    where: str | None = None


class MissingRecord(KeyError):
    """No record of that key, neither for the region nor in general."""

    def __str__(self) -> str:
        return str(self.args[0])


class MissingFigure(KeyError):
    """No figure of that variable, region and year; absent, which is not zero."""

    def __str__(self) -> str:
        return str(self.args[0])
