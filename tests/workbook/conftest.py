"""A workbook of the shipped plan, a desk to edit copies of it, and an invented run to put into it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from regmodel.scenario import Scenario, load
from regmodel.workbook.layout import END_MARK, table_of
from regmodel.workbook.write import write_workbook


class Desk:
    """A workbook open for editing with openpyxl; cells are found by table, row key and column code."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def sheet(self, code: str) -> Any:
        """The worksheet of a sheet code."""
        reference = self.book.defined_names[f"rm_sheet_{code}"].attr_text
        return self.book[reference.rsplit("!", 1)[0].strip("'")]

    def mark(self, table: str) -> tuple[Any, int]:
        """Sheet and row of the grey line of codes above a table."""
        sheet = self.sheet(table_of(table).sheet)
        rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == f"~{table}"]
        return sheet, rows[0]

    def row(self, table: str, key: str) -> int:
        """Row of a key in a table."""
        sheet, line = self.mark(table)
        while sheet.cell(line, 1).value not in (key, END_MARK):
            line += 1
        assert sheet.cell(line, 1).value == key, f"{key} is not in {table}"
        return line

    def cell(self, table: str, key: str | int, code: str) -> Any:
        """One cell; ``key`` may be the number of a row to fill, from 0."""
        sheet, mark = self.mark(table)
        line = mark + 2 + key if isinstance(key, int) else self.row(table, key)
        return sheet.cell(line, table_of(table).column(code).at + 1)

    def put(self, table: str, key: str | int, code: str, value: Any) -> str:
        """Type a value into a cell; returns the cell as messages name it."""
        cell = self.cell(table, key, code)
        cell.value = value
        return f"{cell.parent.title}!{cell.coordinate}"

    def save(self) -> Path:
        """Save as a spreadsheet program would, over the old file."""
        self.book.save(self.path)
        return self.path


@pytest.fixture(scope="session")
def plan() -> Scenario:
    """The shipped plan scenario."""
    return load("plan")


@pytest.fixture(scope="session")
def shipped_book(plan: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the plan in both languages, never edited."""
    return write_workbook(tmp_path_factory.mktemp("book") / "plan.xlsx", plan, "both")


@pytest.fixture
def book(shipped_book: Path, tmp_path: Path) -> Path:
    """A copy of the plan's workbook that a test may spoil."""
    return Path(shutil.copy(shipped_book, tmp_path / "plan.xlsx"))


@pytest.fixture(scope="session")
def light_book(shipped_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan's workbook without its result sheets, which the reader never looks at: quick to open and save."""
    desk = Desk(Path(shutil.copy(shipped_book, tmp_path_factory.mktemp("light") / "plan.xlsx")))
    for code in ("data", "charts", "clauses", "results", "checks", "about"):
        del desk.book[desk.sheet(code).title]
    return desk.save()


@pytest.fixture
def desk(light_book: Path, tmp_path: Path) -> Desk:
    """A copy of the light workbook open for editing."""
    return Desk(Path(shutil.copy(light_book, tmp_path / "plan.xlsx")))


@pytest.fixture(scope="session")
def open_desk() -> type[Desk]:
    """Opens any workbook for editing."""
    return Desk


@pytest.fixture(scope="session")
def invented_run(root: Path) -> Iterator[Callable[[str], Any]]:
    """Runs with an invented verdict over real records, as the report's tests use them."""
    name = "invented_run_of_the_report"
    spec = importlib.util.spec_from_file_location(name, root / "tests" / "report" / "invented_run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    yield module.invented_run
    del sys.modules[name]


@pytest.fixture(scope="session")
def feasible_run(invented_run: Callable[[str], Any]) -> Any:
    """An invented run that is feasible."""
    return invented_run("feasible")


@pytest.fixture(scope="session")
def infeasible_run(invented_run: Callable[[str], Any]) -> Any:
    """An invented run that is not feasible."""
    return invented_run("infeasible")


@pytest.fixture(scope="session")
def pair_run(pair_home: Path) -> Any:
    """One real run of the invented pair, small enough for tests that fill workbooks again and again."""
    from regmodel.runs import run

    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    try:
        return run(load("pair"))
    finally:
        patch.undo()


@pytest.fixture(scope="session")
def pair_book_once(pair_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the invented pair, never edited."""
    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    try:
        return write_workbook(tmp_path_factory.mktemp("pair_book") / "pair.xlsx", load("pair"), "both")
    finally:
        patch.undo()


@pytest.fixture
def pair_book(pair_book_once: Path, pair_shipped: Path, tmp_path: Path) -> Path:
    """A copy of the pair's workbook that a test may spoil, while the pair is what is shipped."""
    return Path(shutil.copy(pair_book_once, tmp_path / "pair.xlsx"))
