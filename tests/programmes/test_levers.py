"""Each lever has a capacity, a cost, a ramp and a source, and the scenario's switch and cap reach the programme.

What a lever can do is measured in the programme itself: the most of it that any plan has by a year, with every clause
set free, so that nothing but physics, accounts and the lever's own limits is left.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.projection.coefficients import YEARS

FIRST, LAST = YEARS[0], YEARS[-1]
# Capacity: records that say how far it goes. Ramp: records that say how fast, or None where rows of other levers or of
# people say it. Rows: where switch and cap enter. Columns: how much of it a plan uses, summed to the year for flows.
LEVERS = {
    "canal_lining": {
        "capacity": ("water.irrigation_technology_split.canal_unlined",),
        "ramp": ("water.conversion_limit",),
        "rows": {"works_take_time"},
        "columns": ("lining[",),
        "flow": True,
    },
    "pipe_drip": {
        "capacity": ("water.irrigation_technology_split.canal_lined",),
        "ramp": ("water.conversion_limit",),
        "rows": {"works_take_time"},
        "columns": ("piping[", "dripping["),
        "flow": True,
    },
    "industrial_saving": {
        "capacity": ("water.industrial_saving_capacity",),
        "ramp": ("water.industrial_saving_lead_time",),
        "rows": {"industry_saves_no_more"},
        "columns": ("industrial_saving[",),
    },
    "reclaimed": {
        "capacity": ("water.sewage_collection", "water.industrial_discharge"),
        "ramp": ("water.reclaimed_lead_time",),
        "rows": {"reclaimed_was_sewage"},
        "columns": ("supply[*,reclaimed,",),
    },
    "mine_water": {
        "capacity": ("water.mine_water.PAIR",),
        "ramp": ("water.mine_water_lead_time",),
        "rows": {"mines_give_no_more"},
        "columns": ("supply[*,mine_water,",),
    },
    "conveyance": {
        "capacity": ("water.other_surface_headroom",),
        "ramp": ("water.conveyance_lead_time",),
        "rows": {"streams_give_no_more"},
        "columns": ("supply[*,local_surface,",),
    },
    "water_rights": {
        "capacity": ("water.transfer_of_saving",),
        "ramp": ("water.conversion_limit",),
        "rows": {"rights_come_from_saving"},
        "columns": ("rights[",),
    },
    "redevelopment": {
        "capacity": ("land.reuse_limit",),
        "ramp": ("land.reuse_limit",),
        "rows": {"reuse_is_bounded"},
        "columns": ("reused_land[",),
    },
    "land_swap": {
        "capacity": ("land.rural_release_limit", "lever.land_swap.limit"),
        "ramp": ("population.rural_to_urban_limit",),
        "rows": {"release_follows_people", "swaps_are_bounded"},
        "columns": ("rural_land_released[",),
    },
    "migration_support": {
        "capacity": ("population.rural_to_urban_limit",),
        "ramp": ("population.rural_to_urban_limit",),
        "rows": {"faster_moves_need_support"},
        "columns": ("rural_to_urban_moves[",),
        "flow": True,
    },
}
lever_by_lever = pytest.mark.parametrize("lever", LEVERS)


@pytest.fixture(scope="module")
def engine(pair_case):
    return engine_for(pair_case)


def used_by(name, lever, year):
    """Whether a column counts for a lever in a year; flows count until it."""
    head, _, index = name.partition("[")
    words = index.rstrip("]").split(",")
    for pattern in LEVERS[lever]["columns"]:
        wanted, _, source = pattern.partition("[")
        source = source.rstrip(",").removeprefix("*,")
        if head == wanted and (not source or words[1] == source):
            return int(words[-1]) <= year if LEVERS[lever].get("flow") else int(words[-1]) == year
    return False


def most(engine, case, lever, year):
    """The most of a lever that any plan has by a year, whatever the clauses say."""
    engine.fill(case)
    engine.hold(set())
    engine.solver.set_cost(np.array([-1.0 if used_by(name, lever, year) else 0.0 for name in engine.compiled.columns]))
    found = engine.solver.solve()
    assert found.status == "optimal"
    return -found.objective


def numbers(engine, case):
    """Matrix, bounds and costs of a case, each as filled."""
    vector = engine.compiled.vector(case.values)
    return {name: getattr(engine.compiled, name).fill(vector) for name in ("matrix", "low", "high", "cost")}


def rows_that_differ(engine, one, other):
    """Names of the constraints with another number in two cases."""
    first, second = numbers(engine, one), numbers(engine, other)
    entries = np.flatnonzero(first["matrix"] != second["matrix"])
    rows = set((np.searchsorted(engine.compiled.row_start, entries, side="right") - 1).tolist())
    for end in ("low", "high"):
        rows |= set(np.flatnonzero(first[end] != second[end]).tolist())
    return {engine.compiled.rows[row].partition("[")[0] for row in rows}


def moved(pair, key, factor):
    """The pair with one record at a multiple of its printed value."""
    record = pair().book.records[key]
    return prepare(pair({f"record.{key}": float(record.printed) * factor}))


def test_every_lever_of_the_table_is_tried_here(root):
    with (root / "params" / "levers.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["lever"] for row in csv.DictReader(lines)] == list(LEVERS)


@lever_by_lever
def test_its_numbers_have_a_source_and_a_range(plan_case, lever):
    """Of the shipped records: cost, capacity and ramp."""
    scenario = plan_case.scenario
    told = LEVERS[lever]
    book = scenario.book
    own = {"PAIR": "INNER_MONGOLIA"}
    for key in (scenario.lever(lever).cost_record, *told["capacity"], *told["ramp"]):
        for place, shipped in own.items():
            key = key.replace(place, shipped)
        record = book.records[key]
        assert record.source in book.sources, key
        assert record.low_value is not None, key
        assert record.low_value < record.value or record.value < record.high_value, key


@lever_by_lever
def test_it_costs_what_its_record_says(pair, pair_case, engine, lever):
    key = pair_case.scenario.lever(lever).cost_record
    before, after = numbers(engine, pair_case)["cost"], numbers(engine, moved(pair, key, 2))["cost"]
    paid = {engine.compiled.columns[number] for number in np.flatnonzero(before != after)}
    assert paid
    # What is conveyed is paid for above the base year's take, in a column of its own; support for each way of moving.
    columns = tuple(pattern.partition("[")[0] for pattern in LEVERS[lever]["columns"])
    also = {"conveyance": ("conveyed",), "migration_support": ("moves",)}.get(lever, ())
    assert {name.partition("[")[0] for name in paid} <= {*columns, *also}
    changed = np.flatnonzero(before != after)
    assert after[changed] == pytest.approx(2 * before[changed])


@lever_by_lever
def test_its_capacity_and_its_ramp_are_rows_of_the_programme(pair, pair_case, engine, lever):
    """Half the number of each record changes a row, and by the last year more of it can stand than in the first."""
    for key in {*LEVERS[lever]["capacity"], *LEVERS[lever]["ramp"]}:
        assert rows_that_differ(engine, pair_case, moved(pair, key, 0.5)), key
    first, last = most(engine, pair_case, lever, FIRST), most(engine, pair_case, lever, LAST)
    assert 0 < first < last


@lever_by_lever
def test_it_can_be_switched_off_or_capped(pair, pair_case, engine, lever):
    """Off: no more than without it. Capped at half: less than all of it. Only rows of the lever change."""
    half, off = (prepare(pair({f"lever.{lever}.{key}": value})) for key, value in (("limit", 0.5), ("enabled", False)))
    for case in (half, off):
        changed = rows_that_differ(engine, pair_case, case)
        # The distance from the trend moves with the trend, which takes no more than can be conveyed.
        assert LEVERS[lever]["rows"] <= changed <= LEVERS[lever]["rows"] | {"distance_is_measured"}
    all_of_it, some, none = (most(engine, case, lever, LAST) for case in (pair_case, half, off))
    assert none < some < all_of_it
    if lever not in ("reclaimed", "conveyance", "migration_support"):
        assert none == pytest.approx(0, abs=1e-9)


def test_rights_move_only_out_of_verified_savings(pair, engine):
    """Where no field is refitted nothing is saved, and no right can be sold, whatever the clauses say."""
    idle = prepare(pair({"lever.canal_lining.enabled": False, "lever.pipe_drip.enabled": False}))
    assert most(engine, idle, "water_rights", LAST) == pytest.approx(0, abs=1e-6)


def test_water_goes_only_where_its_quality_is_good_enough(pair_case, engine):
    """Columns of supply are those of the table of sources, and no others."""
    told = {tuple(name[len("supply[") :].split(",")[1:3]) for name in engine.compiled.columns if name[:7] == "supply["}
    allowed = {
        (source.id, use)
        for source in pair_case.scenario.book.water_sources
        for use, fit in source.serves.items()
        if fit
    }
    assert told == allowed
    assert not told & {("reclaimed", "domestic"), ("mine_water", "domestic")}
