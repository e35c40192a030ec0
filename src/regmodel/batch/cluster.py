"""Chunks judged on a Dask cluster that is reached by its scheduler's address."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from regmodel.batch.tasks import Done, Task, judge_task
from regmodel.runs.manifest import code_hash
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    from distributed import Client

SECONDS = 15
"""How long a scheduler, and then its first worker, is waited for."""
AHEAD = 4
RETRIES = 5
_STARTED = Text(
    "start one with `dask scheduler`, and a worker with `dask worker ADDRESS`",
    "用 `dask scheduler` 启动调度器，用 `dask worker 地址` 启动工作进程",
)
_RESUME = Text(
    "start it again and give the same command with --resume: what is stored stays",
    "重新启动后以同一命令加 --resume 继续；已存结果不受影响",
)


@contextmanager
def connected(address: str | None) -> Iterator[Client | None]:
    """Inside, a client of the scheduler with at least one worker of this very code; None where no address is given.

    Raises InputProblems where nobody answers: before anything is solved or written.
    """
    if address is None:
        yield None
        return
    client = _connected(address)
    try:
        yield client
    finally:
        client.close(timeout=2)


def _connected(address: str) -> Client:
    """A client of the scheduler with at least one worker of this very code; raises InputProblems."""
    if importlib.util.find_spec("distributed") is None:
        found = Text("the package distributed is not installed", "未安装软件包 distributed")
        expected = Text("regmodel with its extra cluster", "安装 regmodel 的 cluster 扩展")
        to_do = Text('pip install "regmodel[cluster]"', 'pip install "regmodel[cluster]"')
        raise InputProblems([Problem("B-31", f"--scheduler {address}", found, expected, to_do)])
    from distributed import Client

    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        found = Text("no scheduler that answers", "没有应答的调度器")
        expected = Text(
            "the address of a Dask scheduler, such as tcp://127.0.0.1:8786",
            "Dask 调度器的地址，例如 tcp://127.0.0.1:8786",
        )
        raise InputProblems([Problem("B-30", f"--scheduler {address}", found, expected, _STARTED)]) from error
    try:
        _check_workers(client, address)
    except BaseException:
        client.close(timeout=2)
        raise
    return client


def _check_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError as error:
        found = Text("a scheduler without workers", "调度器没有工作进程")
        expected = Text("at least one worker", "至少一个工作进程")
        raise InputProblems([Problem("B-30", f"--scheduler {address}", found, expected, _STARTED)]) from error
    ours = code_hash()
    answers = client.run(worker_code, on_error="return")
    strangers = [name for name, theirs in answers.items() if theirs != ours]
    if strangers:
        found = Text(
            f"workers with another regmodel, or none: {', '.join(strangers)}",
            f"工作进程的 regmodel 版本不同或未安装：{'、'.join(strangers)}",
        )
        expected = Text("the same regmodel on every worker as here", "各工作进程与此处的 regmodel 相同")
        to_do = Text("install the same version there, and start the workers again", "请安装相同版本并重启工作进程")
        raise InputProblems([Problem("B-33", f"--scheduler {address}", found, expected, to_do)])


def worker_code() -> str:
    """The code that a worker runs."""
    return code_hash()


def judged_by_cluster(client: Client, setup: bytes, tasks: Iterable[Task], address: str) -> Iterator[Done]:
    """Every chunk once, as it is ready, in no order; a chunk whose worker dies is given to another."""
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker

    try:
        yield from _handed_out(client, setup, iter(tasks))
    except (FutureCancelledError, KilledWorker, OSError) as error:
        found = Text(
            "a scheduler that was lost, or workers that died again and again", "调度器失联，或工作进程反复终止"
        )
        expected = Text("a cluster that stays", "持续运行的集群")
        raise InputProblems([Problem("B-32", f"--scheduler {address}", found, expected, _RESUME)]) from error


def _handed_out(client: Client, setup: bytes, stream: Iterator[Task]) -> Iterator[Done]:
    """A few chunks for each worker at a time, so that memory stays flat here and there."""
    from distributed import as_completed

    waiting: dict[Any, Task] = {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph")
        # Sent as a task, not scattered: a copy that dies with its worker is made again.
        shared = client.submit(bytes, setup, pure=False)
    ready = as_completed(loop=client.loop)
    try:
        while True:
            room = max(1, AHEAD * len(client.scheduler_info(n_workers=-1)["workers"])) - len(waiting)
            for task in islice(stream, max(0, room)):
                future = client.submit(judge_task, shared, task, pure=False, retries=RETRIES)
                waiting[future] = task
                ready.add(future)
            if not waiting:
                return
            future = next(ready)
            done: Done = future.result()
            del waiting[future]
            yield done
    finally:
        if waiting and client.status == "running":
            client.cancel(list(waiting))
