"""Designs and batches of the invented pair."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

specification = importlib.util.spec_from_file_location("batch_cases", Path(__file__).parent / "cases.py")
assert specification is not None
assert specification.loader is not None
CASES = importlib.util.module_from_spec(specification)
sys.modules["batch_cases"] = CASES
specification.loader.exec_module(CASES)


@pytest.fixture
def design_of(tmp_path, pair_shipped):
    """A design file from its text; the shipped records are those of the invented pair."""

    def write(text, name="case"):
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def design(tmp_path_factory):
    path = tmp_path_factory.mktemp("designs") / "caps.toml"
    path.write_text(CASES.DESIGN, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def serial(design, pair_home, tmp_path_factory):
    """The batch on one worker, never stopped."""
    from regmodel.batch.running import batch

    patch = pytest.MonkeyPatch()
    patch.setattr("regmodel.params.folder._PACKAGE", pair_home)
    try:
        return batch(design, tmp_path_factory.mktemp("serial") / "store")
    finally:
        patch.undo()


@pytest.fixture
def planted(pair_shipped, tmp_path):
    """A store with results that a test makes up: ``found`` gives the columns of the sample in each row, by its shares.

    Nothing is solved; the design and the ids are those of a real batch.
    """
    import pyarrow as pa

    from regmodel.batch.batch_manifest import manifest_of, texts_of
    from regmodel.batch.blocks import open_design
    from regmodel.batch.model import Batch
    from regmodel.batch.store import content_of, open_store

    def plant(text, found, name="planted"):
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        read = open_design(path)
        store = open_store(tmp_path / name, manifest_of(read), texts_of(read))
        row = 0
        for chunk in read.chunks():
            samples = read.samples(chunk)
            lines = []
            for number, sample in enumerate(samples.ids):
                given = found(row, samples.override(number))
                lines.append({"sample": sample, **CASES.EMPTY, **given, **samples.override(number)})
                row += 1
            columns = {column: pa.array([line[column] for line in lines]) for column in lines[0]}
            store.put(chunk.number, content_of(pa.table(columns)))
        return Batch(store, read, {})

    return plant
