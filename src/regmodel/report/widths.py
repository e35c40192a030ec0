"""How wide the columns of a table are, from what stands in them: for forms that do not find out by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from regmodel.report.content import NO_BREAK, Line, Table, Words, plain

USUAL_SHARE = 0.9
LONGEST_LINE = 80.0
LEAST = 3.0
MOST_LINES = 3.0  # of the longest cell: one remark among empty cells is no column of single letters
ROOM_BESIDE = 2.4
BOLD = 1.1
FRAME = 2.0
_STATUS_BREAKS = re.compile(r"\s+|(?<=[，。；])")
_BREAKS = re.compile(r"[\s/._-]+|(?<=[\u3400-\u9fff，。；、：（）])")


def column_shares(table: Table, room: float) -> list[float]:
    """The share of the width for each column; ``room`` is how many Latin letters stand side by side in the whole.

    No column is narrower than its longest word where there is room for all; what is left goes where lines are long.
    """
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        cells = [row.cells[at] for row in table.rows if at < len(row.cells)]
        texts = [plain(cell) for cell in cells]
        whole_words = [_width(text) for text in texts] if column.numeric else [_longest_of(cell) for cell in cells]
        words = max([_longest(column.title), *whole_words], default=LEAST)
        least.append(BOLD * max(LEAST, words) + ROOM_BESIDE)
        whole = [min(_width(text), LONGEST_LINE) for text in texts]
        asked = [_usual(whole), max(whole, default=LEAST) / MOST_LINES, _width(column.title) / 2]
        wanted.append(max(least[-1], max(asked) + ROOM_BESIDE))
    spare = room - sum(least)
    if spare <= 0:
        return [width / sum(least) for width in least]
    more = [most - less for most, less in zip(wanted, least, strict=True)]
    if not sum(more):
        more = list(least)
    widths = [less + spare * part / sum(more) for less, part in zip(least, more, strict=True)]
    return [width / sum(widths) for width in widths]


def _usual(widths: Sequence[float]) -> float:
    ordered = sorted(widths)
    return ordered[int(USUAL_SHARE * (len(ordered) - 1))] if ordered else LEAST


def _longest_of(cell: Line) -> float:
    """The widest part of a cell that no line may break: a word, the word of a status, a badge in its frame."""
    widths = [0.0]
    for span in cell:
        role = span.role.partition(" ")[0] if isinstance(span, Words) else ""
        text = span if isinstance(span, str) else span.text
        if role == "assumed":
            widths.append(_width(text) + FRAME)
        elif role == "status":
            widths += [_width(part) for part in _STATUS_BREAKS.split(text.replace(NO_BREAK, " ")) if part]
        else:
            widths.append(_longest(text.replace(NO_BREAK, " ")))
    return max(widths)


def _longest(text: str) -> float:
    return max((_width(part) for part in _BREAKS.split(text) if part), default=0.0)


def _width(text: str) -> float:
    """Width in Latin letters: a Chinese character takes two."""
    return sum(1.9 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in text)
