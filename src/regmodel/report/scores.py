"""A back-cast on a terminal: the verdict, errors by variable and by region beside the benchmarks, what to know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from regmodel.report.labels import variable_label
from regmodel.report.text_table import text_table
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs.backcast import Backcast
    from regmodel.vocabulary.regions import RegionSets

_CAPTION = Text(
    "Mean absolute error and bias (projected above observed is positive), in % of the observed value:",
    "平均绝对误差与偏差（推演高于观测为正），占观测值的百分比（%）：",
)
_HEADS = (
    Text("Variable", "变量"),
    Text("Region", "地区"),
    Text("n", "个数"),
    Text("regmodel", "regmodel"),
    Text("bias", "偏差"),
    Text("constant share", "比重不变"),
    Text("last value", "沿用上值"),
    Text("constant rate", "增速不变"),
)
_ALL = Text("all regions", "各地区")
_BENCHMARKS = ("mape_constant_share", "mape_last_value", "mape_constant_rate")


def lines(found: Backcast, language: Language, regions: RegionSets) -> list[str]:
    """Every line that `regmodel backcast` prints."""
    sentence, *notes = (said.read(language) for said in found.said(regions))
    if not found.summary:
        return [sentence, *notes]
    rows = []
    for variable, entry in found.summary.items():
        label = variable_label(variable, language)
        if entry["n"] > 1:
            rows.append(_row(label, _ALL.read(language), entry))
        rows += [_row(label, regions.name(place).read(language), told) for place, told in entry["by_region"].items()]
    table = text_table([head.read(language) for head in _HEADS], rows, words=2)
    return [sentence, "", _CAPTION.read(language), *table, "", *notes]


def _row(variable: str, place: str, entry: Mapping[str, Any]) -> list[str]:
    return [
        variable,
        place,
        str(entry["n"]),
        f"{entry['mape']:.1f}",
        f"{entry['bias']:+.1f}",
        *("–" if entry[name] is None else f"{entry[name]:.1f}" for name in _BENCHMARKS),
    ]
