"""How wide the columns of a table are, from what stands in them: for forms that do not find out by themselves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from regmodel.report.content import Table, plain

USUAL_SHARE = 0.9
LONGEST_LINE = 80.0
LEAST = 3.0
ROOM_BESIDE = 2.4
BOLD = 1.1
_BREAKS = re.compile(r"[\s/._-]+|(?<=[\u3400-\u9fff，。；、：（）])")


def column_shares(table: Table, room: float) -> list[float]:
    """The share of the width for each column; ``room`` is how many Latin letters stand side by side in the whole.

    No column is narrower than its longest word where there is room for all; what is left goes where lines are long.
    """
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        texts = [plain(row.cells[at]) for row in table.rows if at < len(row.cells)]
        longest = _width if column.numeric else _longest
        words = max([_longest(column.title), *(longest(text) for text in texts)], default=LEAST)
        least.append(BOLD * max(LEAST, words) + ROOM_BESIDE)
        whole = [min(_width(text), LONGEST_LINE) for text in texts]
        wanted.append(max(least[-1], _usual(whole) + ROOM_BESIDE, _width(column.title) / 2 + ROOM_BESIDE))
    spare = room - sum(least)
    if spare <= 0:
        return [width / sum(least) for width in least]
    asked = [more - less for more, less in zip(wanted, least, strict=True)]
    if not sum(asked):
        asked = list(least)
    widths = [less + spare * more / sum(asked) for less, more in zip(least, asked, strict=True)]
    return [width / sum(widths) for width in widths]


def _usual(widths: Sequence[float]) -> float:
    ordered = sorted(widths)
    return ordered[int(USUAL_SHARE * (len(ordered) - 1))] if ordered else LEAST


def _longest(text: str) -> float:
    return max((_width(part) for part in _BREAKS.split(text) if part), default=0.0)


def _width(text: str) -> float:
    """Width in Latin letters: a Chinese character takes two."""
    return sum(1.9 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in text)
