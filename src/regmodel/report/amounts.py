"""How amounts stand in sentences and cells: a number with its unit, with its sign of per cent, what a clause asks."""

from __future__ import annotations

import re

from regmodel.report.content import NO_BREAK, Line, Number, Span, plain
from regmodel.report.figures import Figures
from regmodel.report.units import printed_label, unit_label
from regmodel.vocabulary.texts import Language

_BARE = {printed_label("ratio", language) for language in ("en", "zh")}
_ENDS = ("low", "high")
_SHARE = re.compile(r"(占.*) (%\S*)$")


def percent(number: Number, language: Language) -> Line:
    """A number with the sign of per cent, as each language sets it."""
    return (number, "%" if language == "zh" else f"{NO_BREAK}%")


def in_unit(number: Span, unit: object, language: Language) -> Line:
    """A scaled number with its unit inside a sentence."""
    return with_label(number, unit_label(str(unit or ""), language), language)


def with_label(number: Span, label: str, language: Language) -> Line:
    """A number with the words of its unit; Chinese says before it what a per cent is of, a bare ratio has none."""
    share = _SHARE.match(label)
    if share is not None:
        return (share[1], number, share[2])
    return (number, *_after(label, language))


def printed(value: float, unit: str, language: Language, digits: int) -> str:
    """A number that stands in no run, with its unit, as plain text; a bare ratio has no unit to say."""
    return plain(with_label(f"{value:.{digits}g}", printed_label(unit, language), language))


def after_number(unit: object, language: Language) -> Line:
    """A unit as it follows a number inside a sentence."""
    return _after(unit_label(str(unit or ""), language), language)


def _after(label: str, language: Language) -> Line:
    if not label or label in _BARE:
        return ()
    if label.startswith("%"):
        return (label if language == "zh" else f"{NO_BREAK}{label}",)
    return (f"{NO_BREAK}× {label}" if label.startswith("10") else f"{NO_BREAK}{label}",)


def asked(figures: Figures, position: int, language: Language, side: str = "both") -> Line:
    """What a clause of the verdict asks: its two ends, its one end, or its figure where no end is known.

    With ``side`` low or high only that end is told, where the clause has it.
    """
    key, entry = f"verdict/clauses/{position}", figures.run.verdict["clauses"][position]
    unit = str(entry.get("unit") or "")
    told = (side,) if side in _ENDS and figures.has(f"{key}/{side}") else _ENDS
    low, high = (
        figures.number(f"{key}/{end}", unit=unit) if end in told and figures.has(f"{key}/{end}") else None
        for end in _ENDS
    )
    if low is not None and high is not None:
        return (low,) if low.text == high.text else (low, "～" if language == "zh" else " to ", high)
    if high is not None:
        return (f"≤{NO_BREAK}", high)
    if low is not None:
        return (f"≥{NO_BREAK}", low)
    return (figures.number(f"{key}/target", unit=unit),) if figures.has(f"{key}/target") else ()


def asked_in_unit(figures: Figures, clause: str, language: Language) -> Line:
    """What a clause asks, with its unit; empty for a clause that asks no number."""
    return asked_at(figures, clause, "both", language)


def asked_at(figures: Figures, clause: str, side: str, language: Language) -> Line:
    """What a clause asks at its low or its high end, or at both, with its unit; empty where it asks no number."""
    line = asked_of(figures, clause, language, side)
    entry = next((entry for entry in figures.run.verdict.get("clauses", []) if entry["id"] == clause), None)
    return (*line, *after_number(entry.get("unit"), language)) if entry is not None and line else ()


def asked_of(figures: Figures, clause: str, language: Language, side: str = "both") -> Line:
    """What a clause asks, without its unit; empty for a clause that asks no number."""
    entries = figures.run.verdict.get("clauses", [])
    position = next((n for n, entry in enumerate(entries) if entry["id"] == clause), None)
    return () if position is None else asked(figures, position, language, side)
