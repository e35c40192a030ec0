"""Cells of the base year: what is published, what is only a seed, and what has neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from regmodel.params.book import ParameterBook
from regmodel.params.numbers import read_number
from regmodel.params.reconciliation import InconsistentTotals, Margin, fit_residual
from regmodel.params.records import Figure, Record
from regmodel.params.units import convert
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

Cell = tuple[str, str]
"""Region and part, such as (HOHHOT, va_primary)."""
KNOWN = ("A", "B", "C")
_UNITS_AS_PRINTED = {"wan_person": "10^4 persons", "yi_yuan/year": "10^8 CNY", "hm3/year": "10^6 m3"}


@dataclass(frozen=True)
class PrintedTotal:
    """A total of a plan that parts must add up to, in memory units; ``rounding`` is half its last printed digit."""

    variable: str
    region: str
    value: float
    name: str
    rounding: float = 0.0


@dataclass(frozen=True)
class Adjustment:
    """How far fitting moved one cell: ``relative`` is value over seed less one; ``total`` names what it served."""

    quantity: str
    region: str
    part: str
    seed: float
    value: float
    unit: str
    total: str
    relative: float


@dataclass
class Cells:
    """Known cells and seeds of one quantity, gathered before fitting."""

    quantity: str
    unit: str
    fixed: dict[Cell, float] = field(default_factory=dict)
    seeds: dict[Cell, float] = field(default_factory=dict)
    rounding: dict[Cell, float] = field(default_factory=dict)

    def put(self, cell: Cell, value: float, confidence: str, rounding: float = 0.0) -> None:
        """A published cell is known; an assumed or recalled one is a seed."""
        (self.fixed if confidence in KNOWN else self.seeds)[cell] = value
        self.rounding[cell] = rounding

    def seed_of(self, cell: Cell) -> float:
        """The value before fitting."""
        return self.fixed[cell] if cell in self.fixed else self.seeds[cell]


@dataclass
class Gathering:
    """The book, what has been read of it, what is missing and what fitting moved."""

    book: ParameterBook
    year: int
    printed_totals: Sequence[PrintedTotal]
    problems: Problems = field(default_factory=Problems)
    inputs: dict[str, None] = field(default_factory=dict)
    unseeded: list[str] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)

    def figure(self, variable: str, region: str) -> Figure | None:
        """A figure of the base year, noted as read."""
        found = self.book.find_figure(variable, region, self.year)
        if found is not None:
            self.inputs[found.key] = None
        return found

    def record(self, key: str, region: str) -> Record | None:
        """A record, noted as read."""
        if not self.book.has(key, region):
            return None
        found = self.book.record(key, region)
        self.inputs[found.key] = None
        return found

    def transferred_figure(self, variable: str, region: str) -> Figure | None:
        """The figure of the region, of its parent or of anywhere else, in the year nearest to the base year."""
        parent = self.book.regions.region(region).parent
        found = [figure for figure in self.book.figures if figure.variable == variable]
        if not found:
            return None
        nearest = min(
            found,
            key=lambda figure: (figure.region != region, figure.region != parent, abs(figure.year - self.year)),
        )
        self.inputs[nearest.key] = None
        return nearest

    def miss(self, record: str, what: Text) -> None:
        """Note a cell that has neither figure nor seed, and the record that would give one."""
        self.unseeded.append(record)
        self.problems.add(
            "P-15",
            record,
            Text("no figure and no seed", "既无数据也无初值"),
            what,
            Text(
                f"add a record [{record}] with range, reason and confidence D, or the figure to baseline.csv",
                f"请添加记录 [{record}]（附范围、理由，可信度 D），或将数据加入 baseline.csv",
            ),
        )

    def margins(self, variable: str, part: str | None = None) -> list[Margin[Cell]]:
        """Totals of a variable over sets of regions: from baseline.csv and from the plans."""
        part = variable if part is None else part
        found = []
        for name in self.book.regions.sets:
            figure = self.figure(variable, name)
            if figure is not None:
                found.append(self._margin(variable, name, part, figure.value, rounding_of(figure), ""))
        for total in self.printed_totals:
            if total.variable == variable:
                found.append(self._margin(variable, total.region, part, total.value, total.rounding, total.name))
        return found

    def _margin(self, variable: str, region: str, part: str, total: float, rounding: float, name: str) -> Margin[Cell]:
        members = self.book.regions.members(region)
        label = f"{variable} of {region} in {self.year}" + (f" ({name})" if name else "")
        return Margin(label, tuple((member, part) for member in members), total, rounding)

    def fit(self, cells: Cells, margins: Sequence[Margin[Cell]]) -> dict[Cell, float]:
        """Fit and note every adjustment; totals that cannot hold become problems and the seeds come back."""
        margins = [
            Margin(m.name, m.cells, m.total, m.rounding + sum(cells.rounding.get(cell, 0.0) for cell in m.cells))
            for m in margins
        ]
        try:
            fitted = fit_residual(cells.seeds, cells.fixed, margins)
        except InconsistentTotals as error:
            for gap in error.gaps:
                self._refuse(cells.unit, gap.name, gap.found, gap.total)
            return {**cells.fixed, **cells.seeds}
        self.note(cells, fitted, margins)
        return fitted

    def note(self, cells: Cells, fitted: dict[Cell, float], margins: Sequence[Margin[Cell]]) -> None:
        """One adjustment for each cell that had only a seed."""
        for (region, part), seed in cells.seeds.items():
            value = fitted[region, part]
            served = "; ".join(margin.name for margin in margins if (region, part) in margin.cells)
            relative = value / seed - 1.0 if seed else 0.0
            self.adjustments.append(Adjustment(cells.quantity, region, part, seed, value, cells.unit, served, relative))

    def _refuse(self, unit: str, name: str, found: float, total: float) -> None:
        unit = _UNITS_AS_PRINTED[unit]
        self.problems.add(
            "P-14",
            f"params/baseline.csv   {name}",
            Text(
                f"parts that come to {found:.6g} {unit} beside a total of {total:.6g}",
                f"各部分可达 {found:.6g} {unit}，而总数为 {total:.6g}",
            ),
            Text("known parts and totals that can hold together", "已知各部分与总数应能同时成立"),
            Text(
                "compare the figures with their pages; a slip of the page goes into corrections.csv with its evidence",
                "请与原文核对；如原文有误，请连同依据写入 corrections.csv",
            ),
        )


def rounding_of(figure: Figure) -> float:
    """Half of the last printed digit, in the memory unit."""
    read_number(figure.printed, figure.printed_unit)
    decimals = figure.printed.partition(".")[2]
    half = 0.5 * 10.0 ** -sum(character.isdigit() for character in decimals)
    return abs(convert(half, figure.printed_unit, figure.unit))
