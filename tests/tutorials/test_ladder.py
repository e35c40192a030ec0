"""The five tutorials are carried out from the first command to the last; what a page shows is what comes out."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

LADDER = (
    "1-open-the-workbook.md",
    "2-a-better-number.md",
    "3-the-infeasible-plan.md",
    "4-your-own-scenario.md",
    "5-a-batch-on-two-workers.md",
)


@pytest.mark.slow
@pytest.mark.parametrize("page", LADDER)
def test_a_tutorial_shows_what_happens(root, walking, start, page):
    """Commands, cells, blocks of Python: each output of the page agrees with the real one, numbers and all."""
    text = (root / "docs" / "tutorials" / page).read_text(encoding="utf-8")
    told, wrong = walking.walk(text, start)
    assert wrong == []
    assert told == text


def test_the_ladder_is_whole(root):
    """Five pages, each listed, each leading to the next; one is the infeasible plan, the last is a batch."""
    folder = root / "docs" / "tutorials"
    assert sorted(path.name for path in folder.glob("*.md")) == [*LADDER, "index.md"]
    listed = re.findall(r"\]\((\d-[\w-]+\.md)\)", (folder / "index.md").read_text(encoding="utf-8"))
    assert tuple(listed) == LADDER
    for page, following in pairwise(LADDER):
        assert f"({following})" in (folder / page).read_text(encoding="utf-8")
    assert "regmodel run infeasible" in (folder / LADDER[2]).read_text(encoding="utf-8")
    assert re.search(r"\$ regmodel batch .* --workers 2", (folder / LADDER[-1]).read_text(encoding="utf-8"))


def test_every_tutorial_asserts_numbers(root, walking):
    """A page whose outputs hold no number would show nothing that can fail."""
    for page in LADDER:
        text = (root / "docs" / "tutorials" / page).read_text(encoding="utf-8")
        shown = "".join(step[0] for step in walking.STEP.finditer(text))
        assert len(set(re.findall(r"\d+\.\d+", shown))) >= 3, page


@pytest.mark.parametrize("page", [*(f"tutorials/{name}" for name in LADDER)])
def test_numbers_of_the_prose_are_shown(root: Path, walking, page):
    """A number in a sentence stands in a command, a file or an output of the same page, or rounds one that does."""
    text = (root / "docs" / page).read_text(encoding="utf-8")
    assert walking.loose_numbers(text) == []
