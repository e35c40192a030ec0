"""What a result block is: a rectangle of one result sheet, with its columns and its room."""

from __future__ import annotations

from dataclasses import dataclass

from regmodel.vocabulary.texts import Text


@dataclass(frozen=True)
class Heading:
    """One column of a result block: its title and the format of its cells."""

    title: Text
    style: str = "result"


@dataclass(frozen=True)
class Block:
    """A rectangle of one result sheet; ``headings`` also fix its number of columns, ``rows`` is its capacity."""

    code: str
    sheet: str
    title: Text | None
    headings: tuple[Heading, ...]
    rows: int
    headed: bool = True
    folds: bool = False


def heading(english: str, chinese: str, style: str = "result") -> Heading:
    """A column with its title in both languages and its format."""
    return Heading(Text(english, chinese), style)
