"""Ways out of an infeasible scenario: what would have to give and by how much, as a table and as a sentence."""

from __future__ import annotations

from typing import Any

from regmodel.report.amounts import after_number, in_unit
from regmodel.report.content import Column, Line, Row, Table, join, say
from regmodel.report.figures import Figures
from regmodel.report.sentences import clause_name
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

JOINT = "smallest"
_REPAIRS = Text("Ways out: what would have to give, and by how much", "可行的调整：须放宽什么、放宽多少")
_TOGETHER = Text(
    "The {count} changes of the way out “smallest change” are one joint way out: they go together, and none of them "
    "alone is shown to be enough.",
    "“改动最小”是一套整体调整，所列{count}项改动须一并采用；单独采用其中一项是否足够，并未证明。",
)
_KINDS = {
    "fewest": Text("fewest clauses", "条款最少"),
    "smallest": Text("smallest change", "改动最小"),
    "cheapest": Text("cheapest", "费用最低"),
    "alone": Text("this clause alone", "仅改此条"),
}
_NONE_SUFFICES = Text("no value suffices", "任何取值均不足")
_WAY_OUT = Text(
    "One way out of all conflicts, that of the plan that misses least: {changes}.",
    "化解全部冲突的一种办法（偏差最小的方案）：{changes}。",
)
_WAY_OUT_JOINT = Text(
    "One way out of all conflicts, that of the plan that misses least; its {count} changes go together: {changes}.",
    "化解全部冲突的一种办法（偏差最小的方案），所列{count}项改动须一并采用：{changes}。",
)
_CHANGE = Text("{clause} from {before} to {after}", "{clause}由{before}改为{after}")
_HEADS = {
    "kind": Text("Way out", "调整方式"),
    "clause": Text("Clause", "条款"),
    "from": Text("From", "由"),
    "to": Text("To", "至"),
    "unit": Text("Unit", "单位"),
    "cost": Text("Cost", "代价"),
}
_NUMERIC = ("from", "to", "cost")


def repairs_table(figures: Figures, language: Language) -> Table | None:
    """Every way out with its changes; None for a run that needs none."""
    rows: list[Row] = []
    for position, repair in enumerate(figures.run.verdict.get("repairs") or []):
        rows.extend(_rows(figures, language, position, repair))
    if not rows:
        return None
    costed = any(row.cells[-1] for row in rows)
    names = ("kind", "clause", "from", "to", "unit", "cost") if costed else ("kind", "clause", "from", "to", "unit")
    heads = tuple(Column(_HEADS[name].read(language), name in _NUMERIC) for name in names)
    rows = [Row(row.cells[: len(names)], row.anchor, row.status) for row in rows]
    note = _together(figures, language)
    return Table("repairs", (_REPAIRS.read(language),), heads, tuple(rows), note=note)


def way_out(figures: Figures, language: Language) -> Line:
    """The joint way out in one sentence; empty for a run that has none."""
    position = _joint(figures)
    if position is None:
        return ()
    changes = figures.run.verdict["repairs"][position]["changes"]
    told = [
        _change(figures, f"verdict/repairs/{position}/changes/{n}", changes[n], language) for n in range(len(changes))
    ]
    line = join(told, language)
    if len(changes) == 1:
        return say(_WAY_OUT, language, changes=line)
    count = figures.count("changes of the joint way out", changes)
    return say(_WAY_OUT_JOINT, language, changes=line, count=count)


def _joint(figures: Figures) -> int | None:
    """Position of the way out whose changes go together, where there is one with every change known."""
    for position, repair in enumerate(figures.run.verdict.get("repairs") or []):
        known = all(change.get(end) is not None for change in repair["changes"] for end in ("from", "to"))
        if repair["kind"] == JOINT and repair["changes"] and known:
            return position
    return None


def _together(figures: Figures, language: Language) -> Line:
    position = _joint(figures)
    if position is None or len(figures.run.verdict["repairs"][position]["changes"]) == 1:
        return ()
    changes = figures.run.verdict["repairs"][position]["changes"]
    return say(_TOGETHER, language, count=figures.count("changes of the joint way out", changes))


def _change(figures: Figures, key: str, change: dict[str, Any], language: Language) -> Line:
    unit = str(change.get("unit") or "")
    before, after = (figures.number(f"{key}/{end}", unit=unit) for end in ("from", "to"))
    name = clause_name(figures, str(change["clause"]), language)
    return say(_CHANGE, language, clause=name, before=before, after=(after, *after_number(unit, language)))


def _rows(figures: Figures, language: Language, position: int, repair: dict[str, Any]) -> list[Row]:
    kind = _KINDS.get(str(repair["kind"]))
    name = str(repair["kind"]) if kind is None else kind.read(language)
    rows = []
    for place, change in enumerate(repair["changes"]):
        key, unit = f"verdict/repairs/{position}/changes/{place}", str(change.get("unit") or "")
        cost: Line = ()
        if not place and figures.has(f"verdict/repairs/{position}/cost"):
            number = figures.number(f"verdict/repairs/{position}/cost", unit=str(repair.get("cost_unit") or ""))
            cost = in_unit(number, repair.get("cost_unit") or "", language)
        rows.append(
            Row(
                (
                    (name if not place else "",),
                    clause_name(figures, str(change["clause"]), language),
                    _end(figures, f"{key}/from", unit) or ("–",),
                    _end(figures, f"{key}/to", unit) or (_NONE_SUFFICES.read(language),),
                    (unit_label(unit, language),),
                    cost,
                )
            )
        )
    return rows


def _end(figures: Figures, key: str, unit: str) -> Line:
    return (figures.number(key, unit=unit),) if figures.has(key) else ()
