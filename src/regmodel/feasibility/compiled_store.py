"""Compiled programmes kept on disk, by the hash of the code that writes them and of the shape they are written for."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

from regmodel.feasibility.affine import AffineMap, Compiled, compile_programme
from regmodel.feasibility.frame import Shape

_ROOMS = ("vocabulary", "equations", "projection", "feasibility")
_MAPS = ("matrix", "low", "high", "cost")
_ARRAYS = ("row_start", "column", "column_low", "column_high")


@cache
def code_hash() -> str:
    """Hash of the source that decides the programme, and of the packages that write it."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256("|".join(version(package) for package in ("pyomo", "numpy")).encode())
    for room in _ROOMS:
        for path in sorted((root / room).glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def shape_hash(shape: Shape) -> str:
    """Hash of everything that decides the size and the rows of the programme."""
    told = [
        [[region.id, region.parent] for region in shape.regions.regions],
        shape.yellow_river,
        shape.allowed,
        [[str(value) for value in vars(row).values()] for row in shape.rows],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def folder() -> Path:
    """Where compiled programmes are kept: REGMODEL_CACHE, or the user's cache folder."""
    chosen = os.environ.get("REGMODEL_CACHE")
    if chosen:
        return Path(chosen)
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "regmodel"


def compiled_for(shape: Shape) -> Compiled:
    """The compiled programme of a shape, from disk where it is there and whole, else compiled and kept."""
    key = hashlib.sha256((code_hash() + shape_hash(shape)).encode()).hexdigest()[:24]
    path = folder() / f"programme-{key}.npz"
    found = _read(path)
    if found is not None:
        return found
    from regmodel.feasibility.programme import build

    made = compile_programme(build(shape))
    _write(path, made)
    return made


def _read(path: Path) -> Compiled | None:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            names = json.loads(str(stored["names"]))
            maps = {
                name: AffineMap(
                    *(stored[f"{name}_{part}"] for part in ("constant", "entry", "parameter", "coefficient"))
                )
                for name in _MAPS
            }
            return Compiled(
                parameters=tuple((name, length) for name, length in names["parameters"]),
                rows=tuple(names["rows"]),
                columns=tuple(names["columns"]),
                row_start=stored["row_start"],
                column=stored["column"],
                column_low=stored["column_low"],
                column_high=stored["column_high"],
                matrix=maps["matrix"],
                low=maps["low"],
                high=maps["high"],
                cost=maps["cost"],
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(path: Path, compiled: Compiled) -> None:
    """Write beside and rename, so that a half-written file is never read; a full or read-only disk is no failure."""
    names = {"parameters": compiled.parameters, "rows": compiled.rows, "columns": compiled.columns}
    arrays = {name: getattr(compiled, name) for name in _ARRAYS}
    for name in _MAPS:
        for part in ("constant", "entry", "parameter", "coefficient"):
            arrays[f"{name}_{part}"] = getattr(getattr(compiled, name), part)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, names=np.array(json.dumps(names)), **arrays)
        Path(draft).replace(path)
    except OSError:
        return
