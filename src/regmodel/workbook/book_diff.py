"""Two copies of a scenario, cell by cell: what one says otherwise than the other, who says so and why."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from regmodel.report.comparison import assumption_label
from regmodel.runs.differing import held, shipped, unit_of
from regmodel.scenario import Override, Scenario, Value
from regmodel.scenario.better import stands_for
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import unit_text
from regmodel.workbook.form import FormWords
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.said import Said, said_of

_FIELDS = {
    "name": Text("name of the scenario", "情景名称"),
    "title_en": Text("title in English", "英文标题"),
    "title_zh": Text("title in Chinese", "中文标题"),
    "description_en": Text("description in English", "英文说明"),
    "description_zh": Text("description in Chinese", "中文说明"),
    "parent": Text("parent", "父情景"),
    "layers": Text("layers", "叠加层"),
    "layers_in_order": Text("the later layer wins", "以后叠加者为准"),
}


@dataclass(frozen=True)
class Copy:
    """One of the two: how it was named, its scenario, its form, and the cell of each thing that can be set, if any.

    ``beside`` are the scenarios that stand side by side in it, by their names.
    """

    place: str
    scenario: Scenario
    form: FormWords
    cells: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Copy] = field(default_factory=dict)


@dataclass(frozen=True)
class Side:
    """What one copy says of a thing: where, which value, by whose setting (None: as shipped), at which letter."""

    cell: str | None
    value: Value | None
    set_by: Override | None
    letter: str | None

    @property
    def said(self) -> Said:
        """Source, place, kind and reason."""
        return Said() if self.set_by is None else said_of(self.set_by)


@dataclass(frozen=True)
class Difference:
    """One thing that the copies say differently; ``key`` is that of a scenario file."""

    key: str
    name: Text
    unit: Text | None
    before: Side
    after: Side


@dataclass(frozen=True)
class Beside:
    """A scenario side by side in one copy or in both; what differs in it, beyond what differs in the copies anyway."""

    name: str
    before: Copy | None
    after: Copy | None
    differences: tuple[Difference, ...] = ()

    @property
    def sets(self) -> tuple[str, ...]:
        """What a scenario that only one copy has sets itself."""
        only = self.after if self.before is None else self.before if self.after is None else None
        return () if only is None else tuple(key for key in only.cells if "." in key)

    def layers(self, beyond: Copy) -> tuple[str, ...]:
        """The layers on which a scenario that only one copy has stands, beyond those of the copy's own scenario."""
        only = self.after if self.before is None else self.before if self.after is None else None
        return () if only is None else tuple(one for one in only.form.layers if one not in beyond.form.layers)


def copy_of_book(place: str) -> Copy:
    """The copy in a workbook; raises InputProblems."""
    reading = read_with_counts(Path(place))
    beside = {one.name: Copy(place, one, FormWords.of(one), reading.cells_beside[one.name]) for one in reading.others}
    return Copy(place, reading.scenario, reading.form, reading.cells, beside)


def copy_of_scenario(place: str, scenario: Scenario) -> Copy:
    """The copy in a scenario file, or a shipped one."""
    return Copy(place, scenario, FormWords.of(scenario))


def differences(before: Copy, after: Copy) -> tuple[Difference, ...]:
    """Everything that differs: the form first, then settings in the order in which the copies have them."""
    return (*_of_form(before, after), *_of_settings(before, after))


def differences_beside(before: Copy, after: Copy, found: tuple[Difference, ...]) -> tuple[Beside, ...]:
    """The scenarios side by side that differ; ``found`` is what differs in the copies themselves."""
    known = [_said_of(one) for one in found]
    told: list[Beside] = []
    for name in dict.fromkeys([*before.beside, *after.beside]):
        one, other = before.beside.get(name), after.beside.get(name)
        if one is None or other is None:
            told.append(Beside(name, one, other))
            continue
        own = tuple(each for each in differences(one, other) if _said_of(each) not in known)
        if own:
            told.append(Beside(name, one, other, own))
    return tuple(told)


def _said_of(one: Difference) -> tuple[object, ...]:
    """What a difference comes to, wherever it stands and whoever set it."""
    return (one.key, *((side.value, side.said, side.letter) for side in (one.before, one.after)))


def _of_form(before: Copy, after: Copy) -> Iterator[Difference]:
    one, other = (_fields(copy.form) for copy in (before, after))
    for key, name in _FIELDS.items():
        if one[key] != other[key]:
            cell = "layer_1" if key == "layers" else key
            sides = (
                Side(copy.cells.get(cell), words[key] or None, None, None)
                for copy, words in ((before, one), (after, other))
            )
            yield Difference(key, name, None, *sides)


def _fields(form: FormWords) -> dict[str, Value]:
    return {
        "name": form.name,
        "title_en": form.title.en,
        "title_zh": form.title.zh,
        "description_en": form.description.en,
        "description_zh": form.description.zh,
        "parent": form.parent or "",
        "layers": ", ".join(form.layers),
        "layers_in_order": form.in_order,
    }


def _of_settings(before: Copy, after: Copy) -> Iterator[Difference]:
    bare = shipped()
    set_in = [{one.thing: one for one in copy.scenario.overrides} for copy in (before, after)]
    for thing in dict.fromkeys([*set_in[0], *set_in[1]]):
        own = [found.get(thing) for found in set_in]
        key = next(one.key for one in own if one is not None)
        sides = [_side(copy, key, one) for copy, one in zip((before, after), own, strict=True)]
        if not _same_value(sides[0].value, sides[1].value) or sides[0].said != sides[1].said:
            name = Text(*(assumption_label(bare, key, language) for language in ("en", "zh")))
            unit = unit_of(bare, key)
            yield Difference(key, name, None if unit is None else unit_text(unit), *sides)


def _side(copy: Copy, key: str, setting: Override | None) -> Side:
    letter: str | None = None
    if key.startswith("record."):
        found = stands_for(key.removeprefix("record."), copy.scenario.book)
        letter = None if found is None else found.confidence
    own = key if setting is None else setting.key
    return Side(copy.cells.get(own), held(copy.scenario, key), setting, letter)


def _same_value(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other


def as_json(
    before: Copy, after: Copy, found: tuple[Difference, ...], beside: tuple[Beside, ...] = ()
) -> dict[str, Any]:
    """The differences as plain values."""
    return {
        "copies": [{"place": copy.place, "scenario": copy.scenario.name} for copy in (before, after)],
        "differences": [_json(one) for one in found],
        "beside": [
            {
                "scenario": one.name,
                "only_in": "B" if one.before is None else "A" if one.after is None else None,
                "layers": list(one.layers(after if one.before is None else before)),
                "sets": list(one.sets),
                "differences": [_json(each) for each in one.differences],
            }
            for one in beside
        ],
    }


def _json(one: Difference) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": {"en": one.name.en, "zh": one.name.zh},
        "unit": None if one.unit is None else {"en": one.unit.en, "zh": one.unit.zh},
        "before": _side_json(one.before),
        "after": _side_json(one.after),
    }


def _side_json(side: Side) -> dict[str, Any]:
    sheet, _, cell = (side.cell or "").rpartition("!")
    said = side.said
    return {
        "sheet": sheet or None,
        "cell": cell or None,
        "value": side.value,
        "set_by": None if side.set_by is None else side.set_by.owner,
        "reason": said.reason,
        "source": said.source,
        "where": said.where,
        "kind": said.kind,
        "confidence": side.letter,
    }
