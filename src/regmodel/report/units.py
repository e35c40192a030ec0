"""How units are shown: memory units become the units that planners print, at this border and nowhere else.

A number is either scaled, and then ``unit_label`` says its unit, or it stands as it was typed or printed, and then
``printed_label`` does.
"""

from __future__ import annotations

from functools import cache

from regmodel.params import convert
from regmodel.vocabulary.texts import Language, Text

# The planners' unit of each memory unit, as written in data files.
SHOWN_AS = {
    "wan_person": "10^4 persons",
    "wan_person/year": "10^4 persons/yr",
    "yi_yuan": "10^8 CNY",
    "yi_yuan/year": "10^8 CNY",
    "hm3": "10^8 m3",
    "hm3/year": "10^8 m3",
    "10^6 m3": "10^8 m3",
    "km2": "km2",
    "km2/year": "km2/yr",
    "dimensionless": "%",
    "1/year": "%/yr",
}

_LABELS = {
    "10^4 persons": Text("10⁴ persons", "万人"),
    "10^4 persons/yr": Text("10⁴ persons a year", "万人/年"),
    "10^8 CNY": Text("10⁸ yuan", "亿元"),
    "10^8 m3": Text("10⁸ m³", "亿 m³"),
    "10^6 m3": Text("10⁶ m³", "百万 m³"),
    "10^6 m3/yr": Text("10⁶ m³ a year", "百万 m³/年"),
    "10^4 m3": Text("10⁴ m³", "万 m³"),
    "km2": Text("km²", "km²"),
    "km2/yr": Text("km² a year", "km²/年"),
    "10^4 km2": Text("10⁴ km²", "万 km²"),
    "10^4 mu": Text("10⁴ mu", "万亩"),
    "%": Text("%", "%"),
    "%/yr": Text("% a year", "%/年"),
    "percentage points": Text("percentage points", "个百分点"),
    "% of land area": Text("% of the land area", "占国土面积 %"),
    "% of base": Text("% of base", "占基年 %"),
    "% of base use": Text("% of base use", "占基年用水 %"),
    "% of base industrial use": Text("% of base industrial use", "占基年工业用水 %"),
    "% of industrial use": Text("% of industrial use", "占工业用水 %"),
    "% of the 2025 cap": Text("% of the 2025 cap", "占2025年上限 %"),
    "% of area": Text("% of area", "占面积 %"),
    "% of area per year": Text("% of area a year", "占面积 %/年"),
    "% of output": Text("% of output", "占产出 %"),
    "points of output": Text("points of output", "产出的百分点"),
    "% of stock per year": Text("% of stock a year", "占存量 %/年"),
    "% of population per year": Text("% of population a year", "占人口 %/年"),
    "% of rural population per year": Text("% of rural population a year", "占乡村人口 %/年"),
    "% of the origin's population per year": Text("% of the origin's population a year", "占迁出地人口 %/年"),
    "permille": Text("‰", "‰"),
    "permille per point of share aged 60+": Text("‰ per point of share aged 60+", "‰/（60岁以上占比百分点）"),
    "ratio": Text("ratio", "比值"),
    "count": Text("count", "个"),
    "m2/person": Text("m² a person", "m²/人"),
    "m3/mu gross": Text("m³ a mu, gross", "m³/亩（毛）"),
    "m3/mu": Text("m³ a mu", "m³/亩"),
    "CNY/m3": Text("yuan/m³", "元/m³"),
    "CNY/CNY": Text("yuan/yuan", "元/元"),
    "CNY/mu": Text("yuan/mu", "元/亩"),
    "CNY/person": Text("yuan/person", "元/人"),
    "L/person/day": Text("L a person and day", "L/人·日"),
    "m3/10^4 CNY": Text("m³ per 10⁴ yuan", "m³/万元"),
    "10^8 CNY/yr": Text("10⁸ yuan a year", "亿元/年"),
    "% of GDP": Text("% of GDP", "占GDP %"),
    "% of total use": Text("% of total use", "占用水总量 %"),
    "% of 64x10^4 mu per five years": Text(
        "% of the quota of 2021-2025, each five years", "占2021—2025年指标 %（每五年）"
    ),
    "10^4 CNY/mu": Text("10⁴ yuan/mu", "万元/亩"),
    "10^4 CNY/person": Text("10⁴ yuan/person", "万元/人"),
    "permille per year": Text("‰ a year", "‰/年"),
    "10^4 t": Text("10⁴ t", "万吨"),
}


# What the model's own units are called where a number in them is shown unscaled.
_MEMORY = {
    "wan_person": _LABELS["10^4 persons"],
    "wan_person/year": _LABELS["10^4 persons/yr"],
    "person": Text("persons", "人"),
    "yi_yuan": _LABELS["10^8 CNY"],
    "yi_yuan/year": _LABELS["10^8 CNY/yr"],
    "yi_yuan/year/wan_person": Text("10⁸ yuan a year per 10⁴ persons", "亿元/年·万人"),
    "yi_yuan/year/km2": Text("10⁸ yuan a year per km²", "亿元/年·km²"),
    "hm3": _LABELS["10^6 m3"],
    "hm3/year": _LABELS["10^6 m3/yr"],
    "hm3/year/wan_person": Text("10⁶ m³ a year per 10⁴ persons", "百万 m³/年·万人"),
    "hm3/year/km2": Text("10⁶ m³ a year per km²", "百万 m³/年·km²"),
    "hm3/yi_yuan": Text("10⁶ m³ per 10⁸ yuan", "百万 m³/亿元"),
    "hm3/point": Text("10⁶ m³ per point", "百万 m³/百分点"),
    "km2/year": _LABELS["km2/yr"],
    "km2/wan_person": Text("km² per 10⁴ persons", "km²/万人"),
    "km2*year/yi_yuan": Text("km² a year per 10⁸ yuan", "km²·年/亿元"),
    "wan_tonne/year": Text("10⁴ t a year", "万吨/年"),
    "wan_tonne/point": Text("10⁴ t per point", "万吨/百分点"),
    "tonne/day": Text("t a day", "吨/日"),
    "tonne/hour": Text("t an hour", "吨/小时"),
    "gigawatt": Text("GW", "吉瓦"),
    "hour": Text("hours", "小时"),
    "year": Text("years", "年"),
    "dimensionless": Text("ratio", "比值"),
    "1/year": Text("per year", "每年"),
}


def unit_label(unit: str, language: Language) -> str:
    """The unit of a number in this unit once ``scale_of`` has scaled it, as a reader knows it."""
    return printed_label(SHOWN_AS.get(unit, unit), language)


def printed_label(unit: str, language: Language) -> str:
    """A unit itself as a reader knows it, for a number that is not scaled; without words as the data write it."""
    label = _LABELS.get(unit) or _MEMORY.get(unit)
    return label.read(language) if label is not None else unit.replace("m3", "m³").replace("m2", "m²")


@cache
def scale_of(unit: str) -> float:
    """What a number in this unit is multiplied with to be shown; 1 for a unit that is printed already."""
    shown = SHOWN_AS.get(unit)
    if shown is None or shown == unit:
        return 1.0
    return 1.0 / convert(1.0, shown, unit)
