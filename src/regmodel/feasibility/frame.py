"""The frame of the programme: index sets, parameters and bounds of variables, before any constraint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regmodel.projection.coefficients import AXES, YEARS
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.sets import BASE_YEAR, SECTORS, TECHNOLOGIES, USES

if TYPE_CHECKING:
    import pyomo.environ as pyo

KINDS_OF_MOVER = ("urban", "rural")
LEVER_COSTS = (
    "lining",
    "piping",
    "dripping",
    "industrial_saving",
    "reclaimed",
    "mine_water",
    "conveyance",
    "rights",
    "reuse",
    "release",
    "move",
)


@dataclass(frozen=True)
class Shape:
    """What decides the size of the programme and nothing else: regions, quota holders, the quality matrix, the rows."""

    regions: RegionSets
    yellow_river: tuple[str, ...]
    allowed: tuple[tuple[str, str], ...]  # source, use
    rows: tuple[Any, ...]  # RowShape, see clause_rows

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Regions that exchange people: under one parent, in both directions."""
        return self._pairs

    def rights_pairs(self) -> tuple[tuple[str, str], ...]:
        """Regions between which Yellow River rights may move: holders under one parent; never to itself."""
        return self._rights_pairs

    def buyers(self, region: str) -> tuple[str, ...]:
        """Regions to which a region may sell its rights; it may buy from the same ones."""
        return self._buyers.get(region, ())

    def sources(self, region: str, use: str) -> tuple[str, ...]:
        """Sources from which a use may be supplied in a region."""
        return self._sources[region in self._holders, use]

    # Rows ask for these by region and year: at hundreds of regions, working them out each time takes minutes.
    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        members = self.regions.regions
        return tuple((a.id, b.id) for a in members for b in members if a.id != b.id and a.parent == b.parent)

    @cached_property
    def _holders(self) -> frozenset[str]:
        return frozenset(self.yellow_river)

    @cached_property
    def _rights_pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((a, b) for a, b in self._pairs if a in self._holders and b in self._holders)

    @cached_property
    def _buyers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for a, b in self._rights_pairs:
            found.setdefault(a, []).append(b)
        return {region: tuple(others) for region, others in found.items()}

    @cached_property
    def _sources(self) -> dict[tuple[bool, str], tuple[str, ...]]:
        return {
            (holder, use): tuple(
                source for source, to in self.allowed if to == use and (holder or source != "yellow_river")
            )
            for holder in (True, False)
            for use in USES
        }


def before(year: int) -> int | None:
    """The year before, or None where that is the base year, which is data."""
    return None if year == BASE_YEAR + 1 else year - 1


def open_model(shape: Shape) -> pyo.ConcreteModel:
    """A model with its sets and one mutable parameter for every coefficient; no variable yet."""
    # A programme that is compiled already needs no Pyomo, which takes seconds to import.
    import pyomo.environ as pyo

    model = pyo.ConcreteModel(name="regmodel")
    model.shape = shape
    ids = shape.regions.ids()
    sets: dict[str, Sequence[Any]] = {
        "REGION": ids,
        "YEAR": YEARS,
        "SECTOR": SECTORS,
        "TECHNOLOGY": TECHNOLOGIES,
        "USE": USES,
        "LEVER_COST": LEVER_COSTS,
        "PAIR": shape.pairs(),
        "RIGHTS": shape.rights_pairs(),
        "SUPPLY": [(region, source, use) for region in ids for use in USES for source in shape.sources(region, use)],
        "SHORT": ["industry", "irrigation", "ecology"],
        "ROW": [row.name for row in shape.rows],
    }
    for name, members in sets.items():
        setattr(model, name, pyo.Set(initialize=list(members), ordered=True, dimen=_width(members)))
    for name, axes in AXES.items():
        index = [getattr(model, axis) for axis in axes]
        setattr(model, name, pyo.Param(*index, mutable=True, initialize=0.0, within=pyo.Any))
    return model


def _width(members: Sequence[Any]) -> int | None:
    if not members:
        return 2
    return len(members[0]) if isinstance(members[0], tuple) else 1
