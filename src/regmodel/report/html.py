"""The report as one HTML page that needs nothing else: no network, no fonts, no scripts from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from regmodel.report.content import (
    Bullets,
    Card,
    Chart,
    Number,
    Paragraph,
    Report,
    Steps,
    Table,
    Words,
)
from regmodel.report.numbering import anchors_of, label, numbered
from regmodel.report.svg import as_image, drawn, fitted
from regmodel.report.widths import column_shares
from regmodel.vocabulary.texts import Language, Text

LETTERS_ACROSS = {"en": 122.0, "zh": 116.0}
_KINDS = {
    Paragraph: "paragraph",
    Bullets: "bullets",
    Table: "table",
    Chart: "chart",
    Steps: "steps",
    Card: "card",
}
_WORDS = {
    "contents": Text("Contents", "目录"),
    "unfold": Text("show {rows} rows", "展开 {rows} 行"),
    "print": Text("Print", "打印"),
    "number": Text("Where this number comes from", "数值来源"),
    "leads": Text("Show its row", "查看所在行"),
    "filter": Text("Show", "筛选"),
}


def write_html(report: Report, pictures: Mapping[str, str], path: Path) -> Path:
    """Write the page of a report; ``pictures`` are its charts as SVG by their ids."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(render(report, pictures), encoding="utf-8", newline="\n")
    draft.replace(path)
    return path


def render(report: Report, pictures: Mapping[str, str] | None = None, *, paged: bool = False) -> str:
    """The page of a report; everything that is text is escaped, only pictures drawn here are not.

    ``paged`` is for paper: no script, nothing folded, contents with page numbers and columns of given widths.
    """
    from markupsafe import Markup

    template = _environment().get_template("report.html.j2")
    shown = as_image if paged else fitted
    charts = {name: Markup(shown(drawing)) for name, drawing in (pictures or drawn(report)).items()}
    words = {name: text.read(report.language) for name, text in _WORDS.items()}
    styles = ("report.css", "paper.css") if paged else ("report.css",)
    page: str = template.render(
        report=report,
        charts=charts,
        words=words,
        paged=paged,
        numbers=numbered(report),
        aims=anchors_of(report),
        style=Markup("".join(_part(name) for name in styles)),
        script=Markup("" if paged else _part("report.js")),
    )
    return page


@cache
def _part(name: str) -> str:
    return resources.files("regmodel.report").joinpath("page", name).read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_part), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["number"] = lambda span: isinstance(span, Number)
    environment.tests["words"] = lambda span: isinstance(span, Words)
    environment.filters["label"] = label
    environment.filters["widths"] = _widths
    environment.filters["kind"] = lambda block: _KINDS[type(block)]
    return environment


def _widths(table: Table, language: Language) -> list[str]:
    """The widths of columns in per cent."""
    return [f"{100 * share:.2f}%" for share in column_shares(table, LETTERS_ACROSS[language])]
