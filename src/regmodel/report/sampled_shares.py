"""A share of the scenarios of a batch in a sentence and in a table, with its interval; two ends where undecided."""

from __future__ import annotations

from regmodel.batch.answers import Estimate
from regmodel.report.amounts import percent
from regmodel.report.content import Column, Line, say
from regmodel.report.figures import Figures
from regmodel.vocabulary.texts import Language, Text

_INTERVAL = Text("{share} (interval of {level} %: {low} to {high} %)", "{share}（{level}%区间：{low}%至{high}%）")
_EITHER = Text("{low} to {high} %", "{low}%至{high}%")

_HEADS = {
    "chance": Text("Probability, %", "概率，%"),
    "share": Text("Share of scenarios, %", "情景占比，%"),
    "interval": Text("Interval, %", "区间，%"),
    "scenarios": Text("Scenarios", "情景数"),
}


def share_columns(language: Language, *, sampled: bool) -> tuple[Column, ...]:
    """The columns of ``share_cells``; with ``sampled`` a share is a probability and has an interval."""
    names = ["chance", "interval", "scenarios"] if sampled else ["share", "scenarios"]
    return tuple(Column(_HEADS[name].read(language), True) for name in names)


def share_cells(figures: Figures, key: str, one: Estimate, *, sampled: bool) -> tuple[Line, ...]:
    """A share in per cent, its interval where the scenarios are a sample, and in how many of how many it holds."""
    share = _percent(figures, f"{key}/low")
    if one.unknown:
        share = (*share, "–", *_percent(figures, f"{key}/high"))
    cells = [share]
    if sampled:
        low, high = (_percent(figures, f"{key}/error_{end}") for end in ("low", "high"))
        cells.append((*low, "–", *high))
    holds, of = (figures.number(f"{key}/{what}", decimals=0) for what in ("holds", "of"))
    return (*cells, (holds, "/", of))


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
