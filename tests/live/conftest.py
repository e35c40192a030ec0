"""Workbooks that run inside Excel, made from the invented pair so that every run is quick."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from regmodel.scenario import load
from regmodel.workbook.write import write_workbook


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
