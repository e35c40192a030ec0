"""The rows of the Explain sheet: numbers behind clauses, with equations, the numbers put in, inputs and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regmodel.runs.explained_clauses import Told, told_of
from regmodel.runs.explained_names import SUPPLIES
from regmodel.runs.explained_sources import Source
from regmodel.runs.explaining import VARIABLES, Explanation, Input, Part
from regmodel.vocabulary.explained_words import BASE, CHANGED, DECIDED, GO_ON, KINDS, PATHS, ROUNDING, told_number
from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import EXPLAINED
from regmodel.workbook.contents import unit_text
from regmodel.workbook.layout import BookLanguage, sentence, word
from regmodel.workbook.rows import Cell, CellRow
from regmodel.workbook.unexplained import unexplained_rows
from regmodel.workbook.values import fitted

if TYPE_CHECKING:
    from regmodel.runs import Run

_MOST = 150
_HEAD = Text("{title}, {place}, {year} ({path})", "{place}{year}年{title}（{path}）")
_NUMBERS = Text("with the numbers put in", "代入数值")
_SUM = Text("the sum of the lines below", "下列各项之和")
_EQUATION_FROM = Text("source", "来源")
_ABOVE = Text("made of records listed above", "由上列记录得出")
_DOCUMENT = Text("{document}, {where} [{confidence}]{changed}", "{document}，{where} [{confidence}]{changed}")
_INDENT = "\N{NO-BREAK SPACE}" * 3


def explained_rows(run: Run, language: BookLanguage) -> list[CellRow]:
    """Every number behind a clause of the run in force with its equation, and what that takes in; the rest with why."""
    told = told_of(run, _MOST)
    asked = _asked(run, told)
    plain = _Sheet(language, frozenset(), asked)
    others = unexplained_rows(run, {clause for one in told for clause in one.clauses}, language)
    room, taken = EXPLAINED.rows - len(others), list[Told]()
    for one in told:
        size = len(plain.entry(one))
        if one.clauses or size <= room:
            taken.append(one)
            room -= size
    sheet = _Sheet(language, frozenset(_id(one.explanation) for one in taken), asked)
    return fitted([*(row for one in taken for row in sheet.entry(one)), *others], EXPLAINED, language)


def number_id(variable: str, region: str, year: int) -> str:
    """How a number of the trajectory is named on the sheet."""
    return f"{variable}/{region}/{year}"


def _id(one: Explanation) -> str:
    return number_id(one.variable, one.region, one.year)


def _asked(run: Run, told: tuple[Told, ...]) -> str:
    """What a question about a number that is not on the sheet needs, to be about the same run."""
    folder = getattr(run, "folder", None)
    path = told[0].explanation.path if told else "projection"
    return f" --run …/{'RUN' if folder is None else folder.name}{'' if path == 'projection' else f' --path {path}'}"


@dataclass(frozen=True)
class _Sheet:
    """Writes entries in a language; ``known`` are the numbers on the sheet, ``asked`` is for those that are not."""

    language: BookLanguage
    known: frozenset[str]
    asked: str

    def entry(self, told: Told) -> list[CellRow]:
        """One number: its head, the equation with the numbers put in, its inputs or its parts, its sources."""
        one, language = told.explanation, self.language
        head = _filled(_HEAD, title=one.title, place=one.region_name, year=one.year, path=PATHS[one.path])
        clauses = f" {', '.join(told.clauses)}," if told.clauses else None
        first: CellRow = [word(head, language), _number(one.value), _unit(one.unit, language), _how(one, language)]
        rows: list[CellRow] = [[*first, clauses, None, _id(one), None]]
        if one.equation is not None and one.result is not None:
            said = f"{told_number(one.result)} = {one.with_numbers}"
            colon = "：" if language == "zh" else ": "
            said += f"\n{word(_EQUATION_FROM, language)}{colon}{word(one.equation.said_source, language)}"
            unit = _unit(one.equation.unit, language)
            rows.append([_INDENT + word(_NUMBERS, language), _number(one.result), unit, said])
        listed: set[str] = set()
        for each in one.inputs:
            rows += self._input(one, each, listed)
        rows += [self._part(one, part) for part in _of_weight(one.parts)]
        return rows + [_source(source, language) for source in one.sources]

    def _input(self, one: Explanation, each: Input, listed: set[str]) -> list[CellRow]:
        """An input with its records, but for those that are ``listed`` under an earlier one."""
        onward, how = None, word(KINDS[each.kind], self.language) if each.kind in KINDS else None
        if each.variable is not None and each.year is not None:
            onward, how = self._onward(each.variable, one.region, each.year)
        label = f"{_INDENT}{each.name}: {word(each.title, self.language)}"
        fresh = [source for source in each.sources if source.key not in listed]
        listed.update(source.key for source in fresh)
        if each.sources and not fresh:
            how = word(_ABOVE, self.language)
        row: CellRow = [label, _number(each.value), _unit(each.unit, self.language), how, None, onward]
        return [row, *(_source(source, self.language) for source in fresh)]

    def _part(self, one: Explanation, part: Part) -> CellRow:
        """A summand: another variable of the region, or the same variable of a region of the set."""
        onward, how = None, None
        if part.name in VARIABLES:
            onward, how = self._onward(part.name, one.region, one.year)
        elif one.variable not in SUPPLIES:
            onward, how = self._onward(one.variable, part.name, one.year)
        label = f"{_INDENT}{word(part.title, self.language)}"
        return [label, _number(part.value), _unit(one.unit, self.language), how, None, onward]

    def _onward(self, variable: str, region: str, year: int) -> tuple[str | None, str | None]:
        """Where a number is told further: by its row on this sheet, or by what to type."""
        known = number_id(variable, region, year)
        if known in self.known:
            return known, None
        return None, GO_ON.fill(variable=variable, region=region, year=year, asked=self.asked).en


def _how(one: Explanation, language: BookLanguage) -> str | None:
    if one.equation is not None:
        return f"{one.equation.name.partition('.')[2]} = {one.equation.formula}"
    for said, holds in ((_SUM, bool(one.parts)), (DECIDED, one.decided), (BASE, one.base)):
        if holds:
            return sentence(said, language)
    return None


def _source(source: Source, language: BookLanguage) -> CellRow:
    changed: Text | str = "" if source.changed_because is None else CHANGED.fill(why=source.changed_because)
    said = _filled(
        _DOCUMENT, document=source.document, where=source.where, confidence=source.confidence, changed=changed
    )
    label = f"{_INDENT}{_INDENT}{word(source.title, language)}"
    return [label, source.printed, _unit(source.unit, language), sentence(said, language), None, None, None, source.key]


def _filled(text: Text, **values: object) -> Text:
    """A text with its places filled, each language with its own."""
    english, chinese = (
        {name: value.read(tongue) if isinstance(value, Text) else value for name, value in values.items()}
        for tongue in ("en", "zh")
    )
    return Text(text.en.format(**english), text.zh.format(**chinese))


def _unit(unit: str, language: BookLanguage) -> str:
    return word(unit_text(unit), language)


def _of_weight(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts of a sum that are more than nothing and the rounding of a difference; all of them where none is."""
    return tuple(part for part in parts if abs(part.value) >= ROUNDING) or parts


def _number(value: float) -> Cell:
    return float(told_number(value))
