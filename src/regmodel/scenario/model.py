"""What a scenario is: the records with its overrides applied, the clauses with their readings, the levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regmodel.params import ParameterBook
from regmodel.plans import Bounds, Clause
from regmodel.vocabulary.texts import Text

Value = float | bool | str


@dataclass(frozen=True)
class Override:
    """One thing that a scenario sets: key, value in the printed unit, why, and which scenario or layer owns it."""

    key: str
    value: Value
    reason: str | None
    owner: str
    source: str | None = None

    @property
    def thing(self) -> str:
        """What the key sets: the figure of a yearly cap can be written in two ways and is one thing."""
        if self.key.startswith("clause.cap.") and self.key.endswith(".value"):
            return self.key.removeprefix("clause.").removesuffix(".value")
        return self.key


@dataclass(frozen=True)
class ActiveClause:
    """A clause with the reading that the scenario chose and the bounds that follow (in the clause's own unit)."""

    clause: Clause
    reading: str | None
    enabled: bool
    bounds: Bounds | None


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
