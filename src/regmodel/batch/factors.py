"""From what a design varies to factors: each a number, or several that move together, with its distribution."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from regmodel.batch.design import GRIDS, Design, Vary
from regmodel.batch.distribution_checks import check_bounds, check_numbers, check_shape
from regmodel.batch.distributions import NAMES, SPREAD, Distribution
from regmodel.batch.ranges import Range, assumed_keys, range_of
from regmodel.scenario import Override, Scenario, Value
from regmodel.scenario.changes import is_switch
from regmodel.scenario.keys import KeyChecks
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text, same

LEVELS = 2
_NAME_IT = Text("name that key in [vary] too", "请在 [vary] 中也写出该键")
_LEAVE = Text("leave it out", "请省略")
_SWITCH = (0.0, 1.0)


@dataclass(frozen=True)
class Part:
    """One number that varies: its key, its distribution, and where it stands in the scenario."""

    key: str
    distribution: Distribution
    centre: float


@dataclass(frozen=True)
class Factor:
    """What varies as one: mostly a single number. ``levels`` is how many values it takes in a grid."""

    name: str
    parts: tuple[Part, ...]
    levels: int


def factors_of(design: Design, scenario: Scenario, problems: Problems) -> tuple[Factor, ...]:
    """Everything that the design varies, in the order of keys; what cannot vary is noted."""
    groups = _left(design, assumed_keys(scenario, design.assumptions), problems)
    wanted = _known(design, scenario, problems)
    leaders = {key: vary for key, vary in wanted.items() if vary.like is None}
    followers = {key: vary for key, vary in wanted.items() if vary.like is not None}
    members: dict[str, list[str]] = {}
    for group in groups:
        kept = [key for key in group if key not in wanted]
        if kept:
            members[kept[0]] = kept
    members |= {key: [key] for key in leaders}
    for key, vary in followers.items():
        if vary.like in members:
            members[vary.like].append(key)
            continue
        expected = Text("a key that varies by itself", "自行变化的键")
        where = f"{design.name}   vary.{key}   like"
        near = did_you_mean(str(vary.like), members) if members else _NAME_IT
        problems.add("B-05", where, f'"{vary.like}"', expected, near)
    found = []
    for leader, keys in sorted(members.items()):
        parts = [_part(design, scenario, key, wanted.get(key, Vary()), problems) for key in keys]
        levels = _levels(design, leader, wanted.get(leader, Vary()), problems)
        if all(part is not None for part in parts):
            found.append(Factor(leader, tuple(part for part in parts if part is not None), levels))
    return tuple(found)


def _left(design: Design, groups: Iterable[tuple[str, ...]], problems: Problems) -> list[tuple[str, ...]]:
    """The groups without the keys that the design leaves out; a pattern that names nothing is a problem."""
    groups = list(groups)
    keys = [key for group in groups for key in group]
    for pattern in design.leave_out:
        if not any(fnmatchcase(key, pattern) for key in keys):
            expected = Text(
                f"what varies without being named: an assumption of confidence {' or '.join(design.assumptions)}",
                f"未点名也会变化的项：可信度为 {'、'.join(design.assumptions)} 的假设",
            )
            problems.add("B-06", f"{design.name}   leave_out", f'"{pattern}"', expected, did_you_mean(pattern, keys))
    return [
        kept
        for group in groups
        if (kept := tuple(key for key in group if not any(fnmatchcase(key, name) for name in design.leave_out)))
    ]


def _known(design: Design, scenario: Scenario, problems: Problems) -> dict[str, Vary]:
    """The keys of ``vary`` that name a number which a scenario can set."""
    known, owner = {}, f"{design.name}   vary"
    clauses = tuple(active.clause for active in scenario.clauses)
    checks = KeyChecks(scenario.book, clauses, scenario.levers, problems)
    for key, vary in design.vary.items():
        if key.endswith(".reading") and key.startswith("clause."):
            expected = Text("a number or a switch: readings are words", "数字或开关：读法是文字")
            to_do = Text('name readings in a design of kind = "list"', '读法请在 kind = "list" 的设计中列出')
            problems.add("B-05", f"{owner}.{key}", same("reading"), expected, to_do)
            continue
        probe = next((number for number in (vary.low, vary.high, *vary.values) if number is not None), 0.0)
        value: Value = True if is_switch(key) else max(probe, 0.0)
        if checks.usable([Override(key, value, None, owner)]):
            known[key] = replace(vary, values=vary.values or _SWITCH) if is_switch(key) else vary
    return known


def _levels(design: Design, key: str, vary: Vary, problems: Problems) -> int:
    if vary.levels is not None and design.kind not in GRIDS:
        expected = Text(
            "levels in a grid only (factorial, one_at_a_time)", "仅网格设计（factorial、one_at_a_time）有 levels"
        )
        problems.add("B-09", f"{design.name}   vary.{key}   levels", str(vary.levels), expected, _LEAVE)
    levels = vary.levels if vary.levels is not None else design.levels
    if design.kind in GRIDS and levels is not None and levels < LEVELS:
        expected = Text("2 levels or more", "不少于 2 个水平")
        to_do = Text("to hold a number fixed, leave its key out", "如需固定该数，请不列该键")
        problems.add("B-09", f"{design.name}   vary.{key}   levels", str(levels), expected, to_do)
    return len(vary.values) or levels or LEVELS


def _part(design: Design, scenario: Scenario, key: str, vary: Vary, problems: Problems) -> Part | None:
    before, where = len(problems), f"{design.name}   vary.{key}"
    within = range_of(scenario, key)
    name = vary.distribution or "uniform"
    if name not in NAMES:
        expected = Text(f"a distribution: {', '.join(NAMES)}", f"分布名称：{'、'.join(NAMES)}")
        problems.add("B-07", where, f'"{name}"', expected, did_you_mean(name, NAMES))
        return None
    check_shape(where, name, vary, problems)
    low = min(vary.values) if vary.values else within.low if vary.low is None else vary.low
    high = max(vary.values) if vary.values else within.high if vary.high is None else vary.high
    if low is None or high is None:
        found = Text("no range of its own", "没有自身的范围")
        unit = within.unit or "-"
        expected = Text(f"low and high, in {unit}", f"low 与 high，单位 {unit}")
        problems.add("B-07", where, found, expected, Text("write { low = …, high = … }", "请写 { low = …, high = … }"))
        return None
    distribution = _shaped(name, vary, within, low, high)
    check_numbers(where, distribution, problems)
    check_bounds(where, distribution, within, vary.reason, problems)
    if len(problems) > before:
        return None
    return Part(key, distribution, within.value if within.value is not None else (low + high) / 2)


def _shaped(name: str, vary: Vary, within: Range, low: float, high: float) -> Distribution:
    middle = (low + high) / 2
    usual = within.value if within.value is not None and low <= within.value <= high else middle
    sd = vary.sd
    if sd is None:
        sd = (high - low) / SPREAD
        if name == "lognormal" and low > 0:
            sd = math.log(high / low) / SPREAD
    return Distribution(
        name=name,
        low=low,
        high=high,
        mode=usual if vary.mode is None else vary.mode,
        mean=usual if vary.mean is None else vary.mean,
        sd=sd,
        values=vary.values,
    )


def keys_of(factors: Iterable[Factor]) -> tuple[str, ...]:
    """All keys that the factors set, in their order."""
    return tuple(part.key for factor in factors for part in factor.parts)
