"""Which equations were called with which numbers, seen from outside: the equations stay ordinary functions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from regmodel.vocabulary.equation import CATALOGUE, Equation
from regmodel.vocabulary.sets import BASE_YEAR, LAST_YEAR

Value = TypeVar("Value")
YEARS = LAST_YEAR - BASE_YEAR + 1


@dataclass(frozen=True, eq=False)
class Call:
    """One call of an equation: its arguments by name, and what it returned (numbers or arrays, memory units)."""

    equation: Equation
    arguments: Mapping[str, Any]
    result: NDArray[np.float64]

    def place_of(self, region: int, year: int, value: float) -> tuple[int, ...] | None:
        """Where the result holds a value: ``region`` on the first axis, ``year`` counted from the base year.

        Results run over the base year and later ones, over later ones only, or over regions alone.
        """
        result = np.asarray(self.result, dtype=float)
        places: list[tuple[int, ...]] = [()] if result.ndim == 0 else []
        if result.ndim >= 1 and region < result.shape[0]:
            places = [(region,)] if result.ndim == 1 else []
            if result.ndim == 2:
                at = year - (YEARS - result.shape[1])
                places = [(region, at)] if 0 <= at < result.shape[1] else []
        return next((place for place in places if result[place] == value), None)

    def argument_at(self, name: str, place: tuple[int, ...]) -> float:
        """The number that an argument has where the result is at ``place``."""
        told = np.asarray(self.arguments[name], dtype=float)
        spread = np.broadcast_to(told, np.broadcast_shapes(told.shape, np.asarray(self.result).shape))
        return float(spread[place])


def calls_during(work: Callable[[], Value]) -> tuple[Value, tuple[Call, ...]]:
    """What some work returns, and every call of an equation on the way, in order."""
    known: dict[CodeType, Equation] = {entry.function.__code__: entry for entry in CATALOGUE.values()}
    begun: dict[int, dict[str, Any]] = {}
    seen: list[Call] = []

    def watch(frame: FrameType, event: str, returned: Any) -> None:
        entry = known.get(frame.f_code)
        if entry is None:
            return
        if event == "call":
            # As they are now: an array that is filled year by year goes on to change.
            begun[id(frame)] = {name: np.array(frame.f_locals[name], dtype=float) for name in entry.arguments}
        elif event == "return" and returned is not None:
            seen.append(Call(entry, begun.pop(id(frame)), np.array(returned, dtype=float)))

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        found = work()
    finally:
        sys.setprofile(before)
    return found, tuple(seen)
