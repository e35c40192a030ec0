"""The page beside other tools: nothing is said of another tool without a source that is listed."""

from __future__ import annotations

import re
from pathlib import Path

MARK = re.compile(r"\\\[(\d+)\\\]")


def _tables(root: Path) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    text = (root / "docs" / "other-tools.md").read_text(encoding="utf-8")
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    tables = []
    for part in parts:
        rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
        tables.append([[cell.strip() for cell in row] for row in rows[2:]])
    which, points, sources = tables
    return which, points, sources


def test_every_claim_on_another_tool_has_a_source(root: Path) -> None:
    """A row that says something of a tool bears the number of a source, or says that nothing was compared."""
    which, points, _ = _tables(root)
    bare = [row[0] for row in points if not MARK.search(row[2]) and "not compared" not in row[2]]
    assert bare == []
    unmarked = [row[1] for row in which if not MARK.search(row[1])]
    assert [words.partition(" ")[0] for words in unmarked] == ["regmodel", "GAMS,"]


def test_sources_are_numbered_once_and_all_used(root: Path) -> None:
    """Each source has one number, an address and a use on the page; each number on the page has its source."""
    text = (root / "docs" / "other-tools.md").read_text(encoding="utf-8")
    sources = _tables(root)[2]
    listed = [row[0] for row in sources]
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert all(re.search(r"<https?://[^>\s]+>", row[2]) for row in sources)
    assert sorted(set(MARK.findall(text)), key=int) == listed


def test_others_are_said_to_be_better_where_they_are(root: Path) -> None:
    """A comparison in which one side wins everywhere is no comparison."""
    points = _tables(root)[1]
    assert sum("better" in row[2] or "easier" in row[2] for row in points) >= 5
