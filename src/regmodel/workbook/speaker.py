"""Reads one run and says it in the language of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from regmodel.params import ParameterBook
from regmodel.report.content import Line, plain
from regmodel.report.figures import Figures
from regmodel.report.units import scale_of, unit_label
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.contents import clause_title
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import Cell

if TYPE_CHECKING:
    from regmodel.runs import Run


class Speaker:
    """Reads one run and says it in the language of the workbook."""

    def __init__(self, run: Run, language: BookLanguage) -> None:
        self.run = run
        self.language = language
        self.figures = Figures(run)
        self.verdict: Mapping[str, Any] = run.verdict
        self.book: ParameterBook = run.scenario.book

    def both(self, speak: Callable[[Language], str]) -> Text:
        """What is said in English and in Chinese; a place without words keeps a dash."""
        return Text(speak("en") or "-", speak("zh") or "-")

    def short(self, speak: Callable[[Language], str]) -> str:
        """A label in the language of the workbook."""
        return word(self.both(speak), self.language)

    def lines(self, speak: Callable[[Language], Line]) -> str:
        """A sentence in the language of the workbook."""
        return sentence(self.both(lambda language: plain(speak(language))), self.language)

    def unit(self, unit: object) -> str | None:
        """A unit as planners print it."""
        name = str(unit or "")
        return self.short(lambda language: unit_label(name, language)) if name else None

    def number(self, value: object, unit: object = "") -> Cell:
        """A number in the unit that planners print; None for what is none."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) * scale_of(str(unit or ""))

    def clause(self, clause: str) -> str:
        """A clause by what it is about."""
        active = self.figures.clauses.get(clause)
        return clause if active is None else sentence(clause_title(active.clause, self.book), self.language)

    def region(self, region: object) -> str:
        """A region or a set by its name."""
        name = str(region or "")
        if not name or not all(self.book.regions.is_known(part.strip()) for part in name.split("+")):
            return name
        return word(self.book.regions.name(name), self.language)


def marked(label: Callable[[str, Language], str], name: str, language: BookLanguage) -> str:
    """A word with its mark; where both languages stand side by side the mark stands once."""
    if language != "both":
        return label(name, language)
    return f"{label(name, 'en')} {label(name, 'zh').partition(' ')[2] or label(name, 'zh')}"
