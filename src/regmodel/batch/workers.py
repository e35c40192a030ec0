"""Where chunks are judged: in this process, or in processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from regmodel.batch.tasks import Done, Task, judge_task
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

AHEAD = 2
"""Chunks in hand for each worker, so that none waits and memory stays flat."""
PATIENCE = 3
"""How often all workers may end without having judged a chunk between."""
_SETUP = b""


def judged(setup: bytes, tasks: Iterable[Task], workers: int) -> Iterator[Done]:
    """Every chunk once, as it is ready; with more than one worker in no order. Closing it ends the workers."""
    if workers <= 1:
        for task in tasks:
            yield judge_task(setup, task)
        return
    left: dict[int, Task] = {}
    stream, failures = iter(tasks), 0
    while True:
        before = failures
        for done in _by_pool(setup, stream, left, workers):
            failures = 0
            if done is None:
                failures = before + 1
                break
            yield done
        else:
            return
        if failures >= PATIENCE:
            raise InputProblems([_gone(workers)])


def _by_pool(setup: bytes, stream: Iterator[Task], left: dict[int, Task], workers: int) -> Iterator[Done | None]:
    """Chunks by one pool of processes; None where a process was ended from outside. ``left`` is what is in hand."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _ready, (setup,))
    waiting: dict[Future[Done], Task] = {}
    try:
        for task in left.values():
            waiting[pool.submit(_judge, task)] = task
        while True:
            for task in islice(stream, max(0, AHEAD * workers - len(waiting))):
                left[task.chunk] = task
                waiting[pool.submit(_judge, task)] = task
            if not waiting:
                break
            ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                done = future.result()
                del waiting[future], left[done.chunk]
                yield done
        pool.shutdown()
    except BrokenProcessPool:
        yield None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()


def _ready(setup: bytes) -> None:
    """Prepare a worker: Ctrl-C is the driver's to answer, and a worker ends with its driver, however that ends."""
    global _SETUP  # noqa: PLW0603 - a worker process serves one batch
    _SETUP = setup
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_driver, daemon=True).start()


def _end_with_the_driver() -> None:
    driver = multiprocessing.parent_process()
    if driver is not None:
        driver.join()
        os._exit(1)


def _judge(task: Task) -> Done:
    return judge_task(_SETUP, task)


def _gone(workers: int) -> Problem:
    return Problem(
        "B-32",
        f"--workers {workers}",
        Text(
            f"workers that were ended from outside {PATIENCE} times in a row, before a chunk was done",
            f"工作进程连续 {PATIENCE} 次在完成一块之前被外部终止",
        ),
        Text("workers that are left to work; mostly the memory was not enough", "工作进程能持续运行；多因内存不足"),
        Text(
            "give fewer --workers; with --resume the store goes on",
            "请减少 --workers；加 --resume 可继续",
        ),
    )
