"""A proof as a person can redo it: few rows, weights, and lines that add up to more than any plan gives."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from regmodel.feasibility.allowance import Clock
from regmodel.feasibility.certificate import check_exact, check_float
from regmodel.feasibility.conflicts import find_conflicts
from regmodel.feasibility.engine import engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.proof_lines import ROWS_ONE_BY_ONE, members, working
from regmodel.feasibility.slim_proof import slim

CAP, REUSE = "cap.water_use_total.PAIR.2025", "target.reclaimed_water_rate.PAIR.2025"
PEOPLE, NEEDS = "path.population.PAIR", "path.water_needs"
KEPT = (CAP, PEOPLE, NEEDS, REUSE, "towns_2025", "urb_2025", "urb_2035")
PLANTED = {
    "clause.towns_2025.value": 90.0,
    "clause.urb_2025.value": 62.0,
    "clause.urb_2025.reading": "window",
    "record.population.net_migration_band": 1.0,
    f"clause.{CAP}.value": 13.0,
    f"clause.{REUSE}.value": 90.0,
    "lever.reclaimed.limit": 0.5,
}


@pytest.fixture(scope="module")
def case(pair):
    off = {
        f"clause.{active.clause.id}.enabled": False
        for active in pair().clauses
        if active.clause.bounding and active.clause.id not in KEPT
    }
    return prepare(pair({**off, **PLANTED}))


@pytest.fixture(scope="module")
def engine(case):
    return engine_for(case)


def as_it_stands(engine):
    """The rows of now: those of the engine change with what it holds."""
    rows = engine.system()
    return replace(rows, low=rows.low.copy(), high=rows.high.copy())


@pytest.fixture(scope="module")
def proofs(case, engine):
    """By the clauses of each conflict: multipliers as found, slim ones, and the rows that they speak of."""
    told = {}
    for conflict in find_conflicts(engine, Clock(60)).found:
        engine.hold(set(conflict.clauses))
        rows = as_it_stands(engine)
        told[conflict.clauses] = (conflict.multipliers, slim(conflict.multipliers, rows), rows)
    assert len(told) >= 3
    engine.fill(case)
    return told


def exact(multipliers):
    return {int(row): Fraction(float(multipliers[row])) for row in np.flatnonzero(multipliers)}


def test_a_slim_proof_proves_in_float_and_in_exact_rationals(proofs):
    for clauses, (_, weights, rows) in proofs.items():
        assert check_float(weights, rows).proved, clauses
        assert check_exact(exact(weights), rows).proved, clauses


def test_a_slim_proof_uses_no_row_that_was_not_used_and_no_more_of_them(proofs):
    saved = 0
    for whole, weights, _ in proofs.values():
        assert set(np.flatnonzero(weights)) <= set(np.flatnonzero(whole))
        saved += np.count_nonzero(whole) - np.count_nonzero(weights)
    assert saved > 0


def test_a_slim_proof_without_the_heaviest_row_proves_nothing(proofs):
    for _, weights, rows in proofs.values():
        spoilt = weights.copy()
        spoilt[np.argmax(np.abs(weights))] = 0.0
        assert not check_exact(exact(spoilt), rows).proved


def test_what_proves_nothing_is_handed_back_as_it_was(case, engine):
    """Multipliers over rows that can hold: no programme makes a proof of them."""
    engine.hold({PEOPLE})
    rows = engine.system()
    weights = np.zeros(len(rows.rows))
    weights[engine.groups[PEOPLE]] = 1.0
    assert slim(weights, rows) is weights
    engine.fill(case)


def by_hand(weights, rows, of_clause):
    """Farkas by a loop over rows and entries: what clauses ask for, what balances ask for, what bounds give."""
    asked = {True: Fraction(0), False: Fraction(0)}
    combined = {}
    for row in np.flatnonzero(weights).tolist():
        weight = Fraction(float(weights[row]))
        asked[row in of_clause] += weight * Fraction(float(rows.low[row] if weight > 0 else rows.high[row]))
        for entry in range(rows.row_start[row], rows.row_start[row + 1]):
            column = int(rows.column[entry])
            combined[column] = combined.get(column, 0) + weight * Fraction(float(rows.matrix[entry]))
    given = Fraction(0)
    for column, sum_ in combined.items():
        given += sum_ * Fraction(float(rows.column_high[column] if sum_ > 0 else rows.column_low[column]))
    return float(asked[True]), float(asked[False]), float(given)


def test_the_lines_add_up_and_are_those_of_farkas(case, engine, proofs):
    names = {n for n, name in enumerate(engine.compiled.rows) if name.startswith("clause[")}
    for clauses, (_, weights, rows) in proofs.items():
        told = working(case, engine, weights, rows)
        by_kind = {
            kind: sum(line.contribution for line in told.lines if line.kind == kind)
            for kind in ("clause", "balance", "bound")
        }
        first = next(abs(weights[n]) for n in sorted(names) if weights[n])
        of_clauses, of_balances, of_bounds = by_hand(weights / first, rows, names)
        size = sum(abs(line.contribution) for line in told.lines)
        assert by_kind["clause"] == pytest.approx(of_clauses, abs=1e-6 * size)
        assert by_kind["balance"] == pytest.approx(of_balances, abs=1e-6 * size)
        assert by_kind["bound"] == pytest.approx(of_bounds, abs=1e-6 * size)
        assert told.needed == pytest.approx(by_kind["clause"] + by_kind["balance"])
        assert told.most == pytest.approx(by_kind["bound"])
        assert told.gap == told.needed - told.most
        assert told.gap > 0, clauses


def test_each_line_is_weight_times_amount_and_the_first_weighs_one(case, engine, proofs):
    for clauses, (_, weights, rows) in proofs.items():
        told = working(case, engine, weights, rows)
        of_clauses = [line for line in told.lines if line.kind == "clause"]
        assert {line.name for line in of_clauses} == set(clauses)
        single = [line for line in of_clauses if line.rows == 1]
        for line in single:
            assert line.contribution == pytest.approx(line.weight * line.amount)
            assert line.unit in ("10^4 persons", "10^6 m3")
        for line in told.lines:
            if line.kind != "clause" or line.rows > 1:
                assert line.weight is None
                assert line.amount is None
        if of_clauses[0].rows == 1:
            assert abs(of_clauses[0].weight) == pytest.approx(1.0)
        assert sum(line.rows for line in of_clauses) == sum(
            1 for row in np.flatnonzero(weights) if engine.compiled.rows[row].startswith("clause[")
        )


def test_a_clause_with_many_rows_is_told_in_one_line(case, engine, proofs):
    lines = [
        line
        for _, weights, rows in proofs.values()
        for line in working(case, engine, weights, rows).lines
        if line.kind == "clause"
    ]
    assert all(line.rows == 1 or line.rows > ROWS_ONE_BY_ONE for line in lines)
    assert all((line.year is None) == (line.rows > 1) for line in lines)


def test_members_name_the_years_and_the_end_that_count(case, engine, proofs):
    """The cap and the share from above, the head count from below, people and needs in the years up to theirs."""
    told = {
        (clauses, member.clause): member
        for clauses, (_, weights, _) in proofs.items()
        for member in members(case, engine, weights)
    }
    assert {clauses: {m for c, m in told if c == clauses} for clauses in proofs} == {c: set(c) for c in proofs}
    crowded = (PEOPLE, "towns_2025", "urb_2025")
    assert told[crowded, "towns_2025"].side == "low"
    assert told[crowded, "urb_2025"].side == "high"
    assert told[crowded, PEOPLE].side == "high"
    assert told[crowded, "towns_2025"].years == told[crowded, "urb_2025"].years == (2025,)
    assert 2025 in told[crowded, PEOPLE].years
    assert told[(REUSE,), REUSE] == members(case, engine, proofs[(REUSE,)][1])[0]
    assert (told[(REUSE,), REUSE].side, told[(REUSE,), REUSE].years) == ("low", (2025,))
    thirsty = (CAP, NEEDS)
    assert told[thirsty, CAP].side == told[thirsty, NEEDS].side == "high"
    for member in told.values():
        rows = {row.year for row in case.shape.rows if row.clause == member.clause}
        assert set(member.years) <= rows
        assert list(member.years) == sorted(member.years)


def test_a_clause_used_at_both_ends_says_both(case, engine):
    """Two rows a year for the path of people: the first year from below, the second from above."""
    first, _, _, second = engine.groups[PEOPLE][:4]
    weights = np.zeros(len(engine.compiled.rows))
    weights[first], weights[second] = 1.0, -1.0
    (member,) = members(case, engine, weights)
    assert (member.clause, member.years, member.side) == (PEOPLE, (2021, 2022), "both")
