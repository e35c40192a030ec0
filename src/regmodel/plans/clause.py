"""A clause: one quantified sentence of a plan, a regulation or a path, with its readings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regmodel.plans.documents import Document, section_words
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    from regmodel.plans.wording import WordingRules

KINDS = (
    "baseline",
    "history",
    "target",
    "cap",
    "coefficient",
    "lever",
    "rule",
    "project",
    "check",
    "statement",
    "path",
)
BOUNDING_KINDS = ("target", "cap", "statement", "path")
SENSES = ("", "=", "~", "<=", ">=", "about", "rising")
_SENSE_WORDS = {
    "": Text("{figure}", "{figure}"),
    "=": Text("{figure}", "{figure}"),
    "~": Text("about {figure}", "约{figure}"),
    "<=": Text("at most {figure}", "不超过{figure}"),
    ">=": Text("at least {figure}", "不低于{figure}"),
    "about": Text("about {figure}", "{figure}左右"),
}


@dataclass(frozen=True)
class Bounds:
    """What a clause asks for under one reading, in the clause's printed unit; None is no bound on that side.

    ``low_open`` and ``high_open`` mark ends that do not belong to the range. ``not_below_base`` asks that the
    quantity does not fall below its base; ``record`` names the record from which the bound is computed.
    """

    low: float | None
    high: float | None
    unit: str
    low_open: bool = False
    high_open: bool = False
    not_below_base: bool = False
    record: str | None = None


@dataclass(frozen=True)
class Clause:
    """One row of the register. Figures are as printed, in ``unit``; a missing figure is None and never 0."""

    id: str
    plan: str
    domain: str
    kind: str
    variable: str
    region: str
    year_from: int | None
    year_to: int | None
    sense: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    as_printed: str
    wording: str
    readings: tuple[str, ...]
    rank: int | None
    section: str
    note: str
    source: str
    confidence: str
    assumed: bool
    enabled: bool
    record: str | None = None
    unit_words: Text | None = None
    memory_unit: str | None = None
    document: Document | None = field(default=None, repr=False)
    rules: WordingRules | None = field(default=None, repr=False, compare=False)

    @property
    def default_reading(self) -> str | None:
        """The first reading of the row, which 'as assumed' uses; None where the text has only one."""
        return self.readings[0] if self.readings else None

    @property
    def bounding(self) -> bool:
        """Whether the row can bind: targets, caps, statements and paths."""
        return self.kind in BOUNDING_KINDS

    def with_value(self, value: float) -> Clause:
        """The same clause with another figure in its printed unit; its window follows by the rule table."""
        return replace(self, value=value, low=None, high=None)

    def figure_words(self) -> Text:
        """The figure as a person would say it, with the sense of its wording."""
        if self.sense == "rising":
            return Text("no fall", "不下降")
        if self.value is None:
            printed = self.as_printed or self.record or "-"
            return Text(f"no number of its own ({printed})", f"无具体数值（{printed}）")
        words = _SENSE_WORDS[self.sense]
        value = self.value
        if "近" in self.wording:
            words = Text("close to {figure}", "近{figure}")
        elif "下降" in self.wording:
            words, value = Text("a fall of at least {figure}", "至少下降{figure}"), abs(value)
        unit = self.unit_words or Text(self.unit or " ", self.unit or " ")
        shown = f"{value:,.10g}"
        return Text(
            words.en.format(figure=f"{shown} {unit.en}".strip()), words.zh.format(figure=f"{shown}{unit.zh}".strip())
        )

    def said(self) -> Text:
        """The figure, who says it and where: 'about 69 % (the 2021 urbanisation plan, chapter 2, section 3)'."""
        name = self.document.short if self.document else Text(self.plan, self.plan)
        section = section_words(self.section)
        figure = self.figure_words()
        where_en = f", {section.en}" if section else ""
        where_zh = section.zh if section else ""
        return Text(f"{figure.en} ({name.en}{where_en})", f"{figure.zh}（{name.zh}{where_zh}）")
