"""What a worker does: judge the samples of one chunk and give them back as the bytes of a parquet file.

A function of its arguments alone, in a module that every worker can import; what is kept between tasks is only what
each would make again.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regmodel.batch.judging import LOOSE, Judge
from regmodel.batch.pool import Primed
from regmodel.batch.samples import Samples
from regmodel.batch.store import content_of
from regmodel.scenario import Scenario

if TYPE_CHECKING:
    import pyarrow as pa

_KEPT = threading.local()


@dataclass(frozen=True)
class BlockSetup:
    """What the chunks of a block share. Without ``primed`` the one chunk of the block primes itself."""

    base: Scenario
    keys: tuple[str, ...]
    primed: Primed | None


@dataclass(frozen=True)
class Setup:
    """What all tasks of a batch share; ``keys`` are the columns of every block, in order."""

    run_id: str
    keys: tuple[str, ...]
    indicators: tuple[str, ...]
    blocks: tuple[BlockSetup, ...]


@dataclass(frozen=True)
class Task:
    """One chunk to judge; of the samples ``mended`` the smallest repair is asked too, of ``detailed`` all the rest."""

    chunk: int
    block: int
    samples: Samples
    mended: frozenset[str]
    detailed: frozenset[str]


@dataclass(frozen=True)
class Done:
    """A chunk that was judged."""

    chunk: int
    rows: int
    content: bytes


def packed(setup: Setup) -> bytes:
    """The setup as it is sent to workers, once each."""
    return zlib.compress(pickle.dumps(setup), 1)


def judge_task(setup: bytes, task: Task) -> Done:
    """Judge one chunk."""
    shared = _setup(setup)
    judge = _judge(shared, task.block)
    primed = shared.blocks[task.block].primed
    if primed is None:
        primed = judge.prime(task.samples, LOOSE if task.detailed else 0)
    table = judge.judge(task.samples, primed, task.mended, task.detailed)
    return Done(task.chunk, len(task.samples), content_of(_with_inputs(table, task.samples, shared.keys)))


def _setup(setup: bytes) -> Setup:
    """The setup unpacked; each thread keeps the last one, with its judges."""
    if getattr(_KEPT, "packed", None) != setup:
        _KEPT.setup, _KEPT.judges = pickle.loads(zlib.decompress(setup)), {}
        _KEPT.packed = setup
    found: Setup = _KEPT.setup
    return found


def _judge(setup: Setup, block: int) -> Judge:
    """The judge of a block; the last one is kept, as it holds a solver and is no good to two threads."""
    if block not in _KEPT.judges:
        here = setup.blocks[block]
        _KEPT.judges = {block: Judge(here.base, here.keys, setup.indicators)}
    judge: Judge = _KEPT.judges[block]
    return judge


def _with_inputs(table: pa.Table, samples: Samples, keys: tuple[str, ...]) -> pa.Table:
    """What was found, and beside it what each sample set; what a block does not set is absent."""
    import pyarrow as pa

    for key in keys:
        if key in samples.keys:
            column = pa.array(samples.values[:, samples.keys.index(key)], pa.float64())
        else:
            column = pa.nulls(len(samples), pa.float64())
        table = table.append_column(pa.field(key, pa.float64()), column)
    return table
