"""Adjusts decisions that were carried over, where they run into an end in the new numbers: people, output, water.

These are attempts, not equations: what comes out is put through the rows of the programme and checked there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from regmodel.feasibility.affine import Compiled
from regmodel.feasibility.clause_groups import clause_positions
from regmodel.feasibility.clause_rows import RowShape
from regmodel.feasibility.frame import Shape
from regmodel.projection.coefficients import YEARS
from regmodel.vocabulary.sets import SECTORS, USES, WATER_SOURCES

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
RIVER_RATIO = 0.5
"""Roughly what of a volume of river water is consumed; what comes out is checked."""
INSIDE = 1e-4
"""How far inside an end an adjustment aims, of the level."""
OUTSIDE_FARMING = tuple(sector for sector in SECTORS if sector != "agriculture")
TOWNS = ("urban_share", "urban_level")


class Sums(Protocol):
    """What adds up rows of the programme for plans (column, scenario)."""

    def room(self, rows: Integers, plans: Array) -> tuple[Array, Array]:
        """How far rows are above their low ends and below their high ones, by row and scenario."""
        ...


class Adjusting:
    """Where in a compiled programme decisions and their ends stand; made once."""

    def __init__(self, compiled: Compiled, shape: Shape) -> None:
        self.place = {region: number for number, region in enumerate(shape.regions.ids())}
        columns = {name: number for number, name in enumerate(compiled.columns)}
        rows = {name: number for number, name in enumerate(compiled.rows)}
        self.moves = self._table(columns, "rural_to_urban_moves[{0},{1}]")
        self.output = np.stack(
            [self._table(columns, f"value_added[{{0}},{sector},{{1}}]") for sector in OUTSIDE_FARMING], axis=1
        )
        self.move_ends = [
            self._table(rows, f"{name}[{{0}},{{1}}]")
            for name in ("moves_to_town_are_bounded", "faster_moves_need_support")
        ]
        self.job_ends = self._table(rows, "jobs_are_filled[{0},{1}]")
        self.streams = self._table(rows, "streams_give_no_more[{0},{1}]")
        self.supply = np.array(
            [
                [self._table(columns, f"supply[{{0}},{source},{use},{{1}}]", missing=True) for use in USES]
                for source in WATER_SOURCES
            ]
        )
        clauses = list(zip(clause_positions(compiled).tolist(), shape.rows, strict=True))
        self.towns = self._targets(clauses, lambda row: row.body in TOWNS)
        self.growth = self._targets(clauses, lambda row: row.body == "output_growth" and row.since == YEARS[0] - 1)
        sources = [WATER_SOURCES.index(name) for name in ("local_surface", "groundwater", "yellow_river")]
        river = [(self._of_one(clauses, body), RIVER_RATIO) for body in ("river", "permits")]
        self.ends = dict(
            zip(sources, ([(self.streams, 1.0)], [(self._of_one(clauses, "wells"), 1.0)], river), strict=True)
        )
        self.starts = np.stack(
            [self._table(columns, f"first_value_added[{{0}},{sector}]")[:, 0] for sector in SECTORS], axis=1
        )
        self.farming = self._table(columns, "value_added[{0},agriculture,{1}]")

    def _table(self, names: dict[str, int], pattern: str, *, missing: bool = False) -> Integers:
        """Numbers by region and year; -1 where there is none and that may be."""
        found = [[names.get(pattern.format(region, year), -1) for year in YEARS] for region in self.place]
        table = np.array(found, dtype=np.int64)
        if not missing and (table < 0).any():
            raise KeyError(pattern)
        return table

    def _targets(
        self, clauses: Sequence[tuple[int, RowShape]], chosen: Callable[[RowShape], bool]
    ) -> list[tuple[int, int, Integers]]:
        """Row, year (from the first) and regions of some clause rows, in the order of years."""
        found = [
            (position, row.year - YEARS[0], np.array([self.place[place] for place in row.places]))
            for position, row in clauses
            if chosen(row)
        ]
        return sorted(found, key=lambda one: (one[1], -len(one[2]), one[0]))

    def _of_one(self, clauses: Sequence[tuple[int, RowShape]], body: str) -> Integers:
        """Clause rows of one region that say ``body``, by region and year; -1 where there is none."""
        table = np.full((len(self.place), len(YEARS)), -1, dtype=np.int64)
        for position, row in clauses:
            if row.body == body and len(row.places) == 1:
                table[self.place[row.places[0]], row.year - YEARS[0]] = position
        return table

    def people(self, sums: Sums, plans: Array) -> bool:
        """Move more or fewer people to town where a target for towns is missed; whether any scenario needed it."""
        missed = False
        since = 0
        for row, year, places in self.towns:
            above, below = sums.room(np.array([row]), plans)
            more = np.maximum(-above[0], 0.0) - np.maximum(-below[0], 0.0)
            if not np.any(more):
                continue
            missed = True
            since = max((other for _, other, _ in self.towns if other < year), default=-1) + 1
            window = self.moves[places, since : year + 1].ravel()
            ends = [sums.room(table[places, since : year + 1].ravel(), plans)[1] for table in self.move_ends]
            moving = plans[window]
            up = np.maximum(np.minimum(*ends), 0.0)
            weights = np.where(more > 0, up, np.maximum(moving, 0.0))
            total = weights.sum(axis=0)
            level = np.abs(moving).sum(axis=0)
            wanted = more + np.sign(more) * INSIDE * level
            plans[window] = moving + weights * np.where(total > 0, wanted / np.where(total > 0, total, 1.0), 0.0)
        return missed

    def produce(self, sums: Sums, plans: Array, pace: Array) -> None:
        """Keep output within the jobs that towns can fill, and make up for it where there are people to spare."""
        jobs = self.job_ends.ravel()
        levels = plans[self.output].sum(axis=1)
        room = sums.room(jobs, plans)[1].reshape(levels.shape)
        factor = np.where(room < 0, (levels + room) * (1 - INSIDE) / np.where(levels > 0, levels, 1.0), 1.0)
        plans[self.output] *= factor[:, None]
        self._keep_pace(pace, plans)
        for row, year, places in self.growth:
            missing = np.maximum(-sums.room(np.array([row]), plans)[0][0], 0.0)
            if not missing.any():
                continue
            spare = np.maximum(sums.room(self.job_ends[places, year], plans)[1], 0.0)
            total = spare.sum(axis=0)
            made = plans[self.output[places, :, year]].sum(axis=1)
            part = spare * np.where(total > 0, missing * (1 + INSIDE) / np.where(total > 0, total, 1.0), 0.0)
            grown = 1 + part / np.where(made > 0, made, 1.0)
            for later in range(len(YEARS)):
                steps = min(1.0, (later + 1) / (year + 1))
                plans[self.output[places, :, later]] *= (grown**steps)[:, None]

    def _keep_pace(self, pace: Array, plans: Array) -> None:
        """Output grows no faster than investment lets it: ``pace`` by region and scenario."""
        before = plans[self.starts].sum(axis=1)
        for year in range(len(YEARS)):
            farming, made = plans[self.farming[:, year]], plans[self.output[:, :, year]].sum(axis=1)
            most = before * (1 + pace) * (1 - INSIDE)
            factor = np.where(farming + made > most, (most - farming) / np.where(made > 0, made, 1.0), 1.0)
            plans[self.output[:, :, year]] *= np.maximum(factor, 0.0)[:, None]
            before = farming + made * np.maximum(factor, 0.0)

    def draw(self, sums: Sums, plans: Array) -> None:
        """Shift what streams, wells or the river cannot give to another of the three, use by use."""
        surface, ground, river = (
            WATER_SOURCES.index(name) for name in ("local_surface", "groundwater", "yellow_river")
        )
        for source, other in (
            (surface, ground),
            (ground, surface),
            (surface, river),
            (ground, river),
            (river, surface),
            (river, ground),
        ):
            self._shift(source, other, sums, plans)

    def _spare(self, source: int, sums: Sums, plans: Array) -> Array:
        """How much more a source can give by region and year (region, year, scenario); below zero what is too much."""
        found = np.full((*self.streams.shape, plans.shape[1]), np.inf)
        for ends, ratio in self.ends[source]:
            known = ends >= 0
            if known.any():
                found[known] = np.minimum(found[known], sums.room(ends[known], plans)[1] / ratio)
        return found

    def _shift(self, source: int, other: int, sums: Sums, plans: Array) -> None:
        both = (self.supply[source] >= 0) & (self.supply[other] >= 0)
        over = np.maximum(-self._spare(source, sums, plans), 0.0)
        if not both.any() or not over.any():
            return
        spare = np.maximum(self._spare(other, sums, plans) * (1 - INSIDE), 0.0)
        taken = np.where(both[..., None], plans[self.supply[source]], 0.0)
        total = taken.sum(axis=0)
        wanted = np.minimum(np.minimum(over * (1 + INSIDE), spare), total)
        shifted = taken * np.where(total > 0, wanted / np.where(total > 0, total, 1.0), 0.0)
        plans[self.supply[source][both]] -= shifted[both]
        plans[self.supply[other][both]] += shifted[both]
