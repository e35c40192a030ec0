"""Workbooks that run inside Excel, made from the invented pair so that every run is quick."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from regmodel.scenario import load
from regmodel.workbook.layout import table_of
from regmodel.workbook.write import write_workbook

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def equipped(pair_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pair's workbook with macros and the one for the add-in, never edited."""
    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    folder = tmp_path_factory.mktemp("equipped")
    try:
        return {
            "macro": write_workbook(folder / "pair.xlsm", load("pair"), "both", equipment="macro"),
            "addin": write_workbook(folder / "pair.xlsx", load("pair"), "both", equipment="addin"),
        }
    finally:
        patch.undo()


@pytest.fixture(scope="session")
def part() -> Callable[[Path, str], bytes]:
    """One part of a workbook's package."""

    def read(path: Path, name: str) -> bytes:
        with zipfile.ZipFile(path) as package:
            return package.read(name)

    return read


def _beside(name: str) -> ModuleType:
    """A module that stands beside this one; the tests are no package."""
    spec = importlib.util.spec_from_file_location(f"live_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def memory() -> ModuleType:
    """Excel in memory, known to xlwings as its active engine for the whole session."""
    import xlwings

    module = _beside("memory_excel")
    engine = xlwings.Engine(impl=module.Engine())
    xlwings.engines.add(engine)
    engine.activate()
    return module


class Desk:
    """The open workbook as a test looks at it: sheets and blocks by code, input cells by table, key and column."""

    def __init__(self, book: Any, home: Path) -> None:
        self.book, self.home, self.app = book, home, book.app.impl

    def sheet(self, code: str) -> Any:
        """A sheet by its code."""
        return self.book.names[f"rm_sheet_{code}"].refers_to_range.sheet

    def block(self, code: str) -> list[list[Any]]:
        """What stands in a result block."""
        found: list[list[Any]] = self.book.names[f"rm_block_{code}"].refers_to_range.options(ndim=2).value
        return found

    def told(self) -> list[list[Any]]:
        """The lines that a button wrote on the Checks sheet."""
        return [row for row in self.block("checked") if any(cell is not None for cell in row)]

    def cell(self, table: str, key: str, code: str) -> Any:
        """An input cell."""
        sheet = self.sheet(table_of(table).sheet)
        keys = sheet.range("A1:A400").value
        row = keys.index(key, keys.index(f"~{table}")) + 1
        return sheet.range((row, table_of(table).column(code).at + 1))

    @property
    def log(self) -> str:
        """The log, empty where there is none."""
        path = self.home / "log.txt"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def bar(self) -> list[Any]:
        """Everything that stood in the status bar, in order."""
        return [value for name, value in self.app.story if name == "status_bar"]

    def child_is_gone(self) -> bool:
        """Whether no process of the last child is left."""
        try:
            os.kill(int((self.home / "pid.txt").read_text()), 0)
        except ProcessLookupError:
            return True
        return False


@contextmanager
def excel_with(source: Path, folder: Path, pair_home: Path, *words: str) -> Iterator[Desk]:
    """A workbook open in Excel for the time of a test, the buttons' caller; the child runs over the pair."""
    import xlwings

    patch = pytest.MonkeyPatch()
    patch.setenv("REGMODEL_HOME", str(folder / "home"))
    (folder / "home").mkdir()
    patch.setenv("PYTHONPATH", str(HERE.parents[1] / "src"))
    command = (sys.executable, "-P", str(HERE / "pair_child.py"), str(pair_home), *words)
    patch.setattr("regmodel.workbook.live.keeper.CHILD", command)
    app = xlwings.apps.add()
    book = app.books.open(str(shutil.copy(source, folder / "my pair.xlsm")))
    patch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
    try:
        yield Desk(book, folder / "home")
    finally:
        xlwings.apps.impl.close(app.impl)
        patch.undo()


@pytest.fixture
def desk(memory: ModuleType, equipped: dict[str, Path], pair_home: Path, tmp_path: Path) -> Iterator[Desk]:
    """The pair's workbook with macros open in Excel; its child is the real one."""
    with excel_with(equipped["macro"], tmp_path, pair_home) as found:
        yield found


@pytest.fixture
def child(pair_home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Hands a word to the child process: to sleep, to die, or to give the answer of the one real run again."""

    def use(*words: str) -> None:
        command = (sys.executable, "-P", str(HERE / "pair_child.py"), str(pair_home), *words)
        monkeypatch.setattr("regmodel.workbook.live.keeper.CHILD", command)

    return use


@dataclass
class RealRun:
    """One run by the button through a real child, and what the book was like before it."""

    desk: Desk
    answer: dict[str, Any]
    answer_file: Path
    typed_words: str
    own: Any


@pytest.fixture(scope="session")
def real_run(
    memory: ModuleType, equipped: dict[str, Path], pair_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> RealRun:
    """Run pressed once, with a changed figure, a reason that looks like a formula, and a sheet of the user's own."""
    import pandas as pd

    from regmodel.workbook.live.entry import press

    folder = tmp_path_factory.mktemp("real")
    answer = folder / "kept.json"
    with excel_with(equipped["macro"], folder, pair_home, f"--keep={answer}") as desk:
        words = "=1+1"
        cell = desk.cell("water.records", "water.industrial_intensity_decline", "value")
        cell.value = cell.value * 1.01
        desk.cell("water.records", "water.industrial_intensity_decline", "own_reason").value = f"'{words}"
        own = desk.book.sheets.add("Mine")
        frame = pd.DataFrame({"year": [2025.0, 2030.0], "mine": [1.5, None]})
        own.tables.add(own["A1"], name="mine").update(frame, index=False)
        own["E1"].value = "=SUM(A2:A3)"
        desk.book.impl.writes.clear()
        press("run")
        return RealRun(desk, json.loads(answer.read_text(encoding="utf-8")), answer, words, own)
