"""Three questions answered from start to report: the numbers of each page are what the program says today."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLES = {
    "six-per-cent.md": "six_per_cent.toml",
    "eight-million.md": "eight_million.toml",
    "dry-decade.md": "dry_decade.toml",
}
END_ROW = re.compile(r"^\| (easy end|values as recorded|hard end) \| (\w+) \|$", flags=re.MULTILINE)


def read(root: Path, page: str) -> str:
    return (root / "docs" / "examples" / page).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", EXAMPLES)
def test_an_example_shows_what_happens(root: Path, walking: ModuleType, start: Any, tmp_path: Path, page: str) -> None:
    """Its commands are carried out beside its scenario file; outputs agree, numbers and all."""
    for scenario in EXAMPLES.values():
        shutil.copy(root / "docs" / "examples" / scenario, tmp_path)
    text = read(root, page)
    told, wrong = walking.walk(text, start)
    assert wrong == []
    assert told == text


@pytest.mark.slow
@pytest.mark.parametrize("page", EXAMPLES)
def test_what_an_example_rests_on(root: Path, page: str) -> None:
    """Verdicts as recorded and at both ends of what is assumed are those of the page, each certified."""
    from regmodel.commands.inputs import scenario_of
    from regmodel.feasibility.assumed_ends import at_end
    from regmodel.feasibility.engine import engine_for
    from regmodel.feasibility.numbers import prepare
    from regmodel.feasibility.questions import Questions

    scenario = scenario_of(str(root / "docs" / "examples" / EXAMPLES[page]))
    case = prepare(scenario)
    engine = engine_for(case)
    engine.fill(case)
    central = engine.decide(preferred=True).verdict
    asked = Questions(case, engine, 8)
    found = {
        "easy end": asked.of(at_end(scenario, "easy")).verdict,
        "values as recorded": central,
        "hard end": asked.of(at_end(scenario, "hard")).verdict,
    }
    assert dict(END_ROW.findall(read(root, page))) == found


@pytest.mark.parametrize("page", EXAMPLES)
def test_numbers_of_the_prose_are_shown(root: Path, walking: ModuleType, page: str) -> None:
    """A number in a sentence stands in an output, a command or the scenario file, in the records, or rounds one."""
    from regmodel.params import read_book

    text = read(root, page)
    book = read_book()
    printed = " ".join(
        f"{record.printed} {record.low or ''} {record.high or ''}" for record in book.records.values()
    ) + " ".join(figure.printed for figure in book.figures)
    known = walking.loose_numbers(f"{text}\n```text\n{printed}\n```\n")
    assert [number for number in known if number not in SUMS[page]] == []


# What the sentences add up themselves, and clauses of the register; each with its sum.
SUMS = {
    "six-per-cent.md": {"5.25": 42 / 8, "0.78": 0.783304},
    "eight-million.md": {"774.85": 774.85, "784": 800 * 0.98, "816": 800 * 1.02},
    "dry-decade.md": {"49.81": 58.6 * 0.85},
}


@pytest.mark.parametrize("page", SUMS)
def test_sums_of_the_sentences_are_right(page: str) -> None:
    """What a sentence works out itself is worked out here again."""
    for shown, worked_out in SUMS[page].items():
        assert round(worked_out, len(shown.partition(".")[2])) == float(shown)


def test_each_question_is_one_command(root: Path) -> None:
    """The index names the command of each page; it runs a file that is there and ends with a report."""
    index = read(root, "index.md")
    for page, scenario in EXAMPLES.items():
        command = f"regmodel run docs/examples/{scenario} --report html,docx"
        assert f"```\n{command}\n```" in read(root, page)
        assert f"({page})" in index
        assert f"`{command}`" in index
        assert (root / "docs" / "examples" / scenario).is_file()


def test_the_shipped_workbook_holds_the_dry_years_beside_its_own(root: Path) -> None:
    """What the index says of the workbook: one command runs them all."""
    from regmodel.workbook.read import read_with_counts

    others = read_with_counts(root / "workbooks" / "plan.xlsx").others
    assert "plan_dry_years" in [one.name for one in others]
