"""The levers of params/levers.csv."""

from __future__ import annotations

from pathlib import Path

from regmodel.params import ParameterBook
from regmodel.params.tables import bare, missing_cells, read_table
from regmodel.scenario.model import Lever
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text

_COLUMNS = ("lever", "title", "title_zh", "cost_record", "what", "what_zh")


def read_levers(folder: Path, book: ParameterBook, problems: Problems) -> tuple[Lever, ...]:
    """All levers of a params folder, switched on and without a limit of their own; problems are noted."""
    levers = []
    for row in read_table(folder / "levers.csv", _COLUMNS, problems):
        if missing_cells(row, _COLUMNS, row["lever"], problems):
            continue
        if row["cost_record"] not in book.records:
            problems.add(
                "S-10",
                row.where(row["lever"]),
                bare(row["cost_record"]),
                Text("the record of the lever's cost", "该措施的成本记录"),
                did_you_mean(row["cost_record"], book.records),
            )
        title, what = Text(row["title"], row["title_zh"]), Text(row["what"], row["what_zh"])
        levers.append(Lever(row["lever"], title, what, row["cost_record"]))
    return tuple(levers)
