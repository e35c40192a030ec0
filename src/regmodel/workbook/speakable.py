"""Whether a workbook can hold what a scenario says, sign for sign; what it cannot is refused and not changed."""

from __future__ import annotations

from collections.abc import Iterator

from regmodel.scenario import Scenario
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text
from regmodel.workbook.form import NAME
from regmodel.workbook.pen import safe_text


def check_words(scenario: Scenario) -> None:
    """Raise InputProblems for a name, title, reason or source that a cell would give back otherwise."""
    problems = Problems()
    if not NAME.fullmatch(scenario.name):
        problems.add(
            "W-62",
            scenario.name,
            f'"{scenario.name}"',
            Text(
                "a short name of letters, digits, _ and -, beginning with a letter",
                "以文字开头，由文字、数字、_ 和 - 组成的简称",
            ),
            Text("give the scenario such a name", "请改用这样的名称"),
        )
    for where, words in _all_words(scenario):
        if words != safe_text(words).strip() or "\r" in words:
            problems.add(
                "W-63",
                f"{scenario.name}   {where}",
                repr(words[:60]),
                Text(
                    "words that a cell can hold: no control signs, no blanks at either end, at most 32,767 signs",
                    "单元格可容纳的文字：无控制字符，首尾无空格，不超过 32767 个字符",
                ),
                Text("change these words in the scenario file", "请在情景文件中修改该文字"),
            )
    problems.raise_if_any()


def _all_words(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for name, text in (("title", scenario.title), ("description", scenario.description)):
        yield name, text.en
        yield name, text.zh
    for override in scenario.own:
        for words in (override.reason, override.source, override.where):
            if words:
                yield override.key, words
