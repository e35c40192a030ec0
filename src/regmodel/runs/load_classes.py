"""The classes of load that the early warning speaks in, from params/load_classes.csv."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from regmodel.params import shipped_folder
from regmodel.params.numbers import Unreadable, read_number
from regmodel.params.tables import Row, bare, missing_cells, read_table
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text

TABLE = "load_classes.csv"
_COLUMNS = ("element", "class", "title", "title_zh", "from_load", "source", "where", "confidence", "note")


@dataclass(frozen=True)
class LoadClass:
    """One class: ``from_load`` is the smallest load (a share of the limit) that belongs to it."""

    element: str
    name: str
    title: Text
    from_load: float
    source: str
    where: str
    confidence: str


def read_load_classes(params: Path | None = None) -> dict[str, tuple[LoadClass, ...]]:
    """The classes of each element from the lightest on; raises InputProblems."""
    problems = Problems()
    folder = shipped_folder() if params is None else params
    found: dict[str, list[LoadClass]] = {}
    for row in read_table(folder / TABLE, _COLUMNS, problems):
        if missing_cells(row, _COLUMNS[:-1], row["class"], problems):
            continue
        start = _start(row, problems)
        classes = found.setdefault(row["element"], [])
        if start is None:
            continue
        if (not classes and start != 0) or (classes and start <= classes[-1].from_load):
            problems.add(
                "P-06",
                row.where(row["class"]),
                bare(row["from_load"]),
                Text("classes from the lightest on, the first from 0", "由轻到重依次排列，首类自 0 起"),
                Text("put the classes in order", "请按顺序排列"),
            )
        title = Text(row["title"], row["title_zh"])
        classes.append(
            LoadClass(row["element"], row["class"], title, start, row["source"], row["where"], row["confidence"])
        )
    problems.raise_if_any()
    return {element: tuple(classes) for element, classes in found.items()}


def _start(row: Row, problems: Problems) -> float | None:
    try:
        return read_number(row["from_load"])
    except Unreadable as reason:
        problems.add("P-04", row.where(row["class"]), bare(row["from_load"]), reason.expected, reason.to_do)
        return None
