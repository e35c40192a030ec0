"""The report as a Word document: real headings, tables, captions, contents, page numbers and crisp pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regmodel.report.chart_style import WIDTH
from regmodel.report.content import Bullets, Card, Chart, Paragraph, Report, Section, Steps, Table, plain
from regmodel.report.numbering import FIGURE, TABLE, anchors_of, label, numbered
from regmodel.report.svg import as_png
from regmodel.report.word_parts import NAMESPACES, Anchors, field, paragraph, run, runs
from regmodel.report.word_styles import LETTERS_ACROSS, TEXT_MM, set_edges, set_language, set_page, set_styles
from regmodel.report.word_tables import card, steps, table
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    from docx.document import Document

SHARPNESS = 2.6
_CONTENTS = Text("Contents", "目录")
_STYLES = {"lead": "ReportLead", "note": "ReportNote", "warning": "ReportLead", "finding": "ReportFinding"}
_EMPTY = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'


def write_word(report: Report, pictures: Mapping[str, str], path: Path) -> Path:
    """Write a report as .docx; ``pictures`` are its charts as SVG by their ids."""
    import docx

    document = docx.Document()
    set_page(document)
    set_styles(document, report.language)
    set_language(document, report.language)
    title = f"{report.title}: {plain(report.facts[0][1])}" if report.facts else report.title
    set_edges(document, title, report.language)
    _name(document, report, title)
    _Writer(document, report, pictures).write()
    draft = path.with_name(f".{path.name}.draft")
    document.save(str(draft))
    draft.replace(path)
    return path


def _name(document: Document, report: Report, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "regmodel", ""
    properties.subject, properties.language = report.subtitle, "zh-CN" if report.language == "zh" else "en-GB"
    properties.created = properties.modified = _made(report)


def _made(report: Report) -> datetime:
    """When the run was made, as its facts have it; without it a fixed day, so that the file says nothing untrue."""
    for _, line in report.facts:
        try:
            return datetime.fromisoformat(plain(line)).astimezone(UTC).replace(tzinfo=None)
        except ValueError:
            continue
    return datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def image_width(picture: bytes) -> int:
    """How many dots wide a PNG is, as its head says."""
    return int.from_bytes(picture[16:20], "big")


class _Writer:
    """Writes the parts of one report in their order."""

    def __init__(self, document: Document, report: Report, pictures: Mapping[str, str]) -> None:
        self._document, self._report, self._pictures = document, report, pictures
        self._body: Any = document.element.body
        self._end = self._body[-1]
        self._anchors = Anchors(anchors_of(report))
        self._numbers = numbered(report)
        self._language = report.language

    def write(self) -> None:
        """The title, the first page, the contents, then chapter after chapter."""
        report = self._report
        self._add(paragraph(run(report.title), "Title") + paragraph(run(report.subtitle), "Subtitle"))
        facts = "   ".join(f"{name}\N{NO-BREAK SPACE}{plain(line)}" for name, line in report.facts)
        self._add(paragraph(run(facts), "ReportNote"))
        for position, section in enumerate(report.sections):
            self._chapter(section)
            if not position:
                self._contents()

    def _add(self, xml: str) -> None:
        from docx.oxml import parse_xml

        for element in parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"):
            self._end.addprevious(element)

    def _chapter(self, section: Section) -> None:
        self._add(paragraph(self._anchors.around(section.id, run(section.title)), "Heading1"))
        for block in section.blocks:
            if isinstance(block, Paragraph):
                self._add(paragraph(runs(block.line, self._anchors), _STYLES.get(block.role, "")))
            elif isinstance(block, Bullets):
                style = "ListNumber" if block.ordered else "ListBullet"
                self._add("".join(paragraph(runs(item, self._anchors), style) for item in block.items))
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Chart):
                self._chart(block)
            elif isinstance(block, Steps):
                self._add(steps(block) + _EMPTY)
            elif isinstance(block, Card):
                self._add(card(block, self._anchors) + _EMPTY)

    def _caption(self, block: Table | Chart) -> str:
        """``Table 3`` by a field that Word counts itself, then what the caption says."""
        number = self._numbers[block.id]
        word = (TABLE if isinstance(block, Table) else FIGURE).read(self._language)
        name = "Table" if isinstance(block, Table) else "Figure"
        gap = "" if self._language == "zh" else " "
        counted = run(word + gap) + field(f"SEQ {name} \\* ARABIC", str(number))
        assert label(block, number, self._language) == f"{word}{gap}{number}"
        inside = self._anchors.around(block.id, counted) + run("  ") + runs(block.caption, self._anchors)
        return paragraph(inside, "Caption", "" if isinstance(block, Table) else '<w:keepNext w:val="0"/>')

    def _table(self, block: Table) -> None:
        self._add(self._caption(block) + table(block, self._anchors, LETTERS_ACROSS[self._language]))
        self._add(paragraph(runs(block.note, self._anchors), "ReportNote") if block.note else _EMPTY)

    def _chart(self, block: Chart) -> None:
        from docx.shared import Length, Mm

        picture = as_png(self._pictures[block.id], SHARPNESS)
        shown = self._document.add_paragraph(style="Report Picture")
        image = shown.add_run().add_picture(BytesIO(picture))
        across = Mm(TEXT_MM * min(1.0, image_width(picture) / SHARPNESS / WIDTH))
        image.height = Length(image.height * across // image.width)
        image.width = across
        properties: Any = image._inline.docPr
        properties.set("descr", block.described)
        properties.set("title", plain(block.caption))
        self._end.addprevious(shown._p)
        self._add(self._caption(block))
        if block.note:
            self._add(paragraph(runs(block.note, self._anchors), "ReportNote"))

    def _contents(self) -> None:
        """A field of contents, filled with the chapters as links; Word adds the page numbers when it opens the file."""
        lines = []
        for position, section in enumerate(self._report.sections):
            name = self._anchors.name(section.id)
            entry = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(section.title)}</w:hyperlink>'
            if not position:
                entry = _FIELD_START + entry
            if position == len(self._report.sections) - 1:
                entry += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            lines.append(paragraph(entry, "TOC1"))
        head = paragraph(run(_CONTENTS.read(self._language)), "ReportContents", "<w:pageBreakBefore/>")
        self._add(head + "".join(lines))


_FIELD_START = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
