"""The package as others install it: records and workbooks travel inside, and it runs without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def unpacked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    place = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_wheel_holds_every_record(root: Path, unpacked: Path) -> None:
    """What stands in params/ stands in the wheel, name by name."""
    assert _files(unpacked / "regmodel" / "shipped" / "params") == _files(root / "params")


def test_the_wheel_holds_licence_and_notices(unpacked: Path) -> None:
    """Whoever receives the package receives its licence and what it owes to others."""
    (information,) = unpacked.glob("regmodel-*.dist-info")
    assert _files(information / "licenses") == ["LICENSE", "NOTICES"]


def test_the_installed_package_reads_its_own_records(unpacked: Path, tmp_path: Path) -> None:
    """Away from the repository the shipped records load, and they are the wheel's own."""
    code = "from regmodel.params import read_book, shipped_folder; read_book(); print(shipped_folder())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == unpacked / "regmodel" / "shipped" / "params"
