"""Where one number turns the verdict of a scenario, on its way to the low and to the high end of a range."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from regmodel.feasibility.allowance import Allowance, Work
from regmodel.feasibility.assumed_moves import Move, Part
from regmodel.feasibility.break_even import Bracket, bracket
from regmodel.feasibility.engine import Engine, Word, engine_for
from regmodel.feasibility.numbers import prepare
from regmodel.feasibility.trials import NothingLeft, Trials
from regmodel.params import convert
from regmodel.scenario import Scenario

WORK = 1e10
"""As much as a run spends on what is assumed."""


@dataclass(frozen=True)
class Turn:
    """Two values next to one another, printed unit: up to ``kept`` the verdict stands, at ``turned`` it is the other.

    Both are certified; they are a thousandth of the way to the end of the range apart.
    """

    kept: float
    turned: float


@dataclass(frozen=True)
class Turning:
    """What becomes of the verdict of a scenario as one number moves; printed units.

    ``below`` and ``above`` are where it turns on the way to ``low`` and to ``high``; None where it is the same at that
    end, or where that end is in ``open``: there no answer was certified, or nothing was left to ask with.
    """

    verdict: Word
    start: float
    low: float
    high: float
    unit: str
    below: Turn | None
    above: Turn | None
    open: tuple[str, ...]


def turning(
    scenario: Scenario,
    name: str,
    low: float,
    high: float,
    allowed: Callable[[Engine], Allowance] = lambda engine: Work(engine.solver, WORK),
) -> Turning:
    """Where a record, a figure or the figure of a clause turns the verdict between ``low`` and ``high``.

    ``name`` is the key of a record or a figure that the scenario holds, or the id of a clause. Raises KeyError for
    another. Only this one number moves.
    """
    case = prepare(scenario)
    engine = engine_for(case)
    engine.solver.safe_only = False
    trials = Trials(case, engine, allowed(engine))
    part = _part(scenario, name)
    turns: dict[str, Turn | None] = {}
    open_ends = []
    for end, to in (("low", low), ("high", high)):
        turns[end], certain = None, True
        move = Move(name, (Part(part.key, part.kind, part.start, to * part.size, part.unit, part.size),))
        if trials.start.verdict == "undecided":
            certain = False
        elif move.parts[0].to != part.start:
            turns[end], certain = _turn(trials, move)
        if not certain:
            open_ends.append(end)
    return Turning(
        trials.start.verdict, part.printed(0.0), low, high, part.unit, turns["low"], turns["high"], tuple(open_ends)
    )


def _turn(trials: Trials, move: Move) -> tuple[Turn | None, bool]:
    """Where the verdict turns on the way, and whether that is certain."""
    try:
        turned = trials.turned([move])
        if not turned:
            return None, turned is not None
        found = bracket(trials, move)
        if found is None:
            return None, False
        return Turn(*(_short(trials, move, found, turned) for turned in (False, True))), True
    except NothingLeft:
        return None, False


def _short(trials: Trials, move: Move, found: Bracket, turned: bool) -> float:
    """A value beside the turn with no more figures than it needs, certified like the one that it stands for."""
    part, share = move.parts[0], found.high if turned else found.low
    value = part.printed(share)
    way = part.printed(1.0) - part.printed(0.0)
    step = 10.0 ** math.floor(math.log10(abs(way) * found.width))
    outwards = math.ceil if (way > 0) == turned else math.floor
    short = float(f"{outwards(round(value / step, 6)) * step:.12g}")
    there = (short * part.size - part.start) / (part.to - part.start)
    if 0 <= there <= 1 and trials.turned([move], there) is turned:
        return short
    return value


def _part(scenario: Scenario, name: str) -> Part:
    """The number where it stands, on its way to nowhere yet."""
    book = scenario.book
    if name in book.records:
        record = book.records[name]
        size = convert(1.0, record.printed_unit, record.unit)
        return Part(name, "record", record.value, record.value, record.printed_unit, size)
    figure = next((figure for figure in book.figures if figure.key == name), None)
    if figure is not None:
        size = convert(1.0, figure.printed_unit, figure.unit)
        return Part(name, "figure", figure.value, figure.value, figure.printed_unit, size)
    clause = next((active.clause for active in scenario.clauses if active.clause.id == name), None)
    if clause is None or clause.value is None:
        raise KeyError(name)
    return Part(name, "clause", clause.value, clause.value, clause.unit, 1.0)
