"""How amounts stand in sentences and cells: a number with its unit, with its sign of per cent, what a clause asks."""

from __future__ import annotations

from regmodel.report.content import Line, Number
from regmodel.report.figures import Figures
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language

_ENDS = ("low", "high")


def percent(number: Number, language: Language) -> Line:
    """A number with the sign of per cent, as each language sets it."""
    return (number, "%" if language == "zh" else " %")


def in_unit(number: Number, unit: object, language: Language) -> Line:
    """A number with its unit inside a sentence."""
    return (number, *after_number(unit, language))


def after_number(unit: object, language: Language) -> Line:
    """A unit as it follows a number inside a sentence."""
    label = unit_label(str(unit or ""), language)
    if not label:
        return ()
    if label.startswith("%"):
        return (label if language == "zh" else f" {label}",)
    return (f" × {label}" if label.startswith("10") else f" {label}",)


def asked(figures: Figures, position: int, language: Language) -> Line:
    """What a clause of the verdict asks: its two ends, its one end, or its figure where no end is known."""
    key, entry = f"verdict/clauses/{position}", figures.run.verdict["clauses"][position]
    unit = str(entry.get("unit") or "")
    low, high = (figures.number(f"{key}/{end}", unit=unit) if figures.has(f"{key}/{end}") else None for end in _ENDS)
    if low is not None and high is not None:
        return (low,) if low.text == high.text else (low, "～" if language == "zh" else " to ", high)
    if high is not None:
        return ("≤ ", high)
    if low is not None:
        return ("≥ ", low)
    return (figures.number(f"{key}/target", unit=unit),) if figures.has(f"{key}/target") else ()


def asked_in_unit(figures: Figures, clause: str, language: Language) -> Line:
    """What a clause asks, with its unit; empty for a clause that asks no number."""
    entries = figures.run.verdict.get("clauses", [])
    position = next((n for n, entry in enumerate(entries) if entry["id"] == clause), None)
    line = () if position is None else asked(figures, position, language)
    if position is None or not line:
        return ()
    return (*line, *after_number(entries[position].get("unit"), language))
