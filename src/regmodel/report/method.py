"""How it was computed: the method in a few words, the bounds that proofs rest on, the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regmodel.report.content import Block, Column, Paragraph, Row, Section, Table, Words, say
from regmodel.report.figures import Figures
from regmodel.report.labels import typeset
from regmodel.report.units import printed_label
from regmodel.vocabulary.texts import Language, Text

BOUNDS = "declared_bounds"
_METHOD = Text("Method and manifest", "方法与运行清单")
_METHOD_WHAT = Text(
    "People are residents by the census; prices are those of {base}. Trend lines step the accounts forward by rules; "
    "the programme looks for a plan that meets every clause, and its plan is replayed through the same accounts.",
    "人口为普查口径的常住人口；价格为{base}年不变价。趋势推演按规则逐年推进各账户；优化程序寻找满足全部条款的方案，并将方案代回同一套账户复算。",
)
_BOUNDS = Text(
    "Declared bounds of the variables: assumptions, since a proof that no plan exists speaks of plans within them only",
    "各变量的预设上界：属于假设，因为“不存在可行方案”的证明只针对这些界限之内的方案",
)
_VARIABLES = {
    "residents": Text("Residents", "常住人口"),
    "movers": Text("Movers", "迁移人口"),
    "output": Text("Output", "产出"),
    "water": Text("Water", "水量"),
    "irrigated land": Text("Irrigated land", "灌溉面积"),
    "urban land": Text("Urban land", "城镇用地"),
}
_MANIFEST = Text("Manifest: enough to repeat this run", "运行清单：据此可重复本次运行")
_HEADS = {
    "variable": Text("Variable of a region or a set", "变量（单个地区或地区组）"),
    "bound": Text("At most", "不超过"),
    "unit": Text("Unit", "单位"),
    "entry": Text("Entry", "项"),
    "holds": Text("Value", "值"),
}


def _heads(language: Language, *names: str) -> tuple[Column, ...]:
    return tuple(Column(_HEADS[name].read(language), name == "bound") for name in names)


def method_section(figures: Figures, language: Language) -> Section:
    """How it was computed, within which bounds, and all that is needed to compute it again."""
    base = figures.year(figures.run.base.year)
    blocks: list[Block] = [Paragraph(say(_METHOD_WHAT, language, base=base), "lead")]
    bounds = _bounds(figures, language)
    if bounds is not None:
        blocks.append(bounds)
    told = {name: entry for name, entry in figures.run.manifest.items() if name != BOUNDS}
    rows = tuple(Row(((Words(name, "code"),), (Words(words),))) for name, words in _flat(told))
    if rows:
        blocks.append(Table("manifest", (_MANIFEST.read(language),), _heads(language, "entry", "holds"), rows))
    return Section("method", _METHOD.read(language), tuple(blocks))


def _bounds(figures: Figures, language: Language) -> Table | None:
    """The bounds by variable; a name of the manifest is a variable and, after a comma, its unit."""
    rows = []
    for name in figures.run.manifest.get(BOUNDS) or {}:
        variable, _, unit = str(name).partition(", ")
        words = _VARIABLES.get(variable)
        rows.append(
            Row(
                (
                    (typeset(variable) if words is None else words.read(language),),
                    (figures.number(f"manifest/{BOUNDS}/{name}"),),
                    (printed_label(unit.replace(" a year", "/yr"), language),),
                )
            )
        )
    if not rows:
        return None
    return Table(
        BOUNDS.replace("_", "-"), (_BOUNDS.read(language),), _heads(language, "variable", "bound", "unit"), tuple(rows)
    )


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """A table of tables as one list of dotted names and words."""
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            found.extend(_flat(value, f"{prefix}{name}."))
        elif isinstance(value, list | tuple):
            found.append((f"{prefix}{name}", ", ".join(str(item) for item in value)))
        else:
            found.append((f"{prefix}{name}", str(value)))
    return found
