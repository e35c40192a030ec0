"""A scenario's own overrides laid over the rows of its base, as an analyst would have typed them.

Each goes where an analyst would look for it, as long as reading the row gives exactly the same override back. What has
no cell, no more room, or other words than the rest of its row stands among the further settings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regmodel.params import ParameterBook
from regmodel.plans import Clause
from regmodel.scenario import Override, Scenario
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.cells import Found
from regmodel.workbook.columns import CAP_ROWS, REGIONAL_ROWS
from regmodel.workbook.contents import subject_of
from regmodel.workbook.cover import record_stem
from regmodel.workbook.filled import further_entry, regional_entry
from regmodel.workbook.fixed import changed_codes, set_value
from regmodel.workbook.form import form_rows
from regmodel.workbook.layout import BookLanguage, word
from regmodel.workbook.rows import Cell, Entry, Row, switch_word
from regmodel.workbook.said import Said, said_of
from regmodel.workbook.stamp import Draft
from regmodel.workbook.typed import Place, judge

MORE = "scenarios.more"
_NOWHERE = Place("", Text("-", "-"))


def typed_rows(
    scenario: Scenario, draft: Draft, base: Mapping[str, tuple[Row, ...]], language: BookLanguage
) -> dict[str, tuple[Row, ...]]:
    """The rows of a workbook that holds the scenario; ``base`` are those of its draft's base."""
    rows = {**base, "scenarios.form": form_rows(draft.form, language)}
    caps = cap_variables(active.clause for active in scenario.clauses)
    return Overlay(rows, draft.base.book, caps, language).filled(draft.own)


@dataclass(frozen=True)
class Overlay:
    """Lays overrides over the rows of a base; ``caps`` are the variables that the table of further caps offers."""

    rows: Mapping[str, tuple[Row, ...]]
    book: ParameterBook
    caps: frozenset[str]
    language: BookLanguage

    def filled(self, own: Iterable[Override]) -> dict[str, tuple[Row, ...]]:
        """Rows of every table with the overrides filled in."""
        filled = {table: list(kept) for table, kept in self.rows.items()}
        places = self._places()
        together: dict[tuple[str, int], list[tuple[str, Override]]] = defaultdict(list)
        for override in own:
            place = places.get(override.key)
            if place is not None:
                together[place[:2]].append((place[2], override))
            elif not self._row_to_fill(override, filled):
                filled[MORE].append(self._further(override))
        for (table, at), group in together.items():
            typed = self._typed_row(filled[table][at], group)
            if typed is not None:
                filled[table][at] = typed
            else:
                filled[MORE] += [self._further(override) for _, override in group]
        return {table: tuple(kept) for table, kept in filled.items()}

    def _places(self) -> dict[str, tuple[str, int, str]]:
        return {
            entry.override: (table, at, code)
            for table, kept in self.rows.items()
            for at, row in enumerate(kept)
            for code, entry in row.entries.items()
            if entry.override is not None
        }

    def _typed_row(self, row: Row, group: list[tuple[str, Override]]) -> Row | None:
        """The row with what is set in it; None where reading it would not give just that back."""
        said = {said_of(override) for _, override in group}
        if len(said) != 1:
            return None
        (words,) = said
        typed = row.with_cells({code: self._cell(override) for code, override in group})
        values: dict[str, Cell] = {}
        for code, entry in row.entries.items():
            if entry.override is not None:
                problems = Problems()
                values[code] = _judged(typed.cells.get(code), entry, row.cells.get(code), words, problems)
                if problems.errors:
                    return None
        read = {code: set_value(row, code, values) for code in changed_codes(row, values, words)}
        wanted = {code: override.value for code, override in group}
        if read != wanted:
            return None
        return typed.with_cells(words.cells(self.book, self.language))

    def _row_to_fill(self, override: Override, filled: dict[str, list[Row]]) -> bool:
        """Put an override into a table that is filled row by row; False where it does not go there."""
        root, _, rest = override.key.partition(".")
        stem, _, last = rest.rpartition(".")
        words = said_of(override)
        if root == "record" and last in self.book.regions.ids():
            table = f"{subject_of(stem)}.regional"
            entry, base = regional_entry(stem, last, self.book)
            if not self._takes(table, filled, REGIONAL_ROWS, override, entry, base):
                return False
            if stem not in {record_stem(key, self.book) for key in self.book.records}:
                return False
            cells: dict[str, Cell] = {"key": stem, "region": word(self.book.regions.name(last), self.language)}
        elif root == "cap" and rest.count(".") == 2:
            variable, region, year = rest.split(".")
            table = "targets.caps"
            if variable not in self.caps or region not in self.book.regions.ids():
                return False
            if not self._takes(table, filled, CAP_ROWS, override, Entry("number"), None):
                return False
            place = word(self.book.regions.name(region), self.language)
            cells = {"variable": variable, "region": place, "year": float(year)}
        else:
            return False
        filled[table].append(Row("", cells | {"value": override.value} | words.cells(self.book, self.language)))
        return True

    def _takes(
        self, table: str, filled: dict[str, list[Row]], room: int, override: Override, entry: Entry, base: Cell
    ) -> bool:
        """Whether a table has room for the override and would read it without a problem."""
        if len(filled.get(table, ())) >= room or table not in filled:
            return False
        problems = Problems()
        value = _judged(override.value, entry, base, said_of(override), problems)
        return not problems.errors and value == override.value

    def _further(self, override: Override) -> Row:
        cells: dict[str, Cell] = {"key": override.key, "value": self._cell(override)}
        entry = further_entry(override.key)
        return Row("", cells | said_of(override).cells(self.book, self.language), {"value": entry})

    def _cell(self, override: Override) -> Cell:
        if isinstance(override.value, bool):
            return word(switch_word(override.value), self.language)
        return override.value


def cap_variables(clauses: Iterable[Clause]) -> frozenset[str]:
    """The variables that have a cap by region and year."""
    return frozenset(clause.id.split(".")[1] for clause in clauses if clause.id.startswith("cap."))


def _judged(typed: Cell, entry: Entry, base: Cell, words: Said, problems: Problems) -> Cell:
    explained = words.reason is not None
    return judge(Found(typed), entry, base, _NOWHERE, problems, explained=explained, calculated=True).value
