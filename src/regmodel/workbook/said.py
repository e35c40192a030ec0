"""What a person says beside a figure: the source, the place in it, what kind of document it is, and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regmodel.params import ParameterBook
from regmodel.params.source_kinds import NONE, UNSAID
from regmodel.scenario import Override
from regmodel.vocabulary.problems import Problems, did_you_mean
from regmodel.vocabulary.texts import Text
from regmodel.workbook.columns import SAID
from regmodel.workbook.grid import Grid
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import Cell, Entry
from regmodel.workbook.typed import Place, judge, shown

_FREE = Entry("text", may_be_blank=True)


@dataclass(frozen=True)
class Said:
    """Source, place in it, kind of source and reason; None where nothing is said. ``kind`` is an id of the rule."""

    source: str | None = None
    where: str | None = None
    kind: str | None = None
    reason: str | None = None

    def __bool__(self) -> bool:
        return any((self.source, self.where, self.kind, self.reason))

    def cells(self, book: ParameterBook, language: BookLanguage) -> dict[str, Cell]:
        """As it stands in a row, by column code."""
        kind = None if self.kind is None else kind_word(book, self.kind, language)
        return dict(zip(SAID, (self.source, self.where, kind, self.reason), strict=True))


def said_of(override: Override) -> Said:
    """What is said beside an override."""
    return Said(override.source or None, override.where or None, override.kind or None, override.reason or None)


def kind_word(book: ParameterBook, kind: str, language: BookLanguage) -> str:
    """A kind of source as the list in the cell offers it."""
    return word(book.source_kinds[kind].title, language)


def kind_words(book: ParameterBook, language: BookLanguage) -> list[str]:
    """Every kind of source, in the order of the rule."""
    return [kind_word(book, kind, language) for kind in book.source_kinds]


def read_said(grid: Grid, line: int, book: ParameterBook, problems: Problems, *, calculated: bool) -> Said:
    """What the cells of a row say; a kind that is none, and words about a source that is not named, are noted."""
    words: dict[str, str | None] = {}
    for code in SAID:
        place = Place(grid.where(line, code), grid.table.column(code).title)
        judged = judge(grid.at(line, code), _FREE, None, place, problems, explained=False, calculated=calculated).value
        words[code] = None if judged is None else (shown(judged).strip() or None)
    kind = words["own_kind"]
    if kind is not None:
        words["own_kind"] = _kind(kind, grid, line, book, problems)
    said = Said(*(words[code] for code in SAID))
    if kind is not None and said.kind is None:
        return said
    _check_source(said, grid, line, book, problems)
    return said


def kind_called(words: str, book: ParameterBook) -> str | None:
    """The id of a kind of source by its id or its name in either language or both; None where none is called so."""
    for kind in book.source_kinds.values():
        if words in {kind.id, kind.title.en, kind.title.zh, word(kind.title, "both")}:
            return kind.id
    return None


def _kind(words: str, grid: Grid, line: int, book: ParameterBook, problems: Problems) -> str | None:
    known = kind_called(words, book)
    if known is not None:
        return known
    english, chinese = ([kind.title.read(tongue) for kind in book.source_kinds.values()] for tongue in ("en", "zh"))
    near = did_you_mean(words, english if words.isascii() else chinese)
    problems.add(
        "W-39",
        grid.where(line, "own_kind"),
        f'"{words}"',
        Text(f"one of {', '.join(english)}", f"下列之一：{'、'.join(chinese)}"),
        near,
        grid.table.column("own_kind").title,
    )
    return None


def _check_source(said: Said, grid: Grid, line: int, book: ParameterBook, problems: Problems) -> None:
    kinds: Mapping[str, object] = book.source_kinds
    if said.source is None and (said.where or (said.kind and said.kind != NONE)):
        code = "own_where" if said.where else "own_kind"
        problems.add(
            "W-49",
            grid.where(line, code),
            f'"{said.where or kind_word(book, str(said.kind), "en")}"',
            Text("the source that this is said of", "所指的来源"),
            Text("name the source in this row, or clear this cell.", "请在本行填写来源，或清空此单元格。"),
            grid.table.column(code).title,
        )
    elif said.source is not None and said.kind is None and said.source not in book.sources and UNSAID in kinds:
        letter = book.source_kinds[UNSAID].confidence
        problems.add(
            "W-48",
            grid.where(line, "own_kind"),
            Text("a source whose kind is not said", "来源未注明类别"),
            Text("a kind of source, from which the confidence follows", "来源类别，可信度由此而定"),
            Text(
                f"choose it from the list in the cell; until then the figure counts as {letter}.",
                f"请从单元格列表中选择；在此之前该数按 {letter} 级处理。",
            ),
            grid.table.column("own_kind").title,
            severity="warning",
        )
