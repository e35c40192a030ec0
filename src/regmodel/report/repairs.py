"""Ways out of an infeasible scenario: what would have to give and by how much, as a table and as a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.amounts import after_number, asked_of, in_unit, percent
from regmodel.report.content import NO_BREAK, Column, Line, Row, Table, Words, join, say
from regmodel.report.figures import Figures
from regmodel.report.sentences import clause_name, marked_name
from regmodel.report.side_effects import furthest_move, moves_table
from regmodel.report.units import unit_label
from regmodel.vocabulary.texts import Language, Text

JOINT = ("cheapest", "smallest", "fewest")
ALONE = "alone"
_REPAIRS = Text("Ways out: what would have to give, and by how much", "可行的调整：须放宽什么、放宽多少")
_ALONE = Text(
    "Each clause of a conflict alone: the value to which it would have to go if nothing else gave way",
    "仅调整冲突中的某一条款：其他条款不变时该条款须改至何值",
)
_TOGETHER = Text(
    "The changes of one way out go together: a part of them is not shown to be enough.",
    "同一办法所列各项改动须一并采用；只采用其中一部分是否足够，并未证明。",
)
_ALL_APPLIED = Text(
    "Each was applied to the scenario and solved again: it makes the scenario feasible.",
    "每种办法均已代入情景重新求解：采用后情景可行。",
)
_NOT_ALL_APPLIED = Text(
    "Those marked “not confirmed” were not found feasible when applied and solved again.",
    "标为“未确认”者代入情景重新求解后未得到可行结论。",
)
_APPLIED = {True: Text("✓ solved again, feasible", "✓ 已重新求解，可行"), False: Text("not confirmed", "未确认")}
_INCOMPLETE = Text(
    "The list of ways out is not complete: not every kind of way out, or not every clause alone, was settled in this "
    "run, so that there may be others, and smaller or cheaper ones.",
    "所列办法并不完整：本次运行中，并非每一类办法、每一条款的单独调整都有定论，可能还有其他办法，或改动更小、费用更低的办法。",
)
_COSTS = Text(
    "Costs are those of the levers in use and of what gives way, added up over all years.",
    "费用为所用措施与所放宽内容的费用，各年合计。",
)
_KINDS = {
    "fewest": Text("fewest clauses", "条款最少"),
    "smallest": Text("smallest change", "改动最小"),
    "cheapest": Text("cheapest", "费用最低"),
    "alone": Text("this clause alone", "仅改此条"),
}
_NONE_SUFFICES = Text("no value suffices", "任何取值均不足")
_WAYS_OUT = {
    "cheapest": Text(
        "The cheapest way out of all conflicts{cost}: {changes}.", "化解全部冲突费用最低的办法{cost}：{changes}。"
    ),
    "smallest": Text(
        "The smallest change that cures all conflicts{cost}: {changes}.",
        "化解全部冲突改动最小的办法{cost}：{changes}。",
    ),
    "fewest": Text(
        "The way out of all conflicts that touches the fewest clauses{cost}: {changes}.",
        "化解全部冲突涉及条款最少的办法{cost}：{changes}。",
    ),
}
_COST = Text(", at a cost of {cost}", "（费用{cost}）")
_GO_TOGETHER = Text(" These {count} changes go together.", "所列{count}项改动须一并采用。")
_CHECKED = Text(" Applied and solved again, the scenario is feasible.", "代入后重新求解，情景可行。")
_CHANGE = Text("{clause} from {before} to {after}", "{clause}由{before}改为{after}")
_HEADS = {
    "kind": Text("Way out", "调整方式"),
    "clause": Text("Clause", "条款"),
    "from": Text("From", "由"),
    "to": Text("To", "至"),
    "unit": Text("Unit", "单位"),
    "changed": Text("Relative change", "相对改动"),
    "cost": Text("Cost", "费用"),
    "applied": Text("Checked", "复核"),
}
_NUMERIC = ("from", "to", "changed", "cost")


def repairs_table(figures: Figures, language: Language) -> Table | None:
    """The joint ways out, the cheapest first, or those of single clauses where there is no other; None without any."""
    repairs = figures.run.verdict.get("repairs") or []
    order = [at for kind in JOINT for at, repair in enumerate(repairs) if repair["kind"] == kind]
    if not order:
        return _alone(figures, language, "repairs")
    return _table(figures, "repairs", _REPAIRS, order, _note(figures, order, language), language)


def alone_table(figures: Figures, language: Language) -> Table | None:
    """Each clause of a conflict alone, where the joint ways out have a table of their own; None without any."""
    repairs = figures.run.verdict.get("repairs") or []
    if all(repair["kind"] == ALONE for repair in repairs):
        return None
    return _alone(figures, language, "repairs-alone")


def way_out(figures: Figures, language: Language) -> Line:
    """The cheapest joint way out in one sentence, else the smallest, else the fewest; empty for a run without one."""
    position = _best(figures)
    if position is None:
        return ()
    repair, key = figures.run.verdict["repairs"][position], f"verdict/repairs/{position}"
    changes = repair["changes"]
    told = [change_line(figures, f"{key}/changes/{at}", change, language) for at, change in enumerate(changes)]
    cost: Line = ()
    if figures.has(f"{key}/cost"):
        cost = say(_COST, language, cost=_cost(figures, position, repair, language))
    line = say(_WAYS_OUT[repair["kind"]], language, changes=join(told, language), cost=cost)
    if len(changes) > 1:
        line = (*line, *say(_GO_TOGETHER, language, count=figures.count("changes of the way out", changes)))
    return (
        (*line, *say(_CHECKED, language), *furthest_move(figures, position, language))
        if repair.get("applied")
        else line
    )


def moves_of_repairs(figures: Figures, language: Language) -> Table | None:
    """What else moves with each joint way out, then with each clause alone."""
    repairs = figures.run.verdict.get("repairs") or []
    named: list[tuple[int, Line]] = []
    for kind in (*JOINT, ALONE):
        for at, repair in enumerate(repairs):
            if repair["kind"] == kind:
                own = marked_name(figures, str(repair["changes"][0]["clause"]), language) if kind == ALONE else ()
                colon = "：" if language == "zh" else ": "
                named.append((at, (_KINDS[kind].read(language), *((colon, *own) if own else ()))))
    return moves_table(figures, named, language)


def incomplete(figures: Figures) -> bool:
    """Whether ways out are missing from the list of a scenario that needs one."""
    verdict = figures.run.verdict
    return verdict["verdict"] == "infeasible" and verdict.get("repairs_complete") is False


def incomplete_line(language: Language) -> Line:
    """That the list of ways out is not complete, and what follows from it."""
    return (_INCOMPLETE.read(language),)


def _best(figures: Figures) -> int | None:
    """Position of the joint way out that is told first, of those with every change known."""
    repairs = figures.run.verdict.get("repairs") or []
    for kind in JOINT:
        for position, repair in enumerate(repairs):
            known = all(change.get(end) is not None for change in repair["changes"] for end in ("from", "to"))
            if repair["kind"] == kind and repair["changes"] and known:
                return position
    return None


def _alone(figures: Figures, language: Language, name: str) -> Table | None:
    repairs = figures.run.verdict.get("repairs") or []
    order = [at for at, repair in enumerate(repairs) if repair["kind"] == ALONE]
    return _table(figures, name, _ALONE, order, (), language)


def _note(figures: Figures, order: list[int], language: Language) -> Line:
    repairs = [figures.run.verdict["repairs"][position] for position in order]
    said = []
    if any(len(repair["changes"]) > 1 for repair in repairs):
        said.append(_TOGETHER)
    if all("applied" in repair for repair in repairs):
        said.append(_ALL_APPLIED if all(repair["applied"] for repair in repairs) else _NOT_ALL_APPLIED)
    if any(repair.get("cost") is not None for repair in repairs):
        said.append(_COSTS)
    if incomplete(figures):
        said.append(_INCOMPLETE)
    return (("" if language == "zh" else " ").join(text.read(language) for text in said),) if said else ()


def _table(
    figures: Figures, name: str, caption: Text, order: list[int], note: Line, language: Language
) -> Table | None:
    """Ways out in a table; columns that no row fills are left out."""
    rows = [row for position in order for row in _rows(figures, language, position)]
    if not rows:
        return None
    names = [column for at, column in enumerate(_HEADS) if column == "from" or any(row.cells[at] for row in rows)]
    if name == "repairs-alone":
        names.remove("kind")
    kept = [list(_HEADS).index(column) for column in names]
    heads = tuple(Column(_HEADS[column].read(language), column in _NUMERIC) for column in names)
    told = tuple(Row(tuple(row.cells[at] for at in kept), row.anchor, row.status) for row in rows)
    return Table(name, (caption.read(language),), heads, told, note=note)


def _rows(figures: Figures, language: Language, position: int) -> list[Row]:
    repair, key = figures.run.verdict["repairs"][position], f"verdict/repairs/{position}"
    kind = _KINDS.get(str(repair["kind"]))
    suffices = all(change.get("to") is not None for change in repair["changes"])
    changed: Line = ()
    if figures.has(f"{key}/changed"):
        changed = percent(figures.number(f"{key}/changed", unit="dimensionless"), language)
    applied: Line = ()
    if "applied" in repair and suffices:
        applied = (Words(_APPLIED[bool(repair["applied"])].read(language), "status"),)
    rows = []
    for place, change in enumerate(repair["changes"]):
        first = not place
        name = "" if not first else str(repair["kind"]) if kind is None else kind.read(language)
        rows.append(
            Row(
                (
                    (name,) if name else (),
                    marked_name(figures, str(change["clause"]), language),
                    _end(figures, f"{key}/changes/{place}", "from", change)
                    or asked_of(figures, str(change["clause"]), language)
                    or ("–",),
                    _end(figures, f"{key}/changes/{place}", "to", change) or (_NONE_SUFFICES.read(language),),
                    (unit_label(str(change.get("unit") or ""), language),),
                    changed if first else (),
                    _cost(figures, position, repair, language) if first else (),
                    applied if first else (),
                )
            )
        )
    return rows


def _cost(figures: Figures, position: int, repair: Mapping[str, Any], language: Language) -> Line:
    key, unit = f"verdict/repairs/{position}/cost", str(repair.get("cost_unit") or "")
    return in_unit(figures.number(key, unit=unit), unit, language) if figures.has(key) else ()


def _end(figures: Figures, key: str, end: str, change: Mapping[str, Any]) -> Line:
    """One end of a clause before or after, with the sign of the end."""
    if not figures.has(f"{key}/{end}"):
        return ()
    sign = {"low": f"≥{NO_BREAK}", "high": f"≤{NO_BREAK}"}.get(str(change.get("side")), "")
    number = figures.exact(f"{key}/{end}", unit=str(change.get("unit") or ""))
    return (sign, number) if sign else (number,)


def change_line(figures: Figures, key: str, change: Mapping[str, Any], language: Language) -> Line:
    """One change of a way out as words: the clause, its figure before and after; both ends must be known."""
    unit = str(change.get("unit") or "")
    before, after = (figures.exact(f"{key}/{end}", unit=unit) for end in ("from", "to"))
    name = clause_name(figures, str(change["clause"]), language)
    return say(_CHANGE, language, clause=name, before=before, after=(after, *after_number(unit, language)))
