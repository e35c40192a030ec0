"""The pieces of a Word document as its own XML: runs, links, bookmarks, fields and paragraphs."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from regmodel.report.content import NO_BREAK, Line, Number, Span, Words

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
INK, QUIET, LINE, WASH, BLUE, RED = "1B1F24", "5F6872", "C9CED4", "F1F4F7", "005B8E", "8F3900"
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_JOINTS = re.compile(r"(?<=[._/])(?=\w)")
ZERO_WIDTH = "\u200b"
ROLES = {
    "strong": "<w:b/>",
    "quiet": f'<w:color w:val="{QUIET}"/>',
    "note": f'<w:color w:val="{QUIET}"/>',
    "id": f'<w:color w:val="{QUIET}"/><w:sz w:val="13"/><w:szCs w:val="13"/>',
    "code": '<w:rStyle w:val="InlineCode"/>',
    "status": "<w:b/>",
    "letter": '<w:b/><w:shd w:val="clear" w:color="auto" w:fill="DDE3E9"/>',
    "assumed": '<w:sz w:val="14"/><w:szCs w:val="14"/><w:bdr w:val="single" w:sz="4" w:space="0" w:color="9AA3AD"/>',
}


class Anchors:
    """The bookmarks of a document: anchors of the report under the short names that Word allows."""

    def __init__(self, known: set[str]) -> None:
        self._names = {anchor: f"a{number}" for number, anchor in enumerate(sorted(known), start=1)}
        self._set: dict[str, int] = {}

    def name(self, anchor: str | None) -> str | None:
        """The bookmark of an anchor; None where the document has no such place."""
        return self._names.get(anchor or "")

    def around(self, anchor: str | None, inside: str) -> str:
        """Content with its bookmark, the first time that the anchor is set."""
        name = self.name(anchor)
        if name is None or name in self._set:
            return inside
        number = self._set[name] = len(self._set) + 1
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>'


def run(text: str, look: str = "") -> str:
    """One run of text; line breaks and tabs inside it are Word's own."""
    if not text:
        return ""
    safe = escape(_UNPRINTED.sub("\N{REPLACEMENT CHARACTER}", text))
    body = safe.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">').replace("\t", "</w:t><w:tab/><w:t>")
    inside = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{body}</w:t></w:r>'


def runs(line: Line, anchors: Anchors, *, here: str | None = None, look: str = "") -> str:
    """A line as runs; numbers and words that lead somewhere are links inside the document, but not to their own row."""
    parts = []
    for at, span in enumerate(line):
        if at and _is_block(line[at - 1]) and not _is_block(span):
            parts.append(_break(look))
        parts.append(_span(span, anchors, here, look))
    return "".join(parts)


def _is_block(span: Span) -> bool:
    """Whether words stand on a line of their own."""
    return isinstance(span, Words) and span.role == "id"


def _span(span: Span, anchors: Anchors, here: str | None, look: str) -> str:
    if isinstance(span, str):
        return run(span, look)
    if isinstance(span, Number):
        return _linked(run(span.text, look), span.anchor, anchors, here)
    role = span.role.split()[0] if span.role else ""
    text = span.text
    if role in ("id", "code"):
        text = _JOINTS.sub(ZERO_WIDTH, text)
    if role == "letter":
        text = f"{NO_BREAK}{text}{NO_BREAK}"
    own = _merged(look, ROLES.get(role, ""))
    return (_break(look) if role == "id" else "") + _linked(run(text, own), span.anchor, anchors, here)


def _break(look: str) -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:br/></w:r>"


def _merged(look: str, own: str) -> str:
    """Two looks as one; the own one wins, and the parts stand in the order that Word's schema asks for."""
    parts = {part.partition(" ")[0].rstrip("/>"): part for part in re.findall(r"<w:[^>]+/>", look + own)}
    order = ("<w:rStyle", "<w:rFonts", "<w:b", "<w:i", "<w:color", "<w:sz", "<w:szCs", "<w:bdr", "<w:shd")
    return "".join(parts[name] for name in order if name in parts)


def _linked(inside: str, anchor: str | None, anchors: Anchors, here: str | None) -> str:
    name = anchors.name(anchor)
    if name is None or anchor == here or not inside:
        return inside
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{inside}</w:hyperlink>'


def paragraph(inside: str, style: str = "", more: str = "") -> str:
    """A paragraph of a style; ``more`` are properties that stand after the style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{inside}</w:p>"


def field(code: str, shown: str, look: str = "", *, stale: bool = False) -> str:
    """A field with what it shows until it is worked out again."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    dirty = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r>{properties}<w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r>{properties}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{properties}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, look)}"
        f'<w:r>{properties}<w:fldChar w:fldCharType="end"/></w:r>'
    )
