"""An earlier run counts beside new ones only where its folder is whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from regmodel.runs.beside import _earlier


def _no_file(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _half(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:40])


@pytest.mark.parametrize(
    "damage",
    [
        _no_file("manifest.json"),
        _no_file("verdict.json"),
        _no_file("trajectory.csv"),
        _half("verdict.json"),
        _half("manifest.json"),
        _half("scenario.toml"),
    ],
)
def test_the_folder_of_a_broken_run_is_not_there(
    damage: Callable[[Path], None], pair_folders: dict[str, Path], pair_shipped: Path, tmp_path: Path
) -> None:
    """What was solved since is compared and written all the same."""
    whole = next(iter(pair_folders.values()))
    made = json.loads((whole / "verdict.json").read_text(encoding="utf-8"))["run_id"]
    folder = tmp_path / f"run-{made[:8]}"
    shutil.copytree(whole, folder)
    assert _earlier(made, [tmp_path]) == folder
    damage(folder)
    assert _earlier(made, [tmp_path]) is None
