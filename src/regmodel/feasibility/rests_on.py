"""What a verdict rests on: whatever is assumed, as assumed, and under each reading of ambiguous clauses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from regmodel.feasibility.allowance import Work
from regmodel.feasibility.assumed_ends import ASSUMED, End, at_end, mixed_samples
from regmodel.feasibility.assumed_moves import directed_moves, sampled_moves
from regmodel.feasibility.deciding import Deciding, Turned, deciding
from regmodel.feasibility.engine import Engine, Word
from regmodel.feasibility.numbers import Case
from regmodel.feasibility.questions import Questions
from regmodel.scenario import Scenario

MOST_COMBINATIONS = 256
POOL = 8
WORK_FOR_DECIDING = 4e9
LATER_CAP = "water.cap_after_2025"
SHARED_READINGS = (("counted", "not_counted"),)


@dataclass(frozen=True)
class ReadingVerdict:
    """The verdict when some clauses are read otherwise than by default."""

    choices: dict[str, str]
    verdict: Word


@dataclass(frozen=True)
class RestsOn:
    """Verdicts at the easy and hard end of what is assumed, the grade that follows, what decides, and the readings.

    ``samples`` counts the points at which records of unknown direction were tried, at both ends together;
    ``every_combination`` is False where readings were tried one at a time. ``untried`` names what was not asked
    about when looking for what decides. ``without_assumed_caps`` is the verdict with every assumed cap left out.
    """

    easy: Word
    central: Word
    hard: Word
    grade: str
    samples: int
    readings: tuple[ReadingVerdict, ...]
    every_combination: bool
    deciding: tuple[Deciding, ...]
    deciding_proved: bool
    untried: tuple[str, ...]
    without_assumed_caps: Word


@dataclass(frozen=True)
class _End:
    """What was found at an end: the verdict there, all verdicts over the samples, and a point that is turned."""

    verdict: Word
    all: set[Word]
    samples: int
    turned: Turned | None


def rests_on(case: Case, engine: Engine, central: Word, work: float = WORK_FOR_DECIDING) -> RestsOn:
    """Ask the engine at both ends and under every reading; the engine is left filled with the case itself.

    ``work`` bounds the search for the deciding assumptions.
    """
    asked = Questions(case, engine, POOL)
    try:
        easy = _at(asked, case.scenario, "easy", central)
        hard = _at(asked, case.scenario, "hard", central)
        readings, every = _readings(asked, case)
        without = asked.of(without_assumed_caps(case.scenario)).verdict
        asked.restart()
        decided = deciding(
            case, engine, hard.turned if central == "feasible" else easy.turned, Work(engine.solver, work)
        )
    finally:
        engine.fill(case)
    settled = "undecided"
    if easy.all == {"infeasible"} and central == "infeasible":
        settled = "infeasible"
    elif hard.all == {"feasible"} and central == "feasible":
        settled = "feasible"
    grade = "whatever" if settled != "undecided" else "depends"
    return RestsOn(
        easy=easy.verdict,
        central=central,
        hard=hard.verdict,
        grade=grade,
        samples=easy.samples + hard.samples,
        readings=readings,
        every_combination=every,
        deciding=decided.deciding,
        deciding_proved=decided.proved_smallest,
        untried=decided.untried,
        without_assumed_caps=without,
    )


def _at(asked: Questions, scenario: Scenario, end: End, central: Word) -> _End:
    """What the engine says at an end of what is assumed.

    Samples are only asked for where they can settle something: an easy end that fails, a hard end that holds.
    """
    settling: Word = "infeasible" if end == "easy" else "feasible"
    first = asked.of(at_end(scenario, end))
    found: set[Word] = {first.verdict}
    turned: Turned | None = None
    if _opposite(first.verdict, central):
        turned = Turned(directed_moves(scenario, end), first, directed=True)
    tried = 0
    for sample in mixed_samples(scenario.book):
        if found != {settling}:
            break
        tried += 1
        answer = asked.of(at_end(scenario, end, sample))
        found.add(answer.verdict)
        if turned is None and _opposite(answer.verdict, central):
            moves = (*directed_moves(scenario, end), *sampled_moves(scenario, sample))
            turned = Turned(tuple(sorted(moves)), answer, directed=False)
    return _End(first.verdict, found, tried, turned)


def _opposite(one: Word, other: Word) -> bool:
    """Whether two verdicts are both certified and differ."""
    return {one, other} == {"feasible", "infeasible"}


def without_assumed_caps(scenario: Scenario) -> Scenario:
    """The scenario with every assumed or recalled cap left out, and printed caps on use ending with their year.

    A cap on use stands for later years only by a record; where that is assumed, those years are free.
    """
    clauses = tuple(
        replace(active, enabled=False)
        if active.clause.kind == "cap" and (active.clause.assumed or active.clause.confidence == ASSUMED)
        else active
        for active in scenario.clauses
    )
    book = scenario.book
    records = {
        key: replace(record, value=math.inf)
        if record.confidence == ASSUMED and (key == LATER_CAP or key.startswith(f"{LATER_CAP}."))
        else record
        for key, record in book.records.items()
    }
    return replace(scenario, book=replace(book, records=records), clauses=clauses)


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
            active = active.read_as(reading)
        changed.append(active)
    return replace(scenario, clauses=tuple(changed))


def _readings(asked: Questions, case: Case) -> tuple[tuple[ReadingVerdict, ...], bool]:
    scenario = case.scenario
    options = open_readings(scenario, list({row.clause for row in case.shape.rows}))
    if not options:
        return (), True
    every = math.prod(len(readings) for readings in options.values()) <= MOST_COMBINATIONS
    combinations: list[dict[str, str]] = []
    if every:
        combinations = [dict(zip(options, chosen, strict=True)) for chosen in product(*options.values())]
    else:
        combinations = [{key: reading} for key, readings in options.items() for reading in readings]
    found = [
        ReadingVerdict(_named(scenario, choices), asked.of(with_readings(scenario, choices)).verdict)
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
