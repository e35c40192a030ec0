"""The decorator that records an equation and leaves the function an ordinary function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, get_type_hints

from regmodel.vocabulary.texts import Text

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Equation:
    """What the catalogue knows of one equation; ``arguments`` maps name to unit, ``unit`` is of the result."""

    name: str
    formula: str
    source: str
    projection_only: bool
    function: Callable[..., Any]
    arguments: dict[str, str]
    unit: str
    doc: str
    valid: str
    source_zh: str = ""

    @property
    def said_source(self) -> Text:
        """The source for readers in both languages."""
        return Text(self.source, self.source_zh or self.source)

    @property
    def place(self) -> str:
        """Module and line where the equation stands, for the reader who wants to change it."""
        line = inspect.getsourcelines(self.function)[1]
        return f"src/{self.function.__module__.replace('.', '/')}.py:{line}"


CATALOGUE: dict[str, Equation] = {}


def _unit_of(hint: Any, place: str) -> str:
    metadata = getattr(hint, "__metadata__", None)
    if not metadata:
        raise TypeError(f"{place} needs a unit type of regmodel.vocabulary.units")
    return str(metadata[0])


def equation(
    name: str, *, formula: str, source: str, source_zh: str = "", projection_only: bool = False, valid: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Record a pure function as an equation of the model.

    ``formula`` is for people and is checked against the function by one generic test; ``projection_only`` marks
    functions that a linear programme cannot call; ``valid`` states the range of validity where there is one.
    """

    def record(function: Callable[P, R]) -> Callable[P, R]:
        hints = get_type_hints(function, include_extras=True)
        result = hints.pop("return")
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
                raise TypeError(f"{name}: arguments of an equation are keyword-only")
        if name in CATALOGUE and CATALOGUE[name].function.__module__ != function.__module__:
            raise ValueError(f"{name} is written twice")
        CATALOGUE[name] = Equation(
            name=name,
            formula=formula,
            source=source,
            projection_only=projection_only,
            function=function,
            arguments={key: _unit_of(hint, f"{name}({key})") for key, hint in hints.items()},
            unit=_unit_of(result, f"the result of {name}"),
            doc=inspect.getdoc(function) or "",
            valid=valid,
            source_zh=source_zh,
        )
        return function

    return record
