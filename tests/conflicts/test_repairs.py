"""Ways out: each is put into the scenario and decided afresh; none is larger, dearer or more than it has to be."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.clause_values import Measure
from regmodel.feasibility.conflicts import active_groups, find_conflicts
from regmodel.feasibility.easing import eased_case, least_eases
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.money import giving_way, lever_cost
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.repairs import applied, find_repairs
from regmodel.scenario import dump, load

CAP, REUSE = "cap.water_use_total.PAIR.2025", "target.reclaimed_water_rate.PAIR.2025"
PEOPLE, NEEDS = "path.population.PAIR", "path.water_needs"
TOWNS = {
    "clause.towns_2025.value": 90.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
    "record.population.net_migration_band": 1.0,
}
WATER = {f"clause.{CAP}.value": 13.0}
PLANTED = {
    "crowded": ((PEOPLE, "towns_2025", "urb_2025"), TOWNS),
    "thirsty": ((CAP, NEEDS, PEOPLE), WATER),
    "planted": (
        (CAP, PEOPLE, NEEDS, REUSE, "to_town", "towns_2025", "urb_2025"),
        {
            **TOWNS,
            **WATER,
            "clause.to_town.enabled": True,
            "clause.to_town.value": 8.0,
            f"clause.{REUSE}.value": 90.0,
            "lever.reclaimed.limit": 0.5,
        },
    ),
}


class Searched:
    """A planted scenario of a few clauses with its conflicts and its ways out."""

    def __init__(self, pair, kept, planted):
        off = {
            f"clause.{active.clause.id}.enabled": False
            for active in pair().clauses
            if active.clause.bounding and active.clause.id not in kept
        }
        self.overrides = {**off, **planted}
        self.pair = pair
        self.case = prepare(pair(self.overrides))
        self.engine, self.apart = engine_for(self.case), engine_for(self.case)
        self.conflicts = find_conflicts(self.engine, Clock(60))
        self.repairs = find_repairs(self.case, self.engine, self.conflicts, Clock(60))

    def of(self, *kinds):
        return [repair for repair in self.repairs if repair.kind in kinds]

    def with_changes(self, change):
        return prepare(self.pair({**self.overrides, **change}))

    def holds_without(self, clauses):
        """Whether the other clauses can hold, by another engine that keeps nothing of what it has seen."""
        self.apart.witnesses, self.apart.proofs = [], []
        self.apart.hold(set(self.apart.groups) - set(clauses))
        answer = self.apart.decide()
        assert answer.certified
        return answer.verdict == "feasible"


@pytest.fixture(scope="module")
def searched(pair):
    return {name: Searched(pair, *planted) for name, planted in PLANTED.items()}


@pytest.fixture(params=list(PLANTED))
def found(request, searched):
    return searched[request.param]


def test_every_way_out_makes_the_scenario_feasible(found):
    assert all(repair.applied for repair in found.of("fewest", "smallest", "cheapest"))
    ways = applied(found.repairs)
    assert len(ways) >= 3
    for way in ways:
        assert engine_for(found.with_changes(way)).decide().verdict == "feasible", way


def test_a_change_says_by_how_much_the_end_moves_and_measures_as_it_says(found):
    for repair in found.repairs:
        for change in repair.changes:
            if change.end is None:
                continue
            sign = 1 if change.side == "high" else -1
            assert sign * (change.end - change.start) == pytest.approx(change.ease, abs=1e-9)
            assert change.override == {f"clause.{change.clause}.ease_{change.side}": change.ease}
            eased = eased_case(found.case, {(change.clause, change.side): change.ease})
            years = sorted({row.year for row in eased.shape.rows if row.clause == change.clause})
            asked = [Measure(eased, eased.projection).ends(eased.scenario.clause(change.clause), y) for y in years]
            ends = [low if change.side == "low" else high for low, high in asked]
            assert next(end for end in ends if end is not None) == pytest.approx(change.end, abs=1e-9)


def test_a_way_out_adds_to_what_the_scenario_lets_give_way_already(pair):
    """The ways out of a scenario that eases a cap by 0.01 already set both together, and hold."""
    kept, planted = PLANTED["thirsty"]
    found = Searched(pair, kept, {**planted, f"clause.{CAP}.ease_high": 0.01})
    ways = [way for way in applied(found.repairs) if f"clause.{CAP}.ease_high" in way]
    assert ways
    for way in ways:
        assert way[f"clause.{CAP}.ease_high"] > 0.02
        assert engine_for(found.with_changes(way)).decide().verdict == "feasible"


def test_a_way_out_goes_through_a_file(searched, pair_params, tmp_path):
    found = searched["planted"]
    for number, way in enumerate(applied(found.repairs)):
        path = tmp_path / f"mended{number}.toml"
        path.write_text(dump(found.pair({**found.overrides, **way})), encoding="utf-8")
        assert engine_for(prepare(load(path, pair_params))).decide().verdict == "feasible"
        break


def test_a_clause_alone_gives_way_by_no_more_than_it_must(found):
    for repair in found.of("alone"):
        for change in repair.changes:
            if change.ease is None:
                continue
            assert len(repair.changes) == 1
            less = {key: 0.99 * value for key, value in change.override.items()}
            assert engine_for(found.with_changes(less)).decide().verdict == "infeasible", change


def test_the_invented_scenarios_have_clauses_that_cure_alone(searched):
    """A share, a head count, a rate over years, a cap and a need: each has to give way by itself somewhere."""
    cures = {
        name: {repair.changes[0].clause for repair in found.of("alone") if repair.applied}
        for name, found in searched.items()
    }
    assert cures == {"crowded": {PEOPLE, "towns_2025", "urb_2025"}, "thirsty": {CAP, NEEDS}, "planted": set()}


def test_where_no_value_of_a_clause_suffices_the_others_clash_without_it(found):
    told = {repair.changes[0].clause: repair for repair in found.of("alone")}
    assert set(told) == {clause for conflict in found.conflicts.found for clause in conflict.clauses}
    for clause, repair in told.items():
        assert found.holds_without({clause}) == repair.applied
        assert repair.applied == (repair.changes[0].end is not None)


def test_fewest_are_all_the_smallest_sets_by_trying_every_set(found):
    names = active_groups(found.engine)
    size, sets = next(
        (size, sets)
        for size in range(1, len(names) + 1)
        if (sets := {freed for freed in combinations(names, size) if found.holds_without(freed)})
    )
    told = [tuple(sorted({change.clause for change in repair.changes})) for repair in found.of("fewest")]
    assert sorted(told) == sorted(sets)
    assert {len(clauses) for clauses in told} == {size}


def test_smallest_is_no_larger_and_cheapest_no_dearer_than_any_other(found):
    (smallest,), (cheapest,) = found.of("smallest"), found.of("cheapest")
    for repair in found.of("fewest", "alone", "cheapest"):
        if repair.applied:
            assert smallest.change <= repair.change * (1 + 1e-9)
    for repair in found.of("fewest", "smallest"):
        assert cheapest.cost_unit == repair.cost_unit == "10^8 CNY"
        assert cheapest.cost <= repair.cost * (1 + 1e-9)


def test_a_relative_change_is_the_move_over_what_is_asked(searched):
    """Upper end of 62.5 %, lower end of 0.98 x 90 people (relative to the 77 of the base year)."""
    told = {repair.changes[0].clause: repair for repair in searched["crowded"].of("alone")}
    share, people = told["urb_2025"], told["towns_2025"]
    assert share.changes[0].side == "high"
    assert share.change == pytest.approx(share.changes[0].ease / 62.5, rel=2e-3)
    assert people.changes[0].side == "low"
    assert people.change == pytest.approx(people.changes[0].ease / 77, rel=2e-3)


def test_the_smallest_change_is_not_beaten_on_a_grid(searched):
    """The share held at one end after another: what the rest then needs is never less than was told."""
    found = searched["crowded"]
    (smallest,) = found.of("smallest")
    (share,) = [repair.changes[0].ease for repair in found.of("alone") if repair.changes[0].clause == "urb_2025"]
    weight = {(give.clause, give.side): give.weight for give in found.engine.gives}
    others = [give for give in found.engine.gives if give.weight > 0 and give.clause != "urb_2025"]
    totals = []
    for step in range(6):
        given = share * step / 5
        held = found.with_changes({"clause.urb_2025.ease_high": given})
        engine = engine_for(held)
        rest = least_eases(held, engine, {give: give.weight for give in others})
        totals.append(given * weight["urb_2025", "high"] + sum(e * weight[end] for end, e in rest.eases.items()))
    assert min(totals) >= smallest.change * (1 - 1e-6)


def test_the_cheapest_way_is_not_beaten_on_a_grid(searched):
    """The cap at one end after another, each with the cheapest levers for it: none is cheaper in all."""
    found = searched["thirsty"]
    (cheapest,) = found.of("cheapest")
    (least,) = [repair.changes[0].ease for repair in found.of("alone") if repair.changes[0].clause == CAP]
    unit = giving_way(found.case)[CAP, "high"]
    totals = []
    for times in (1.0, 1.2, 1.5, 2.0, 3.0, 5.0):
        held = found.with_changes({f"clause.{CAP}.ease_high": times * least})
        engine = engine_for(held)
        engine.solver.set_cost(lever_cost(engine, held))
        totals.append(engine.solver.solve().objective + times * least * unit)
    assert min(totals) >= cheapest.cost * (1 - 2e-3)


def hitting_sets(sets):
    """All minimal sets that meet each of these, by trying every set of their members."""
    members = sorted({member for one in sets for member in one})
    found = []
    for size in range(len(members) + 1):
        for subset in combinations(members, size):
            smaller = any(set(one) <= set(subset) for one in found)
            if not smaller and all(set(subset) & set(one) for one in sets):
                found.append(subset)
    return sorted(found)


def test_conflicts_and_corrections_are_each_others_minimal_hitting_sets(found):
    conflicts = sorted(conflict.clauses for conflict in found.conflicts.found)
    corrections = sorted(found.conflicts.corrections)
    assert found.conflicts.complete
    assert hitting_sets(conflicts) == corrections
    assert hitting_sets(corrections) == conflicts


def test_an_incomplete_search_tells_no_fewest(searched):
    found = searched["thirsty"]
    apart = replace(found.conflicts, complete=False)
    kinds = {repair.kind for repair in find_repairs(found.case, found.engine, apart, Clock(60))}
    assert kinds == {"smallest", "cheapest", "alone"}


def test_a_search_without_time_tells_nothing_and_not_that_nothing_suffices(searched):
    found = searched["thirsty"]
    told = find_repairs(found.case, found.engine, found.conflicts, Clock(-1.0))
    assert {change.clause for repair in told for change in repair.changes} <= {PEOPLE}
    assert not any(found.holds_without({change.clause}) for repair in told for change in repair.changes)


def test_the_engine_is_left_with_the_case(searched):
    found = searched["thirsty"]
    assert found.engine.decide().verdict == "infeasible"
    lower, upper = engine_for(found.case).low, engine_for(found.case).high
    assert (found.engine.solver.low == lower).all()
    assert (found.engine.solver.high == upper).all()


@pytest.fixture(scope="module")
def by_hand(pair):
    """18 more people in towns (nine tenths of 20) on 122 of 200, where a window lets no more than 61.5 % live there."""
    kept = (PEOPLE, "to_town", "urb_2025")
    planted = {
        "clause.to_town.enabled": True,
        "clause.to_town.value": 20.0,
        "clause.urb_2025.value": 61.0,
        "clause.urb_2025.reading": "window",
    }
    return Searched(pair, kept, planted)


def test_one_goal_and_one_limit_by_hand(by_hand):
    """200 people stay 200: 123 of them may live in towns and 140 should; 1 may move, or 70 % have to be let live there.

    Relative to what is asked: 17 over the 122 in towns, 8.5 points over 61.5.
    """
    told = {repair.changes[0].clause: repair for repair in by_hand.of("alone")}
    moving, share = told["to_town"], told["urb_2025"]
    assert (moving.changes[0].start, moving.changes[0].end) == pytest.approx((18.0, 0.615 * 200 - 122), abs=0.017)
    assert (share.changes[0].start, share.changes[0].end) == pytest.approx((61.5, 100 * (122 + 18) / 200), abs=0.0085)
    assert moving.change == pytest.approx(17 / 122, rel=1e-3)
    assert share.change == pytest.approx(8.5 / 61.5, rel=1e-3)


def test_a_quota_of_the_river_is_told_as_it_is_granted_in_dry_years_too(pair):
    """In dry years the river gives 85 % of a quota: what is told is the quota, and its move is what a scenario sets."""
    river = "cap.yellow_river_consumption.PAIR"
    wells = ("cap.groundwater.UPLAND", "cap.groundwater.RIVERSIDE")
    dry = {"record.water.dry_years": 100.0, f"clause.{river}.value": 0.5}
    found = Searched(pair, (river, NEEDS, *wells), dry)
    (repair,) = [one for one in found.of("alone") if one.changes[0].clause == river]
    (change,) = repair.changes
    assert change.start == pytest.approx(0.5)
    assert change.end - change.start == pytest.approx(change.ease)
    assert engine_for(found.with_changes({f"clause.{river}.value": change.end})).decide().verdict == "feasible"
