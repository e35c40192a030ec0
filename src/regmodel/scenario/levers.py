"""The levers as shipped in params/levers.csv."""

from __future__ import annotations

import csv

from regmodel.params import shipped_folder
from regmodel.scenario.model import Lever
from regmodel.vocabulary.texts import Text


def read_levers() -> tuple[Lever, ...]:
    """All levers, switched on and without a limit of their own."""
    with (shipped_folder() / "levers.csv").open(encoding="utf-8-sig", newline="") as stream:
        return tuple(
            Lever(
                id=row["lever"],
                title=Text(row["title"], row["title_zh"]),
                what=Text(row["what"], row["what_zh"]),
                cost_record=row["cost_record"],
            )
            for row in csv.DictReader(stream)
        )
