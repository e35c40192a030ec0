"""Answers about trade-offs in sentences, as fields for machines, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.report.units import printed_label
from regmodel.runs.spreadsheet_text import spreadsheet_safe
from regmodel.vocabulary.texts import Language, Text, list_words

if TYPE_CHECKING:
    from regmodel.feasibility.easing import End
    from regmodel.feasibility.frontier import Frontier
    from regmodel.feasibility.frontier_points import Point
    from regmodel.feasibility.numbers import Case

REST = {
    "infeasible": Text(
        "Not feasible: the other clauses of {scenario} cannot hold, whatever is asked here. `regmodel run` shows why.",
        "不可行：无论此处如何取值，情景 {scenario} 的其他条款不能同时成立。原因见 `regmodel run`。",
    ),
    "undecided": Text(
        "Undecided: no answer passed the checks outside the solver.", "未能判定：没有结果通过求解器之外的检验。"
    ),
}
_TITLE = Text("Every other clause of {scenario} holds.{let_go}", "情景 {scenario} 的其他条款全部成立。{let_go}")
_NAMES = Text(
    "{letter}: {side} of {clause} ({said}); asked: {asked} {unit}{years}",
    "{letter}：{clause} 的{side}（{said}）；现要求 {asked} {unit}{years}",
)
_YEARS = Text(", moved alike in every year from {first} to {last}", "，{first}—{last} 年各年同幅变动")
SIDES = {"low": Text("lower end", "下限"), "high": Text("upper end", "上限")}
_ONE_POINT = Text(
    "No trade-off: both can be at their best together, x at {x} and y at {y}.",
    "两者互不相妨：可同时达到最优，x 为 {x}，y 为 {y}。",
)
_POINT = Text("x {x}   y {y}{mark}", "x {x}   y {y}{mark}")
UNPROVED = Text("   not certified", "   未经证明")
_HEAD = Text(
    "From the most that x can be asked for to where y gains no more:", "自 x 所能达到的最严处，至 y 不再改善处："
)
_TRADES = Text(
    "between x {start} and {stop}: 1 {x_unit} {harder} of x costs {cost} {y_unit} of y{mark}",
    "x 自 {start} 至 {stop}：x 每{harder} 1 {x_unit}，y 的代价为 {cost} {y_unit}{mark}",
)
_HARDER = {"low": Text("more", "增加"), "high": Text("less", "减少")}
_OPEN = Text(" (there may be break points between)", "（其间可能另有转折点）")
_ROOM = Text(
    "What is asked of x now ({asked}) costs y nothing: y gains no more beyond {last}.",
    "x 的现行要求（{asked}）对 y 没有代价：过 {last} 后 y 不再改善。",
)
_TOO_FAR = Text(
    "What is asked of x now ({asked}) cannot be had, whatever y says: {first} is the most.",
    "x 的现行要求（{asked}）无论 y 如何取值都达不到：最严只能到 {first}。",
)
_HOW = {
    "exact": Text(
        "Exact: these are all the break points, and between them the trade-off is straight.",
        "精确：以上即全部转折点，其间为直线。",
    ),
    "bent": Text(
        "Exact: these are all the break points. Between them the levels are straight; a rate of growth bends a little.",
        "精确：以上即全部转折点。其间总量为直线，以增速表示则略有弯曲。",
    ),
    "sampled": Text(
        "Sampled, not exact: a share or a rate multiplies variables of the model, so the curve bends. "
        "Each point is certified.",
        "抽样，非精确：其中的比率与模型变量相乘，曲线是弯的。各点均经证明。",
    ),
    "ended": Text("Time ended the search: give more with --seconds.", "限定时间已到：可用 --seconds 延长。"),
}
_LET_GO = Text(" The other end of {clauses} is let go.", "{clauses} 自身的另一端不作限制。")
_POINTS = {
    "%": Text("percentage points", "个百分点"),
    "%/yr": Text("percentage points a year", "个百分点/年"),
}


@dataclass(frozen=True)
class Told:
    """An answer: its verdict, its fields as JSON has them, its sentences, and the rows of its table."""

    verdict: str
    fields: dict[str, Any]
    lines: Callable[[Language], list[str]]
    rows: Sequence[dict[str, Any]] = ()


def write_table(told: Told, path: Path) -> None:
    """The rows as CSV that spreadsheets read (UTF-8 with its mark); an answer without rows has a header only."""
    out = io.StringIO()
    names = list(told.rows[0]) if told.rows else ["x", "x_unit", "y", "y_unit", "kind", "exact", "proved"]
    table = csv.DictWriter(out, names, lineterminator="\r\n")
    table.writeheader()
    for row in told.rows:
        table.writerow({name: "" if value is None else spreadsheet_safe(value) for name, value in row.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))


def show(value: float) -> str:
    """A figure as a person reads it: six figures, without a minus before nothing."""
    return f"{value + 0.0:,.6g}"


def _named(case: Case, letter: str, end: End, asked: float, unit: str, language: Language) -> str:
    clause, side = end
    years = sorted(
        row.year
        for row, numbers in zip(case.shape.rows, case.rows, strict=True)
        if row.clause == clause and math.isfinite(getattr(numbers, side))
    )
    span = _YEARS.fill(first=years[0], last=years[-1]).read(language) if years[0] < years[-1] else ""
    return _NAMES.read(language).format(
        letter=letter,
        clause=clause,
        side=SIDES[side].read(language),
        said=case.scenario.clause(clause).clause.said().read(language),
        asked=show(asked),
        unit=printed_label(unit, language),
        years=span,
    )


def of_frontier(case: Case, found: Frontier) -> Told:
    """The trade-off between two clauses."""
    ends = ((found.x, found.x_unit, found.x_asked), (found.y, found.y_unit, found.y_asked))
    names = [{"clause": end[0], "side": end[1], "unit": unit, "asked": asked} for end, unit, asked in ends]
    points = [
        {name: getattr(point, name) for name in ("x", "y", "x_level", "y_level", "kind", "proved")}
        for point in found.points
    ]
    pieces = [
        {"x_from": start.x, "x_to": stop.x, "slope": piece.slope, "exact": piece.exact}
        for piece, (start, stop) in zip(found.pieces, pairwise(found.points), strict=True)
    ]
    fields = {
        "question": "frontier",
        "scenario": case.scenario.name,
        "verdict": found.verdict,
        "x": names[0],
        "y": names[1],
        "exact": found.exact,
        "complete": found.complete,
        "bent": found.bent,
        "points": points,
        "pieces": pieces,
    }
    slopes: list[float | None] = [*(piece.slope for piece in found.pieces), None]
    rows = [
        {
            "x": point.x,
            "x_unit": found.x_unit,
            "y": point.y,
            "y_unit": found.y_unit,
            "kind": point.kind,
            "exact": "yes" if found.exact else "no",
            "proved": "yes" if point.proved else "no",
            "slope_to_next": slope,
        }
        for point, slope in zip(found.points, slopes, strict=False)
    ]
    return Told(found.verdict, fields, lambda language: _frontier_lines(case, found, language), rows)


def _frontier_lines(case: Case, found: Frontier, language: Language) -> list[str]:
    lines = [
        _TITLE.read(language).format(scenario=case.scenario.name, let_go=let_go(case, (found.x, found.y), language)),
        _named(case, "x", found.x, found.x_asked, found.x_unit, language),
        _named(case, "y", found.y, found.y_asked, found.y_unit, language),
        "",
    ]
    if not found.points:
        return [*lines, REST[found.verdict].fill(scenario=case.scenario.name).read(language)]
    units = [printed_label(unit, language) for unit in (found.x_unit, found.y_unit)]
    if len(found.points) == 1:
        x, y = (
            f"{show(value)} {unit}" for value, unit in zip((found.points[0].x, found.points[0].y), units, strict=True)
        )
        return [*lines, _ONE_POINT.fill(x=x, y=y).read(language)]
    lines.append(_HEAD.read(language))
    for point in found.points:
        mark = "" if point.proved else UNPROVED.read(language)
        lines.append("  " + _POINT.read(language).format(x=show(point.x), y=show(point.y), mark=mark))
    lines.append("")
    for piece, (start, stop) in zip(found.pieces, pairwise(found.points), strict=True):
        lines.append("  " + _trade(found, piece.exact, start, stop, units, language))
    now = _standing(found)
    lines += ["", now.read(language)] if now is not None else []
    how = "sampled" if found.points[0].kind == "sample" else "bent" if found.bent else "exact"
    said = [_HOW[how]] if found.exact or how == "sampled" else []
    if not found.complete:
        said.append(_HOW["ended"])
    return [*lines, "", *(text.read(language) for text in said)]


def _standing(found: Frontier) -> Text | None:
    """Where what is asked of x now stands, if outside the range that trades with y."""
    first, last = found.points[0].x, found.points[-1].x
    harder = 1.0 if found.x[1] == "low" else -1.0
    if harder * (found.x_asked - first) > 0:
        return _TOO_FAR.fill(asked=show(found.x_asked), first=show(first))
    if harder * (found.x_asked - last) < 0:
        return _ROOM.fill(asked=show(found.x_asked), last=show(last))
    return None


def _trade(found: Frontier, exact: bool, start: Point, stop: Point, units: list[str], language: Language) -> str:
    """What going from one point to the more ambitious x costs, for one unit of x."""
    cost = abs((stop.y - start.y) / (stop.x - start.x))
    return _TRADES.read(language).format(
        start=show(start.x),
        stop=show(stop.x),
        x_unit=units[0],
        harder=_HARDER[found.x[1]].read(language),
        cost=show(cost),
        y_unit=_POINTS[found.y_unit].read(language) if found.y_unit in _POINTS else units[1],
        mark="" if exact or start.kind == "sample" else _OPEN.read(language),
    )


def let_go(case: Case, ends: Sequence[End], language: Language) -> str:
    """Which clauses have another end than the one asked about; empty for none."""
    from regmodel.feasibility.end_choice import sides_of

    clauses = [clause for clause, _ in ends if len(sides_of(case, clause)) > 1]
    return _LET_GO.read(language).format(clauses=list_words(clauses, language)) if clauses else ""
