"""Which ends of clauses a question is about: the names that were typed, checked against what the scenario asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regmodel.feasibility.clause_rows import rows_of
from regmodel.feasibility.easing import End
from regmodel.feasibility.engine import Side
from regmodel.feasibility.numbers import Case
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text, list_words

_UNKNOWN = Text("a clause that the scenario has", "情景中有的条款")
_MODELLED = Text("a clause that the model has rows for", "模型中有对应约束行的条款")
_NOT_MODELLED = Text("a clause outside the model: nothing in it moves", "该条款不在模型之内：模型中没有可变动的量")
_REPORT = Text(
    "docs/clauses.md says of each clause whether it is in the model", "docs/clauses.md 列明各条款是否在模型之内"
)
_OFF = Text("a clause that is switched off in this scenario", "该条款在本情景中未启用")
_ON = Text("a clause that is switched on", "已启用的条款")
_SWITCH = Text("set clause.{id}.enabled = true in the scenario", "请在情景中设 clause.{id}.enabled = true")
_NO_SIDE = Text("the clause asks for no {side} end in this scenario", "该条款在本情景中没有{side_zh}限")
_SIDES = Text("one of its ends: {sides}", "其已有的一端：{sides}")
_LEAVE = Text(
    "leave {option}-side out, or give an end that the clause has", "请省略 {option}-side，或改为该条款已有的一端"
)
_NO_END = Text("none: it asks for nothing here", "无：此处没有任何要求")
_TWICE = Text('"{clause}" for both', "两处均为“{clause}”")
_TWO = Text("two different clauses", "两个不同的条款")
_ONE_MAX = Text("for the best value of one clause: --max {clause}", "若求单个条款的最优值：--max {clause}")
_SIDE_ZH = {"low": "下", "high": "上"}


@dataclass(frozen=True)
class Asked:
    """What was typed: the option, the clause, and the end where one was given."""

    option: str
    clause: str
    side: Side | None = None


def check_names(case: Case, asks: Sequence[Asked], problems: Problems) -> tuple[End, ...]:
    """The ends that are meant; adds a problem for each that cannot be asked about (codes T-01 to T-05).

    Without a side a clause is asked by its lower end, or by its upper end where it has no lower.
    """
    ends = [_end(case, ask, problems) for ask in asks]
    if len({ask.clause for ask in asks}) < len(asks):
        clause = asks[0].clause
        problems.add("T-05", "--x, --y", _TWICE.fill(clause=clause), _TWO, _ONE_MAX.fill(clause=clause))
    return tuple(end for end in ends if end is not None)


def _end(case: Case, ask: Asked, problems: Problems) -> End | None:
    known = {active.clause.id: active for active in case.scenario.clauses}
    active = known.get(ask.clause)
    if active is None:
        problems.add("T-01", ask.option, f'"{ask.clause}"', _UNKNOWN, did_you_mean(ask.clause, known))
        return None
    where = f"{ask.option}   {ask.clause}"
    if not active.clause.bounding or not rows_of(active.clause, case.paths.regions):
        problems.add("T-02", where, _NOT_MODELLED, _MODELLED, _REPORT)
        return None
    if not active.enabled:
        problems.add("T-03", where, _OFF, _ON, _SWITCH.fill(id=ask.clause))
        return None
    sides = sides_of(case, ask.clause)
    side: Side = ask.side or ("low" if "low" in sides else "high")
    if side not in sides:
        found = _NO_SIDE.en.format(side={"low": "lower", "high": "upper"}[side])
        expected = (
            Text(_SIDES.en.format(sides=list_words(list(sides), "en")), _SIDES.zh.format(sides="、".join(sides)))
            if sides
            else _NO_END
        )
        words = Text(found, _NO_SIDE.zh.format(side_zh=_SIDE_ZH[side]))
        problems.add("T-04", where, words, expected, _LEAVE.fill(option=ask.option if ask.option != "--max" else "-"))
        return None
    return ask.clause, side


def sides_of(case: Case, clause: str) -> tuple[Side, ...]:
    """The ends that a clause has in a case, the lower first."""
    rows = [numbers for row, numbers in zip(case.shape.rows, case.rows, strict=True) if row.clause == clause]
    sides: tuple[Side, ...] = ("low", "high")
    return tuple(side for side in sides if any(np.isfinite(getattr(numbers, side)) for numbers in rows))
