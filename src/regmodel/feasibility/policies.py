"""Plans that follow a scenario's numbers: what an earlier plan decided, carried over to other numbers as a policy.

Decisions are taken over in proportion to what they were decided on (a sector's output to its trend, works to the land
that may be refitted, supply to need); everything that follows from them is worked out anew from the rows of the
programme itself. Whether such a plan holds is for a check of every row to say: nothing is taken on trust here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.adjusting import Adjusting
from regmodel.feasibility.affine import Compiled, alike
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.frame import Shape
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.problems import RegmodelBug

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Kind = Literal["equal", "least", "most"]

# In the order of events: the rows that say what a variable is, the variable, whether row by year, and whether the row
# holds as an equation or only from below.
STEPS: tuple[tuple[str, str, bool, Kind], ...] = (
    ("people_start_at_the_census", "first_population", False, "equal"),
    ("town_residents_balance", "urban_population", True, "equal"),
    ("country_residents_balance", "rural_population", True, "equal"),
    ("output_starts_at_the_accounts", "first_value_added", False, "equal"),
    ("sectors_add_up", "gdp", False, "equal"),
    ("growth_needs_investment", "investment", False, "least"),
    ("fields_change_hands", "irrigated_area", True, "equal"),
    ("towns_drink", "urban_domestic_use", False, "equal"),
    ("villages_drink", "rural_domestic_use", False, "equal"),
    ("industry_takes", "industrial_use", False, "equal"),
    ("fields_take", "irrigation_use", False, "equal"),
    ("saving_is_verified", "verified_saving", False, "equal"),
    ("sewage_is_collected", "collected_sewage", False, "equal"),
)
LAND: tuple[tuple[str, str, bool, Kind], ...] = (
    ("people_and_production_fit", "urban_land", True, "least"),
    ("land_is_only_added", "new_urban_land", True, "least"),
    ("land_is_only_added", "urban_land", True, "equal"),
)
RELEASE: tuple[tuple[str, str, bool, Kind], ...] = (("release_follows_people", "rural_land_released", True, "most"),)
LAST: tuple[tuple[str, str, bool, Kind], ...] = (("conveyance_is_beyond_the_base", "conveyed", False, "least"),)
YIELDING = ("local_surface", "groundwater")
SUPPLIED = "uses_are_supplied"
KEPT = 4
DISTANCE = "distance_is_measured"


@dataclass(frozen=True)
class Step:
    """Rows, and in each the one column that it settles."""

    rows: Integers
    columns: Integers
    entries: Integers
    kind: Kind


def stem(name: str) -> str:
    """The component of a row or a column."""
    return name.partition("[")[0]


def index(name: str) -> tuple[str, ...]:
    """The index of a row or a column, as words."""
    return tuple(name.partition("[")[2].removesuffix("]").split(","))


class Order:
    """What follows from what in a compiled programme; made once."""

    def __init__(self, compiled: Compiled, shape: Shape) -> None:
        from scipy.sparse import csr_array

        self.compiled = compiled
        self.rows: dict[str, list[int]] = {}
        for number, name in enumerate(compiled.rows):
            self.rows.setdefault(stem(name), []).append(number)
        self.columns: dict[str, list[int]] = {}
        for number, name in enumerate(compiled.columns):
            self.columns.setdefault(stem(name), []).append(number)
        row_of = np.repeat(np.arange(len(compiled.rows)), np.diff(compiled.row_start))
        self.first, self.people = self._steps(STEPS[:1]), self._by_year(STEPS[1:3])
        self.starts = self._steps(STEPS[3:4])
        self.steps = self._steps(STEPS[4:])
        self.paths = self._paths(shape)
        self.adjusting = Adjusting(compiled, shape)
        self._slices: dict[Hashable, dict[Hashable, Any]] = {}
        self.land = [*self._by_year(RELEASE), *self._by_year(LAND)]
        self.last = self._steps(LAST)
        self.supplied = np.array(self.rows[SUPPLIED])
        is_supply = np.zeros(len(compiled.columns), dtype=bool)
        is_supply[self.columns["supply"]] = True
        entries = np.flatnonzero(is_supply[compiled.column] & np.isin(row_of, self.supplied))
        self.supply = compiled.column[entries]
        row = np.searchsorted(self.supplied, row_of[entries])
        sources = [index(compiled.columns[column])[1] for column in self.supply]
        yielding = np.array([source in YIELDING for source in sources])
        size = (len(self.supplied), len(self.supply))
        self.by_supplied, self.by_yielding = (
            csr_array((weights, (row, np.arange(size[1]))), shape=size)
            for weights in (np.ones(size[1]), 1.0 * yielding)
        )
        self.by_yielding.eliminate_zeros()
        self.supply_factor = np.where(yielding, row + size[0], row)
        above = self._step(DISTANCE, "above", "equal", None)
        below = self._step(DISTANCE, "below", "equal", None)
        self.distance, self.above, self.below = above.rows, above.columns, below.columns
        self.gap_entries = np.concatenate([above.entries, below.entries])
        self._check_distances()

    def _check_distances(self) -> None:
        """That distances can be left to their rows: nothing else reads them, and they take whatever is not negative.

        What is above the trend counts against the level, what is below it with the level, whatever the scenario.
        """
        compiled, entries = self.compiled, self.gap_entries
        both = np.concatenate([self.above, self.below])
        signs = np.repeat([-1.0, 1.0], len(self.distance))
        if (
            np.isin(entries, compiled.matrix.entry).any()
            or (compiled.matrix.constant[entries] != signs).any()
            or np.isin(compiled.column, both).sum() != len(entries)
            or (compiled.column_low[both] != 0).any()
            or not alike(compiled.low, compiled.high)[self.distance].all()
        ):
            raise RegmodelBug("the distance from the trend is not the level less the trend")

    def slices(self, mark: Hashable) -> dict[Hashable, Any]:
        """Where a walk keeps its parts of rows; those of the last few sets of numbers are kept, by their mark."""
        if mark not in self._slices:
            self._slices = dict(list(self._slices.items())[1 - KEPT :]) | {mark: {}}
        return self._slices[mark]

    def _paths(self, shape: Shape) -> dict[int, list[tuple[int, int, Integers, Integers]]]:
        """By year: the rows that hold the residents of some regions, their residents and their migration."""
        names = {name: number for number, name in enumerate(self.compiled.columns)}
        rows = {
            (row.clause, row.year, row.side): (position, row)
            for position, row in zip(clause_positions(self.compiled).tolist(), shape.rows, strict=True)
            if row.body == "residents"
        }
        found: dict[int, list[tuple[int, int, Integers, Integers]]] = {}
        for (clause, year, side), (low, row) in rows.items():
            if side == "low":
                ends = [f"[{place},{year}]" for place in row.places]
                people = [names[f"{kind}_population{end}"] for kind in ("urban", "rural") for end in ends]
                outside = [names[f"{kind}_external_migration{end}"] for kind in ("urban", "rural") for end in ends]
                high, _ = rows[clause, year, "high"]
                found.setdefault(year, []).append((low, high, np.array(people), np.array(outside)))
        return found

    def _steps(self, wanted: Iterable[tuple[str, str, bool, Kind]]) -> list[Step]:
        found = []
        for rows, column, yearly, kind in wanted:
            if yearly:
                found += [self._step(rows, column, kind, str(year)) for year in YEARS]
            else:
                found.append(self._step(rows, column, kind, None))
        return found

    def _by_year(self, wanted: Sequence[tuple[str, str, bool, Kind]]) -> list[Step]:
        return [self._step(rows, column, kind, str(year)) for year in YEARS for rows, column, _, kind in wanted]

    def _step(self, rows: str, column: str, kind: Kind, year: str | None) -> Step:
        """The column of the row's own index: a row also reads the year before."""
        compiled, chosen, settled, entries = self.compiled, [], [], []
        names = {index(compiled.columns[number]): number for number in self.columns[column]}
        for row in self.rows[rows]:
            place = index(compiled.rows[row])
            if year is not None and place[-1] != year:
                continue
            inside = slice(compiled.row_start[row], compiled.row_start[row + 1])
            at = np.flatnonzero(compiled.column[inside] == names[place])
            chosen.append(row)
            settled.append(names[place])
            entries.append(compiled.row_start[row] + int(at[0]))
        return Step(np.array(chosen), np.array(settled), np.array(entries), kind)
