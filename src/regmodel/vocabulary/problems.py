"""Problems of the input, told in six parts and all at once (docs/for-developers.md, section Messages)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from regmodel.vocabulary.texts import Language, Text, same

SHOWN_AT_MOST = 20
_LABELS = {
    "found": Text("found", "填写为"),
    "expected": Text("expected", "应为"),
    "to_do": Text("to do", "请处理"),
}
_MORE = Text("… and {count} more; mend these first.", "……另有 {count} 处；请先处理以上各处。")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in what the user gave, in the user's words.

    ``where`` names sheet and cell or file and record; ``code`` is stable and documented.
    """

    code: str
    where: str
    found: Text
    expected: Text
    to_do: Text
    what: Text | None = None
    severity: Literal["error", "warning"] = "error"

    def render(self, language: Language = "en") -> str:
        """The problem as a block of lines for a terminal or a log."""
        title = self.where if self.what is None else f"{self.where}   {self.what.read(language)}"
        lines = [f"{title}  [{self.code}]"]
        for name, words in (("found", self.found), ("expected", self.expected), ("to_do", self.to_do)):
            lines.append(f"  {_LABELS[name].read(language):<10} {words.read(language)}")
        return "\n".join(lines)


@dataclass
class Problems:
    """A list that is filled while reading and raised once, so that one round trip mends all."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        where: str,
        found: Text | str,
        expected: Text,
        to_do: Text,
        what: Text | None = None,
        severity: Literal["error", "warning"] = "error",
    ) -> None:
        """Note one problem and go on reading."""
        words = same(found) if isinstance(found, str) else found
        self.found.append(Problem(code, where, words, expected, to_do, what, severity))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def errors(self) -> list[Problem]:
        """Those that stop a run."""
        return [problem for problem in self.found if problem.severity == "error"]

    def raise_if_any(self) -> None:
        """Raise InputProblems when at least one error was noted."""
        if self.errors:
            raise InputProblems(self.found)

    def render(self, language: Language = "en") -> str:
        """All problems, errors first, at most twenty of them."""
        ordered = sorted(self.found, key=lambda problem: problem.severity != "error")
        blocks = [problem.render(language) for problem in ordered[:SHOWN_AT_MOST]]
        if len(ordered) > SHOWN_AT_MOST:
            blocks.append(_MORE.fill(count=len(ordered) - SHOWN_AT_MOST).read(language))
        return "\n\n".join(blocks)


class InputProblems(Exception):
    """What the user gave cannot be used; carries every problem found. Exit status 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = Problems(list(problems))
        super().__init__(self.problems.render("en"))


class RegmodelBug(Exception):
    """The model contradicts itself: never the user's fault. Exit status 4."""


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The valid name that is closest to what was typed, or None where nothing is near."""
    options = list(choices)
    by_folded = {option.casefold(): option for option in options}
    found = difflib.get_close_matches(name.casefold(), list(by_folded), n=1, cutoff=0.55)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, choices: Iterable[str]) -> Text:
    """The remedy for an unknown name: the nearest valid one where there is one."""
    options = sorted(choices)
    near = nearest(name, options)
    if near is not None:
        return Text(f'did you mean "{near}"?', f"是否应为“{near}”？")
    shown = ", ".join(options[:12]) + (" …" if len(options) > 12 else "")
    return Text(f"use one of: {shown}", f"请用下列之一：{shown}")
