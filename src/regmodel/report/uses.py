"""What is not modelled and why: the register's own ledger of what each clause is used for."""

from __future__ import annotations

from regmodel.report.content import Section
from regmodel.report.figures import Figures
from regmodel.vocabulary.texts import Language


def uses_section(figures: Figures, language: Language) -> Section | None:
    """Written when the ledger of uses exists."""
    return None
