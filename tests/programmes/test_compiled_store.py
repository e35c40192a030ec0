"""Compiled programmes come back from disk as they were, and a spoilt file is compiled again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from regmodel.feasibility import compiled_store


@pytest.fixture(scope="module")
def shape(pair_case):
    """The pair with a few clause rows, which is enough to be kept."""
    return replace(pair_case.shape, rows=pair_case.shape.rows[:3])


def same(one, other):
    arrays = ("row_start", "column", "column_low", "column_high")
    maps = ("matrix", "low", "high", "cost")
    plain = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
    parts = ("constant", "entry", "parameter", "coefficient")
    filled = all(
        np.array_equal(getattr(getattr(one, name), part), getattr(getattr(other, name), part))
        for name in maps
        for part in parts
    )
    named = (one.rows, one.columns, one.parameters) == (other.rows, other.columns, other.parameters)
    return plain and filled and named


def test_a_programme_is_compiled_once_and_read_afterwards(shape, tmp_path, monkeypatch):
    monkeypatch.setenv("REGMODEL_CACHE", str(tmp_path))
    made = compiled_store.compiled_for(shape)
    monkeypatch.setattr(compiled_store, "compile_programme", lambda model: 1 / 0)
    assert same(compiled_store.compiled_for(shape), made)


def test_a_spoilt_file_is_compiled_again(shape, tmp_path, monkeypatch):
    monkeypatch.setenv("REGMODEL_CACHE", str(tmp_path))
    made = compiled_store.compiled_for(shape)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert same(compiled_store.compiled_for(shape), made)


def test_a_folder_that_cannot_be_written_is_no_failure(shape, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("a file where a folder should be")
    monkeypatch.setenv("REGMODEL_CACHE", str(tmp_path / "taken"))
    assert compiled_store.compiled_for(shape).rows


def test_another_shape_has_another_name(shape):
    assert compiled_store.shape_hash(replace(shape, rows=shape.rows[:-1])) != compiled_store.shape_hash(shape)
    assert compiled_store.shape_hash(replace(shape, yellow_river=())) != compiled_store.shape_hash(shape)
