"""What is not modelled and why: the register's own ledger of what each clause is used for."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.plans import ledger
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Table, join, say
from regmodel.report.figures import Figures
from regmodel.report.labels import spoken
from regmodel.report.sentences import clause_name
from regmodel.vocabulary.texts import Language, Text

_TITLE = Text("What is not modelled, and why", "未建模的内容及原因")
_WHAT = Text(
    "No clause is dropped in silence: {count} of {whole} have no row in the programme, for the reasons below.",
    "没有任何条款被悄然略去：{whole}条中有{count}条在优化程序中没有对应约束，原因如下。",
)
_USES: Mapping[str, Text] = {
    "not_modelled": Text("not modelled", "未建模"),
    "not_decidable": Text("not decidable", "无法判定"),
    "arithmetic": Text("compared by arithmetic", "仅作算术比较"),
    "reported": Text("reported", "仅列示"),
}
_HEADS = {
    "use": Text("Use", "用途"),
    "reason": Text("Why", "原因"),
    "count": Text("Clauses", "条款数"),
    "clauses": Text("Which", "哪些条款"),
}
_TABLE = Text("Clauses without a row in the programme, by reason", "在优化程序中没有对应约束的条款，按原因列示")


def uses_section(figures: Figures, language: Language) -> Section:
    """Clauses without a row in the programme, grouped by reason."""
    uses = ledger([active.clause for active in figures.run.scenario.clauses])
    groups: dict[tuple[str, str], list[str]] = {}
    for name, entry in uses.items():
        if entry.use in _USES:
            groups.setdefault((entry.use, spoken(entry.reason, language)), []).append(name)
    outside = [name for names in groups.values() for name in names]
    order = list(_USES)
    rows = []
    for (use, reason), names in sorted(groups.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]))):
        which: Line = join([clause_name(figures, name, language) for name in names], language)
        count = figures.count(f"clauses with the use {use}: {reason}", names)
        rows.append(Row(((_USES[use].read(language),), (reason,), (count,), which)))
    heads = tuple(
        Column(_HEADS[name].read(language), name == "count") for name in ("use", "reason", "count", "clauses")
    )
    intro = say(
        _WHAT,
        language,
        count=figures.count("clauses without a row", outside),
        whole=figures.count("clauses", list(uses)),
    )
    blocks: tuple[Block, ...] = (
        Paragraph(intro, "lead"),
        Table("uses", (_TABLE.read(language),), heads, tuple(rows)),
    )
    return Section("not-modelled", _TITLE.read(language), blocks)
