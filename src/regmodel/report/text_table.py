"""A table in plain text for a terminal: columns line up, Chinese signs being two wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def text_table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> list[str]:
    """Lines of a table; the first ``words`` columns stand to the left, the others, which hold numbers, to the right."""
    table = [list(heads), *(list(row) for row in rows)]
    widths = [max(_width(line[column]) for line in table) for column in range(len(heads))]
    lines = []
    for line in table:
        cells = []
        for column, cell in enumerate(line):
            room = " " * (widths[column] - _width(cell))
            cells.append(cell + room if column < words else room + cell)
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
