"""From which value of one number on the plans of a scenario hold: certified on both sides of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regmodel.batch.answers.named import title_of
from regmodel.batch.answers.whole import Finished
from regmodel.batch.blocks import scenario_of
from regmodel.batch.ranges import range_of
from regmodel.scenario import Override, Scenario
from regmodel.scenario.changes import changed, check, is_switch, present
from regmodel.vocabulary.problems import InputProblems, Problem, did_you_mean
from regmodel.vocabulary.texts import Text, same

_OTHER = Text("a number that can move by itself", "可单独变动的数")
_KEYS = Text(
    "name a record, a figure of the base year or clause.<id>.value",
    "请给出 record.… 参数、基年数据或 clause.<id>.value",
)
_BETWEEN = Text("give --low and --high", "请给出 --low 与 --high")
_AROUND = Text("give a --low and a --high with it between them", "请给出将其包含在内的 --low 与 --high")
_ROUNDING = 1e-9
"""A value whose unit was changed there and back is off by less than this share of it."""


@dataclass(frozen=True)
class Edge:
    """Where the plans stop holding: at ``holds`` they are certified to hold, at ``fails`` they are certified not to."""

    holds: float
    fails: float


@dataclass(frozen=True)
class BreakEven:
    """Where one number of a scenario, moved by itself from ``low`` to ``high``, makes its plans hold or fail.

    ``at_least`` is the edge below which they fail, ``at_most`` the one above which they do; None where there is none
    between where the number stands and that end. ``open`` names ends (low, high) at which nothing was certified.
    All in the printed ``unit``.
    """

    scenario: str
    key: str
    title: Text
    unit: str
    verdict: str
    stands_at: float
    low: float
    high: float
    at_least: Edge | None
    at_most: Edge | None
    open: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As plain values."""
        kept = {name: value for name, value in vars(self).items() if name not in ("title", "at_least", "at_most")}
        edges: Mapping[str, Edge | None] = {"at_least": self.at_least, "at_most": self.at_most}
        return kept | {name: None if edge is None else vars(edge) for name, edge in edges.items()}


def break_even(scenario: Scenario, key: str, low: float | None = None, high: float | None = None) -> BreakEven:
    """From which value on the plans of a scenario hold, all else as it is.

    ``key`` is that of a scenario file: a record, a figure of the base year, or ``clause.<id>.value``. Without ``low``
    and ``high`` the range is the record's own; the number stands within it. The search is the one by which a run finds
    what its verdict rests on: real verdicts, closer and closer. Raises InputProblems.
    """
    from regmodel.feasibility.turning import turning

    check(scenario, [Override(key, True if is_switch(key) else 1.0, None, scenario.name)])
    name = _name(scenario, key)
    within = range_of(scenario, key)
    low, high = within.low if low is None else low, within.high if high is None else high
    unit = within.unit
    if low is None or high is None or not low < high:
        found = Text("no range of its own", "没有自身的范围")
        if low is not None and high is not None:
            found = Text(f"low {low:g}, high {high:g}", f"low {low:g}，high {high:g}")
        expected = Text(f"a low below a high, in {unit}", f"低值小于高值，单位 {unit}")
        raise InputProblems([Problem("B-45", key, found, expected, _BETWEEN)])
    check(scenario, [Override(key, float(end), None, scenario.name) for end in (low, high)])
    _check_around(scenario, key, low, high, unit)
    title = title_of(scenario, key)
    if key.startswith("record."):
        scenario = changed(scenario, {key: present(scenario, key)})
    told = turning(scenario, name, low, high)
    holds = told.verdict == "feasible"
    edges = [
        None if turn is None else Edge(*((turn.kept, turn.turned) if holds else (turn.turned, turn.kept)))
        for turn in (told.below, told.above)
    ]
    below, above = edges if holds else reversed(edges)
    return BreakEven(scenario.name, key, title, unit, told.verdict, told.start, low, high, below, above, told.open)


def stored_scenario(store: Finished, sample: str) -> Scenario:
    """One scenario of a store by its id; raises InputProblems where there is none of that id."""
    ids: list[str] = []
    for chunk in store.read.chunks():
        samples = store.read.samples(chunk)
        if sample in samples.ids:
            return scenario_of(store.read.blocks[chunk.block].base, samples, samples.ids.index(sample))
        ids += samples.ids
    expected = Text(f"the id of one of the {len(ids)} scenarios of the store", f"结果库 {len(ids)} 个情景之一的编号")
    raise InputProblems(
        [Problem("B-46", str(store.store.folder), same(f'"{sample}"'), expected, did_you_mean(sample, ids))]
    )


def _check_around(scenario: Scenario, key: str, low: float, high: float, unit: str) -> None:
    """Raise InputProblems where the number stands outside: what lies between it and the range would not be asked."""
    active = None if key.startswith("record.") else scenario.clause(_name(scenario, key))
    stands = present(scenario, key) if active is None else active.clause.value
    assert stands is not None
    slack = _ROUNDING * abs(stands)
    if low - slack <= stands <= high + slack:
        return
    found = Text(f"it stands at {stands:g}, outside {low:g} – {high:g}", f"现值 {stands:g}，在 {low:g} – {high:g} 之外")
    expected = Text(
        f"a low and a high with the present value between them, in {unit}", f"包含现值的低值与高值，单位 {unit}"
    )
    raise InputProblems([Problem("B-45", key, found, expected, _AROUND)])


def _name(scenario: Scenario, key: str) -> str:
    """What the search calls a key; raises InputProblems for one that it cannot move."""
    root, _, rest = key.partition(".")
    if root == "record":
        return rest
    name = rest.removesuffix(".value")
    if root == "clause" and rest.endswith(".value"):
        clause = scenario.clause(name).clause
        if clause.value is not None and name.removeprefix("cap.") not in scenario.caps:
            return name
    raise InputProblems([Problem("B-45", key, Text(f'"{key}"', f"“{key}”"), _OTHER, _KEYS)])
