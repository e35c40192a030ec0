"""What a verdict rests on: whatever is assumed, as assumed, and under each reading of ambiguous clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from regmodel.feasibility.assumed_ends import End, at_end, mixed_samples
from regmodel.feasibility.engine import Engine, Word
from regmodel.feasibility.numbers import Case, prepare
from regmodel.plans import bounds
from regmodel.scenario import Scenario

MOST_COMBINATIONS = 256
SHARED_READINGS = (("counted", "not_counted"),)


@dataclass(frozen=True)
class ReadingVerdict:
    """The verdict when some clauses are read otherwise than by default."""

    choices: dict[str, str]
    verdict: Word


@dataclass(frozen=True)
class RestsOn:
    """Verdicts at the easy and hard end of what is assumed, the grade that follows, and the verdicts by reading.

    ``samples`` counts the points at which records of unknown direction were tried, at both ends together;
    ``every_combination`` is False where readings were tried one at a time.
    """

    easy: Word
    central: Word
    hard: Word
    grade: str
    samples: int
    readings: tuple[ReadingVerdict, ...]
    every_combination: bool


def rests_on(case: Case, engine: Engine, central: Word) -> RestsOn:
    """Ask the engine at both ends and under every reading; the engine is left filled with the case itself."""
    try:
        easy, easy_all, easy_tried = _at(case, engine, "easy")
        hard, hard_all, hard_tried = _at(case, engine, "hard")
        readings, every = _readings(case, engine)
    finally:
        engine.fill(case)
    settled = "undecided"
    if easy_all == {"infeasible"} and central == "infeasible":
        settled = "infeasible"
    elif hard_all == {"feasible"} and central == "feasible":
        settled = "feasible"
    grade = "whatever" if settled != "undecided" else "depends"
    return RestsOn(easy, central, hard, grade, easy_tried + hard_tried, readings, every)


def _at(case: Case, engine: Engine, end: End) -> tuple[Word, set[Word], int]:
    """The verdict at an end, all verdicts found there over the samples of mixed records, and how many were tried.

    Samples are only asked for where they can settle something: an easy end that fails, a hard end that holds.
    """
    settling: Word = "infeasible" if end == "easy" else "feasible"
    first = verdict_of(at_end(case.scenario, end), engine, afresh=True)
    found: set[Word] = {first}
    tried = 0
    for sample in mixed_samples(case.scenario.book):
        if found != {settling}:
            break
        tried += 1
        found.add(verdict_of(at_end(case.scenario, end, sample), engine, afresh=True))
    return first, found, tried


def verdict_of(scenario: Scenario, engine: Engine, *, afresh: bool = False) -> Word:
    """The verdict on another scenario of the same shape; ``afresh`` where records everywhere differ."""
    engine.fill(prepare(scenario), afresh=afresh)
    return engine.decide().verdict


def open_readings(scenario: Scenario, rows: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Clauses in force with rows of their own and more than one reading; caps that share a question share a key."""
    choices: dict[str, tuple[str, ...]] = {}
    for active in scenario.clauses:
        clause = active.clause
        if not active.enabled or clause.id not in rows or len(clause.readings) < 2:
            continue
        key = "|".join(clause.readings) if clause.readings in SHARED_READINGS else clause.id
        choices[key] = clause.readings
    return choices


def with_readings(scenario: Scenario, choices: dict[str, str]) -> Scenario:
    """The scenario with other readings; a shared key changes every clause that asks its question."""
    changed = []
    for active in scenario.clauses:
        clause = active.clause
        reading = choices.get(clause.id) or choices.get("|".join(clause.readings))
        if reading is not None and active.enabled and reading in clause.readings:
            active = replace(active, reading=reading, bounds=bounds(clause, reading))
        changed.append(active)
    return replace(scenario, clauses=tuple(changed))


def _readings(case: Case, engine: Engine) -> tuple[tuple[ReadingVerdict, ...], bool]:
    scenario = case.scenario
    options = open_readings(scenario, list({row.clause for row in case.shape.rows}))
    if not options:
        return (), True
    every = prod(len(readings) for readings in options.values()) <= MOST_COMBINATIONS
    combinations: list[dict[str, str]] = []
    if every:
        combinations = [dict(zip(options, chosen, strict=True)) for chosen in product(*options.values())]
    else:
        combinations = [{key: reading} for key, readings in options.items() for reading in readings]
    found = [
        ReadingVerdict(_named(scenario, choices), verdict_of(with_readings(scenario, choices), engine))
        for choices in combinations
    ]
    return tuple(found), every


def _named(scenario: Scenario, choices: dict[str, str]) -> dict[str, str]:
    """Choices by clause id: a shared key is written out for the clauses that it stands for."""
    named: dict[str, str] = {}
    for active in scenario.clauses:
        clause = active.clause
        reading = choices.get(clause.id) or choices.get("|".join(clause.readings))
        if reading is not None and active.enabled and reading in clause.readings:
            named[clause.id] = reading
    return named
