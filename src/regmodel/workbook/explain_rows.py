"""The rows of the Explain sheet for a run, or the words that it waits for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import EXPLAINED
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import CellRow
from regmodel.workbook.values import fitted

if TYPE_CHECKING:
    from regmodel.runs import Run

_NOT_RUN = Text("Not run yet", "尚未运行")


def explain_rows(run: Run | None, language: BookLanguage) -> list[CellRow]:
    """Every number behind a clause of the run in force with its equation, and what its equation takes in."""
    if run is None:
        return fitted([[word(_NOT_RUN, language)]], EXPLAINED, language)
    from regmodel.workbook.explained import explained_rows

    return explained_rows(run, language)
