"""Some scenarios of a batch decided again by themselves, with nothing that the batch learned: do the verdicts agree?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from regmodel.batch.blocks import ReadDesign, scenario_of
from regmodel.batch.random_access import shuffled, stream
from regmodel.batch.store import Store, write_whole
from regmodel.scenario import Scenario

RECHECKED = 12
FILE = "recheck.json"
UNDECIDED = "undecided"


def rechecked(store: Store, read: ReadDesign, count: int = RECHECKED, *, afresh: bool = False) -> dict[str, Any]:
    """How many of the scenarios drawn agree when decided again, which differ, and how many stay undecided.

    Scenarios are drawn by the id of the batch, so that they are the same whoever asks. The answer is kept in the store
    and holds for as many as it was asked for; ``afresh``, as after verdicts that it does not know, it is found again.
    """
    asked = min(count, len(read))
    kept = None if afresh else _kept(store.folder / FILE)
    if kept is not None and kept["asked"] >= asked:
        return kept
    places = np.sort(shuffled(stream(0, store.run_id), np.arange(asked, dtype=np.uint64), len(read)).astype(np.int64))
    differ: list[str] = []
    undecided = 0
    chunks, files = list(read.chunks()), store.listing().chunks
    first = np.cumsum([0, *(chunk.stop - chunk.start for chunk in chunks)])
    for number in np.unique(np.searchsorted(first, places, side="right") - 1).tolist():
        chunk, block = chunks[number], read.blocks[chunks[number].block]
        here = places[(places >= first[number]) & (places < first[number + 1])] - first[number]
        drawn, verdicts = block.at(chunk.start + here), _verdicts(files[chunk.number])
        for row, name in enumerate(drawn.ids):
            told = verdicts[name]
            again = UNDECIDED if told == UNDECIDED else _afresh(scenario_of(block.base, drawn, row))
            if again == UNDECIDED:
                undecided += 1
            elif again != told:
                differ.append(name)
    agree = asked - len(differ) - undecided
    found = {"asked": asked, "agree": agree, "differ": differ, "undecided": undecided}
    write_whole(store.folder / FILE, (json.dumps(found, ensure_ascii=False) + "\n").encode())
    return found


def _kept(path: Path) -> dict[str, Any] | None:
    """The answer that is kept; None where there is none, or not as it is written today."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        asked, agree, differ, undecided = (found[name] for name in ("asked", "agree", "differ", "undecided"))
        whole = asked == agree + len(differ) + undecided and all(isinstance(one, str) for one in differ)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return found if whole else None


def _afresh(scenario: Scenario) -> str:
    """What a cold solve by the engine of a single run says."""
    from regmodel.feasibility.engine import engine_for
    from regmodel.feasibility.numbers import prepare

    return engine_for(prepare(scenario), safe_only=False).decide().verdict


def _verdicts(path: Path) -> dict[str, str]:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(path).read(columns=["sample", "verdict"]).to_pydict()
    return dict(zip(table["sample"], table["verdict"], strict=True))
