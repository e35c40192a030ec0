"""What hears of the elements of an XML part as it is read, so that nothing of it is kept but what is wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_DEPTH = 64
MOST_SIGNS = 32767  # what a cell may hold
_ESCAPED = re.compile(r"_x([0-9A-Ca-c][0-9A-Fa-f]{3})_")


def local(tag: str) -> str:
    """A tag without its namespace, so that both dialects of the format read alike."""
    return tag.rpartition("}")[2]


def unescaped(words: str) -> str:
    """Words of a cell with the signs that the format escapes as themselves."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words) if "_x" in words else words


class Listener:
    """What hears of the elements of a part, and refuses to follow them too far down."""

    def __init__(self) -> None:
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ValueError(f"elements nested more than {MOST_DEPTH} deep")

    def end(self, tag: str) -> None:
        """The end of an element."""
        self._depth -= 1

    def data(self, words: str) -> None:
        """Words inside an element."""

    def close(self) -> None:
        """The end of the part."""


class SharedWords(Listener):
    """Follows the XML of the shared strings and keeps the words of each: its runs in a row, without phonetic marks."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._item: list[str] = []
        self._length = 0
        self._listening = self._phonetic = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        super().start(tag, attributes)
        name = local(tag)
        if name == "si":
            self._item, self._length = [], 0
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._listening = not self._phonetic

    def data(self, words: str) -> None:
        """Words inside an element; no more than a cell may hold, and one sign to show that there were more."""
        if self._listening and self._length <= MOST_SIGNS:
            self._item.append(words)
            self._length += len(words)

    def end(self, tag: str) -> None:
        """The end of an element."""
        super().end(tag)
        name = local(tag)
        if name == "t":
            self._listening = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.found.append(unescaped("".join(self._item)))
