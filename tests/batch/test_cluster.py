"""A real scheduler and two workers, each a process of its own on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from regmodel import cli
from regmodel.batch import cluster
from regmodel.batch.running import batch
from regmodel.vocabulary.problems import InputProblems

names = sys.modules["batch_cases"].names


class Cluster:
    """A scheduler and its workers; all are ended, however a test ends."""

    def __init__(self, root, folder):
        self.folder = folder
        self.started = []
        self.surroundings = {**os.environ, "PYTHONPATH": str(root / "src")}
        file = folder / "scheduler.json"
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        while not file.exists():
            assert self.started[0].poll() is None, (folder / "0.log").read_text(encoding="utf-8")
            time.sleep(0.1)
        self.address = json.loads(file.read_text(encoding="utf-8"))["address"]

    def start(self, what, *words):
        """One process of the cluster; what it says goes to a file."""
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--no-dashboard"]
        with (self.folder / f"{len(self.started)}.log").open("w") as log:
            self.started.append(
                subprocess.Popen(command, cwd=self.folder, env=self.surroundings, stdout=log, stderr=subprocess.STDOUT)
            )
        return self.started[-1]

    def start_worker(self):
        """A worker of one thread, without a nanny that would start it again."""
        return self.start("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny")

    def end(self):
        """End what was started and wait for it."""
        for process in self.started[::-1]:
            process.kill()
            process.wait()


@pytest.fixture
def started(root, tmp_path):
    """A scheduler without workers."""
    found = Cluster(root, tmp_path)
    yield found
    found.end()


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing(serial, design, pair_shipped, started, tmp_path):
    """Two workers, one killed after the first chunk: the store is whole and equal to that of one process."""
    first, second = started.start_worker(), started.start_worker()
    alive = []

    def progress(done, of):
        if done and first.poll() is None:
            first.kill()
            first.wait()
            alive.append(second.poll() is None)

    found = batch(design, tmp_path / "store", scheduler=started.address, progress=progress)
    assert alive == [True]
    assert names(tmp_path / "store") == names(serial.folder)
    assert found.summary["verdicts"] == serial.summary["verdicts"]


def test_a_scheduler_that_does_not_answer_is_told(design, pair_shipped, tmp_path, capsys, monkeypatch):
    """Nobody listens there: a sentence, exit 1, and nothing was solved or written before."""
    monkeypatch.setattr(cluster, "SECONDS", 1)
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{line.getsockname()[1]}"
    words = ["batch", str(design), "--out", str(tmp_path / "store"), "--scheduler", address]
    assert cli.main(words) == 1
    said = capsys.readouterr().err
    assert f"--scheduler {address}  [B-30]" in said
    assert "no scheduler that answers" in said
    assert "Traceback" not in said
    assert not (tmp_path / "store").exists()


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(design, pair_shipped, started, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "SECONDS", 2)
    with pytest.raises(InputProblems, match="a scheduler without workers"):
        batch(design, tmp_path / "store", scheduler=started.address)


@pytest.mark.slow
def test_workers_of_another_regmodel_are_refused(design, pair_shipped, started, tmp_path, monkeypatch):
    """Numbers of two programs are never mixed in one store."""
    started.start_worker()
    monkeypatch.setattr(cluster, "code_hash", lambda: "another")
    with pytest.raises(InputProblems, match="B-33"):
        batch(design, tmp_path / "store", scheduler=started.address)


def test_a_missing_package_is_told(design, pair_shipped, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputProblems, match="B-31"):
        batch(design, tmp_path / "store", scheduler="tcp://127.0.0.1:1")


def test_two_kinds_of_workers_are_one_too_many(design, pair_shipped, tmp_path):
    with pytest.raises(InputProblems, match="B-34"):
        batch(design, tmp_path / "store", scheduler="tcp://127.0.0.1:1", workers=2)
    assert not (tmp_path / "store").exists()
