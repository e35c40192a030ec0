"""The equations of the model as written in the code: where numbers of the paths come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules

import regmodel.equations
from regmodel.report.content import Column, Number, Paragraph, Row, Section, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import variable_label
from regmodel.report.units import unit_label
from regmodel.vocabulary.equation import CATALOGUE, Equation
from regmodel.vocabulary.texts import Language, Text

_TITLE = Text("The equations", "方程")
_WHAT = Text(
    "Every number of the paths follows from these {count} equations, which the projection, the programme and this page "
    "share: each is written once.",
    "各条路径上的数值均由以下{count}个方程得出；推演、优化程序与本页共用同一份方程，各只写一次。",
)
_CAPTION = Text("Equations: what each gives, its formula and its source", "方程：所得变量、公式与来源")
_HEADS = (
    Text("Gives", "得出"),
    Text("Formula", "公式"),
    Text("Unit", "单位"),
    Text("Source", "来源"),
)


def equations_section(figures: Figures, language: Language) -> Section:
    """Each equation by what it gives, as the catalogue has it."""
    return equations_annex(figures.count, language)


def equations_annex(count: Callable[[str, Sequence[Row]], Number], language: Language) -> Section:
    """The same for a report that is not on one run; ``count`` makes a number of how many there are."""
    for module in iter_modules(regmodel.equations.__path__):
        import_module(f"regmodel.equations.{module.name}")
    rows = tuple(_row(CATALOGUE[name], language) for name in sorted(CATALOGUE))
    lead = Paragraph(say(_WHAT, language, count=count("equations", rows)), "lead")
    heads = tuple(Column(head.read(language)) for head in _HEADS)
    table = Table("equations-table", (_CAPTION.read(language),), heads, rows, folded=True)
    return Section("equations", _TITLE.read(language), (lead, table))


def _row(equation: Equation, language: Language) -> Row:
    gives = equation.name.rpartition(".")[2]
    formula = equation.formula.partition("=")[2].strip() or equation.formula
    return Row(
        (
            (variable_label(gives, language), Words(equation.name, "id")),
            (Words(formula, "code"),),
            (unit_label(equation.unit, language),),
            (equation.said_source.read(language),),
        ),
        anchor=f"equation-{gives}",
    )
