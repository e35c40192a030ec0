"""What clashes by arithmetic alone, with its working, and what binds in the plan shown or in the proof."""

from __future__ import annotations

from regmodel.report.chart_data import ChartData
from regmodel.report.charts_limits import binding, families, letters
from regmodel.report.content import (
    Block,
    Bullets,
    Chart,
    Column,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
    join,
    say,
)
from regmodel.report.figures import Figures
from regmodel.report.labels import ASSUMED, reading_label, spoken
from regmodel.report.prices import price_blocks
from regmodel.report.row_labels import rows_that_bind
from regmodel.report.sentences import clause_name
from regmodel.vocabulary.texts import Language, Text

_TITLE = Text("Contradictions by arithmetic alone", "仅凭算术即可发现的矛盾")
_WHAT = Text(
    "No model stands behind this chapter: only figures that the plans print, the census, and sums anybody can redo. A "
    "finding marked “assumed” also takes a number that no document prints, and does not count as found on paper.",
    "本章不用任何模型：只用规划所印数字和人口普查数据，演算任何人都可复核。标有“假设”的条目还用到没有文件印出的数值，不计入“仅看文本”的结论。",
)
_STATUSES = {
    "contradiction": ("✕", Text("contradiction", "矛盾")),
    "tension": ("▲", Text("tension", "紧张")),
    "already_met": ("◉", Text("met in the base year already", "基年已达到")),
    "compatible": ("●", Text("compatible", "相容")),
    "check": ("✓", Text("check of printed figures", "数字校核")),
    "note": ("–", Text("note", "说明")),
}
_UNDER = Text("Clauses and readings: {clauses}", "所涉条款与理解：{clauses}")
_PROOF_WHAT = Text(
    "There is no plan in which anything could bind. These are the rows that the proof of infeasibility adds up.",
    "不存在可行方案，也就谈不上哪条约束起作用。以下为不可行性证明所用到的约束。",
)
_BINDING = Text("What binds in the plan shown, where and when", "所示方案中何处何时受何约束")
_PROOF = Text("What the proof adds up, where and when", "证明用到的约束：何处、何时")
_BINDING_WHAT = Text(
    "A row binds when nothing is left of it in the plan shown, one of many that hold and the one nearest the trend; in "
    "another plan it may have slack. Water use (用水, what is taken) and Yellow River consumption (耗水, what "
    "does not come back) are two accounts with two limits.",
    "在所示方案（众多可行方案之一，最接近趋势）中用尽的约束即为“起作用”；换一个方案，该约束可能仍有余量。用水（取用量）与黄河耗水（不再返回的水量）是两本账、两道上限。",
)
_NONE_BINDS = Text("No row binds in this run.", "本次运行没有起作用的约束。")
_HEAT = Text(
    "Rows that bind in the plan shown, by region and year: the darker, the more of them",
    "所示方案中各地区各年起作用的约束：颜色越深，约束越多",
)
_PROOF_HEAT = Text(
    "Rows that the proof adds up, by region and year: the darker, the more of them",
    "证明用到的各地区各年约束：颜色越深，约束越多",
)
_HEAT_DESCRIBED = Text("Heat map of binding rows by region and year", "各地区各年起作用约束的热力图")
_FAMILIES = Text("Rows that bind in the plan shown, by kind", "所示方案中起作用的约束分类")
_PROOF_FAMILIES = Text("Rows of the proof, by kind", "证明所用约束分类")
_HEADS = {
    "kind": Text("Limit", "约束"),
    "cells": Text("Region-years", "地区·年"),
    "first": Text("First year", "最早年份"),
    "where": Text("Where", "地区"),
}


def contradictions_section(figures: Figures, language: Language) -> Section:
    """Each finding with its clauses, readings and working, contradictions first."""
    blocks: list[Block] = [Paragraph(say(_WHAT, language), "lead")]
    order = list(_STATUSES)
    for finding in sorted(figures.run.contradictions, key=lambda finding: order.index(finding.status)):
        sign, word = _STATUSES[finding.status]
        head = Words(f"{sign} {word.read(language)}", f"status {finding.status}")
        mark = (" ", Words(ASSUMED.read(language), "assumed")) if finding.assumed else ()
        blocks.append(Paragraph((head, *mark, " ", spoken(finding.sentence, language)), "finding"))
        if finding.working:
            working = tuple((spoken(line, language),) for line in finding.working)
            blocks.append(Bullets(working))
        names = [_with_reading(figures, clause, finding.readings.get(clause), language) for clause in finding.clauses]
        if names:
            blocks.append(Paragraph(say(_UNDER, language, clauses=join(names, language)), "note"))
    return Section("contradictions", _TITLE.read(language), tuple(blocks))


def _with_reading(figures: Figures, clause: str, reading: str | None, language: Language) -> Line:
    name = clause_name(figures, clause, language)
    active = figures.clauses.get(clause)
    words = reading_label(None if active is None else active.clause, reading, language)
    return (*name, f" ({words})") if words else name


def binding_section(figures: Figures, data: ChartData, language: Language) -> Section:
    """The heat map, its key as a table, and prices with their range."""
    proof = figures.run.verdict["verdict"] == "infeasible"
    blocks: list[Block] = [Paragraph(say(_PROOF_WHAT if proof else _BINDING_WHAT, language), "lead")]
    title = (_PROOF if proof else _BINDING).read(language)
    spec = binding(data)
    if spec is None:
        return Section(
            "binding",
            title,
            (*blocks, Paragraph((_NONE_BINDS.read(language),)), *price_blocks(figures, data, language)),
        )
    heat = (_PROOF_HEAT if proof else _HEAT).read(language)
    blocks.append(Chart("chart-binding", (heat,), spec, _HEAT_DESCRIBED.read(language)))
    blocks.append(_families(figures, data, language, _PROOF_FAMILIES if proof else _FAMILIES))
    blocks.extend(price_blocks(figures, data, language))
    return Section("binding", title, tuple(blocks))


def _families(figures: Figures, data: ChartData, language: Language, caption: Text) -> Table:
    entries = rows_that_bind(figures.run.verdict)
    rows = []
    for name, (letter, words) in zip(families(data), letters(data), strict=True):
        own = [entry for entry in entries if data.family(entry) == name]
        years = [int(entry["year"]) for entry in own if entry.get("year") is not None]
        places = list(dict.fromkeys(str(entry["region"]) for entry in own if entry.get("region") is not None))
        where = "、" if language == "zh" else ", "
        rows.append(
            Row(
                (
                    (Words(letter, "letter"), " ", words),
                    (figures.count(f"binding rows of {name}", own),),
                    (figures.year(min(years)),) if years else ("–",),
                    (where.join(data.region_name(place) for place in places),),
                )
            )
        )
    heads = tuple(
        Column(_HEADS[name].read(language), name in ("cells", "first")) for name in ("kind", "cells", "first", "where")
    )
    return Table("binding-kinds", (caption.read(language),), heads, tuple(rows))
