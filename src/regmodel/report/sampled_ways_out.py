"""What would have to give in the infeasible scenarios of a batch: a table for the report."""

from __future__ import annotations

from dataclasses import replace

from regmodel.batch.answers import Answers, WayOut
from regmodel.report.batch_ways_out import UNKNOWN
from regmodel.report.content import Block, Column, Line, Row, Table, say
from regmodel.report.figures import Figures
from regmodel.report.sampled_shares import share_cells, share_columns
from regmodel.report.sentences import clause_name
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

SHOWN = 24
_CAPTION = Text(
    "What would have to give: the smallest change of one end of a clause that lets an infeasible scenario hold",
    "所需让步：使不可行情景成立的最小单项调整",
)
_NOTE = Text(
    "Of {asked} infeasible scenarios that were asked. A move holds in each year and place that the clause speaks of; "
    "below zero is downwards; half of those of a clause need its middle move or less; each was put in and decided "
    "again.",
    "对其中{asked}个不可行情景求解。调整适用于该条款所涉的各年、各地，负号为下调；"
    "涉及该条款的情景中，半数所需调整不超过中位数；各项调整均已代入并重新判定。",
)
_NONE = Text("No single clause suffices", "调整任何单项均不足")
_CLAUSE = Text("Clause that would have to give", "需要让步的条款")
_SHARE = Text("Share of these, %", "占比，%")
_MIDDLE = Text("Middle move", "调整中位数")
_INTERVAL = Text("Its interval", "其区间")
_MOST = Text("Largest move", "最大调整")
_UNIT = Text("Unit", "单位")


def ways_out(figures: Figures, found: Answers, language: Language) -> list[Block]:
    """One row a clause, most frequent first, and one for no way out; nothing where none was asked for."""
    told, sampled = found.ways_out, found.basis.probability
    if told is None:
        return []
    key = "batch/ways_out"
    rows = [
        _row(figures, f"{key}/clauses/{at}", one, language, sampled=sampled)
        for at, one in enumerate(told.clauses[:SHOWN])
    ]
    blank: list[Line] = [("–",)] * (4 if sampled else 3)
    if told.none.holds + told.unknown:
        shares = share_cells(figures, f"{key}/none", told.none, sampled=sampled)
        rows.append(Row(((_NONE.read(language),), *shares, *blank)))
    share, *beside = share_columns(language, sampled=sampled)
    heads = (
        Column(_CLAUSE.read(language)),
        replace(share, title=_SHARE.read(language)),
        *beside,
        Column(_MIDDLE.read(language), True),
        *((Column(_INTERVAL.read(language), True),) if sampled else ()),
        Column(_MOST.read(language), True),
        Column(_UNIT.read(language)),
    )
    note = say(_NOTE, language, asked=figures.number(f"{key}/asked", decimals=0))
    if told.unknown:
        unknown = figures.number(f"{key}/unknown", decimals=0)
        note = (*note, " " if language == "en" else "", *say(UNKNOWN, language, unknown=unknown))
    return [Table("ways-out-of-scenarios", (_CAPTION.read(language),), heads, tuple(rows), note=note)]


def _row(figures: Figures, key: str, one: WayOut, language: Language, *, sampled: bool) -> Row:
    def move(name: str) -> Line:
        return (
            (figures.number(f"{key}/{name}", unit=one.unit, signed=True),) if figures.has(f"{key}/{name}") else ("–",)
        )

    shares = share_cells(figures, key, one.estimate, sampled=sampled)
    cells: list[Line] = [clause_name(figures, one.clause, language), *shares, move("middle")]
    if sampled:
        cells.append((*move("middle_low"), " … ", *move("middle_high")) if one.middle_low is not None else ("–",))
    return Row((*cells, move("most"), (unit_label(one.unit, language),)))
