"""One function runs a batch: the command line and Python call it, on one worker, on many, or on a cluster."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.batch.batch_manifest import manifest_of, texts_of
from regmodel.batch.blocks import Block, ReadDesign, open_design
from regmodel.batch.cluster import connected, judged_by_cluster
from regmodel.batch.design import Design
from regmodel.batch.judging import LOOSE, Judge
from regmodel.batch.model import Batch
from regmodel.batch.primed_file import Lessons
from regmodel.batch.rechecking import RECHECKED, rechecked
from regmodel.batch.samples import Samples, spread_out
from regmodel.batch.store import Listing, Store, check_place, open_store
from regmodel.batch.store_lock import locked
from regmodel.batch.summary import counted
from regmodel.batch.tasks import BlockSetup, Done, Setup, Task, packed
from regmodel.batch.workers import judged
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

if TYPE_CHECKING:
    from distributed import Client

PRIMING = 1000
"""From so many samples, spread over the design, plans and proofs are learned before all are judged."""
_PRIMING = Text("looking for plans and proofs that serve many scenarios", "寻找适用于多个情景的方案与证明")
_RECHECKING = Text("deciding some scenarios again, by themselves", "对部分情景独立重新判定")
_COUNTING = Text("counting what was found", "汇总结果")


def batch(
    design: Design | str | Path,
    out: str | Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    resume: bool = False,
    recheck: int = RECHECKED,
    tell: Callable[[Text], None] = lambda stage: None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Batch:
    """Judge every scenario of a design and store the results in the folder ``out``.

    ``workers`` are processes of this machine; with more than one, a script needs `if __name__ == "__main__":`.
    ``scheduler`` is the address of a Dask scheduler instead. With ``resume`` the store of the same batch goes on.
    ``recheck`` scenarios, drawn at random, are decided again by themselves at the end, which must agree.
    ``progress`` hears how many scenarios are done, of how many. Raises InputProblems; what was stored stays.
    """
    if scheduler is not None and workers > 1:
        found = Text(f"--workers {workers} and --scheduler", f"同时给出 --workers {workers} 与 --scheduler")
        expected = Text("one of the two: a cluster has its own workers", "二者择一：集群有自己的工作进程")
        raise InputProblems([Problem("B-34", "batch", found, expected, Text("leave one out", "请省略其一"))])
    read, folder = open_design(design), Path(out)
    manifest = manifest_of(read)
    check_place(folder, manifest, resume=resume)
    with connected(scheduler) as client, locked(folder):
        store = open_store(folder, manifest, texts_of(read))
        listing = store.listing()
        store.clear(listing.broken)
        start = time.perf_counter()
        lessons = Lessons(store, listing.primed)
        new = _fill(store, read, listing, lessons, _Workers(workers, client, str(scheduler)), tell, progress)
        seconds = time.perf_counter() - start
        tell(_RECHECKING)
        again = rechecked(store, read, recheck, afresh=bool(new))
        tell(_COUNTING)
        store.finish()
    summary = {
        "run_id": store.run_id,
        "name": read.design.name,
        "scenario": read.scenario.name,
        "store": str(folder),
        **counted(store),
        "recheck": again,
        "judged_now": new,
        "seconds": round(seconds, 3),
        "rate": new / seconds if new and seconds > 0 else None,
        "redone": [*listing.broken, *lessons.misfits],
    }
    return Batch(store, read, summary)


@dataclass(frozen=True)
class _Workers:
    """Who judges: this process, processes of this machine, or those of a cluster."""

    count: int
    client: Client | None
    address: str

    def judged(self, setup: bytes, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        if self.client is None:
            yield from judged(setup, tasks, self.count)
        else:
            yield from judged_by_cluster(self.client, setup, tasks, self.address)


def _fill(
    store: Store,
    read: ReadDesign,
    listing: Listing,
    lessons: Lessons,
    workers: _Workers,
    tell: Callable[[Text], None],
    progress: Callable[[int, int], None],
) -> int:
    """Judge and store the chunks that are not there; how many scenarios that were."""
    missing = [chunk for chunk in read.chunks() if chunk.number not in listing.chunks]
    if not missing:
        return 0
    left = sum(chunk.stop - chunk.start for chunk in missing)
    already, new = len(read) - left, 0
    setup = packed(_setup(read, lessons, {chunk.block for chunk in missing}, tell))
    progress(already, len(read))
    chunks = ((chunk, read.samples(chunk)) for chunk in missing)
    tasks = (
        Task(chunk.number, chunk.block, samples, read.mended(chunk, samples), read.detailed(chunk, samples))
        for chunk, samples in chunks
    )
    with closing(workers.judged(setup, tasks)) as stream:
        for done in stream:
            store.put(done.chunk, done.content)
            new += done.rows
            progress(already + new, len(read))
    return new


def _setup(read: ReadDesign, lessons: Lessons, blocks: set[int], tell: Callable[[Text], None]) -> Setup:
    """What all workers share. Of ``blocks``, those of more than one chunk are primed once, here or before a stop."""
    found = []
    for number, block in enumerate(read.blocks):
        primed = None
        if number in blocks and len(block) > read.chunk_size:
            judge = Judge(block.base, block.keys, read.design.indicators)
            primed = lessons.kept(number, judge.case.shape)
            if primed is None:
                tell(_PRIMING)
                primed = judge.prime(spread(block), LOOSE if len(read.detailed_places) else 0)
                lessons.keep(number, primed, judge.screen.compiled)
        found.append(BlockSetup(block.base, block.keys, primed))
    return Setup(lessons.store.run_id, read.keys, read.design.indicators, tuple(found))


def spread(block: Block, count: int = PRIMING) -> Samples:
    """At most so many samples of a block, at even distances: the same ones for the same design."""
    return block.at(spread_out(len(block), count))
