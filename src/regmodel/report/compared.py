"""The only way for a number into a report on several runs: it is read from the comparison by its key.

Keys are paths into what ``regmodel compare --json`` prints, such as ``clauses/3/margins/1``,
``outcomes/attainability/0`` and ``attributions/0/parts/2/part``; counts are ``count/<what is counted>``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regmodel.plans.clause_title import clause_title
from regmodel.report.comparison import PARTS, assumption_label
from regmodel.report.content import NO_BREAK, Line, Number, Words
from regmodel.report.figures import NotInTheRun, show
from regmodel.report.labels import variable_label
from regmodel.report.units import scale_of
from regmodel.runs.comparing import as_json
from regmodel.scenario.keys import CLAUSE_PARTS, split
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.plans import Clause
    from regmodel.runs.comparing import Comparison

_RUN = Text(f"Run{NO_BREAK}{{letter}}", f"运行{NO_BREAK}{{letter}}")


class Compared:
    """Reads numbers and names of one comparison in one language."""

    def __init__(self, found: Comparison, language: Language) -> None:
        self.found, self.language = found, language
        self.letters = tuple(chr(ord("A") + number) for number in range(len(found.runs)))
        self._told = as_json(found)

    @property
    def runs(self) -> range:
        """Positions of the runs."""
        return range(len(self.found.runs))

    def run(self, number: int) -> str:
        """What readers call a run: ``Run B``."""
        return _RUN.fill(letter=self.letters[number]).read(self.language)

    def title(self, number: int) -> str:
        """The scenario of a run as readers know it."""
        return self.found.runs[number].scenario.title.read(self.language)

    def place(self, region: str) -> str:
        """What readers call a region or a set."""
        return self.found.runs[0].scenario.book.regions.name(region).read(self.language)

    def raw(self, key: str) -> Any:
        """What the comparison holds under a key; raises NotInTheRun for an unknown one."""
        thing: Any = self._told
        for step in key.split("/"):
            try:
                thing = thing[int(step)] if isinstance(thing, list) else thing[step]
            except (KeyError, IndexError, ValueError, TypeError) as problem:
                raise NotInTheRun(key) from problem
        return thing

    def has(self, key: str) -> bool:
        """Whether there is a number under this key."""
        try:
            found = self.raw(key)
        except NotInTheRun:
            return False
        return isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found)

    def number(
        self,
        key: str,
        *,
        unit: str = "",
        decimals: int | None = None,
        signed: bool = False,
        anchor: str | None = None,
        explain: str | None = None,
    ) -> Number:
        """The number under a key as shown; ``anchor`` is the row that says where it comes from."""
        if not self.has(key):
            raise NotInTheRun(key)
        value, scale = float(self.raw(key)), scale_of(unit)
        return Number(key, value, show(value * scale, decimals, signed=signed), scale, anchor, explain)

    def cell(self, key: str, **how: Any) -> Line:
        """A number in a cell of a table, or a dash where the comparison has none."""
        return (self.number(key, **how),) if self.has(key) else ("–",)

    def count(self, what: str, things: Sequence[Any]) -> Number:
        """How many things there are; ``what`` names them in the key."""
        return Number(f"count/{what}", float(len(things)), str(len(things)))

    def year(self, year: int) -> Number:
        """A year of the comparison, printed without separators."""
        return Number(f"year/{year}", float(year), str(year))

    @cached_property
    def _clauses(self) -> Mapping[str, Clause]:
        return {active.clause.id: active.clause for one in self.found.runs for active in one.scenario.clauses}

    def clause(self, name: str) -> Clause | None:
        """A clause by its id, of whichever run has it."""
        return self._clauses.get(name)

    def clause_words(self, name: str) -> str:
        """A clause by what it is about, where and when."""
        clause = self.clause(name)
        if clause is None:
            return name
        return clause_title(clause, self.found.runs[0].scenario.book.regions).read(self.language)

    def clause_line(self, name: str) -> Line:
        """A clause in a sentence, leading to its row, its year as a number of its own."""
        clause = self.clause(name)
        if clause is None:
            return (Words(name, "code"),)
        about, place = variable_label(clause.variable, self.language), self.place(clause.region)
        words = f"{place}{about}" if self.language == "zh" else f"{about}, {place}"
        named = Words(words, "", f"clause-{name}")
        if clause.year_to is None:
            return (named,)
        year = self.year(clause.year_to)
        return (year, "年", named) if self.language == "zh" else (named, " ", year)

    def assumption_words(self, key: str) -> str:
        """An assumption by its name; a clause by what it is about and not by its id."""
        parts = split(key, CLAUSE_PARTS) if key.startswith("clause.") else None
        if parts is None or self.clause(parts[0]) is None:
            return assumption_label(self.found.runs[0].scenario, key, self.language)
        what = PARTS[parts[1]].read(self.language)
        return f"{self.clause_words(parts[0])}{'：' if self.language == 'zh' else ': '}{what}"

    def assumption_line(self, key: str) -> Line:
        """An assumption in a sentence, leading to its row."""
        return (Words(self.assumption_words(key), "", assumption_anchor(key)),)


def assumption_anchor(key: str) -> str:
    """The row of an assumption that differs."""
    return f"assumption-{key}"
