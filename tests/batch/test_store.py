"""The store by itself: a chunk is there whole or not at all, and what is half-written is recognised."""

from __future__ import annotations

import errno
import hashlib
import json
import os

import pyarrow as pa
import pytest

from regmodel.batch.store import Store, check_place, content_of, open_store, write_whole
from regmodel.batch.store_lock import locked
from regmodel.vocabulary.problems import InputProblems

MANIFEST = {"run_id": "0" * 64, "design": "d", "inputs": "i", "code": "c", "versions": {}, "solver_options": {}}


def table(start):
    return pa.table({"sample": [f"{start}", f"{start + 1}"], "value": [1.0, None]})


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "store", MANIFEST, {"design.toml": 'name = "case"\n'})


def test_what_is_put_is_read_again_in_the_order_of_chunks(store):
    for chunk in (101, 0, 1):
        store.put(chunk, content_of(table(2 * chunk)))
    found = pa.concat_tables(list(store.tables()))
    assert found.column("sample").to_pylist() == ["0", "1", "2", "3", "202", "203"]
    assert found.column("value").null_count == 3
    assert sorted(store.listing().chunks) == [0, 1, 101]


def test_the_same_table_gives_the_same_file(store, tmp_path):
    again = open_store(tmp_path / "again", MANIFEST, {})
    assert store.put(3, content_of(table(0))).name == again.put(3, content_of(table(0))).name


def test_a_file_cut_short_is_recognised(store):
    """Whatever was cut off: the name carries the hash of the whole."""
    content = content_of(table(0))
    for cut in (0, 1, len(content) // 2, len(content) - 1):
        path = store.put(0, content)
        path.write_bytes(content[:cut])
        assert store.listing().chunks == {}
        assert store.listing().broken == (f"results/part=000/{path.name}",)


def test_a_draft_and_a_second_copy_are_recognised(store):
    path = store.put(0, content_of(table(0)))
    other = store.put(0, content_of(table(5)))
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(b"PAR1")
    listing = store.listing()
    assert list(listing.chunks) == [0]
    assert len(listing.broken) == 2
    store.clear(listing.broken)
    assert store.listing().broken == ()
    assert {path, other} & set(store.files()) == set(store.files())


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_writer_that_fails_leaves_nothing_half_written(tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    place = tmp_path / "file"
    place.write_bytes(b"old")
    monkeypatch.setattr("os.fsync" if step == "fsync" else "pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="rror"):
        write_whole(place, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert place.read_bytes() == b"old"


def test_the_list_of_chunks_says_rows_and_hashes(store):
    path = store.put(0, content_of(table(0)))
    store.finish()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (store.folder / "chunks.csv").read_text(encoding="utf-8").splitlines() == [
        "chunk,file,rows,sha256",
        f"0,results/part=000/{path.name},2,{digest}",
    ]


def test_a_store_is_opened_again_only_when_asked(store):
    check_place(store.folder, MANIFEST, resume=True)
    with pytest.raises(InputProblems, match="B-20"):
        check_place(store.folder, MANIFEST, resume=False)


def test_a_store_whose_writer_was_killed_before_its_manifest_begins_again(tmp_path):
    folder = tmp_path / "store"
    (folder / "results").mkdir(parents=True)
    (folder / ".manifest.json.draft").write_text("{", encoding="utf-8")
    (folder / "design.toml").write_text("", encoding="utf-8")
    check_place(folder, MANIFEST, resume=False)
    assert open_store(folder, MANIFEST, {}).run_id == MANIFEST["run_id"]
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8")) == MANIFEST


def test_only_one_writer_at_a_time(store):
    with locked(store.folder), pytest.raises(InputProblems, match="B-24"), locked(store.folder):
        pass
    with locked(store.folder):
        pass


def test_nothing_of_the_users_is_touched(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(InputProblems, match="B-22"):
        check_place(tmp_path, MANIFEST, resume=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_memory_of_a_store_is_one_chunk(store):
    """Results come chunk by chunk: nothing reads the next before it is asked for."""
    for chunk in range(3):
        store.put(chunk, content_of(table(chunk)))
    first = next(iter(store.tables(["sample"])))
    assert isinstance(store, Store)
    assert first.to_pydict() == {"sample": ["0", "1"]}


@pytest.mark.parametrize("workers", [1, 3])
def test_a_batch_holds_no_more_chunks_than_its_workers_need(store, monkeypatch, workers):
    """Of a hundred chunks at most a few a worker are drawn and not yet stored: memory does not grow with the batch."""
    from concurrent.futures import ThreadPoolExecutor
    from types import SimpleNamespace

    from regmodel.batch import running
    from regmodel.batch import workers as executors
    from regmodel.batch.tasks import Done

    held, most = set(), []

    class Read:
        """A design of a hundred chunks of two scenarios."""

        def __len__(self):
            return 200

        def chunks(self):
            return (SimpleNamespace(number=n, block=0, start=2 * n, stop=2 * n + 2) for n in range(100))

        def samples(self, chunk):
            held.add(chunk.number)
            most.append(len(held))
            return chunk

        def mended(self, chunk, samples):
            return frozenset()

        detailed = mended

    def judge(setup, task):
        return Done(task.chunk, 2, content_of(table(task.samples.start)))

    real = Store.put

    def put(self, chunk, content):
        held.remove(chunk)
        return real(self, chunk, content)

    monkeypatch.setattr(running, "_setup", lambda *_: None)
    monkeypatch.setattr(executors, "judge_task", judge)
    monkeypatch.setattr(executors, "ProcessPoolExecutor", lambda count, *_: ThreadPoolExecutor(count))
    monkeypatch.setattr(Store, "put", put)
    listing = store.listing()
    hands = running._Workers(workers, None, "")
    new = running._fill(store, Read(), listing, None, hands, lambda stage: None, lambda done, of: None)
    assert new == 200
    assert len(store.listing().chunks) == 100
    assert max(most) <= (1 if workers == 1 else (executors.AHEAD + 1) * workers)
