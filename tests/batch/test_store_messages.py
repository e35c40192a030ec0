"""What stands in the way of a batch and of its store, with the full text in both languages."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import pickle
import re
import sys
import tomllib
import zlib
from pathlib import Path

import pytest

from regmodel import cli
from regmodel.batch import cluster, workers
from regmodel.batch.running import batch
from regmodel.batch.store_lock import locked
from regmodel.vocabulary.problems import InputProblems

CASES = sys.modules["batch_cases"]
EXPECTED = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
ID = re.compile(r"\b[0-9a-f]{8}\b")


class Fake:
    """A scheduler's client that goes wrong in one way."""

    def __init__(self, code="another", workers=True):
        self.code, self.workers, self.status = code, workers, "closed"

    def wait_for_workers(self, *_, **__):
        if not self.workers:
            raise TimeoutError

    def run(self, *_, **__):
        return {"tcp://127.0.0.1:40001": self.code}

    def submit(self, *_, **__):
        raise OSError("lost")


class Deadly:
    """Ends the process that reads it."""

    def __reduce__(self):
        return os._exit, (1,)


def full(monkeypatch, after=0):
    """So many files and names go to the disk, and no more."""
    calls = []

    def fsync(handle):
        calls.append(handle)
        if len(calls) <= after:
            return
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", fsync)


def in_a_store(name, serial, design, tmp_path, monkeypatch):
    """Words of the command that provokes the case, and the place that its text names."""
    place = tmp_path / "store"
    place.mkdir()
    words = ["batch", str(design), "--out", str(place), "--workers", "1", "--resume"]
    if name == "B-20 there already":
        return [*words[:3], str(serial.folder), "--workers", "1"], serial.folder
    if name == "B-21 another design":
        other = tmp_path / "other.toml"
        other.write_text(CASES.DESIGN.replace("seed = 5", "seed = 6"), encoding="utf-8")
        return ["batch", str(other), "--out", str(serial.folder), "--resume"], serial.folder
    if name == "B-21 other code and versions":
        kept = json.loads((serial.folder / "manifest.json").read_text(encoding="utf-8"))
        kept |= {"code": "0", "versions": {}, "run_id": "0" * 64}
        (place / "manifest.json").write_text(json.dumps(kept), encoding="utf-8")
    if name == "B-22 no store":
        (place / "thesis.docx").write_bytes(b"mine")
    if name == "B-23 half a manifest":
        (place / "manifest.json").write_text('{"run_id', encoding="utf-8")
    if name == "B-23 a manifest of something else":
        (place / "manifest.json").write_text("[]", encoding="utf-8")
    if name == "B-25 full disk":
        full(monkeypatch)
    if name == "B-25 full disk after priming":
        full(monkeypatch, after=6)
    return words, place


STORES = [name for name in EXPECTED if re.match(r"B-2[01235] ", name)]


def same_text(found, name, place, language):
    expected = EXPECTED[name][language].strip("\n").replace("{place}", str(place))
    assert ID.sub("<id>", found.strip("\n")) == ID.sub("<id>", expected)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", STORES)
def test_a_store_that_cannot_be_used(name, language, serial, design, pair_shipped, tmp_path, monkeypatch, capsys):
    words, place = in_a_store(name, serial, design, tmp_path, monkeypatch)
    assert cli.main([*words, "--lang", language]) == 1
    same_text(capsys.readouterr().err, name, place, language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_store_that_another_writes_to(language, design, pair_shipped, tmp_path, capsys):
    with locked(tmp_path / "store"):
        words = ["batch", str(design), "--out", str(tmp_path / "store"), "--lang", language]
        assert cli.main(words) == 1
    same_text(capsys.readouterr().err, "B-24 two writers", tmp_path / "store", language)


ADDRESS = "tcp://127.0.0.1:8786"


def without_an_answer(design, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS", 1)
    cluster._connected("tcp://127.0.0.1:1")


def without_the_package(design, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    cluster._connected(ADDRESS)


WORKERS = {
    "B-30 no answer": without_an_answer,
    "B-30 no workers": lambda *_: cluster._check_workers(Fake(workers=False), ADDRESS),
    "B-31 no package": without_the_package,
    "B-32 a lost cluster": lambda *_: list(cluster.judged_by_cluster(Fake(), b"", iter(()), ADDRESS)),
    "B-32 workers that die": lambda *_: list(
        workers.judged(zlib.compress(pickle.dumps(Deadly())), iter([CASES.task()]), 2)
    ),
    "B-33 another regmodel": lambda *_: cluster._check_workers(Fake(), ADDRESS),
    "B-34 two kinds": lambda design, tmp_path, _: batch(design, tmp_path / "store", workers=2, scheduler=ADDRESS),
}


@pytest.mark.parametrize("name", list(WORKERS))
def test_workers_and_clusters_that_cannot_be_used(name, design, pair_shipped, tmp_path, monkeypatch):
    with pytest.raises(InputProblems) as caught:
        WORKERS[name](design, tmp_path, monkeypatch)
    assert caught.value.problems.render("en") == EXPECTED[name]["en"].strip("\n")
    assert caught.value.problems.render("zh") == EXPECTED[name]["zh"].strip("\n")


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced(serial, design, pair_shipped, tmp_path):
    """The chunks in its hands are judged again by another; the store is that of one process."""
    others, killed = set(multiprocessing.active_children()), []

    def progress(done, of):
        if done and not killed:
            victim = next(iter(set(multiprocessing.active_children()) - others))
            victim.kill()
            killed.append(victim)

    batch(design, tmp_path / "store", workers=2, progress=progress)
    assert len(killed) == 1
    assert CASES.names(tmp_path / "store") == CASES.names(serial.folder)


def test_every_code_is_provoked(root):
    """A code that no case shows would be a message nobody has read."""
    verbs = [root / f"src/regmodel/commands/{verb}.py" for verb in ("answers", "warning")]
    paths = [*(root / "src/regmodel/batch").rglob("*.py"), *verbs]
    source = "".join(path.read_text(encoding="utf-8") for path in paths)
    shown = {code for case in EXPECTED.values() for code in re.findall(r"B-\d\d", case["en"])}
    assert set(re.findall(r'"(B-\d\d)"', source)) == shown
