"""The pages that people read: links lead somewhere, commands exist, generated pages are fresh."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", flags=re.MULTILINE | re.DOTALL)
MAKE_COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)\b")
TASK_COMMAND = re.compile(r"\btasks\.py ([a-z]+)\b")
VERB = re.compile(r"`regmodel ([a-z-]+)")


def _pages(root: Path) -> list[Path]:
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "tests").rglob("*.md")])


def _anchor(heading: str) -> str:
    kept = [
        letter
        for letter in heading.strip().casefold().replace("`", "")
        if letter in "-_ " or unicodedata.category(letter)[0] in "LN"
    ]
    return "".join(kept).replace(" ", "-")


def _anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {_anchor(line.lstrip("#")) for line in text.splitlines() if line.startswith("#")}


def test_every_link_leads_somewhere(root: Path) -> None:
    """Relative links name a file that exists, and a heading that it has."""
    broken = []
    for page in _pages(root):
        for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, heading = target.partition("#")
            aim = (page.parent / name).resolve() if name else page
            if not aim.exists() or (heading and aim.suffix == ".md" and heading not in _anchors(aim)):
                broken.append(f"{page.relative_to(root)}: {target}")
    assert broken == []


def test_every_make_command_on_the_pages_exists(root: Path) -> None:
    """What a page tells the reader to type is in the Makefile and in tasks.py."""
    phony = re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert phony is not None
    known = set(phony[1].split())
    unknown = []
    for page in _pages(root):
        text = page.read_text(encoding="utf-8")
        for code in [*FENCE.findall(text), *re.findall(r"`[^`\n]+`", FENCE.sub("", text))]:
            for command in [*MAKE_COMMAND.findall(code), *TASK_COMMAND.findall(code)]:
                if command not in known:
                    unknown.append(f"{page.relative_to(root)}: {command}")
    assert unknown == []


def test_the_makefile_and_the_tasks_agree(root: Path) -> None:
    """make and tasks.py know the same tasks, so that Windows without make misses nothing."""
    tasks = subprocess.run([sys.executable, "tasks.py"], cwd=root, capture_output=True, text=True, check=False).stderr
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^([a-z ]+):$", makefile, flags=re.MULTILINE)
    assert targets is not None
    assert set(re.findall(r"[a-z]+", tasks.partition(":")[2])) == set(targets[1].split())


def test_every_verb_in_the_readme_exists(root: Path) -> None:
    """The README promises no command that the program does not have."""
    shown = set(VERB.findall((root / "README.md").read_text(encoding="utf-8")))
    done = subprocess.run(
        [sys.executable, "-m", "regmodel.cli", "--help"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sorted(verb for verb in shown if not re.search(rf"\b{verb}\b", done.stdout)) == []


@pytest.mark.parametrize(
    "page", ["README.md", "docs/for-planners.md", "docs/for-economists.md", "docs/for-developers.md"]
)
def test_a_page_is_short_enough_to_be_read(root: Path, page: str) -> None:
    """A page of more than 200 lines is two pages."""
    assert len((root / page).read_text(encoding="utf-8").splitlines()) <= 200


def test_the_contributing_page_has_ten_lines(root: Path) -> None:
    """Ten rules can be kept in mind; an eleventh needs one of them to go."""
    rules = re.findall(r"^(\d+)\. ", (root / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert rules == [str(number) for number in range(1, 11)]


def test_the_generated_pages_are_fresh(root: Path) -> None:
    """Equations, parameters, clauses and glossary in docs/ say what the code and the records say."""
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
