"""The clauses and the records side by side, as the themes of the arithmetic read them (units of memory)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from regmodel.equations.population import population_path
from regmodel.params import Figure, MissingFigure, ParameterBook, convert
from regmodel.plans.clause import Clause
from regmodel.plans.wording import bounds_in_memory
from regmodel.vocabulary.texts import Text, same

HELD_LEVEL = "flat"
PUBLISHED = ("A", "B")
NO_DOCUMENT = ("D", "E")


@dataclass(frozen=True)
class Register:
    """Look-ups for the themes; it computes nothing of its own but sums, conversions and population paths.

    It notes each number handed out that no document prints: of a clause that is assumed or recalled, of a record or a
    figure that is not published. What takes one does not stand on printed figures alone.
    """

    by_id: Mapping[str, Clause]
    book: ParameterBook
    unprinted: set[str] = field(default_factory=set)

    @staticmethod
    def of(clauses: Iterable[Clause], book: ParameterBook) -> Register:
        """A register of the clauses given."""
        return Register({clause.id: clause for clause in clauses}, book)

    def afresh(self) -> Register:
        """The same register before anything was taken of it, for a finding of its own."""
        return replace(self, unprinted=set())

    @property
    def assumed(self) -> bool:
        """Whether anything taken so far is in no document."""
        return bool(self.unprinted)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.by_id.values())

    def has(self, *ids: str) -> bool:
        """Whether all these clauses are here."""
        return all(name in self.by_id for name in ids)

    def __getitem__(self, name: str) -> Clause:
        return self.by_id[name]

    def said(self, name: str) -> Text:
        """Who says a clause, where, and with which figure."""
        return self.by_id[name].said()

    def place(self, expression: str) -> Text:
        """Name of a region or a set."""
        return self.book.regions.name(expression)

    def value(self, name: str) -> float:
        """The figure of a clause in the unit of memory; raises MissingFigure where it prints none."""
        clause = self.taken(self.by_id[name])
        if clause.value is None or clause.memory_unit is None:
            raise MissingFigure(f"{name} prints no figure that the model has a unit for")
        return convert(clause.value, clause.unit, clause.memory_unit)

    def ends(self, name: str, reading: str | None = None) -> tuple[float | None, float | None]:
        """Low and high of a clause under a reading, in the unit of memory."""
        found = bounds_in_memory(self.taken(self.by_id[name]), reading)
        return found.low, found.high

    def taken(self, clause: Clause) -> Clause:
        """A clause whose figure is used as it is printed."""
        if clause.assumed or clause.confidence in NO_DOCUMENT:
            self.unprinted.add(clause.id)
        return clause

    def reading_name(self, name: str, reading: str) -> Text:
        """What a reading of a clause is called."""
        rules = self.by_id[name].rules
        return same(reading) if rules is None else rules.readings[reading].name

    def figure(self, variable: str, region: str, year: int) -> Figure | None:
        """A published figure, or None where there is none."""
        found = self.book.find_figure(variable, region, year)
        return None if found is None else self._noted(found)

    def printed(self, variable: str, region: str, year: int) -> float:
        """Value of a published figure in the unit of memory; raises MissingFigure."""
        self.figure(variable, region, year)
        return self.book.figure(variable, region, year)

    def record(self, key: str, region: str | None = None, *, end: str = "value") -> float:
        """Value of a record in the unit of memory at ``end``; raises MissingRecord."""
        found = self.book.record(key, region)
        if found.confidence not in PUBLISHED:
            self.unprinted.add(found.key)
        return found.at(end)

    def _noted(self, figure: Figure) -> Figure:
        if figure.confidence not in PUBLISHED:
            self.unprinted.add(figure.key)
        return figure

    def latest(self, variable: str, region: str) -> float:
        """The latest figure of a variable and region, whatever its year; raises MissingFigure."""
        found = [figure for figure in self.book.figures if (figure.variable, figure.region) == (variable, region)]
        if not found:
            raise MissingFigure(f"no figure {variable} of {region}")
        return self._noted(max(found, key=lambda figure: figure.year)).value

    def total(self, variable: str, expression: str, year: int) -> float:
        """Sum of a figure over the members of a set; the figure of the set itself where a member has none."""
        members = self.book.regions.members(expression)
        found = [self.book.find_figure(variable, member, year) for member in members]
        parts = [figure for figure in found if figure is not None]
        if len(parts) == len(members):
            return sum(self._noted(figure).value for figure in parts)
        return self.printed(variable, expression, year)

    def people(self, path: str, year: int, reading: str) -> float:
        """Residents of a path's region in a year under a reading of the path, in 10^4 persons."""
        clause = self.taken(self.by_id[path])
        base = base_year(clause)
        growth = 0.0
        if reading != HELD_LEVEL and clause.record is not None:
            growth = self.record(clause.record, clause.region)
        opening = self.total("population", clause.region, base)
        return float(population_path(base_population=opening, growth_rate=growth, step=1.0, elapsed_steps=year - base))


def base_year(clause: Clause) -> int:
    """The year from which a clause counts: the one before its first."""
    if clause.year_from is None:
        raise MissingFigure(f"{clause.id} has no first year")
    return clause.year_from - 1


def last_year(clause: Clause) -> int:
    """The year by which a clause is to hold."""
    if clause.year_to is None:
        raise MissingFigure(f"{clause.id} has no last year")
    return clause.year_to


def years_of(clause: Clause) -> int:
    """How many years a clause spans."""
    return last_year(clause) - base_year(clause)
