"""The report as one HTML page that needs nothing else: no network, no fonts, no scripts from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from regmodel.report.outline import assemble
from regmodel.report.svg import draw
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run

FILE_NAME = "report.html"
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
    "figure": Text("Figure", "图"),
    "table": Text("Table", "表"),
    "filter": Text("Show", "筛选"),
}


def write_report(run: Run, folder: Path, lang: Language) -> Path:
    """Write the report of a run into a folder and return its path; OSError where the folder cannot be written."""
    page = render(assemble(run, lang))
    path = folder / FILE_NAME
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def render(report: Report) -> str:
    """The page of a report; everything that is text is escaped, only pictures drawn here are not."""
    from markupsafe import Markup

    template = _environment().get_template("report.html.j2")
    charts = {
        block.id: Markup(draw(block.spec, block.id))
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Chart)
    }
    words = {name: text.read(report.language) for name, text in _WORDS.items()}
    style, script = (Markup(_part(name)) for name in ("report.css", "report.js"))
    page: str = template.render(report=report, charts=charts, words=words, style=style, script=script)
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
    environment.filters["kind"] = lambda block: _KINDS[type(block)]
    return environment
