"""What is known of an MPS file while it is being read, and the words for what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from regmodel.diagnosis.linear_model import Draft
from regmodel.vocabulary.texts import Text, same


@dataclass
class Reading:
    """The model so far, and what stood where."""

    draft: Draft
    fixed: bool
    objectives: set[str] = field(default_factory=set)
    senses: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    current: str = ""
    filled: set[tuple[int, int]] = field(default_factory=set)
    sides: dict[int, float] = field(default_factory=dict)
    ranges: dict[int, float] = field(default_factory=dict)
    bounded: set[tuple[str, int]] = field(default_factory=set)
    upper_line: dict[int, int] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)


def unreadable(reading: Reading, fields: list[str], line: int, en: str, zh: str) -> None:
    """Note a line that cannot be read, with what it should have been."""
    reading.draft.problems.add(
        "D-03",
        reading.draft.where(line),
        same(f'"{" ".join(fields)}"'),
        Text(en, zh),
        Text("mend this line", "请改正该行"),
    )


def twice(reading: Reading, en: str, zh: str, line: int) -> None:
    """Note what the file says a second time."""
    reading.draft.problems.add(
        "D-05",
        reading.draft.where(line),
        Text(f"{en} a second time", f"{zh}第二次出现"),
        Text("each once: programs differ in what they make of a second", "各一次；第二次出现时各程序理解不同"),
        Text("delete one of the two, or name it otherwise", "请删除其一，或改名"),
    )
