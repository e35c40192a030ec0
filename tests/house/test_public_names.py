"""The public surface is one sorted list; everything that is not on it may change freely."""

from __future__ import annotations

from pathlib import Path

import regmodel


def test_the_public_names_are_the_listed_ones(root: Path) -> None:
    """A name is published or withdrawn on purpose: here, and with a news fragment."""
    listed = (root / "tests" / "house" / "public_names.txt").read_text(encoding="utf-8").split()
    assert list(regmodel.__all__) == listed


def test_the_public_names_are_sorted() -> None:
    """Names in one order have one place each."""
    assert sorted(regmodel.__all__) == list(regmodel.__all__)


def test_every_public_name_exists_and_says_what_it_is() -> None:
    """Each can be reached, and `help` has something to show."""
    silent = [name for name in regmodel.__all__ if name != "__version__" and not getattr(regmodel, name).__doc__]
    assert silent == []
