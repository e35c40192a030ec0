"""What a scenario is: the records with its overrides applied, the clauses with their readings, the levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regmodel.params import ParameterBook
from regmodel.plans import Bounds, Clause, bounds
from regmodel.vocabulary.texts import Text

Value = float | bool | str


@dataclass(frozen=True)
class Override:
    """One thing that a scenario sets: key, value in the printed unit, why, and which scenario or layer owns it.

    ``source`` is the document that a number is from, ``where`` the place in it and ``kind`` what kind of document it
    is: the number's confidence follows from it (params/source_kinds.csv).
    """

    key: str
    value: Value
    reason: str | None
    owner: str
    source: str | None = None
    where: str | None = None
    kind: str | None = None

    @property
    def thing(self) -> str:
        """What the key sets: the figure of a yearly cap can be written in two ways and is one thing."""
        if self.key.startswith("clause.cap.") and self.key.endswith(".value"):
            return self.key.removeprefix("clause.").removesuffix(".value")
        return self.key


@dataclass(frozen=True)
class ActiveClause:
    """A clause with the reading that the scenario chose and the bounds that follow (in the clause's own unit).

    ``ease_low`` and ``ease_high`` say by how much the lower end gives way downwards and the upper end upwards, in
    every year of the clause alike; the bounds hold them already.
    """

    clause: Clause
    reading: str | None
    enabled: bool
    bounds: Bounds | None
    ease_low: float = 0.0
    ease_high: float = 0.0

    def eased(self, low: float, high: float) -> ActiveClause:
        """The same clause with ends that give way by so much (its own unit), whatever they gave before."""
        return activate(self.clause, self.reading, self.enabled, low, high)

    def read_as(self, reading: str) -> ActiveClause:
        """The same clause under another reading."""
        return activate(self.clause, reading, self.enabled, self.ease_low, self.ease_high)

    def asking(self, clause: Clause) -> ActiveClause:
        """The same choices for a clause with another figure."""
        return activate(clause, self.reading, self.enabled, self.ease_low, self.ease_high)


def activate(
    clause: Clause, reading: str | None, enabled: bool, ease_low: float = 0.0, ease_high: float = 0.0
) -> ActiveClause:
    """A clause under a reading, with the bounds that follow; raises ValueError for a reading that it does not carry."""
    if not clause.bounding:
        return ActiveClause(clause, reading, enabled, None, ease_low, ease_high)
    asked = bounds(clause, reading)
    low = None if asked.low is None else asked.low - ease_low
    high = None if asked.high is None else asked.high + ease_high
    return ActiveClause(clause, reading, enabled, replace(asked, low=low, high=high), ease_low, ease_high)


@dataclass(frozen=True)
class Lever:
    """Something the planner may use; ``limit`` is the share (0 to 1) of its recorded capacity that may be used."""

    id: str
    title: Text
    what: Text
    cost_record: str
    enabled: bool = True
    limit: float | None = None

    @property
    def usable_share(self) -> float:
        """Share of the recorded capacity that the scenario allows."""
        if not self.enabled:
            return 0.0
        return 1.0 if self.limit is None else self.limit


@dataclass(frozen=True)
class Scenario:
    """A frozen answer to what is assumed, targeted and chosen."""

    name: str
    title: Text
    description: Text
    parent: str | None
    layers: tuple[str, ...]
    layers_in_order: bool
    own: tuple[Override, ...]
    overrides: tuple[Override, ...]
    book: ParameterBook
    clauses: tuple[ActiveClause, ...]
    levers: tuple[Lever, ...]
    caps: Mapping[str, float]

    def lever(self, lever: str) -> Lever:
        """The lever of this id; raises KeyError where none is."""
        for candidate in self.levers:
            if candidate.id == lever:
                return candidate
        raise KeyError(lever)

    def clause(self, clause: str) -> ActiveClause:
        """The active clause of this id; raises KeyError where none is."""
        for candidate in self.clauses:
            if candidate.clause.id == clause:
                return candidate
        raise KeyError(clause)
