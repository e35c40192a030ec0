"""What else moves when a way out is taken: people, output and the water of farms beside the trend, region by region."""

from __future__ import annotations

from typing import Any

from regmodel.report.amounts import in_unit, percent
from regmodel.report.content import Column, Line, Row, Table, say
from regmodel.report.figures import Figures
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

_CAPTION = Text("What else moves with each way out, beside the trend", "各种调整办法的连带影响（与趋势相比）")
_NOTE = Text(
    "By the plan nearest the trend, of those that hold once the way out is taken: residents, GDP and the water of "
    "farms, each in the region and year in which it stands furthest below and furthest above the trend. Another plan "
    "may spread this differently; that none does better is not shown.",
    "取采用该办法后成立的方案中最接近趋势的一个：常住人口、生产总值、农业用水各列低于、高于趋势最多的地区和年份。其他方案可能有不同的分布，"
    "并未证明没有更好的方案。",
)
_SENTENCE = Text(
    " What moves most with it, in the plan nearest the trend: {what} of {region}, in {year} {change} {side} than on "
    "the trend ({trend} → {value}).",
    "采用后变动最大的是（按最接近趋势的方案）：{region}{year}年{what}{side}趋势{change}（{trend}→{value}）。",
)
_SIDES = {False: Text("less", "低于"), True: Text("more", "高于")}
_WHAT = {
    "population": Text("residents", "常住人口"),
    "gdp": Text("GDP", "生产总值"),
    "water_use_agriculture": Text("farm water use", "农业用水"),
}
_HEADS = {
    "way": Text("Way out", "调整方式"),
    "what": Text("What", "内容"),
    "region": Text("Region", "地区"),
    "year": Text("Year", "年份"),
    "trend": Text("On the trend", "趋势"),
    "value": Text("With this way out", "采用后"),
    "unit": Text("Unit", "单位"),
    "change": Text("Change", "变化"),
}
_NUMERIC = ("year", "trend", "value", "change")


def moves_table(figures: Figures, named: list[tuple[int, Line]], language: Language) -> Table | None:
    """The ways out at these positions, by name, with what else each moves; None where nothing is known of any."""
    rows: list[Row] = []
    told: list[list[dict[str, Any]]] = []
    repairs = figures.run.verdict.get("repairs") or []
    for position, name in named:
        changes = repairs[position]["changes"]
        if changes in told:
            continue
        told.append(changes)
        for at, move in enumerate(repairs[position].get("moves") or []):
            rows.append(_row(figures, f"verdict/repairs/{position}/moves/{at}", move, name if not at else (), language))
    if not rows:
        return None
    heads = tuple(Column(text.read(language), name in _NUMERIC) for name, text in _HEADS.items())
    return Table("repairs-moves", (_CAPTION.read(language),), heads, tuple(rows), note=(_NOTE.read(language),))


def _row(figures: Figures, key: str, move: dict[str, Any], name: Line, language: Language) -> Row:
    unit = str(move["unit"])
    return Row(
        (
            name,
            (_WHAT[str(move["variable"])].read(language),),
            (figures.run.scenario.book.regions.name(str(move["region"])).read(language),),
            (figures.year(move["year"]),),
            (figures.number(f"{key}/trend", unit=unit),),
            (figures.number(f"{key}/value", unit=unit),),
            (unit_label(unit, language),),
            percent(figures.number(f"{key}/change", unit="dimensionless", decimals=1, signed=True), language),
        )
    )


def furthest_move(figures: Figures, position: int, language: Language) -> Line:
    """The largest move that comes with a way out, as a sentence; empty where nothing is known of it."""
    moves = figures.run.verdict["repairs"][position].get("moves") or []
    if not moves:
        return ()
    at = max(range(len(moves)), key=lambda n: abs(moves[n]["change"]))
    move, key = moves[at], f"verdict/repairs/{position}/moves/{at}"
    unit, more = str(move["unit"]), move["change"] > 0
    change = figures.unsigned(f"{key}/change", unit="dimensionless", decimals=1)
    return say(
        _SENTENCE,
        language,
        what=_WHAT[str(move["variable"])].read(language),
        region=figures.run.scenario.book.regions.name(str(move["region"])).read(language),
        year=figures.year(move["year"]),
        change=percent(change, language),
        side=_SIDES[more].read(language),
        trend=figures.number(f"{key}/trend", unit=unit),
        value=in_unit(figures.number(f"{key}/value", unit=unit), unit, language),
    )
