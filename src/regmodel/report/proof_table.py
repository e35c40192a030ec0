"""The proof of a conflict as a person can redo it: what clauses and balances ask for, the most that plans give."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from regmodel.report.content import NO_BREAK, Column, Line, Number, Row, Table, Words, join, say
from regmodel.report.figures import Figures, show
from regmodel.report.places import place_name
from regmodel.report.row_labels import balance_label, bound_label
from regmodel.report.sentences import marked_name
from regmodel.report.units import scale_of, unit_label
from regmodel.vocabulary.texts import Language, Text

FOLDED_FROM = 12
FIGURES = 6
MOST_DECIMALS = 9
ROUNDING = 1e-6
_CAPTION = Text("Conflict {number}: the proof, to be redone", "冲突{number}：可自行复核的证明")
_IN_UNIT = Text(", contributions in {unit}", "，贡献以{unit}计")
_HOW = Text(
    "How to read it: weight times amount is what a line adds; a line of several rows is added up already. The clauses "
    "and balances together ask for {needed}; no plan within the declared bounds gives more than {most}; so, all "
    "together, they say {claim}, which is false.",
    "读法：权重乘以数值即为该行的贡献；含多条约束的行已经合计。各条款与平衡式合起来要求{needed}，而在声明范围内任何方案至多给出{most}；"
    "二者合起来就是{claim}，这不成立。",
)
_SUMS = {
    "needed": Text("Together the clauses and balances ask for", "各条款与平衡式合计要求"),
    "most": Text("The most that any plan gives", "任何方案至多给出"),
    "gap": Text("What is missing", "缺口"),
}
_SILENT = Text("what ties the lines together and adds nothing: {names}", "仅起衔接作用、本身无贡献的约束：{names}")
_ORDER = ("clause", "balance", "bound")
_HEADS = {
    "what": Text("What is added", "相加的内容"),
    "region": Text("Region", "地区"),
    "year": Text("Year", "年份"),
    "rows": Text("Rows", "约束数"),
    "weight": Text("Weight", "权重"),
    "amount": Text("Amount", "数值"),
    "unit": Text("Unit", "单位"),
    "contribution": Text("Contribution", "贡献"),
}
_NUMERIC = ("year", "rows", "weight", "amount", "contribution")


class Working:
    """The working of one conflict, with the scale and the decimals that all its sums share."""

    def __init__(self, figures: Figures, position: int) -> None:
        self.figures = figures
        self.position = position
        self.key = f"verdict/conflicts/{position}/working"
        self.told: Mapping[str, Any] = figures.run.verdict["conflicts"][position]["working"]
        self.lines: Sequence[Mapping[str, Any]] = self.told["lines"]
        first = next((line for line in self.lines if line["kind"] == "clause"), self.lines[0])
        self.unit = str(first["unit"] or "")
        self.scale = scale_of(self.unit)
        # Enough decimals that the gap has three figures of its own, so that the printed sums can be redone.
        gap = abs(float(self.told["gap"])) * self.scale
        self.decimals = min(max(0, 2 - math.floor(math.log10(gap))), MOST_DECIMALS) if gap else 0

    def is_silent(self, position: int) -> bool:
        """Whether a line is a balance that adds nothing, but for what is left of rounding."""
        line = self.lines[position]
        return line["kind"] == "balance" and abs(float(line["contribution"])) <= ROUNDING * abs(float(self.told["gap"]))

    def sum(self, name: str) -> Number:
        """One of the sums: needed, most or gap."""
        return self._shared(f"{self.key}/{name}", float(self.told[name]))

    def added(self, what: str, positions: Sequence[int]) -> Number:
        """What some lines add together; ``what`` names them in the key."""
        value = sum(float(self.lines[position]["contribution"]) for position in positions)
        key = self.figures.found(f"what {what} adds to the proof of conflict {self.position}", value).key
        return self._shared(key, value)

    def contribution(self, position: int) -> Number:
        """What one line adds."""
        value = float(self.lines[position]["contribution"])
        return self._shared(f"{self.key}/lines/{position}/contribution", value)

    def weight(self, position: int) -> Line:
        """What the row of a line is multiplied with, for amounts and contributions as they are shown."""
        unit = str(self.lines[position]["unit"] or "")
        return self._exact(f"{self.key}/lines/{position}/weight", self.scale / scale_of(unit))

    def amount(self, position: int) -> Line:
        """What the row of a line asks."""
        return self._exact(f"{self.key}/lines/{position}/amount", scale_of(str(self.lines[position]["unit"] or "")))

    def _shared(self, key: str, value: float) -> Number:
        return Number(key, value, show(value * self.scale, self.decimals), self.scale)

    def _exact(self, key: str, scale: float) -> Line:
        """A number with enough figures to calculate with; a dash where several rows are added up."""
        if not self.figures.has(key):
            return ("–",)
        value = float(self.figures.raw(key))
        size = abs(value * scale)
        decimals = min(max(0, FIGURES - 1 - math.floor(math.log10(size))), MOST_DECIMALS) if size else 0
        while decimals and float(f"{size:.{decimals}f}") == float(f"{size:.{decimals - 1}f}"):
            decimals -= 1
        return (Number(key, value, show(value * scale, decimals), scale),)


def proof_table(figures: Figures, position: int, language: Language) -> Table | None:
    """Every line of the proof of a conflict, its three sums, and one sentence that says how to read them."""
    if not figures.run.verdict["conflicts"][position].get("working"):
        return None
    working = Working(figures, position)
    order = sorted(range(len(working.lines)), key=lambda at: _ORDER.index(working.lines[at]["kind"]))
    rows = []
    silent = [at for at in order if working.is_silent(at)]
    for name, kinds in (("needed", ("clause", "balance")), ("most", ("bound",)), ("gap", ())):
        told = [at for at in order if working.lines[at]["kind"] in kinds and at not in silent]
        rows += [_row(working, at, language) for at in told]
        if name == "needed" and silent:
            rows.append(_silent_row(working, silent, language))
        total: Line = (Words(_SUMS[name].read(language), "strong"),)
        rows.append(Row((total, (), (), (), (), (), (), (working.sum(name),)), status="sum"))
    caption = say(_CAPTION, language, number=conflict_number(figures, position))
    unit = unit_label(working.unit, language)
    if unit:
        caption = (*caption, *say(_IN_UNIT, language, unit=unit))
    note = say(
        _HOW,
        language,
        needed=working.sum("needed"),
        most=working.sum("most"),
        claim=(f"0 ≥{NO_BREAK}", working.sum("gap")),
    )
    heads = tuple(Column(title.read(language), name in _NUMERIC) for name, title in _HEADS.items())
    return Table(f"proof-{position + 1}", caption, heads, tuple(rows), note, folded=len(rows) > FOLDED_FROM)


def conflict_number(figures: Figures, position: int) -> Number:
    """The number by which a reader finds a conflict again."""
    return figures.given(f"number of the conflict at {position}", str(position + 1))


def _row(working: Working, position: int, language: Language) -> Row:
    line, figures = working.lines[position], working.figures
    region, year = line.get("region"), line.get("year")
    return Row(
        (
            _name(figures, line, language),
            (place_name(figures, region, language) or "–",),
            (figures.year(year),) if year is not None else ("–",),
            (figures.number(f"{working.key}/lines/{position}/rows", decimals=0),),
            working.weight(position),
            working.amount(position),
            (unit_label(str(line.get("unit") or ""), language) or "–",),
            (working.contribution(position),),
        )
    )


def _silent_row(working: Working, positions: list[int], language: Language) -> Row:
    """Balances that carry a weight and add nothing, in one row: they only tie the other lines together."""
    names = join([(balance_label(str(working.lines[at]["name"]), language),) for at in positions], language)
    count = sum(int(working.lines[at]["rows"]) for at in positions)
    key = f"rows that add nothing to the proof of conflict {working.position}"
    rows = working.figures.found(key, count, decimals=0)
    adds = working.added("what ties the lines together", positions)
    dash: Line = ("–",)
    return Row((say(_SILENT, language, names=names), dash, dash, (rows,), dash, dash, dash, (adds,)))


def _name(figures: Figures, line: Mapping[str, Any], language: Language) -> Line:
    name = str(line["name"])
    if line["kind"] == "clause":
        return marked_name(figures, name, language)
    return ((balance_label if line["kind"] == "balance" else bound_label)(name, language),)
