"""Where and when, inside a sentence: the name of a region or of several, years as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from regmodel.report.content import Line, Span
from regmodel.report.figures import Figures
from regmodel.vocabulary.texts import Language


def place_name(figures: Figures, expression: object, language: Language) -> str:
    """The name of a region, a set or several joined by a plus; what is unknown is shown as it is."""
    regions = figures.run.scenario.book.regions
    name = str(expression or "")
    if not name or not all(regions.is_known(part.strip()) for part in name.split("+")):
        return name
    return regions.name(name).read(language)


def years_line(figures: Figures, years: Iterable[int], language: Language) -> Line:
    """Years as people write them: 2025–2030, 2033."""
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    dash, comma = ("—", "、") if language == "zh" else ("–", ", ")
    line: list[Span] = []
    for first, last in spans:
        line += [comma] if line else []
        line.append(figures.year(first))
        line += [dash, figures.year(last)] if last > first else []
    return tuple(line)
