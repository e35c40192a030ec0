"""What a report holds beside its run where it was asked for: trade-offs of two targets, and what a batch answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regmodel.batch.answers import Answers


@dataclass(frozen=True)
class Beside:
    """``frontiers`` as ``regmodel frontier --json`` prints them, and the answers of a batch's store."""

    frontiers: tuple[Mapping[str, Any], ...] = ()
    answers: Answers | None = None

    @cached_property
    def roots(self) -> Mapping[str, Any]:
        """Where keys of numbers lead: ``frontier/0/points/2/x`` and ``batch/holding/joint/low``."""
        return {"frontier": list(self.frontiers), "batch": {} if self.answers is None else self.answers.as_dict()}


NOTHING = Beside()
