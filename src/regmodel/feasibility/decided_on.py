"""What decisions are made on, in any number of scenarios: the sizes that they go with, and what they count from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.numbers import Case
from regmodel.feasibility.policies import Order, index
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.many import each_of
from regmodel.vocabulary.sets import SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
YEARLY = ("rural_to_urban_moves", "industrial_saving", "reused_land", "ecological_use")
MIGRATION = ("urban_external_migration", "rural_external_migration")
ONCE = ("lining", "piping", "dripping", "fallowing", "rural_land_released", "rights", "moves", *MIGRATION)
BY_SECOND_WORD = {"supply": WATER_SOURCES, "value_added": SECTORS}


@dataclass(frozen=True)
class Witness:
    """A plan (column) with what its decisions were made on: size and shift by column, one and nothing where none."""

    plan: Array
    size: Array
    shift: Array


@dataclass(frozen=True)
class DecidedOn:
    """Sizes (decided column, scenario), shifts (shifted column, scenario) and paces (region, scenario)."""

    columns: Integers
    sizes: Array
    shifted: Integers
    shifts: Array
    pace: Array

    def only(self, scenarios: Integers) -> DecidedOn:
        """Some of the scenarios."""
        sizes, shifts, pace = (np.take(one, scenarios, axis=1) for one in (self.sizes, self.shifts, self.pace))
        return DecidedOn(self.columns, sizes, self.shifted, shifts, pace)


class Given:
    """What decisions of a case are made on, as the case has it: by region, and by year where it has years."""

    def __init__(self, case: Case, count: int) -> None:
        self.count = count
        self.sizes = {name: each_of(values, count) for name, values in _sizes(case).items()}
        self.shifts = {name: each_of(case.values[f"trend_{name}"], count) for name in MIGRATION}
        # How fast the output of a region can grow by what it invests.
        self.pace = each_of(case.paths["investment_share_limit"] * case.paths["output_per_investment"], count)


@dataclass(frozen=True)
class _Read:
    """Columns whose decisions go with one array, and where in it: by region, and by year where it has years."""

    name: str
    columns: Integers
    at: tuple[Integers, ...]


class Sizes:
    """Where the decisions of a programme find what they are made on; made once."""

    def __init__(self, order: Order, ids: tuple[str, ...]) -> None:
        self.order, self.place = order, {region: number for number, region in enumerate(ids)}
        self.reads = [self._read(name, None, yearly=True) for name in YEARLY]
        self.reads += [self._read(name, None, yearly=False) for name in ONCE]
        self.reads += [self._read(name, word, yearly=True) for name, words in BY_SECOND_WORD.items() for word in words]
        self.shifts = [self._read(name, None, yearly=True) for name in MIGRATION]
        self.columns, self.shifted = (
            np.concatenate([read.columns for read in reads]) for reads in (self.reads, self.shifts)
        )

    def _read(self, name: str, word: str | None, *, yearly: bool) -> _Read:
        places = [(column, index(self.order.compiled.columns[column])) for column in self.order.columns[name]]
        mine = [(column, at) for column, at in places if word is None or at[1] == word]
        regions = np.array([self.place[at[0]] for _, at in mine], dtype=np.int64)
        years = np.array([int(at[-1]) - YEARS[0] for _, at in mine], dtype=np.int64)
        columns = np.array([column for column, _ in mine], dtype=np.int64)
        return _Read(word or name, columns, (regions, years) if yearly else (regions,))

    def of(self, given: Given, scenarios: Integers) -> DecidedOn:
        """What decisions are made on in some scenarios of a case."""
        sizes = [given.sizes[read.name][..., scenarios][read.at] for read in self.reads]
        shifts = [given.shifts[read.name][..., scenarios][read.at] for read in self.shifts]
        pace = given.pace[:, scenarios]
        return DecidedOn(self.columns, np.concatenate(sizes), self.shifted, np.concatenate(shifts), pace)

    def witness(self, plan: Array, given: Given, scenario: int) -> Witness:
        """A plan that was made in one of the scenarios of a case."""
        found = self.of(given, np.array([scenario]))
        size, shift = np.ones(len(plan)), np.zeros(len(plan))
        size[found.columns], shift[found.shifted] = found.sizes[:, 0], found.shifts[:, 0]
        return Witness(plan, size, shift)


def _sizes(case: Case) -> dict[str, Any]:
    paths, projected = case.paths, case.projection.values
    river = paths["yellow_river_quota"][:, None] * paths["river_flow_ratio"][None, :]
    return {
        "rural_to_urban_moves": case.values["supported_moves_limit"],
        "industrial_saving": paths["industrial_saving_limit"],
        "reused_land": paths["reused_land_limit"],
        "ecological_use": case.trend.ecological_use,
        "lining": paths["conversion_limit"],
        "piping": paths["conversion_limit"],
        "dripping": paths["conversion_limit"],
        "fallowing": paths["base_irrigated_area"].sum(axis=1) - paths["irrigated_area_floor"],
        "rural_land_released": paths["rural_release_norm"],
        "rights": paths["transferable_consumption_share"] * case.base.water_use[:, USES.index("irrigation")],
        "moves": paths["between_region_limit_rate"] * case.base.population,
        "urban_external_migration": paths["external_migration_limit_rate"] * paths["base_urban_population"],
        "rural_external_migration": paths["external_migration_limit_rate"] * paths["base_rural_population"],
        "local_surface": paths["local_surface_limit"],
        "groundwater": paths["groundwater_limit"],
        "reclaimed": paths["reclaimed_ceiling_share"],
        "mine_water": paths["mine_water_limit"],
        "yellow_river": river,
        **{sector: projected[f"va_{sector}"][:, 1:] for sector in SECTORS},
    }


def carried(witness: Witness, to: DecidedOn) -> Array:
    """A witness's plan carried over to other scenarios (column, scenario): what is no decision stays as it is."""
    decided = (witness.plan - witness.shift)[to.columns]
    size = witness.size[to.columns]
    nothing = size == 0
    sizes = to.sizes * np.where(nothing, 0.0, decided / np.where(nothing, 1.0, size))[:, None]
    sizes[nothing] = decided[nothing, None]
    plans = np.empty((len(witness.plan), to.sizes.shape[1]))
    plans[:] = witness.plan[:, None]
    plans[to.columns] = sizes
    plans[to.shifted] += to.shifts
    return plans
