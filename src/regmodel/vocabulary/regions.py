"""Regions and their sets are data: another set of regions needs no change of code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from regmodel.vocabulary.problems import nearest
from regmodel.vocabulary.texts import Text


@dataclass(frozen=True)
class Region:
    """A node of the model; ``parent`` is the province-level area, ``city_type`` is what the plan calls it.

    ``tile`` is where a schematic map draws it, as column from the west and row from the north.
    """

    id: str
    name: Text
    parent: str
    city_type: str
    tile: tuple[int, int] | None = None


@dataclass(frozen=True)
class Place:
    """Somewhere that a figure or a clause may speak of and that is no node; ``part_of`` is its region, if any."""

    id: str
    name: Text
    part_of: str | None = None


class UnknownRegion(KeyError):
    """A name that is neither a region nor a set; carries the nearest one that is."""

    def __init__(self, name: str, near: str | None) -> None:
        self.name = name
        self.nearest = near
        hint = f'; did you mean "{near}"?' if near else ""
        super().__init__(f'"{name}" is neither a region nor a set of regions{hint}')

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class RegionSets:
    """The regions in the order of every array, and the sets that clauses are written over. Sets may overlap."""

    regions: tuple[Region, ...]
    sets: Mapping[str, tuple[str, ...]]
    set_names: Mapping[str, Text]
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The set that regional records speak of: the parent of most regions, or a region where no set is one."""
        return self._home

    @cached_property
    def _home(self) -> str:
        parent = Counter(region.parent for region in self.regions).most_common(1)[0][0]
        return parent if parent in self.sets else next(region.id for region in self.regions if region.parent == parent)

    def ids(self) -> tuple[str, ...]:
        """Ids of all regions in the order of every array."""
        return self._ids

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(region.id for region in self.regions)

    def region(self, region_id: str) -> Region:
        """One region by its id; raises UnknownRegion."""
        for region in self.regions:
            if region.id == region_id:
                return region
        raise UnknownRegion(region_id, nearest(region_id, self.ids()))

    def members(self, expression: str) -> tuple[str, ...]:
        """Regions of an id, a set, or several joined by ``+``, once each and in the order of arrays.

        Raises UnknownRegion for any part that is neither.
        """
        ids = self.ids()
        wanted: set[str] = set()
        for part in expression.split("+"):
            name = part.strip()
            if name in ids:
                wanted.add(name)
            elif name in self.sets:
                wanted.update(self.sets[name])
            else:
                raise UnknownRegion(name, nearest(name, [*ids, *self.sets]))
        return tuple(region for region in ids if region in wanted)

    def indices(self, expression: str) -> list[int]:
        """Positions of the members in every array."""
        ids = self.ids()
        return [ids.index(member) for member in self.members(expression)]

    def name(self, expression: str) -> Text:
        """Name of a region, a set, a place, or several joined by ``+``; raises UnknownRegion."""
        names = [self._name(part.strip()) for part in expression.split("+")]
        return Text(", ".join(name.en for name in names), "、".join(name.zh for name in names))

    def is_known(self, name: str) -> bool:
        """Whether a single name is a region, a set or a place."""
        return name in self.ids() or name in self.sets or name in self.places

    def known_names(self) -> list[str]:
        """All regions, sets and places, for a remedy that offers the nearest."""
        return [*self.ids(), *self.sets, *self.places]

    def _name(self, name: str) -> Text:
        for region in self.regions:
            if region.id == name:
                return region.name
        if name in self.set_names:
            return self.set_names[name]
        if name in self.places:
            return self.places[name].name
        raise UnknownRegion(name, nearest(name, self.known_names()))
