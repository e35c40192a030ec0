"""What a result block is: a rectangle of one result sheet, with its columns, its room and the links beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regmodel.vocabulary.texts import Text

Links = Literal["clauses", "records"]


@dataclass(frozen=True)
class Heading:
    """One column of a result block: its title and the format of its cells."""

    title: Text
    style: str = "result"


@dataclass(frozen=True)
class Block:
    """A rectangle of one result sheet; ``headings`` also fix its number of columns, ``rows`` is its capacity.

    ``left`` is its first column. With ``links`` one column holds ids of clauses or records, and beside each row,
    outside the block, stands a formula that leads to the cell of the first of them. A block that leaves room at its
    left has the links there and the ids in its last column; another has the ids in its first and the links behind it.
    ``folds`` hides rows without content. A second formula stands behind the block or its links: beside ids of clauses
    it leads to the row that explains their number, and with ``onward`` to where the block tells a number further.
    """

    code: str
    sheet: str
    title: Text | None
    headings: tuple[Heading, ...]
    rows: int
    headed: bool = True
    folds: bool = False
    left: int = 0
    links: Links | None = None
    onward: bool = False

    @property
    def right(self) -> int:
        """The first column after the block."""
        return self.left + len(self.headings)

    @property
    def key_column(self) -> int:
        """The column of the ids that the links beside the block go by."""
        return self.right - 1 if self.left else 0

    @property
    def link_column(self) -> int:
        """The column of the links, outside the block."""
        return self.left - 1 if self.left else self.right

    @property
    def second_column(self) -> int:
        """The column of the second formula."""
        return self.right if self.left else self.right + 1

    @property
    def formula_columns(self) -> tuple[int, ...]:
        """The columns of all formulas beside the block."""
        second = self.onward or self.links == "clauses"
        return () if self.links is None else (self.link_column, self.second_column) if second else (self.link_column,)


def heading(english: str, chinese: str, style: str = "result") -> Heading:
    """A column with its title in both languages and its format."""
    return Heading(Text(english, chinese), style)
