"""The first page in a few plain lines, for a terminal: the same sentences that the report prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regmodel.report.conflict_sentences import next_conflicts
from regmodel.report.content import Card, Steps, plain
from regmodel.report.figures import Figures
from regmodel.report.front import front_page, reasons
from regmodel.report.repairs import way_out
from regmodel.report.steps import readings
from regmodel.vocabulary.texts import Language

if TYPE_CHECKING:
    from regmodel.runs import Run

CONFLICTS_SAID = 3


def spoken(run: Run, language: Language) -> list[str]:
    """The verdict and what it rests on, line by line; units and numbers are those of verdict.json."""
    lines: list[str] = []
    colon = "：" if language == "zh" else ": "
    figures = Figures(run)
    for block in front_page(figures, language).blocks:
        if isinstance(block, Card):
            lines.insert(0, f"{plain(block.title)}{colon}{block.word}")
            first, *others = block.sentences
            further = next_conflicts(figures, language, CONFLICTS_SAID)
            said = [first, *others[:1], *further, way_out(figures, language), *others[1:]]
            lines[1:1] = [plain(line) for line in said if line]
        elif isinstance(block, Steps):
            lines += [f"{step.title}{colon}{step.word}" for step in block.items]
    return lines + [plain(line) for line in (*reasons(figures, language), *readings(figures, language))]
