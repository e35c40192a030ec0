"""How large a workbook may be, and the count of what its parts hold while they unpack."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.vocabulary.texts import Text

MEBIBYTE = 1024 * 1024
_ROWS, _CELLS = Text("rows", "行"), Text("cells", "个单元格")
_STRINGS, _ELEMENTS = Text("texts", "条文字"), Text("elements", "个元素")
DESCRIBING = ("xl/workbook.xml", "xl/styles.xml", "docprops/app.xml", "docprops/core.xml", ".rels")


@dataclass(frozen=True)
class Limits:
    """How large a workbook may be; a shipped workbook uses a small part of each.

    ``rows`` and ``cells`` are those of one sheet, ``words`` the shared strings of the book, ``elements`` those of each
    part that describes the book.
    """

    file_bytes: int = 20 * MEBIBYTE
    entries: int = 500
    part_bytes: int = 50 * MEBIBYTE
    total_bytes: int = 100 * MEBIBYTE
    ratio: float = 200.0
    ratio_from_bytes: int = MEBIBYTE
    rows: int = 100_000
    cells: int = 500_000
    words: int = 200_000
    elements: int = 300_000


LIMITS = Limits()


class Counts:
    """Counts in one XML part, as it unpacks, the elements that its reader goes through or keeps."""

    def __init__(self, name: str, limits: Limits) -> None:
        folded = name.casefold()
        self._kinds: tuple[tuple[str, Text, int], ...] = ()
        if "worksheets/" in folded and folded.endswith(".xml"):
            self._kinds = (("row", _ROWS, limits.rows), ("c", _CELLS, limits.cells))
        elif folded.endswith("sharedstrings.xml"):
            self._kinds = (("si", _STRINGS, limits.words),)
        elif folded.endswith(DESCRIBING):
            self._kinds = (("", _ELEMENTS, limits.elements),)
        self._found = dict.fromkeys((mark for mark, _, _ in self._kinds), 0)
        self._tail = b""

    def passed(self, chunk: bytes) -> tuple[Text, int] | None:
        """What there is too much of after this chunk, and how much is allowed; None while all is well."""
        for mark, what, most in self._kinds:
            if mark:
                begun = b"%s%s" % (self._tail[-len(mark) - 1 :], chunk)
                self._found[mark] += sum(
                    begun.count(sign + mark.encode() + after) for sign in (b"<", b":") for after in (b" ", b">", b"/")
                )
            else:
                self._found[mark] += chunk.count(b"<")
            if self._found[mark] > most:
                return what, most
        self._tail = chunk[-8:]
        return None
