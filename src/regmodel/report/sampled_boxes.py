"""Where the plans of a batch hold and where they do not: the box of each, its numbers, its density and coverage."""

from __future__ import annotations

from regmodel.batch.answers import Answers, Box
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.sampled_shares import share_line
from regmodel.report.units import printed_label
from regmodel.vocabulary.texts import Language, Text

_CAPTION = {
    "feasible": Text(
        "Where the plans hold: the scenarios that keep all of these", "规划成立的范围：同时满足下列条件的情景"
    ),
    "infeasible": Text(
        "Where the plans do not hold: the scenarios that keep all of these", "规划不成立的范围：同时满足下列条件的情景"
    ),
}
_NOTE = {
    "feasible": Text(
        "Of the scenarios inside the plans hold in {density}; of all in which they hold {coverage} lie inside. Counted "
        "on {held_out} scenarios that took no part in the search.",
        "盒内情景中成立的占{density}；全部成立的情景中盒内占{coverage}。按未参与搜索的{held_out}个情景统计。",
    ),
    "infeasible": Text(
        "Of the scenarios inside the plans do not hold in {density}; of all in which they do not hold {coverage} lie "
        "inside. Counted on {held_out} scenarios that took no part in the search.",
        "盒内情景中不成立的占{density}；全部不成立的情景中盒内占{coverage}。按未参与搜索的{held_out}个情景统计。",
    ),
}
_NOWHERE = {
    "feasible": Text(
        "Where the plans hold: no number bounds it better than chance would.", "规划成立的范围：未发现优于偶然的界限。"
    ),
    "infeasible": Text(
        "Where the plans do not hold: no number bounds it better than chance would.",
        "规划不成立的范围：未发现优于偶然的界限。",
    ),
}
_HEADS = (
    Text("Number", "变动项"),
    Text("At least", "不低于"),
    Text("At most", "不高于"),
    Text("Unit", "单位"),
    Text("Found again, % of searches", "再次出现，占搜索%"),
)
_NUMERIC = (1, 2, 4)


def boxes(figures: Figures, found: Answers, language: Language) -> list[Block]:
    """A table for each box; a sentence where nothing bounds it."""
    return [_box(figures, verdict, one, language) for verdict, one in found.boxes.items()]


def _box(figures: Figures, verdict: str, one: Box, language: Language) -> Block:
    if not one.limits:
        return Paragraph((_NOWHERE[verdict].read(language),))
    key = f"batch/boxes/{verdict}"
    rows = []
    for at, limit in enumerate(one.limits):
        ends = [f"{key}/limits/{at}/{end}" for end in ("low", "high")]
        cells: list[Line] = [(limit.title.read(language), Words(limit.key, "id"))]
        cells += [(figures.number(end),) if figures.has(end) else ("–",) for end in ends]
        again = figures.number(f"{key}/limits/{at}/again", unit="dimensionless", decimals=0)
        rows.append(Row((*cells, (printed_label(limit.unit, language),), (again,))))
    heads = tuple(Column(head.read(language), place in _NUMERIC) for place, head in enumerate(_HEADS))
    shares = {
        name: share_line(figures, f"{key}/{name}", getattr(one, name), language) for name in ("density", "coverage")
    }
    held_out = figures.number(f"{key}/held_out", decimals=0)
    note = say(_NOTE[verdict], language, held_out=held_out, **shares)
    return Table(f"box-{verdict}", (_CAPTION[verdict].read(language),), heads, tuple(rows), note=note)
