"""The numbers of tables and figures: the same in every form of a report, in the order in which they stand."""

from __future__ import annotations

from regmodel.report.content import Chart, Report, Table
from regmodel.vocabulary.texts import Language, Text

TABLE = Text("Table", "表")
FIGURE = Text("Figure", "图")


def numbered(report: Report) -> dict[str, int]:
    """The number of each table among the tables and of each chart among the figures, by its id."""
    found: dict[str, int] = {}
    for kind in (Table, Chart):
        own = [block for section in report.sections for block in section.blocks if isinstance(block, kind)]
        found.update({block.id: number for number, block in enumerate(own, start=1)})
    return found


def label(block: Table | Chart, number: int, language: Language) -> str:
    """What stands before a caption: ``Table 3``, ``图2``."""
    word = (TABLE if isinstance(block, Table) else FIGURE).read(language)
    return f"{word}{number}" if language == "zh" else f"{word} {number}"


def anchors_of(report: Report) -> set[str]:
    """Every place of a report that something may lead to."""
    found = {"verdict"}
    for section in report.sections:
        found.add(section.id)
        for block in section.blocks:
            if isinstance(block, Table | Chart):
                found.add(block.id)
            if isinstance(block, Table):
                found.update(row.anchor for row in block.rows if row.anchor)
    return found
