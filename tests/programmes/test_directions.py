"""The end of a range that is said to be harder is never easier: the clauses are then missed by no less.

What is missed is measured at an edge: a case that fails by little, so that whatever helps or hurts is seen. A record
that fails here has no one direction; it is `mixed` in params/ and sampled over its range.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regmodel.feasibility.assumed_ends import ASSUMED, at_end, mixed_records
from regmodel.feasibility.engine import weighed
from regmodel.feasibility.numbers import prepare

ROUNDING = 1e-6
COSTS = ("_cost", "distance_weight")
ON_THE_PLAN = ("water.industrial_discharge", "water.industrial_intensity_decline")


class Edge:
    """A scenario that fails by little; ``missed`` measures by how much with other records."""

    def __init__(self, scenario, engine):
        self.scenario, self.engine = scenario, engine
        self.case = prepare(scenario)
        self.gives = weighed(engine.gives, self.case)
        self.as_it_stands = self._missed(self.case)

    def missed(self, record, value):
        """The sum of relative misses with one record at another value; no solve where no row changes."""
        book = self.scenario.book
        moved = replace(book, records={**book.records, record.key: replace(record, value=value)})
        case = prepare(replace(self.scenario, book=moved))
        alike = all(
            np.array_equal(values, self.case.values[name], equal_nan=True)
            for name, values in case.values.items()
            if not name.endswith(COSTS)
        )
        return self.as_it_stands if alike else self._missed(case)

    def _missed(self, case):
        self.engine.fill(case)
        self.engine.gives = self.gives  # the same ruler for both ends
        found = self.engine.shortfall()
        assert found.status == "optimal"
        return found.objective

    def wrong_way(self, record):
        """How the misses move against what the record says; None where they do not."""
        low, high = self.missed(record, record.low_value), self.missed(record, record.high_value)
        easier, harder = (low, high) if record.harder == "up" else (high, low)
        middle = self.missed(record, record.value)
        allowed = ROUNDING * max(1.0, abs(middle))
        if easier <= middle + allowed and middle <= harder + allowed:
            return None
        return f"{record.key} says {record.harder}: {low:.9g}, {middle:.9g}, {high:.9g}"


def directed(book):
    return [
        record
        for record in book.records.values()
        if record.confidence == ASSUMED and record.harder in ("up", "down") and record.low_value is not None
    ]


@pytest.mark.slow
@pytest.mark.parametrize("where", ["little water", "hard end"])
def test_no_record_is_easier_at_its_harder_end(pair, pair_engine, where):
    scenario = (
        pair({"clause.cap.water_use_total.PAIR.2025.value": 13.0})
        if where == "little water"
        else at_end(pair(), "hard")
    )
    edge = Edge(scenario, pair_engine)
    assert edge.as_it_stands > 0
    # The records of the pair itself, also where the edge has moved them.
    assert [found for found in map(edge.wrong_way, directed(pair().book)) if found] == []


@pytest.mark.slow
def test_directions_of_the_plan_hold_at_its_hard_end(plan_case, plan_engine):
    """A few of the shipped records only: each takes a solve of all regions."""
    edge = Edge(at_end(plan_case.scenario, "hard"), plan_engine)
    for key in ON_THE_PLAN:
        record = plan_case.scenario.book.records[key]
        easier = record.low_value if record.harder == "up" else record.high_value
        assert edge.missed(record, easier) < edge.as_it_stands, key


def test_records_without_one_direction_say_so(plan_case):
    """Found to turn both ways, or to move shares of one printed total between regions (decisions/0005)."""
    mixed = set(mixed_records(plan_case.scenario.book))
    leagues = {f"water.use_base.{region}" for region in plan_case.paths.regions.members("INNER_MONGOLIA")}
    assert leagues <= mixed
    assert {
        "water.reclaimed_rate_2020",
        "water.rural_domestic_norm",
        "water.yellow_river_share_irrigation.BAYANNUR",
        "water.irrigation_quota.canal_unlined",
        "water.irrigation_quota.canal_lined",
        "land.residential_part",
        "output.energy_chemical_share_of_industry.other",
    } <= mixed


def test_the_ends_are_those_of_the_records(pair):
    """Up: hard is high; down: hard is low; mixed: neither moves it."""
    scenario = pair()
    easy, hard = at_end(scenario, "easy").book.records, at_end(scenario, "hard").book.records
    for record in directed(scenario.book):
        ends = (record.low_value, record.high_value)
        assert (easy[record.key].value, hard[record.key].value) == (ends if record.harder == "up" else ends[::-1])
    for key in mixed_records(scenario.book):
        assert easy[key].value == hard[key].value == scenario.book.records[key].value
