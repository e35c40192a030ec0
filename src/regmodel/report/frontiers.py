"""What two targets cost each other, in a report: the curve, its break points, and where the plans stand now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from regmodel.report.amounts import after_number
from regmodel.report.charts_levers import frontier
from regmodel.report.content import Block, Chart, Column, Line, Paragraph, Row, Section, Span, Table, Words, plain, say
from regmodel.report.figures import Figures
from regmodel.report.labels import answer_label
from regmodel.report.sentences import clause_name
from regmodel.report.tradeoffs import SIDES
from regmodel.report.units import printed_label, unit_label
from regmodel.vocabulary.texts import Language, Text

_TITLE = Text("What two targets cost each other", "两项目标之间的取舍")
_WHAT = Text(
    "How far one target can go for each figure of the other, with every other clause held. The left-hand column is "
    "asked for from the most that can be had to where the other gains no more.",
    "在其他条款全部成立的前提下，一项目标取各值时另一项所能达到的最优值。左列自最严处起，至另一项不再改善处止。",
)
_CAPTION = Text("{x} against {y}: the best that can be had together", "{x}与{y}：可同时达到的最优组合")
_POINTS = Text("Break points of the trade-off", "取舍曲线的转折点")
_END = Text("{side} of {clause}", "{clause}的{side}")
_NONE = Text(
    "There is no such curve: with the other clauses held the answer is {answer}.",
    "没有该曲线：其他条款成立时的结论为“{answer}”。",
)
_ONE = Text(
    "The two do not stand in each other's way: both can be at their best together.", "两者互不相妨，可同时达到最优。"
)
_NOW = Text("Asked for now: {x} and {y}.", "现行要求：{x}，{y}。")
_EXACT = Text(
    "These are all the break points; between them the trade-off is straight.", "以上即全部转折点，其间为直线。"
)
_BENT = Text(
    "These are all the break points; between them the levels are straight, and a rate of growth bends a little.",
    "以上即全部转折点；其间总量为直线，以增速表示则略有弯曲。",
)
_SAMPLED = Text(
    "Sampled, not exact: a share or a rate multiplies variables of the model, so the curve bends.",
    "抽样，非精确：其中的比率与模型变量相乘，曲线是弯的。",
)
_ENDED = Text(
    "The search was ended by its time: there may be further break points.", "搜索因时限结束，可能还有其他转折点。"
)
_HOLLOW = Text("A hollow point is not certified.", "空心点未经证明。")
_HEADS = {
    "slope": Text(
        "Change of the second for one of the first, to the next row", "至下一行：前者每变动一个单位，后者的变动"
    ),
    "proved": Text("Certified", "证明"),
}
_PROVED = {True: Text("● certified", "● 已证明"), False: Text("? not certified", "? 未证明")}


def frontiers_section(figures: Figures, language: Language) -> Section | None:
    """A chart and a table for each trade-off that was asked for; None where none was."""
    if not figures.beside.frontiers:
        return None
    blocks: list[Block] = [Paragraph((_WHAT.read(language),), "lead")]
    for number in range(len(figures.beside.frontiers)):
        blocks += _one(figures, number, language)
    return Section("frontier", _TITLE.read(language), tuple(blocks))


def _one(figures: Figures, number: int, language: Language) -> list[Block]:
    found, key = figures.beside.frontiers[number], f"frontier/{number}"
    ends = {axis: _end(figures, found[axis], language) for axis in ("x", "y")}
    now_at: dict[str, Span | Line] = {
        axis: (*ends[axis], " ", *_asked(figures, key, axis, found, language)) for axis in ends
    }
    now = say(_NOW, language, **now_at)
    caption = say(_CAPTION, language, **ends)
    if not found["points"]:
        line = say(_NONE, language, answer=answer_label(str(found["verdict"]), language))
        return [Paragraph(caption, "finding"), Paragraph(line)]
    blocks: list[Block] = []
    if len(found["points"]) > 1:
        points = pd.DataFrame(found["points"]).rename(columns={"proved": "certified"})
        titles = [f"{plain(ends[axis])}, {printed_label(str(found[axis]['unit']), language)}" for axis in ("x", "y")]
        asked = [float(found[axis]["asked"]) for axis in ("x", "y")]
        spec = frontier(points, titles[0], titles[1], asked, language)
        assert spec is not None
        note: Line = (*now, " ", _HOLLOW.read(language))
        blocks.append(Chart(f"chart-frontier-{number + 1}", caption, spec, plain(caption), note))
    else:
        blocks += [Paragraph(caption, "finding"), Paragraph((_ONE.read(language),)), Paragraph(now, "note")]
    blocks.append(_table(figures, number, ends, language))
    return blocks


def _end(figures: Figures, end: Mapping[str, Any], language: Language) -> Line:
    side = SIDES[str(end["side"])].read(language)
    return say(_END, language, side=side, clause=clause_name(figures, str(end["clause"]), language))


def _asked(figures: Figures, key: str, axis: str, found: Mapping[str, Any], language: Language) -> Line:
    unit = str(found[axis]["unit"])
    return (figures.number(f"{key}/{axis}/asked", unit=unit), *after_number(unit, language))


def _table(figures: Figures, number: int, ends: Mapping[str, Line], language: Language) -> Table:
    found, key = figures.beside.frontiers[number], f"frontier/{number}"
    rows = []
    for at, point in enumerate(found["points"]):
        cells: list[Line] = [
            (figures.number(f"{key}/points/{at}/{axis}", unit=str(found[axis]["unit"])),) for axis in ("x", "y")
        ]
        slope = f"{key}/pieces/{at}/slope"
        cells.append((figures.number(slope, signed=True),) if at < len(found["pieces"]) else ("–",))
        cells.append((Words(_PROVED[bool(point["proved"])].read(language), "status"),))
        rows.append(Row(tuple(cells)))
    heads = [
        Column(f"{plain(ends[axis])}, {unit_label(str(found[axis]['unit']), language)}", True) for axis in ("x", "y")
    ]
    heads += [Column(_HEADS["slope"].read(language), True), Column(_HEADS["proved"].read(language))]
    how = _SAMPLED if found["points"][0]["kind"] == "sample" else _BENT if found["bent"] else _EXACT
    said = [how] if found["exact"] or how is _SAMPLED else []
    said += [] if found["complete"] else [_ENDED]
    between = "" if language == "zh" else " "
    note = (between.join(text.read(language) for text in said),) if said else ()
    return Table(f"frontier-{number + 1}", (_POINTS.read(language),), tuple(heads), tuple(rows), note=note)
