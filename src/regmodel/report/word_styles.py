"""The look of a Word document: page, fonts of both scripts by name, styles, header and footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regmodel.report.word_parts import INK, NAMESPACES, QUIET, field, run
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from docx.document import Document

PAGE_MM, MARGIN_MM = (210, 297), (20, 18, 20, 18)
TEXT_MM = PAGE_MM[0] - MARGIN_MM[1] - MARGIN_MM[3]
TWIPS_A_MM = 1440 / 25.4
TEXT_TWIPS = round(TEXT_MM * TWIPS_A_MM)
LETTERS_ACROSS = {"en": 122.0, "zh": 112.0}
# Latin and Chinese fonts that every office has: bodies, then headings and tables.
BODY = {"en": ("Arial", "Microsoft YaHei"), "zh": ("Times New Roman", "SimSun")}
HEADS = {"en": ("Arial", "Microsoft YaHei"), "zh": ("Arial", "SimHei")}
SIZES = {"en": 10.0, "zh": 10.5}
_PAGE = Text("{page} / {pages}", "第 {page} 页，共 {pages} 页")


def set_page(document: Document) -> None:
    """A4 upright with its margins."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGIN_MM)
    section.header_distance, section.footer_distance = Mm(9), Mm(9)


def set_styles(document: Document, language: Language) -> None:
    """Every style that the report uses, real headings and captions among them."""
    size = SIZES[language]
    normal = document.styles["Normal"]
    _fonts(normal, BODY[language])
    _look(normal, size, INK, after=4, before=0, line=1.22 if language == "en" else 1.35)
    for level, points, before in ((1, 14, 16), (2, 12, 14), (3, 11, 10)):
        style = document.styles[f"Heading {level}"]
        _fonts(style, HEADS[language])
        _look(style, points, INK, after=5, before=before, bold=True, keep=True)
    _paragraph_style(document, "Title", HEADS[language], 20, INK, bold=True, after=1)
    _paragraph_style(document, "Subtitle", HEADS[language], 11, QUIET, after=3)
    _paragraph_style(document, "Caption", HEADS[language], size - 0.5, INK, bold=True, before=8, after=3, keep=True)
    _paragraph_style(document, "Report Lead", BODY[language], size + 0.5, INK, after=5)
    _paragraph_style(document, "Report Note", BODY[language], size - 1.5, QUIET, after=6, before=2)
    _paragraph_style(document, "Report Finding", BODY[language], size, INK, before=8, after=3, keep=True)
    _paragraph_style(document, "Report Cell", HEADS[language][:1] + BODY[language][1:], 8, INK, line=1.05)
    _paragraph_style(document, "Report Head", HEADS[language], 7.5, QUIET, bold=True, line=1.05, keep=True)
    _paragraph_style(document, "Report Picture", BODY[language], size, INK, before=6, keep=True)
    _paragraph_style(document, "Report Answer", HEADS[language], 13, INK, bold=True, before=1, after=2)
    _paragraph_style(document, "Report Said", BODY[language], size - 0.8, INK, after=3, line=1.12)
    _paragraph_style(document, "Report Verdict", HEADS[language], 20, "FFFFFF", bold=True)
    _paragraph_style(document, "Report Contents", HEADS[language], 15, INK, bold=True, before=14, after=6)
    _paragraph_style(document, "TOC 1", BODY[language], size, INK, after=3)
    document.styles["TOC 1"].paragraph_format.tab_stops.add_tab_stop(_mm(TEXT_MM), 2, 1)  # to the right, with dots
    for name in ("List Bullet", "List Number"):
        _paragraph_style(document, name, BODY[language], size - 0.8, INK, after=2, line=1.12)
    code = document.styles.add_style("InlineCode", 2)
    code.font.name, code.font.size = "Consolas", _points(8)


def set_language(document: Document, language: Language) -> None:
    """The language of proofing, of the theme fonts and of breaking lines."""
    from docx.oxml import parse_xml

    first = "zh-CN" if language == "zh" else "en-GB"
    defaults: Any = document.styles.element.find(_w("docDefaults"))
    properties = defaults.find(_w("rPrDefault")).find(_w("rPr"))
    old = properties.find(_w("lang"))
    if old is not None:
        properties.remove(old)
    properties.append(parse_xml(f'<w:lang {NAMESPACES} w:val="{first}" w:eastAsia="zh-CN"/>'))


def set_edges(document: Document, title: str, language: Language) -> None:
    """The title above and the page number below every page."""
    from docx.oxml import parse_xml

    section = document.sections[0]
    look = f'<w:color w:val="{QUIET}"/><w:sz w:val="15"/>'
    head: Any = section.header.paragraphs[0]._p
    foot: Any = section.footer.paragraphs[0]._p
    line = f'<w:pBdr {NAMESPACES}><w:bottom w:val="single" w:sz="4" w:space="3" w:color="C9CED4"/></w:pBdr>'
    head.get_or_add_pPr().append(parse_xml(line))
    _append(head, run(title, look))
    foot.get_or_add_pPr().append(parse_xml(f'<w:jc {NAMESPACES} w:val="right"/>'))
    pages = {"page": field("PAGE", "1", look), "pages": field("NUMPAGES", "1", look)}
    for part in _PAGE.read(language).replace("{", "\0{").replace("}", "}\0").split("\0"):
        _append(foot, pages.get(part.strip("{}"), run(part, look)) if part else "")


def _append(paragraph: Any, inside: str) -> None:
    from docx.oxml import parse_xml

    for element in parse_xml(f"<w:p {NAMESPACES}>{inside}</w:p>"):
        paragraph.append(element)


def _paragraph_style(
    document: Document, name: str, fonts: tuple[str, ...], size: float, colour: str, **look: Any
) -> None:
    known = {style.name for style in document.styles}
    style = document.styles[name] if name in known else document.styles.add_style(name, 1)
    _fonts(style, fonts)
    _look(style, size, colour, **look)


def _look(
    style: Any,
    size: float,
    colour: str,
    *,
    before: float = 0,
    after: float = 0,
    line: float = 1.15,
    bold: bool = False,
    keep: bool = False,
) -> None:
    from docx.shared import RGBColor

    style.font.size, style.font.bold, style.font.italic = _points(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    _without(style.element.get_or_add_pPr(), "pBdr")
    _without(style.element.get_or_add_rPr(), "spacing")
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = _points(before), _points(after), line
    form.keep_with_next, form.widow_control = keep, True


def _fonts(style: Any, fonts: tuple[str, ...]) -> None:
    """The Latin and the Chinese font by name: a theme font would give way to whatever an office has set."""
    latin, chinese = fonts
    properties = style.element.get_or_add_rPr()
    found = properties.get_or_add_rFonts()
    for attribute in list(found.attrib):
        del found.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs"):
        found.set(_w(script), latin)
    found.set(_w("eastAsia"), chinese)


def _without(properties: Any, name: str) -> None:
    """Take away what the blank document's style sets."""
    found = properties.find(_w(name))
    if found is not None:
        properties.remove(found)


def _mm(length: float) -> Any:
    from docx.shared import Mm

    return Mm(length)


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
