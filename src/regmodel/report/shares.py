"""A share of scenarios in words and in a cell, with its error and with what is undecided."""

from __future__ import annotations

from regmodel.batch.answers import Estimate
from regmodel.vocabulary.texts import Language, Text

NONE = "–"
_SURE = Text("{share} %", "{share}%")
_EITHER = Text("{low} to {high} %", "{low}%至{high}%")
_INTERVAL = Text(
    "{share} ({level} % interval: {error_low} to {error_high} %)",
    "{share}（{level}%区间：{error_low}%至{error_high}%）",
)


def share_words(found: Estimate, language: Language) -> str:
    """A share with its error: '62.5 % (95 % interval: 31 to 86 %)'; two ends where some scenarios are undecided."""
    if found.low is None or found.high is None:
        return NONE
    if found.unknown:
        words = _EITHER.read(language).format(low=percent_words(found.low), high=percent_words(found.high))
    else:
        words = _SURE.read(language).format(share=percent_words(found.low))
    if found.error_low is None or found.error_high is None:
        return words
    return _INTERVAL.read(language).format(
        share=words,
        level=f"{100 * found.level:g}",
        error_low=percent_words(found.error_low),
        error_high=percent_words(found.error_high),
    )


def times_words(found: Estimate) -> str:
    """In how many scenarios something holds, with those in which it may."""
    return f"{found.holds}" if not found.unknown else f"{found.holds}–{found.holds + found.unknown}"


def range_words(low: float | None, high: float | None) -> str:
    """Two shares in per cent, or one where they are the same."""
    if low is None or high is None:
        return NONE
    return percent_words(low) if low == high else f"{percent_words(low)}–{percent_words(high)}"


def percent_words(share: float) -> str:
    """Percent to a digit that is not all noise; what is not nothing is never shown as nothing."""
    shown = f"{100 * share:.1f}"
    if shown == "0.0" and share > 0:
        return "<0.1"
    return ">99.9" if shown == "100.0" and share < 1 else shown
