"""What waits for the changelog: known kinds, and whoever moved a result says which, when and by how much."""

from __future__ import annotations

import re
from pathlib import Path

KINDS = ("result", "data", "feature", "fix", "house")
SAYS_EFFECT = re.compile(r"\bmoved?\b|\bas before\b|\bunchanged\b", flags=re.IGNORECASE)
YEAR = re.compile(r"\b20[1-3]\d\b")


def _fragments(root: Path) -> list[Path]:
    return sorted(path for path in (root / "changelog.d").glob("*") if path.name != "README.md")


def test_every_fragment_has_a_kind(root: Path) -> None:
    """The name of a fragment says what it is, so that a release can sort it."""
    wrong = [path.name for path in _fragments(root) if not re.fullmatch(rf"[\w-]+\.({'|'.join(KINDS)})\.md", path.name)]
    assert wrong == []


def test_whoever_moves_a_number_says_what_moved(root: Path) -> None:
    """A fragment on results or records names the years and says what moved, or that nothing did."""
    silent = []
    for path in _fragments(root):
        words = path.read_text(encoding="utf-8")
        if path.name.split(".")[-2] in ("result", "data") and not (SAYS_EFFECT.search(words) and YEAR.search(words)):
            silent.append(path.name)
    assert silent == []


def test_the_changelog_says_what_silence_means(root: Path) -> None:
    """A reader of the answers has to know that an entry without a word on results moved none."""
    assert "moved no result" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
