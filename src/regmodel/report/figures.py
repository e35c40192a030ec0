"""The only way for a number into the report: it is read from the run by its key and keeps the key.

Keys are paths with slashes. ``verdict/clauses/3/margin``, ``backcast/summary/population/mape``, ``manifest/seconds``,
``record/water.use_base.ORDOS/value``, ``clause/nm_urb_2025/low``, ``adjustment/4/relative``,
``trajectory/plan/ORDOS/water_use_total/2025``, ``frontier/0/points/2/x``,
``batch/holding/joint/low`` and, for counts and other small sums over the data,
``count/<what is counted>`` and ``found/<what was looked for>``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regmodel.report.beside import NOTHING, Beside
from regmodel.report.content import Number
from regmodel.report.origins import origin_of_number
from regmodel.report.units import scale_of
from regmodel.runs.load_classes import LoadClass, read_load_classes

if TYPE_CHECKING:
    from regmodel.runs import Run

PROGRAMME = ":programme"
MOST_DECIMALS = 9
SAME = 1e-10
ROUNDING = 1e-6
MINUS = "\N{MINUS SIGN}"


class NotInTheRun(KeyError):
    """A number was asked for that the run does not hold: a mistake of the report, never of the user."""


class Figures:
    """Reads numbers of one run; everything that the report prints goes through ``number`` or ``count``."""

    def __init__(self, run: Run, beside: Beside = NOTHING) -> None:
        self.run, self.beside = run, beside
        self._noted: dict[str, float] = {}

    @cached_property
    def path(self) -> Mapping[tuple[str, str, str, int], tuple[float, str]]:
        """Value and unit by scenario, region, variable and year."""
        frame = self.run.trajectory
        names = ("scenario", "region", "variable", "year", "value", "unit")
        columns = (frame[name].tolist() for name in names)
        return {
            (scenario, region, variable, int(year)): (float(value), unit)
            for scenario, region, variable, year, value, unit in zip(*columns, strict=True)
        }

    def raw(self, key: str) -> Any:
        """What the run holds under a key; None where it holds nothing. Raises NotInTheRun for an unknown key."""
        if key in self._noted:
            return self._noted[key]
        root, *steps = key.split("/")
        if root == "trajectory":
            scenario, region, variable, year = steps
            found = self.path.get((scenario, region, variable, int(year)))
            return None if found is None else found[0]
        roots = {
            "verdict": self.run.verdict,
            "manifest": self.run.manifest,
            "backcast": self.run.backcast,
            "warning": self.warning,
            "record": self.run.scenario.book.records,
            "clause": self.clauses,
            "adjustment": self.run.base.adjustments,
            "contradiction": self.run.contradictions,
            "base": self.run.base,
            **self.beside.roots,
        }
        if root not in roots:
            raise NotInTheRun(key)
        return _walk(roots[root], steps, key)

    @cached_property
    def warning(self) -> Mapping[str, Any]:
        """The early warning as plain values; empty for a run without one."""
        return {} if self.run.warning is None else self.run.warning.as_dict()

    @cached_property
    def load_classes(self) -> tuple[LoadClass, ...]:
        """The classes of the load of water, from the lightest on: those of the early warning."""
        found = self.run.warning
        return (read_load_classes() if found is None else found.classes)["water"]

    @cached_property
    def clauses(self) -> Mapping[str, Any]:
        """The active clauses of the scenario by id."""
        return {active.clause.id: active for active in self.run.scenario.clauses}

    def has(self, key: str) -> bool:
        """Whether the run holds a number under this key."""
        try:
            found = self.raw(key)
        except NotInTheRun:
            return False
        return isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found)

    def number(self, key: str, *, unit: str = "", decimals: int | None = None, signed: bool = False) -> Number:
        """The number under a key as shown; ``unit`` is the unit of the data and decides the scale of what is shown."""
        if not self.has(key):
            raise NotInTheRun(key)
        value = float(self.raw(key))
        scale = scale_of(unit)
        return Number(key, value, show(value * scale, decimals, signed=signed), scale, *origin_of_number(self, key))

    def unsigned(self, key: str, *, unit: str = "", decimals: int | None = None) -> Number:
        """A number without its minus, where the words beside it say on which side of nothing it stands."""
        number = self.number(key, unit=unit, decimals=decimals)
        return number if number.value >= 0 else replace(number, text=number.text.lstrip(MINUS), scale=-number.scale)

    def exact(self, key: str, *, unit: str = "") -> Number:
        """The number under a key with every figure that it has: rounded, a way out might fall short of curing."""
        number = self.number(key, unit=unit)
        shown = number.value * number.scale
        decimals = next((n for n in range(MOST_DECIMALS) if _says(shown, n)), MOST_DECIMALS)
        return replace(number, text=show(shown, decimals))

    def printed(self, key: str) -> Number:
        """A figure that the run keeps as printed in a document, shown exactly so."""
        text = str(self.raw(key))
        return Number(key, float(text), text, 1.0, *origin_of_number(self, key))

    def count(self, what: str, things: Sequence[Any]) -> Number:
        """How many things of the run's data there are; ``what`` names them in the key."""
        return self._note(f"count/{what}", float(len(things)), 0)

    def found(
        self, what: str, value: float, *, unit: str = "", decimals: int | None = None, signed: bool = False
    ) -> Number:
        """A number looked up or added up from the run's data; ``what`` says in its key how."""
        return self._note(f"found/{what}", value, decimals, unit, signed=signed)

    def given(self, what: str, text: str) -> Number:
        """A number that was typed or printed somewhere and is shown exactly so; ``what`` says in its key where."""
        key = f"found/{what}"
        self._noted[key] = float(text)
        return Number(key, float(text), text)

    def year(self, year: float) -> Number:
        """A year of the run's data, printed without separators."""
        return Number(f"year/{int(year)}", float(year), str(int(year)))

    def _note(self, key: str, value: float, decimals: int | None, unit: str = "", *, signed: bool = False) -> Number:
        self._noted[key] = value
        scale = scale_of(unit)
        return Number(key, value, show(value * scale, decimals, signed=signed), scale)

    @property
    def projection(self) -> str:
        """Name under which the trajectory holds the projection."""
        return self.run.scenario.name

    @property
    def programme(self) -> str | None:
        """Name under which the trajectory holds the plan that the programme found, where there is one."""
        name = self.run.scenario.name + PROGRAMME
        return name if any(key[0] == name for key in self.path) else None


def _walk(thing: Any, steps: list[str], key: str) -> Any:
    for step in steps:
        try:
            if isinstance(thing, Mapping):
                thing = thing[step] if step in thing else thing[int(step)]
            elif isinstance(thing, list | tuple):
                thing = thing[int(step)]
            else:
                thing = getattr(thing, step)
        except (KeyError, IndexError, ValueError, AttributeError) as problem:
            raise NotInTheRun(key) from problem
    return thing


def _says(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) <= SAME * max(1.0, abs(value))


def show(value: float, decimals: int | None = None, *, signed: bool = False) -> str:
    """A number as a reader sees it: four figures or so, separators from ten thousand on, a true minus sign."""
    if decimals is None:
        size = abs(value)
        decimals = 0 if size >= 10_000 else 1 if size >= 100 else 2 if size >= 1 or not size else 3
        while decimals and float(f"{value:.{decimals}f}") == float(f"{value:.{decimals - 1}f}"):
            decimals -= 1
    elif decimals and ROUNDING <= abs(value) < 0.5 * 10.0**-decimals:
        decimals = math.ceil(-math.log10(abs(value)))  # what is not nothing is never shown as nothing
    text = f"{abs(value):,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    if value < 0:
        return MINUS + text
    return "+" + text if signed else text
