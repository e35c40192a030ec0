"""Some scenarios of a batch decided again by themselves, with nothing that the batch learned: do the verdicts agree?"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from regmodel.batch.blocks import ReadDesign
from regmodel.batch.random_access import shuffled, stream
from regmodel.batch.store import Store, write_whole

RECHECKED = 12
FILE = "recheck.json"


def rechecked(store: Store, read: ReadDesign, count: int = RECHECKED) -> dict[str, Any]:
    """How many of the scenarios drawn were decided again, and which of them otherwise.

    Scenarios are drawn by the id of the batch, so that they are the same whoever asks; the answer is kept in the store.
    """
    kept = store.folder / FILE
    asked = min(count, len(read))
    if kept.is_file():
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        if found["asked"] >= asked:
            return found
    from regmodel.batch.judging import Judge, recheck

    places = np.sort(shuffled(stream(0, store.run_id), np.arange(asked, dtype=np.uint64), len(read)).astype(np.int64))
    differ: list[str] = []
    chunks, files = list(read.chunks()), store.listing().chunks
    first = np.cumsum([0, *(chunk.stop - chunk.start for chunk in chunks)])
    judges: dict[int, Judge] = {}
    for number in np.unique(np.searchsorted(first, places, side="right") - 1).tolist():
        chunk, block = chunks[number], read.blocks[chunks[number].block]
        here = places[(places >= first[number]) & (places < first[number + 1])] - first[number]
        drawn, verdicts = block.at(chunk.start + here), _verdicts(files[chunk.number])
        if chunk.block not in judges:
            judges = {chunk.block: Judge(block.base, block.keys)}
        differ += recheck(judges[chunk.block], drawn, [verdicts[name] for name in drawn.ids])
    found = {"asked": asked, "agree": asked - len(differ), "differ": differ}
    write_whole(kept, (json.dumps(found, ensure_ascii=False) + "\n").encode())
    return found


def _verdicts(path: Any) -> dict[str, str]:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(path).read(columns=["sample", "verdict"]).to_pydict()
    return dict(zip(table["sample"], table["verdict"], strict=True))
