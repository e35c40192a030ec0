"""How tall a row must be for its words: spreadsheet programs do not all fit rows to generated files by themselves."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from regmodel.workbook.rows import Cell
from regmodel.workbook.styles import size_of, wraps

PIXELS_PER_POINT = 4 / 3
PIXELS_PER_WIDTH = 7.0
MARGIN_PIXELS = 6.0
NARROW_SIGN = 0.54
LINE = 1.36
LEAST = 15.0
MOST = 400.0


def words_width(words: str, size: float) -> float:
    """Width in pixels of a line of words; Chinese signs are as wide as they are tall."""
    signs = sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else NARROW_SIGN for sign in words)
    return signs * size * PIXELS_PER_POINT


def lines_of(words: str, width: float, size: float) -> int:
    """Lines that words take in a column of this width, broken at blanks or anywhere between Chinese signs."""
    room = max(width * PIXELS_PER_WIDTH - MARGIN_PIXELS, 10.0)
    count = 0
    for line in words.split("\n"):
        used, count = 0.0, count + 1
        for piece in _pieces(line):
            wide = words_width(piece, size)
            if used and used + wide > room:
                count, used = count + 1, 0.0
            extra = max(0, math.ceil(wide / room) - 1)
            count += extra
            used += wide - extra * room
    return count


def _pieces(line: str) -> list[str]:
    """What a line breaks into: words with the blank after them, Chinese signs one by one."""
    pieces: list[str] = []
    word = ""
    for sign in line:
        if unicodedata.east_asian_width(sign) in "WF":
            if word:
                pieces.append(word)
            pieces.append(sign)
            word = ""
        else:
            word += sign
            if sign in " -/,;":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces


def height_of(cell: Cell, width: float, style: str) -> float:
    """Height in points that one cell asks of its row."""
    size = size_of(style)
    count = lines_of(cell, width, size) if isinstance(cell, str) and wraps(style) else 1
    return min(max(LEAST, count * size * LINE + 2), MOST)


def row_height(cells: Sequence[Cell], widths: Sequence[float], styles: Sequence[str]) -> float:
    """Height in points of a row of cells."""
    return max(
        (height_of(cell, width, style) for cell, width, style in zip(cells, widths, styles, strict=False)),
        default=LEAST,
    )
