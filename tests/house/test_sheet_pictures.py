"""Every sheet of the workbook has its picture in both languages, of the layout that it has now."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

MEND = "the layout has moved on; make the pictures anew with: python docs/pictures.py"
PAGES = {"en": "workbook.md", "zh": "workbook-zh.md"}
MOST_BYTES = 1_500_000
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def drawing(root: Path) -> Iterator[ModuleType]:
    """The module of docs/ that makes the pictures."""
    name = "pictures_of_the_sheets"
    spec = importlib.util.spec_from_file_location(name, root / "docs" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[name]


def test_the_pictures_are_of_the_present_layout(root: Path, drawing: ModuleType) -> None:
    """The mark kept beside the pictures is that of each sheet's titles, tables, columns and blocks as they are."""
    kept = json.loads((root / "docs" / "pictures" / "layout.json").read_text(encoding="utf-8"))
    assert kept == drawing.marks(), MEND


def test_a_moved_column_is_noticed(drawing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another title of a table changes the mark of its sheet and of no other."""
    from dataclasses import replace

    from regmodel.vocabulary.texts import Text

    before = drawing.marks()
    changed = tuple(
        replace(table, title=Text("x", "x")) if table.code == "water.records" else table for table in drawing.TABLES
    )
    monkeypatch.setattr(drawing, "TABLES", changed)
    after = drawing.marks()
    assert [code for code in before if before[code] != after[code]] == ["water"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_sheet_has_its_picture_on_its_page(root: Path, drawing: ModuleType, language: str) -> None:
    """The page shows every sheet that people see, in the order of the workbook, below its name; no picture is idle."""
    page = (root / "docs" / PAGES[language]).read_text(encoding="utf-8")
    places = []
    for sheet in drawing.shown():
        picture = f"pictures/{language}/{sheet.code}.png"
        content = (root / "docs" / picture).read_bytes()
        assert content[:8] == PNG
        assert int.from_bytes(content[16:20], "big") > 400, picture
        places.append((page.index(f"### {sheet.title.read(language)}\n"), page.index(f"]({picture})")))
    flat = [place for pair in places for place in pair]
    assert flat == sorted(flat)
    shown = {sheet.code for sheet in drawing.shown()}
    assert {path.stem for path in (root / "docs" / "pictures" / language).glob("*.png")} == shown


def test_the_pictures_are_small(root: Path) -> None:
    """All of them together are quick to fetch."""
    assert 0 < sum(path.stat().st_size for path in (root / "docs" / "pictures").rglob("*.png")) < MOST_BYTES
