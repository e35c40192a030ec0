"""Whether the values that a back-cast is scored on can be meant at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regmodel.vocabulary.glossary import term
from regmodel.vocabulary.regions import RegionSets
from regmodel.vocabulary.texts import Text

_FAR = Text(
    "Of {n} values the observed one is nothing like the projected one, first {variable} of {place}, {year}: observed "
    "{observed}, projected {projected} {unit}. Is the unit right? Scores that rest on such values say nothing.",
    "有 {n} 个数值的观测值与推演值相差悬殊，首例为{year}年{place}{variable}："
    "观测 {observed}，推演 {projected}（{unit}）。请核对单位；以此类数值得出的评分没有意义。",
)
FAR = 10.0
"""So many times more or less is no miss of a projection but another thing or unit."""


def far_off(scores: Sequence[Mapping[str, Any]], regions: RegionSets) -> list[Text]:
    """That some observed values cannot be what they are taken for: another sign, or another size altogether."""
    odd = [
        row
        for row in scores
        if row["observed"] and row["projected"] and not 1 / FAR <= row["projected"] / row["observed"] <= FAR
    ]
    if not odd:
        return []
    row = odd[0]
    title, place = term(str(row["variable"])).title, regions.name(str(row["region"]))
    told: dict[str, Any] = {name: f"{row[name]:,.6g}" for name in ("observed", "projected")}
    told |= {"n": len(odd), "year": row["year"], "unit": row["unit"]}
    return [
        Text(
            _FAR.en.format(variable=title.en.lower(), place=place.en, **told),
            _FAR.zh.format(variable=title.zh, place=place.zh, **told),
        )
    ]
