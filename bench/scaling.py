"""The same batch by one worker and by two, of this machine and of a Dask cluster on loopback, by the clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.designs import design_of
from bench.measure import ROOT
from bench.programmes import scenario_of

PATIENCE, IDLE = 120, 900
"""Seconds: for what is to start, and after which a cluster ends by itself whose measurement was ended from outside."""
WAYS = (("1 worker", 1, 0), ("2 workers", 2, 0), ("Dask, 1 worker", 0, 1), ("Dask, 2 workers", 0, 2))


def scaled(params: Path, count: int) -> Iterator[dict[str, Any]]:
    """Seconds of the clock from the first chunk given out to the last one stored, workers started from nothing.

    Plans and conflicts are looked for before that, once, by one process, whoever judges.
    """
    design = design_of(scenario_of(params, {}), count)
    found: dict[str, Any] = {"count": count, "same": True}
    first: list[str] = []
    for name, workers, many in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "store"
            if workers:
                found[name] = [_seconds(design, store, workers=workers)]
            else:
                with _cluster(Path(folder), many) as address:
                    found[name] = [_seconds(design, store, scheduler=address)]
            names = sorted(path.name for path in store.glob("results/*/*.parquet"))
            first = first or names
            found["same"] = found["same"] and names == first
        yield found


def _seconds(design: Any, store: Path, **how: Any) -> float:
    from regmodel.batch.running import batch

    heard: list[float] = []
    batch(design, store, recheck=0, progress=lambda done, of: heard.append(time.perf_counter()), **how)
    return heard[-1] - heard[0]


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers of one thread each, as processes on loopback; all are ended."""
    file = folder / "scheduler.json"
    here = ("--host", "127.0.0.1")
    words = ("--port", "0", "--scheduler-file", str(file), "--idle-timeout", f"{IDLE} s")
    started = [_started(folder, "scheduler", *here, *words)]
    try:
        end = time.monotonic() + PATIENCE
        while not file.exists() and started[0].poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
        for _ in range(workers):
            alone = ("--nthreads", "1", "--no-nanny", "--death-timeout", str(PATIENCE))
            started.append(_started(folder, "worker", address, *here, *alone))
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)
        yield address
    finally:
        for process in started[::-1]:
            process.kill()
            process.wait()


def _started(folder: Path, what: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--no-dashboard"]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    surroundings = {**os.environ, "PYTHONPATH": path}
    return subprocess.Popen(command, cwd=folder, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
