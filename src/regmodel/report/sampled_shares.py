"""A share of the scenarios of a batch in a sentence: with its interval, and two ends where some are undecided."""

from __future__ import annotations

from regmodel.batch.answers import Estimate
from regmodel.report.amounts import percent
from regmodel.report.content import Line, say
from regmodel.report.figures import Figures
from regmodel.vocabulary.texts import Language, Text

_INTERVAL = Text("{share} (interval of {level} %: {low} to {high} %)", "{share}（{level}%区间：{low}%至{high}%）")
_EITHER = Text("{low} to {high} %", "{low}%至{high}%")


def share_line(figures: Figures, key: str, one: Estimate, language: Language) -> Line:
    """A share with its interval; two ends where some scenarios are undecided."""
    low, high = _percent(figures, f"{key}/low"), _percent(figures, f"{key}/high")
    number = figures.number(f"{key}/low", unit="dimensionless", decimals=1)
    share = say(_EITHER, language, low=low, high=high) if one.unknown else percent(number, language)
    if one.error_low is None:
        return share
    ends = {name: _percent(figures, f"{key}/error_{name}") for name in ("low", "high")}
    level = figures.number(f"{key}/level", unit="dimensionless", decimals=0)
    return say(_INTERVAL, language, share=share, level=level, **ends)


def _percent(figures: Figures, key: str) -> Line:
    return (figures.number(key, unit="dimensionless", decimals=1),)
