"""Cells of the tables of the page, and how a table is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.measure import Sample, sample

Told = Mapping[str, Any]


def seconds(found: Iterable[float] | None) -> str:
    """A median with its spread and its count, in the unit that reads best."""
    one = sample(found)
    if one is None:
        return ""
    low, high = one.spread
    factor, unit = (1000.0, "ms") if one.middle < 0.1 else (1.0, "s")
    spread = f" [{short(low * factor)} – {short(high * factor)}]" if len(one.seconds) > 1 else ""
    return f"{short(one.middle * factor)} {unit}{spread} ×{len(one.seconds)}"


def short(value: float) -> str:
    """A number with three digits that count."""
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def cell(found: Told | None, key: str) -> str:
    """What a step found under a key, or why there is nothing."""
    if found is None:
        return "not measured"
    if found.get(key):
        return seconds(found[key])
    return ended(found)


def ended(found: Told) -> str:
    """Why a step has no number."""
    if "not_within" in found:
        return f"not within {found['not_within']:.0f} s"
    return f"failed: {found['failed']}" if "failed" in found else "not measured"


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(value).replace("|", "\\|") for value in row) + " |" for row in rows]
    return "\n".join(lines)


def step_of(told: Told, size: int, name: str) -> Told | None:
    """What a step at a size found; None where it was not carried out."""
    found: Told | None = told["found"].get(str(size), {}).get(name)
    return found


def times(one: Sample | None, other: Sample | None) -> str:
    """How many times the other one is; nothing where one is missing."""
    if one is None or other is None or other.middle <= 0:
        return ""
    return f"{short(one.middle / other.middle)}×"
